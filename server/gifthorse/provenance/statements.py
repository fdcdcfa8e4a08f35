"""Statements: what one source says of one line, and which of several counts. Values only.

A statement about a whole commit (a trailer, a bot's identity) never makes a line an assistant's: nobody said which
lines it meant. Where the lines themselves come from is workspace/authorship.py's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gifthorse.model.insertion import Evidence
from gifthorse.provenance.lines import LineClass


class Source(StrEnum):
    """Who says it, the one that counts most first."""

    JOURNAL = "journal"
    PERSON = "person"
    NOTE = "git note"
    CARRIED = "git note of the same change"
    TRACE = "agent trace"
    MARKER = "marker comment"
    COMMIT = "commit"


@dataclass(frozen=True, slots=True)
class Statement:
    """One source on one line.

    `kind` UNKNOWN with a `tool` is a declaration about more than this line. `evidence` is None for what a person said
    by hand. `person` names who wrote it (or said so). `region` is the id of a Region of the journal, `share` the part
    of the line's substance that it holds. `where` is the commit whose note or trace it is, if not the line's own.
    """

    kind: LineClass
    source: Source
    evidence: Evidence | None
    tool: str = ""
    model: str = ""
    session: str = ""
    person: str = ""
    region: str = ""
    share: float = 1.0
    where: str = ""


ORDER = {source: number for number, source in enumerate(Source)}


def ranked(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements on one line, the one that counts first; of equals the last one said."""
    found = list(enumerate(statements))
    return tuple(one for _, one in sorted(found, key=lambda pair: (ORDER[pair[1].source], -pair[0])))


def kind_of(statements: tuple[Statement, ...]) -> LineClass:
    """What a line is by its (ranked) statements; unknown where nobody says anything about this very line."""
    return next((one.kind for one in statements if one.kind is not LineClass.UNKNOWN), LineClass.UNKNOWN)
