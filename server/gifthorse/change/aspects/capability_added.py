"""Capability added: the insertion brings something to the file that nothing in it could do before.

Said once, at the first place. In a file that is new all of it is new, which is a hint and no more.
"""

from collections.abc import Iterator, Sequence

from gifthorse.change.compare import Change, Said
from gifthorse.change.traits import Trait
from gifthorse.model.finding import Confidence

GROUP = "capabilities"
MOST_PLACES = 4


def found(change: Change) -> Iterator[Said]:
    """At most one thing to say: all capabilities that the file did not have, with where they are used first."""
    before = {trait.kind for trait in change.before.of(GROUP)} | change.allowed
    first: dict[str, Trait] = {}
    for trait in change.after.of(GROUP):
        if trait.kind not in before and change.brings(trait.span):
            first.setdefault(trait.kind, trait)
    if not first:
        return
    traits = change.catalogue.traits
    titles = _listed([traits[kind].title.lower() for kind in first])
    places = [f"{trait.words} (line {change.after.line(trait.span.start)})" for trait in first.values()]
    more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    had = "to a new file" if change.is_new else f"to a file that had {'none' if len(first) == 1 else 'neither'}"
    if len(first) > 2:
        had = had.replace("neither", "none of them")
    message = f"brings {titles} {had}: {', '.join(places[:MOST_PLACES])}{more}"
    span = min(trait.span for trait in first.values())
    yield Said(span, message, confidence=Confidence.LOW if change.is_new else None)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
