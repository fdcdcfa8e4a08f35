"""Peer deviation: a new route or handler without what at least three of its siblings in the file have.

Siblings are entries that are made the same way; what they have are controls inside of them.
"""

from collections.abc import Iterator

from gifthorse.change.compare import Change, Said
from gifthorse.change.traits import Side, Trait
from gifthorse.model.finding import Fix, FixKind, Step
from gifthorse.model.text import Edit, Span

ENTRIES = "entries"
KINDS = frozenset({"authorisation", "csrf-protection", "rate-limit", "transaction", "input-validation"})
LEAST = 3
SHARE = 0.75
"""Of the siblings so many must have it, or there is no rule that the new one breaks."""


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each new entry and each kind of control that its siblings have."""
    entries = _outermost(change.after.of(ENTRIES))
    old = {change.before.source(entry.span) for entry in change.before.of(ENTRIES)}
    named = {unit.words for unit in change.before.units}
    for entry in entries:
        if change.after.source(entry.span) in old or not _is_whole(entry, change) or _own_unit(entry, change) in named:
            continue
        peers = [one for one in entries if one.words == entry.words and one.span != entry.span]
        settled = [one for one in peers if change.after.source(one.span) in old]
        yield from _missing(entry, settled, change)


def _own_unit(entry: Trait, change: Change) -> str:
    """The name of the function that the entry is, if it is one and not merely stands in one."""
    unit = change.after.unit(entry.unit)
    return entry.unit if unit is not None and entry.span.contains(unit.span) else ""


def _outermost(entries: tuple[Trait, ...]) -> list[Trait]:
    return [one for one in entries if not any(o.span != one.span and o.span.contains(one.span) for o in entries)]


def _is_whole(entry: Trait, change: Change) -> bool:
    """Whether the entry came as a whole, and was not merely edited."""
    end = change.after.content.find(b"\n", entry.span.start)
    first = Span(entry.span.start, min(entry.span.end, end if end >= 0 else entry.span.end))
    return change.brings(first) and not any(
        hunk.new.overlaps(entry.span) and change.before.content[hunk.old.start : hunk.old.end].strip()
        for hunk in change.hunks
    )


def _inside(entry: Trait, side: Side) -> dict[str, Trait]:
    return {
        one.kind: one
        for one in reversed(side.of("controls"))
        if one.kind in KINDS and entry.span.contains(one.span) and one.span != entry.span
    }


def _missing(entry: Trait, peers: list[Trait], change: Change) -> Iterator[Said]:
    has = _inside(entry, change.after)
    theirs = [(peer, _inside(peer, change.after)) for peer in peers]
    for kind in sorted(KINDS):
        with_it = [(peer, found[kind]) for peer, found in theirs if kind in found]
        if kind in has or len(with_it) < LEAST or len(with_it) < SHARE * len(peers):
            continue
        model = min(with_it, key=lambda pair: abs(pair[0].span.start - entry.span.start))[1]
        title = change.catalogue.traits[kind].title.lower().removeprefix("its ")
        message = (
            f"{len(with_it)} of {len(peers)} siblings in this file have a {title}, this one has none: {model.words}"
        )
        end = change.after.content.find(b"\n", entry.span.start)
        span = Span(entry.span.start, min(entry.span.end, end if end >= 0 else entry.span.end))
        step = Step(model.span, "a sibling has it")
        trait = change.catalogue.traits[kind]
        yield Said(span, message, trait.severity, None, _fixes(entry, model, title, change), (step,))


def _fixes(entry: Trait, model: Trait, title: str, change: Change) -> tuple[Fix, ...]:
    """The sibling's decorator in front of the entry, in the order in which the sibling has them."""
    text = change.after.source(model.span)
    if not text.startswith("@"):
        return ()
    content = change.after.content
    start = content.rfind(b"\n", 0, entry.span.start) + 1
    indent = content[start : entry.span.start]
    at = (
        content.find(b"\n", entry.span.start) + 1 if content[entry.span.start : entry.span.start + 1] == b"@" else start
    )
    edit = Edit(Span(at, at), indent + text.encode() + b"\n")
    return (Fix(f"Copy the sibling's {title}", FixKind.BEHAVIOURAL, (edit,)),) if not indent.strip() else ()
