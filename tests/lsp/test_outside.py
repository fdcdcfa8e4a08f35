"""Files that change under the editor: branches, stashes, merges and their conflicts, formatters, reverts."""

import pytest
from desk import Client
from test_following import AI, close, shown, text_of

BLOCK = "def load(path):\n    with open(path) as file:\n        return pickle.load(file)\n\n\n"
ABOVE = "import pickle\n\n\n"
BELOW = "def main():\n    print(load('a'))\n"


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("GIFTHORSE_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "root").mkdir()
    made = Client(tmp_path / "root")
    made.start()
    yield made
    made.session.finish()


@pytest.fixture
def uri(client):
    """A document in which an assistant wrote BLOCK between ABOVE and BELOW."""
    made = client.open(ABOVE + BELOW)
    client.change(made, (3, 0), (3, 0), BLOCK)
    client.insert(made, (3, 0), (8, 0))
    client.notify("textDocument/didSave", {"textDocument": {"uri": made}})
    return made


def reloaded(client, uri, text):
    """The editor reads the file again."""
    client.versions[uri] += 1
    document = {"uri": uri, "version": client.versions[uri]}
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})


def reopened(client, uri, text):
    """The file was closed meanwhile."""
    close(client, uri)
    client.open(text)


def words(client, uri):
    return {name: "".join(found.split()) for name, found in shown(client, uri).items()}


CHANGING = pytest.mark.parametrize("arrives", [reloaded, reopened])


@CHANGING
def test_a_branch_without_it_and_back(client, uri, arrives):
    before, text = shown(client, uri), text_of(client, uri)
    arrives(client, uri, "# another branch\n" + ABOVE + BELOW)
    assert shown(client, uri) == {}
    client.change(uri, (0, 0), (0, 0), "# typed there\n")
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    arrives(client, uri, text)
    assert shown(client, uri) == before


@CHANGING
def test_a_branch_without_it_and_back_to_more_than_was_there(client, uri, arrives):
    before = words(client, uri)
    arrives(client, uri, "# another branch\n" + ABOVE + BELOW)
    client.change(uri, (0, 0), (0, 0), "# typed there\n")
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    arrives(client, uri, "# merged\n" + ABOVE + "def other():\n    return 1\n\n\n" + BLOCK + BELOW + "# the end\n")
    assert words(client, uri) == before


@CHANGING
def test_a_stash_and_its_return(client, uri, arrives):
    before, text = shown(client, uri), text_of(client, uri)
    arrives(client, uri, ABOVE + BELOW)
    arrives(client, uri, text)
    assert shown(client, uri) == before


@CHANGING
@pytest.mark.parametrize("choice", ["ours", "theirs", "both"])
def test_a_conflict_and_its_resolution(client, uri, arrives, choice):
    before = words(client, uri)
    (name,) = before
    theirs = BLOCK.replace("pickle.load(file)", "json.load(file)")
    ours = f"<<<<<<< HEAD\n{BLOCK}=======\n{theirs}>>>>>>> other\n"
    arrives(client, uri, ABOVE + ours + BELOW)
    assert words(client, uri) == before
    chosen = {"ours": BLOCK, "theirs": theirs, "both": BLOCK + theirs}[choice]
    arrives(client, uri, ABOVE + chosen + BELOW)
    if choice == "theirs":
        assert "json" not in words(client, uri).get(name, "")
    else:
        assert words(client, uri) == before


@CHANGING
def test_a_conflict_that_is_aborted(client, uri, arrives):
    before, text = shown(client, uri), text_of(client, uri)
    arrives(client, uri, ABOVE + f"<<<<<<< HEAD\n{BLOCK}=======\n>>>>>>> other\n" + BELOW)
    arrives(client, uri, text)
    assert shown(client, uri) == before


@CHANGING
def test_a_formatter_on_the_disk(client, uri, arrives):
    before = words(client, uri)
    text = text_of(client, uri)
    arrives(client, uri, text.replace("    ", "\t").replace("open(path)", "open(\n\t\tpath,\n\t)").replace("'", '"'))
    (name,) = before
    assert words(client, uri)[name].replace(",", "") == before[name].replace(",", "")


@CHANGING
def test_a_revert_to_what_is_on_the_disk(client, uri, arrives):
    before, text = shown(client, uri), text_of(client, uri)
    client.change(uri, (4, 0), (6, 0), "")
    client.change(uri, (3, 0), (3, 0), "# typed\n")
    arrives(client, uri, text)
    assert shown(client, uri) == before


@CHANGING
def test_what_somebody_else_wrote_outside_is_nobodys(client, uri, arrives):
    before = words(client, uri)
    arrives(client, uri, "from os import system\n" + text_of(client, uri) + "def more():\n    return system('ls -l')\n")
    assert words(client, uri) == before


def test_what_a_person_rejected_does_not_come_back_with_a_merge(client, uri):
    document = client.session.documents[uri]
    (region,) = document.regions
    client.change(uri, (3, 0), (8, 0), "")
    client.session.records.removed(client.session.documents[uri], region.id)
    reopened(client, uri, "# merged\n" + ABOVE + "x = 1\n" + BLOCK + BELOW)
    assert shown(client, uri) == {}


def test_formatting_on_save_in_hunks(client, uri):
    before = words(client, uri)
    client.versions[uri] += 1
    edits = [
        {"range": {"start": {"line": 5, "character": 0}, "end": {"line": 5, "character": 8}}, "text": "\t\t"},
        {"range": {"start": {"line": 4, "character": 0}, "end": {"line": 4, "character": 4}}, "text": "\t"},
    ]
    document = {"uri": uri, "version": client.versions[uri]}
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": edits})
    assert words(client, uri) == before


def test_snippets_and_several_cursors(client, uri):
    """The same text at several places in one message, and a snippet with its places filled in one after the other."""
    (name,) = shown(client, uri)
    before = words(client, uri)[name]
    client.versions[uri] += 1
    places = [(5, 8), (4, 4), (3, 0)]
    edits = [
        {"range": {"start": {"line": line, "character": at}, "end": {"line": line, "character": at}}, "text": "mine "}
        for line, at in places
    ]
    document = {"uri": uri, "version": client.versions[uri]}
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": edits})
    assert words(client, uri) == {name: before}
    client.change(uri, (9, 0), (9, 0), "for item in items:\n    pass\n")
    client.change(uri, (9, 4), (9, 8), "one")
    client.change(uri, (9, 11), (9, 16), "many")
    assert words(client, uri) == {name: before}


@pytest.mark.parametrize("git", [True, False])
@pytest.mark.parametrize("name", ["b.py", "deep/b.py"])
def test_a_file_that_is_moved_by_the_editor(client, git, name):
    """Outside of git every folder is a root of its own."""
    if git:
        (client.root / ".git").mkdir()
    (client.root / "deep").mkdir()
    uri = client.open(ABOVE + BELOW)
    client.change(uri, (3, 0), (3, 0), BLOCK)
    client.insert(uri, (3, 0), (8, 0))
    client.execute("gifthorse.approve", regions=list(shown(client, uri)))
    before, text = shown(client, uri), text_of(client, uri)
    close(client, uri)
    new = (client.root / name).as_uri()
    client.notify("workspace/didRenameFiles", {"files": [{"oldUri": uri, "newUri": new}]})
    assert shown(client, client.open(text, name)) == before
    assert [region.standing for region in client.session.documents[new].regions] == ["approved"]


@pytest.mark.parametrize("git", [True, False])
def test_a_folder_that_is_renamed(client, git):
    if git:
        (client.root / ".git").mkdir()
    (client.root / "old").mkdir()
    uri = client.open(ABOVE + BELOW, "old/a.py")
    client.change(uri, (3, 0), (3, 0), BLOCK)
    client.insert(uri, (3, 0), (8, 0))
    before, text = shown(client, uri), text_of(client, uri)
    close(client, uri)
    (client.root / "old").rename(client.root / "new")
    folders = {"oldUri": (client.root / "old").as_uri(), "newUri": (client.root / "new").as_uri()}
    client.notify("workspace/didRenameFiles", {"files": [folders]})
    assert shown(client, client.open(text, "new/a.py")) == before


def test_an_assistants_line_typed_again_is_a_persons(client, uri):
    (name,) = shown(client, uri)
    line = "        return pickle.load(file)"
    client.change(uri, (5, 0), (5, len(line)), "")
    for at, letter in enumerate(line):
        client.change(uri, (5, at), (5, at), letter)
    close(client, uri)
    client.open("# above\n" + ABOVE + BLOCK + BELOW)
    assert "pickle" not in shown(client, uri)[name]
    client.change(uri, (0, 0), (0, 0), AI)
    assert "pickle" not in shown(client, uri)[name]
