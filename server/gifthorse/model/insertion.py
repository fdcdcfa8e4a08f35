"""An Insertion: the event that text arrived in a file, from whom, when, and on what evidence.

It is not the text's present place: that is a Region's, which follows later edits.
"""

from dataclasses import dataclass
from enum import StrEnum


class Evidence(StrEnum):
    """Why we believe an origin; kinds of evidence are never blurred together."""

    REPORTED = "reported"
    HOOKED = "hooked"
    RECORDED = "recorded"
    DECLARED = "declared"
    INFERRED = "inferred"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote a text: an assistant's tool, its model and session where they are known.

    `kind` is the way the text arrived, in the protocol's words ("inline-completion", "partial",
    "next-edit", "chat", "agent", or "marked" where a person said so afterwards).
    """

    tool: str
    kind: str
    model: str | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Insertion:
    """One arrival of text in one file.

    `id` is unique and opaque. `at` is RFC 3339 in UTC. `text` and `replaced` are SHA-256 digests
    (hex) of the inserted text and of the text that it replaced; `replaced` is None where nobody
    knows what stood there before, which is not the same as the digest of an empty text.
    `substance` is how many of the inserted bytes are not white space: the denominator of `retained`. `source` is the id
    of the Insertion that this is a copy of, where the evidence is that: it has that one's origin.
    """

    id: str
    origin: Origin
    evidence: Evidence
    at: str
    text: str
    replaced: str | None
    substance: int
    source: str | None = None
