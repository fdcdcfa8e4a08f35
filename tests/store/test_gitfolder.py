"""Git's folders as plain files: every kind of repository, hostile pointers, references and their locks."""

import os

import pytest

from gifthorse.store.gitfolder import (
    GitError,
    head,
    is_reference,
    open_folder,
    other_roots,
    reference,
    replace_reference,
)


def test_a_work_tree(repository):
    commit = repository.commit(a__py="x\n")
    folder = open_folder(repository.root / "a.py")
    assert (folder.root, folder.own, folder.common) == (repository.root, *[repository.root / ".git"] * 2)
    assert (head(folder).branch, head(folder).commit) == ("main", commit)
    assert not folder.shallow
    assert other_roots(folder) == ()


def test_a_branch_without_a_commit(repository):
    assert (head(open_folder(repository.root)).branch, head(open_folder(repository.root)).commit) == ("main", "")


def test_a_detached_head(repository):
    first = repository.commit(a="1\n")
    repository.commit(a="2\n")
    repository.git("checkout", "-q", first)
    assert (head(open_folder(repository.root)).branch, head(open_folder(repository.root)).commit) == ("", first)


def test_linked_work_trees_know_each_other(repository, tmp_path):
    commit = repository.commit(a="1\n")
    repository.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    folder = open_folder(tmp_path / "other")
    assert folder.common == repository.root / ".git"
    assert (head(folder).branch, head(folder).commit) == ("other", commit)
    assert other_roots(folder) == (repository.root,)
    assert other_roots(open_folder(repository.root)) == (tmp_path / "other",)


def test_no_repository_lays_claim_to_somebody_elses_work_tree(repository, tmp_path):
    repository.commit(a="1\n")
    stranger = type(repository)(tmp_path / "stranger")
    place = repository.root / ".git" / "worktrees" / "x"
    place.mkdir(parents=True)
    (place / "gitdir").write_text(f"{stranger.root}/.git\n")
    assert other_roots(open_folder(repository.root)) == ()


def test_a_submodule_is_a_repository_of_its_own(repository, tmp_path):
    inner = type(repository)(tmp_path / "inner")
    inner.commit(a="1\n")
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "sub")
    folder = open_folder(repository.root / "sub" / "a")
    assert folder.root == repository.root / "sub"
    assert folder.common == repository.root / ".git" / "modules" / "sub"
    assert head(folder).commit == inner.head()


def test_a_bare_repository_has_no_work_tree(repository, tmp_path):
    commit = repository.commit(a="1\n")
    repository.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    folder = open_folder(tmp_path / "bare" / "refs")
    assert folder.root is None
    assert head(folder).commit == commit


def test_a_shallow_clone_says_so(repository, tmp_path):
    repository.commit(a="1\n")
    repository.commit(a="2\n")
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
    assert open_folder(tmp_path / "shallow").shallow


def test_no_repository(tmp_path):
    with pytest.raises(GitError, match="`git init` makes one"):
        open_folder(tmp_path)


@pytest.mark.parametrize("pointer", ["gitdir: /nowhere", "gitdir: \0", "rubbish", "", "gitdir: " + "x" * 20_000])
def test_a_pointer_that_leads_nowhere(tmp_path, pointer):
    (tmp_path / ".git").write_text(pointer)
    with pytest.raises(GitError, match="leads to no repository"):
        open_folder(tmp_path)


def test_what_cannot_be_read_yet_is_named(repository):
    repository.commit(a="1\n")
    (repository.root / ".git" / "reftable").mkdir()
    with pytest.raises(GitError, match="reftable"):
        open_folder(repository.root)
    (repository.root / ".git" / "reftable").rmdir()
    (repository.root / ".git" / "HEAD").write_text("ab" * 32)
    with pytest.raises(GitError, match="SHA-256"):
        head(open_folder(repository.root))
    (repository.root / ".git" / "HEAD").write_text("rubbish")
    with pytest.raises(GitError, match="names no commit"):
        head(open_folder(repository.root))
    (repository.root / ".git" / "HEAD").unlink()
    os.mkfifo(repository.root / ".git" / "HEAD")
    with pytest.raises(GitError, match="cannot be read"):
        head(open_folder(repository.root))


def test_references_loose_packed_and_symbolic(repository):
    commit = repository.commit(a="1\n")
    folder = open_folder(repository.root)
    repository.git("tag", "v1")
    repository.git("symbolic-ref", "refs/heads/same", "refs/heads/main")
    assert reference(folder, "refs/heads/same") == commit
    repository.git("pack-refs", "--all")
    assert reference(folder, "refs/tags/v1") == commit
    assert reference(folder, "refs/tags/v2") is None
    repository.git("symbolic-ref", "refs/heads/round", "refs/heads/round2")
    repository.git("symbolic-ref", "refs/heads/round2", "refs/heads/round")
    assert reference(folder, "refs/heads/round") is None


@pytest.mark.parametrize(
    "name",
    [
        "refs/../config",
        "refs/heads/../../x",
        "/etc/passwd",
        "config",
        "refs//x",
        "refs/x.lock",
        "refs/.x",
        "",
        "a/b",
        "refs/a\nb",
    ],
)
def test_what_is_no_reference_leads_to_no_file(repository, name):
    repository.commit(a="1\n")
    assert not is_reference(name)
    assert reference(open_folder(repository.root), name) is None


def test_a_reference_is_replaced_only_if_nobody_was_faster(repository):
    first = repository.commit(a="1\n")
    second = repository.commit(a="2\n")
    folder = open_folder(repository.root)
    replace_reference(folder, "refs/notes/x", None, first)
    assert repository.head("refs/notes/x") == first
    with pytest.raises(GitError, match="changed meanwhile"):
        replace_reference(folder, "refs/notes/x", None, second)
    lock = repository.root / ".git" / "refs" / "notes" / "x.lock"
    lock.write_text("")
    with pytest.raises(GitError, match="another program is writing"):
        replace_reference(folder, "refs/notes/x", first, second)
    assert lock.exists()
    lock.unlink()
    replace_reference(folder, "refs/notes/x", first, second)
    assert repository.head("refs/notes/x") == second
    with pytest.raises(GitError, match="no name of a reference"):
        replace_reference(folder, "refs/../../x", None, second)
