"""Findings of syntax and of the raw text, brought together without echoes: one cause is one Finding."""

from collections.abc import Sequence
from typing import Final

from gifthorse.model.finding import Confidence, Finding
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Span

_RANK: Final = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}


class _Weaknesses:
    """Which rules are about the same weakness."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.known: dict[tuple[str, str], bool] = {}

    def alike(self, one: str, other: str) -> bool:
        """Whether two rules, by their ids, are different ones about the same weakness."""
        if one == other:
            return False
        found = self.known.get((one, other))
        if found is None:
            rules = self.catalogue.rules
            found = self.known[one, other] = bool(set(rules[one].cwe).intersection(rules[other].cwe))
        return found


def joined(syntactic: Sequence[Finding], textual: Sequence[Finding], catalogue: Catalogue) -> list[Finding]:
    """Both kinds of Findings of one text, without echoes.

    A textual Finding inside a syntactic one of the same weakness is an echo; so is, of two syntactic ones at the same
    place and of the same weakness, the less confident.
    """
    weaknesses = _Weaknesses(catalogue)
    return [*_clear(syntactic, weaknesses), *_outer(syntactic, textual, weaknesses)]


def _clear(syntactic: Sequence[Finding], weaknesses: _Weaknesses) -> list[Finding]:
    places: dict[Span, list[Finding]] = {}
    for finding in syntactic:
        places.setdefault(finding.span, []).append(finding)
    if len(places) == len(syntactic):
        return list(syntactic)
    return [one for one in syntactic if len(places[one.span]) == 1 or not _is_weaker(one, places[one.span], weaknesses)]


def _is_weaker(finding: Finding, others: Sequence[Finding], weaknesses: _Weaknesses) -> bool:
    rank = _RANK[finding.confidence]
    return any(_RANK[other.confidence] > rank and weaknesses.alike(other.rule, finding.rule) for other in others)


def _outer(syntactic: Sequence[Finding], textual: Sequence[Finding], weaknesses: _Weaknesses) -> list[Finding]:
    rules = {finding.rule for finding in syntactic} if textual else set()
    found: list[Finding] = []
    for finding in textual:
        alike = {rule for rule in rules if weaknesses.alike(finding.rule, rule)}
        if not alike or not any(other.rule in alike and other.span.contains(finding.span) for other in syntactic):
            found.append(finding)
    return found
