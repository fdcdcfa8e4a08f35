"""What commits and comments declare: exact addresses only, and never more than was said."""

import pytest

from gifthorse.model.insertion import Evidence
from gifthorse.provenance.declared import Declared, Marked, declared, marked
from gifthorse.provenance.lines import LineClass
from gifthorse.provenance.statements import Source, Statement, kind_of, ranked


def of(trailer):
    return declared("Ann", "ann@example.com", "ann@example.com", f"Do it\n\nBecause.\n\n{trailer}\n")


@pytest.mark.parametrize(
    ("trailer", "tool", "model"),
    [
        ("Co-authored-by: Claude Opus 4.5 <noreply@anthropic.com>", "claude", "Claude Opus 4.5"),
        ("Co-Authored-By: Claude <NoReply@Anthropic.com>", "claude", ""),
        ("co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>", "copilot", ""),
        ("Signed-off-by: Ann <ann@example.com>\nCo-authored-by: Cursor <cursoragent@cursor.com>", "cursor", ""),
        ("Claude-Session: https://claude.ai/x", "claude", ""),
        ("Agent-Logs-Url: https://x", "copilot", ""),
        ("Amp-Thread-ID: T-1", "amp", ""),
        ("Made-with: Cursor", "cursor", ""),
        ("Assisted-by: Claude:claude-3-opus coccinelle", "claude", "claude-3-opus"),
        ("Assisted-by: Claude", "claude", ""),
        ("Generated-by: ChatGPT 4", "chatgpt 4", ""),
    ],
)
def test_trailers(trailer, tool, model):
    assert of(trailer) == Declared(tool, model, "trailer")


@pytest.mark.parametrize(
    "trailer",
    [
        "Co-authored-by: Bob <bob@anthropic.com>",
        "Co-authored-by: Claude <noreply@anthropic.com.example.com>",
        "Co-authored-by: noreply@anthropic.com",
        "Made-with: love",
        "I talked to Claude <noreply@anthropic.com>",
        "Reviewed-by: Claude <noreply@anthropic.com>",
        "Assisted-by:",
        "",
    ],
)
def test_what_is_no_declaration(trailer):
    assert of(trailer) is None


def test_a_trailer_in_the_middle_of_a_message_is_talk():
    message = "Do it\n\nCo-authored-by: Claude <noreply@anthropic.com>\n\nNo, I did it myself."
    assert declared("Ann", "a@b", "a@b", message) is None
    assert declared("Ann", "a@b", "a@b", "Co-authored-by: Claude <noreply@anthropic.com>") is None


def test_identities():
    assert declared("x", "Aider@aider.chat", "", "m") == Declared("aider", "", "identity")
    assert declared("Ann (aider)", "ann@example.com", "", "m") == Declared("aider", "", "identity")
    address = "158243242+devin-ai-integration[bot]@users.noreply.github.com"
    assert declared("x", "a@b", address, "m") == Declared("devin", "", "identity")
    assert declared("Claude", "claude@example.com", "", "m") is None


def lines(text):
    return marked(text.encode().split(b"\n"))


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("# gifthorse:ai claude opus-4", "# gifthorse:end"),
        ("  // gifthorse:ai claude opus-4", "\t//gifthorse:end"),
        ("/* gifthorse:ai claude opus-4 */", "/* gifthorse:end */"),
        ("<!-- gifthorse:ai claude opus-4 -->", "<!-- gifthorse:end -->"),
        ("-- gifthorse:AI claude opus-4", "-- Gifthorse:END"),
    ],
)
def test_marker_comments(begin, end):
    assert lines(f"a\n{begin}\nb\nc\n{end}\nd") == ((Marked(2, 3, "claude", "opus-4"),), ())


def test_a_beginning_without_an_end_says_nothing():
    assert lines("# gifthorse:ai claude\na") == ((), (0,))
    assert lines("# gifthorse:ai x\na\n# gifthorse:ai y\nb\n# gifthorse:end") == ((Marked(3, 3, "y", ""),), (0,))
    assert lines("# gifthorse:end\na\n# gifthorse:ai x\n# gifthorse:end") == ((), ())


def test_code_that_speaks_of_markers_is_none():
    assert lines('x = 1  # gifthorse:ai x\na\nprint("gifthorse:end")\n# gifthorse:end') == ((), ())


def test_a_commits_declaration_makes_no_line_ai():
    weak = Statement(LineClass.UNKNOWN, Source.COMMIT, Evidence.DECLARED, "claude")
    assert kind_of(ranked([weak])) is LineClass.UNKNOWN
    person = Statement(LineClass.HUMAN, Source.NOTE, Evidence.RECORDED)
    assert kind_of(ranked([weak, person])) is LineClass.HUMAN


def test_of_equal_sources_the_last_one_counts():
    first, second = (Statement(LineClass.AI, Source.NOTE, Evidence.RECORDED, tool) for tool in "ab")
    assert ranked([first, second]) == (second, first)
