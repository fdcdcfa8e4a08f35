"""A Document: one version of an open text with all that is known of it, as one immutable value.

Functions here make the next value from an event; nothing is sent or written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gifthorse.model.finding import Report
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Edit, Text
from gifthorse.provenance.follow import Deleted, Holdings, carry
from gifthorse.provenance.history import History
from gifthorse.workspace.judge import Judged

OUT_OF_STEP = "not analysed: a change sent by the editor could not be read; close this document and open it again"


@dataclass(frozen=True, slots=True)
class Document:
    """One version of an open text.

    `version` is the client's number, `serial` ours: it never repeats, whatever a client does with its versions.
    `report` is the analysis of exactly this text, None while there is none. `judged` is what was last shown; its offsets
    fit this text only if it is `fresh`. `path` is None for what is no file. `in_step` is whether this is
    surely the client's text: after a change that could not be read it is not, until the document is opened again.
    """

    uri: str
    path: str | None
    language_id: str
    version: int
    serial: int
    text: Text
    holdings: Holdings
    history: History
    report: Report | None = None
    judged: tuple[Judged, ...] = ()
    in_step: bool = True

    @property
    def shown_version(self) -> int | None:
        """The client's version, or None for a file that is not open."""
        return self.version if self.serial else None

    @property
    def regions(self) -> tuple[Region, ...]:
        """The Regions in this text."""
        return self.holdings.regions()

    @property
    def unreviewed(self) -> int:
        """How many of its Regions wait for a review."""
        standings = self.holdings.standings()
        return standings.count(Standing.UNREVIEWED) + standings.count(Standing.REOPENED)

    @property
    def fresh(self) -> bool:
        """Whether this very text was analysed."""
        return self.report is not None


class Edited(NamedTuple):
    """A change of a document: the text after it, the edits that led there, and what other documents lost lately."""

    text: Text
    edits: tuple[Edit, ...]
    offers: Sequence[Deleted] = ()


def edited(document: Document, version: int, serial: int, change: Edited) -> Document:
    """The document after a change: its Regions carried along, its analysis out of date."""
    text, edits, offers = change
    holdings = carry(document.holdings, document.text, edits, text, offers)
    return replace(
        document,
        version=version,
        serial=serial,
        text=text,
        holdings=holdings,
        history=document.history.pushed(version, document.text, edits),
        report=None,
    )
