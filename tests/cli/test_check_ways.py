"""Each way to name a change: what is read is what stands in it, whatever else lies in the work tree, and what holds is
what held before it.
"""

import json
import os
import sys

import pytest

GUARDED = """@login_required
def delete(request, pk):
    if not request.user.is_admin:
        raise PermissionDenied()
    Item.objects.get(pk=pk).delete()
"""
OPEN = """@login_required
def delete(request, pk):
    Item.objects.get(pk=pk).delete()
"""
QUIET = "[rules]\noff = ['tls-verify-off', 'control-removed', 'capability-added']\n"
OWN = """format = 1
id = "our-audit"
cwe = [778]
severity = "high"
confidence = "high"
title = "No audit"
message = "This writes no audit."
why = "Whoever looks into an incident later finds nothing of what was done here, and can neither prove nor refute it."
instead = "Call audited() in its place."

[[match]]
language = ["python"]
call = ["unaudited"]

[[test]]
language = "python"
bad = "unaudited(1)\\n"
"""


@pytest.fixture
def check(gifthorse, repository):
    """`check --all` in a way, as (exit code, rules found, what is said to people)."""

    def checked(*words, given=None):
        result = gifthorse("check", "--all", "--format", "json", *words, cwd=repository.root, given=given)
        said = json.loads(result.stdout)["findings"] if result.stdout else []
        return result.returncode, sorted({one["rule"] for one in said}), result.stdout + result.stderr

    return checked


def every_way(repository, check, *more):
    """What is found in what the index has (the work tree has the same), by each way to name it."""
    git = repository.git
    patch = git("diff", "--cached", "--no-color") + "\n"
    found = [check(*more), check("--staged", *more), check("--stdin-patch", *more, given=patch)]
    git("commit", "-q", "-m", "Change")
    return [*found, check("--range", "HEAD~1..HEAD", *more)]


def test_a_file_that_is_renamed_and_loses_its_guard_at_once(repository, check):
    repository.commit("Start", views__py=GUARDED)
    repository.git("mv", "views.py", "handlers.py")
    repository.write("handlers.py", OPEN)
    repository.git("add", "-A")
    for code, rules, said in every_way(repository, check):
        assert (code, rules) == (1, ["control-removed"]), said


def test_the_manifests_are_those_of_the_change(repository, check):
    repository.commit("Start", requirements__txt="flask==3.0.0\n", app__py="x = 1\n")
    repository.write("app.py", "import flask\nimport wizard_of_invoices\nx = 1\n")
    repository.write("requirements.txt", "flask==3.0.0\nwizard-of-invoices==1.0\n")
    repository.git("add", "-A")
    ways = every_way(repository, check)
    assert ["unknown-dependency" in rules for _, rules, _ in ways] == [False] * 4
    repository.write("requirements.txt", "flask==3.0.0\n")
    assert "unknown-dependency" not in check("--range", "HEAD~1..HEAD")[1]
    repository.commit("Other", requirements__txt="flask==3.0.0\n")
    repository.write("requirements.txt", "flask==3.0.0\nwizard-of-invoices==1.0\n")
    assert "unknown-dependency" in check("--range", "HEAD~2..HEAD")[1]


def test_an_import_and_its_declaration_in_a_patch_that_is_not_applied(repository, check):
    repository.commit("Start", requirements__txt="flask==3.0.0\n", app__py="import flask\n")
    repository.commit(
        "Change",
        requirements__txt="flask==3.0.0\nwizard-of-invoices\n",
        app__py="import flask\nimport wizard_of_invoices\n",
    )
    patch = repository.git("diff", "HEAD~1") + "\n"
    repository.git("checkout", "-q", "HEAD~1")
    assert "unknown-dependency" not in check("--stdin-patch", given=patch)[1]


def test_a_trusted_configuration_that_stood_before_loosens_and_the_changes_does_not(repository, check):
    repository.commit("Start", views__py=GUARDED, gifthorse__toml=QUIET)
    repository.write("views.py", OPEN)
    repository.git("add", "-A")
    assert [rules for _, rules, _ in every_way(repository, check, "--trust")] == [[]] * 4
    repository.commit("Again", views__py=GUARDED, gifthorse__toml="")
    repository.write("views.py", OPEN)
    repository.write("gifthorse.toml", QUIET)
    repository.git("add", "-A")
    for _, rules, said in every_way(repository, check, "--trust"):
        assert "control-removed" in rules
        assert "was ignored: the file is part of the change." in said
        assert "It holds once the change is in; a change cannot permit itself." in said


def test_a_file_that_git_does_not_track_is_no_part_of_the_change(repository, check):
    repository.commit("Start", views__py=GUARDED)
    repository.write("views.py", OPEN)
    repository.git("add", "-A")
    repository.write("gifthorse.toml", QUIET)
    assert [rules for _, rules, _ in every_way(repository, check, "--trust")] == [[]] * 4


def test_own_rules_hold_and_a_change_cannot_take_them_away(repository, check):
    rule = repository.root / ".gifthorse" / "rules" / "our-audit.toml"
    repository.write(".gifthorse/rules/our-audit.toml", OWN)
    repository.commit("Start", app__py="x = 1\n")
    repository.write("app.py", "unaudited(1)\n")
    rule.write_text(OWN.replace("unaudited", "somethingelse"))
    repository.git("add", "-A")
    assert ["our-audit" in rules for _, rules, _ in every_way(repository, check, "--trust")] == [True] * 4
    assert "our-audit" not in check("--range", "HEAD~1..HEAD")[1]


def test_a_range_from_nothing_is_all_that_is_there(repository, check):
    repository.commit("Start", a__py="import requests\nrequests.get(u, verify=False, timeout=3)\n")
    code, rules, _ = check("--range", f"{'0' * 40}..HEAD")
    assert (code, rules) == (1, ["tls-verify-off"])


def test_what_holds_is_the_target_branchs_present_policy_and_not_what_was_when_they_parted(repository, check):
    repository.commit("Start", views__py="x = 1\n")
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit("Change", views__py="import requests\nrequests.get(u, verify=False, timeout=3)\n")
    repository.git("checkout", "-q", "main")
    repository.commit("Quiet", gifthorse__toml=QUIET)
    assert check("--range", "main...feature", "--trust")[1] == []
    assert check("--range", "main~1...feature", "--trust")[1] == ["capability-added", "tls-verify-off"]


def test_what_is_too_large_is_said_and_fails_a_strict_check(gifthorse, repository):
    repository.commit("Start", a__json="[]\n")
    repository.write("a.json", "[" + "1,\n" * 700_000 + "1]\n")
    plain = gifthorse("check", "--all", cwd=repository.root)
    assert (plain.returncode, "larger than 2,000,000 bytes" in plain.stdout) == (0, True)
    assert gifthorse("check", "--all", "--strict", cwd=repository.root).returncode == 2


def test_binary_files_and_other_repositories_are_left_out_and_a_program_is_none(repository, check):
    repository.commit("Start", a__bin=b"\0\1", b__py="x = 1\n")
    repository.write("a.bin", b"\0\2")
    repository.write("b.py", b"x = 1\n# \0\nimport requests\nrequests.get(u, verify=False, timeout=3)\n")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib")
    (repository.root / "lib").mkdir()
    repository.git("add", "a.bin", "b.py")
    repository.git("commit", "-q", "-m", "Change")
    code, rules, said = check("--range", "HEAD~1..HEAD")
    assert (code, "tls-verify-off" in rules) == (1, True), said
    assert "Looked at 1 file" in said


def test_line_ends_that_git_writes_on_checkout_are_no_change(repository, check):
    repository.commit("Start", views__py=GUARDED)
    repository.write("views.py", GUARDED.replace("\n", "\r\n"))
    assert "Looked at 0 files" in check()[2]
    repository.write("views.py", OPEN.replace("\n", "\r\n"))
    code, rules, said = check()
    assert (code, rules, "0 new lines" in said) == (1, ["control-removed"], True)


def test_a_shallow_clone_says_what_to_fetch(gifthorse, repository, tmp_path):
    first = repository.commit("Start", a__py="x = 1\n")
    repository.commit("Change", a__py="x = 2\n")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.root.as_uri(), str(clone))
    result = gifthorse("check", "--range", f"{first}..HEAD", cwd=clone)
    assert (result.returncode, "fetch-depth: 0" in result.stderr) == (2, True)


def test_before_the_first_commit(gifthorse, tmp_path):
    (tmp_path / "new").mkdir()
    result = gifthorse("check", "--range", "HEAD~1..HEAD", cwd=tmp_path / "new")
    assert result.returncode == 2
    assert "--stdin-patch" in result.stderr


@pytest.mark.parametrize("words", [("-a",), ("views.py",), ("-i", "views.py")], ids=" ".join)
def test_a_hook_checks_what_is_committed_whatever_was_staged(repository, tmp_path, words):
    repository.commit("Start", views__py=GUARDED, other__py="x = 1\n")
    hook = repository.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -m gifthorse check --staged --all > found.txt 2>&1\n")
    hook.chmod(0o755)
    repository.write("views.py", OPEN)
    repository.write("other.py", "import requests\nrequests.get(u, verify=False, timeout=3)\n")
    before = repository.head()
    own = {name: str(tmp_path / name) for name in ("GIFTHORSE_STATE_DIR", "GIFTHORSE_CONFIG_DIR")}
    folders = os.pathsep.join(path for path in sys.path if path)
    repository.git("commit", "-q", "-m", "Change", *words, check=False, PYTHONPATH=folders, PYTHONUTF8="1", **own)
    said = (repository.root / "found.txt").read_text("utf-8")
    assert repository.head() == before
    assert "control-removed" in said
    assert ("tls-verify-off" in said) == (words == ("-a",))


def test_what_other_files_do_is_known_where_they_are_those_of_the_change(repository, check):
    repository.commit("Start", shell__py="import os\n\ndef run(line):\n    os.system(line)\n", app__py="x = 1\n")
    repository.write("app.py", "from flask import request\nfrom shell import run\nrun(request.args['line'])\n")
    repository.git("add", "-A")
    ways = every_way(repository, check)
    assert ["shell-injection" in rules for _, rules, _ in ways] == [True] * 4
    repository.commit("Other", shell__py="def run(line):\n    print(line)\n")
    assert "shell-injection" not in check("--range", "HEAD~2..HEAD~1")[1]


def test_what_comments_of_the_change_silence_is_listed_and_what_others_did_is_not(gifthorse, repository):
    call = "# gifthorse: allow tls-verify-off -- {}\nrequests.get(u, verify=False, timeout=3)\n"
    repository.commit("Start", a__py="import requests\n" + call.format("long ago"))
    repository.write("a.py", "import requests\n" + call.format("long ago") + "\n" + call.format("just now"))
    result = gifthorse("check", "--all", "--format", "json", cwd=repository.root)
    assert [one["reason"] for one in json.loads(result.stdout)["silenced"]] == ["just now"]
    summary = gifthorse("check", "--all", "--format", "markdown", cwd=repository.root).stdout
    assert "- `a.py:6`: `tls-verify-off`, because: just now" in summary
    assert "long ago" not in summary
