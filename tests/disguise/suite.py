"""The suite: originals from the rules' own tests, disguised singly and two at a time, and what is still found.

A language is a module of this package that says LANGUAGES; see the package's docstring.
"""

import importlib
import itertools
import pkgutil
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import disguise
from disguise.sample import Sample
from disguise.sandbox import Record
from disguise.ways import Tongue, Way, apply
from gifthorse.engine.inspect import inspect
from gifthorse.engine.match import lineage
from gifthorse.model.finding import Finding
from gifthorse.model.rule import Catalogue, MatchKind, Rule, RuleTest
from gifthorse.store.rulefile import DISGUISE

SEED = 20_240_607


class Original(NamedTuple):
    """One rule's bad sample, with its Spots."""

    rule: str
    language: str
    number: int
    path: str
    sample: Sample
    definitions: tuple[str, ...]


class Disguised(NamedTuple):
    """An Original, rewritten by one Way or by several, one after the other."""

    original: Original
    ways: tuple[Way, ...]
    code: str

    @property
    def kinds(self) -> str:
        return " + ".join(way.kind for way in self.ways)

    @property
    def names(self) -> str:
        return " + ".join(f"{way.kind}/{way.name}" for way in self.ways)


@dataclass(frozen=True)
class Outcome:
    """Whether the rule still finds a Disguised."""

    disguised: Disguised
    found: bool


class Language(NamedTuple):
    """What a module of this package says of a language. `tongue`: what finds Spots, fills templates and executes."""

    targets: tuple[float, float]
    ways: tuple[Way, ...]
    tongue: Any

    def execute(self, runs: Sequence[tuple[str, Sequence[str]]]) -> list[Record] | None:
        """Records of samples, or None where the language is not executed."""
        return self.tongue.execute(runs) if hasattr(self.tongue, "execute") else None


def languages() -> dict[str, Language]:
    """The languages of this package's modules, by name; some modules name several."""
    found = {}
    for info in pkgutil.iter_modules(disguise.__path__):
        if info.name.startswith(("test_", "conftest", "__", "sandbox_child")):
            continue
        module = importlib.import_module(f"disguise.{info.name}")
        for name in getattr(module, "LANGUAGES", ()):
            found[name] = Language(module.TARGETS, module.WAYS, getattr(module, "TONGUE", module))
    return found


def _found(rule: str, code: str, path: str, catalogue: Catalogue) -> list[Finding]:
    report = inspect(code.encode("utf-8", "surrogatepass"), path, None, catalogue).report
    return [finding for finding in report.findings if finding.rule == rule]


def _words(rule: Rule, names: Sequence[str]) -> tuple[str, ...]:
    """The arguments of which a rule's matches speak; a flow may speak of all of them."""
    matches = [match for match in rule.matches if set(match.languages) & set(names)]
    paths = [way.split(".")[0] for match in matches for path in match.where for way in path.split("|")]
    return tuple(dict.fromkeys(paths or ["*"]))


def _speaks(rule: Rule, names: Sequence[str]) -> bool:
    named = {MatchKind.CALL, MatchKind.ASSIGN}
    return any(match.kind in named and set(match.languages) & set(names) for match in rule.matches)


def _path(test: RuleTest, catalogue: Catalogue) -> str:
    return test.path or "module" + catalogue.languages[test.language].extensions[0]


def _characters(code: str, at: int) -> int:
    return len(code.encode()[:at].decode("utf-8", "replace"))


def originals(name: str, language: Language, catalogue: Catalogue) -> Iterator[Original]:
    """The bad samples of one language that hide nothing yet and in which the rule finds exactly one thing."""
    names = lineage(catalogue.languages[name], catalogue)
    for rule in catalogue.rules.values():
        if not _speaks(rule, names):
            continue
        for number, test in enumerate(rule.tests, 1):
            if test.language not in names or test.bad is None or test.note.startswith(DISGUISE):
                continue
            path = re.sub(r"\.\w+$", catalogue.languages[name].extensions[0], _path(test, catalogue))
            findings = _found(rule.id, test.bad, path, catalogue)
            if len(findings) != 1:
                continue
            span = findings[0].span
            start, end = _characters(test.bad, span.start), _characters(test.bad, span.end)
            spots = language.tongue.spots(test.bad, start, end, _words(rule, names))
            if spots:
                defined = tuple(language.tongue.definitions(test.bad)) if hasattr(language.tongue, "execute") else ()
                yield Original(rule.id, name, number, path, Sample(test.bad, spots), defined)


def _chance(*words: object) -> random.Random:
    return random.Random("/".join(map(str, (SEED, *words))))


def _first(tongue: Tongue, ways: Sequence[Way], sample: Sample, chance: random.Random) -> tuple[Way, Sample] | None:
    for way in chance.sample(ways, len(ways)):
        found = apply(tongue, way, sample, chance)
        if found is not None:
            return way, found
    return None


def by_kind(language: Language) -> dict[str, list[Way]]:
    """A language's Ways by their kind."""
    kinds: dict[str, list[Way]] = defaultdict(list)
    for way in language.ways:
        kinds[way.kind].append(way)
    return kinds


def singles(original: Original, language: Language, every: bool) -> Iterator[Disguised]:
    """An Original by each kind: by one Way of it, or by `every` one."""
    for kind, ways in by_kind(language).items():
        chance = _chance(original.rule, original.number, kind)
        if not every:
            found = _first(language.tongue, ways, original.sample, chance)
            if found is not None:
                yield Disguised(original, (found[0],), found[1].code)
            continue
        for way in ways:
            rewritten = apply(language.tongue, way, original.sample, chance)
            if rewritten is not None:
                yield Disguised(original, (way,), rewritten.code)


def doubles(original: Original, language: Language, pairs: int) -> Iterator[Disguised]:
    """An Original by two kinds after each other: so many of the ordered pairs of kinds, drawn by the seed."""
    kinds = by_kind(language)
    chance = _chance(original.rule, original.number, "pairs")
    ordered = list(itertools.permutations(kinds, 2))
    left = pairs
    for one, two in chance.sample(ordered, len(ordered)):
        first = _first(language.tongue, kinds[one], original.sample, chance)
        second = _first(language.tongue, kinds[two], first[1], chance) if first is not None else None
        if first is None or second is None:
            continue
        yield Disguised(original, (first[0], second[0]), second[1].code)
        left -= 1
        if not left:
            return


def outcome(disguised: Disguised, catalogue: Catalogue) -> Outcome:
    """Look at a Disguised."""
    original = disguised.original
    return Outcome(disguised, bool(_found(original.rule, disguised.code, original.path, catalogue)))


def changed(language: Language, work: Sequence[Disguised]) -> list[tuple[Disguised, object, object]]:
    """Those that do something else than their Originals, with both records: they are mistakes of the suite. None where
    nothing is executed.
    """
    wanted = list(dict.fromkeys(one.original for one in work))
    runs = [(one.sample.code, one.definitions) for one in wanted] + [
        (one.code, one.original.definitions) for one in work
    ]
    records = language.execute(runs)
    if records is None:
        return []
    known = dict(zip(wanted, records[: len(wanted)], strict=True))
    return [
        (one, known[one.original], record)
        for one, record in zip(work, records[len(wanted) :], strict=True)
        if record != known[one.original] and not isinstance(known[one.original], str)
    ]


def unrunnable(language: Language, work: Sequence[Original]) -> list[tuple[Original, str]]:
    """Originals that ought to be executed and cannot be, and why: nothing is known of what their disguises do."""
    records = language.execute([(one.sample.code, one.definitions) for one in work])
    return [(one, record) for one, record in zip(work, records or (), strict=bool(records)) if isinstance(record, str)]


def rates(outcomes: Sequence[Outcome], key: Any) -> Mapping[str, tuple[int, int]]:
    """Found and all, by what `key` gives for each."""
    whole, found = Counter(map(key, outcomes)), Counter(key(one) for one in outcomes if one.found)
    return {name: (found[name], whole[name]) for name in whole}
