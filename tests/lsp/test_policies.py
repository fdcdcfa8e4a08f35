"""What a policy denies is an error as soon as it is there, and goes with the text or the policy; reported over stdio."""

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
