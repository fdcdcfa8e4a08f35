"""Comments of a person's about findings and Regions, as edits: alone on a line, indented as the line below it is."""

from gifthorse.engine.suppress import REASON_PLACEHOLDER
from gifthorse.model.finding import Finding
from gifthorse.model.rule import Language
from gifthorse.model.text import Edit, Span, Text

NOT_SUPPRESSIBLE = frozenset({"not-analysed", "suppression-in-ai-text", "malformed-suppression", "unused-suppression"})


def suppression_edit(
    finding: Finding, text: Text, language: Language | None, reason: str = REASON_PLACEHOLDER
) -> Edit | None:
    """The edit that writes the comment, or None where the language has no comments or the finding is about one.

    A reason is one line: line ends in it become spaces, so that it cannot leave the comment.
    """
    if finding.rule in NOT_SUPPRESSIBLE:
        return None
    words = f"gifthorse: allow {finding.rule} -- {' '.join(reason.split())}"
    return comment_line(words, finding.span.start, text, language)


def comment_line(words: str, above: int, text: Text, language: Language | None) -> Edit | None:
    """The edit that writes a comment on a line of its own above the one that holds the offset `above`."""
    comment = _comment(words, language)
    if comment is None:
        return None
    line = text.line_span(text.line_at(above))
    content = text.slice(line)
    indent = content[: len(content) - len(content.lstrip(b" \t"))]
    return Edit(Span(line.start, line.start), indent + comment.encode("utf-8", "surrogatepass") + _line_end(text))


def _comment(words: str, language: Language | None) -> str | None:
    if language is None:
        return None
    if language.line_comments:
        return f"{language.line_comments[0]} {words}"
    if language.block_comments:
        opening, closing = language.block_comments[0]
        return f"{opening} {words.replace(closing, '')} {closing}"
    return None


def _line_end(text: Text) -> bytes:
    """The line end that the text uses, by its first one."""
    if text.line_count == 1:
        return b"\n"
    end = text.line_span(0).end
    return text.slice(Span(end, text.line_span(1).start)) or b"\n"
