"""Who wrote each line of a file, by all that is known: the journal, notes, traces, marker comments, commits. No output.

git says which commit brought a line; what is recorded of that commit, and what the journal knows of the text as it is
now, is said of the line. Where nothing is said the line stays unknown: git's author is who committed it, no more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gifthorse.model.insertion import Evidence
from gifthorse.model.region import Region
from gifthorse.model.text import Text
from gifthorse.provenance.declared import marked
from gifthorse.provenance.lines import LineClass, LineOrigin, classify
from gifthorse.provenance.statements import Source, Statement, kind_of, ranked
from gifthorse.store.gitfolder import GitError
from gifthorse.store.objects import Cause, Commit, unchanged_lines
from gifthorse.workspace.carried import line_spans, lines_of
from gifthorse.workspace.history import Git, History
from gifthorse.workspace.recollect import Recollection, recollect


@dataclass(frozen=True, slots=True)
class Line:
    """One line, counted from 1 as git does: its text without the end, where it comes from (None: not committed), what
    is said of it (the first counts), what it is by that, and the share of it that is an assistant's (0 to 1).
    """

    number: int
    content: bytes
    cause: Cause | None
    statements: tuple[Statement, ...]
    kind: LineClass
    share: float

    @property
    def blank(self) -> bool:
        """Whether there is nothing on it but white space."""
        return not self.content.strip()

    @property
    def first(self) -> Statement | None:
        """The statement that counts."""
        return self.statements[0] if self.statements else None


class Recording(NamedTuple):
    """What one record of one commit says one session wrote in one file."""

    commit: str
    path: str
    tool: str
    model: str
    session: str


@dataclass(frozen=True, slots=True)
class Authorship:
    """One file with all that is known of its lines. `name`: inside `root`; `regions` and `commits` by their ids;
    `retained`: which part of what was recorded is still here, 0 to 1.
    """

    root: Path
    name: str
    text: Text
    lines: tuple[Line, ...]
    regions: Mapping[str, Region]
    commits: Mapping[str, Commit]
    retained: Mapping[Recording, float]
    notices: tuple[str, ...] = ()


def authorship(history: History, name: str, text: Text) -> Authorship:
    """The Authorship of a file of the root, whose text is this one now."""
    content = bytes(text)
    notices = list(history.notices)
    try:
        known = recollect(history.workspace, history.others, name, text)
    except OSError as error:
        notices.append(f"Gifthorse's own record cannot be read: {error.strerror or error}.")
        known = Recollection()
    causes = _causes(history.git, name, content, notices)
    said = _by_line(_journalled(known, text, content))
    recorded = _recorded(history.git, name, content, causes, notices)
    marks, unclosed = marked_lines(content)
    notices.extend(f"Line {line} begins a mark of AI text that nothing ends, so it says nothing." for line in unclosed)
    lines = []
    for number, line in enumerate(lines_of(content), 1):
        origin, own = said.get(number, (None, ()))
        statements = ranked((*own, *recorded.get(number, ()), *marks.get(number, ())))
        kind = kind_of(statements)
        share = origin.share if origin else float(kind is LineClass.AI)
        lines.append(Line(number, line, causes.get(number), statements, kind, share))
    commits = _commits(history.git, causes)
    if history.git:
        notices.extend(f"{problem[0].upper()}{problem[1:]}." for problem in history.git.recorded.problems(commits))
    return Authorship(
        history.workspace.root,
        name,
        text,
        tuple(lines),
        {region.id: region for region in known.regions},
        commits,
        _retained(history.git, lines),
        tuple(dict.fromkeys(notices)),
    )


def _retained(git: Git | None, lines: Sequence[Line]) -> dict[Recording, float]:
    """How much of what each record speaks of is still here: lines of it that are left, by lines that it claims."""
    left: dict[Recording, int] = {}
    for line in lines:
        if line.cause and line.first and not line.blank and (name := recording(line.cause, line.first)):
            left[name] = left.get(name, 0) + 1
    if git is None:
        return {}
    result = {}
    for name, count in left.items():
        there = lines_of(git.objects.blob(name.commit, name.path) or b"")
        claims = git.recorded.lines(name.commit, name.path).items()
        said = [ranked(one)[0] for number, one in claims if there[number - 1 : number] != [b""]]
        cause = Cause(name.commit, name.path, 0)
        claimed = sum(recording(cause, one) == name for one in said)
        result[name] = min(1.0, count / claimed) if claimed else 1.0
    return result


def recording(cause: Cause, statement: Statement) -> Recording | None:
    """What a statement that was recorded belongs to; None for any other."""
    if statement.evidence is not Evidence.RECORDED or statement.region:
        return None
    return Recording(cause.commit, cause.path, statement.tool, statement.model, statement.session)


def _causes(git: Git | None, name: str, content: bytes, notices: list[str]) -> dict[int, Cause]:
    """Line -> where it comes from, for the lines that are as they were committed."""
    if git is None:
        return {}
    committed = git.objects.blob(git.head.commit, name)
    if committed is None:
        notices.append(f"{name} is in no commit yet.")
        return {}
    same = unchanged_lines(committed, content)
    if not same:
        return {}
    try:
        found = git.objects.blame(git.head.commit, name)
    except GitError as error:
        notices.append(str(error))
        return {}
    return {number: found[there] for number, there in same.items() if there in found}


def journalled(history: History, name: str, text: Text) -> dict[int, tuple[Statement, ...]]:
    """Line (from 1) -> what the journals say of it, for a file with this text, now or ever."""
    try:
        known = recollect(history.workspace, history.others, name, text)
    except OSError:
        return {}
    return {number: said for number, (_, said) in _by_line(_journalled(known, text, bytes(text))).items()}


def authorship_by_regions(history: History, name: str, text: Text) -> dict[int, tuple[Region, bool]]:
    """Line (from 1) -> the Region that it belongs to, and whether the whole line does; lines of several are in none."""
    known = recollect(history.workspace, history.others, name, text)
    regions = {region.id: region for region in known.regions}
    return {
        number: (regions[origin.regions[0]], origin.kind is LineClass.AI)
        for number, origin in _git_lines(classify(text, known.regions, known.people), text, bytes(text))
        if len(origin.regions) == 1
    }


def _journalled(known: Recollection, text: Text, content: bytes) -> Iterator[tuple[int, LineOrigin, Statement]]:
    """(line, what it is by the journal, who it is) for lines with Regions or with a person's word."""
    regions = {region.id: region for region in known.regions}
    for number, origin in _git_lines(classify(text, known.regions, known.people), text, content):
        for region in origin.regions:
            yield number, origin, _of_region(regions[region], origin)
        if not origin.regions and origin.human and origin.kind is LineClass.HUMAN:
            yield number, origin, Statement(LineClass.HUMAN, Source.PERSON, None, person=known.by)


def _of_region(region: Region, origin: LineOrigin) -> Statement:
    insertion = region.insertion
    who = insertion.origin
    return Statement(
        origin.kind,
        Source.JOURNAL,
        insertion.evidence,
        who.tool,
        who.model or "",
        who.session or "",
        region=region.id,
        share=origin.share,
    )


def _git_lines(origins: Sequence[LineOrigin], text: Text, content: bytes) -> Iterator[tuple[int, LineOrigin]]:
    r"""The lines with something to say, as git counts them: for us a \r alone ends a line, too."""
    if text.line_count == len(content.split(b"\n")):
        yield from ((number, origin) for number, origin in enumerate(origins, 1) if origin.weight)
        return
    starts = [text.line_span(line).start for line in range(text.line_count)]
    for number, span in enumerate(line_spans(content), 1):
        parts = origins[
            max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, max(span.end, span.start + 1))
        ]
        if said := [origin for origin in parts if origin.weight]:
            yield number, _joined(said)


def _joined(parts: Sequence[LineOrigin]) -> LineOrigin:
    """Several lines as one."""
    weight = sum(part.weight for part in parts)
    share = sum(part.share * part.weight for part in parts) / weight
    human = sum(part.human * part.weight for part in parts) / weight
    kinds = {part.kind for part in parts}
    kind = kinds.pop() if len(kinds) == 1 else LineClass.MIXED if share else LineClass.UNKNOWN
    return LineOrigin(kind, share, tuple(dict.fromkeys(one for part in parts for one in part.regions)), human, weight)


def _by_line(
    said: Iterable[tuple[int, LineOrigin, Statement]],
) -> dict[int, tuple[LineOrigin, tuple[Statement, ...]]]:
    known: dict[int, tuple[LineOrigin, tuple[Statement, ...]]] = {}
    for number, origin, statement in said:
        known[number] = (origin, (statement, *known.get(number, (origin, ()))[1]))
    return known


def _recorded(
    git: Git | None, name: str, content: bytes, causes: Mapping[int, Cause], notices: list[str]
) -> dict[int, tuple[Statement, ...]]:
    """Line -> what git's data say of it."""
    if git is None:
        return {}
    result: dict[int, tuple[Statement, ...]] = {}
    try:
        for number, cause in causes.items():
            declared = git.recorded.declared(git.objects.commit(cause.commit))
            said = git.recorded.lines(cause.commit, cause.path).get(cause.line, ())
            result[number] = (*([declared] if declared else []), *said)
        for number, statement in git.recorded.hashed(name, content).items():
            result[number] = (*result.get(number, ()), statement)
    except GitError as error:
        notices.append(str(error))
    return result


def marked_lines(content: bytes) -> tuple[dict[int, tuple[Statement, ...]], list[int]]:
    """Line (from 1) -> what comments in the text say of it; and the lines on which such a comment has no end."""
    found, unclosed = marked(lines_of(content))
    said: dict[int, tuple[Statement, ...]] = {
        line + 1: (Statement(LineClass.AI, Source.MARKER, Evidence.DECLARED, one.tool, one.model),)
        for one in found
        for line in range(one.first, one.last + 1)
    }
    return said, [line + 1 for line in unclosed]


def _commits(git: Git | None, causes: Mapping[int, Cause]) -> dict[str, Commit]:
    if git is None:
        return {}
    return {name: git.objects.commit(name) for name in dict.fromkeys(cause.commit for cause in causes.values())}
