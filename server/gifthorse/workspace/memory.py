"""What the journal's events about one file add up to: its Regions' last known places, and what was said of them. Pure.

It does not look at the file's text beyond its digest: provenance/anchor.py finds the places again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gifthorse.model.event import Anchored, Event, Inserted, Judged, MarkedHuman, Removed
from gifthorse.model.insertion import Insertion
from gifthorse.model.review import Verdict
from gifthorse.model.text import Text

if TYPE_CHECKING:
    from gifthorse.provenance.holdings import Holdings


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one file.

    `anchors`: those that speak of Regions that may still be there, to be given to provenance.anchor.reattach.
    `regions`: the ids of these Regions. `exact`: whether this very text was seen. `insertions` and `verdicts` are all that there ever were, by the Region's id;
    a Region's last Verdict is the one that counts.
    """

    anchors: tuple[Any, ...] = ()
    regions: frozenset[str] = frozenset()
    insertions: Mapping[str, Insertion] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    exact: bool = False


@dataclass(slots=True)
class _Story:
    """What was said of one Region, as numbers of events (-1: never)."""

    first: int
    last: int = -1
    anchor: Any = None
    gone: int = -1
    human: int = -1


def recall(events: Sequence[Event], digest: str) -> Memory:
    """The Memory of one file from its events, in order of time. `digest`: of the text that it has now.

    For a text that was never seen, the last word on each Region counts. Where exactly this text was seen before, the
    Regions are where they were then: not those that came later, nor what a person called human since.
    """
    stories: dict[str, _Story] = {}
    exact: tuple[int, Mapping[str, Any], frozenset[str]] | None = None
    for number, event in enumerate(events):
        _tell(stories, number, event)
        if isinstance(event, Anchored) and event.digest == digest:
            exact = (number, dict(zip(event.held, event.anchors, strict=False)), frozenset(event.dropped))
    last = {region: story.anchor for region, story in stories.items() if story.last > story.gone}
    anchors = _as_then(stories, last, *exact) if exact else last
    return Memory(
        anchors=tuple(anchors[region] for region in sorted(anchors)),
        regions=frozenset(anchors),
        insertions={event.insertion.id: event.insertion for event in events if isinstance(event, Inserted)},
        verdicts={event.verdict.region: event.verdict for event in events if isinstance(event, Judged)},
        exact=exact is not None,
    )


def anchored(name: str, text: Text, holdings: "Holdings", known: frozenset[str]) -> Anchored:
    """The event that says where the Regions of a file stand; those `known` before that are not there count as gone."""
    from gifthorse.provenance.anchor import anchors  # noqa: PLC0415  a scan without Regions does not need it

    found = anchors(holdings, text)
    held = tuple(anchor.insertion.id for anchor in found)
    return Anchored(name, text.digest(), found, held, tuple(sorted(known.difference(held))))


def _tell(stories: dict[str, _Story], number: int, event: Event) -> None:
    if isinstance(event, Anchored):
        for region, anchor in zip(event.held, event.anchors, strict=False):
            story = stories.setdefault(region, _Story(number))
            story.last, story.anchor = number, anchor
        for region in event.dropped:
            stories.setdefault(region, _Story(number)).gone = number
    elif isinstance(event, Removed):
        stories.setdefault(event.region, _Story(number)).gone = number
    elif isinstance(event, MarkedHuman):
        for region in event.regions:
            stories.setdefault(region, _Story(number)).human = number


def _as_then(
    stories: Mapping[str, _Story], last: Mapping[str, Any], when: int, held: Mapping[str, Any], dropped: frozenset[str]
) -> dict[str, Any]:
    """The anchors of the moment `when` this text was seen, with what another writer had said before of others."""
    others = {name: anchor for name, anchor in last.items() if stories[name].first < when and name not in dropped}
    then = {name: anchor for name, anchor in held.items() if stories[name].human < when}
    return {**others, **then}
