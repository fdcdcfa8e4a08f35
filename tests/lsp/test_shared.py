"""Two servers on one folder over stdio, and what a move, a copy and a disk that takes nothing look like there."""

import pytest

SAFE = "import requests\n\n\ndef fetch(address):\n"
AI = "    return requests.get(address, verify=False, timeout=30)\n"


def accepted(editor, name="app.py"):
    """A document whose fifth line an assistant wrote."""
    uri = editor.open(name, SAFE)
    editor.change(uri, (4, 0), (4, 0), AI)
    editor.inserted(uri, (4, 0), (5, 0))
    return uri, editor.regions(uri)[0].id


def test_what_one_server_is_told_the_other_one_knows(launch):
    one, two = launch(), launch()
    one.start()
    two.start()
    uri = one.open("app.py", SAFE + AI)
    two.open("app.py", SAFE + AI)
    one.execute("gifthorse.markInserted", uri=uri, range=one.span((4, 0), (5, 0)), tool="pilot")
    two.wait("gifthorse/regionsChanged")
    (region,) = two.regions(uri)
    assert [region.id] == [found.id for found in one.regions(uri)]
    before = len(two.said("gifthorse/regionsChanged"))
    one.execute("gifthorse.approve", regions=[region.id])
    with two.news:
        while len(two.said("gifthorse/regionsChanged")) == before:
            assert two.news.wait(30)
    assert [found.standing for found in two.regions(uri)] == ["approved"]


def test_moved_copied_closed_and_undone(editor):
    editor.start()
    one, ident = accepted(editor)
    two = editor.open("other.py", SAFE)
    editor.change(one, (4, 0), (5, 0), "")
    editor.change(two, (4, 0), (4, 0), AI)
    assert [region.id for region in editor.regions(two)] == [ident]
    assert editor.regions(one) == []
    editor.change(one, (4, 0), (4, 0), AI)
    assert [region.id for region in editor.regions(one)] == [ident]
    editor.change(two, (5, 0), (5, 0), "\n" + AI)
    moved, copied = editor.regions(two)
    assert (moved.id, moved.evidence, copied.evidence, copied.copiedFrom) == (ident, "reported", "copied", ident)
    editor.notify("textDocument/didClose", {"textDocument": {"uri": two}})
    two = editor.open("other.py", "# formatted meanwhile\n" + SAFE + AI.replace("    ", "\t") + "\n" + AI)
    assert [region.id for region in editor.regions(two)] == [ident, copied.id]


@pytest.fixture
def blocked(tmp_path):
    """The state folder cannot be made."""
    (tmp_path / "state").write_text("this is a file\n")


@pytest.mark.usefixtures("blocked")
def test_without_a_place_for_records_it_goes_on_and_says_so(launch):
    editor = launch()
    editor.start()
    uri = editor.open("app.py", SAFE)
    for _ in range(3):
        editor.change(uri, (4, 0), (4, 0), AI)
        editor.inserted(uri, (4, 0), (5, 0))
    assert editor.regions(uri) == []
    editor.wait("gifthorse/status", lambda status: "record" in (status.message or ""))
    editor.open("other.py", SAFE + AI)
    assert editor.stop() == 0
