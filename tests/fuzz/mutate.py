"""Texts to try the engine with: real code, changed as editors, merges, truncation and bad luck change it.

Everything follows from a seed: the same seed and sources give the same text.
"""

import random
import re
from collections.abc import Callable, Sequence

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]

TOKEN = re.compile(rb"\w+|[^\w\s]+")
ODD = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", "\u202e".encode(), "\u2066".encode(), "\ufeff".encode(), b"\x0c",
    "\u2028".encode(), b"\r", b"\x1a", "\U000e0041".encode(), "\u0430".encode(),
)  # fmt: skip
PAIRS = (b"()", b"[]", b"{}", b"<>")
QUOTES = (b'"', b"'", b"`", b'"""', b"'''", b"/*", b"<!--", b"//", b"#", b"<<EOF\n", b"${", b"#{", b"@'", b'r#"')
UNKNOWN = (b" using match let ", b" @@ ", b" ?? ", b" |> ", b" ::: ", b" await using ", b" =>> ", b" \xe2\x9f\xa8 ")
DEEP = (10, 100, 1_000, 20_000, 100_000)


def _cut(chance: random.Random, text: bytes) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.choice((1, 1, 3, 10, 80, 400)))


def _truncate(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    return text[: chance.randrange(len(text) + 1)]


def _delete(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _cut(chance, text)
    return text[:start] + text[end:]


def _double(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _cut(chance, text)
    return text[:end] + text[start:end] * chance.choice((1, 1, 2, 50)) + text[end:]


def _insert_token(chance: random.Random, text: bytes, others: Sequence[bytes]) -> bytes:
    tokens = TOKEN.findall(chance.choice(others)[:20_000]) or [b"x"]
    at = chance.randrange(len(text) + 1)
    return text[:at] + b" " + chance.choice(tokens) + b" " + text[at:]


def _swap_tokens(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    places = [found.span() for found in TOKEN.finditer(text[:50_000])]
    if len(places) < 2:
        return text
    (a, b), (c, d) = sorted(chance.sample(places, 2))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _insert(words: Sequence[bytes]) -> Mutation:
    def mutation(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
        at = chance.randrange(len(text) + 1)
        return text[:at] + chance.choice(words) + text[at:]

    return mutation


def _merge_markers(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    lines = text.split(b"\n")
    at = chance.randrange(len(lines))
    some = lines[at : at + chance.randrange(1, 6)]
    return b"\n".join([*lines[:at], b"<<<<<<< HEAD", *some, b"=======", *some[::-1], b">>>>>>> theirs", *lines[at:]])


def _splice(chance: random.Random, text: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)[:30_000]
    start, end = sorted(chance.randrange(len(other) + 1) for _ in range(2))
    at = chance.randrange(len(text) + 1)
    return text[:at] + other[start:end] + text[at:]


def _nest(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    pair, depth, at = chance.choice(PAIRS), chance.choice(DEEP), chance.randrange(len(text) + 1)
    closing = pair[1:] * (depth if chance.random() < 0.7 else 0)
    return text[:at] + pair[:1] * depth + b"x" + closing + text[at:]


def _endings(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    return text.replace(b"\n", chance.choice((b"\r\n", b"\r", b" ")))


def _one_line(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    return (text.replace(b"\n", b" ")) * chance.choice((1, 20))


def _indent(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    lines = text.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((b"\t", b"  ", b"        ", b"")) + lines[at].lstrip()
    return b"\n".join(lines)


def _latin(chance: random.Random, text: bytes, _: Sequence[bytes]) -> bytes:
    return text.decode("utf-8", "replace").encode(chance.choice(("utf-16", "latin-1", "utf-8-sig")), "replace")


MUTATIONS: tuple[Mutation, ...] = (
    _truncate, _delete, _delete, _double, _insert_token, _insert_token, _swap_tokens, _insert(ODD), _insert(QUOTES),
    _insert(QUOTES), _insert(UNKNOWN), _merge_markers, _splice, _nest, _endings, _one_line, _indent, _latin,
)  # fmt: skip


def mutated(chance: random.Random, sources: Sequence[bytes], largest: int) -> bytes:
    """One text: a source after one to six mutations, of at most `largest` bytes."""
    text = chance.choice(sources)[:largest]
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        text = chance.choice(MUTATIONS)(chance, text, sources)[:largest]
    return text


def edits(chance: random.Random, text: bytes, sources: Sequence[bytes]) -> list[tuple[int, int, bytes]]:
    """A few small edits, as (start, end, new bytes), each over the text after the one before."""
    made = []
    for _ in range(chance.randrange(1, 5)):
        tokens = TOKEN.findall(chance.choice(sources)[:5_000]) or [b"x"]
        start, end = _cut(chance, text)
        new = chance.choice((b"", b"\n", chance.choice(tokens), chance.choice(QUOTES), text[start:end]))
        made.append((start, end, new))
        text = text[:start] + new + text[end:]
    return made
