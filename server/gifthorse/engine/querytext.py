"""The text of queries, before they are compiled: what an inheriting grammar leaves out, regular expressions in them."""

import re
from dataclasses import dataclass

from gifthorse.model.rule import Language


def patterns_of(query: str) -> list[str]:
    """The top-level patterns of a query's text, each with its captures; comments are dropped."""
    found: list[str] = []
    depth = start = 0
    text = "\n".join(line for line in query.split("\n") if not line.lstrip().startswith(";"))
    quoted = False
    for place, char in enumerate(text):
        if char == '"' and text[place - 1] != "\\":
            quoted = not quoted
        if quoted:
            continue
        if char in "([":
            if depth == 0:
                found.append(text[start:place])
                start = place
            depth += 1
        elif char in ")]":
            depth -= 1
    found.append(text[start:])
    return [pattern for pattern in found if pattern.strip()]


def facts_of(language: Language) -> str:
    """The facts query without patterns for node kinds that an inheriting grammar says it does not have."""
    missing = language.settings.get("without", "").split()
    if not missing:
        return language.facts
    kept = [pattern for pattern in patterns_of(language.facts) if not any(f"({kind} " in pattern for kind in missing)]
    return "\n".join(kept)


def with_own_search(query: str) -> str:
    """The query with its regular expressions under names of our own, so that tree_sitter leaves them alone."""
    return query.replace("(#match? ", "(#re2-match? ").replace("(#not-match? ", "(#re2-not-match? ")


@dataclass(frozen=True, slots=True)
class Condition:
    """A regular expression that must be found in what is captured, or (not `found`) must not be."""

    capture: str
    pattern: str
    found: bool


_CONDITION = re.compile(r'\(\s*#re2-(not-)?match\?\s+@([\w.-]+)\s+"((?:[^"\\]|\\.)*)"\s*\)', re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def conditions_of(text: str) -> tuple[Condition, ...]:
    """The regular expressions in the text of one pattern."""
    return tuple(
        Condition(
            capture, re.sub(r"\\(.)", lambda one: _ESCAPES.get(one[1], one[1]), quoted, flags=re.DOTALL), not without
        )
        for without, capture, quoted in _CONDITION.findall(text)
    )
