"""What provenance costs by itself, in processor time: a keystroke, reopening, memory, a rewrite from outside, a claim.

The sizes are those of a large workspace; every figure has a target beside it. Run by itself it prints its part of
docs/benchmarks.md.
"""

import gc
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass

from gifthorse.model.event import Anchored
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.anchor import anchors, search
from gifthorse.provenance.diff import outside_change
from gifthorse.provenance.follow import Holdings, carry
from gifthorse.provenance.history import History
from gifthorse.provenance.holdings import Record
from gifthorse.provenance.marks import Owned, of
from gifthorse.provenance.recognise import Signal, receive
from gifthorse.provenance.substance import substance
from gifthorse.workspace.memory import recall

LINES, REGIONS = 20_000, 1_000
FILES, IN_EACH = 100, 100
REWRITTEN = 10_000


@dataclass(frozen=True)
class Figure:
    """One cost, in the unit of its name, and what it should stay under."""

    name: str
    measured: float
    target: float


def insertion(name: str, size: int) -> Insertion:
    """An Insertion of so many bytes that count."""
    return Insertion(name, Origin("pilot", "agent"), Evidence.REPORTED, "2026-01-01T00:00:00Z", name, None, size)


def held(text: Text, count: int, prefix: str = "r") -> Holdings:
    """`count` Regions of two stretches each, spread evenly."""
    step = len(text) // count
    pieces, records = [], {}
    for number in range(count):
        start, name = number * step, f"{prefix}{number}"
        spans = [Span(start, start + step // 3), Span(start + step // 2, start + step // 2 + step // 4)]
        weight = sum(substance(text.slice(span)) for span in spans)
        pieces += [Owned(*span, name) for span in spans]
        records[name] = Record(insertion(name, weight), weight)
    return Holdings(of(pieces), records)


def code(lines: int, seed: int = 0) -> bytes:
    """Lines of which each is another one."""
    return b"".join(b"value_%d_%d = compute(%d, 'x', total)\n" % (seed, number, number) for number in range(lines))


def spent(work: Callable[[], object], runs: int = 5) -> float:
    """The least milliseconds of processor time that it took."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        work()
        best = min(best, 1000 * (time.process_time() - started))
    return best


def keystrokes() -> list[float]:
    """Milliseconds of single characters: runs of 50 typed or deleted at the start, in the middle and at the end."""
    text = Text.of(code(LINES))
    holdings, times = held(text, REGIONS), []
    for place in range(600):
        run, number = divmod(place, 50)
        at = (run % 3) * (len(text) // 2 - 100) + (50 - number if run % 2 else number)
        edit = Edit(Span(at, at + 1), b"") if run % 2 else Edit(Span(at, at), b"x")
        after = text.apply(edit)
        started = time.process_time()
        holdings = carry(holdings, text, [edit], after)
        times.append(1000 * (time.process_time() - started))
        text = after
    return times


def reopening() -> float:
    """Milliseconds to find 10,000 Regions in 100 files again, from what a journal holds to Regions."""
    files = []
    for number in range(FILES):
        text = Text.of(code(1_000, number))
        found = anchors(held(text, IN_EACH, f"f{number}-"), text)
        plain = tuple(json.loads(json.dumps([asdict(anchor) for anchor in found])))
        names = tuple(anchor.insertion.id for anchor in found)
        files.append(([Anchored("a.py", text.digest(), plain, names)], bytes(text)))

    def reopen() -> None:
        for events, content in files:
            text = Text.of(content)
            memory = recall(events, text.digest())
            assert len(search(memory.anchors, text).holdings.regions()) == IN_EACH

    gc.collect()
    return spent(reopen, 3)


def memory() -> float:
    """Bytes that one of 10,000 Regions takes in the server."""
    text = Text.of(code(LINES))
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = held(text, 10_000)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / len(kept.records)


def rewrite() -> float:
    """Milliseconds to carry Regions through a rewrite of a file of 10,000 lines by another program."""
    old = code(REWRITTEN).splitlines(keepends=True)
    new = [line.replace(b"compute", b"calculate") if number % 50 == 0 else line for number, line in enumerate(old)]
    new[5_000:5_000] = [b"inserted_%d()\n" % number for number in range(40)]
    before, after = Text.of(b"".join(old)), Text.of(b"".join(new))
    holdings = held(before, 500)
    return spent(lambda: carry(holdings, before, outside_change(before, after), after))


def anchored_again() -> float:
    """Milliseconds to find Regions again in a file of 10,000 lines that changed while nobody followed."""
    text = Text.of(code(REWRITTEN))
    kept = anchors(held(text, 500), text)
    changed = Text.of(b"# a line above\n" + bytes(text).replace(b"compute(77", b"calculate(77"))
    return spent(lambda: search(kept, changed))


def claim() -> float:
    """Milliseconds to receive a claim about 40 lines, after 63 other changes, in a file of 20,000 lines."""
    text, history = Text.of(code(LINES)), History()
    holdings = held(text, REGIONS)
    new = code(40, 7)
    for version in range(2, 66):
        edit = Edit(Span(1_000, 1_000), b"x" if version < 65 else new)
        after = text.apply(edit)
        holdings, history = carry(holdings, text, [edit], after), history.pushed(version, text, [edit])
        text = after
    spans = (Span(1_000, 1_000 + len(new)),)
    signal = Signal("new", "2026-01-01T00:00:00Z", 65, spans, Origin("pilot", "agent"), "reported")
    return spent(lambda: receive(holdings, history, text, signal))


def measured() -> list[Figure]:
    """All figures."""
    times = keystrokes()
    return [
        Figure(f"keystroke among {REGIONS:,} Regions in {LINES:,} lines, median, ms", statistics.median(times), 0.5),
        Figure("the same, p99, ms", statistics.quantiles(times, n=100)[98], 0.5),
        Figure(f"{FILES * IN_EACH:,} Regions in {FILES} files found again, ms", reopening(), 500),
        Figure("memory of one Region, bytes", memory(), 1_000),
        Figure(f"{REWRITTEN:,} lines rewritten from outside, 500 Regions carried, ms", rewrite(), 50),
        Figure(f"{REWRITTEN:,} lines changed while closed, 500 Regions found again, ms", anchored_again(), 50),
        Figure("a claim about 40 lines after 63 other changes, ms", claim(), 50),
    ]


def report() -> list[str]:
    """The part of docs/benchmarks.md that this file measures."""
    rows = [f"| {one.name} | {one.measured:,.3g} | {one.target:,g} |" for one in measured()]
    return [
        "## Provenance by itself",
        "Processor time of following Regions; nothing of it waits for analysis.",
        "",
        "| cost | measured | target |",
        "| --- | ---: | ---: |",
        *rows,
        "",
    ]


if __name__ == "__main__":
    print("\n".join(report()))
