"""Events: what happened to the texts of a folder, in the words of the journal. Values only.

`path` is a name inside the folder: relative, with `/`, as store/folders.py makes it. What the events add up to is
worked out in workspace/memory.py; how they are kept is store/journal.py's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gifthorse.model.insertion import Insertion
from gifthorse.model.review import Verdict


@dataclass(frozen=True, slots=True)
class Inserted:
    """An Insertion was acknowledged in a file. Where it stands is said by the Anchored that follows."""

    path: str
    insertion: Insertion


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where the Regions of a file stood when its text had this `digest` (SHA-256, hex).

    `anchors` are values of provenance/anchor.py, on the way out perhaps as plain data, and read when they are looked at.
    `held` are the ids of the Regions that they speak of, one for one; `dropped` are those of Regions that the writer
    knew in this file and that have no text left in it.
    """

    path: str
    digest: str
    anchors: Sequence[Any]
    held: tuple[str, ...]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A reviewer's Verdict on a Region of a file."""

    path: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class MarkedHuman:
    """A person said that a person wrote this: the Regions that lost text by it. `at` is RFC 3339 in UTC."""

    path: str
    regions: tuple[str, ...]
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A Region's text was rejected by a person and taken out. `at` is RFC 3339 in UTC."""

    path: str
    region: str
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file, or a folder with all in it, has another name now."""

    path: str
    new: str


Event = Inserted | Anchored | Judged | MarkedHuman | Removed | Renamed
