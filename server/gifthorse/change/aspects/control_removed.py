"""Control removed: something that kept others out, or kept the program honest, is gone and stands nowhere else.

A control counts as kept where its function has one of the same kind, and as moved where the change brings the same
words somewhere else or something stands in for it (standins.py). A function, a call or a class that is gone as a whole
took its controls along, which is no weakness.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gifthorse.change.compare import Change, Said
from gifthorse.change.homes import at_home, call_around, distinct, of_tests, outer, place_of, unit_of
from gifthorse.change.hunks import Hunk
from gifthorse.change.putback import put_back
from gifthorse.change.renamed import now_named
from gifthorse.change.standins import stands_in
from gifthorse.change.stood import stood
from gifthorse.change.traits import Side, Trait
from gifthorse.model.finding import Fix, FixKind
from gifthorse.model.text import Span

GROUP = "controls"
OPTIONS = "limits"
"""Of these only what is an option of a call that is still there can be gone: a constant may stand anywhere."""
_OPTION = re.compile(
    r"(?i)[\"':]?\w*(origins?|allowed\w*|algorithms?|limits?|max_?(age|size|length|bytes|file\w*|content\w*|requests|attempts|body\w*)"
    r"|file_?size|expires?(_?in|_?after)?|ttl|key_?(size|length)|rounds|iterations|cost|hosts|extensions)[\"']?\s*(=|:)>?\s*[\"'`\[{(\d]"
)


class _Gone(NamedTuple):
    """A control of the text before that the change took, the hunk that did, and where it would stand now."""

    trait: Trait
    hunk: Hunk
    name: str
    place: tuple[str, str]


class _Left:
    """The controls that the change leaves or brings, each of which does the work of one that is gone."""

    def __init__(self, gone: Sequence[_Gone], before: Sequence[Trait], change: Change) -> None:
        kinds, names = {one.trait.kind for one in gone}, {one.name for one in gone}
        after = [trait for trait in _controls(change.after) if trait.kind in kinds]
        near = [trait for trait in after if unit_of(trait, change.after) in names]
        self.places = Counter((place_of(trait, change.after), trait.kind) for trait in near)
        self.same = Counter((place_of(trait, change.after), trait.kind, trait.words) for trait in near)
        self.words = Counter((trait.kind, trait.words) for trait in after)
        for trait in before:  # what stands where it stood does nobody else's work
            if trait.kind in kinds and not change.takes(trait.span):
                self.words[trait.kind, trait.words] -= 1
                if unit_of(trait, change.before) in names:
                    self.places[place_of(trait, change.before), trait.kind] -= 1

    def stays(self, one: _Gone) -> bool:
        """Whether it stands there in the same words."""
        return self.same[one.place, one.trait.kind, one.trait.words] > 0

    def does_its_work(self, one: _Gone) -> bool:
        """Whether one of its kind stands in its place, or its words stand elsewhere; that one is taken then."""
        trait = one.trait
        if self.places[one.place, trait.kind] > 0:
            self.places[one.place, trait.kind] -= 1
            self.words[trait.kind, trait.words] -= self.stays(one)
            return True
        self.words[trait.kind, trait.words] -= 1
        return self.words[trait.kind, trait.words] >= 0


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each place from which controls are gone: of the first that stood there."""
    before = [one for one in _controls(change.before) if not change.before.is_comment(one.span)]
    gone = _gone(before, change)
    left = _Left(gone, before, change) if gone else None
    lost: dict[tuple[Hunk, str], list[Trait]] = {}
    for one in sorted(gone, key=lambda one: left is not None and not left.stays(one)):
        if left and not left.does_its_work(one) and not _excused(one, change):
            lost.setdefault((one.hunk, one.name), []).append(one.trait)
    for (hunk, name), traits in lost.items():
        yield _said(sorted(traits, key=lambda trait: trait.span), name, hunk, change)


def _controls(side: Side) -> list[Trait]:
    options = (one for one in side.of(OPTIONS) if _OPTION.match(one.words) and "\n" not in one.words)
    return [*outer(side.of(GROUP)), *outer(options)]


def _gone(before: Sequence[Trait], change: Change) -> list[_Gone]:
    named = now_named(change)
    result: list[_Gone] = []
    for trait in distinct(before):
        hunk = change.takes(trait.span)
        name = named(unit_of(trait, change.before)) if hunk else None
        is_setting = trait.group == OPTIONS and "(" not in call_around(change.before.content, trait.span)
        if hunk and name is not None and not is_setting:
            result.append(_Gone(trait, hunk, name, place_of(trait, change.before, name)))
    return result


def _excused(one: _Gone, change: Change) -> bool:
    if one.trait.kind == "assertion" and of_tests(change.path):
        return True
    return not at_home(one.trait, one.name, change) or stands_in(one.trait, one.name, one.hunk, change)


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
