"""Capability added: the insertion brings something to the file that nothing in it could do before.

Said once, at the first place, with each capability and its id as a step. In a file that is new all of it is new, which is a hint and no more; so is what the
file's own name says it is for. Some capabilities are ordinary by themselves, and some are graver together.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from gifthorse.change.compare import Change, Said
from gifthorse.change.traits import Trait
from gifthorse.model.finding import Confidence, Step

GROUP = "capabilities"
MOST_PLACES = 4
SURENESS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
TOGETHER = (
    frozenset({"credentials", "network-access"}),
    frozenset({"decoding", "dynamic-code"}),
    frozenset({"decoding", "process-execution"}),
    frozenset({"persistence", "network-access"}),
)
"""Capabilities that are seldom harmless when one edit brings all of them: theft, hidden code, a foothold."""
PURPOSES: Mapping[str, str] = {
    "network-access": "http https client clients api network net fetch fetcher download downloader",
    "process-execution": "process processes subprocess exec executor shell command commands runner",
    "file-deletion": "cleanup cleaner clean delete remove files filesystem storage",
    "credentials": "credential credentials keyring keychain secrets auth",
    "persistence": "install installer service autostart cron setup",
    "native-code": "ffi native bindings jni interop",
}
"""Words of a file's name that say that a capability is what the file is for."""


def found(change: Change) -> Iterator[Said]:
    """At most one thing to say: all capabilities that the file did not have, with where they are used first."""
    first = _first(change)
    if not first:
        return
    traits = change.catalogue.traits
    titles = _listed([traits[kind].title.lower() for kind in first])
    places = [f"{_short(trait.words)} (line {change.after.line(trait.span.start)})" for trait in first.values()]
    more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    had = "to a new file" if change.is_new else f"to a file that had {_none(len(first))}"
    message = f"brings {titles} {had}: {', '.join(places[:MOST_PLACES])}{more}"
    span = min(trait.span for trait in first.values())
    steps = tuple(Step(trait.span, f"{kind}: {_short(trait.words)}") for kind, trait in first.items())
    yield Said(span, message, confidence=_sureness(change, first), steps=steps)


def _first(change: Change) -> dict[str, Trait]:
    """By its kind, each new capability where it is used first. What only a comment speaks of is none."""
    before = {trait.kind for trait in change.before.of(GROUP) if not change.before.is_comment(trait.span)}
    first: dict[str, Trait] = {}
    for trait in change.after.of(GROUP):
        if trait.kind in before or trait.kind in change.allowed or trait.kind in first:
            continue
        if change.brings(trait.span) and not change.after.is_comment(trait.span):
            first[trait.kind] = trait
    return first


def _sureness(change: Change, first: Mapping[str, Trait]) -> Confidence:
    """As sure as the surest capability; more where several are graver together, less where the name explains it."""
    if change.is_new:
        return Confidence.LOW
    if any(kinds <= first.keys() for kinds in TOGETHER):
        return Confidence.HIGH
    words = _words(change.path)
    unexplained = [trait for kind, trait in first.items() if words.isdisjoint(PURPOSES.get(kind, "").split())]
    return max((trait.confidence for trait in unexplained), key=SURENESS.index, default=Confidence.LOW)


def _words(path: str) -> frozenset[str]:
    """The words of a file's own name and of its folder's."""
    file = PurePosixPath(path)
    name = f"{file.parent.name}-{file.stem}"
    spaced = "".join(f"-{letter}" if letter.isupper() else letter if letter.isalnum() else "-" for letter in name)
    return frozenset(spaced.lower().split("-"))


def _none(number: int) -> str:
    return "none" if number == 1 else "neither" if number == 2 else "none of them"


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
