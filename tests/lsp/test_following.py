"""Regions that go with their text from document to document, through closing, saving under another name and undo."""

import os

import pytest
from desk import Client, place

AI = "    return requests.get(address, verify=False)\n"


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("GIFTHORSE_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "root").mkdir()
    made = Client(tmp_path / "root")
    made.start()
    yield made
    made.session.finish()


def accepted(client, name="a.py", before="first\nlast\n"):
    """A document in whose second line an assistant's text came in."""
    uri = client.open(before, name)
    client.change(uri, (1, 0), (1, 0), AI)
    client.insert(uri, (1, 0), (2, 0))
    return uri


def text_of(client, uri):
    return bytes(client.session.documents[uri].text).decode()


def shown(client, uri):
    """{id: the text}"""
    document = client.session.documents[uri]
    return {one.id: b"".join(map(document.text.slice, one.spans)).decode() for one in document.regions}


def close(client, uri):
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_what_is_cut_here_and_put_in_there_goes_along(client):
    one = accepted(client)
    (name,) = shown(client, one)
    two = client.open("other\n", "b.py")
    client.change(one, (1, 0), (2, 0), "")
    client.change(two, (1, 0), (1, 0), AI)
    assert (shown(client, one), shown(client, two)) == ({}, {name: AI})
    close(client, two)
    client.open("# above\nother\n" + AI, "b.py")
    assert shown(client, two) == {name: AI}


def test_what_is_copied_says_so_and_names_its_source(client):
    one = accepted(client)
    (name,) = shown(client, one)
    two = client.open("other\n", "b.py")
    client.change(two, (1, 0), (1, 0), AI)
    client.analyse(two)
    (copy,) = client.regions(two)
    assert (copy["evidence"], copy["copiedFrom"], copy["origin"]["tool"]) == ("copied", name, "copilot")
    assert copy["id"] != name
    assert shown(client, two) == {copy["id"]: AI.strip()}
    close(client, two)
    client.open("other\n" + AI, "b.py")
    assert shown(client, two) == {copy["id"]: AI.strip()}


def test_a_copy_is_not_shown_before_it_is_on_disk(client, monkeypatch):
    one = accepted(client)
    two = client.open("other\n", "b.py")
    workspace = client.session.roots.of(client.session.documents[one].path)

    def full(event):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace.journal, "append", full)
    client.change(two, (1, 0), (1, 0), AI)
    assert shown(client, two) == {}
    assert client.session.announcer._degraded["record"]


def test_an_undo_after_closing_and_opening_again(client):
    uri = accepted(client)
    before = shown(client, uri)
    client.change(uri, (1, 0), (2, 0), "")
    close(client, uri)
    client.open("first\nlast\n")
    assert shown(client, uri) == {}
    client.change(uri, (1, 0), (1, 0), AI)
    assert shown(client, uri) == before


def test_a_file_that_was_changed_while_it_was_closed(client):
    uri = client.open("first\nlast\n")
    client.change(uri, (1, 0), (1, 0), "x = compute(one, two)\n")
    client.insert(uri, (1, 4), (1, 21))
    close(client, uri)
    client.open("# above\nfirst\nx = compute(one, two)\nlast\n")
    assert list(shown(client, uri).values()) == ["compute(one, two)"]


@pytest.mark.parametrize("closed_first", [True, False])
def test_what_is_saved_under_a_name_for_the_first_time(client, closed_first):
    uri = "untitled:Untitled-1"
    item = {"uri": uri, "languageId": "python", "version": 1, "text": "first\nlast\n"}
    client.notify("textDocument/didOpen", {"textDocument": item})
    client.versions[uri] = 1
    client.change(uri, (1, 0), (1, 0), AI)
    client.insert(uri, (1, 0), (2, 0))
    before, text = shown(client, uri), text_of(client, uri)
    if closed_first:
        close(client, uri)
    file = client.open(text, "new.py")
    assert shown(client, file) == before
    other = Client(client.root)
    other.start()
    assert shown(other, other.open("# x\n" + text, "new.py")) == before


def test_what_is_saved_under_another_name_is_a_copy(client):
    uri = accepted(client)
    (name,) = shown(client, uri)
    text = text_of(client, uri)
    (client.root / "a.py").write_text(text)
    (client.root / "b.py").write_text(text)
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    file = client.open(text, "b.py")
    (copy,) = client.session.documents[file].regions
    assert (copy.insertion.evidence, copy.insertion.source, copy.retained) == ("copied", name, 1.0)
    assert shown(client, file) == {copy.id: AI}
    assert shown(client, uri) == {name: AI}


@pytest.mark.parametrize("above", ["", "# another line\n"])
def test_a_file_that_was_renamed_while_nobody_looked(client, above):
    block = "".join(f"    value_{number} = compute_it({number}, verify=False)\n" for number in range(5))
    uri = client.open("first\nlast\n")
    client.change(uri, (1, 0), (1, 0), block)
    client.insert(uri, (1, 0), (6, 0))
    before, text = shown(client, uri), text_of(client, uri)
    close(client, uri)
    (client.root / "b.py").write_text(above + text)
    assert shown(client, client.open(above + text, "b.py")) == before


def test_a_file_that_is_older_than_an_assistants_same_text_is_not_copied_from_it(client):
    uri = accepted(client)
    text = text_of(client, uri)
    (client.root / "a.py").write_text(text)
    (client.root / "mine.py").write_text(text)
    os.utime(client.root / "mine.py", (1_000_000_000, 1_000_000_000))
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert shown(client, client.open(text, "mine.py")) == {}


def test_a_file_of_a_persons_that_shares_a_line_with_one_that_is_gone(client):
    uri = accepted(client)
    close(client, uri)
    (client.root / "mine.py").write_text("def mine():\n" + AI)
    assert shown(client, client.open("def mine():\n" + AI, "mine.py")) == {}


def test_a_branch_that_is_left_and_come_back_to_has_its_regions_again(client):
    uri = accepted(client)
    (name,) = shown(client, uri)
    there = "first\n" + AI + "last\n"
    client.change(uri, (0, 0), (3, 0), "another branch\nwith its own lines\n")
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert shown(client, uri) == {}
    client.change(uri, (0, 0), (1, 0), "an edit there, so that this is no undo\n")
    client.change(uri, (0, 0), (2, 0), there)
    assert shown(client, uri) == {name: AI}


def test_what_a_person_called_human_stays_so_when_the_text_comes_back(client):
    uri = accepted(client)
    client.execute(
        "gifthorse.markHuman", uri=uri, range={"start": {"line": 1, "character": 0}, "end": {"line": 2, "character": 0}}
    )
    client.change(uri, (0, 0), (3, 0), "another branch\nwith its own lines\n")
    client.change(uri, (0, 0), (2, 0), "first\n" + AI + "last\n")
    assert shown(client, uri) == {}


# Two servers on one folder


@pytest.fixture
def other(client):
    made = Client(client.root)
    made.start()
    yield made
    made.session.finish()


def heard(client):
    """What the server does from time to time."""
    client.server.colleagues.look()


def test_what_another_server_was_told_of_this_text_is_known_here(client, other):
    uri = accepted(client)
    other.open(text_of(client, uri))
    before = shown(other, uri)
    client.change(uri, (0, 0), (0, 0), AI)
    other.change(uri, (0, 0), (0, 0), "# not the same")
    other.change(uri, (0, 0), (0, 14), AI)
    client.insert(uri, (0, 0), (1, 0), tool="second")
    heard(other)
    assert shown(other, uri) == shown(client, uri) != before


def test_a_verdict_of_another_server_counts_here(client, other):
    uri = accepted(client)
    other.open(text_of(client, uri))
    heard(other)
    client.execute("gifthorse.approve", regions=list(shown(client, uri)))
    heard(other)
    assert [region.standing for region in other.session.documents[uri].regions] == ["approved"]


def test_what_is_a_persons_there_is_a_persons_here(client, other):
    uri = accepted(client)
    other.open(text_of(client, uri))
    client.execute("gifthorse.markHuman", uri=uri, range={"start": place((1, 0)), "end": place((2, 0))})
    heard(other)
    assert shown(other, uri) == shown(client, uri)


def test_a_text_of_our_own_is_not_touched_by_what_they_write(client, other):
    uri = accepted(client)
    other.open(text_of(client, uri))
    other.change(uri, (1, 4), (1, 5), "")
    other.change(uri, (1, 4), (1, 4), "r")
    client.execute("gifthorse.approve", regions=list(shown(client, uri)))
    heard(other)
    assert list(shown(other, uri).values()) == [AI[:4] + AI[5:]]


def test_nothing_new_is_not_looked_at(client, other, monkeypatch):
    uri = accepted(client)
    other.open(text_of(client, uri))
    heard(other)
    monkeypatch.setattr(other.session.records, "heard", None)
    heard(other)
