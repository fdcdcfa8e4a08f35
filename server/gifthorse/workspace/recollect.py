"""What the journals of a repository's work trees know of one text: its Regions, and what a person said is theirs.

A commit that is checked out in another work tree brings its text there, and with it what is known of the text: so the
journals of all of them are asked, this one's own first. Nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gifthorse.model.event import Anchored, MarkedHuman
from gifthorse.model.region import Region
from gifthorse.model.review import Standing, Verdict
from gifthorse.model.text import Span, Text
from gifthorse.provenance.holdings import tidy
from gifthorse.provenance.substance import content_digest
from gifthorse.workspace.root import Workspace


@dataclass(frozen=True, slots=True)
class Recollection:
    """The Regions of one text, ascending and disjoint, and the spans that a person called their own, with who said it."""

    regions: tuple[Region, ...] = ()
    people: tuple[Span, ...] = ()
    by: str = ""


def recollect(workspace: Workspace, others: Sequence[Workspace], name: str, text: Text) -> Recollection:
    """What is known of a file with this text. Raises OSError where this root's own state folder cannot be read."""
    own = _judged(workspace.regions(name, text), text, _verdicts(workspace, name))
    known = frozenset(workspace.remembered(name, text).insertions) if workspace.journal.events(name) else frozenset()
    people, by = _disowned(workspace, name, text)
    regions = list(own)
    for other in others:
        try:
            found = _judged(other.regions(name, text), text, _verdicts(other, name))
        except OSError:
            continue
        fresh = [region for region in found if region.id not in known]
        regions.extend(_beside(fresh, regions, text))
    held = [span for region in regions for span in region.spans]
    ordered = sorted(regions, key=lambda region: region.spans[0])
    return Recollection(tuple(ordered), tuple(_without(people, held)), by)


def _verdicts(workspace: Workspace, name: str) -> Mapping[str, Verdict]:
    from gifthorse.model.event import Judged  # noqa: PLC0415  judge.py has another Judged

    events = workspace.journal.events(name)
    return {event.verdict.region: event.verdict for event in events if isinstance(event, Judged)}


def _judged(regions: Iterable[Region], text: Text, verdicts: Mapping[str, Verdict]) -> tuple[Region, ...]:
    """The Regions with what was said of them, as far as it was said of this content."""
    result = []
    for region in regions:
        verdict = verdicts.get(region.id)
        if verdict is not None:
            same = content_digest(text, region.spans) == verdict.content
            changed = Standing.REOPENED if verdict.standing is Standing.APPROVED else verdict.standing
            region = replace(region, standing=verdict.standing if same else changed)  # noqa: PLW2901
        result.append(region)
    return tuple(result)


def _beside(found: Iterable[Region], regions: Iterable[Region], text: Text) -> list[Region]:
    """The Regions without what others hold already."""
    from gifthorse.provenance.substance import substance_of  # noqa: PLC0415  only where there are other work trees

    held = [span for region in regions for span in region.spans]
    result = []
    for region in found:
        spans = tuple(_without(region.spans, held))
        if weight := substance_of(text, spans):
            result.append(replace(region, spans=spans, substance=weight))
            held.extend(spans)
    return result


def _without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of `spans` is in none of `taken`."""
    result = list(tidy(list(spans)))
    for other in tidy(list(taken)):
        cut = []
        for span in result:
            if not span.overlaps(other):
                cut.append(span)
                continue
            cut.extend(part for part in (Span(span.start, other.start), Span(other.end, span.end)) if part[0] < part[1])
        result = cut
    return result


def _disowned(workspace: Workspace, name: str, text: Text) -> tuple[list[Span], str]:
    """What stood in a Region until a person said that it is theirs, as far as it is still there; and who said it."""
    last: dict[str, Any] = {}
    before: list[Any] = []
    by = ""
    for event in workspace.journal.events(name):
        if isinstance(event, Anchored):
            last.update(zip(event.held, event.anchors, strict=False))
        elif isinstance(event, MarkedHuman):
            before.extend(last[region] for region in event.regions if region in last)
            by = event.by
    if not before:
        return [], ""
    from gifthorse.provenance.reattach import reattach  # noqa: PLC0415  few files were ever spoken of

    return [span for region in reattach(before, text).regions() for span in region.spans], by
