"""Lookalike name: the change brings a name that another one of the file looks just like, in letters of ASCII alone.

`passw0rd` beside `password`, `lsAdmin` beside `IsAdmin`, `totaI` beside `total`. Only names of a suspicious shape are
held against the file: a digit among letters, a capital I or a small l where the other is expected. Letters of other
scripts are seen in every text, with or without a change (engine/lookalikes.py).
"""

import re
from collections.abc import Iterator

from gifthorse.change.compare import Change, Said
from gifthorse.model.finding import Fix, FixKind
from gifthorse.model.text import Edit, Span

_NAME = re.compile(rb"[A-Za-z_]\w{4,60}")
_SHAPE = re.compile(
    rb"(?<=[A-Za-z])[01](?=[A-Za-z])|(?<=[a-z])I(?=[a-z]|$)|^l(?=[b-df-hj-np-tv-z])|(?<=_)l(?=[b-df-hj-np-tv-z])"
)
_OTHERS = {b"0": (b"o", b"O"), b"1": (b"l", b"I", b"i"), b"I": (b"l",), b"l": (b"I",)}
MOST_NAMES = 40
"""Names of a suspicious shape in one change that are held against the file."""


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each name, where it stands first."""
    done: set[bytes] = set()
    for span in _suspicious(change):
        name = change.after.content[span.start : span.end]
        if name in done or len(done) >= MOST_NAMES:
            continue
        done.add(name)
        if _stands(name, change.before.content):
            continue
        for twin in _twins(name):
            if _stands(twin, change.after.content):
                yield _said(span, name.decode(), twin.decode())
                break


def _suspicious(change: Change) -> Iterator[Span]:
    """The names of the new text that have such a shape; what only a comment says is none."""
    for hunk in change.hunks:
        for name in _NAME.finditer(change.after.content, hunk.new.start, hunk.new.end):
            span = Span(*name.span())
            if _SHAPE.search(name[0]) and not change.after.is_comment(span):
                yield span


def _twins(name: bytes) -> Iterator[bytes]:
    """What the name reads as: each suspicious character by itself, then all of them."""
    places = [(hit.start(), _OTHERS[hit[0]]) for hit in _SHAPE.finditer(name)]
    for place, others in places:
        yield from (name[:place] + other + name[place + 1 :] for other in others)
    if len(places) > 1:
        whole = bytearray(name)
        for place, others in places:
            whole[place : place + 1] = others[0]
        yield bytes(whole)


def _stands(name: bytes, content: bytes) -> bool:
    """Whether a name stands in a text, as a whole."""
    at = content.find(name)
    while at >= 0:
        before, after = content[max(0, at - 1) : at], content[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or before == b"_" or after.isalnum() or after == b"_"):
            return True
        at = content.find(name, at + 1)
    return False


def _said(span: Span, name: str, twin: str) -> Said:
    fix = Fix(f"Write {twin}", FixKind.BEHAVIOURAL, (Edit(span, twin.encode()),))
    return Said(
        span, f"{name} is another name than {twin}, which stands in this file and looks just like it", fixes=(fix,)
    )
