"""Anchors that stay on disk until somebody asks for them: a long history of places costs no memory.

They are read with their types at once; what is damaged or of a later version comes as plain data instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

import msgspec

from gifthorse.provenance.landmarks import Anchor

_TYPED = msgspec.json.Decoder(tuple[Anchor, ...])
_PLAIN = msgspec.json.Decoder(tuple[Any, ...])


class _Event(msgspec.Struct):
    anchors: msgspec.Raw


class _Line(msgspec.Struct):
    event: _Event


_LINE = msgspec.json.Decoder(_Line)


@dataclass(frozen=True, slots=True, eq=False)
class Packed(Sequence[Any]):
    """The anchors in one line of a journal's file. Every look reads them anew; OSError where the file is gone."""

    file: Path
    offset: int
    size: int

    def __len__(self) -> int:
        return len(self._read())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._read())

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Any, ...]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._read()[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._read() == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def _read(self) -> tuple[Any, ...]:
        with self.file.open("rb") as file:
            file.seek(self.offset)
            return unpacked(_LINE.decode(file.read(self.size)).event.anchors)


def unpacked(raw: msgspec.Raw) -> tuple[Any, ...]:
    """The anchors in their JSON: as Anchors where all of them are sound, else as plain data."""
    try:
        typed = _TYPED.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        return _PLAIN.decode(raw)
    return typed if all(map(_is_sound, typed)) else _PLAIN.decode(raw)


def _is_sound(anchor: Anchor) -> bool:
    if not _ascends(anchor.spans):
        return False
    lines = (line for stretch in anchor.stretches for line in stretch.lines if line.raw or line.inner)
    return all(_ascends(line.raw) and _ascends(line.inner) for line in lines)


def _ascends(ranges: Sequence[tuple[int, int]]) -> bool:
    at = 0
    for start, end in ranges:
        if not at <= start < end:
            return False
        at = end
    return True
