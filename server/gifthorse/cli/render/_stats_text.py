"""Statistics for people at a terminal: one sentence, then tables."""

import os
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from gifthorse.cli.render._excerpt import visible
from gifthorse.cli.render._outcome import counted as worded
from gifthorse.cli.render._stats import MOST_ROWS, Counted, cells, heads, remarks, rows, summary

NARROWEST, WIDEST, UNSEEN = 72, 130, 104


def render(counted: Counted, sink: TextIO) -> None:
    """Write everything to `sink`, in colour where it is a terminal that has it."""
    person = sink.isatty() or "COLUMNS" in os.environ
    console = Console(
        file=sink, width=None if person else UNSEEN, highlight=False, soft_wrap=True, emoji=False, markup=False
    )
    width = max(NARROWEST, min(console.width, WIDEST))
    encoding = console.encoding or "ascii"
    for line in _lines(counted, width, encoding, console):
        line.rstrip()
        console.print(line)


def _lines(counted: Counted, width: int, encoding: str, console: Console) -> Iterator[Styled]:
    found = counted.statistics
    yield Styled(visible(counted.title, encoding), "bold")
    yield Styled(f"{worded(found.commits, 'commit')}, {worded(found.files, 'file')}", "dim")
    yield from Styled(summary(counted)).wrap(console, width)
    for table in counted.tables:
        yield Styled()
        yield from _table(counted, table, width, encoding)
    yield Styled()
    yield from Styled(
        "high, medium, low: findings per 1,000 retained lines. reviewed: approved lines of assistants.", "dim"
    ).wrap(console, width)
    for remark in remarks(counted):
        yield from Styled(visible(remark, encoding), "dim").wrap(console, width)


def _table(counted: Counted, table: str, width: int, encoding: str) -> Iterator[Styled]:
    found = [
        (visible(name, encoding), cells(counted, table, count, ours)) for name, count, ours in rows(counted, table)
    ]
    names = heads(table)
    widths = [max(len(row[n]) for row in (names, *(told for _, told in found))) for n in range(len(names))]
    room = width - sum(widths) - 2 * len(widths)
    first = max(len(table) + 3, min(room, max((cell_len(name) for name, _ in found), default=0)))
    yield Styled(_row(f"by {table}", names, first, widths, encoding), "bold")
    for name, told in found[:MOST_ROWS]:
        yield Styled(_row(name, told, first, widths, encoding))
    if len(found) > MOST_ROWS:
        yield Styled(f"and {len(found) - MOST_ROWS:,} more; --format json has all", "dim")


def _row(name: str, told: Sequence[str], first: int, widths: Sequence[int], encoding: str) -> str:
    shown = _fitted(name, first, encoding)
    return shown + "".join(f"  {word:>{size}}" for word, size in zip(told, widths, strict=True))


def _fitted(name: str, width: int, encoding: str) -> str:
    """The name in exactly so many cells; of a long one the end, which tells more of a path."""
    more = "…" if encoding.lower().startswith("utf") else "..."
    if cell_len(name) > width:
        while cell_len(name) > width - len(more):
            name = name[1:]
        name = more + name
    return name + " " * (width - cell_len(name))
