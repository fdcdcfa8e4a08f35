"""Records of Agent Trace 0.1.0 (MIME type application/vnd.agent-trace.record+json): read leniently, written strictly.

A range speaks of lines as they are in the recorded revision, whose author it names (the specification's section
"Line Tracking"). The reference implementation, which writes a version of two parts, records the revision *before* its
change instead: such ranges fit no text that anybody has, so they are `placed` nowhere unless a hash of the text goes
with them. Where records are kept is the caller's business.
Source: https://agent-trace.dev and the JSON Schema published there.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from gifthorse.provenance.lines import LineClass

MIME = "application/vnd.agent-trace.record+json"
VERSION = "0.1.0"
NEWEST = 1
MOST_PROBLEMS = 20
LAST_LINE = 999_999_999
LONGEST_MODEL = 250
KINDS = {str(kind): kind for kind in LineClass}
_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})(\.[0-9]{1,9}[^\s]*)?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_PROVIDERS = {
    "claude": "anthropic",
    "gpt": "openai",
    "chatgpt": "openai",
    "codex": "openai",
    "o1": "openai",
    "o3": "openai",
    "o4": "openai",
    "gemini": "google",
    "grok": "xai",
    "mistral": "mistral",
    "codestral": "mistral",
    "devstral": "mistral",
    "deepseek": "deepseek",
    "llama": "meta",
    "qwen": "alibaba",
}


@dataclass(frozen=True, slots=True)
class Ranged:
    """Lines `start` to `end` (from 1, both included) of one file, who wrote them, and a hash of their text or ""."""

    start: int
    end: int
    kind: LineClass
    model: str = ""
    url: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """One file of a record."""

    path: str
    ranges: tuple[Ranged, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """One record. `revision` is "" where there is none; `placed`: its ranges are lines of that revision."""

    id: str
    timestamp: str
    files: tuple[Traced, ...]
    vcs: str = ""
    revision: str = ""
    tool: str = ""
    tool_version: str = ""
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, in the order in which it was written, and in words what could not be."""

    traces: tuple[Trace, ...]
    problems: tuple[str, ...] = ()


def read(content: bytes) -> Reading:
    """The records in a file: one JSON value, a list of them, or one to a line. Nothing is an error."""
    problems: list[str] = []
    traces = [trace for where, value in _values(content, problems) if (trace := _trace(value, where, problems))]
    return Reading(tuple(traces), tuple(problems[:MOST_PROBLEMS]))


def _values(content: bytes, problems: list[str]) -> Iterator[tuple[str, Any]]:
    """(where it stands, value) of each JSON value."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not content.strip():
        return
    try:
        whole = _json(content)
    except ValueError:
        whole = None
    if whole is not None:
        listed = whole if isinstance(whole, list) else [whole]
        yield from ((f"record {number}", value) for number, value in enumerate(listed, 1))
        return
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            try:
                yield f"line {number}", _json(line)
            except ValueError:
                problems.append(f"line {number} is not JSON")


def _json(content: bytes) -> Any:
    """The JSON value. Raises ValueError."""
    try:
        return msgspec.json.decode(content)
    except RecursionError as error:
        raise ValueError("too deep") from error
    except (msgspec.MsgspecError, ValueError):
        try:
            return json.loads(content.decode("utf-8", "replace"))
        except RecursionError as error:
            raise ValueError("too deep") from error


def _trace(value: Any, where: str, problems: list[str]) -> Trace | None:
    if not isinstance(value, dict) or not isinstance(value.get("files"), list):
        problems.append(f"{where} is no record: it has no `files`")
        return None
    version = _VERSION.fullmatch(str(value.get("version", VERSION)))
    if version and int(version[1]) > NEWEST:
        problems.append(f"{where} is of a later version ({value['version']!s:.40}): update Gifthorse")
        return None
    vcs, tool = _table(value, "vcs"), _table(value, "tool")
    return Trace(
        id=_text(value, "id"),
        timestamp=_text(value, "timestamp"),
        files=tuple(_file(file) for file in value["files"] if isinstance(file, dict) and _text(file, "path")),
        vcs=_text(vcs, "type"),
        revision=_text(vcs, "revision").lower(),
        tool=_text(tool, "name"),
        tool_version=_text(tool, "version"),
        placed=bool(version and version[3]),
    )


def _file(file: Mapping[str, Any]) -> Traced:
    ranges = [one for talk in _tables(file, "conversations") for one in _ranges(talk)]
    return Traced(_text(file, "path").removeprefix("./"), tuple(ranges))


def _ranges(conversation: Mapping[str, Any]) -> Iterator[Ranged]:
    general = _table(conversation, "contributor")
    for one in _tables(conversation, "ranges"):
        contributor = _table(one, "contributor") or general
        start, end = _line(one.get("start_line")), _line(one.get("end_line"))
        if not 1 <= start <= end:
            continue
        kind = KINDS.get(_text(contributor, "type"), LineClass.UNKNOWN)
        url, digest = _text(conversation, "url"), _text(one, "content_hash")
        yield Ranged(start, end, kind, _text(contributor, "model_id"), url, digest)


def _line(value: Any) -> int:
    """A line number, or 0 for what is none."""
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return int(value) if whole and not isinstance(value, bool) and 1 <= value <= LAST_LINE else 0


def _table(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _tables(value: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def content_hash(lines: Sequence[bytes]) -> str:
    """A hash of whole lines (without their ends) that says whether a text is the one that was recorded."""
    return "sha256:" + hashlib.sha256(b"".join(line + b"\n" for line in lines)).hexdigest()


def fits(ranged: Ranged, lines: Sequence[bytes]) -> bool | None:
    """Whether `lines` are the text that was recorded; None where the record's hash is none that we know."""
    return ranged.content_hash == content_hash(lines) if ranged.content_hash.startswith("sha256:") else None


def model_id(model: str) -> str:
    """A model's name as `provider/model`; "" where its provider is not known, since the name alone is not allowed."""
    if "/" in model or not model:
        return model[:LONGEST_MODEL]
    begin = re.split(r"[-_. ]", model.lower(), maxsplit=1)[0]
    provider = _PROVIDERS.get(begin) or _PROVIDERS.get(begin.rstrip("0123456789"))
    return f"{provider}/{model}"[:LONGEST_MODEL] if provider else ""


def write(trace: Trace) -> bytes:
    """One line of JSON, with its line end. Raises ValueError for anything that the specification does not allow."""
    problem = next(_wrong(trace), "")
    if problem:
        raise ValueError(f"This cannot be written as an Agent Trace record: {problem}.")
    shape: dict[str, Any] = {"version": VERSION, "id": trace.id, "timestamp": trace.timestamp}
    if trace.revision:
        shape["vcs"] = {"type": trace.vcs, "revision": trace.revision}
    if trace.tool:
        named = {"name": trace.tool, "version": trace.tool_version}
        shape["tool"] = {key: value for key, value in named.items() if value}
    shape["files"] = [_file_shape(file) for file in trace.files]
    try:
        return json.dumps(shape, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError as error:
        raise ValueError("This cannot be written as an Agent Trace record: it holds what is no Unicode.") from error


def _file_shape(file: Traced) -> dict[str, Any]:
    """The file, with ranges of one author in one conversation together."""
    talks: dict[tuple[str, LineClass, str], list[Ranged]] = {}
    for one in file.ranges:
        talks.setdefault((one.url, one.kind, one.model), []).append(one)
    return {"path": file.path, "conversations": [_talk_shape(*key, ranges) for key, ranges in talks.items()]}


def _talk_shape(url: str, kind: LineClass, model: str, ranges: Iterable[Ranged]) -> dict[str, Any]:
    contributor = {"type": str(kind), **({"model_id": model} if model else {})}
    lines = [
        {
            "start_line": one.start,
            "end_line": one.end,
            **({"content_hash": one.content_hash} if one.content_hash else {}),
        }
        for one in ranges
    ]
    return {**({"url": url} if url else {}), "contributor": contributor, "ranges": lines}


def _wrong(trace: Trace) -> Iterator[str]:
    """What is wrong with a record that is to be written."""
    try:
        if str(uuid.UUID(trace.id)) != trace.id.lower():
            yield "`id` must be a UUID"
    except ValueError:
        yield "`id` must be a UUID"
    if not _is_time(trace.timestamp):
        yield "`timestamp` must be a time of RFC 3339"
    if trace.revision and trace.vcs not in ("git", "jj", "hg", "svn"):
        yield f"{trace.vcs!r:.40} is no version control system"
    for file in trace.files:
        yield from _wrong_file(file)


def _wrong_file(file: Traced) -> Iterator[str]:
    if not file.path or file.path.startswith("/") or "\0" in file.path or ".." in file.path.split("/"):
        yield f"{file.path!r:.80} is no path from the root"
    for one in file.ranges:
        if not 1 <= one.start <= one.end:
            yield f"lines {one.start} to {one.end} are no range"
        if one.model and ("/" not in one.model or len(one.model) > LONGEST_MODEL):
            yield f"{one.model!r:.60} is not `provider/model`"
        if one.url and not _URL.fullmatch(one.url):
            yield f"{one.url!r:.60} is no URL"


def _is_time(written: str) -> bool:
    try:
        return "T" in written and datetime.fromisoformat(written).tzinfo is not None
    except ValueError:
        return False
