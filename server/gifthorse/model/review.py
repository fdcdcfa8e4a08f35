"""Review: a Region's standing, and the entries (Verdicts) that decide it."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """A Region's review state, in the protocol's words."""

    UNREVIEWED = "unreviewed"
    APPROVED = "approved"
    DISPUTED = "disputed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One reviewer's entry about one Region's exact content.

    `content` is the SHA-256 digest (hex) of the Region's text at that moment: a later change of
    substance reopens it. `at` is RFC 3339 in UTC. `by` names the reviewer as far as known.
    A Verdict given over the editor protocol is an unsigned click: `proven` is False.
    """

    region: str
    standing: Standing
    content: str
    at: str
    by: str
    comment: str
    proven: bool
