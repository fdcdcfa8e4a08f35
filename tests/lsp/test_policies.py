"""What a policy denies is an error as soon as it is there, and goes with the text or the policy; reported over stdio."""

import getpass

import pytest

DENY = '[[policy]]\npaths = ["auth/**"]\nmodels = ["gpt-*"]\nwrite = "deny"\nreason = "People only."\n'
LINE = "token = read()\n"


def rules(items):
    return [one.code for one in items]


@pytest.fixture
def denied(editor, root):
    """A document in which a denied model wrote the second line. No trust was given."""
    (root / ".git").mkdir(exist_ok=True)
    (root / "gifthorse.toml").write_text(DENY)
    editor.start()
    uri = editor.open("auth/login.py", "x = 1\n")
    editor.change(uri, (1, 0), (1, 0), LINE)
    editor.inserted(uri, (1, 0), (2, 0))
    return uri


def test_denied_text_is_an_error_at_once_and_goes_with_the_text(editor, denied):
    found = editor.diagnostics(denied, lambda items: "denied-by-policy" in rules(items))
    (one,) = [one for one in found if one.code == "denied-by-policy"]
    assert (one.severity, one.range.start.line) == (1, 1)
    assert "gifthorse.toml, line 1: People only." in one.message
    editor.change(denied, (1, 0), (2, 0), "")
    assert "denied-by-policy" not in rules(editor.diagnostics(denied))


def test_no_comment_silences_it_and_none_is_offered(editor, denied):
    editor.change(denied, (1, 0), (1, 0), "# gifthorse: allow denied-by-policy -- I may\n")
    found = editor.diagnostics(denied, lambda items: "denied-by-policy" in rules(items))
    (one,) = [one for one in found if one.code == "denied-by-policy"]
    where = {"textDocument": {"uri": denied}, "range": editor.span((2, 0), (2, 1)), "context": {"diagnostics": []}}
    titles = [action.title for action in editor.request("textDocument/codeAction", where)]
    assert one.range.start.line == 2
    assert titles
    assert [title for title in titles if "denied-by-policy" in title] == []


def test_the_same_text_elsewhere_is_no_matter(editor, denied):
    uri = editor.open("other/login.py", "x = 1\n")
    editor.change(uri, (1, 0), (1, 0), LINE)
    editor.inserted(uri, (1, 0), (2, 0))
    editor.regions(uri)
    assert "denied-by-policy" not in rules(editor.diagnostics(uri))


REVIEW = '[[policy]]\npaths = ["auth/"]\nreview = ["{}", "Ada Low"]\nreason = "It guards everything."\n'


@pytest.fixture
def asked(editor, root):
    """A document of which a policy wants a review by this machine's user or somebody else."""
    (root / ".git").mkdir(exist_ok=True)
    (root / "gifthorse.toml").write_text(REVIEW.format(getpass.getuser()))
    editor.start()
    uri = editor.open("auth/login.py", "x = 1\n")
    editor.change(uri, (1, 0), (1, 0), LINE)
    editor.inserted(uri, (1, 0), (2, 0))
    return uri


def said_of(editor, uri):
    """The titles of lenses and of actions at the Region, the words of its hover, and what the protocol says."""
    lenses = editor.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    context = {"diagnostics": []}
    where = {"textDocument": {"uri": uri}, "range": editor.span((1, 0), (1, 1)), "context": context}
    actions = editor.request("textDocument/codeAction", where)
    place = {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 1}}
    hover = editor.request("textDocument/hover", place).contents.value
    (region,) = editor.regions(uri)
    return [lens.command.title for lens in lenses], [action.title for action in actions], hover, region


def test_a_review_that_is_missing_is_a_hint_at_once_until_it_is_given(editor, asked):
    found = editor.diagnostics(asked, lambda items: "review-missing" in rules(items))
    (one,) = [one for one in found if one.code == "review-missing"]
    assert (one.severity, one.range.start.line) == (4, 1)
    who = f"{getpass.getuser()} or Ada Low"
    assert f"is to be reviewed by {who}, as the policy in gifthorse.toml, line 1 asks. It guards" in one.message
    lenses, actions, hover, region = said_of(editor, asked)
    assert f" · unreviewed · to be reviewed by {who}" in lenses[0]
    assert any(title.endswith(f" as reviewed (asked of {who})") for title in actions)
    assert "To be reviewed by" in hover
    assert region.reviewBy == [[getpass.getuser(), "Ada Low"]]
    editor.execute("gifthorse.approve", regions=[region.id])
    assert "review-missing" not in rules(editor.diagnostics(asked, lambda items: "review-missing" not in rules(items)))
    lenses, actions, hover, region = said_of(editor, asked)
    assert (region.standing, hasattr(region, "reviewBy")) == ("approved", False)
    assert "to be reviewed" not in lenses[0] + hover
    editor.change(asked, (1, 0), (1, 5), "secret_of_mine")
    assert "review-missing" in rules(editor.diagnostics(asked, lambda items: "review-missing" in rules(items)))


def test_somebody_elses_approval_leaves_it_missing_and_can_be_followed_by_the_right_one(editor, asked, root):
    (root / "gifthorse.toml").write_text(REVIEW.format("bob@example.com"))
    uri = editor.uri("gifthorse.toml")
    editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
    (region,) = editor.regions(asked)
    editor.execute("gifthorse.approve", regions=[region.id])
    lenses, actions, _, region = said_of(editor, asked)
    assert region.standing == "approved"
    assert lenses[0].endswith(" · approved · to be reviewed by bob@example.com or Ada Low")
    assert "Approve" in lenses
    assert any("(asked of bob@example.com or Ada Low)" in title for title in actions)
