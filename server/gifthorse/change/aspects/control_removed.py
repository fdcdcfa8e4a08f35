"""Control removed: something that kept others out, or kept the program honest, is gone and stands nowhere else.

A control counts as kept where its function has one of the same kind, and as moved where the change brings the same
words somewhere else, where the function now asks another one that has such a control, or where one was brought that
stands above (on the class, on the router). A function that is gone as a whole took its controls along, which is no
weakness.
"""

import re
from collections import Counter
from collections.abc import Iterator

from gifthorse.change.compare import Change, Said
from gifthorse.change.hunks import Hunk
from gifthorse.change.renamed import now_named
from gifthorse.change.traits import Trait
from gifthorse.model.finding import Elsewhere, Fix, FixKind, Step
from gifthorse.model.text import Edit, Span

GROUP = "controls"
CHECKS = frozenset({"bounds-check", "input-validation", "assertion", "error-check"})
"""Kinds that stand for each other: one may be rewritten as another."""
_TESTS = re.compile(r"(^|/)(tests?|spec|__tests__)/|(^|/)test_|[._]test\.|\.spec\.|Tests?\.\w+$")
_NAMES = re.compile(r"[A-Za-z_]\w*")
_IDLE = frozenset(("not", "and", "or", "is", "None", "null", "nil", "self", "this", "if", "true", "false", "err"))
_ASKS = re.compile(
    r"\b(if|elif|unless|guard|while|switch|match|case|when|return|require|assert\w*|precondition)\b|[?&|]"
)
_CLASS = re.compile(r"(?:[\w<>]+\s+)*(?:class|interface|object|struct|module|trait)\s+\w+")


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each control that is gone."""
    after = _outer(change.after.of(GROUP))
    kept = Counter((trait.unit, trait.kind) for trait in after)
    there = Counter((trait.kind, trait.words) for trait in after)
    named = now_named(change)
    touched = [(trait, change.takes(trait.span), named(trait.unit)) for trait in _outer(change.before.of(GROUP))]
    for trait, hunk, here in touched:
        if hunk is None and here is not None:  # it stands where it stood, and does nobody else's work
            kept[here, trait.kind] -= 1
            there[trait.kind, trait.words] -= 1
    said: set[tuple[Hunk, str]] = set()
    for trait, hunk, here in touched:
        if hunk is None or here is None:
            continue
        if kept[here, trait.kind] > 0:
            kept[here, trait.kind] -= 1
        elif there[trait.kind, trait.words] > 0:
            there[trait.kind, trait.words] -= 1
        elif (hunk, here) not in said and not _elsewhere(trait, here, change):
            said.add((hunk, here))  # one place, one thing to say: the first control that stood there
            yield _said(trait, here, hunk, change)


def _outer(traits: tuple[Trait, ...]) -> list[Trait]:
    """Those that do not stand in another one of their kind: a decorator is a call, too."""
    ends: dict[str, int] = {}
    kept: list[Trait] = []
    for trait in sorted(traits, key=lambda one: (one.span.start, -one.span.end)):
        if trait.span.end > ends.get(trait.kind, -1):
            ends[trait.kind] = trait.span.end
            kept.append(trait)
    return kept


def _elsewhere(trait: Trait, here: str, change: Change) -> bool:
    """Whether something else does the control's work now."""
    if trait.kind == "assertion" and _TESTS.search(change.path):
        return True
    return _above(trait, here, change) or _asked(trait, here, change) or _restated(trait, change)


def _alike(kind: str) -> frozenset[str]:
    return CHECKS if kind in CHECKS else frozenset({kind})


def _above(trait: Trait, here: str, change: Change) -> bool:
    """Whether one was brought that stands above all functions, or one stands on the function's class."""
    unit = change.after.unit(here)
    for other in change.after.of(GROUP):
        if other.kind not in _alike(trait.kind):
            continue
        if change.brings(other.span) and other.unit in ("", here) and (other.unit == "" or other.kind != trait.kind):
            return True
        if not other.unit and unit is not None and _on_class(other, unit, change):
            return True
    return False


def _on_class(trait: Trait, unit: Trait, change: Change) -> bool:
    """Whether what stands behind a trait is a class that the function is in."""
    if trait.span.start > unit.span.start:
        return False
    behind = change.after.content[trait.span.end : trait.span.end + 400].decode("utf-8", "replace")
    lines = [line.strip() for line in behind.splitlines()]
    first = next((line for line in lines if line and line[0] not in "@[#/*)"), "")
    between = change.after.source(Span(trait.span.end, unit.span.start))
    return bool(_CLASS.match(first)) and len(re.findall(r"(?m)^(?:\w+ )*(?:class|interface) ", between)) <= 1


def _asked(trait: Trait, here: str, change: Change) -> bool:
    """Whether the function newly names a function that has such a control, or one that came with the change."""
    unit = change.after.unit(here)
    if unit is None:
        return False
    before = change.before.unit(trait.unit)
    known = set(_NAMES.findall(change.before.source(before.span))) if before else set()
    names = set(_NAMES.findall(change.after.source(unit.span)))
    wanted = _names(trait)
    for other in change.after.units:
        name = other.words.rpartition(".")[2].rpartition(":")[2]
        fresh = change.before.unit(other.words) is None
        if other.words == here or name not in names or (name in known and not fresh):
            continue
        if any(one.kind in _alike(trait.kind) and other.span.contains(one.span) for one in change.after.of(GROUP)):
            return True
        if fresh and wanted and 2 * len(wanted & set(_NAMES.findall(change.after.source(other.span)))) >= len(wanted):
            return True
    return False


def _restated(trait: Trait, change: Change) -> bool:
    """Whether a brought line asks for all that the control asked for."""
    wanted = _names(trait)
    return bool(wanted) and any(
        wanted <= set(_NAMES.findall(line)) and _ASKS.search(line)
        for hunk in change.hunks
        for line in change.after.source(hunk.new).splitlines()
        if not line.lstrip().startswith(("#", "//", "*", "--"))
    )


def _names(trait: Trait) -> set[str]:
    return set(_NAMES.findall(trait.words)) - _IDLE


def _said(trait: Trait, here: str, hunk: Hunk, change: Change) -> Said:
    before = change.before
    title = change.catalogue.traits[trait.kind].title.lower()
    where = f"{here}()" if here else "this file"
    message = f"{where} no longer has {title}: {_short(trait.words)} (line {before.line(trait.span.start)} before)"
    lines = _lines(before.content, trait.span)
    old = before.content[lines.start : lines.end]
    shown = Elsewhere(change.path, before.line(lines.start) - 1, old)
    step = Step(trait.span.shifted(-lines.start), "this stood here before", shown)
    fix = Fix(f"Put {title} back", FixKind.BEHAVIOURAL, (_back(trait, lines, hunk, change),))
    return Said(_place(hunk, here, change), message, trait.severity, trait.confidence, (fix,), (step,))


def _back(trait: Trait, lines: Span, hunk: Hunk, change: Change) -> Edit:
    """The control's own lines in front of what came in their place; the whole old text where it was part of a line."""
    content = change.before.content
    own = content[lines.start : trait.span.start].strip() == b"" and content[trait.span.end : lines.end].strip() == b""
    if own and hunk.old.contains(lines):
        return Edit(Span(hunk.new.start, hunk.new.start), content[lines.start : lines.end])
    return Edit(hunk.new, content[hunk.old.start : hunk.old.end])


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
