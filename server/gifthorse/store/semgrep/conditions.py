"""What stands beside a Semgrep pattern in `patterns`: conditions on its metavariables, and what it must not be."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gifthorse.store.predicates import regular_expression_problem
from gifthorse.store.semgrep.patterns import Found, UnmappedError, read_pattern

_COMPARISON = re.compile(r"\s*(?:int\()?(\$[A-Z_][A-Z_0-9]*)\)?\s*(<|>|<=|>=|==)\s*(-?\d+(?:\.\d+)?)\s*")
_ALTERNATIVES = re.compile(r"\^?\(?(?:\?:)?([\w|]+)\)?(\$?)")
IGNORED = ("focus-metavariable",)
"""They only say which part of what was found is shown."""


def with_condition(found: Found, key: str, given: Any) -> Found:
    """What is found under one more condition. Raises UnmappedError."""
    if key == "metavariable-regex" and isinstance(given, Mapping):
        return _with_expression(found, str(given.get("metavariable")), str(given.get("regex")))
    if key == "metavariable-comparison" and isinstance(given, Mapping):
        return _with_comparison(found, str(given.get("comparison")))
    if key == "pattern-not" and isinstance(given, str):
        return _without(found, read_pattern(given))
    if key in IGNORED:
        return found
    raise UnmappedError(f"`{key}` has no counterpart")


def _with_expression(found: Found, variable: str, expression: str) -> Found:
    place = f"<{variable}>"
    if place in found.name:
        words = _ALTERNATIVES.fullmatch(expression)
        if words is None or not words[1].strip("|"):
            raise UnmappedError(f"the expression on the name {variable} is no list of words")
        ends = "" if words[2] else "*"  # without the mark of the end it is about how names begin
        names = ",".join(word + ends for word in words[1].split("|") if word)
        return replace(found, name=found.name.replace(place, "{" + names + "}"))
    path = found.bound.get(variable)
    if path is None:
        raise UnmappedError(f"{variable} is no argument")
    anchored = f"^(?:{expression})" if not expression.startswith(("^", "(?i)^", ".*")) else expression
    if why := regular_expression_problem(anchored):
        raise UnmappedError(f"RE2 does not take its regular expression ({why})")
    return _asked(found, path, f"re:{anchored}")


def _with_comparison(found: Found, comparison: str) -> Found:
    read = _COMPARISON.fullmatch(comparison)
    path = found.bound.get(read[1]) if read else None
    if read is None or path is None:
        raise UnmappedError(f"the comparison `{comparison}` has no counterpart")
    whole = {"<": f"lt:{read[3]}", ">": f"gt:{read[3]}", "==": f"is:{read[3]}"}
    if read[2] in ("<=", ">="):
        if "." in read[3]:
            raise UnmappedError(f"the comparison `{comparison}` has no counterpart")
        step = 1 if read[2] == "<=" else -1
        whole[read[2]] = f"{'lt' if step == 1 else 'gt'}:{int(read[3]) + step}"
    return _asked(found, path, whole[read[2]])


def _asked(found: Found, path: str, predicate: str) -> Found:
    if found.where.get(path, "present") != "present":
        raise UnmappedError("it asks two things of the same argument")
    return replace(found, where={**found.where, path: predicate})


def _without(found: Found, other: Found) -> Found:
    """What is found but for what the other pattern finds, where these differ in one argument's value."""
    if (other.kind, other.name) != (found.kind, found.name):
        raise UnmappedError("`pattern-not` is about something else than the pattern")
    more = {path: asked for path, asked in other.where.items() if asked != "present" and found.where.get(path) != asked}
    if len(more) != 1 or set(more) & set(found.unless):
        raise UnmappedError("`pattern-not` is about more than one argument's value")
    return replace(found, unless={**found.unless, **more})
