"""A root's git data wired up: objects, notes, traces and the journals of all its work trees. Opened once for a command.

Where there is no repository, or one that cannot be read, a History says why and the journal alone speaks.
"""

from dataclasses import dataclass, field
from pathlib import Path

from gifthorse.provenance.formats.agent_trace import Reading, Trace, read
from gifthorse.store.folders import real
from gifthorse.store.gitfolder import GitError, GitFolder, Head, head, open_folder, other_roots
from gifthorse.store.notes import AI_NOTES, Notes
from gifthorse.store.objects import Objects
from gifthorse.store.regular import read_regular
from gifthorse.workspace.recorded import Recorded
from gifthorse.workspace.root import Workspace

TRACES = ".agent-trace/traces.jsonl"
LARGEST_TRACES = 64_000_000


@dataclass(frozen=True, slots=True)
class Git:
    """What is open of a repository that has a commit checked out."""

    folder: GitFolder
    head: Head
    objects: Objects
    notes: Notes
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class History:
    """One root. `git` is None where there is nothing to ask; `notices` say why, and what could not be read."""

    workspace: Workspace
    others: tuple[Workspace, ...] = ()
    git: Git | None = None
    notices: tuple[str, ...] = field(default=())


def open_history(workspace: Workspace, notes: str = AI_NOTES, traces: Path | None = None) -> History:
    """The History of a root. `notes`: the reference of the notes; `traces`: a file with records beside the root's own.

    Raises GitError for a reference that is none, OSError where `traces` cannot be read.
    """
    notices: list[str] = []
    workspace.collect()
    try:
        folder = open_folder(workspace.root)
        others = tuple(Workspace(root, configured=False) for root in other_roots(folder))
    except GitError as error:
        return History(workspace, (), None, (str(error),))
    try:
        here = head(folder)
        if not here.commit:
            branch = f" on the branch {here.branch}" if here.branch else ""
            return History(workspace, others, None, (f"There is no commit yet{branch}: git knows no authors.",))
        objects = Objects(folder)
        objects.commit(here.commit)
    except GitError as error:
        return History(workspace, others, None, (str(error),))
    if folder.shallow:
        notices.append("This is a shallow clone: lines from before its first commit are shown as that commit's.")
    noted = Notes(objects, notes)
    recorded = Recorded(objects, noted, (*_traces(workspace.root, notices), *_named(traces, notices)))
    return History(workspace, others, Git(folder, here, objects, noted, recorded), tuple(notices))


def _traces(root: Path, notices: list[str]) -> tuple[Trace, ...]:
    path = root / TRACES
    if not path.exists():
        return ()
    if root not in real(path).parents:
        notices.append(f"{TRACES} leads out of the work tree and was not read.")
        return ()
    try:
        reading = read(read_regular(path, LARGEST_TRACES))
    except OSError as error:
        notices.append(f"{TRACES} was not read: {error.strerror or error}.")
        return ()
    return _told(TRACES, reading, notices)


def _named(path: Path | None, notices: list[str]) -> tuple[Trace, ...]:
    return _told(path.name, read(read_regular(path, LARGEST_TRACES)), notices) if path else ()


def _told(name: str, reading: Reading, notices: list[str]) -> tuple[Trace, ...]:
    """The records, and said of them what somebody should know."""
    notices.extend(f"{name}: {problem}." for problem in reading.problems)
    if unplaced := sum(not trace.placed for trace in reading.traces):
        told = "1 record says" if unplaced == 1 else f"{unplaced:,} records say"
        notices.append(f"{name}: {told} not of which text its lines are, so they count only with a hash.")
    return reading.traces
