"""Anchors from the plain data of a journal: lists for tuples, strings for enumerations. Lenient: what is damaged is None."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.review import Standing
from gifthorse.provenance.landmarks import Anchor, Line, Range, Stretch


def anchor_of(data: Any, there: str = "") -> Anchor | None:
    """The Anchor that `data` is, or was before it was written down; None for anything else.

    In the very text that it was written for, whose digest is `there`, its spans say all: stretches are left out.
    """
    if isinstance(data, Anchor):
        return data
    try:
        return _anchor(data, () if there and data["digest"] == there and data["spans"] else data["stretches"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _anchor(data: Mapping[str, Any], stretches: Iterable[Any]) -> Anchor:
    return Anchor(
        digest=str(data["digest"]),
        insertion=_insertion(data["insertion"]),
        spans=_ranges(data["spans"]),
        stretches=tuple(map(_stretch, stretches)),
        standing=Standing(data["standing"]),
        verdict=Standing(data["verdict"]),
        reviewed=str(data["reviewed"]),
    )


def _insertion(data: Mapping[str, Any]) -> Insertion:
    origin = data["origin"]
    return Insertion(
        id=str(data["id"]),
        origin=Origin(str(origin["tool"]), str(origin["kind"]), origin.get("model"), origin.get("session")),
        evidence=Evidence(data["evidence"]),
        at=str(data["at"]),
        text=str(data["text"]),
        replaced=None if data["replaced"] is None else str(data["replaced"]),
        substance=int(data["substance"]),
        source=data.get("source"),
    )


def _stretch(data: Mapping[str, Any]) -> Stretch:
    return Stretch(
        at=int(data["at"]),
        lines=tuple(map(_line, data["lines"])),
        before=tuple(map(str, data["before"])),
        behind=tuple(map(str, data["behind"])),
        alone=bool(data["alone"]),
    )


def _line(data: Mapping[str, Any]) -> Line:
    key, exact, weight = str(data["key"]), str(data["exact"]), int(data["weight"])
    return Line(key, exact, weight, _ranges(data["raw"]), _ranges(data["inner"]))


def _ranges(data: Sequence[Any]) -> tuple[Range, ...]:
    """Ascending, disjoint, non-empty ranges; anything else is damage."""
    if not data:
        return ()
    result = tuple((int(start), int(end)) for start, end in data)
    bounds = [0, *(bound for pair in result for bound in pair)]
    if bounds != sorted(bounds) or any(start == end for start, end in result):
        raise ValueError("ranges out of order")
    return result
