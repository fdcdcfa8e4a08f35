"""What it costs besides, in processor time, that each insertion is held against what stood there before.

A file of LINES lines; an assistant inserts or replaces a piece of 5 to 30 lines INSERTIONS times, all over the file. Counted
is what would not be done otherwise: looking for traits besides rules, making the text without the assistant, and
comparing. Run by itself it prints its part of docs/benchmarks.md.
"""

import gc
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sources import SUFFIXES, piece, source
from timing import Times

from gifthorse.change.counterfactual import first_replaced, without_regions
from gifthorse.change.traits import with_traits, without_traits
from gifthorse.change.watched import Version, Watched, watch
from gifthorse.engine.inspect import Inspection, inspect, reinspect
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.follow import Holdings, add, carry, empty
from gifthorse.worker.garbage import Sweeper

LINES = 3_000
INSERTIONS = 100
SHORTEST, LONGEST = 5, 30
TARGET = 10.0
LANGUAGES = ("python", "javascript", "typescript", "go", "java")

T = TypeVar("T")


@dataclass(frozen=True)
class Added(Times):
    """Milliseconds that comparing added to an insertion, and what the file's first comparison took."""

    language: str
    first: float


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds of processor time that it took, and its result."""
    started = time.process_time()
    result = work()
    return 1000 * (time.process_time() - started), result


def starts(language: str, text: bytes) -> list[int]:
    """Where pieces begin."""
    indent = b"    " if language == "java" else b""
    lines, found, at = text.splitlines(keepends=True), [], 0
    for number, line in enumerate(lines):
        head = line[len(indent) :]
        if number and not lines[number - 1].strip() and line.startswith(indent) and head[:1] not in b" \t\n})":
            found.append(at)
        at += len(line)
    return found


def edits(language: str, chance: random.Random, text: Callable[[], bytes]) -> Iterator[Edit]:
    """INSERTIONS edits, each of the text as it is then: every other one puts a piece in the place of one that is there."""
    for number in range(INSERTIONS):
        while not SHORTEST <= (new := piece(language, chance, 90_000 + number)).count("\n") <= LONGEST:
            pass
        places = starts(language, text())
        place = chance.randrange(1, len(places) - 1)
        yield Edit(Span(places[place], places[place + number % 2]), new.encode())


@dataclass
class Session:
    """One file in which an assistant works: as the server and the analysis process know it."""

    path: str
    catalogue: Catalogue
    text: Text
    alone: Inspection
    both: Inspection
    holdings: Holdings
    seen: Watched | None = None

    def __post_init__(self) -> None:
        self.insertions: list[Insertion] = []
        self.inserted: dict[str, bytes] = {}
        self.replaced: dict[str, bytes] = {}
        self.first: dict[str, bytes] = {}

    def insert(self, edit: Edit) -> float:
        """One insertion; what comparing adds to its cost."""
        name, before = f"i{len(self.insertions)}", self.text
        self.text = before.apply(edit)
        content = bytes(self.text)
        one = Insertion(name, Origin("pilot", "agent"), Evidence.REPORTED, "2026-01-01T00:00:00Z", name, None, 5)
        self.insertions.append(one)
        self.inserted[name], self.replaced[name] = edit.new, before.slice(edit.span)
        moved = carry(self.holdings, before, [edit], self.text)
        self.holdings = add(moved, self.text, one, [Span(edit.span.start, edit.span.start + len(edit.new))])
        plain, self.alone = timed(lambda: reinspect(self.alone, [edit], content))
        whole, self.both = timed(lambda: reinspect(self.both, [edit], content))
        return whole - plain + self.compare()

    def compare(self) -> float:
        """What it takes to hold the text against the one without the assistant."""
        took, self.seen = timed(self._compared)
        return took

    def _compared(self) -> Watched:
        content = bytes(self.text)
        self.first = first_replaced(self.insertions, self.inserted, self.replaced, self.first)
        before = without_regions(content, self.holdings, self.first)
        findings = without_traits(self.both.report).findings
        now = Version(self.path, None, content, findings, inspection=self.both)
        return watch(now, before, self.catalogue, self.seen)


def measure(catalogue: Catalogue, language: str) -> Added:
    """An assistant's work in one file."""
    content, path = source(language, LINES).encode(), f"bench{SUFFIXES[language]}"
    inspect(content, path, None, with_traits(catalogue))
    alone = inspect(content, path, None, catalogue)
    looked, both = timed(lambda: inspect(content, path, None, with_traits(catalogue)))
    session = Session(path, catalogue, Text.of(content), alone, both, empty())
    first = looked + session.compare()
    gc.collect()
    usual = gc.get_threshold()
    Sweeper()
    chance = random.Random(language)
    times = [session.insert(edit) for edit in edits(language, chance, lambda: bytes(session.text))]
    gc.set_threshold(*usual)
    gc.unfreeze()
    return Added(tuple(times), language, first)


def report(catalogue: Catalogue) -> list[str]:
    """The part of docs/benchmarks.md that this file measures."""
    rows = [
        f"| {one.language} | {one.median:.1f} | {one.p95:.1f} | {max(one.times):.1f} | {one.first:.0f} |"
        for one in (measure(catalogue, language) for language in LANGUAGES)
    ]
    return [
        "## What comparing adds to an insertion",
        f"{INSERTIONS} insertions of {SHORTEST} to {LONGEST} lines, all over a file of {LINES:,} lines, each held against the file",
        "without them; milliseconds of processor time that would not be spent otherwise, in pauses of typing.",
        f"Target: p95 under {TARGET:.0f} ms. `first`: the file's first comparison, for which it is looked at anew.",
        "",
        "| language | median | p95 | slowest | first |",
        "| --- | ---: | ---: | ---: | ---: |",
        *rows,
        "",
    ]


if __name__ == "__main__":
    from gifthorse.store.catalogue import load_catalogue

    print("\n".join(report(load_catalogue())))
