"""Notes of Git AI (`refs/notes/ai`, its standard 3.0.0 and what came before), read tolerantly.

A note has a section of attestations, a line that is exactly `---`, and JSON. What a note says of a line is decided in
`speakers`: where entries overlap the last wins, and a line in no entry is nobody's. They are written by
git_ai_writer.py; where they are kept is store/notes.py's business. Source: the Git AI standard v3.0.0, and the notes of that project itself.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from gifthorse.provenance.lines import LineClass

NEWEST = 3
LONGEST_PATH_LINES = 64
MOST_PROBLEMS = 20
LONGEST_PROBLEM = 80
_CLEAN = re.compile(r"[0-9]{1,9}(?:-[0-9]{1,9})?(?:,[0-9]{1,9}(?:-[0-9]{1,9})?)*")
_UNINDENTED = re.compile(r"\n([^ \t\r\n].*)")
_NUMBERS = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_PROMPT = re.compile(r"[0-9a-f]{16}|[0-9a-f]{7}")
_VERSION = re.compile(r"authorship/([0-9]{1,9})\.")
_DIVIDER = re.compile(rb"(?m)^---[ \t\r]*$")

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
        return cls(path, "".join(f"  {entry.key} {written(entry.ranges)}\n" for entry in entries))

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


def written(ranges: Sequence[Range]) -> str:
    """Ranges as a note has them."""
    return ",".join(str(start) if start == end else f"{start}-{end}" for start, end in ranges)


def _attestations(section: bytes, problems: list[str]) -> Iterator[Attestation]:
    text = "\n" + section.decode("utf-8", "backslashreplace")  # So that every line has an end before it.
    found = _UNINDENTED.search(text)
    if text[: found.start() if found else len(text)].strip():
        problems.append("the first lines belong to no file")
    while found:
        path, begin = _path(text, found)
        found = _UNINDENTED.search(text, begin - 1)
        if path is None:
            problems.append(f"a path has no closing quote: {text[begin - LONGEST_PROBLEM : begin].strip()!r}")
        else:
            yield Attestation(path, text[begin : found.start() + 1 if found else len(text)])


def _path(text: str, found: re.Match[str]) -> tuple[str | None, int]:
    """The path that begins there, and where the lines behind it begin. A path in quotes may hold line ends."""
    line, end = found[1].rstrip("\r"), found.end() + 1
    if not line.startswith('"'):
        return line, end
    for _ in range(LONGEST_PATH_LINES):
        if len(line) > 1 and line.endswith('"'):
            return line[1:-1], end
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        if end >= len(text):
            break
        line, end = text[found.start(1) : stop].rstrip("\r"), stop + 1
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
        return Speaker(LineClass.HUMAN, name=text_of(member(log.metadata, "humans", key).get("author")))
    if key == "human":
        return Speaker(LineClass.HUMAN)
    described = member(log.metadata, "sessions", session) or member(log.metadata, "prompts", key)
    if described or session.startswith("s_") or key == "ai_agent" or _PROMPT.fullmatch(key):
        agent = described.get("agent_id")
        agent = agent if isinstance(agent, dict) else {}
        model = text_of(agent.get("model"))
        return Speaker(
            LineClass.AI, text_of(agent.get("tool")), "" if model == "unknown" else model, text_of(agent.get("id"))
        )
    return NOBODY


def member(metadata: Mapping[str, Any], section: str, key: str) -> Mapping[str, Any]:
    """One object of a table of the metadata; an empty one where it is not there."""
    table = metadata.get(section)
    value = table.get(key) if isinstance(table, dict) else None
    return value if isinstance(value, dict) else {}


def text_of(value: Any) -> str:
    """A string, or an empty one for anything else."""
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
