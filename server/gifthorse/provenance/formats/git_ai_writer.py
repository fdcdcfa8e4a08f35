"""Notes of Git AI written strictly: what the standard 3.0.0 does not allow is refused, and what is written is read again.

It writes no file and no reference: that is store/notes.py's.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence

from gifthorse.model.region import Region
from gifthorse.provenance.formats.git_ai import LONGEST_PATH_LINES, Attestation, Entry, Log, Range, member, text_of

SCHEMA = "authorship/3.0.0"
_KEY = re.compile(r"s_[0-9a-f]{14}(?:::t_[0-9a-f]{14})?|h_[0-9a-f]{14}|[0-9a-f]{16}|[0-9a-f]{7}")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_QUOTED = re.compile(r'[ \t\n]|^"|^---$')


def write(log: Log) -> bytes:
    """The note of a Log. Raises ValueError for anything that the standard does not allow, saying what."""
    problem = next(_wrong(log), "")
    if problem:
        raise ValueError(f"This cannot be written as a note: {problem}.")
    head = ""
    for attestation in log.attestations:
        name = f'"{attestation.path}"' if _QUOTED.search(attestation.path) else attestation.path
        head += f"{name}\n{Attestation.of('', attestation.entries).section}"
    return f"{head}---\n{json.dumps(log.metadata, indent=2, ensure_ascii=False)}\n".encode()


def _wrong(log: Log) -> Iterator[str]:
    """What is wrong with a Log that is to be written."""
    if log.metadata.get("schema_version") != SCHEMA:
        yield f"its version must be {SCHEMA}"
    if not _COMMIT.fullmatch(text_of(log.metadata.get("base_commit_sha"))):
        yield "`base_commit_sha` must be the full name of a commit"
    if not isinstance(log.metadata.get("prompts"), dict):
        yield "`prompts` must be there, if empty"
    paths = [attestation.path for attestation in log.attestations]
    if len(set(paths)) != len(paths):
        yield "one file is named twice"
    for attestation in log.attestations:
        yield from wrong_path(attestation.path)
        claimed: list[Range] = []
        for entry in attestation.entries:
            yield from _wrong_entry(log, entry)
            claimed.extend(entry.ranges)
        claimed.sort()
        if any(claimed[n][1] >= claimed[n + 1][0] for n in range(len(claimed) - 1)):
            yield "one line is claimed twice"


def wrong_path(path: str) -> Iterator[str]:
    """Why a path has no form in a note; nothing where it has one."""
    lines = path.split("\n")
    divides = any(line.rstrip(" \t") == "---" for line in lines[1:])
    if not path or "\r" in path or "\0" in path or divides or len(lines) > LONGEST_PATH_LINES:
        yield f"the path {path!r:.80} has no form in a note"
    elif any(line.endswith('"') for line in lines[:-1]):
        yield f"the path {path!r:.80} would be read as another one"
    elif any("\ud800" <= character <= "\udfff" for character in path):
        yield f"the path {path!r:.80} is no Unicode"


def _wrong_entry(log: Log, entry: Entry) -> Iterator[str]:
    if not _KEY.fullmatch(entry.key):
        yield f"{entry.key!r:.60} is no key"
    elif entry.key.startswith("h_"):
        if not member(log.metadata, "humans", entry.key).get("author"):
            yield f"`humans` does not say who {entry.key} is"
    else:
        section = "sessions" if entry.key.startswith("s_") else "prompts"
        agent = member(log.metadata, section, entry.key.partition("::")[0]).get("agent_id")
        if not isinstance(agent, dict) or not all(text_of(agent.get(name)) for name in ("tool", "id", "model")):
            yield f"`{section}` does not say which tool, session and model {entry.key} is"
    flat = [bound for pair in entry.ranges for bound in pair]
    if not flat or flat[0] < 1 or flat != sorted(flat):
        yield f"the lines of {entry.key} are not ascending from 1"
    if any(first[1] + 1 >= second[0] for first, second in zip(entry.ranges, entry.ranges[1:], strict=False)):
        yield f"ranges of {entry.key} touch each other"


def session_key(tool: str, conversation: str) -> str:
    """The key of a session, as the standard makes it."""
    return "s_" + hashlib.sha256(f"{tool}:{conversation}".encode()).hexdigest()[:14]


def checkpoint_key(region: Region) -> str:
    """The key for what one Insertion brought: the same each time, so that writing twice says the same."""
    origin = region.insertion.origin
    session = session_key(origin.tool, origin.session or region.id)
    return f"{session}::t_{hashlib.sha256(region.id.encode()).hexdigest()[:14]}"


def as_ranges(lines: Sequence[int]) -> tuple[Range, ...]:
    """Ascending line numbers as ranges."""
    result: list[Range] = []
    for line in lines:
        if result and line == result[-1][1] + 1:
            result[-1] = (result[-1][0], line)
        else:
            result.append((line, line))
    return tuple(result)
