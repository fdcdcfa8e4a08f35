"""Profiles: code that is no part of what runs, tests and examples, by where it stands; and what is quieter there.

Where a file stands decides, by the conventions of each ecosystem, never what is in it. Whoever judges findings asks
`profile_of` and `treated`. Every key: docs/configuration.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from gifthorse.model.finding import Severity
from gifthorse.store.ignore import is_pattern
from gifthorse.store.table import Table

NEVER: Final = frozenset({
    "hidden-text", "malice", "backdoors", "exfiltration", "obfuscation", "remote-execution", "suppressions", "claims",
    "fake-security",
})  # fmt: skip
"""Families about deceit: no place and no other tool's comment makes them harmless."""
KINDS: Final = frozenset({"code"})
"""Kinds of families that profiles speak of: what configures or carries a text is the same everywhere."""
QUIETER: Final = {Severity.HIGH: Severity.MEDIUM, Severity.MEDIUM: Severity.LOW, Severity.LOW: Severity.LOW}


class Treatment(StrEnum):
    """What a profile does with a finding."""

    NONE = "none"
    QUIETER = "quieter"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Profile:
    """`paths` and `outside`: patterns as in .gitignore, of files it holds for, and of those among them for which it
    does not. `hidden`: rules that are not shown there; `shown`: rules that are shown as everywhere.
    """

    name: str
    paths: tuple[str, ...]
    outside: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    used: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """What one source of settings says of a profile."""

    used: bool | None = None
    paths: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    def tightening(self) -> "Change":
        """What of it can only make more be seen."""
        return Change(False if self.used is False else None, (), self.outside, (), self.shown)

    def loosens(self) -> bool:
        """Whether it could hide something."""
        return self.used is True or bool(self.paths or self.hidden)


TESTS: Final = Profile(
    "test",
    (
        "test/", "tests/", "Test/", "Tests/", "testing/", "testdata/", "__tests__/", "__mocks__/", "spec/", "e2e/",
        "cypress/", "androidTest/", "integration-tests/", "*.Tests/", "*.UnitTests/", "*.IntegrationTests/",
        "test_*.py", "*_test.py", "conftest.py", "*_test.go", "*.test.*", "*.spec.*", "*.cy.*", "*.stories.*",
        "*Test.java", "*Tests.java", "*TestCase.java", "*IT.java", "*Test.kt", "*Tests.kt", "*Spec.kt", "*Spec.groovy",
        "*Test.cs", "*Tests.cs", "*Test.php", "*_spec.rb", "*_test.rb", "*Tests.swift", "*Test.swift",
        "*_test.c", "*_test.cc", "*_test.cpp", "*_unittest.cc", "*_test.rs", "benches/", "*.bats", "*.Tests.ps1",
    ),
    hidden=frozenset({
        "hard-coded-credential", "empty-password", "connection-password", "bind-all-interfaces", "missing-timeout",
        "assert-as-check", "debug-enabled", "insecure-cookie", "cleartext-http", "swallowed-error",
        "weak-random", "insecure-temp-file", "timing-unsafe-compare",
    }),
)  # fmt: skip
EXAMPLES: Final = Profile(
    "example",
    ("example/", "examples/", "Examples/", "sample/", "samples/", "Samples/", "demo/", "demos/", "tutorial/",
     "tutorials/", "snippets/", "cookbook/", "docs/", "doc/"),
    hidden=frozenset({"bind-all-interfaces", "missing-timeout"}),
)  # fmt: skip
DEFAULTS: Final = (TESTS, EXAMPLES)


def profile_of(name: str, profiles: tuple[Profile, ...]) -> Profile | None:
    """The first profile that holds for a file, by its name inside the root."""
    return _profile_of(name, profiles) if name else None


@lru_cache(maxsize=4096)
def _profile_of(name: str, profiles: tuple[Profile, ...]) -> Profile | None:
    for profile in profiles:
        if profile.used and _spec(profile.paths).match_file(name) and not _spec(profile.outside).match_file(name):
            return profile
    return None


@lru_cache(maxsize=64)
def _spec(patterns: tuple[str, ...]) -> Any:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  a start does not wait for it

    return GitIgnoreSpec.from_lines(patterns)


def treated(profile: Profile, rule: str, family: str, kind: str) -> Treatment:
    """What a profile does with findings of a rule; `kind`: of its family."""
    if rule in profile.shown or family in NEVER:
        return Treatment.NONE
    if rule in profile.hidden:
        return Treatment.HIDDEN
    return Treatment.QUIETER if kind in KINDS else Treatment.NONE


def read_changes(table: Table, rules: Iterable[str]) -> dict[str, Change]:
    """What a `profiles` table says, by the names of profiles; what is wrong is noted."""
    known = frozenset(rules)
    found = {}
    for profile in DEFAULTS:
        one = table.table(profile.name)
        found[profile.name] = Change(
            used=one.flag("use") if one.has("use") else None,
            paths=_patterns(one, "paths"),
            outside=_patterns(one, "except"),
            hidden=_rules(one, "hidden", known),
            shown=_rules(one, "shown", known),
        )
        one.close(("use",))
    table.close()
    return {name: change for name, change in found.items() if change != Change()}


def _patterns(table: Table, key: str) -> tuple[str, ...]:
    written = table.words(key)
    for number, pattern in enumerate(written):
        if not is_pattern(pattern):
            words = f"The pattern {pattern!r} cannot be read."
            table.problem(key, words, "Write it as a line of a .gitignore.", item=number)
    return tuple(pattern for pattern in written if is_pattern(pattern))


def _rules(table: Table, key: str, known: frozenset[str]) -> tuple[str, ...]:
    written = table.words(key)
    for number, rule in enumerate(written):
        if rule not in known:
            table.problem(key, f"There is no rule {rule!r}.", "`gifthorse rules` lists all rules.", item=number)
    return tuple(rule for rule in written if rule in known)


def changed(profiles: tuple[Profile, ...], changes: Mapping[str, Change]) -> tuple[Profile, ...]:
    """The profiles with what a source says of them."""
    return tuple(_changed(one, changes[one.name]) if one.name in changes else one for one in profiles)


def _changed(profile: Profile, change: Change) -> Profile:
    return replace(
        profile,
        used=profile.used if change.used is None else change.used,
        paths=(*profile.paths, *change.paths),
        outside=(*profile.outside, *change.outside),
        hidden=profile.hidden.union(change.hidden) - frozenset(change.shown),
        shown=profile.shown.union(change.shown) - frozenset(change.hidden),
    )
