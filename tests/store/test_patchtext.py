"""Patches as git writes them, in all its ways: applied or not, one after another, with names of every kind."""

import subprocess

import pytest

from gifthorse.store.patchtext import PatchError, patched_files

OLD = "a\nb\nc\nd\ne\nf\ng\nh\n"
NEW = "a\nb\nX\nd\ne\nf\ng\nh\n"


@pytest.fixture
def told(repository):
    """What git prints for the last commit, by the words for `git diff` or the like; and what is made of it."""

    def read(name):
        path = repository.root / name
        return path.read_bytes() if path.is_file() else None

    def tell(*words):
        asked = ["git", "-C", str(repository.root), *words]
        patch = subprocess.run(asked, capture_output=True, check=True).stdout
        return sorted(patched_files(patch, read))

    return tell


WAYS = [
    ("diff", "HEAD~1"),
    ("diff", "--no-prefix", "HEAD~1"),
    ("diff", "-U0", "HEAD~1"),
    ("-c", "diff.mnemonicPrefix=true", "diff", "HEAD~1", "HEAD"),
    ("-c", "diff.noprefix=true", "diff", "-U0", "HEAD~1"),
    ("diff", "--binary", "--stat", "-p", "HEAD~1"),
    ("show", "HEAD"),
    ("format-patch", "--stdout", "HEAD~1"),
]


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
def test_every_way_of_git_to_write_it(repository, told, words):
    moved = "".join(f"line {number}\n" for number in range(30))
    for name, content in {
        "sub/a.py": OLD,
        "gone.py": "x\n",
        "old.py": moved,
        "pic.bin": b"\0\1",
        "ä ö.py": "1\n",
    }.items():
        repository.write(name, content)
    repository.commit("Start")
    for name, content in {"sub/a.py": NEW, "new.py": "n\n", "pic.bin": b"\0\2", "ä ö.py": "2"}.items():
        repository.write(name, content)
    repository.git("rm", "-q", "gone.py")
    repository.git("mv", "old.py", "sub/other.py")
    repository.write("sub/other.py", moved + "more\n")
    repository.commit("Change")
    found = {one.name: one for one in told(*words)}
    assert (found["sub/a.py"].before, found["sub/a.py"].after) == (OLD.encode(), NEW.encode())
    assert (found["new.py"].before, found["new.py"].after) == (None, b"n\n")
    assert (found["gone.py"].before, found["gone.py"].after) == (b"x\n", None)
    assert (found["ä ö.py"].before, found["ä ö.py"].after) == (b"1\n", b"2")
    assert (found["sub/other.py"].old_name, found["sub/other.py"].before) == ("old.py", moved.encode())
    assert found["sub/other.py"].after == (moved + "more\n").encode()
    assert found.keys() == {"sub/a.py", "new.py", "gone.py", "ä ö.py", "sub/other.py"}


@pytest.mark.parametrize("applied", [True, False])
def test_several_patches_of_one_file_are_one_change(repository, told, applied):
    repository.commit("Start", a__py=OLD)
    repository.commit("One", a__py=NEW)
    repository.commit("Two", a__py=NEW + "more\n", b__py="1\n")
    repository.git("mv", "a.py", "c.py")
    tip = repository.commit("Three", b__py="2\n")
    if not applied:
        repository.git("checkout", "-q", "HEAD~3")
    one, other = told("format-patch", "--stdout", f"{tip}~3..{tip}")
    assert one == ("b.py", "b.py", None, b"2\n")
    assert other == ("c.py", "a.py", OLD.encode(), (NEW + "more\n").encode())


def test_other_repositories_and_modes_are_no_texts(repository, told):
    repository.commit("Start", a__sh="1\n")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib")
    repository.git("update-index", "--chmod=+x", "a.sh")
    repository.git("commit", "-q", "-m", "Change")
    assert [one.name for one in told("diff", "HEAD~1", "HEAD") if one.before != one.after] == []


def test_carriage_returns_inside_of_lines_are_no_lines(repository, told):
    repository.commit("Start", a__txt="a\rb\nc\n")
    repository.commit("Change", a__txt="a\rb\nd\r\n")
    assert told("diff", "HEAD~1") == [("a.txt", "a.txt", b"a\rb\nc\n", b"a\rb\nd\r\n")]


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("diff", "--color=always", "HEAD~1"), "git diff --no-color"),
        (("diff", "--word-diff", "HEAD~1"), "no unified diff"),
        (("diff", "--stat", "HEAD~1"), "no unified diff"),
    ],
)
def test_what_is_no_patch_is_said(repository, told, words, remedy):
    repository.commit("Start", a__py=OLD)
    repository.commit("Change", a__py=NEW)
    with pytest.raises(PatchError, match=remedy):
        told(*words)


def test_a_combined_diff_of_a_merge_is_said(repository, told):
    repository.commit("Start", a__py=OLD)
    repository.git("checkout", "-q", "-b", "other")
    repository.commit("Other", a__py=OLD.replace("c", "o"))
    repository.git("checkout", "-q", "main")
    repository.commit("Ours", a__py=NEW)
    repository.git("merge", "-q", "other", check=False)
    repository.commit("Merge", a__py=NEW.replace("X", "Y"))
    with pytest.raises(PatchError, match=r"git diff HEAD\^1 HEAD"):
        told("show", "HEAD")


def test_a_patch_of_other_files_is_said(repository, told):
    repository.commit("Start", a__py=OLD)
    repository.commit("Change", a__py=NEW)
    repository.write("a.py", "nothing of that\n")
    with pytest.raises(PatchError, match=r"a\.py has neither the old nor the new lines"):
        told("diff", "HEAD~1", "HEAD")


@pytest.mark.parametrize("applied", [True, False])
def test_line_ends_that_git_writes_on_disk_only(repository, told, applied):
    repository.git("config", "core.autocrlf", "true")
    repository.commit("Start", a__py=OLD.replace("\n", "\r\n"))
    repository.write("a.py", NEW.replace("\n", "\r\n"))
    (found,) = told("diff")
    if not applied:
        patch = repository.git("diff") + "\n"
        (found,) = patched_files(patch.encode(), lambda _: OLD.replace("\n", "\r\n").encode())
    assert found == ("a.py", "a.py", OLD.encode(), NEW.encode())
