"""What the keys, predicates and arguments of rule files mean, read from the page that says it to people: docs/rules.md.

So there is one place that explains the format. The page ships with the package; only its tables and its first example
are read, and what cannot be read of them is missing in editors and nowhere else.
"""

import importlib.resources
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gifthorse.store.catalogue import checkout_queries

_HEADING = re.compile(r"#+ `\[+(?P<table>[\w.]+)\]+`")
_ROW = re.compile(r"\| (?P<names>(?:`[^`]+`(?:, )?)+) \| (?P<says>.+) \|$")
_EXAMPLE = re.compile(r"(?P<key>[a-z]+) = [^#]*?(?:# (?P<says>.+))?$")
PREDICATES, PATHS, TOP = "predicate", "path", ""
MATCH, FLOW, FIX, TEST = "match", "flow", "match.fix", "test"


@dataclass(frozen=True, slots=True)
class RuleFormat:
    """`keys`: table -> key -> what it means; the table of the keys at the top is "". `predicates`, `paths`: the same."""

    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    predicates: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)

    def predicate(self, word: str) -> str:
        """What a predicate means, written with or without `not:` and its value; empty where it is none."""
        plain = word.removeprefix("not:")
        head = plain.partition(":")[0]
        known = {name.partition(":")[0]: says for name, says in reversed(list(self.predicates.items()))}
        return self.predicates.get(plain) or known.get(head, "")


def read_format(page: str) -> RuleFormat:
    """The format as a page tells it."""
    keys: dict[str, dict[str, str]] = {TOP: dict(_at_the_top(page))}
    tables: dict[str, dict[str, str]] = {PREDICATES: {}, PATHS: {}}
    section = kind = ""
    for line in page.splitlines():
        if line.startswith("#"):
            heading = _HEADING.match(line)
            section = heading["table"] if heading else ""
        if line.startswith("| ") and "`" not in line and "---" not in line:
            kind = line.split("|")[1].strip()
        elif row := _ROW.match(line):
            into = tables[kind] if kind in tables else keys.setdefault(section if kind == "key" else "other", {})
            for name in re.findall(r"`([^`]+)`", row["names"]):
                into.setdefault(name.replace("\\|", "|"), row["says"].replace("\\|", "|"))
    return RuleFormat(keys, tables[PREDICATES], tables[PATHS])


def _at_the_top(page: str) -> Iterator[tuple[str, str]]:
    """The keys of the first example, each with its comment, or else the line that it stands in."""
    example = page.partition("```toml\n")[2].partition("```")[0]
    for line in example.splitlines():
        if found := _EXAMPLE.match(line):
            said = found["says"] or line.partition("= ")[2].strip('" ')
            yield found["key"], said
    yield "detector", "in place of matches, of a rule of Gifthorse's own about hidden characters."


def rule_format() -> RuleFormat:
    """The format as this installation has it."""
    packaged = importlib.resources.files("gifthorse") / "queries" / "rules.md"
    page = packaged if packaged.is_file() else checkout_queries().parent / "docs" / "rules.md"
    try:
        return read_format(page.read_text(encoding="utf-8"))
    except OSError:
        return RuleFormat()
