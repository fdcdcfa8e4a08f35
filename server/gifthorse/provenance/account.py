"""What was told of a change, held against the texts of the file -> the Record of it, with places and digests.

Pure: the caller reads the file. What cannot be placed stays without a place; nothing is guessed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.model.record import Record, TextChange, as_bytes, as_text
from gifthorse.provenance.heard import Change, Heard

LARGEST_TEXT = 4_000_000
"""Bytes of a file up to which a Record brings its whole text along."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a file was before an edit; `content` is None where there was none."""

    content: bytes | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What we know of a file ourselves when we are told of a change.

    `path` is absolute, `time` is seconds since 1970. `earlier` is the file before, `now` the file as it is, both None
    where that is not known.
    """

    path: str
    time: float
    earlier: Earlier | None
    now: bytes | None


class _Placed(NamedTuple):
    """A replacement as it was made: `start` counts in the text that it led to."""

    old: bytes
    new: bytes
    start: int


@dataclass(frozen=True, slots=True)
class _Settled:
    """What became of a file: None where it is not known."""

    before: bytes | None
    after: bytes | None
    edits: tuple[TextChange, ...]
    whole: bool = False


def account(heard: Heard, change: Change, seen: Seen) -> Record:
    """The Record of a Change that was made.

    Raises ValueError with the reason where nothing can be said of what came in.
    """
    earlier = seen.earlier
    created = change.created or (earlier is not None and earlier.content is None and change.original is None)
    settled = _settled(change, earlier, seen.now)
    if settled is None:
        raise ValueError("only the file's name was told, and what it was before is not known")
    before, after = settled.before, settled.after
    small = after is not None and len(after) <= LARGEST_TEXT
    return Record(
        source="hook",
        tool=heard.tool,
        model=heard.model,
        session=heard.session,
        prompt=heard.prompt,
        kind=heard.kind,
        path=seen.path,
        time=seen.time,
        edits=settled.edits,
        before="" if before is None or created else _digest(before),
        after="" if after is None else _digest(after),
        whole=settled.whole,
        created=created,
        text=as_text(after) if after is not None and small and not settled.whole else None,
    )


def proposed(change: Change, now: bytes | None) -> bytes | None:
    """The file as it would be after a Change that has not been made yet; None where that cannot be told.

    `now` is the file as it is, None where there is none.
    """
    if change.content is not None:
        return as_bytes(change.content)
    made = _forward(b"" if now is None else now, change) if change.replacements else None
    return None if made is None else made.after


def _settled(change: Change, earlier: Earlier | None, now: bytes | None) -> _Settled | None:
    before = _before(change, earlier)
    if change.content is not None:
        return _whole(before, _as_on_disk(as_bytes(change.content), now))
    if not change.replacements:
        return None if before is None or now is None else _whole(before, now)
    made = None if before is None else _forward(before, change)
    if made is not None:
        return made
    if before is not None and now is not None:
        return _whole(before, now)
    return _backward(now, change)


def _before(change: Change, earlier: Earlier | None) -> bytes | None:
    if change.original is not None:
        return as_bytes(change.original)
    if change.created:
        return b""
    return None if earlier is None else earlier.content or b""


def _as_on_disk(content: bytes, now: bytes | None) -> bytes:
    """The content with the line ends, the last line end and the mark at the start that it has got on disk."""
    return content if now is None or _plain(now) != _plain(content) else now


def _plain(content: bytes) -> bytes:
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n")


def _whole(before: bytes | None, after: bytes) -> _Settled:
    change = TextChange("" if before is None else as_text(before), as_text(after), 0)
    return _Settled(before, after, (change,), whole=True)


def _forward(before: bytes, change: Change) -> _Settled | None:
    """The replacements made one after the other; None where one of them has no place, or more than one."""
    text = before
    placed: list[_Placed] = []
    for old, new, every in _in_bytes(change, before):
        starts = _places(text, old, every)
        if not starts:
            return None
        for start in reversed(starts):
            placed.append(_Placed(old, new, start))
            text = text[:start] + new + text[start + len(old) :]
    return _final(before, text, placed)


def _in_bytes(change: Change, text: bytes) -> list[tuple[bytes, bytes, bool]]:
    """The replacements with the line ends that the file has."""
    pairs = [(as_bytes(one.old), as_bytes(one.new), one.every) for one in change.replacements]
    if b"\r\n" not in text or any(b"\r\n" in old or b"\r\n" in new for old, new, _ in pairs):
        return pairs
    return [(old.replace(b"\n", b"\r\n"), new.replace(b"\n", b"\r\n"), every) for old, new, every in pairs]


def _places(text: bytes, old: bytes, every: bool) -> list[int]:
    """Where `old` stands, ascending; none where that is not clear."""
    if not old:
        return [0] if not text else []
    starts: list[int] = []
    start = text.find(old)
    while start >= 0:
        starts.append(start)
        start = text.find(old, start + len(old))
    return starts if every or len(starts) == 1 else []


def _backward(now: bytes | None, change: Change) -> _Settled:
    """The replacements found in the file as it is, last one first, each taken back before the next is looked for."""
    pairs = _in_bytes(change, now or b"")
    if now is None:
        return _Settled(None, None, tuple(TextChange(as_text(old), as_text(new)) for old, new, _ in pairs if new))
    placed: list[_Placed] = []
    text = now
    for old, new, every in reversed(pairs):
        starts = _places(text, new, every=False) if new and not every else []
        if not starts:
            found = zip(pairs, change.replacements, strict=True)
            return _Settled(None, now, tuple(_found(now, old, new, one.line) for (old, new, _), one in found if new))
        placed.append(_Placed(old, new, starts[0]))
        text = text[: starts[0]] + old + text[starts[0] + len(new) :]
    return _final(text, now, placed[::-1])


def _found(now: bytes, old: bytes, new: bytes, line: int | None) -> TextChange:
    """A replacement by itself: its place is known where its new text stands only once, or once in the told line."""
    starts = _places(now, new, every=True)
    if len(starts) > 1 and line is not None:
        starts = [start for start in starts if now.count(b"\n", 0, start) == line]
    return TextChange(as_text(old), as_text(new), starts[0] if len(starts) == 1 else None)


def _final(before: bytes, after: bytes, placed: Sequence[_Placed]) -> _Settled:
    """The places of all replacements in the last text; where one cut into another, the whole file is one."""
    spans: list[_Placed] = []
    for one in placed:
        moved, end = len(one.new) - len(one.old), one.start + len(one.old)
        before_it = [known for known in spans if known.start + len(known.new) <= one.start]
        behind = [known._replace(start=known.start + moved) for known in spans if known.start >= end]
        if len(before_it) + len(behind) != len(spans):
            return _whole(before, after)
        spans = [*before_it, one, *behind]  # In order, also where nothing is left between two of them.
    return _Settled(before, after, tuple(TextChange(as_text(old), as_text(new), start) for old, new, start in spans))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
