"""One source of settings read into values: the keys of `gifthorse.toml`, with everything that is wrong in them.

It knows the keys, not where files lie nor who may loosen what: config.py does. Every key: docs/configuration.md.
"""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.policy import Grant, Policy
from gifthorse.store.places import Path
from gifthorse.store.policies import patterns, read_grants, read_policies
from gifthorse.store.profiles import Change, read_changes
from gifthorse.store.table import Notes, Problem, Table

NEVER_OFF = "not-analysed"
LOUDNESS = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}
SURENESS = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}
_MORE: Mapping[Path, tuple[str, ...]] = {
    ("rules",): ("off", "severity"), ("provenance",): ("infer",), ("suppressions",): ("foreign",)
}  # fmt: skip
"""Keys that a table may have besides those that were asked for."""
LARGEST = {"file-bytes": 1_000_000_000, "seconds": 3_600, "megabytes": 1_000_000}


@dataclass(frozen=True, slots=True)
class Settings:
    """What one source says; what it does not say is empty or None. `lines`: dotted key -> its place for messages."""

    exclude: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    infer: bool | None = None
    refuse_severity: Severity | None = None
    refuse_confidence: Confidence | None = None
    directories: tuple[str, ...] = ()
    foreign: bool | None = None
    profiles: Mapping[str, Change] = field(default_factory=dict)
    policies: tuple[Policy, ...] = ()
    grants: tuple[Grant, ...] = ()


def read_settings(
    values: Mapping[str, Any], notes: Notes, rules: Iterable[str], capabilities: Collection[str], *, strict: bool
) -> Settings:
    """The Settings in a table. Problems go into `notes`; `strict`: unknown keys at the top are problems too. `rules`
    and `capabilities`: the ids that there are.
    """
    top, known = Table(values, (), notes), sorted(rules)
    about_rules, limits, provenance = top.table("rules"), top.table("limits"), top.table("provenance")
    hooks, suppressions = top.table("hooks"), top.table("suppressions")
    known_profiles, policies = read_changes(top.table("profiles"), known), read_policies(top)
    grants = read_grants(top, capabilities)
    foreign = suppressions.flag("foreign") if suppressions.has("foreign") else None
    exclude = patterns(top, "exclude", blank=True)
    named = about_rules.words("off")
    off = tuple(rule for number, rule in enumerate(named) if _may_be_off(rule, number, known, about_rules))
    severities = _severities(about_rules.table("severity"), known)
    directories = about_rules.words("directories")
    infer = provenance.flag("infer") if provenance.has("infer") else None
    bounds = {key: number for key, most in LARGEST.items() if (number := _limit(limits, key, most))}
    severity = hooks.one_of("severity", tuple(map(str, Severity)))
    confidence = hooks.one_of("confidence", tuple(map(str, Confidence)))
    for table in (about_rules, limits, provenance, hooks, suppressions, *([top] if strict else [])):
        table.close(_MORE.get(table.path, ()))
    return Settings(
        exclude=exclude,
        off=off,
        severities=severities,
        limits=bounds,
        infer=infer,
        refuse_severity=Severity(severity) if severity else None,
        refuse_confidence=Confidence(confidence) if confidence else None,
        directories=directories,
        foreign=foreign,
        profiles=known_profiles,
        policies=policies,
        grants=grants,
    )


def _is_rule(rule: str, known: list[str], key: str, table: Table, item: int | None = None) -> bool:
    if rule in known:
        return True
    near = difflib.get_close_matches(rule, known, 1)
    remedy = f"Did you mean `{near[0]}`?" if near else "`gifthorse rules` lists all rules."
    table.problem(key, f"There is no rule {rule!r}.", remedy, item=item)
    return False


def _may_be_off(rule: str, number: int, known: list[str], table: Table) -> bool:
    if rule != NEVER_OFF:
        return _is_rule(rule, known, "off", table, number)
    words = f"`{NEVER_OFF}` cannot be off: unknown is never shown as clean."
    table.problem("off", words, "Use `exclude` instead.", item=number)
    return False


def _severities(table: Table, known: list[str]) -> dict[str, Severity]:
    names = {rule: table.one_of(rule, tuple(map(str, Severity))) for rule in table.values}
    return {rule: Severity(name) for rule, name in names.items() if name and _is_rule(rule, known, rule, table)}


def _limit(table: Table, key: str, most: float) -> float:
    number = table.number(key)
    if isinstance(table.values.get(key), (int, float)) and not 0 < number <= most:
        table.problem(key, f"`{key}` must be more than 0 and at most {most:,}.", "Leave it out for the default.")
        return 0
    return number


def loosening(said: Settings) -> dict[tuple[str | int, ...], str]:
    """The keys in Settings by which their source could hide something, each with what it would do."""
    found: dict[tuple[str | int, ...], str] = {}
    if said.exclude:
        found["exclude",] = "Leaving paths out"
    if said.off:
        found["rules", "off"] = f"Switching {', '.join(said.off)} off"
    if said.directories:
        found["rules", "directories"] = f"Reading rules from {', '.join(said.directories)}"
    if said.infer is not None:
        found["provenance", "infer"] = "Inferring origins"
    if said.foreign:
        found["suppressions", "foreign"] = "Taking other tools' comments for suppressions"
    for name, change in said.profiles.items():
        if change.loosens():
            found["profiles", name] = f"Hiding more in the profile `{name}`"
    for grant in said.grants:
        found["capabilities", grant.capability] = f"Allowing {grant.capability} by path"
    for key in said.limits:
        found["limits", key] = f"Setting the limit `{key}`"
    return found


def problem_at(notes: Notes, path: tuple[str | int, ...], message: str, remedy: str) -> Problem:
    """A Problem at the place of a key, without adding it to the notes."""
    elsewhere = Notes(notes.file, notes.lines)
    elsewhere.add(path, message, remedy)
    return elsewhere.problems[0]
