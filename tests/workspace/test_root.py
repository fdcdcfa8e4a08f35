"""One root wired up: what is remembered is found again, by other processes too, and gone is gone."""

import pytest

from gifthorse.model.event import Inserted
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.follow import carry
from gifthorse.provenance.holdings import add, empty, mark_human
from gifthorse.workspace.root import Workspace

BEFORE = Text.of(b"def one():\n    return 1\n")
NEW = b"def two():\n    return hashlib.md5(b'two').hexdigest()\n"
CATALOGUE = Catalogue({}, {}, "")


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("GIFTHORSE_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture
def root(tmp_path):
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def workspace(root, **options):
    return Workspace(root, catalogue=CATALOGUE, **options)


def inserted(name="i1"):
    insertion = Insertion(
        name, Origin("copilot", "chat"), Evidence.REPORTED, "2026-01-01T00:00:00Z", "", None, len(NEW)
    )
    end = len(BEFORE)
    text = BEFORE.apply(Edit(Span(end, end), NEW))
    return insertion, text, add(empty(), text, insertion, [Span(end, end + len(NEW))])


def acknowledged(root):
    one = workspace(root)
    insertion, text, holdings = inserted()
    one.journal.append(Inserted("a.py", insertion))
    one.remember("a.py", text, holdings)
    return one, text, holdings


def test_a_region_is_found_again_by_another_process(root):
    _, text, _ = acknowledged(root)
    (region,) = workspace(root).regions("a.py", text)
    assert (region.id, text.slice(region.spans[0])) == ("i1", NEW)


def test_a_region_is_found_by_content_where_the_text_has_moved(root):
    _, text, _ = acknowledged(root)
    moved = Text.of(b"import hashlib\n\n\n" + bytes(text))
    (region,) = workspace(root).regions("a.py", moved)
    assert moved.slice(region.spans[0]) == NEW


def test_a_file_without_a_story_has_no_regions(root):
    acknowledged(root)
    assert workspace(root).regions("b.py", BEFORE) == ()
    assert workspace(root).name_of(root.parent / "b.py") is None


def test_what_was_deleted_is_not_found_in_text_that_a_person_writes_again(root):
    one, text, holdings = acknowledged(root)
    cut = Edit(Span(len(BEFORE), len(text)), b"")
    one.remember("a.py", BEFORE, carry(holdings, text, [cut], BEFORE))
    typed = Text.of(b"# typed by hand\n" + bytes(text))
    assert workspace(root).regions("a.py", typed) == ()


def test_what_another_process_had_remembered_is_dropped_too(root):
    _, text, _ = acknowledged(root)
    other = workspace(root)
    other.remembered("a.py", text)
    other.remember("a.py", BEFORE, empty())
    assert workspace(root).regions("a.py", Text.of(b"\n" + bytes(text))) == ()


def test_what_a_person_called_human_stays_human(root):
    one, text, holdings = acknowledged(root)
    one.remember("a.py", text, mark_human(holdings, text, Span(0, len(text))))
    assert workspace(root).regions("a.py", text) == ()


def test_nothing_is_written_into_the_root(root):
    acknowledged(root)
    assert list(root.iterdir()) == []


def test_what_the_configuration_leaves_out(root):
    (root / "gifthorse.toml").write_text('exclude = ["dist/", "*.min.js", "!keep.min.js"]\n')
    trusted = workspace(root, trusted=True)
    names = ["a.py", "dist/a.py", "x/dist/b/c.py", "a.min.js", "x/keep.min.js", "dist"]
    assert [name for name in names if trusted.excludes(name)] == ["dist/a.py", "x/dist/b/c.py", "a.min.js"]
    assert not any(map(workspace(root).excludes, names))


def test_trust_and_settings_can_change(root):
    (root / "gifthorse.toml").write_text('exclude = ["dist/"]\n')
    one = workspace(root)
    assert not one.excludes("dist/a.py")
    assert not one.configure(trusted=False, settings={})
    assert one.configure(trusted=True, settings={})
    assert one.excludes("dist/a.py")
    assert one.configure(trusted=True, settings={"limits": {"seconds": 2}})
    assert one.config.bounds.seconds == 2
    (root / "gifthorse.toml").write_text("")
    assert one.configure(trusted=True, settings=None)
    assert not one.excludes("dist/a.py")


def test_configuration_can_be_left_unread(root):
    (root / "gifthorse.toml").write_text("wrong = 1\n")
    assert workspace(root, configured=False).config.problems == ()
    assert len(workspace(root).config.problems) == 1
