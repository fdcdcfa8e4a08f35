"""Which files are looked at: nothing that is tracked is hidden, nothing dangerous is opened, every skip is named."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gifthorse.store import files
from gifthorse.store.files import Found, Skipped, read_found, walk
from gifthorse.store.ignore import Ignores
from gifthorse.store.repository import is_repository, tracked_names

ENVIRONMENT = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder, *words):
    return subprocess.run(["git", *words], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True).stdout


def write(folder, *names, content=b"x = 1\n"):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def looked_at(root, start=None, exclude=()):
    items = list(walk(start or root, root, exclude))
    found = [item.name for item in items if isinstance(item, Found)]
    return found, {item.name: item.why for item in items if isinstance(item, Skipped)}


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


@pytest.fixture
def repository(root):
    git(root, "init", "-q")
    return root


def test_a_plain_folder_is_walked_in_order(root):
    write(root, "b.py", "a/z.py", "a/b/c.py", "a.py")
    assert looked_at(root) == (["a/b/c.py", "a/z.py", "a.py", "b.py"], {})


def test_gitignore_counts_without_git_too(root):
    write(root, "a.py", "build/b.py", "deep/c.log", "deep/keep.log", "deep/only.txt")
    write(root, ".gitignore", content=b"build/\n*.log\n")
    write(root, "deep/.gitignore", content=b"!keep.log\n/only.txt\n")
    found, skipped = looked_at(root)
    assert found == [".gitignore", "a.py", "deep/.gitignore", "deep/keep.log"]
    assert skipped == {"build/": files.IGNORED, "deep/c.log": files.IGNORED, "deep/only.txt": files.IGNORED}


def test_tracked_files_are_looked_at_whatever_gitignore_says(repository):
    write(repository, "evil.py", "build/deep/evil.py", "build/other.py", "build/sub/x.py")
    git(repository, "add", "evil.py", "build/deep/evil.py")
    write(repository, ".gitignore", content=b"*\n")
    found, skipped = looked_at(repository)
    assert found == ["build/deep/evil.py", "evil.py"]
    assert skipped == {
        ".gitignore": files.IGNORED,
        "build/other.py": files.IGNORED,
        "build/sub/": files.IGNORED,
    }


def test_a_part_of_a_repository_knows_the_patterns_above_it(repository):
    write(repository, "a/b/c.py", "a/b/skip.py", "a/x.py")
    write(repository, ".gitignore", content=b"/a/b/skip.py\n")
    assert looked_at(repository, repository / "a" / "b") == (["a/b/c.py"], {"a/b/skip.py": files.IGNORED})


def test_who_names_an_ignored_folder_sees_into_it(repository):
    write(repository, "build/a.py", "build/deep/b.py", "build/c.log", "build/own.tmp")
    write(repository, ".gitignore", content=b"build/\n*.log\n")
    write(repository, "build/.gitignore", content=b"*.tmp\n")
    found, skipped = looked_at(repository, repository / "build" / "deep")
    assert (found, skipped) == (["build/deep/b.py"], {})
    found, skipped = looked_at(repository, repository / "build")
    assert found == ["build/.gitignore", "build/a.py", "build/c.log", "build/deep/b.py"]
    assert skipped == {"build/own.tmp": files.IGNORED}


def test_a_repository_s_own_list_counts_less_than_gitignore(repository):
    write(repository, "a.tmp", "b.tmp")
    write(repository, ".git/info/exclude", content=b"*.tmp\n")
    write(repository, ".gitignore", content=b"!b.tmp\n")
    assert looked_at(repository) == ([".gitignore", "b.tmp"], {"a.tmp": files.IGNORED})


def test_a_repository_inside_has_its_own_index(repository):
    write(repository, "inner/evil.py", "inner/junk.py")
    git(repository / "inner", "init", "-q")
    git(repository / "inner", "add", "evil.py")
    write(repository, "inner/.gitignore", content=b"*.py\n")
    assert looked_at(repository) == (["inner/.gitignore", "inner/evil.py"], {"inner/junk.py": files.IGNORED})


def test_a_work_tree_finds_its_index(repository, tmp_path):
    write(repository, "a.py")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "one")
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert tracked_names(tmp_path / "tree") == {"a.py"}


def test_the_configuration_can_leave_tracked_files_out(repository):
    write(repository, "dist/a.js", "a.js", "b.min.js")
    git(repository, "add", ".")
    assert looked_at(repository, exclude=("dist/", "*.min.js")) == (
        ["a.js"],
        {"dist/": files.EXCLUDED, "b.min.js": files.EXCLUDED},
    )


@pytest.mark.parametrize("index", [b"", b"DIRC", b"DIRC\0\0\0\x02\xff\xff\xff\xff", os.urandom(500)])
def test_a_damaged_index_hides_nothing(repository, index):
    write(repository, "a.py", ".gitignore", content=b"*\n")
    write(repository, ".git/index", content=index)
    assert looked_at(repository) == ([".gitignore", "a.py"], {})


@pytest.mark.parametrize("pointer", [b"", b"gitdir: ", b"gitdir: /nowhere", b"gitdir: \0", b"\xff" * 20_000])
def test_a_damaged_pointer_hides_nothing(root, pointer):
    write(root, "a.py")
    write(root, ".git", content=pointer)
    write(root, ".gitignore", content=b"*\n")
    assert is_repository(root)
    assert looked_at(root)[0] == [".gitignore", "a.py"]


def test_a_pattern_cannot_take_long(root):
    write(root, "a" * 200)
    write(root, ".gitignore", content=b"*a" * 30 + b"*b\n")
    assert looked_at(root)[0] == [".gitignore", "a" * 200]


def test_a_wrong_pattern_does_not_spoil_the_others(root):
    write(root, "a.log", "b.py")
    write(root, ".gitignore", content=b"***/[z-a]\n!\n*.log\n\xff\xfe\n")
    assert looked_at(root) == ([".gitignore", "b.py"], {"a.log": files.IGNORED})


def test_deep_folders_need_no_deep_stack(root):
    folder = root
    for _ in range(300):
        folder /= "d"
    folder.mkdir(parents=True)
    write(folder, "a.py")
    assert len(looked_at(root)[0]) == 1


def test_the_nearest_pattern_decides():
    outer = Ignores().with_patterns(["*.py"], "")
    inner = outer.with_patterns(["!a.py"], "sub/")
    assert [inner.ignores(name) for name in ("sub/a.py", "sub/b.py", "sub/c.txt")] == [False, True, False]


def test_content_that_is_not_looked_at_says_why(root):
    write(root, "image.bin", content=b"\x89PNG\0\0")
    write(root, "large.py", content=b"x" * 101)
    write(root, "nul.py", content=b"a = 1\0\n")

    def read(name):
        return read_found(Found(root / name, name), 100, lambda name: name.endswith(".py"))

    assert read("image.bin") == Skipped("image.bin", files.BINARY)
    assert read("large.py") == Skipped("large.py", "larger than 100 bytes", unknown=True)
    assert read("nul.py") == b"a = 1\0\n"
    assert read("gone.py") == Skipped("gone.py", files.VANISHED)


if sys.platform != "win32":

    def test_links_are_not_followed_out_of_the_root(root, tmp_path):
        write(tmp_path, "secret.txt", "outside/a.py")
        write(root, "real/a.py")
        (root / "out").symlink_to(tmp_path / "secret.txt")
        (root / "out-folder").symlink_to(tmp_path / "outside")
        (root / "loop").symlink_to(root)
        (root / "dangling").symlink_to(root / "nothing")
        (root / "in").symlink_to(root / "real" / "a.py")
        found, skipped = looked_at(root)
        assert found == ["in", "real/a.py"]
        assert skipped["out"] == skipped["out-folder"] == skipped["loop"] == files.LINK_OUT
        assert skipped["dangling"] == files.NOT_REGULAR

    def test_a_link_into_git_s_own_folder_is_not_followed(repository):
        (repository / "x").symlink_to(repository / ".git" / "HEAD")
        assert looked_at(repository) == ([], {"x": files.NOT_REGULAR})

    def test_fifos_and_sockets_are_never_opened(root):
        os.mkfifo(root / "pipe.py")
        os.mkfifo(root / ".gitignore")
        write(root, "a.py")
        assert looked_at(root) == (["a.py"], {".gitignore": files.NOT_REGULAR, "pipe.py": files.NOT_REGULAR})
        assert read_found(Found(root / "pipe.py", "pipe.py"), 100, lambda _: True).why == files.NOT_REGULAR

    def test_a_fifo_as_index_is_not_waited_for(repository):
        os.mkfifo(repository / ".git" / "index")
        write(repository, "a.py")
        assert looked_at(repository)[0] == ["a.py"]

    def test_names_that_are_no_utf8_are_found_and_named(repository):
        write(repository, os.fsdecode(b"a\xff.py"))
        git(repository, "add", ".")
        write(repository, ".gitignore", content=b"*\n")
        items = [item for item in walk(repository, repository) if isinstance(item, Found)]
        assert [item.name for item in items] == ["a\\xff.py"]
        assert items[0].path.read_bytes() == b"x = 1\n"

    def test_an_unreadable_folder_is_a_skip(root, monkeypatch):
        write(root, "a.py", "shut/b.py")
        real = os.scandir

        def scandir(path):
            if Path(path).name == "shut":
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr("os.scandir", scandir)
        assert looked_at(root) == (["a.py"], {"shut/": "unreadable: Permission denied"})


def test_nothing_that_a_hostile_repository_configures_is_run(repository, tmp_path):
    marker = tmp_path / "was-run"
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\necho run >> '{marker}'\ncat\n")
    trap.chmod(0o755)
    write(repository, "a.py", "b.txt", ".gitattributes", content=b"* filter=trap diff=trap merge=trap\n")
    git(repository, "add", ".")
    for key in (
        "core.fsmonitor",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "diff.trap.textconv",
    ):
        git(repository, "config", key, str(trap))
    for key in ("diff.trap.command", "diff.external", "core.pager", "core.sshCommand", "core.editor"):
        git(repository, "config", key, str(trap))
    hooks = repository / "hooks"
    hooks.mkdir()
    git(repository, "config", "core.hooksPath", str(hooks))
    for name in ("post-index-change", "fsmonitor-watchman", "pre-commit", "post-checkout", "reference-transaction"):
        shutil.copy(trap, hooks / name)
    (repository / "a.py").write_bytes(b"changed = 1\n")
    found, _ = looked_at(repository)
    assert {"a.py", "b.txt", ".gitattributes"} <= set(found)
    assert not marker.exists()
    git(repository, "status", "--porcelain")  # The trap is a real one: git itself falls into it.
    assert marker.exists()


def test_a_repository_of_somebody_else_is_read_all_the_same(repository, monkeypatch):
    """What a user finds as root, or in a container: git would refuse to say anything about this folder."""
    write(repository, "a.py")
    git(repository, "add", ".")
    if sys.platform != "win32" and os.geteuid() == 0:
        for path in [repository, *repository.rglob("*")]:
            os.chown(path, 12345, 12345)
    write(repository, ".gitignore", content=b"*\n")
    assert looked_at(repository)[0] == ["a.py"]
