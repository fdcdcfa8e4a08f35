"""`make bench`: keystroke to published diagnostics over stdio, start-up and memory; writes docs/benchmarks.md.

A keystroke is one didChange with one character; its time ends when the diagnostics of exactly that version are
read. The keystrokes type statements (so that most versions are half-written code) in the middle of the first,
the middle and the last part of the file, and delete some of it again. For Python, the server of a well-known
linter is driven in the same way on the same files, for comparison. What the engine costs by itself is in costs.py.
"""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "demo"))
sys.path.insert(0, str(Path(__file__).parent))

import changes  # noqa: E402
import costs  # noqa: E402
import following  # noqa: E402
from editor import SERVER, Editor  # noqa: E402
from sources import SUFFIXES, source  # noqa: E402
from timing import Times  # noqa: E402

from gifthorse.model.text import Edit, Span  # noqa: E402
from gifthorse.store.catalogue import load_catalogue  # noqa: E402

SIZES = (300, 3_000, 10_000)
TYPED = {
    "python": "\nvalue = requests.get(url, verify=flag)",
    "go": "\nvar value = tls.Config{InsecureSkipVerify: flag}",
    "other": "\nconst value = https.request(url, { rejectUnauthorized: flag });",
}
DELETED = 8
START_RUNS = 5
TARGETS = "Targets: p95 under 20 ms at 3,000 lines and under 40 ms at 10,000 lines of Python; first diagnostics under 1.5 s; server process under 120 MB."


@dataclass(frozen=True)
class Latency(Times):
    """Milliseconds from keystroke to diagnostics."""

    server: str
    language: str
    lines: int


def keystrokes(text: bytes, typed: str) -> list[Edit]:
    """Type a statement at the start of a line in three parts of the file, and delete its end again."""
    edits: list[Edit] = []
    grown = 0
    for part in (1, 3, 5):
        at = text.index(b"\n\n", len(text) * part // 6) + grown + 1
        for character in typed:
            edits.append(Edit(Span(at, at), character.encode()))
            at += 1
        for _ in range(DELETED):
            edits.append(Edit(Span(at - 1, at), b""))
            at -= 1
        grown += len(typed) - DELETED
    return edits


def measure_latency(name: str, command: Sequence[str], language: str, lines: int, folder: Path) -> Latency:
    """Open one file and type in it."""
    path = folder / f"{language}{lines}{SUFFIXES[language]}"
    path.write_text(source(language, lines), encoding="utf-8")
    times = []
    with Editor(folder, environment(folder), command) as editor:
        uri = editor.open(path, language)
        editor.diagnostics(uri)
        for edit in keystrokes(bytes(editor.texts[uri]), TYPED.get(language, TYPED["other"])):
            started = time.perf_counter()
            editor.change(uri, [edit])
            editor.diagnostics(uri)
            times.append(1000 * (time.perf_counter() - started))
    return Latency(tuple(times), name, language, lines)


def measure_start(folder: Path) -> tuple[float, int]:
    """Seconds from the server's start to the first diagnostics of a 300-line file, and how many there were."""
    path = folder / "start.py"
    path.write_text(source("python", 300), encoding="utf-8")
    started = time.perf_counter()
    with Editor(folder, environment(folder)) as editor:
        found = editor.diagnostics(editor.open(path, "python"))
        return time.perf_counter() - started, len(found)


def measure_memory(folder: Path) -> list[tuple[str, float]]:
    """Resident megabytes of the server and of its analysis processes with a 10,000-line file of each language open."""
    with Editor(folder, environment(folder)) as editor:
        for language, suffix in SUFFIXES.items():
            path = folder / f"memory{suffix}"
            path.write_text(source(language, 10_000), encoding="utf-8")
            editor.diagnostics(editor.open(path, language))
        server = psutil.Process(editor.process.pid)
        rows = [("server process", server.memory_info().rss / 1e6)]
        return rows + [("analysis process", child.memory_info().rss / 1e6) for child in server.children(recursive=True)]


def environment(folder: Path) -> dict[str, str]:
    """The user's environment with a state folder of its own."""
    return {**os.environ, "GIFTHORSE_STATE_DIR": str(folder / "state")}


def machine() -> str:
    """What this was measured on, in one line."""
    memory = psutil.virtual_memory().total / 2**30
    cores = psutil.cpu_count(logical=True)
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def report(latencies: list[Latency], starts: list[float], memory: list[tuple[str, float]], engine: list[str]) -> str:
    """The contents of docs/benchmarks.md."""
    rows = [
        f"| {each.server} | {each.language} | {each.lines:,} | {each.median:.1f} | {each.p95:.1f} | {max(each.times):.1f} |"
        for each in latencies
    ]
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Made by `make bench` (tests/bench/run.py); figures of one run on one machine, to be compared with each other.",
            "",
            f"Machine: {machine()}. {time.strftime('%Y-%m-%d')}.",
            TARGETS,
            "",
            "## Keystroke to published diagnostics, over stdio",
            "One character a change, in three parts of the file, most versions half-written; milliseconds.",
            "",
            "| server | language | lines | median | p95 | slowest |",
            "| --- | --- | ---: | ---: | ---: | ---: |",
            *rows,
            "",
            "## Start to first diagnostics",
            "A 300-line Python file; from starting the process to its first diagnostics; seconds.",
            "",
            f"Median of {len(starts)} starts: {statistics.median(starts):.2f}; slowest: {max(starts):.2f}.",
            "",
            "## Memory",
            "Resident megabytes with a 10,000-line file of each language open.",
            "",
            "| process | MB |",
            "| --- | ---: |",
            *[f"| {name} | {size:.0f} |" for name, size in memory],
            "",
            *engine,
        ]
    )


def main() -> None:
    """Measure everything and write the page."""
    latencies = []
    with tempfile.TemporaryDirectory(prefix="gifthorse-bench-") as name:
        folder = Path(name).resolve()
        servers = [("gifthorse", SERVER, list(SUFFIXES))]
        ruff = shutil.which("ruff", path=str(Path(sys.executable).parent))
        if ruff:
            version = subprocess.run([ruff, "--version"], capture_output=True, text=True, check=True).stdout.strip()
            servers.append((version, (ruff, "server"), ["python"]))
        for server, command, languages in servers:
            for language in languages:
                for lines in SIZES:
                    latencies.append(measure_latency(server, command, language, lines, folder))
                    print(f"{server} {language} {lines}: p95 {latencies[-1].p95:.1f} ms", flush=True)
        starts = [measure_start(folder)[0] for _ in range(START_RUNS)]
        memory = measure_memory(folder)
    catalogue = load_catalogue()
    engine = [*costs.report(catalogue), *changes.report(catalogue), *following.report()]
    page = report(latencies, starts, memory, engine)
    (ROOT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
