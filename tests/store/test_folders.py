"""Where things are kept: private, per root, whatever way a path is written."""

import os
import sys
from pathlib import Path

import pytest

from gifthorse.store.folders import ignores_case, is_name, name_in, private_folder, root_of, state_folder, state_home


def test_the_root_is_the_nearest_folder_with_git(tmp_path):
    inner = tmp_path / "outer" / "inner" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "outer" / ".git").mkdir()
    (tmp_path / "outer" / "inner" / ".git").write_text("gitdir: elsewhere")
    assert root_of(inner / "a.py") == (tmp_path / "outer" / "inner").resolve()
    assert root_of(tmp_path / "outer" / "a.py") == (tmp_path / "outer").resolve()


def test_without_git_the_root_is_the_own_folder(tmp_path):
    assert root_of(tmp_path / "a.py") == tmp_path.resolve()
    assert root_of(tmp_path) == tmp_path.resolve()


def test_the_state_home_follows_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path))
    assert state_home() == tmp_path
    assert state_folder(tmp_path / "x").is_relative_to(tmp_path)
    monkeypatch.delenv("GIFTHORSE_STATE_DIR")
    assert "gifthorse" in str(state_home())


def test_a_symbolic_link_to_a_root_has_the_same_state(tmp_path):
    (tmp_path / "root").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "root")
    assert state_folder(tmp_path / "link") == state_folder(tmp_path / "root")
    assert state_folder(tmp_path / "root" / ".." / "root") == state_folder(tmp_path / "root")
    assert state_folder(tmp_path / "other") != state_folder(tmp_path / "root")


def test_names_are_relative_with_slashes(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert name_in(tmp_path, tmp_path / "a" / "b.py") == "a/b.py"
    assert name_in(tmp_path, tmp_path / "link" / "b.py") == "a/b.py"
    assert name_in(tmp_path / "link", tmp_path / "a" / "b.py") == "b.py"
    assert name_in(tmp_path / "a", tmp_path / "a" / ".." / "b.py") is None
    assert name_in(tmp_path, Path("/elsewhere/b.py")) is None


def test_a_file_is_named_after_itself_even_where_it_is_a_link(tmp_path):
    (tmp_path / "b.py").symlink_to("/dev/null")
    assert name_in(tmp_path, tmp_path / "b.py") == "b.py"


@pytest.mark.parametrize("name", ["a", "a/b.py", "a\\b", "é/\u2028", "..a", "a..", "C:x"])
def test_names_that_are_fine(name):
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "/", "a/", "/a", "..", "a/..", "./a", "a//b", "\0", "a\0"])
def test_names_that_are_not(name):
    assert not is_name(name)


def test_a_folder_without_letters_is_not_taken_for_one_that_ignores_case(tmp_path):
    (tmp_path / "123").mkdir()
    assert ignores_case(tmp_path / "123") == (sys.platform == "win32")
    assert ignores_case(Path("/")) == (sys.platform == "win32")


if sys.platform != "win32":

    def test_folders_are_made_private_and_stay_so(tmp_path):
        folder = private_folder(tmp_path / "a" / "b")
        assert [stat.st_mode & 0o777 for stat in (folder.stat(), folder.parent.stat())] == [0o700, 0o700]
        folder.chmod(0o755)
        assert private_folder(folder).stat().st_mode & 0o777 == 0o700

    def test_bytes_that_are_no_utf8_have_a_name(tmp_path):
        assert name_in(tmp_path, tmp_path / os.fsdecode(b"a\xff.py")) == "a\\xff.py"


def test_without_git_a_folder_with_rules_of_its_own_is_the_root(tmp_path):
    rules = tmp_path / "project" / ".gifthorse" / "rules"
    deep = tmp_path / "project" / "src" / "deep"
    for folder in (rules, deep):
        folder.mkdir(parents=True)
    assert root_of(rules / "a.toml") == root_of(deep / "a.py") == (tmp_path / "project").resolve()
    (deep / ".git").mkdir()
    assert root_of(deep / "a.py") == deep.resolve()
    (tmp_path / ".git").mkdir()
    assert root_of(rules / "a.toml") == tmp_path.resolve()


def test_without_git_a_folder_with_a_configuration_is_the_root(tmp_path):
    deep = tmp_path / "project" / "src" / "deep"
    deep.mkdir(parents=True)
    (tmp_path / "project" / "gifthorse.toml").touch()
    assert root_of(deep / "a.py") == (tmp_path / "project").resolve()
    (deep / ".gifthorse" / "rules").mkdir(parents=True)
    assert root_of(deep / "a.py") == deep.resolve()
