"""What the journal knows of commits, in the forms that other programs read: notes of Git AI, records of Agent Trace.

Only lines that a commit brought and that are wholly an assistant's, on evidence of their own: what was declared or
inferred is not passed on as a record. Nothing is written here.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gifthorse.model.insertion import Evidence
from gifthorse.model.region import Region
from gifthorse.model.text import Text
from gifthorse.provenance.formats import agent_trace, git_ai_writer
from gifthorse.provenance.formats.agent_trace import Ranged, Trace, Traced
from gifthorse.provenance.formats.git_ai import Attestation, Entry, Log
from gifthorse.provenance.lines import LineClass
from gifthorse.store.gitfolder import GitError
from gifthorse.store.objects import Commit
from gifthorse.workspace.authorship import authorship_by_regions
from gifthorse.workspace.carried import lines_of
from gifthorse.workspace.history import Git, History

PASSED_ON = frozenset({Evidence.REPORTED, Evidence.HOOKED, Evidence.RECORDED, Evidence.COPIED})
NO_MODEL = "unknown"


@dataclass(frozen=True, slots=True)
class Brought:
    """What assistants brought to one file with one commit: line (from 1) -> its Region, and whether all of it is."""

    path: str
    content: bytes
    lines: Mapping[int, tuple[Region, bool]]


def brought(history: History, git: Git, commit: Commit, paths: frozenset[str]) -> Iterator[Brought]:
    """What the journals know of the lines that a commit brought. `paths`: the files that the journals speak of."""
    for added in git.recorded.added(commit.id):
        content = git.objects.blob(commit.id, added.path) if added.path in paths and added.lines else None
        if content is None:
            continue
        own = authorship_by_regions(history, added.path, Text.of(content))
        found = {line: own[line] for line in added.lines if line in own}
        kept = {line: one for line, one in found.items() if one[0].insertion.evidence in PASSED_ON}
        if kept:
            yield Brought(added.path, content, kept)


def journal_paths(history: History) -> frozenset[str]:
    """The files that the journals of all work trees speak of."""
    result: set[str] = set()
    for workspace in (history.workspace, *history.others):
        try:
            result.update(workspace.journal.paths())
        except OSError:
            continue
    return frozenset(result)


def commits_of(git: Git, tip: str, without: str | None) -> list[Commit]:
    """The commits of a stretch of history that are no merges, oldest first."""
    return [commit for commit in git.objects.walk(tip, without) if len(commit.parents) < 2][::-1]


def note_of(commit: Commit, found: Sequence[Brought]) -> bytes | None:
    """The note of a commit, or None where there is nothing to say. Raises ValueError for what has no form in a note."""
    attestations = []
    sessions: dict[str, object] = {}
    for one in found:
        lines: dict[str, list[int]] = {}
        for line, (region, whole) in sorted(one.lines.items()):
            if whole:
                lines.setdefault(git_ai_writer.checkpoint_key(region), []).append(line)
                sessions[git_ai_writer.checkpoint_key(region).partition("::")[0]] = _session(commit, region)
        if lines:
            entries = [Entry(key, git_ai_writer.as_ranges(numbers)) for key, numbers in lines.items()]
            attestations.append(Attestation.of(one.path, entries))
    if not attestations:
        return None
    metadata = {
        "schema_version": git_ai_writer.SCHEMA,
        "base_commit_sha": commit.id,
        "prompts": {},
        "sessions": sessions,
    }
    return git_ai_writer.write(Log(tuple(attestations), metadata))


def _session(commit: Commit, region: Region) -> dict[str, object]:
    origin = region.insertion.origin
    agent = {"tool": origin.tool, "id": origin.session or region.id, "model": origin.model or NO_MODEL}
    return {"agent_id": agent, "human_author": f"{commit.author} <{commit.email}>"}


def traces_of(commit: Commit, found: Sequence[Brought], timestamp: str) -> Iterator[bytes]:
    """The records of a commit, one for each tool. Raises ValueError for what the specification does not allow."""
    tools = dict.fromkeys(region.insertion.origin.tool for one in found for region, _ in one.lines.values())
    for tool in tools:
        files = tuple(file for one in found if (file := _traced(one, tool)).ranges)
        if not files:
            continue
        name = hashlib.sha256(json.dumps([commit.id, tool, repr(files)]).encode()).hexdigest()
        record = str(uuid.uuid5(uuid.NAMESPACE_URL, f"gifthorse:{name}"))
        yield agent_trace.write(Trace(record, timestamp, files, "git", commit.id, tool))


def _traced(one: Brought, tool: str) -> Traced:
    lines = lines_of(one.content)
    runs: dict[tuple[str, LineClass], list[int]] = {}
    for line, (region, whole) in sorted(one.lines.items()):
        if region.insertion.origin.tool == tool:
            model = agent_trace.model_id(region.insertion.origin.model or "")
            runs.setdefault((model, LineClass.AI if whole else LineClass.MIXED), []).append(line)
    ranges = [
        Ranged(start, end, kind, model, "", agent_trace.content_hash(lines[start - 1 : end]))
        for (model, kind), numbers in runs.items()
        for start, end in git_ai_writer.as_ranges(numbers)
    ]
    return Traced(one.path, tuple(sorted(ranges, key=lambda ranged: ranged.start)))


def checked(git: Git | None, notices: Sequence[str]) -> Git:
    """The repository. Raises GitError, saying why, where there is none with a commit."""
    if git is None:
        raise GitError(" ".join(notices) or "There is no repository here.")
    return git
