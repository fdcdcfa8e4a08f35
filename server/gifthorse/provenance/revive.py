"""Revive: Regions whose text had gone, as with another branch, and came back at once, perhaps with other text around it.

Only in text that has just come in, and only where that is unmistakable: a person may write a line again.
"""

from collections.abc import Sequence
from typing import Any

from gifthorse.model.text import Span, Text
from gifthorse.provenance.copies import Known, is_doubtful, is_unmistakable
from gifthorse.provenance.holdings import Holdings, recounted
from gifthorse.provenance.marks import Owned
from gifthorse.provenance.reattach import search
from gifthorse.provenance.resume import filled


def revived(
    held: Holdings, text: Text, spans: Sequence[Span], former: Sequence[Any], others: Sequence[Known] = ()
) -> Holdings:
    """The Holdings with the Regions of `former` (anchors) as far as their text is in `spans`, which have just come in.

    What somebody holds already stays theirs, and what stands here or in one of the `others` as nobody's may have been
    copied from there.
    """
    if not spans or not former:
        return held
    found, known = search(former, text).holdings, [Known(text, held), *others]
    pieces: list[Owned] = []
    for region in found.regions():
        inside = [
            Owned(max(span.start, here.start), min(span.end, here.end), region.id)
            for span in region.spans
            for here in spans
            if span.overlaps(here)
        ]
        content = b"\n".join(text.slice(Span(start, end)) for start, end, _ in inside)
        if is_unmistakable(content) and not is_doubtful(text, [Span(one.start, one.end) for one in inside], known):
            pieces.extend(inside)
    marks, painted = filled(held.marks, sorted(pieces))
    if not painted:
        return held
    records = {**held.records, **{name: found.records[name] for name in painted if name not in held.records}}
    return recounted(Holdings(marks, records, held.memory), text, painted)
