"""The command as it is used: what it finds, what it says of the rest, and the exit code."""

import json
import os
import signal
import subprocess
import sys
import time

import jsonschema
import pytest

BAD = "import requests\nrequests.get(u, verify=False, timeout=3)\n"
GOOD = "import requests\nrequests.get(u, timeout=3)\n"
RULE = "tls-verify-off"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    return root


def rules_of(result):
    return [(one["path"], one["rule"]) for one in json.loads(result.stdout)["findings"]]


def git(root, *words):
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=root, env=environment, check=True, capture_output=True)


def test_nothing_found_is_zero(gifthorse, folder):
    (folder / "a.py").write_text(GOOD)
    result = gifthorse("scan", ".", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Nothing found in 1 file.\n")


def test_findings_are_one(gifthorse, folder):
    (folder / "a.py").write_text(BAD)
    result = gifthorse("scan", "a.py", cwd=folder)
    assert result.returncode == 1
    assert f"a.py:2:1  warning  {RULE}  " in result.stdout
    assert " 2 │ requests.get(u, verify=False, timeout=3)\n" in result.stdout
    assert "1 finding in 1 file: 1 warning" in result.stdout


def test_what_does_not_exist_is_two(gifthorse, folder):
    (folder / "a.py").write_text(BAD)
    result = gifthorse("scan", "a.py", "nothing.py", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert "nothing.py" in result.stderr


def test_an_empty_folder_says_so(gifthorse, folder):
    result = gifthorse("scan", ".", cwd=folder)
    assert result.returncode == 0
    assert "There was no file to look at." in result.stdout


def test_several_paths_are_looked_at_once_and_in_order(gifthorse, folder):
    for name in ("z.py", "b/a.py", "b/b.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(BAD)
    result = gifthorse("scan", "z.py", "b", ".", "b/a.py", "--format", "json", cwd=folder)
    assert rules_of(result) == [("z.py", RULE), ("b/a.py", RULE), ("b/b.py", RULE)]


def test_many_files_come_in_the_order_of_the_walk(gifthorse, folder):
    for number in range(40):
        (folder / f"{number:02}.py").write_text(BAD + "\n" * (number % 7) + BAD * (5 if number % 10 == 0 else 0))
    first = gifthorse("scan", ".", "--format", "json", cwd=folder)
    paths = list(dict.fromkeys(path for path, _ in rules_of(first)))
    assert paths == [f"{number:02}.py" for number in range(40)]
    assert gifthorse("scan", ".", "--format", "json", cwd=folder).stdout == first.stdout


def test_sarif_of_a_real_run_is_valid(gifthorse, folder, sarif_schema):
    (folder / "a.py").write_text(
        BAD + "requests.get(u, verify=False, timeout=1)  # gifthorse: allow tls-verify-off -- a test server\n"
    )
    (folder / "x.bin").write_bytes(b"\0\1\2")
    result = gifthorse("scan", ".", "--format", "sarif", "--output", "out.sarif", cwd=folder)
    assert (result.returncode, result.stdout) == (1, "")
    log = json.loads((folder / "out.sarif").read_text())
    jsonschema.Draft4Validator(sarif_schema).validate(log)
    assert [("suppressions" in one) for one in log["runs"][0]["results"]] == [False, True]
    again = gifthorse("scan", ".", "--format", "sarif", "--output", "out.sarif", cwd=folder)
    assert json.loads((folder / "out.sarif").read_text()) == log
    assert again.returncode == 1


def test_ignored_files_are_listed_and_named_ones_are_looked_at(gifthorse, folder):
    (folder / "a.py").write_text(BAD)
    (folder / ".gitignore").write_text("*.py\n")
    listed = gifthorse("scan", ".", "--format", "json", cwd=folder)
    assert listed.returncode == 0
    assert json.loads(listed.stdout)["skipped"] == [{"path": "a.py", "why": "untracked, and ignored by .gitignore"}]
    assert gifthorse("scan", "a.py", cwd=folder).returncode == 1
    git(folder, "init", "-q")
    git(folder, "add", "-f", "a.py")
    assert gifthorse("scan", ".", cwd=folder).returncode == 1


def test_a_file_that_is_too_large_is_not_analysed_and_strict_minds(gifthorse, folder):
    (folder / "a.py").write_text(GOOD + "#" * 2_100_000)
    result = gifthorse("scan", ".", cwd=folder)
    assert result.returncode == 0
    assert "a.py  not analysed  larger than 2,000,000 bytes" in result.stdout
    assert "Nothing found in what could be analysed" in result.stdout
    assert "1 file was not, or not fully, analysed" in result.stderr
    assert gifthorse("scan", ".", "--strict", cwd=folder).returncode == 2


def test_severity_and_confidence_can_be_asked_for(gifthorse, folder):
    (folder / "a.py").write_text(
        "import requests\nrequests.get(u, verify=not len('x'))\nx = '\u00a0'\n", encoding="utf-8"
    )
    everything = json.loads(gifthorse("scan", ".", "--format", "json", cwd=folder).stdout)
    levels = {one["severity"] for one in everything["findings"]}
    assert "high" in levels
    high = json.loads(gifthorse("scan", ".", "--format", "json", "--min-severity", "high", cwd=folder).stdout)
    assert {one["severity"] for one in high["findings"]} == {"high"}
    left = high["summary"]["findings"] + high["summary"]["belowThreshold"]
    assert left == everything["summary"]["findings"]


def test_configuration_counts_as_far_as_it_is_trusted(gifthorse, folder):
    (folder / "a.py").write_text(BAD)
    (folder / "gifthorse.toml").write_text(f'[rules]\noff = ["{RULE}"]\n')
    untrusted = gifthorse("scan", ".", cwd=folder)
    assert untrusted.returncode == 1
    assert "gifthorse.toml:2: Switching tls-verify-off off was ignored" in untrusted.stderr
    assert gifthorse("scan", ".", "--trust", cwd=folder).returncode == 0
    unread = gifthorse("scan", ".", "--trust", "--no-config", cwd=folder)
    assert (unread.returncode, unread.stderr) == (1, "")


def test_the_user_s_own_configuration_is_trusted(gifthorse, folder, tmp_path):
    (folder / "a.py").write_text(BAD)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "gifthorse.toml").write_text('exclude = ["a.py"]\n')
    result = gifthorse("scan", ".", cwd=folder)
    assert result.returncode == 0
    assert "left out by the configuration" in result.stdout


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_baseline_leaves_only_what_is_new(gifthorse, folder, form):
    (folder / "a.py").write_text(BAD)
    gifthorse("scan", ".", "--format", form, "--output", "base", cwd=folder)
    moved = "# a new first line\n\n" + BAD
    (folder / "a.py").write_text(moved)
    result = gifthorse("scan", ".", "--baseline", "base", cwd=folder)
    assert result.returncode == 0
    assert "1 known from the baseline" in result.stdout
    (folder / "a.py").write_text(moved + "requests.get(v, verify=False, timeout=3)\n")
    new = gifthorse("scan", ".", "--baseline", "base", "--format", "json", cwd=folder)
    assert [one["range"]["start"]["line"] for one in json.loads(new.stdout)["findings"]] == [5]


@pytest.mark.parametrize("content", ["", "{}", "[]", "[1", '{"runs": 3}', '{"findings": [{}], "silenced": []}'])
def test_what_is_no_baseline_is_two_and_says_how_to_make_one(gifthorse, folder, content):
    (folder / "a.py").write_text(BAD)
    (folder / "base").write_text(content)
    result = gifthorse("scan", "a.py", "--baseline", "base", cwd=folder)
    assert result.returncode == 2
    assert "--write-baseline FILE" in result.stderr


def test_comments_of_other_tools_silence_on_request(gifthorse, folder):
    (folder / "a.py").write_text(BAD.replace(")\n", ")  # nosec B501\n"))
    assert gifthorse("scan", ".", cwd=folder).returncode == 1
    asked = gifthorse("scan", ".", "--foreign-suppressions", "--format", "json", cwd=folder)
    assert asked.returncode == 0
    assert [one["reason"] for one in json.loads(asked.stdout)["silenced"]] == ["# nosec B501"]


def test_tests_are_judged_more_quietly_unless_nobody_wants_that(gifthorse, folder):
    (folder / "tests").mkdir()
    (folder / "tests" / "a.py").write_text(BAD)
    levels = []
    for words in ((), ("--no-profiles",)):
        shown = json.loads(gifthorse("scan", ".", *words, "--format", "json", cwd=folder).stdout)["findings"]
        levels.append([one["severity"] for one in shown])
    assert levels == [["medium"], ["high"]]


def test_text_that_an_assistant_inserted_is_louder_and_cannot_silence(gifthorse, folder, tmp_path, monkeypatch):
    from gifthorse.model.event import Inserted  # noqa: PLC0415
    from gifthorse.model.insertion import Evidence, Insertion, Origin  # noqa: PLC0415
    from gifthorse.model.text import Span, Text  # noqa: PLC0415
    from gifthorse.provenance.holdings import add, empty  # noqa: PLC0415
    from gifthorse.workspace.root import Workspace  # noqa: PLC0415

    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    content = BAD.rstrip() + "  # gifthorse: allow tls-verify-off -- it is only a test\n"
    text = Text.of(content.encode())
    insertion = Insertion(
        "i1", Origin("copilot", "chat"), Evidence.REPORTED, "2026-01-01T00:00:00Z", "0" * 64, None, 80
    )
    workspace = Workspace(folder)
    workspace.journal.append(Inserted("a.py", insertion))
    workspace.remember("a.py", text, add(empty(), text, insertion, [Span(16, len(text))]))
    (folder / "a.py").write_text("# typed since by a person\n" + content)
    result = gifthorse("scan", ".", "--format", "json", cwd=folder)
    found = json.loads(result.stdout)["findings"]
    assert [(one["rule"], one["level"]) for one in found] == [
        ("capability-added", "warning"),
        (RULE, "error"),
        ("suppression-in-ai-text", "error"),
    ]
    assert {one["region"]["tool"] for one in found} == {"copilot"}
    assert "AI   copilot, chat, reported; unreviewed" in gifthorse("scan", ".", cwd=folder).stdout


def test_a_state_folder_that_is_none_does_no_harm(gifthorse, folder, tmp_path):
    (folder / "a.py").write_text(BAD)
    (tmp_path / "state").write_text("this is no folder")
    result = gifthorse("scan", ".", cwd=folder)
    assert result.returncode == 1


def test_hostile_names_and_texts_reach_the_terminal_harmless(gifthorse, folder):
    if sys.platform != "win32":
        (folder / "\x1b[31m\u202ea.py").write_text(BAD)
    (folder / "b.py").write_text(BAD.replace("(u", "('\x1b]0;title\x07'"))
    result = gifthorse("scan", ".", cwd=folder)
    assert result.returncode == 1
    assert not set(result.stdout + result.stderr) & {"\x1b", "\x07", "\u202e"}
    assert "<U+001B>]0;title<U+0007>" in result.stdout


def test_an_ascii_terminal_gets_ascii(gifthorse, folder):
    (folder / "é.py").write_text(BAD.replace("(u", "('名'"), encoding="utf-8")
    result = gifthorse("scan", ".", cwd=folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert result.returncode == 1
    assert result.stdout.isascii()
    assert "^^^^" in result.stdout


def test_output_is_written_whole_or_not_at_all(gifthorse, folder):
    (folder / "a.py").write_text(BAD)
    result = gifthorse("scan", ".", "--output", "no/such/folder/out", cwd=folder)
    assert result.returncode == 2
    assert "no/such/folder/out cannot be written" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["a.py"]


def test_the_version_is_told_quickly(gifthorse, folder):
    result = gifthorse("--version", cwd=folder)
    assert result.stdout.startswith("gifthorse ")
    best = min(timed(gifthorse, folder) for _ in range(5))
    assert best < 0.5  # 0.05 s on an idle machine; a command loaded by mistake costs much more on a busy one.


def timed(gifthorse, folder):
    start = time.perf_counter()
    gifthorse("--version", cwd=folder)
    return time.perf_counter() - start


def test_the_version_loads_no_command():
    script = "import sys; sys.argv = ['gifthorse', '--version']; from gifthorse.__main__ import main\n"
    script += "try: main()\nfinally: print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    loaded = {name for name in result.stdout.split() if name.startswith("gifthorse.")}
    assert loaded <= {"gifthorse.__main__", "gifthorse.cli"}


if sys.platform != "win32":

    def test_an_interrupt_ends_it_cleanly(tmp_path, folder):
        for number in range(3_000):
            (folder / f"{number}.py").write_text(BAD * 20)
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "GIFTHORSE_STATE_DIR": str(tmp_path / "state"),
        }
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "gifthorse", "scan", ".", "--output", "out"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        import psutil  # noqa: PLC0415

        me = psutil.Process(process.pid)
        deadline = time.monotonic() + 30
        while not (children := me.children(recursive=True)) and time.monotonic() < deadline:
            os.sched_yield()
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 130
        assert b"Traceback" not in errors
        assert not (folder / "out").exists()
        _, alive = psutil.wait_procs(children, timeout=10)
        assert alive == []
