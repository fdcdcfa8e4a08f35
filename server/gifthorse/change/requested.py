"""The entries that a change brings to a manifest, with where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from gifthorse.change.compare import Change
from gifthorse.change.manifest import Entry, Manifest, read_manifest, reader_of
from gifthorse.model.text import Span


@dataclass(frozen=True, slots=True)
class Requested:
    """An entry, and the span of its name."""

    entry: Entry
    span: Span


def manifests(change: Change) -> tuple[Manifest, Manifest]:
    """What the file says, before and after, where it is a manifest; else nothing."""
    file = PurePosixPath(change.path).name
    ecosystem = reader_of(file)
    if not ecosystem:
        return Manifest(), Manifest()
    old, new = (side.content.decode("utf-8", "replace") for side in (change.before, change.after))
    return read_manifest(ecosystem, file, old), read_manifest(ecosystem, file, new)


def requested(change: Change) -> Iterator[Requested]:
    """The entries that are new, or ask for something else than before."""
    before, after = manifests(change)
    known = set(before.entries)
    for entry in after.entries:
        span = None if entry in known else place(change, entry.name.split(":")[-1])
        if span is not None:
            yield Requested(entry, span)


def place(change: Change, name: str) -> Span | None:
    """Where a name stands in what the change brings."""
    pattern = re.compile(rb"(?<![\w-])" + re.escape(name.encode()) + rb"(?![\w-])")
    spans = (Span(*hit.span()) for hit in pattern.finditer(change.after.content))
    return next((span for span in spans if change.brings(span)), None)


def entry_line(span: Span, content: bytes) -> Span | None:
    """The line of an entry that stands on one of its own, with the comma before it where it is the last of a list."""
    start, end = content.rfind(b"\n", 0, span.start) + 1, content.find(b"\n", span.end)
    end = len(content) if end < 0 else end + 1
    line = content[start:end].strip()
    alone = re.fullmatch(
        rb"""["']?[\w@./~-]+["']?\s*(?:[:=,<>~!^].*)?|["'][^"']+["'],?|- .*|gem .*|<Package.*/>""", line
    )
    if alone is None or line.endswith((b"{", b"[")) or line.count(b"{") != line.count(b"}"):
        return None
    before = content[:start].rstrip()
    if not line.endswith(b",") and before.endswith(b",") and content[end:].lstrip().startswith((b"}", b"]")):
        return Span(len(before) - 1, end - 1)
    return Span(start, end)
