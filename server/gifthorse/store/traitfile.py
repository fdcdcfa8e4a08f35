"""One file of queries/traits/ -> a Rule that says where a text has a trait, with everything that is wrong in it.

The format is described in docs/changes.md; its [[match]] tables are those of rules. It reads text, never the disk.
"""

import re
from collections.abc import Mapping

from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Match, Rule, RuleTest
from gifthorse.store.rulefile import CONFIDENCES, FORMAT, SEVERITIES, match_of
from gifthorse.store.table import Problem, Table, opened

_NAMED = re.compile(r"\$\((\w+)\)")


def _spelled(table: Table, words: Mapping[str, str]) -> Table:
    """A match in whose query each `$(name)` is the expression of that name in [words], escaped as queries want it."""
    query = table.values.get("query")
    if not isinstance(query, str):
        return table
    for name in sorted(set(_NAMED.findall(query)) - words.keys()):
        table.problem("query", f"$({name}) is not in [words].", f'Add {name} = "..." there, or correct the name.')
    known = {name: text.replace("\\", "\\\\").replace('"', '\\"') for name, text in words.items()}
    query = _NAMED.sub(lambda found: known.get(found[1], ""), query)
    return Table({**table.values, "query": query}, table.path, table.notes)


def _matches(table: Table, languages: frozenset[str]) -> tuple[Match, ...]:
    words = table.table("words").strings()
    items = [_spelled(item, words) for item in table.tables("match")]
    return tuple(match for item in items if (match := match_of(item, languages)))


def _tests(table: Table, languages: frozenset[str]) -> list[RuleTest]:
    """Of code that `has` the trait, and of code that `lacks` it."""
    language = table.needed("language")
    if language and language not in languages:
        table.problem("language", f"The language {language!r} is not known.", f"Known: {', '.join(sorted(languages))}.")
    has, lacks = (table.text(key) if table.has(key) else None for key in ("has", "lacks"))
    if has is None and lacks is None:
        table.problem(
            "language", "The test has neither `has` nor `lacks`.", "Add code that has the trait, or lacks it."
        )
    path, note = table.text("path"), table.text("note")
    table.taken.update({"has", "lacks"})
    table.close()
    written = ((has, None), (None, lacks))
    return [RuleTest(language, bad, good, path, note) for bad, good in written if bad is not None or good is not None]


def read_trait(
    file: str, text: str, stem: str, group: str, languages: frozenset[str]
) -> tuple[Rule | None, list[Problem]]:
    """The trait in a file's `text` as a Rule, or None, and the problems found. It is of use only without problems.

    `file` is the name that problems carry; `stem` is the file's name without ".toml", `group` that of its folder;
    `languages` are the names of all languages.
    """
    table, problems = opened(file, text, FORMAT)
    if table is None:
        return None, problems
    trait = Rule(
        id=table.needed("id"),
        family=group,
        cwe=(),
        severity=Severity(table.one_of("severity", SEVERITIES, "medium")),
        confidence=Confidence(table.one_of("confidence", CONFIDENCES, "medium")),
        title=table.needed("title"),
        message=table.text("message") or "{callee}",
        why="",
        instead="",
        references=(),
        matches=_matches(table, languages),
        tests=tuple(test for item in table.tables("test") for test in _tests(item, languages)),
    )
    if trait.id and trait.id != stem:
        table.problem("id", f"The id {trait.id!r} is not the file's name.", f'Write id = "{stem}" or rename the file.')
    tested = {test.language for test in trait.tests if test.bad is not None}
    for name in sorted({name for match in trait.matches for name in match.languages} - tested):
        table.problem("id", f"No test with `has` code in {name}.", f'Add a [[test]] with language = "{name}".')
    table.close()
    return trait, problems
