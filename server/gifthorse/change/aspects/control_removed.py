"""Control removed: something that kept others out, or kept the program honest, is gone and stands nowhere else.

A control counts as kept where its function has one of the same kind, and as moved where the change brings the same
words somewhere else. A function that is gone as a whole took its controls along, which is no weakness.
"""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from gifthorse.change.compare import Change, Said
from gifthorse.change.hunks import Hunk
from gifthorse.change.traits import Trait
from gifthorse.model.finding import Elsewhere, Fix, FixKind, Step
from gifthorse.model.text import Edit, Span

GROUP = "controls"
ALIKE = 0.5
"""From which likeness on (0 to 1) a function with another name is the same one."""


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each control that is gone."""
    kept = Counter((trait.unit, trait.kind) for trait in change.after.of(GROUP))
    there = Counter((trait.kind, trait.words) for trait in change.after.of(GROUP))
    touched = [(trait, change.takes(trait.span), _here(trait, change)) for trait in change.before.of(GROUP)]
    for trait, hunk, here in touched:
        if hunk is None and here is not None:  # it stands where it stood, and does nobody else's work
            kept[here, trait.kind] -= 1
            there[trait.kind, trait.words] -= 1
    for trait, hunk, here in touched:
        if hunk is None or here is None:
            continue
        if kept[here, trait.kind] > 0:
            kept[here, trait.kind] -= 1
        elif there[trait.kind, trait.words] > 0:
            there[trait.kind, trait.words] -= 1
        else:
            yield _said(trait, here, hunk, change)


def _here(trait: Trait, change: Change) -> str | None:
    """The name that the control's function has now; None where it is gone."""
    if not trait.unit or change.after.unit(trait.unit):
        return trait.unit
    unit = change.before.unit(trait.unit)
    if unit is None:
        return None
    body = change.before.source(unit.span)
    for other in change.after.units:
        if change.brings(other.span) and change.before.unit(other.words) is None:
            likeness = SequenceMatcher(None, body, change.after.source(other.span), autojunk=False)
            if likeness.quick_ratio() >= ALIKE and likeness.ratio() >= ALIKE:
                return other.words
    return None


def _said(trait: Trait, here: str, hunk: Hunk, change: Change) -> Said:
    before = change.before
    title = change.catalogue.traits[trait.kind].title.lower()
    where = f"{here}()" if here else "this file"
    message = f"{where} no longer has {title}: {_short(trait.words)} (line {before.line(trait.span.start)} before)"
    lines = _lines(before.content, trait.span)
    old = before.content[lines.start : lines.end]
    shown = Elsewhere(change.path, before.line(lines.start) - 1, old)
    step = Step(trait.span.shifted(-lines.start), "this stood here before", shown)
    fix = Fix(f"Put {title} back", FixKind.BEHAVIOURAL, (Edit(Span(hunk.new.start, hunk.new.start), old),))
    return Said(_place(hunk, here, change), message, trait.severity, trait.confidence, (fix,), (step,))


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."


def _lines(content: bytes, span: Span) -> Span:
    end = content.find(b"\n", max(span.end - 1, span.start))
    return Span(content.rfind(b"\n", 0, span.start) + 1, len(content) if end < 0 else end + 1)


def _place(hunk: Hunk, here: str, change: Change) -> Span:
    """Where it is shown: the first line that came in its place, else the first line of its function."""
    content, unit = change.after.content, change.after.unit(here)
    start = hunk.new.start if hunk.new.start < hunk.new.end or unit is None else unit.span.start
    while start < len(content) and content[start : start + 1].isspace():
        start += 1
    end = content.find(b"\n", start)
    return Span(min(start, len(content)), len(content) if end < 0 else max(end, start))
