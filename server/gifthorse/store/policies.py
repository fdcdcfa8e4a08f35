"""`[[policy]]` and `[capabilities]` of one source of settings read into values, with everything that is wrong in them."""

import difflib
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from gifthorse.model.finding import Severity
from gifthorse.model.insertion import Evidence
from gifthorse.model.policy import Grant, Policy
from gifthorse.store.ignore import is_pattern
from gifthorse.store.places import line_of
from gifthorse.store.table import Table

WRITES: Final = ("allow", "deny")
EVIDENCE: Final = tuple(map(str, Evidence))


def read_policies(table: Table) -> tuple[Policy, ...]:
    """The entries under `policy` in the table at the top of a source, in their order. What is wrong is noted."""
    return tuple(_policy(one) for one in table.tables("policy"))


def _policy(table: Table) -> Policy:
    before = len(table.notes.problems)
    write = table.one_of("write", WRITES)
    severity = table.one_of("severity", tuple(map(str, Severity)))
    policy = Policy(
        file=table.notes.file,
        line=line_of(table.notes.lines, table.path),
        paths=patterns(table, "paths"),
        tools=_globs(table, "tools"),
        models=_globs(table, "models"),
        evidence=frozenset(
            Evidence(word) for number, word in enumerate(table.words("evidence")) if _is_evidence(word, number, table)
        ),
        allowed=write == "allow" if write else None,
        review=_globs(table, "review"),
        severity=Severity(severity) if severity else None,
        reason=table.text("reason").strip(),
    )
    table.close()
    if len(table.notes.problems) > before:  # who knows where it was meant to hold: nothing is allowed by a slip
        return replace(policy, allowed=None) if policy.allowed else policy
    if not policy.says_something:
        table.problem("write", "This entry says nothing.", "Add `write`, `review` or `severity` to it.")
    return policy


def read_grants(table: Table, capabilities: Collection[str]) -> tuple[Grant, ...]:
    """What the table `capabilities` at the top of a source allows where. What is wrong is noted."""
    allowing, found = table.table("capabilities"), []
    for key in allowing.values:
        paths = patterns(allowing, key)
        if _is_capability(key, capabilities, allowing) and paths:
            line = line_of(allowing.notes.lines, (*allowing.path, key))
            found.append(Grant(key, paths, allowing.notes.file, line))
    return tuple(found)


def _is_capability(key: str, known: Collection[str], table: Table) -> bool:
    if key in known:
        return True
    near = difflib.get_close_matches(key, known, 1)
    remedy = f"Did you mean `{near[0]}`?" if near else f"Known keys here: {', '.join(sorted(known))}."
    table.problem(key, f"There is no capability {key!r}.", remedy)
    return False


def patterns(table: Table, key: str, *, blank: bool = False) -> tuple[str, ...]:
    """The patterns of paths under a key; those that cannot be read are noted and left out. `blank`: empty ones are none."""
    found = []
    for number, pattern in enumerate(table.words(key)):
        if is_pattern(pattern) and (blank or pattern.strip()):
            found.append(pattern)
        else:
            words = f"The pattern {pattern!r} cannot be read."
            table.problem(key, words, "Write it as a line of a .gitignore.", item=number)
    return tuple(found)


def _is_evidence(word: str, number: int, table: Table) -> bool:
    if word in EVIDENCE:
        return True
    near = difflib.get_close_matches(word, EVIDENCE, 1)
    remedy = f"Did you mean `{near[0]}`?" if near else f"Use one of: {', '.join(EVIDENCE)}."
    table.problem("evidence", f"There is no evidence {word!r}.", remedy, item=number)
    return False


def _globs(table: Table, key: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in table.words(key))
    if "" in words:
        table.problem(key, f"`{key}` holds an empty name.", 'Write a name, or "*" for all.', item=words.index(""))
    return tuple(word for word in words if word)


def loosens(policies: Sequence[Policy], before: Sequence[Policy]) -> tuple[int, ...]:
    """The numbers of the entries that allow something, where entries `before` them deny anything."""
    denied = any(one.allowed is False for one in before)
    return tuple(number for number, one in enumerate(policies) if one.allowed and denied)
