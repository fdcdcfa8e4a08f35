"""A Record: what an agent's hook or an assistant's proxy tells of one change of one file. Values, and their JSON.

It is a claim that has not been held against the file yet: where the text stands, and whether it is there at all, is
found out by content (provenance/join.py). Imports the standard library only, and little of it: hooks start with this.
"""

import hashlib
import json
import math
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
SOURCES = ("hook", "proxy")
_NAMES = ("tool", "model", "session", "prompt", "kind")


class RecordError(ValueError):
    """A text is no Record; the message says what is wrong with it."""


class LaterRecordError(RecordError):
    """A Record of a later format than this version understands."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """`old` was replaced by `new`. `start` is where `new` begins in the file afterwards (bytes), None if unknown."""

    old: str
    new: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One file's change by an agent or assistant.

    `source` is "hook" or "proxy". `model`, `session` and `prompt` are "" where unknown. `path` is absolute, `time` in
    seconds since 1970. `before` and `after` are SHA-256 digests (hex) of the whole file, "" where unknown.
    `whole`: the only edit's `new` is the whole file, and its `old` is the whole file before where `before` is known.
    `created`: there was no file before. `text` is the whole file after the change where it is known and not said by
    `whole` anyway, so that the place can be found when the file has moved on.
    `kind` is the way the text arrived, in the protocol's words ("agent", "inline-completion", "partial", "next-edit").
    Texts hold bytes that are no UTF-8 as lone surrogates ("surrogateescape").
    """

    source: str
    tool: str
    path: str
    time: float
    edits: tuple[TextChange, ...]
    model: str = ""
    session: str = ""
    prompt: str = ""
    before: str = ""
    after: str = ""
    whole: bool = False
    created: bool = False
    text: str | None = None
    kind: str = "agent"

    @property
    def id(self) -> str:
        """The name of exactly this Record: the same in every process that reads it."""
        return hashlib.sha256(encode(self)).hexdigest()[:32]


def as_bytes(text: str) -> bytes:
    """The bytes of a Record's text. Raises nothing: surrogates that stand for no byte become question marks."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def as_text(content: bytes) -> str:
    """Bytes of a file as a Record's text."""
    return content.decode("utf-8", "surrogateescape")


def encode(record: Record) -> bytes:
    """One line of JSON in ASCII, without its line end."""
    return json.dumps({"format": FORMAT, **asdict(record)}, separators=(",", ":")).encode("ascii")


def decode(line: bytes) -> Record:
    """The Record in a line. Unknown members are passed over.

    Raises RecordError for what is none, LaterRecordError for one of a later format.
    """
    try:
        members = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not JSON: {str(error) or type(error).__name__:.200}") from error
    if not isinstance(members, dict):
        raise RecordError("not a JSON object")
    version = members.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise LaterRecordError(f"format {version} is later than {FORMAT}: update Gifthorse")
    if version != FORMAT:
        raise RecordError(f"`format` is {version!r:.50}, not {FORMAT}")
    return _record(members)


def _record(members: dict[str, Any]) -> Record:
    source, path, edits = (_member(members, name, kind) for name, kind in _REQUIRED)
    text = members.get("text")
    if source not in SOURCES:
        raise RecordError(f"`source` is {source!r:.50}, not one of {', '.join(SOURCES)}")
    if not path or "\0" in path:
        raise RecordError("`path` is not the path of a file")
    if text is not None and not isinstance(text, str):
        raise RecordError("`text` is not a string")
    return Record(
        source=source,
        path=path,
        time=_time(members.get("time")),
        edits=tuple(_edit(edit) for edit in edits),
        before=_digest(members, "before"),
        after=_digest(members, "after"),
        whole=members.get("whole") is True,
        created=members.get("created") is True,
        text=text,
        **{name: _member(members, name, str, "agent" if name == "kind" else "") for name in _NAMES},
    )


_REQUIRED: tuple[tuple[str, type], ...] = (("source", str), ("path", str), ("edits", list))


def _member(members: dict[str, Any], name: str, kind: type, otherwise: Any = None) -> Any:
    value = members.get(name, otherwise)
    if not isinstance(value, kind):
        raise RecordError(f"`{name}` is missing or not a {kind.__name__}")
    return value


def _time(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e11 or math.isnan(value):
        raise RecordError("`time` is missing or not a number of seconds since 1970")
    return float(value)


def _digest(members: dict[str, Any], name: str) -> str:
    value = members.get(name, "")
    if value == "" or (isinstance(value, str) and len(value) == 64 and not value.strip("0123456789abcdef")):
        return str(value)
    raise RecordError(f"`{name}` is not a SHA-256 digest in hexadecimal")


def _edit(edit: Any) -> TextChange:
    if not isinstance(edit, dict):
        raise RecordError("an edit is not a JSON object")
    start = edit.get("start")
    if start is not None and (isinstance(start, bool) or not isinstance(start, int) or start < 0):
        raise RecordError("`start` of an edit is not a byte offset")
    return TextChange(_member(edit, "old", str), _member(edit, "new", str), start)
