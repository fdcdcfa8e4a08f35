"""Comments of a person's about findings and Regions, as edits: alone on a line, indented as the line below it is."""

import re

from gifthorse.engine.suppress import REASON_PLACEHOLDER
from gifthorse.model.finding import Finding
from gifthorse.model.rule import Language
from gifthorse.model.text import Edit, Span, Text

NOT_SUPPRESSIBLE = frozenset({
    "not-analysed", "suppression-in-ai-text", "malformed-suppression", "unused-suppression", "denied-by-policy",
})  # fmt: skip


def suppression_edit(
    finding: Finding, text: Text, language: Language | None, reason: str = REASON_PLACEHOLDER
) -> Edit | None:
    """The edit that writes the comment, or None where the language has no comments or the finding is about one.

    A reason is one line: line ends in it become spaces, so that it cannot leave the comment.
    """
    if finding.rule in NOT_SUPPRESSIBLE:
        return None
    said = " ".join(reason.split())
    line = text.slice(text.line_span(text.line_at(finding.span.start))).strip()
    if language is not None and _is_markup(line, language):
        return _in_markup(f"gifthorse: allow {finding.rule} -- {said}", finding, text, language)
    plain = language is None or language.line_comments or language.block_comments[:1] != ((*XML,),)
    words = f" -- {said}" if plain else f": {DASHES.sub('-', said)}"
    return comment_line(f"gifthorse: allow {finding.rule}{words}", finding.span.start, text, language)


def _is_markup(line: bytes, language: Language) -> bool:
    """Whether a line of a program is one of the markup in it, where its own comments would be text."""
    return line.startswith(b"<") and bool(language.line_comments)


def _in_markup(words: str, finding: Finding, text: Text, language: Language) -> Edit | None:
    """The edit for a line of markup: between elements a comment of the markup's, before the first one an ordinary one;
    None where nobody can say.
    """
    template = language.settings.get("markup_comment", "")
    number = text.line_at(finding.span.start)
    above = (text.slice(text.line_span(one)).strip() for one in range(number - 1, -1, -1))
    before = next((line for line in above if line), b"")
    if not template:
        return None
    if before.endswith(INSIDE) and not before.endswith(ARROW):
        return _line_above(template.replace("{}", words.replace("*/", "")), finding.span.start, text)
    return comment_line(words, finding.span.start, text, language)


XML = ("<!--", "-->")
DASHES = re.compile(r"-{2,}|-$")
"""What may not stand in a comment of XML."""
INSIDE = (b">", b"}")
ARROW = (b"=>", b"->")


def comment_line(words: str, above: int, text: Text, language: Language | None) -> Edit | None:
    """The edit that writes a comment on a line of its own above the one that holds the offset `above`."""
    comment = _comment(words, language)
    return _line_above(comment, above, text) if comment is not None else None


def _line_above(comment: str, above: int, text: Text) -> Edit:
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
