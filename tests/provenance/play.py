"""A document in a few words: text with Regions, and what edits make of it. For the tests of this folder."""

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.follow import add, carry, empty, set_standing


def insertion(name="r1", content=b"x"):
    origin = Origin("pilot", "inline-completion")
    size = len(b"".join(content.split()))
    return Insertion(name, origin, Evidence.REPORTED, "2026-01-01T00:00:00Z", "digest", None, size)


def held(content, *pieces, standing=None):
    """Holdings of `content` where each of `pieces` (bytes that occur once) is a Region r1, r2 ..."""
    text, holdings = Text.of(content), empty()
    for number, piece in enumerate(pieces, 1):
        assert content.count(piece) == 1
        start = content.index(piece)
        holdings = add(holdings, text, insertion(f"r{number}", piece), [Span(start, start + len(piece))])
        if standing:
            holdings = set_standing(holdings, text, f"r{number}", standing)
    return text, holdings


def after(text, holdings, *edits):
    """The next version: every edit is (start, end, new) over the text after the one before."""
    changed = text
    steps = [Edit(Span(start, end), new) for start, end, new in edits]
    for step in steps:
        changed = changed.apply(step)
    return changed, carry(holdings, text, steps, changed)


def shown(text, holdings):
    """{region: its pieces of text}"""
    return {region.id: [text.slice(span) for span in region.spans] for region in holdings.regions()}
