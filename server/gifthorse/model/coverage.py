"""Which family of rules speaks of which language, and what there is to count: the table of docs/coverage.md as values.

Pure; a Catalogue in. What a cell means: docs/coverage.md says it to people.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gifthorse.model.finding import FixKind
from gifthorse.model.rule import Catalogue, Family, Rule

COLUMNS = {
    "code": (
        "python", "javascript", "typescript", "go", "java", "kotlin", "csharp", "c", "cpp", "rust", "swift", "php",
        "ruby", "bash", "powershell",
    ),
    "configuration": ("dockerfile", "yaml", "hcl", "json"),
    "text": (),
}  # fmt: skip
"""Kind of family -> the languages for each of which it has rules, or a reason why not."""
SURE_FIXES = frozenset({FixKind.MECHANICAL, FixKind.BEHAVIOURAL})
GRAVE = ("P0", "P1")


@dataclass(frozen=True, slots=True)
class Row:
    """One family. `rules`: its rules; `cells`: column -> how many of them find something in that language.

    `others`: the same for languages that are no columns of its kind; `everywhere`: how many read every file.
    """

    family: Family
    rules: tuple[Rule, ...]
    cells: Mapping[str, int]
    others: Mapping[str, int]
    everywhere: int

    def unexplained(self) -> tuple[str, ...]:
        """The columns in which there is neither a rule nor a reason."""
        return tuple(name for name, count in self.cells.items() if not count and name not in self.family.absent)

    def contradicted(self) -> tuple[str, ...]:
        """The languages with a reason why there is nothing, in which there is something, or that are no columns."""
        return tuple(name for name in self.family.absent if self.cells.get(name, 1))


@dataclass(frozen=True, slots=True)
class Totals:
    """What there is in all. `patterns`: patterns as they are written, each times the languages that it is for.

    `flows`: flows times their languages. `sinks`: the same once more for each sink of the knowledge that a flow leads
    to in that language. `grave`, `fixed`: rules of P0 and P1 families, and those of them with a fix that is sure.
    """

    rules: int
    families: int
    tests: int
    patterns: int
    flows: int
    sinks: int
    fixes: int
    grave: int
    fixed: int

    @property
    def matches(self) -> int:
        """All (rule, language, API) that are named: by the rules' patterns, and by sinks that their flows lead to."""
        return self.patterns + self.sinks


def rows(catalogue: Catalogue) -> tuple[Row, ...]:
    """All families that have rules or a description, P0 first, then by title."""
    found = [_row(family, catalogue) for family in catalogue.families.values()]
    return tuple(sorted(found, key=lambda row: (row.family.kind == "text", row.family.priority, row.family.title)))


def _row(family: Family, catalogue: Catalogue) -> Row:
    rules = tuple(rule for rule in catalogue.rules.values() if rule.family == family.id)
    spoken = {name: sum(_speaks(rule, name, catalogue) for rule in rules) for name in catalogue.languages}
    columns = COLUMNS[family.kind]
    everywhere = sum(map(_reads_all, rules))
    beside = [name for name in catalogue.languages if columns and not set(_lineage(name, catalogue)) & set(columns)]
    others = {name: spoken[name] for name in beside if spoken[name] > everywhere}
    return Row(family, rules, {name: spoken.get(name, 0) for name in columns}, others, everywhere)


def _speaks(rule: Rule, language: str, catalogue: Catalogue) -> bool:
    """Whether a rule finds something in a language: what it says of JavaScript holds in TypeScript, too."""
    named = {name for match in rule.matches for name in match.languages}
    named.update(name for flow in rule.flows for name in flow.languages)
    return _reads_all(rule) or not named.isdisjoint(_lineage(language, catalogue))


def _reads_all(rule: Rule) -> bool:
    """Whether it reads every file: by its own means, or by a text pattern that is for no language and no file names."""
    if not rule.matches and not rule.flows:
        return True
    return any(not match.languages and not match.files for match in rule.matches)


def _lineage(language: str, catalogue: Catalogue) -> Iterator[str]:
    while language in catalogue.languages:
        yield language
        language = catalogue.languages[language].inherits


def totals(catalogue: Catalogue) -> Totals:
    """The sums over a whole Catalogue."""
    rules = list(catalogue.rules.values())
    priorities = {name: family.priority for name, family in catalogue.families.items()}
    grave = [rule for rule in rules if priorities.get(rule.family) in GRAVE]
    flows = [(flow.to, name) for rule in rules for flow in rule.flows for name in flow.languages]
    return Totals(
        rules=len(rules),
        families=len(catalogue.families),
        tests=sum(len(rule.tests) for rule in rules),
        patterns=sum(match.written * max(1, len(match.languages)) for rule in rules for match in rule.matches),
        flows=len(flows),
        sinks=_sinks(flows, catalogue),
        fixes=sum(bool(rule.fixes) for rule in rules),
        grave=len(grave),
        fixed=sum(bool(rule.fixes & SURE_FIXES) for rule in grave),
    )


def _sinks(flows: Sequence[tuple[str, str]], catalogue: Catalogue) -> int:
    """How many sinks of the knowledge the flows lead to, each counted for each flow and language."""
    counts: dict[tuple[str, str], int] = {}
    for known in catalogue.knowledge:
        for sink in known.sinks:
            key = (sink.label, known.language)
            counts[key] = counts.get(key, 0) + sink.written
    return sum(counts.get(flow, 0) for flow in flows)
