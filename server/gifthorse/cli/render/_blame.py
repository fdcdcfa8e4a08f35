"""What `gifthorse blame` came to, and the words in which every format says it. Pure.

Lines that follow each other and have the same origin are a Block; blank lines belong to the block before them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from gifthorse.model.insertion import Evidence
from gifthorse.model.text import Text
from gifthorse.provenance.lines import LineClass
from gifthorse.provenance.statements import Source, Statement
from gifthorse.store.objects import Commit
from gifthorse.workspace.authorship import Authorship, Line, recording
from gifthorse.workspace.judge import Judged

EVIDENCE = {
    Evidence.REPORTED: "reported by the editor or assistant",
    Evidence.HOOKED: "told by the agent's hook",
    Evidence.RECORDED: "recorded by another program",
    Evidence.INFERRED: "inferred from the shape of the edit",
    Evidence.COPIED: "copied from text that is an assistant's",
}
SOURCES = {
    Source.NOTE: "recorded in a git note",
    Source.CARRIED: "recorded in the git note of {where}, the same change",
    Source.TRACE: "recorded in an agent trace",
    Source.MARKER: "declared by a comment",
    Source.COMMIT: "declared by the commit",
    Source.PERSON: "said by a person",
}


@dataclass(frozen=True, slots=True)
class Blamed:
    """One file. `shown` is its text with secrets covered; `first` to `last` are the lines asked for (from 1).

    `judged`: the findings in these lines; `analysed` is False where nobody knows what is in the file.
    """

    path: str
    authorship: Authorship
    shown: Text
    first: int
    last: int
    judged: tuple[Judged, ...] = ()
    analysed: bool = True
    notices: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines asked for."""
        return self.authorship.lines[self.first - 1 : self.last]

    def line_of(self, judged: Judged) -> int:
        """The line (from 1) on which a finding begins."""
        return bytes(self.shown)[: judged.finding.span.start].count(b"\n") + 1


@dataclass(frozen=True, slots=True)
class Block:
    """Lines with one origin. `commit` is None for what is not committed."""

    lines: tuple[Line, ...]
    commit: Commit | None
    statements: tuple[Statement, ...]
    kind: LineClass

    @property
    def first(self) -> Statement | None:
        """The statement that counts."""
        return self.statements[0] if self.statements else None


def blocks(blamed: Blamed) -> list[Block]:
    """The lines asked for as Blocks, in order."""
    runs: list[list[Line]] = []
    for line in blamed.lines:
        if runs and (line.blank or _key(line) == _key(_speaking(runs[-1]))):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [_block(blamed, run) for run in runs]


def _speaking(run: Sequence[Line]) -> Line:
    """The line that says what the run is: the first that is not blank."""
    return next((line for line in run if not line.blank), run[0])


def _key(line: Line) -> tuple[object, ...]:
    """What makes a line belong to the block before it. Lines of one Region may be mixed here and there."""
    first, commit = line.first, line.cause.commit if line.cause else ""
    if first is None or first.region:
        return (commit, line.kind if first is None else first.region)
    return (commit, line.kind, first.source, first.evidence, first.tool, first.model, first.person)


def _block(blamed: Blamed, run: Sequence[Line]) -> Block:
    line = _speaking(run)
    commit = blamed.authorship.commits.get(line.cause.commit) if line.cause else None
    kinds = {one.kind for one in run if not one.blank}
    return Block(tuple(run), commit, line.statements, LineClass.AI if LineClass.AI in kinds else line.kind)


def label(kind: LineClass, statement: Statement | None) -> str:
    """The class in the words that people see."""
    if kind is LineClass.AI:
        return "possibly AI" if statement and statement.evidence is Evidence.INFERRED else "AI"
    return {LineClass.HUMAN: "person", LineClass.MIXED: "mixed"}.get(kind, "unknown")


def who(statement: Statement) -> str:
    """The assistant with its model, or the person, as far as they are named."""
    if statement.kind is LineClass.HUMAN:
        return statement.person or "a person"
    tool = statement.tool or "an assistant"
    return f"{tool} ({statement.model})" if statement.model else tool


def evidence(statement: Statement) -> str:
    """Why it is believed, in words."""
    if statement.source is Source.JOURNAL and statement.evidence:
        return EVIDENCE.get(statement.evidence, str(statement.evidence))
    said = SOURCES.get(statement.source, str(statement.source)).format(where=statement.where[:7])
    return f"{said} ({statement.person})" if statement.source is Source.COMMIT and statement.person else said


def retained(blamed: Blamed, block: Block) -> float | None:
    """How much of what arrived with these lines is still here (0 to 1), or None where nobody knows."""
    first, line = block.first, _speaking(block.lines)
    if first is None or block.kind is LineClass.HUMAN:
        return None
    if region := blamed.authorship.regions.get(first.region):
        return region.retained
    name = recording(line.cause, first) if line.cause else None
    return blamed.authorship.retained.get(name) if name else None


def standing(blamed: Blamed, block: Block) -> str:
    """The review state, or "" for what is nobody's to review."""
    region = blamed.authorship.regions.get(block.first.region) if block.first else None
    if region is not None:
        return str(region.standing)
    return "unreviewed" if block.kind in (LineClass.AI, LineClass.MIXED) else ""


def details(blamed: Blamed, block: Block) -> Iterator[str]:
    """What is known of a block beside its class and who: each a few words."""
    first = block.first
    if first is None:
        return
    if block.kind is LineClass.UNKNOWN:
        model = f" ({first.model})" if first.model else ""
        yield f"the commit names {first.tool}{model} by its {first.person}, but not which lines"
        return
    if first.region and any(line.kind is LineClass.MIXED for line in block.lines):
        yield f"{_share(block):.0%} of it AI"
    yield evidence(first)
    kept = retained(blamed, block)
    if kept is not None:
        yield f"{kept:.0%} left"
    if stands := standing(blamed, block):
        yield stands
    others = [one for one in block.statements[1:] if _differs(one, first)]
    if agreed := dict.fromkeys(evidence(one) for one in others if who(one) == who(first)):
        yield f"also {' and '.join(agreed)}"
    yield from dict.fromkeys(f"but {who(one)}: {evidence(one)}" for one in others if who(one) != who(first))


def _differs(one: Statement, first: Statement) -> bool:
    return one.source is not first.source and (one.kind is not LineClass.UNKNOWN or one.tool != first.tool)


def _share(block: Block) -> float:
    weights = [(len(b"".join(line.content.split())), line.share) for line in block.lines]
    whole = sum(weight for weight, _ in weights)
    return sum(weight * share for weight, share in weights) / whole if whole else 0.0


def day(commit: Commit) -> str:
    """The day of a commit, where its author was."""
    try:
        return datetime.fromtimestamp(commit.time, timezone(timedelta(minutes=commit.offset))).strftime("%Y-%m-%d")
    except (ValueError, OverflowError, OSError):
        return "?"


def moment(commit: Commit) -> str:
    """The time of a commit as RFC 3339 in UTC, or "" for one that no calendar has."""
    try:
        return datetime.fromtimestamp(commit.time, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one assistant has in the lines asked for. `kept`: None where nobody knows."""

    who: str
    lines: int
    evidence: tuple[str, ...]
    kept: float | None
    findings: int
    standings: Mapping[str, int]


def counts(lines: Iterable[Line]) -> dict[LineClass, int]:
    """Lines by class, without blank ones."""
    found = Counter(line.kind for line in lines if not line.blank)
    return {kind: found[kind] for kind in (LineClass.AI, LineClass.MIXED, LineClass.HUMAN, LineClass.UNKNOWN)}


def shares(blamed: Blamed) -> list[Share]:
    """What each assistant has, the largest share first."""
    found: dict[str, list[Block]] = {}
    for block in blocks(blamed):
        if block.first and block.kind in (LineClass.AI, LineClass.MIXED):
            found.setdefault(who(block.first), []).append(block)
    result = [_shared(blamed, name, own) for name, own in found.items()]
    return sorted(result, key=lambda share: (-share.lines, share.who))


def _shared(blamed: Blamed, name: str, own: Sequence[Block]) -> Share:
    numbers = {line.number for block in own for line in block.lines if not line.blank}
    kept = [value for block in own if (value := retained(blamed, block)) is not None]
    return Share(
        who=name,
        lines=len(numbers),
        evidence=tuple(dict.fromkeys(str(block.first.evidence) for block in own if block.first)),
        kept=sum(kept) / len(kept) if kept else None,
        findings=sum(blamed.line_of(judged) in numbers for judged in blamed.judged),
        standings=Counter(stands for block in own if (stands := standing(blamed, block))),
    )
