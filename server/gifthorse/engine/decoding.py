"""How a text is written inside another: source bytes -> the text that is meant, piece by piece, with its places.

Most pieces are copied as they are; an escape is a piece of its own, whose text has no place but the whole escape.
It knows no language: which form a place has is said by the data (docs/languages.md, "Texts inside others").
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from gifthorse.engine.evaluate.literals import unescaped

_QUOTES: Final = (b'"""', b"'''", b'"', b"'", b"`")
_ESCAPE: Final = re.compile(
    rb"\\(?:u\{[0-9a-fA-F]{1,6}\}|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
    rb"|x[0-9a-fA-F]{2}|\r\n|.)",
    re.DOTALL,
)
_ENTITY: Final = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_PERCENT: Final = re.compile(rb"(?:%[0-9a-fA-F]{2})+")
_INDENTED: Final = re.compile(rb"[ \t]*")


class Piece(NamedTuple):
    """A run of source bytes and the text that it stands for. `exact`: they are the same."""

    start: int
    end: int
    text: bytes
    exact: bool


def _exact(source: bytes, start: int, end: int) -> Iterator[Piece]:
    if start < end:
        yield Piece(start, end, source[start:end], exact=True)


def _with(
    source: bytes, span: tuple[int, int], special: re.Pattern[bytes], meaning: Callable[[bytes], bytes]
) -> Iterator[Piece]:
    """The source with everything that a pattern finds in it replaced by its meaning."""
    place, end = span
    for found in special.finditer(source, *span):
        yield from _exact(source, place, found.start())
        yield Piece(found.start(), found.end(), meaning(found.group()), exact=False)
        place = found.end()
    yield from _exact(source, place, end)


def _character(escape: bytes) -> bytes:
    """What one escape stands for; two that are halves of one character stand for it."""
    text = unescaped(escape.decode("utf-8", "replace"))
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _plain(source: bytes) -> Iterator[Piece]:
    return _exact(source, 0, len(source))


def _quoted(source: bytes) -> Iterator[Piece]:
    """A text in quotes, with backslashes."""
    quote = next((one for one in _QUOTES if source.startswith(one)), b"")
    end = (
        len(source) - len(quote) if quote and source.endswith(quote) and len(source) >= 2 * len(quote) else len(source)
    )
    return _with(source, (len(quote), end), _ESCAPE, _character)


def _single(source: bytes) -> Iterator[Piece]:
    """A text in quotes, which are doubled inside; a backslash means itself."""
    quote = source[:1]
    end = len(source) - 1 if len(source) > 1 and source.endswith(quote) else len(source)
    return _with(source, (1, end), re.compile(re.escape(quote * 2)), lambda _: quote)


def _lines(source: bytes) -> Iterator[Piece]:
    """The lines behind the first one, without the indentation that they share."""
    place = source.find(b"\n") + 1 or len(source)
    lines = source[place:].splitlines(keepends=True)
    indented = [_width(line) for line in lines if line.strip()]
    left = min(indented, default=0)
    for line in lines:
        cut = min(left, _width(line))
        yield from _exact(source, place + cut, place + len(line))
        place += len(line)


def _width(line: bytes) -> int:
    found = _INDENTED.match(line)
    return found.end() if found else 0


def _entities(source: bytes) -> Iterator[Piece]:
    """A value of an attribute: with or without quotes, with character references."""
    quote = next((one for one in (b'"', b"'") if source.startswith(one)), b"")
    end = len(source) - 1 if quote and len(source) > 1 and source.endswith(quote) else len(source)
    return _with(source, (len(quote), end), _ENTITY, lambda one: html.unescape(one.decode()).encode("utf-8", "replace"))


def _address(source: bytes) -> Iterator[Piece]:
    """Code in an address: what stands behind the scheme, with percent signs."""
    for piece in _entities(source):
        if not piece.exact:
            yield piece
            continue
        scheme = piece.text.lower().find(b"javascript:")
        start = scheme + len(b"javascript:") if scheme >= 0 else 0
        for part in _with(piece.text, (start, len(piece.text)), _PERCENT, unquote_to_bytes):
            yield part._replace(start=part.start + piece.start, end=part.end + piece.start)


def _nothing(_: bytes) -> Iterator[Piece]:
    return iter(())


FORMS: Final[Mapping[str, Callable[[bytes], Iterator[Piece]]]] = {
    "plain": _plain, "quoted": _quoted, "single": _single, "lines": _lines, "entities": _entities,
    "address": _address, "nothing": _nothing,
}  # fmt: skip


class Cuts(NamedTuple):
    """What does not belong to a text: `strip` at its beginning, `drop` anywhere; and `hole`, what another program
    fills in, for which a name of the same length stands.
    """

    strip: re.Pattern[bytes] | None = None
    drop: re.Pattern[bytes] | None = None
    hole: re.Pattern[bytes] | None = None


NO_CUTS: Final = Cuts()


MAX_KEPT = 8_192
"""Decoded texts that are kept: most of those in a file are as they were at the last keystroke."""


@lru_cache(maxsize=MAX_KEPT)
def decode(source: bytes, form: str, cuts: Cuts = NO_CUTS) -> tuple[Piece, ...]:
    """The pieces of a text that is written in this form."""
    pieces = list(FORMS[form](source))
    if cuts.strip is not None and pieces and pieces[0].exact and (found := cuts.strip.match(pieces[0].text)):
        first = pieces[0]
        pieces[0] = Piece(first.start + found.end(), first.end, first.text[found.end() :], exact=True)
    if cuts.drop is not None:
        pieces = list(_filled(pieces, cuts.drop, b""))
    return tuple(pieces if cuts.hole is None else _filled(pieces, cuts.hole, b"_"))


def _filled(pieces: list[Piece], hole: re.Pattern[bytes], fill: bytes) -> Iterator[Piece]:
    """The pieces with others in the place of holes, which may begin in one piece and end in another."""
    whole, place, at = b"".join(piece.text for piece in pieces), 0, 0
    waiting = pieces[::-1]
    for found in hole.finditer(whole):
        while waiting and place + len(waiting[-1].text) <= found.start():
            place += len(waiting[-1].text)
            yield waiting.pop()
        start = at = -1
        while waiting and place < found.end():
            piece = waiting.pop()
            before, behind = max(found.start() - place, 0), min(found.end() - place, len(piece.text))
            if before and piece.exact:
                yield Piece(piece.start, piece.start + before, piece.text[:before], exact=True)
            start = start if start >= 0 else piece.start + (before if piece.exact else 0)
            at = piece.start + behind if piece.exact else piece.end
            if piece.exact and behind < len(piece.text):
                waiting.append(Piece(at, piece.end, piece.text[behind:], exact=True))
                place += behind
                break
            place += len(piece.text)
        yield Piece(start, at, fill * (found.end() - found.start()), exact=False)
    yield from reversed(waiting)
