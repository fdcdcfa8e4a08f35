"""What notes and traces say of the present texts, taken into the journal as Regions with the evidence "recorded".

From then on they are followed through edits, shown in editors and reviewed like any others. What the journal knows
already, or was once told and has given up (rejected, called a person's), is left as it is.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from gifthorse.model.event import Inserted
from gifthorse.model.insertion import Insertion
from gifthorse.model.text import Span, Text
from gifthorse.provenance.formats.git_ai import Speaker
from gifthorse.provenance.holdings import add
from gifthorse.provenance.lines import LineClass
from gifthorse.provenance.reattach import reattach
from gifthorse.provenance.statements import Source
from gifthorse.workspace.authorship import Authorship, Line, authorship
from gifthorse.workspace.carried import insertion_of, line_spans
from gifthorse.workspace.history import History

NOTES = frozenset({Source.NOTE, Source.CARRIED})
TRACES = frozenset({Source.TRACE})


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in for one file."""

    name: str
    regions: int
    lines: int


def take_in(history: History, name: str, text: Text, sources: frozenset[Source]) -> Taken:
    """Write down what `sources` say of a file of the root. Raises OSError where the journal does not take it."""
    workspace = history.workspace
    found = list(_insertions(authorship(history, name, text), sources))
    memory = workspace.remembered(name, text)
    new = [(insertion, spans) for insertion, spans in found if insertion.id not in memory.insertions]
    if not new:
        return Taken(name, 0, 0)
    holdings = reattach(memory.anchors, text)
    for insertion, spans in new:
        holdings = add(holdings, text, insertion, spans)
        workspace.journal.append(Inserted(name, insertion))
    workspace.remember(name, text, holdings)
    return Taken(name, len(new), sum(len(spans) for _, spans in new))


def _insertions(known: Authorship, sources: frozenset[Source]) -> Iterator[tuple[Insertion, list[Span]]]:
    """The Insertions that are recorded, each with the lines that it still has. Their ids are the same each time."""
    spans = line_spans(bytes(known.text))
    for (commit, source, who), lines in _by_record(known, sources).items():
        own = [spans[line.number - 1] for line in lines]
        named = repr((str(source), commit, known.name, who.tool, who.model, who.session))
        name = f"recorded-{hashlib.sha256(named.encode()).hexdigest()[:32]}"
        yield insertion_of(name, who, _when(known, commit), known.text, own), own


def _by_record(known: Authorship, sources: frozenset[Source]) -> dict[tuple[str, Source, Speaker], Sequence[Line]]:
    result: dict[tuple[str, Source, Speaker], list[Line]] = {}
    for line in known.lines:
        first = line.first
        if first is None or line.blank or line.kind is not LineClass.AI or first.source not in sources:
            continue
        who = Speaker(LineClass.AI, first.tool, first.model, first.session)
        result.setdefault((line.cause.commit if line.cause else "", first.source, who), []).append(line)
    return dict(result)


def _when(known: Authorship, commit: str) -> str:
    """When it was committed; now for what is not."""
    found = known.commits.get(commit)
    try:
        at = datetime.fromtimestamp(found.time, UTC) if found else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        at = datetime.now(UTC)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
