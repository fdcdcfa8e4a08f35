"""Commits, lines and notes by libgit2 on the object database: as git says, and nothing is run."""

import os

import pygit2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.store.gitfolder import GitError, open_folder
from gifthorse.store.notes import Notes
from gifthorse.store.objects import Cause, Objects, unchanged_lines


def objects(repository):
    return Objects(open_folder(repository.root))


def test_commits_are_found_by_their_names(repository):
    first = repository.commit(a="1\n")
    second = repository.commit(a="2\n")
    repository.git("tag", "-a", "-m", "x", "v1", first)
    found = objects(repository)
    assert found.resolve("HEAD") == found.resolve("@") == found.resolve("main") == found.resolve(second[:7]) == second
    assert found.resolve("HEAD~1") == found.resolve("main^") == found.resolve("v1") == found.resolve("HEAD~") == first
    assert found.resolve("HEAD^0") == second


@pytest.mark.parametrize("words", ["nothing", "", "HEAD~9", "HEAD^2", "../x", "-x", "HEAD@{1}", "0" * 40, "~", "a b"])
def test_what_names_no_commit(repository, words):
    repository.commit(a="1\n")
    with pytest.raises(GitError):
        objects(repository).resolve(words)


def test_blame_follows_a_renaming(repository):
    first = repository.commit(a="one\ntwo\nthree\n")
    repository.git("mv", "a", "b")
    second = repository.commit(b="one\n2\nthree\n")
    assert objects(repository).blame(second, "b") == {
        1: Cause(first, "a", 1),
        2: Cause(second, "b", 2),
        3: Cause(first, "a", 3),
    }


def test_what_a_commit_brought(repository):
    repository.commit(a="one\ntwo\n", b="x\n")
    repository.write("c", b"\0\1")
    second = repository.commit(a="one\n2\nthree\n")
    found = objects(repository)
    added = {one.path: (one.lines, one.removed) for one in found.added(found.commit(second))}
    assert added == {"a": ((2, 3), 1)}


def test_a_shallow_clone(repository, tmp_path):
    repository.commit(a="1\n")
    tip = repository.commit(a="1\n2\n")
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
    found = Objects(open_folder(tmp_path / "shallow"))
    assert [commit.id for commit in found.walk(tip)] == [tip]
    assert found.blame(tip, "a") == {1: Cause(tip, "a", 1), 2: Cause(tip, "a", 2)}


def test_a_hostile_configuration_is_neither_run_nor_read(repository, tmp_path):
    tip = repository.commit(a="1\n", **{"x.bin": "y\n"})
    canary = tmp_path / "ran"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch '{canary}'\ncat\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.evil.textconv", "diff.external", "filter.evil.clean", "filter.evil.smudge"):
        repository.git("config", key, str(script))
    repository.write(".gitattributes", "* diff=evil filter=evil\n")
    hooks = repository.root / ".git" / "hooks"
    for hook in ("reference-transaction", "post-index-change", "pre-commit", "post-commit"):
        (hooks / hook).write_text(script.read_text())
        (hooks / hook).chmod(0o755)
    with (repository.root / ".git" / "config").open("a") as config:
        config.write("[include]\n\tpath = fifo\n[core]\n\tworktree = /\n[extensions]\n\tnobodyknows = 1\n[broken")
    os.mkfifo(repository.root / ".git" / "fifo")
    found = objects(repository)
    assert found.blame(tip, "a") == {1: Cause(tip, "a", 1)}
    assert [one.path for one in found.added(found.commit(tip))] == ["a", "x.bin"]
    assert Notes(found).add({tip: b"note"}) == (tip,)
    assert not canary.exists()


@pytest.mark.parametrize("place", ["info/alternates", "info/commit-graph", "pack/pack-1.idx", "ab/cdef"])
def test_nothing_is_waited_for_that_poses_as_a_file(repository, place):
    repository.commit(a="1\n")
    path = repository.root / ".git" / "objects" / place
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    with pytest.raises(GitError, match="is no file"):
        objects(repository)


def test_borrowed_objects_are_read_and_looked_at(repository, tmp_path):
    tip = repository.commit(a="1\n")
    repository.git("clone", "-q", "--shared", ".", str(tmp_path / "borrower"))
    borrower = open_folder(tmp_path / "borrower")
    assert Objects(borrower).blob(tip, "a") == b"1\n"
    os.mkfifo(repository.root / ".git" / "objects" / "pack" / "x.idx")
    with pytest.raises(GitError, match="is no file"):
        Objects(borrower)


def test_a_damaged_object_is_an_error_that_says_so(repository):
    tip = repository.commit(a="1\n")
    tree = repository.head("HEAD^{tree}")
    (repository.root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    found = objects(repository)
    with pytest.raises(GitError):
        found.blame(tip, "a")
    assert found.blob(tip, "a") is None
    with pytest.raises(GitError, match="missing"):
        found.commit("0" * 40)
    assert not found.has_commit("0" * 40)


LINES = st.lists(st.sampled_from([b"a", b"b", b"c", b"", b"a\r"]), max_size=9)


@given(LINES, LINES, st.booleans(), st.booleans())
def test_lines_that_are_unchanged_are_the_same(old, new, old_ends, new_ends):
    before, after = b"\n".join(old) + b"\n" * old_ends, b"\n".join(new) + b"\n" * new_ends
    same = unchanged_lines(before, after)
    olds, news = (content.replace(b"\r\n", b"\n").split(b"\n") for content in (before, after))
    assert all(olds[there - 1] == news[here - 1] for here, there in same.items())
    assert list(same.values()) == sorted(set(same.values()))
    if before == after:
        assert len(same) == len(before.split(b"\n")) - (before.endswith(b"\n") or not before)


class TestNotes:
    """refs/notes/ai."""

    @pytest.mark.parametrize("fanout", [0, 1, 2, 3])
    def test_any_fan_out_is_read(self, repository, fanout):
        tip = repository.commit(a="1\n")
        raw = pygit2.Repository(str(repository.root))
        parts = [tip[2 * n : 2 * n + 2] for n in range(fanout)] + [tip[2 * fanout :]]
        made = raw.create_blob(b"the note")
        mode = 0o100644
        for part in reversed(parts):
            builder = raw.TreeBuilder()
            builder.insert(part, made, mode)
            made, mode = builder.write(), 0o040000
        who = pygit2.Signature("a", "a@b")
        raw.create_commit("refs/notes/ai", who, who, "x", made, [])
        notes = Notes(objects(repository))
        assert notes.read(tip) == b"the note"
        assert notes.read("0" * 40) is None

    def test_gits_own_notes_are_read_and_added_to(self, repository):
        tips = [repository.commit(a=f"{n}\n") for n in range(3)]
        for tip in tips[:2]:
            repository.git("notes", "--ref=ai", "add", "-m", f"note of {tip}", tip)
        notes = Notes(objects(repository))
        assert notes.add(dict.fromkeys(tips, b"new")) == (tips[2],)
        assert repository.git("notes", "--ref=ai", "show", tips[2]) == "new"
        assert repository.git("notes", "--ref=ai", "show", tips[0]) == f"note of {tips[0]}"
        repository.git("fsck", "--strict")

    def test_a_fanned_out_tree_gets_its_note_where_git_looks(self, repository):
        tips = [repository.commit(a=f"{n}\n") for n in range(2)]
        raw = pygit2.Repository(str(repository.root))
        inner = raw.TreeBuilder()
        inner.insert(tips[0][2:], raw.create_blob(b"old"), 0o100644)
        outer = raw.TreeBuilder()
        outer.insert(tips[0][:2], inner.write(), 0o040000)
        who = pygit2.Signature("a", "a@b")
        raw.create_commit("refs/notes/ai", who, who, "x", outer.write(), [])
        assert Notes(objects(repository)).add({tips[0]: b"no", tips[1]: b"yes"}) == (tips[1],)
        assert repository.git("notes", "--ref=ai", "show", tips[1]) == "yes"
        assert repository.git("notes", "--ref=ai", "show", tips[0]) == "old"

    def test_a_reference_that_cannot_be_read_is_not_overwritten(self, repository):
        tip = repository.commit(a="1\n")
        place = repository.root / ".git" / "refs" / "notes"
        place.mkdir(parents=True)
        (place / "ai").write_text("0" * 40 + "\n")
        notes = Notes(objects(repository))
        assert notes.by_commit == {}
        with pytest.raises(GitError, match="nothing was added"):
            notes.add({tip: b"x"})
        assert (place / "ai").read_text() == "0" * 40 + "\n"

    def test_a_name_that_is_no_reference(self, repository):
        repository.commit(a="1\n")
        with pytest.raises(GitError, match="full name"):
            Notes(objects(repository), "../../x")
