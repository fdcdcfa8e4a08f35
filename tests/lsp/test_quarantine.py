"""A document whose analysis kills the analysis process, over stdio: what the person sees, and that nobody else waits.

Nothing is pretended here: a limit of the user's own configuration makes the analysis of a really large file too long.
"""

import statistics
import time

import psutil
import pytest

SECONDS = 1.5
RISKY = "import requests\n\n\ndef load(url):\n    return requests.get(URL, verify=False, timeout=9)\n"
PIECE = "def f{0}(a, b):\n    x{0} = g{0}(a, b, [a, b, {{'k': a}}])\n    return h(x{0}.y.z(a)(b))\n\n\n"
COUNT = 21_000
"""Of these pieces: under the limit for a file's size, and more than ten times too much for SECONDS."""


@pytest.fixture
def environment(environment, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "gifthorse.toml").write_text(f"[limits]\nseconds = {SECONDS}\n", encoding="utf-8")
    return {**environment, "GIFTHORSE_CONFIG_DIR": str(tmp_path / "config")}


def analysts(editor):
    return {child.pid for child in psutil.Process(editor.process.pid).children(recursive=True)}


def waits_until(editor, uri, wanted):
    """Asks for hovers of a document until something was published of another; returns the seconds of each answer."""
    params = {"textDocument": {"uri": uri}, "position": {"line": 4, "character": 12}}
    waits = []
    while not wanted():
        started = time.monotonic()
        assert editor.request("textDocument/hover", params) is not None
        waits.append(time.monotonic() - started)
    return waits


def not_analysed(editor, uri):
    """The publications of a document that say that it was not analysed."""
    return [
        one.diagnostics[0]
        for one in editor.said("textDocument/publishDiagnostics")
        if one.uri == uri and [item.code for item in one.diagnostics] == ["not-analysed"]
    ]


def test_a_document_that_kills_its_analysis_twice_is_set_aside_until_a_rescan(editor):
    editor.start()
    healthy = editor.open("app.py", RISKY)
    assert len(editor.diagnostics(healthy)) == 1
    before = analysts(editor)

    slow = editor.open("slow.py", "".join(PIECE.format(number) for number in range(COUNT)))
    waits = waits_until(editor, healthy, lambda: not_analysed(editor, slow))
    assert sum(waits) > SECONDS  # it was killed, and not refused for its size
    assert statistics.median(waits) < 0.05
    assert max(waits) < 1.0

    (shown,) = not_analysed(editor, slow)
    assert (shown.severity, shown.range.start.line, shown.range.end.line) == (3, 0, 0)
    assert f"took longer than {SECONDS:g} s, 2 times" in shown.message
    assert "rescan" in shown.message
    editor.wait("gifthorse/status", lambda status: status.notAnalysed == [slow])

    editor.change(healthy, (3, 0), (3, 0), "# typed\n")
    assert len(editor.diagnostics(healthy)) == 1
    assert not before & analysts(editor)

    editor.change(slow, (0, 0), (COUNT * 5, 0), RISKY)
    assert [item.code for item in editor.diagnostics(slow)] == ["not-analysed"]
    editor.execute("gifthorse.rescan")
    assert [item.code for item in editor.diagnostics(slow, lambda items: items[0].code != "not-analysed")] == [
        "tls-verify-off"
    ]
    assert editor.regions(slow) == []  # an answer comes after what was said before it
    assert editor.said("gifthorse/status")[-1].notAnalysed == []
    assert editor.stop() == 0
