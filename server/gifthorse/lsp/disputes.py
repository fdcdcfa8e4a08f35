"""Disputes that are written into the text, for editors that cannot ask for a comment.

`gifthorse: dispute -- what is wrong` in a comment inside a Region or on the line above it disputes that Region, as soon
as the placeholder is replaced and the document saved. Pure; writing it down is reviews.py's.
"""

import re
from collections.abc import Iterator, Sequence

from gifthorse.lsp.suppression import comment_line
from gifthorse.model.region import Region
from gifthorse.model.rule import Language
from gifthorse.model.text import Edit, Span, Text

PLACEHOLDER = "<say what is wrong>"
_DISPUTE = re.compile(rb"gifthorse:[ \t]*dispute[ \t]+--[ \t]*([^\r\n]*)")
_CLOSING = re.compile(r"\s*(?:\*/\}?|-->|\})?\s*$")


def dispute_edit(region: Region, text: Text, language: Language | None) -> Edit | None:
    """The edit that writes the comment with its placeholder, or None where the language has no comments."""
    return comment_line(f"gifthorse: dispute -- {PLACEHOLDER}", region.hull.start, text, language)


def written_disputes(text: Text, comments: Sequence[Span], regions: Sequence[Region]) -> Iterator[tuple[str, str]]:
    """(id of a Region, comment) for each dispute in the text that has a comment of a person's."""
    for span in comments:
        match = _DISPUTE.search(text.slice(span))
        words = _CLOSING.sub("", match[1].decode("utf-8", "replace")) if match else ""
        if words and not words.startswith("<"):
            yield from ((region.id, words) for region in regions if _speaks_of(span, region, text))


def _speaks_of(comment: Span, region: Region, text: Text) -> bool:
    """Whether the comment is a person's, and inside the Region's hull or on the line above it."""
    if any(span.overlaps(comment) for span in region.spans):
        return False  # an assistant's text says nothing about itself
    return region.hull.contains(comment) or text.line_at(comment.end) + 1 == text.line_at(region.hull.start)
