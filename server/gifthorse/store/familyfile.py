"""One family.toml -> the Family of a folder of rules, with everything that is wrong in it. Format: docs/rules.md.

It reads text, never the disk: catalogue.py finds the files. Whether rules and families fit is coverage's to say.
"""

from gifthorse.model.rule import FAMILY_KINDS, NEEDS, PRIORITIES, Family
from gifthorse.store.table import Problem, Table, opened

FORMAT = 1


def _among(table: Table, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    found = table.words(key)
    for word in found:
        if word not in known:
            table.problem(key, f"`{key}` holds {word!r}, which is not known.", f"Use some of: {', '.join(known)}.")
    if not found:
        table.problem(key, f"`{key}` is missing or empty.", f"Add {key} = some of: {', '.join(known)}.")
    return found


def _absent(table: Table, languages: frozenset[str]) -> dict[str, str]:
    """Language -> why, of all [[absent]] entries; each language has one reason."""
    found: dict[str, str] = {}
    for entry in table.tables("absent"):
        why = entry.needed("why")
        for name in _among(entry, "languages", tuple(sorted(languages))):
            if name in found:
                entry.problem("languages", f"There is a reason for {name!r} already.", "Keep one of them.")
            found[name] = why
        entry.close()
    return found


def read_family(file: str, text: str, folder: str, languages: frozenset[str]) -> tuple[Family | None, list[Problem]]:
    """The Family in a file's `text`, or None, and the problems found. It is of use only without problems.

    `file` is the name that problems carry, `folder` the name of its folder, `languages` those of all languages.
    """
    table, problems = opened(file, text, FORMAT)
    if table is None:
        return None, problems
    for key in ("priority", "kind"):
        if not table.has(key):
            table.problem(key, f"`{key}` is missing.", f"Add {key} = one of those in docs/rules.md.")
    family = Family(
        id=folder,
        title=table.needed("title"),
        priority=table.one_of("priority", PRIORITIES),
        kind=table.one_of("kind", FAMILY_KINDS),
        cwe=table.numbers("cwe"),
        needs=_among(table, "needs", NEEDS),
        what=table.needed("what"),
        absent=_absent(table, languages),
    )
    if not family.cwe:
        table.problem("cwe", "`cwe` is missing or empty.", "Add the weaknesses' numbers, for example cwe = [295].")
    table.close()
    return family, problems
