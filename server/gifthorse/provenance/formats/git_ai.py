"""Notes of Git AI (`refs/notes/ai`, its standard 3.0.0 and what came before): read tolerantly, written strictly.

A note has a section of attestations, a line that is exactly `---`, and JSON. What a note says of a line is decided in
`speakers`: where entries overlap the last wins, and a line in no entry is nobody's. Where notes are kept is
store/notes.py's business. Source: the Git AI standard v3.0.0, and the notes of that project itself.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from gifthorse.model.region import Region
from gifthorse.provenance.lines import LineClass

SCHEMA = "authorship/3.0.0"
NEWEST = 3
LONGEST_PATH_LINES = 64
MOST_PROBLEMS = 20
LONGEST_PROBLEM = 80
_CLEAN = re.compile(r"[0-9]{1,9}(?:-[0-9]{1,9})?(?:,[0-9]{1,9}(?:-[0-9]{1,9})?)*")
_UNINDENTED = re.compile(r"(?m)^[^ \t\r\n].*$")
_NUMBERS = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_STRICT_KEY = re.compile(r"s_[0-9a-f]{14}(?:::t_[0-9a-f]{14})?|h_[0-9a-f]{14}|[0-9a-f]{16}|[0-9a-f]{7}")
_PROMPT = re.compile(r"[0-9a-f]{16}|[0-9a-f]{7}")
_VERSION = re.compile(r"authorship/([0-9]{1,9})\.")
_DIVIDER = re.compile(rb"(?m)^---[ \t\r]*$")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_QUOTED = re.compile(r'[ \t\n]|^"|^---$')

Range = tuple[int, int]
"""Lines of a file, counted from 1, both ends included."""


class Entry(NamedTuple):
    """Lines that one key speaks of, in the order in which they were written."""

    key: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Attestation:
    """What is said of one file. `section` are its entries as they are written, which are read when asked for: of a
    note about a thousand files one is wanted.
    """

    path: str
    section: str

    @classmethod
    def of(cls, path: str, entries: Iterable[Entry]) -> "Attestation":
        """The Attestation with these entries."""
        return cls(path, "".join(f"  {entry.key} {_written(entry.ranges)}\n" for entry in entries))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, without what in them is no lines of a file."""
        return tuple(_entry(line) for line in self.section.split("\n") if line.strip())


@dataclass(frozen=True, slots=True)
class Log:
    """One note. `problems` says in words what could not be read; the rest holds all the same."""

    attestations: tuple[Attestation, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a key stands for: an assistant (AI), a person (HUMAN), or nobody knows. `name` is a person's."""

    kind: LineClass
    tool: str = ""
    model: str = ""
    session: str = ""
    name: str = ""


NOBODY = Speaker(LineClass.UNKNOWN)


def read(note: bytes) -> Log:
    """The Log in the bytes of a note. Nothing is an error: what is damaged is left out and named in `problems`.

    A note of a later major version is not interpreted at all, since its words may mean something else.
    """
    problems: list[str] = []
    head, divider, tail = _halves(note)
    metadata = _metadata(tail, problems) if divider or tail else {}
    if not divider and not tail and head.strip():
        problems.append("the line `---` is missing: the note is not whole")
        head = head[: head.rfind(b"\n") + 1]  # A number that was cut off would name another line.
    version = _VERSION.match(str(metadata.get("schema_version", "")))
    if version and int(version[1]) > NEWEST:
        problems.append(f"it is of a later version ({metadata['schema_version']!s:.40}): update Gifthorse")
        return Log((), metadata, tuple(problems))
    attestations = tuple(_attestations(head, problems))
    return Log(attestations, metadata, tuple(problems[:MOST_PROBLEMS]))


def _halves(note: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the divider, the divider, and what is behind it. A note may be only JSON."""
    if note.lstrip()[:1] == b"{":
        return b"", b"", note
    found = _DIVIDER.search(note)
    if found is None:
        return note, b"", b""
    return note[: found.start()], found[0], note[found.end() :]


def _metadata(content: bytes, problems: list[str]) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(content)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        try:
            value = json.loads(content.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            value = None
    if isinstance(value, dict):
        return value
    problems.append("the JSON behind `---` cannot be read: tools and models are not known")
    return {}


def _attestations(section: bytes, problems: list[str]) -> Iterator[Attestation]:
    text = section.decode("utf-8", "backslashreplace")
    found = _UNINDENTED.search(text)
    if text[: found.start() if found else len(text)].strip():
        problems.append("the first lines belong to no file")
    while found:
        path, begin = _path(text, found)
        found = _UNINDENTED.search(text, begin)
        if path is None:
            problems.append(f"a path has no closing quote: {text[begin - LONGEST_PROBLEM : begin].strip()!r}")
        else:
            yield Attestation(path, text[begin : found.start() if found else len(text)])


def _path(text: str, found: re.Match[str]) -> tuple[str | None, int]:
    """The path that begins there, and where the lines behind it begin. A path in quotes may hold line ends."""
    line, end = found[0].rstrip("\r"), found.end() + 1
    if not line.startswith('"'):
        return line, end
    for _ in range(LONGEST_PATH_LINES):
        if len(line) > 1 and line.endswith('"'):
            return line[1:-1], end
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        if end >= len(text):
            break
        line, end = text[found.start() : stop].rstrip("\r"), stop + 1
    return None, found.end() + 1


def _entry(line: str) -> Entry:
    key, _, written = line.strip().partition(" ")
    if _CLEAN.fullmatch(written):
        pairs = [part.partition("-") for part in written.split(",")]
        ranges = tuple([(int(first), int(last or first)) for first, _, last in pairs])
    else:
        ranges = tuple((int(one[1]), int(one[2] or one[1])) for one in _numbers(written))
    return Entry(key, tuple(one for one in ranges if 1 <= one[0] <= one[1]))


def _numbers(written: str) -> Iterator[re.Match[str]]:
    parts = written.replace(" ", "").replace("\t", "").split(",")
    return (found for part in parts if (found := _NUMBERS.fullmatch(part)))


def speaker(log: Log, key: str) -> Speaker:
    """Who the key stands for. A prompt or session that the note does not describe is still an assistant's."""
    session = key.partition("::")[0]
    if key.startswith("h_"):
        return Speaker(LineClass.HUMAN, name=_text(_member(log.metadata, "humans", key).get("author")))
    if key == "human":
        return Speaker(LineClass.HUMAN)
    described = _member(log.metadata, "sessions", session) or _member(log.metadata, "prompts", key)
    if described or session.startswith("s_") or key == "ai_agent" or _PROMPT.fullmatch(key):
        agent = described.get("agent_id")
        agent = agent if isinstance(agent, dict) else {}
        model = _text(agent.get("model"))
        return Speaker(
            LineClass.AI, _text(agent.get("tool")), "" if model == "unknown" else model, _text(agent.get("id"))
        )
    return NOBODY


def _member(metadata: Mapping[str, Any], section: str, key: str) -> Mapping[str, Any]:
    table = metadata.get(section)
    value = table.get(key) if isinstance(table, dict) else None
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def keys_by_line(log: Log, path: str, count: int) -> dict[int, str]:
    """Line (from 1) -> the key that speaks of it, for a file of `count` lines. The last entry wins.

    Costs as much as the lines and the entries, however often they overlap.
    """
    entries = [entry for one in log.attestations if one.path == path for entry in one.entries]
    free = list(range(count + 2))  # Where the search for an unclaimed line goes on, as in a forest of disjoint sets.
    result: dict[int, str] = {}
    for entry in reversed(entries):
        for start, end in entry.ranges:
            line = _root(free, min(start, count + 1))
            while line <= min(end, count):
                result[line] = entry.key
                free[line] = line + 1
                line = _root(free, line + 1)
    return result


def _root(free: list[int], line: int) -> int:
    while free[line] != line:
        free[line] = free[free[line]]
        line = free[line]
    return line


def speakers(log: Log, path: str, count: int) -> dict[int, Speaker]:
    """Line (from 1) -> who wrote it, for a file of `count` lines; lines of which nothing is known are not in it."""
    keys = keys_by_line(log, path, count)
    known = {key: speaker(log, key) for key in dict.fromkeys(keys.values())}
    return {line: known[key] for line, key in keys.items() if known[key] is not NOBODY}


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


def _written(ranges: Sequence[Range]) -> str:
    return ",".join(str(start) if start == end else f"{start}-{end}" for start, end in ranges)


def _wrong(log: Log) -> Iterator[str]:
    """What is wrong with a Log that is to be written."""
    if log.metadata.get("schema_version") != SCHEMA:
        yield f"its version must be {SCHEMA}"
    if not _COMMIT.fullmatch(_text(log.metadata.get("base_commit_sha"))):
        yield "`base_commit_sha` must be the full name of a commit"
    if not isinstance(log.metadata.get("prompts"), dict):
        yield "`prompts` must be there, if empty"
    paths = [attestation.path for attestation in log.attestations]
    if len(set(paths)) != len(paths):
        yield "one file is named twice"
    for attestation in log.attestations:
        yield from _wrong_path(attestation.path)
        claimed: list[Range] = []
        for entry in attestation.entries:
            yield from _wrong_entry(log, entry)
            claimed.extend(entry.ranges)
        claimed.sort()
        if any(claimed[n][1] >= claimed[n + 1][0] for n in range(len(claimed) - 1)):
            yield "one line is claimed twice"


def _wrong_path(path: str) -> Iterator[str]:
    lines = path.split("\n")
    divides = any(line.rstrip(" \t") == "---" for line in lines[1:])
    if not path or "\r" in path or "\0" in path or divides or len(lines) > LONGEST_PATH_LINES:
        yield f"the path {path!r:.80} has no form in a note"
    elif any(line.endswith('"') for line in lines[:-1]):
        yield f"the path {path!r:.80} would be read as another one"
    elif any("\ud800" <= character <= "\udfff" for character in path):
        yield f"the path {path!r:.80} is no Unicode"


def _wrong_entry(log: Log, entry: Entry) -> Iterator[str]:
    if not _STRICT_KEY.fullmatch(entry.key):
        yield f"{entry.key!r:.60} is no key"
    elif entry.key.startswith("h_"):
        if not _member(log.metadata, "humans", entry.key).get("author"):
            yield f"`humans` does not say who {entry.key} is"
    else:
        section = "sessions" if entry.key.startswith("s_") else "prompts"
        agent = _member(log.metadata, section, entry.key.partition("::")[0]).get("agent_id")
        if not isinstance(agent, dict) or not all(_text(agent.get(name)) for name in ("tool", "id", "model")):
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
