"""Statistics of a stretch of history: lines by who wrote them, what of them is left, found and reviewed. No output.

A line that a commit of the stretch brought counts as inserted; one that is still there at its end as retained. Blank
lines and merges count nowhere: what a merge brings was brought by what it merges. Findings are those in lines that are
retained. A commit that only declares an assistant has lines of its own kind: nobody said which of them are meant.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from gifthorse.model.finding import Report, Severity
from gifthorse.model.review import Standing
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Text
from gifthorse.provenance.lines import LineClass
from gifthorse.provenance.statements import Source, Statement, kind_of, ranked
from gifthorse.store.gitfolder import GitError, Head
from gifthorse.store.objects import Added, Commit
from gifthorse.workspace.analysis import Analysts, Document, cores
from gifthorse.workspace.authorship import Authorship, Line, authorship, journalled, marked_lines
from gifthorse.workspace.carried import lines_of
from gifthorse.workspace.exporting import journal_paths
from gifthorse.workspace.history import Git, History
from gifthorse.workspace.judge import NOT_ANALYSED, Judged, judge_all
from gifthorse.workspace.limits import limits_for
from gifthorse.workspace.owners import Owners

NOT_COMMITTED = "not committed"
NO_LANGUAGE = "other"
LARGEST_FILE = 2_000_000
FEW = 4


class Cell(NamedTuple):
    """What lines have in common. `tool` and `model` are "" for those that nobody calls an assistant's; `weak`: only
    the whole commit was declared.
    """

    kind: LineClass
    weak: bool
    tool: str
    model: str
    path: str
    language: str
    author: str


@dataclass(slots=True)
class Count:
    """Lines and findings of a Cell. `mixed` and `reviewed` are of those retained."""

    inserted: int = 0
    retained: int = 0
    mixed: int = 0
    reviewed: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)

    def add(self, other: "Count") -> None:
        """Take the other's numbers in."""
        self.inserted += other.inserted
        self.retained += other.retained
        self.mixed += other.mixed
        self.reviewed += other.reviewed
        self.findings.update(other.findings)

    def density(self, severity: Severity) -> float:
        """Findings of that severity in 1,000 retained lines."""
        return 1000 * self.findings[severity] / self.retained if self.retained else 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """The commits after `without` (None: all) that lead to `tip`; `working`: and what is not committed yet."""

    tip: str
    without: str | None = None
    working: bool = False


@dataclass(frozen=True, slots=True)
class Statistics:
    """The counts of every Cell. `files` were looked at, of which nobody could look into `unanalysed`."""

    cells: Mapping[Cell, Count]
    commits: int
    files: int
    unanalysed: int
    analysed: bool
    notices: tuple[str, ...]

    def by(self, key: Callable[[Cell], str]) -> list[tuple[str, Count]]:
        """The counts of all Cells with the same key, the most retained lines first."""
        result: dict[str, Count] = {}
        for cell, count in self.cells.items():
            result.setdefault(key(cell), Count()).add(count)
        return sorted(result.items(), key=lambda item: (-item[1].retained, -item[1].inserted, item[0]))

    def total(self, wanted: Callable[[Cell], bool] = lambda _: True) -> Count:
        """The counts of all Cells that are wanted."""
        result = Count()
        for cell, count in self.cells.items():
            if wanted(cell):
                result.add(count)
        return result


@dataclass(slots=True)
class _Counting:
    """The counts while they grow."""

    history: History
    catalogue: Catalogue
    cells: dict[Cell, Count] = field(default_factory=dict)
    unanalysed: int = 0

    def at(self, statements: Sequence[Statement], path: str, author: str) -> Count:
        """The Count of a line of which that is said."""
        kind = kind_of(tuple(statements))
        first = statements[0] if statements else None
        ours = kind in (LineClass.AI, LineClass.MIXED)
        weak = bool(first and kind is LineClass.UNKNOWN and first.tool)
        named = first if first and (ours or weak) else None
        cell = Cell(
            LineClass.AI if ours else kind,
            weak,
            (named.tool or "unknown") if named else "",
            named.model if named else "",
            path,
            language_of(path, self.catalogue),
            author,
        )
        return self.cells.setdefault(cell, Count())


def language_of(path: str, catalogue: Catalogue) -> str:
    """The language of a file by its name."""
    last = path.rpartition("/")[2]
    found = (
        name
        for name, one in catalogue.languages.items()
        if last in one.filenames or last.lower().endswith(one.extensions)
    )
    return next(found, NO_LANGUAGE)


def statistics(
    history: History,
    stretch: Stretch,
    catalogue: Catalogue,
    *,
    findings: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> Statistics:
    """The Statistics of a stretch of history. `progress` is told what is being done.

    Raises GitError where the history cannot be followed, AnalysisError where nothing can be analysed.
    """
    counting = _Counting(history, catalogue)
    brought = _inserted(counting, history.git, stretch, progress) if history.git else {}
    at_tip = at_commit(history, stretch.tip)
    known = [one for path, text in _present(at_tip, stretch, brought) if (one := _known(at_tip, path, text, progress))]
    for one in known:
        _retained(counting, one, brought, stretch)
    if findings and known:
        progress("looking for findings")
        for one, judged in _judged(counting, known):
            _found(counting, one, judged, brought, stretch)
    notices = [*history.notices, *(notice for one in known for notice in one.notices)]
    return Statistics(
        counting.cells, len(brought), len(known), counting.unanalysed, findings, tuple(dict.fromkeys(notices))
    )


def at_commit(history: History, tip: str) -> History:
    """The History as if `tip` were checked out."""
    return replace(history, git=replace(history.git, head=Head("", tip))) if history.git else history


def _inserted(
    counting: _Counting, git: Git, stretch: Stretch, progress: Callable[[str], None]
) -> dict[str, frozenset[str]]:
    """Count what the commits brought. Commit -> the paths that it brought lines to."""
    brought: dict[str, frozenset[str]] = {}
    ours = journal_paths(counting.history)
    for commit in git.objects.walk(stretch.tip, stretch.without):
        progress(f"reading {commit.short}")
        if len(commit.parents) > 1:
            brought[commit.id] = frozenset()
            continue
        added = git.recorded.added(commit.id)
        brought[commit.id] = frozenset(one.path for one in added)
        for one in added:
            if one.lines:
                _count_added(counting, git, commit, one, journal=one.path in ours)
    return brought


def _count_added(counting: _Counting, git: Git, commit: Commit, added: Added, *, journal: bool) -> None:
    path = added.path
    content = git.objects.blob(commit.id, path)
    if content is None:
        return
    lines = lines_of(content)
    said = git.recorded.lines(commit.id, path)
    own = journalled(counting.history, path, Text.of(content)) if journal else {}
    declared, (marks, _) = git.recorded.declared(commit), marked_lines(content)
    for number in added.lines:
        if number <= len(lines) and lines[number - 1].strip():
            weak = [declared] if declared else []
            statements = ranked((*own.get(number, ()), *said.get(number, ()), *marks.get(number, ()), *weak))
            counting.at(statements, path, commit.author).inserted += 1


def _present(history: History, stretch: Stretch, brought: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Text]]:
    """(name, text) of the files at the end of the stretch that it touched."""
    if history.git is None:
        names = sorted(journal_paths(history))
    else:
        paths = frozenset().union(*brought.values()) if brought else frozenset()
        here = frozenset(history.git.objects.paths(history.git.head.commit))
        extra = journal_paths(history) if stretch.working else frozenset()
        names = sorted((paths & here) | extra)
    for name in names:
        content = _content(history, name, working=stretch.working)
        if content is not None and b"\0" not in content[:8000]:
            yield name, Text.of(content)


def _content(history: History, name: str, *, working: bool) -> bytes | None:
    from gifthorse.store.regular import read_regular  # noqa: PLC0415  a stretch of the past reads no file

    if working or history.git is None:
        path = history.workspace.root / name
        try:
            if history.workspace.name_of(Path(path)) != name:
                return None
            return read_regular(path, LARGEST_FILE)
        except OSError:
            return None
    content = history.git.objects.blob(history.git.head.commit, name)
    return content if content is not None and len(content) <= LARGEST_FILE else None


def _known(history: History, path: str, text: Text, progress: Callable[[str], None]) -> Authorship | None:
    progress(f"asking who wrote {path}")
    try:
        return authorship(history, path, text)
    except GitError:
        return None


def _cell_of(
    counting: _Counting, one: Authorship, line: Line, brought: Mapping[str, frozenset[str]], stretch: Stretch
) -> Count | None:
    """Where a line counts; None for one that the stretch did not bring."""
    if line.blank:
        return None
    if line.cause is None:
        return counting.at(line.statements, one.name, NOT_COMMITTED) if stretch.working else None
    if line.cause.commit not in brought or len(one.commits[line.cause.commit].parents) > 1:
        return None
    return counting.at(line.statements, line.cause.path, one.commits[line.cause.commit].author)


def _retained(counting: _Counting, one: Authorship, brought: Mapping[str, frozenset[str]], stretch: Stretch) -> None:
    for line in one.lines:
        count = _cell_of(counting, one, line, brought, stretch)
        if count is None:
            continue
        count.retained += 1
        count.inserted += line.cause is None
        count.mixed += line.kind is LineClass.MIXED
        region = one.regions.get(line.first.region) if line.first and line.first.source is Source.JOURNAL else None
        count.reviewed += bool(region and region.standing is Standing.APPROVED)


def _judged(counting: _Counting, known: Sequence[Authorship]) -> Iterator[tuple[Authorship, tuple[Judged, ...]]]:
    """Each file with its findings."""
    config = counting.history.workspace.config
    documents = (Document(one.name, bytes(one.text)) for one in known)
    with Analysts(min(cores(), 1 + len(known) // FEW), limits_for([config])) as analysts:
        for one, (_, report) in zip(known, analysts.analyse(documents), strict=False):
            counting.unanalysed += bool(report.incomplete)
            yield one, _shown(counting, one, report)


def _shown(counting: _Counting, one: Authorship, report: Report) -> tuple[Judged, ...]:
    owners = Owners(tuple(one.regions.values()))
    return judge_all(report, one.text, owners, counting.history.workspace.config, counting.catalogue).shown


def _found(
    counting: _Counting,
    one: Authorship,
    judged: Iterable[Judged],
    brought: Mapping[str, frozenset[str]],
    stretch: Stretch,
) -> None:
    content = bytes(one.text)
    for finding in (each.finding for each in judged if each.finding.rule != NOT_ANALYSED):
        number = content[: finding.span.start].count(b"\n")
        if number < len(one.lines):
            count = _cell_of(counting, one, one.lines[number], brought, stretch)
            if count is not None:
                count.findings[finding.severity] += 1
