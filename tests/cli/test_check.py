"""`gifthorse check` as it is used: each way to name a change, whose part of it counts, every format, what can be wrong."""

import json
import subprocess

import pytest

KEY = "s_c9883b05a2487d::t_9f8e7d6c5b4a32"
BEFORE = """@login_required
def delete(request, pk):
    if not request.user.is_admin:
        raise PermissionDenied()
    Item.objects.get(pk=pk).delete()
"""
AFTER = """@login_required
def delete(request, pk):
    subprocess.run(["ls"], shell=True, timeout=3)
    Item.objects.get(pk=pk).delete()
"""
PERSONS = "\n\ndef fetch(url):\n    return requests.get(url, verify=False, timeout=3)\n"


@pytest.fixture
def changed(repository):
    """A repository whose last commit has a line of an assistant's (a note says so) and some of a person's."""
    repository.commit("Start", views__py=BEFORE)
    tip = repository.commit("Change", author="Bob Ray <bob@example.com>", views__py=AFTER + PERSONS)
    repository.note(tip, f"views.py\n  {KEY} 3\n")
    return repository


def rules(result):
    return [one["rule"] for one in json.loads(result.stdout)["findings"]]


def test_of_a_range_only_the_assistants_part_counts(gifthorse, changed):
    result = gifthorse("check", "--range", "HEAD~1..HEAD", "--format", "json", cwd=changed.root)
    assert result.returncode == 1, result.stderr
    assert {"capability-added", "control-removed"} <= set(rules(result))
    assert "tls-verify-off" not in rules(result)


def test_of_the_whole_change_everything_counts(gifthorse, changed):
    result = gifthorse("check", "--range", "HEAD~1...HEAD", "--all", "--format", "json", cwd=changed.root)
    assert {"control-removed", "tls-verify-off"} <= set(rules(result))


def test_nothing_of_an_assistant_is_nothing_to_say(gifthorse, repository):
    repository.commit("Start", views__py=BEFORE)
    repository.commit("Change", views__py=AFTER)
    result = gifthorse("check", "--range", "HEAD~1..HEAD", cwd=repository.root)
    assert result.returncode == 0
    assert "0 AI-written" in result.stderr


def test_the_work_tree_the_index_and_a_patch_of_it_say_the_same(gifthorse, repository):
    repository.commit("Start", views__py=BEFORE)
    repository.write("views.py", AFTER)
    git = ["git", "-C", str(repository.root)]
    patch = subprocess.run([*git, "diff"], capture_output=True, check=True, text=True).stdout
    (tree,) = {tuple(rules(gifthorse("check", "--all", "--format", "json", cwd=repository.root)))}
    subprocess.run([*git, "add", "-A"], check=True)
    staged = gifthorse("check", "--all", "--staged", "--format", "json", cwd=repository.root)
    patched = gifthorse("check", "--all", "--stdin-patch", "--format", "json", cwd=repository.root, given=patch)
    assert "control-removed" in tree
    assert rules(staged) == list(tree) == rules(patched)


def test_a_pull_request_shows_annotations_and_a_summary(gifthorse, changed):
    words = ("check", "--range", "HEAD~1..HEAD", "--format")
    github = gifthorse(*words, "github", cwd=changed.root).stdout
    assert "::warning file=views.py,line=3,endLine=3,col=5" in github or "::error file=views.py,line=3" in github
    summary = gifthorse(*words, "markdown", cwd=changed.root).stdout
    assert summary.startswith("### Gifthorse: ")
    assert "| `views.py:3` |" in summary


def test_unreviewed_text_fails_where_a_review_is_required(gifthorse, repository):
    repository.commit("Start", views__py=BEFORE)
    tip = repository.commit("Change", views__py=BEFORE + "\nx = 1\n")
    words = ("check", "--range", "HEAD~1..HEAD", "--require-review", "--format", "json")
    assert gifthorse(*words, cwd=repository.root).returncode == 0
    repository.note(tip, f"views.py\n  {KEY} 7\n")
    result = gifthorse(*words, cwd=repository.root)
    (one,) = json.loads(result.stdout)["findings"]
    assert (result.returncode, one["rule"], one["range"]["start"]["line"]) == (1, "review-missing", 7)
    assert one["message"] == "Text of claude was reviewed by nobody as it is."


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--range", "HEAD"), "is no range"),
        (("--range", "nothing..HEAD"), "names no commit"),
        (("--stdin-patch",), "Give what `git diff` prints"),
    ],
)
def test_what_cannot_be_is_said(gifthorse, changed, words, complaint):
    result = gifthorse("check", *words, cwd=changed.root, given="no patch at all\n")
    assert result.returncode == 2
    assert complaint in result.stderr


def test_a_patch_of_files_outside_is_refused(gifthorse, changed, tmp_path):
    (tmp_path / "secret.txt").write_text("a\n")
    patch = "--- a/../secret.txt\n+++ b/../secret.txt\n@@ -1 +1 @@\n-a\n+b\n"
    result = gifthorse("check", "--all", "--stdin-patch", cwd=changed.root, given=patch)
    assert result.returncode == 2
    assert "secret" not in result.stdout


def test_imports_are_held_against_the_manifests(gifthorse, repository):
    (repository.root / "requirements.txt").write_text("flask==3.0.0\n")
    repository.commit("Start", views__py="x = 1\n")
    repository.write("views.py", "import flask\nimport wizard_of_invoices\nx = 1\n")
    result = gifthorse("check", "--all", "--format", "json", cwd=repository.root)
    (one,) = [one for one in json.loads(result.stdout)["findings"] if one["rule"] == "unknown-dependency"]
    assert "requirements.txt does not declare wizard_of_invoices" in one["message"]


def test_a_hook_is_said_once_and_what_another_rule_says_is_not_said_again(gifthorse, repository):
    repository.commit("Start", package__json="{}\n")
    repository.write(
        "package.json", '{"dependencies": {"a": "git+https://x.org/a.git"}, "scripts": {"postinstall": "node x.js"}}\n'
    )
    result = gifthorse("check", "--all", "--format", "json", cwd=repository.root)
    said = [one["rule"] for one in json.loads(result.stdout)["findings"]]
    assert sorted(set(said) - {"capability-added"}) == ["dependency-moves", "manifest-entry-risky"]
    assert len(said) == len(set(said))


def test_a_capability_that_the_path_may_have_is_not_mentioned(gifthorse, repository):
    allowing = '[capabilities]\n"network-access" = ["views.py"]\n'
    repository.commit("Start", gifthorse__toml=allowing, views__py="x = 1\n")
    repository.write("views.py", "import requests\nrequests.get('https://example.org', timeout=3)\n")
    words = ("check", "--all", "--format", "json")
    assert "capability-added" in rules(gifthorse(*words, cwd=repository.root))
    assert "capability-added" not in rules(gifthorse(*words, "--trust", cwd=repository.root))
