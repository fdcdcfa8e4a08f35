"""What `gifthorse stats` came to, and the tables that every format shows. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gifthorse.model.finding import Severity
from gifthorse.provenance.lines import LineClass
from gifthorse.workspace.statistics import Cell, Count, Statistics

SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
MOST_ROWS = 12
"""Rows of a table that people read; JSON has all."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The Statistics of one root, what they are of in words, and the tables asked for."""

    title: str
    statistics: Statistics
    tables: tuple[str, ...]


def writer(cell: Cell) -> str:
    """Who wrote it: an assistant's tool, a declaration, a person, or nobody knows."""
    if cell.weak:
        return f"{cell.tool} (commit only)"
    if cell.kind is LineClass.AI:
        return cell.tool
    return "a person" if cell.kind is LineClass.HUMAN else "unknown"


def model(cell: Cell) -> str:
    """Which model, where an assistant's is known."""
    if cell.kind is not LineClass.AI:
        return writer(cell)
    return cell.model or f"{cell.tool}, model unknown"


TABLES: dict[str, Callable[[Cell], str]] = {
    "tool": writer,
    "model": model,
    "path": lambda cell: cell.path,
    "language": lambda cell: cell.language,
    "author": lambda cell: cell.author or "unknown",
}
OF_ASSISTANTS = ("path", "language", "author")
"""Tables in which lines of assistants have their own column, since a row has lines of everybody."""


def rows(counted: Counted, table: str) -> Iterator[tuple[str, Count, Count]]:
    """(name, all lines, those of assistants) of each row of a table, the most lines first."""
    key = TABLES[table]
    ours: dict[str, Count] = {}
    for cell, count in counted.statistics.cells.items():
        if cell.kind is LineClass.AI:
            ours.setdefault(key(cell), Count()).add(count)
    for name, count in counted.statistics.by(key):
        yield name, count, ours.get(name, Count())


def share(part: int, whole: int) -> str:
    """A share in whole per cent, at most all; a dash where there is nothing to share."""
    return f"{min(part, whole) / whole:.0%}" if whole else "-"


def cells(counted: Counted, table: str, count: Count, ours: Count) -> list[str]:
    """What a row says, without its name."""
    findings = [
        f"{count.density(one):.1f}" if count.retained and counted.statistics.analysed else "-" for one in SEVERITIES
    ]
    kept = [f"{count.inserted:,}", f"{count.retained:,}", share(count.retained, count.inserted)]
    ai = [share(ours.retained, count.retained)] if table in OF_ASSISTANTS else []
    return [*kept, *ai, *findings, share(ours.reviewed, ours.retained)]


def heads(table: str) -> list[str]:
    """The names of the columns, without the first."""
    ai = ["AI"] if table in OF_ASSISTANTS else []
    return ["inserted", "retained", "left", *ai, "high", "medium", "low", "reviewed"]


def summary(counted: Counted) -> str:
    """One sentence: how much, and whose it is now."""
    found = counted.statistics
    whole = found.total()
    names = {LineClass.AI: "AI", LineClass.HUMAN: "a person's", LineClass.UNKNOWN: "unknown"}
    parts = []
    for kind, name in names.items():
        count = found.total(lambda cell, kind=kind: cell.kind is kind)  # type: ignore[misc]
        if count.retained:
            mixed = f", {count.mixed:,} of them mixed" if count.mixed else ""
            parts.append(f"{count.retained:,} {name} ({share(count.retained, whole.retained)}{mixed})")
    told = "; ".join(parts) or "none"
    return f"{whole.inserted:,} lines inserted, {whole.retained:,} retained: {told}"


def remarks(counted: Counted) -> Iterator[str]:
    """What one should know of the numbers."""
    found = counted.statistics
    if not found.analysed:
        yield "Nobody looked for findings."
    elif found.unanalysed:
        yield f"{found.unanalysed:,} of {found.files:,} files could not be analysed in full: their findings are too few."
    yield from found.notices
