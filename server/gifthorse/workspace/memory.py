"""What the journal's events about one file add up to: its Regions' last known places, and what was said of them. Pure.

It does not look at the file's text beyond its digest: provenance/anchor.py finds the places again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from gifthorse.model.event import Anchored, Event, Inserted, Judged, MarkedHuman, Removed
from gifthorse.model.insertion import Insertion
from gifthorse.model.review import Verdict
from gifthorse.model.text import Text

if TYPE_CHECKING:
    from gifthorse.provenance.holdings import Holdings
    from gifthorse.provenance.landmarks import Anchor


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one file.

    `anchors`: those that speak of Regions that may still be there, to be given to provenance.anchor.reattach.
    `regions`: the ids of these Regions. `insertions` and `verdicts` are all that there ever were, by the Region's id;
    a Region's last Verdict is the one that counts. `exact`: whether this very text was seen.
    """

    anchors: tuple[Any, ...] = ()
    regions: frozenset[str] = frozenset()
    insertions: Mapping[str, Insertion] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    exact: bool = False


class _Place(NamedTuple):
    """An anchor: the event that has it, and its number there."""

    event: Anchored
    number: int


@dataclass(slots=True)
class _Story:
    """What was said of one Region, as numbers of events (-1: never)."""

    first: int
    last: int = -1
    anchor: _Place | None = None
    gone: int = -1
    human: int = -1
    removed: bool = False


def recall(events: Sequence[Event], digest: str) -> Memory:
    """The Memory of one file from its events, in order of time. `digest`: of the text that it has now.

    For a text that was never seen, the last word on each Region counts. Where exactly this text was seen before, the
    Regions are where they were then: not those that came later, nor what a person called human since.
    """
    stories: dict[str, _Story] = {}
    exact: tuple[int, Mapping[str, _Place], frozenset[str]] | None = None
    for number, event in enumerate(events):
        _tell(stories, number, event)
        if isinstance(event, Anchored) and event.digest == digest:
            exact = (number, _places(event), frozenset(event.dropped))
    last = {region: story.anchor for region, story in stories.items() if story.anchor and story.last > story.gone}
    anchors = _read(_as_then(stories, last, *exact) if exact else last)
    insertions = {event.insertion.id: event.insertion for event in events if isinstance(event, Inserted)}
    return Memory(
        anchors=_sharing([anchors[region] for region in sorted(anchors)], insertions),
        regions=frozenset(anchors),
        insertions=insertions,
        verdicts={event.verdict.region: event.verdict for event in events if isinstance(event, Judged)},
        exact=exact is not None,
    )


def former(events: Sequence[Event]) -> tuple[Any, ...]:
    """The anchors of Regions that went away with their text, as with a checkout: not those that a person took out or
    called human.
    """
    stories: dict[str, _Story] = {}
    for number, event in enumerate(events):
        _tell(stories, number, event)
    gone = {
        region: story.anchor
        for region, story in stories.items()
        if story.anchor and story.gone > story.last and story.human < 0 and not story.removed
    }
    anchors = _read(gone)
    return tuple(anchors[region] for region in sorted(anchors))


def is_seen(events: Sequence[Event], text: Text) -> bool:
    """Whether this very text was seen before. Of a file without a story not even a digest is made."""
    return any(isinstance(event, Anchored) and event.digest == text.digest() for event in events)


def anchored(
    name: str, text: Text, holdings: "Holdings", known: frozenset[str], found: tuple["Anchor", ...] | None = None
) -> Anchored:
    """The event that says where the Regions of a file stand; those `known` before that are not there count as gone.

    `found`: their anchors, if somebody made them already.
    """
    if found is None:
        from gifthorse.provenance.anchor import anchors  # noqa: PLC0415  a scan without Regions does not need it

        found = anchors(holdings, text)
    held = tuple(anchor.insertion.id for anchor in found)
    return Anchored(name, text.digest(), found, held, tuple(sorted(known.difference(held))))


def _places(event: Anchored) -> dict[str, _Place]:
    return {region: _Place(event, number) for number, region in enumerate(event.held)}


def _read(places: Mapping[str, _Place]) -> dict[str, Any]:
    """The anchors themselves: each event that is needed is looked at once, and no other one."""
    events = {id(place.event): place.event for place in places.values()}
    known = {name: event.anchors[:] for name, event in events.items()}
    return {
        region: known[id(event)][number] for region, (event, number) in places.items() if number < len(known[id(event)])
    }


def _sharing(anchors: Sequence[Any], insertions: Mapping[str, Insertion]) -> tuple[Any, ...]:
    """The anchors with the Insertions that are known already, where they are equal: thousands need memory once only."""
    if not anchors:
        return ()
    from gifthorse.provenance.landmarks import Anchor, sharing  # noqa: PLC0415  a scan without Regions needs neither

    return tuple(sharing(one, insertions) if isinstance(one, Anchor) else one for one in anchors)


def _tell(stories: dict[str, _Story], number: int, event: Event) -> None:
    if isinstance(event, Anchored):
        for region, place in _places(event).items():
            story = stories.setdefault(region, _Story(number))
            story.last, story.anchor = number, place
        for region in event.dropped:
            stories.setdefault(region, _Story(number)).gone = number
    elif isinstance(event, Removed):
        story = stories.setdefault(event.region, _Story(number))
        story.gone, story.removed = number, True
    elif isinstance(event, MarkedHuman):
        for region in event.regions:
            stories.setdefault(region, _Story(number)).human = number


def _as_then(
    stories: Mapping[str, _Story],
    last: Mapping[str, _Place],
    when: int,
    held: Mapping[str, _Place],
    dropped: frozenset[str],
) -> dict[str, _Place]:
    """The anchors of the moment `when` this text was seen, with what another writer had said before of others."""
    others = {name: anchor for name, anchor in last.items() if stories[name].first < when and name not in dropped}
    then = {name: anchor for name, anchor in held.items() if stories[name].human < when}
    return {**others, **then}
