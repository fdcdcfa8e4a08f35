"""The outcome of replayed sessions in a terminal."""

from collections.abc import Mapping
from typing import TextIO

from rich.console import Console
from rich.table import Table

from gifthorse.cli.render._excerpt import visible
from gifthorse.cli.render._replay_markdown import percent
from gifthorse.provenance.score import Tally
from gifthorse.workspace.measure import Outcome


def render(outcome: Outcome, sink: TextIO, *, mistakes: bool) -> None:
    """Write tables by source and by kind of edit, why characters were lost, and with `mistakes` each of them."""
    width = None if sink.isatty() else 140
    console = Console(file=sink, width=width, highlight=False, markup=False, emoji=False)
    console.print(f"{outcome.sessions} sessions, {outcome.steps:,} steps")
    console.print(_table("source", outcome.sources))
    console.print(_table("kind of edit", outcome.kinds))
    losses = Table("lost by", "cause", "characters", box=None, header_style="bold")
    for (kind, cause), count in outcome.causes.most_common():
        losses.add_row(kind, cause, f"{count:,}")
    if outcome.causes:
        console.print(losses)
    for name, mistake in outcome.mistakes if mistakes else ():
        said = f"said to be {mistake.slip.said}'s" if mistake.slip.said else f"lost: {mistake.cause}"
        text = visible(mistake.text, sink.encoding or "utf-8")
        console.print(f"{name}, step {mistake.step}, {mistake.kind}: {text!r} of {mistake.slip.writer} {said}")


def _table(title: str, rows: Mapping[str, Tally]) -> Table:
    table = Table(title, "precision", "recall", "AI, right", "AI, lost", "AI, other's", "person's", "said AI", box=None)
    for name, tally in sorted(rows.items()):
        counts = (tally.right, tally.lost, tally.mixed_up, tally.spared + tally.blamed, tally.blamed)
        if any(counts):
            table.add_row(name, percent(tally.precision), percent(tally.recall), *(f"{count:,}" for count in counts))
    return table
