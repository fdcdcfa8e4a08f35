"""A Sample: a piece of code and the Spots in it that can be disguised; and how a Way rewrites one of them.

It knows no language. Offsets are characters of the code.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_MARK = re.compile(r"⟪(\w+)\||⟫")
NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last")


class Spot(NamedTuple):
    """What can be disguised: `role` says what it is (callee, value, keyword, call, import ...)."""

    role: str
    start: int
    end: int


class Edit(NamedTuple):
    """Put `text` in place of what stands from `start` to `end`. Marks ⟪role|...⟫ in it become Spots."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Sample:
    """Code and its Spots."""

    code: str
    spots: tuple[Spot, ...]

    def text(self, spot: Spot) -> str:
        """The source of a Spot."""
        return self.code[spot.start : spot.end]

    def marked(self, start: int, end: int, role: str = "") -> str:
        """The source from `start` to `end` with marks for all Spots in it, and as a Spot of `role`, if it has one."""
        marks: list[tuple[int, int, int, str]] = []
        inner = [spot for spot in self.spots if start <= spot.start < spot.end <= end]
        for spot in [*inner, *([Spot(role, start, end)] if role else [])]:
            length = spot.end - spot.start
            marks.append((spot.start, 1, -length, f"⟪{spot.role}|"))
            marks.append((spot.end, 0, length, "⟫"))
        pieces, place = [], start
        for at, _, _, mark in sorted(dict.fromkeys(marks)):
            pieces.extend([self.code[place:at], mark])
            place = at
        return "".join([*pieces, self.code[place:end]])

    def fresh(self, number: int = 0) -> str:
        """A name that the code does not use."""
        free = [name for name in NAMES if not re.search(rf"\b{name}\b", self.code)]
        return free[number]

    def edited(self, edits: Iterable[Edit]) -> "Sample":
        """The Sample after some Edits, which must not overlap; Spots that they touch are gone unless marked again."""
        edits = sorted(edits)
        pieces, spots, place, shift = [], [], 0, 0
        moves: list[tuple[int, int]] = []
        for edit in edits:
            text, marked = unmarked(edit.text)
            pieces.extend([self.code[place : edit.start], text])
            spots.extend(
                Spot(role, edit.start + shift + start, edit.start + shift + end) for role, start, end in marked
            )
            place = edit.end
            shift += len(text) - (edit.end - edit.start)
            moves.append((edit.end, shift))
        pieces.append(self.code[place:])
        kept = [moved for spot in self.spots for moved in [_moved(spot, edits, moves)] if moved is not None]
        return Sample("".join(pieces), tuple(dict.fromkeys([*spots, *kept])))

    def renamed(self, spot: Spot, new: str, uses: str, fresh: str) -> "Sample":
        """`new` in place of a Spot that binds a name, and the `fresh` name wherever else the pattern `uses` is found."""
        places = (place.span() for place in re.finditer(uses, self.code))
        edits = [Edit(start, end, fresh) for start, end in places if not spot.start <= start < spot.end]
        return self.edited([Edit(spot.start, spot.end, marked(spot.role, new)), *edits])


def _touches(spot: Spot, edit: Edit) -> bool:
    if edit.start == edit.end:
        return spot.start < edit.start < spot.end
    return edit.start < spot.end and spot.start < edit.end


def _inside(spot: Spot, edit: Edit) -> bool:
    return spot.start <= edit.start and edit.end <= spot.end and (spot.end - spot.start) > (edit.end - edit.start)


def _moved(spot: Spot, edits: Sequence[Edit], moves: Sequence[tuple[int, int]]) -> Spot | None:
    """Where a Spot is after the Edits: one that lies around them grows; one that they cut is None."""
    if any(_touches(spot, edit) and not _inside(spot, edit) for edit in edits):
        return None
    before = [shift for end, shift in moves if end <= spot.start]
    within = [shift for end, shift in moves if end <= spot.end]
    start, end = (before or [0])[-1], (within or [0])[-1]
    return Spot(spot.role, spot.start + start, spot.end + end)


def unmarked(text: str) -> tuple[str, list[Spot]]:
    """A text without its marks, and the Spots that they were."""
    plain, spots, open_marks, length, place = [], [], [], 0, 0
    for found in _MARK.finditer(text):
        piece = text[place : found.start()]
        plain.append(piece)
        length += len(piece)
        place = found.end()
        if found.group(1):
            open_marks.append((found.group(1), length))
        else:
            role, start = open_marks.pop()
            spots.append(Spot(role, start, length))
    plain.append(text[place:])
    return "".join(plain), spots


def marked(role: str, text: str) -> str:
    """A text that becomes a Spot."""
    return f"⟪{role}|{text}⟫"
