"""What git's data say of the lines that a commit brought: its note, traces of agents, and what it declares of itself.

For a commit without a note, notes of commits that were rewritten into it are looked for (carried.py). What journals
know is recollect.py's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from gifthorse.model.insertion import Evidence
from gifthorse.provenance.declared import declared
from gifthorse.provenance.formats import agent_trace, git_ai
from gifthorse.provenance.formats.agent_trace import Ranged, Trace
from gifthorse.provenance.formats.git_ai import Log, Speaker
from gifthorse.provenance.lines import LineClass
from gifthorse.provenance.statements import Source, Statement
from gifthorse.store.gitfolder import GitError, head
from gifthorse.store.notes import Notes
from gifthorse.store.objects import Added, Commit, Objects
from gifthorse.workspace.carried import carried, lines_of

MOST_ORPHANS = 200
"""Notes of rewritten commits that one file is held against, the newest first."""
SEARCHED = 20_000_000
"""Bytes that are hashed in looking for one recorded text."""


class Recorded:
    """Everything that git's data and the traces beside it say. Each commit and file is looked at once."""

    def __init__(self, objects: Objects, notes: Notes, traces: Sequence[Trace] = ()) -> None:
        self._objects = objects
        self._notes = notes
        self._traces = traces
        self._shallow = _cut_off(objects)
        self.log = lru_cache(maxsize=None)(self._log)
        self.lines = lru_cache(maxsize=None)(self._lines)
        self.added = lru_cache(maxsize=None)(self._added)
        self.declared = lru_cache(maxsize=None)(self._declared)

    def _log(self, commit: str) -> Log | None:
        note = self._notes.read(commit)
        return git_ai.read(note) if note is not None else None

    def _lines(self, commit: str, path: str) -> Mapping[int, tuple[Statement, ...]]:
        """Line (from 1) of the file in that commit -> what is said of it, if that commit brought it."""
        content = self._objects.blob(commit, path)
        if content is None:
            return {}
        result: dict[int, tuple[Statement, ...]] = {}
        for line, statement in (*self._noted(commit, path, content), *self._traced(commit, path, content)):
            result[line] = (*result.get(line, ()), statement)
        return result

    def _noted(self, commit: str, path: str, content: bytes) -> Iterator[tuple[int, Statement]]:
        count = len(lines_of(content))
        log = self.log(commit)
        if log is not None:
            for line, who in self._speakers(log, path, count).items():
                yield line, _statement(who, Source.NOTE)
            return
        for line, (who, where) in self._inherited(commit, path, content).items():
            yield line, _statement(who, Source.CARRIED, where)

    def _speakers(self, log: Log, path: str, count: int) -> dict[int, Speaker]:
        """Who a note says wrote each line. Who a key is may be told in another commit's note only."""
        said = git_ai.speakers(log, path, count)
        if all(who.tool or who.kind is LineClass.HUMAN for who in said.values()):
            return said
        keys = git_ai.keys_by_line(log, path, count)
        elsewhere = {key: git_ai.speaker(self._everybody, key) for key in dict.fromkeys(keys.values())}
        return {
            line: who if who.tool or not elsewhere[keys[line]].tool else elsewhere[keys[line]]
            for line, who in said.items()
        }

    @cached_property
    def _everybody(self) -> Log:
        """The prompts and sessions of all notes together."""
        tables: dict[str, dict[str, object]] = {"prompts": {}, "sessions": {}}
        for commit in self._notes.by_commit:
            log = self.log(commit)
            for name, table in tables.items():
                told = log.metadata.get(name) if log else None
                table.update(told if isinstance(told, dict) else {})
        return Log((), tables)

    def _inherited(self, commit: str, path: str, content: bytes) -> dict[int, tuple[Speaker, str]]:
        result: dict[int, tuple[Speaker, str]] = {}
        orphans = self._orphans.get(path, ())
        brought = self._brought(commit, path) if orphans else ()
        for name, log in orphans[:MOST_ORPHANS] if brought else ():
            old = self._objects.blob(name, path)
            if old is not None:
                said = self._speakers(log, path, len(lines_of(old)))
                for line, who in carried(old, said, self._brought(name, path), content, brought).items():
                    result.setdefault(line, (who, name))
        return result

    def _brought(self, commit: str, path: str) -> tuple[int, ...]:
        return next((one.lines for one in self.added(commit) if one.path == path), ())

    def _added(self, commit: str) -> tuple[Added, ...]:
        """What a commit brought, file by file; nothing where its parent is missing."""
        try:
            return tuple(self._objects.added(self._objects.commit(commit)))
        except GitError:
            return ()

    @cached_property
    def _orphans(self) -> Mapping[str, tuple[tuple[str, Log], ...]]:
        """Path -> (commit, note) of noted commits that no longer lead to what is checked out, the newest first."""
        noted = self._notes.by_commit
        tip = head(self._objects.folder).commit if noted else ""
        if not tip:
            return {}
        alive = {commit.id for commit in self._objects.walk(tip)}
        here = [commit for commit in noted if commit not in alive and self._objects.has_commit(commit)]
        result: dict[str, list[tuple[str, Log]]] = {}
        for commit in sorted(here, key=lambda one: -self._objects.commit(one).time):
            log = self.log(commit)
            for path in dict.fromkeys(one.path for one in log.attestations) if log else ():
                result.setdefault(path, []).append((commit, log or Log()))
        return {path: tuple(found) for path, found in result.items()}

    def _traced(self, commit: str, path: str, content: bytes) -> Iterator[tuple[int, Statement]]:
        lines = lines_of(content)
        for trace in self._traces:
            if trace.placed and trace.revision == commit:
                for ranged in _ranges(trace, path):
                    if agent_trace.fits(ranged, lines[ranged.start - 1 : ranged.end]) is not False:
                        last = min(ranged.end, len(lines))
                        yield from ((line, _traced(trace, ranged)) for line in range(ranged.start, last + 1))

    def hashed(self, path: str, content: bytes) -> Mapping[int, Statement]:
        """Line (from 1) -> what traces say of exactly this text, wherever it stands: those that carry its hash."""
        lines = lines_of(content)
        result: dict[int, Statement] = {}
        for trace in self._traces:
            for ranged in _ranges(trace, path):
                if at := _place(ranged, lines):
                    length = ranged.end - ranged.start
                    result.update((line, _traced(trace, ranged)) for line in range(at, at + length + 1))
        return result

    def _declared(self, commit: Commit) -> Statement | None:
        """What a commit declares of itself, whole; nothing for one whose own changes are not known."""
        if commit.id in self._shallow:
            return None
        found = declared(commit.author, commit.email, commit.committer_email, commit.message)
        if found is None:
            return None
        return Statement(LineClass.UNKNOWN, Source.COMMIT, Evidence.DECLARED, found.tool, found.model, person=found.how)

    def problems(self, commits: Iterable[str]) -> tuple[str, ...]:
        """What could not be read in the notes of these commits."""
        read = [(commit, log) for commit in dict.fromkeys(commits) if (log := self.log(commit))]
        return tuple(f"the note of {commit[:7]}: {problem}" for commit, log in read for problem in log.problems)


def _cut_off(objects: Objects) -> frozenset[str]:
    """The commits at which a shallow clone ends: what they changed is not known."""
    from gifthorse.store.regular import read_regular  # noqa: PLC0415  few clones are shallow

    if not objects.folder.shallow:
        return frozenset()
    try:
        return frozenset(read_regular(objects.folder.common / "shallow", 10_000_000).decode("ascii", "replace").split())
    except OSError:
        return frozenset()


def _statement(who: Speaker, source: Source, where: str = "") -> Statement:
    return Statement(who.kind, source, Evidence.RECORDED, who.tool, who.model, who.session, who.name, where=where)


def _ranges(trace: Trace, path: str) -> Iterator[Ranged]:
    for file in trace.files:
        if file.path == path:
            yield from (one for one in file.ranges if one.kind is not LineClass.UNKNOWN)


def _traced(trace: Trace, ranged: Ranged) -> Statement:
    model = ranged.model.rpartition("/")[2]
    return Statement(
        ranged.kind, Source.TRACE, Evidence.RECORDED, trace.tool or "", model, ranged.url, where=trace.revision
    )


def _place(ranged: Ranged, lines: Sequence[bytes]) -> int:
    """The line (from 1) where the recorded text begins, if it is there exactly once; else 0."""
    length = ranged.end - ranged.start + 1
    size = sum(map(len, lines)) + len(lines)
    if not ranged.content_hash or agent_trace.fits(ranged, []) is None or length > len(lines):
        return 0
    if length * size > SEARCHED:
        here = lines[ranged.start - 1 : ranged.end]
        return ranged.start if agent_trace.fits(ranged, here) else 0
    starts = [n for n in range(len(lines) - length + 1) if agent_trace.fits(ranged, lines[n : n + length])]
    return starts[0] + 1 if len(starts) == 1 else 0
