"""Control removed: something that kept others out, or kept the program honest, is gone and stands nowhere else.

A control counts as kept where its function has one of the same kind, and as moved where the change brings the same
words somewhere else or something stands in for it (standins.py). A function, a call or a class that is gone as a whole
took its controls along, which is no weakness.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gifthorse.change.compare import Change, Said
from gifthorse.change.homes import at_home, distinct, outer, place_of, unit_of
from gifthorse.change.hunks import Hunk
from gifthorse.change.putback import put_back
from gifthorse.change.renamed import now_named
from gifthorse.change.standins import stands_in
from gifthorse.change.stood import stood
from gifthorse.change.traits import Trait
from gifthorse.model.finding import Fix, FixKind
from gifthorse.model.text import Span

GROUP = "controls"
_TESTS = re.compile(r"(^|/)(tests?|spec|__tests__)/|(^|/)test_|[._]test\.|\.spec\.|Tests?\.\w+$")


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each control that is gone."""
    before = outer(change.before.of(GROUP))
    named = now_named(change)
    gone = [
        (one, hunk, name)
        for one in distinct(before)
        if (hunk := change.takes(one.span)) and (name := named(unit_of(one, change.before))) is not None
    ]
    kinds = {trait.kind for trait, _, _ in gone}
    after = [trait for trait in outer(change.after.of(GROUP)) if trait.kind in kinds] if gone else []
    names = {name for _, _, name in gone}
    kept = Counter((place_of(one, change.after), one.kind) for one in after if unit_of(one, change.after) in names)
    there = Counter((trait.kind, trait.words) for trait in after)
    for trait in before if gone else []:
        if trait.kind in kinds and not change.takes(
            trait.span
        ):  # it stands where it stood, and does nobody else's work
            there[trait.kind, trait.words] -= 1
            if unit_of(trait, change.before) in names:
                kept[place_of(trait, change.before), trait.kind] -= 1
    lost: dict[tuple[Hunk, str], list[Trait]] = {}
    for trait, hunk, name in gone:
        place = place_of(trait, change.before, name)
        if kept[place, trait.kind] > 0:
            kept[place, trait.kind] -= 1
        elif there[trait.kind, trait.words] > 0:
            there[trait.kind, trait.words] -= 1
        elif not _excused(trait, name, hunk, change):
            lost.setdefault((hunk, name), []).append(trait)
    for (hunk, name), traits in lost.items():  # one place, one thing to say: of the first control that stood there
        yield _said(traits, name, hunk, change)


def _excused(trait: Trait, name: str, hunk: Hunk, change: Change) -> bool:
    if trait.kind == "assertion" and _TESTS.search(change.path):
        return True
    return not at_home(trait, name, change) or stands_in(trait, name, hunk, change)


def _said(traits: Sequence[Trait], name: str, hunk: Hunk, change: Change) -> Said:
    before, trait = change.before, traits[0]
    title = change.catalogue.traits[trait.kind].title.lower()
    where = f"{name}()" if name else "this file"
    more = f", and {len(traits) - 1} more beside it" if len(traits) > 1 else ""
    message = (
        f"{where} no longer has {title}: {_short(trait.words)} (line {before.line(trait.span.start)} before){more}"
    )
    fix = Fix(f"Put {title} back", FixKind.BEHAVIOURAL, put_back(traits, hunk, change))
    return Said(
        _place(hunk, name, change), message, trait.severity, trait.confidence, (fix,), (stood(change, trait.span),)
    )


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."


def _place(hunk: Hunk, name: str, change: Change) -> Span:
    """Where it is shown: the first line that came in its place, else the first line of its function."""
    content, unit = change.after.content, change.after.unit(name)
    start = hunk.new.start if hunk.new.start < hunk.new.end or unit is None else unit.span.start
    while start < len(content) and content[start : start + 1].isspace():
        start += 1
    end = content.find(b"\n", start)
    return Span(min(start, len(content)), len(content) if end < 0 else max(end, start))
