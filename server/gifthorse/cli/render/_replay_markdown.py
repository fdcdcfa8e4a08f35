"""The outcome of replayed sessions as tables in Markdown, for documents."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from gifthorse.provenance.score import Tally
from gifthorse.workspace.measure import Outcome


def render(outcome: Outcome, sink: TextIO, *, mistakes: bool) -> None:
    """Write the tables; with `mistakes`, a list of them as well."""
    sink.writelines(line + "\n" for line in _lines(outcome))
    if mistakes:
        for name, mistake in outcome.mistakes:
            said = mistake.slip.said or "nobody's"
            sink.write(f"- {name}, step {mistake.step} ({mistake.kind}): of {mistake.slip.writer}, said to be {said}\n")


def _lines(outcome: Outcome) -> Iterator[str]:
    infer = ", with inference" if outcome.infer else ""
    yield f"{outcome.sessions} sessions, {outcome.steps:,} steps{infer}."
    yield ""
    yield from table("source", outcome.sources, steps=False)
    yield ""
    yield from table("kind of edit", outcome.kinds, steps=True)
    yield ""
    yield "| kind of edit | why an assistant's characters were lost | characters |"
    yield "| --- | --- | ---: |"
    for (kind, cause), count in sorted(outcome.causes.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {kind} | {cause} | {count:,} |"


def table(title: str, rows: Mapping[str, Tally], *, steps: bool) -> Iterator[str]:
    """One row for each name; those in which nothing was at stake are left out."""
    heads = [title, *(["steps"] if steps else []), "precision", "recall"]
    heads += ["AI, right", "AI, lost", "AI, other's", "person's", "person's, said AI"]
    yield row(heads)
    yield row(["---", *["---:"] * (len(heads) - 1)])
    for name, tally in sorted(rows.items()):
        counts = (tally.right, tally.lost, tally.mixed_up, tally.spared + tally.blamed, tally.blamed)
        if any(counts):
            shares = [percent(tally.precision), percent(tally.recall)]
            yield row([name, *([f"{tally.steps:,}"] if steps else []), *shares, *(f"{count:,}" for count in counts)])


def row(cells: Iterable[str]) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def percent(share: float | None) -> str:
    """A share as a percentage that is rounded down: only all is 100 %."""
    return "" if share is None else f"{int(share * 10_000) / 100:.2f} %"
