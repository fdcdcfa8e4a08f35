"""Places in other files, as Steps that tell where they are without those files."""

from collections.abc import Mapping

from gifthorse.engine.evaluate.imports import Imports, file_of
from gifthorse.engine.evaluate.taint import Site
from gifthorse.model.finding import Elsewhere, Step
from gifthorse.model.text import Span

MAX_LINES = 20_000
"""Bytes of another file's lines that go along with a step."""


def step_abroad(site: Site, note: str, imports: Imports) -> Step | None:
    """A Step in another file, with the lines in which it stands; None where that is not known any more."""
    file = imports.files.get(file_of(site.path))
    start = _start(file.positions(), site.path) if file is not None else None
    if file is None or start is None:
        return None
    span, content = Span(start + site.start, start + site.end), file.content
    head = max(content.rfind(b"\n", 0, span.start), content.rfind(b"\r", 0, span.start)) + 1
    ends = [end for end in (content.find(b"\n", span.end), content.find(b"\r", span.end)) if end >= 0]
    tail = min([*ends, len(content), head + MAX_LINES])
    if span.end > tail:
        span = Span(min(span.start, tail), tail)
    before = content[:head]
    first = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
    where = Elsewhere(file_of(site.path), first, content[head:tail])
    return Step(span.shifted(-head), note, where)


def _start(positions: Mapping[str, int], path: str) -> int | None:
    """Where a part begins; of a function inside another one, where that one does."""
    while path not in positions and "/" in path.rpartition("\0")[2]:
        path = path.rpartition("/")[0]
    return positions.get(path)
