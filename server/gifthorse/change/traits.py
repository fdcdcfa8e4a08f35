"""Traits: what a text can do (capabilities), what it keeps (controls), and how it is built, with the places.

A trait is described like a rule, by the files in queries/traits/, and found by the same evaluator: an alias or a
disguise hides it no better. By itself a trait is neither good nor bad.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import NamedTuple

from gifthorse.engine.glimpses import ASIDE
from gifthorse.engine.inspect import Inspection, inspect
from gifthorse.model.finding import Confidence, Report, Severity
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Span

UNITS = "structure"
"""The group of traits that say which functions there are; their words are the function's name."""

DETECTORS = frozenset({"trait", ASIDE})
"""What rules that are traits name as their detector: alone, and together with rules."""
MARK = "~"
"""Stands before the ids of traits where they are looked for together with rules."""

_CATALOGUES: dict[int, tuple[Catalogue, Catalogue, Catalogue]] = {}
"""By identity of the Catalogue (held here, so that it is never used again): its traits as rules of a Catalogue, and
together with its rules.
"""
MOST_CATALOGUES = 4


class Trait(NamedTuple):
    """One place that has a trait: `kind` is the trait's id, `group` its folder, `words` what is there, as its file
    puts it (`requests.post`). `unit` is the innermost function around it, by names from the outside in. `severity` and
    `confidence`: how bad its loss is, and how sure it is that this is one.
    """

    kind: str
    group: str
    span: Span
    words: str
    unit: str = ""
    severity: Severity = Severity.MEDIUM
    confidence: Confidence = Confidence.MEDIUM


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: its bytes, its traits ascending by span, its comments, why it was not looked at in full.

    `units` are its functions: the span and the name of each.
    """

    content: bytes
    traits: tuple[Trait, ...]
    units: tuple[Trait, ...]
    comments: tuple[Span, ...]
    incomplete: str
    _groups: dict[str, tuple[Trait, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _named: dict[str, Trait] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, group: str) -> tuple[Trait, ...]:
        """Its traits of a group."""
        if not self._groups:
            self._groups.update({UNITS: ()}, **_grouped(self.traits))
        return self._groups.get(group, ())

    def unit(self, name: str) -> Trait | None:
        """The function of that name, if it has one."""
        if not self._named:
            self._named.update((unit.words, unit) for unit in reversed(self.units))
        return self._named.get(name)

    def is_comment(self, span: Span) -> bool:
        """Whether all of a span is in one comment."""
        number = bisect_right(self.comments, span.start, key=_start)
        return number > 0 and self.comments[number - 1].contains(span)

    def source(self, span: Span) -> str:
        """The text of a span."""
        return self.content[span.start : span.end].decode("utf-8", "replace")

    def line(self, offset: int) -> int:
        """The number of the line (from 1) that has the byte at `offset`."""
        return self.content.count(b"\n", 0, offset) + 1


def _start(span: Span) -> int:
    return span.start


def _grouped(traits: tuple[Trait, ...]) -> Mapping[str, tuple[Trait, ...]]:
    """The traits by their groups, each in their order."""
    groups: dict[str, list[Trait]] = {}
    for trait in traits:
        groups.setdefault(trait.group, []).append(trait)
    return {group: tuple(found) for group, found in groups.items()}


def traits_as_rules(catalogue: Catalogue) -> Catalogue:
    """The Catalogue whose rules are the traits: with it the engine's Findings are places that have one."""
    return _catalogues(catalogue)[1]


def with_traits(catalogue: Catalogue) -> Catalogue:
    """The Catalogue whose rules are its own and the traits: a text is looked at for both in one go."""
    return _catalogues(catalogue)[2]


def _catalogues(catalogue: Catalogue) -> tuple[Catalogue, Catalogue, Catalogue]:
    known = _CATALOGUES.get(id(catalogue))
    if known is None:
        while len(_CATALOGUES) >= MOST_CATALOGUES:
            del _CATALOGUES[next(iter(_CATALOGUES))]
        traits = {name: replace(rule, detector="trait") for name, rule in catalogue.traits.items()}
        alone = replace(catalogue, rules=traits, families={}, version=catalogue.version + "+traits")
        marked = {MARK + name: replace(rule, id=MARK + name, detector=ASIDE) for name, rule in traits.items()}
        both = replace(catalogue, rules={**catalogue.rules, **marked}, version=catalogue.version + "+both")
        known = _CATALOGUES[id(catalogue)] = catalogue, alone, both
    return known


def without_traits(report: Report) -> Report:
    """What a look for both says of the rules alone."""
    findings = tuple([one for one in report.findings if not one.rule.startswith(MARK)])
    return replace(report, findings=findings)


def look(content: bytes, path: str, language_id: str | None, catalogue: Catalogue) -> Inspection:
    """A text looked at for its traits. Arguments as of engine.inspect."""
    return inspect(content, path, language_id, traits_as_rules(catalogue))


def side(inspection: Inspection) -> Side:
    """What an inspection by `look`, or one for traits and rules together, says of its text. What other files do is
    theirs.
    """
    report, found = inspection.report, _found(inspection)
    units = _nested([one for one in found if one.group == UNITS])
    traits = _placed([one for one in found if one.group != UNITS], units)
    return Side(inspection.content, tuple(traits), units, report.comments, report.incomplete)


def _found(inspection: Inspection) -> list[Trait]:
    """All traits, ascending, without the functions around them."""
    rules = inspection.catalogue.rules
    known = {name: (name.removeprefix(MARK), rule.family) for name, rule in rules.items() if rule.detector in DETECTORS}
    said = (
        (0, one)
        for one in inspection.report.findings
        if one.rule in known and not any(step.elsewhere for step in one.steps)
    )
    found: list[Trait] = []
    for by, finding in (*said, *inspection.asides()):
        kind, group = known[finding.rule]
        start, end = finding.span
        span, words = Span(start + by, end + by), " ".join(finding.message.split())
        found.append(Trait(kind, group, span, words, "", finding.severity, finding.confidence))
    found.sort(key=_PLACE)
    return found


_PLACE = attrgetter("span", "kind", "words")


def _placed(found: list[Trait], units: tuple[Trait, ...]) -> Iterator[Trait]:
    """Traits with the innermost function around each; both ascend."""
    open_: list[Trait] = []
    number = 0
    for trait in found:
        span = trait.span
        while number < len(units) and units[number].span.start <= span.start:
            open_.append(units[number])
            number += 1
        while open_ and open_[-1].span.end < span.start:
            open_.pop()
        unit = next((one.words for one in reversed(open_) if one.span.end >= span.end), "") if open_ else ""
        yield Trait(*trait[:4], unit, *trait[5:]) if unit else trait


def _nested(findings: list[Trait]) -> tuple[Trait, ...]:
    """Functions with their full names: those around them come first."""
    found: list[Trait] = []
    open_: list[Trait] = []
    for finding in sorted(findings, key=lambda one: (one.span.start, -one.span.end)):
        while open_ and open_[-1].span.end < finding.span.end:
            open_.pop()
        if open_ and open_[-1].span.end == finding.span.end and open_[-1].words.endswith(finding.words):
            continue  # the same function, without what stands in front of it
        name = f"{open_[-1].words}.{finding.words}" if open_ else finding.words
        open_.append(finding._replace(words=name))
        found.append(open_[-1])
    return tuple(found)
