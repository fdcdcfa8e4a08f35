"""What the engine costs by itself, in processor time: against the bare parse, against the number of rules, per edit.

Processor time and ratios, because they hold on a busy machine too. The texts are those of `sources.py`; for the
other languages the engine's own test cases, which are dense with what rules look for.
"""

import gc
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sources import SUFFIXES, source
from timing import Times

from gifthorse.engine.inspect import Inspection, inspect, reinspect
from gifthorse.engine.languages import language_of, prepare
from gifthorse.engine.syntax import parse
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule
from gifthorse.model.text import Edit, Span

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "engine" / "cases"
LINES = 3_000
NUMBERS = (50, 500, 5_000)
SCANNED = 40
TYPED = b"  value = compute(url, 1)\n  total(value)\n"


@dataclass(frozen=True)
class Whole:
    """A language's whole-file cost. `ratio`: a first inspection against the bare parse of the same text."""

    language: str
    lines: int
    ratio: float
    speed: float


@dataclass(frozen=True)
class Edits(Times):
    """Milliseconds of processor time from an edit to the report."""

    language: str


def spent(work: Callable[[], object], runs: int = 3) -> float:
    """The least seconds of processor time that it took."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def texts() -> Iterator[tuple[str, str, bytes]]:
    """A language, a file name and a text for each language that has one."""
    for language, suffix in SUFFIXES.items():
        yield language, f"bench{suffix}", source(language, LINES).encode()
    for folder in sorted(CASES.iterdir()):
        files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
        if files and folder.name not in SUFFIXES:
            yield folder.name, files[0].name, files[0].read_bytes()


def measure_whole(catalogue: Catalogue) -> list[Whole]:
    """Each language's cost of a first inspection."""
    prepared, found = prepare(catalogue), []
    for name, file, text in texts():
        language = language_of(file, None, catalogue)
        if language is None or not language.grammar:
            continue
        grammar = prepared.grammar(language)
        inspect(text, file, None, catalogue)
        bare = spent(lambda grammar=grammar, text=text: [parse(grammar, text) for _ in range(20)]) / 20
        whole = spent(lambda file=file, text=text: inspect(text, file, None, catalogue))
        lines = text.count(b"\n") + 1
        found.append(Whole(name, lines, whole / bare, lines / whole))
    return found


def many_rules(catalogue: Catalogue, number: int) -> Catalogue:
    """A Catalogue of so many rules, each of a function of its own in a library of its own."""
    rules = {}
    for serial in range(number):
        match = Match(MatchKind.CALL, ("python",), (f"library{serial}.function{serial}", f"**.method{serial}"))
        name = f"rule-{serial}"
        rules[name] = Rule(name, "bench", (1,), Severity.LOW, Confidence.LOW, name, name, "", "", (), (match,), ())
    return Catalogue(rules, catalogue.languages, f"bench-{number}")


def measure_rules(catalogue: Catalogue) -> list[tuple[int, float]]:
    """Seconds for one Python text, by the number of rules."""
    text, found = source("python", LINES).encode(), []
    for number in NUMBERS:
        made = many_rules(catalogue, number)
        inspect(text, "bench.py", None, made)
        found.append((number, spent(lambda made=made: inspect(text, "bench.py", None, made))))
    return found


def measure_edits(catalogue: Catalogue) -> list[Edits]:
    """A line typed character by character in the first, the middle and the last part of a file of LINES lines."""
    found = []
    for language, suffix in SUFFIXES.items():
        text, times = source(language, LINES).encode(), []
        inspection = inspect(text, f"bench{suffix}", None, catalogue)
        gc.collect()
        gc.freeze()
        for part in (1, 3, 5):
            at = text.index(b"\n", text.index(b"return", len(text) * part // 6)) + 1
            for byte in TYPED:
                edit = Edit(Span(at, at), bytes([byte]))
                text, at = text[:at] + edit.new + text[at:], at + 1
                started = time.process_time()
                inspection = reinspect(inspection, [edit], text)
                times.append(1000 * (time.process_time() - started))
        gc.unfreeze()
        found.append(Edits(tuple(times), language))
    return found


def measure_memory(catalogue: Catalogue) -> list[tuple[str, float]]:
    """How many times its text an inspection holds in memory, the syntax tree aside."""
    found = []
    for language, suffix in SUFFIXES.items():
        text = source(language, LINES).encode()
        inspect(text, f"bench{suffix}", None, catalogue)
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        kept: Inspection = inspect(text, f"bench{suffix}", None, catalogue)
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        found.append((language, (after - before) / len(kept.content)))
    return found


def measure_scan() -> tuple[int, float]:
    """Lines of a folder of ordinary code in all languages of `sources`, and the seconds that a cold scan of it takes."""
    with tempfile.TemporaryDirectory(prefix="gifthorse-scan-") as name:
        folder, lines = Path(name), 0
        for number in range(SCANNED):
            for language, suffix in SUFFIXES.items():
                text = source(language, 400, seed=number)
                (folder / f"{language}{number}{suffix}").write_text(text, encoding="utf-8")
                lines += text.count("\n")
        command = [sys.executable, "-P", "-m", "gifthorse", "scan", "--no-config", "--format", "json", str(folder)]
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        return lines, time.perf_counter() - started


def is_compiled() -> bool:
    """Whether the engine that is measured is native code."""
    module = sys.modules["gifthorse.engine.syntax"]
    return not str(module.__file__).endswith(".py")


def report(catalogue: Catalogue) -> list[str]:
    """The part of docs/benchmarks.md that this file measures."""
    lines, seconds = measure_scan()
    whole = [
        f"| {one.language} | {one.lines:,} | {one.ratio:.1f} | {one.speed:,.0f} |" for one in measure_whole(catalogue)
    ]
    rules = [f"| {number:,} | {1000 * time_spent:.0f} |" for number, time_spent in measure_rules(catalogue)]
    edits = [f"| {one.language} | {one.median:.1f} | {one.p95:.1f} |" for one in measure_edits(catalogue)]
    memory = [f"| {language} | {factor:.0f} |" for language, factor in measure_memory(catalogue)]
    return [
        "## The engine by itself",
        f"Processor time; the engine is {'compiled' if is_compiled() else 'not compiled'}.",
        f"A cold `gifthorse scan` of {lines:,} lines in {len(SUFFIXES) * SCANNED} files: {lines / seconds:,.0f} lines a second.",
        "",
        "First inspection (parse, facts, evaluation, rules, raw text) against the bare parse:",
        "",
        "| language | lines | times the parse | lines a second |",
        "| --- | ---: | ---: | ---: |",
        *whole,
        "",
        f"The number of rules, a Python text of {LINES:,} lines, milliseconds:",
        "",
        "| rules | whole file |",
        "| ---: | ---: |",
        *rules,
        "",
        f"An edit in {LINES:,} lines, from the text to the report, milliseconds:",
        "",
        "| language | median | p95 |",
        "| --- | ---: | ---: |",
        *edits,
        "",
        "Memory that one inspection holds, as a multiple of its text:",
        "",
        "| language | times |",
        "| --- | ---: |",
        *memory,
        "",
    ]


if __name__ == "__main__":
    from gifthorse.store.catalogue import load_catalogue

    print("\n".join(report(load_catalogue())))
