"""What the server and its child say to each other: msgpack messages in frames of a 4-byte big-endian length.

A document is named by a key that is never used twice, so that an answer about a closed document cannot be taken for
one about its successor. Both sides are of one version and one installation: the format is private and may change.
"""

import struct
from typing import BinaryIO

import msgspec

from gifthorse.model.dependency import Declared
from gifthorse.model.finding import Report
from gifthorse.model.rule import Rule
from gifthorse.model.text import Edit, Files

MOST_BYTES = 256 * 1024 * 1024
EXIT_MEMORY = 86
HEADER = struct.Struct(">I")


class GarbledError(Exception):
    """The other side sent what is no message; nothing after it can be trusted."""


class Begin(msgspec.Struct, frozen=True, array_like=True, tag="begin"):
    """First message to the child: its limits, `seconds` for an inspection and `memory` in bytes. Sent again when they
    change.
    """

    seconds: float
    memory: int
    follows: bool = False
    """Whether somebody answers when it seeks other files of the workspace."""


class Open(msgspec.Struct, frozen=True, array_like=True, tag="open"):
    """A document with all its text. `place`: its file, where what it imports may be looked for. `saved`: the text is
    what is in that file. `root`: whose own rules count for it, see Rules.
    """

    key: int
    version: int
    path: str
    language_id: str | None
    content: bytes
    place: str = ""
    saved: bool = False
    root: str = ""


class Rules(msgspec.Struct, frozen=True, array_like=True, tag="rules"):
    """These rules count, besides ours, for the documents of this root, and no others of a user's own."""

    root: str
    rules: tuple[Rule, ...]


class Change(msgspec.Struct, frozen=True, array_like=True, tag="change"):
    """Edits of an open document in order, each over the text that the one before made."""

    key: int
    version: int
    edits: tuple[Edit, ...]


class Against(msgspec.Struct, frozen=True, array_like=True, tag="against"):
    """The open document is held against the text `before`, at this version and no other; against none (None) any more.

    `allowed`: the capabilities that it may have. `declared`: what the manifests around it say. `beside`: the files beside
    it, with which it may be compared.
    """

    key: int
    version: int
    before: bytes | None
    allowed: tuple[str, ...] = ()
    declared: Declared | None = None
    beside: Files = ()


class Close(msgspec.Struct, frozen=True, array_like=True, tag="close"):
    """The document is not wanted any more."""

    key: int


class Links(msgspec.Struct, frozen=True, array_like=True, tag="links"):
    """Answer to Seek: the files that the references in the file `place` lead to; none: a library."""

    place: str
    found: tuple[tuple[str, tuple[str, ...]], ...]


class Texts(msgspec.Struct, frozen=True, array_like=True, tag="texts"):
    """Answer to Fetch: files with what is in them; None: nothing can be known of that one."""

    found: tuple[tuple[str, bytes | None], ...]


class Stale(msgspec.Struct, frozen=True, array_like=True, tag="stale"):
    """These files are not what they were, or came, or went."""

    places: tuple[str, ...]


class Ready(msgspec.Struct, frozen=True, array_like=True, tag="ready"):
    """First message of the child: everything is loaded."""


class Started(msgspec.Struct, frozen=True, array_like=True, tag="started"):
    """The child begins to inspect this version: if it dies now, this document did it."""

    key: int
    version: int


class Answer(msgspec.Struct, frozen=True, array_like=True, tag="answer"):
    """What the inspection of this version found. Not `settled`: another one follows when more is known of what the
    text imports.
    """

    key: int
    version: int
    report: Report
    settled: bool = True
    compared: bool = False
    """Whether the version has been held against what Against says."""


class Seek(msgspec.Struct, frozen=True, array_like=True, tag="seek"):
    """A question: which files these references lead to, that stand in the file `place` of that language."""

    place: str
    language: str
    references: tuple[str, ...]


class Fetch(msgspec.Struct, frozen=True, array_like=True, tag="fetch"):
    """A question: what is in these files."""

    places: tuple[str, ...]


class Reading(msgspec.Struct, frozen=True, array_like=True, tag="reading"):
    """The child begins to read this file: if it dies now, this file did it. Empty: it has."""

    place: str


Request = Begin | Open | Change | Close | Links | Texts | Stale | Rules | Against
Response = Ready | Started | Answer | Seek | Fetch | Reading

_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_responses: msgspec.msgpack.Decoder[Response] = msgspec.msgpack.Decoder(Response)


def pack(message: Request | Response) -> bytes:
    """The message as one frame."""
    body = _encoder.encode(message)
    return HEADER.pack(len(body)) + body


def read_frame(source: BinaryIO) -> bytes | None:
    """The next frame's body; None at the end of the stream. GarbledError if it is too long or broken off."""
    header = source.read(HEADER.size)
    if not header:
        return None
    length = HEADER.unpack(header)[0] if len(header) == HEADER.size else MOST_BYTES + 1
    if length > MOST_BYTES:
        raise GarbledError("no frame begins here")
    body = source.read(length)
    if len(body) < length:
        raise GarbledError("the stream ends inside a frame")
    return body


def request(body: bytes) -> Request:
    """The message to the child in a frame's body. GarbledError if it is none."""
    try:
        return _requests.decode(body)
    except msgspec.DecodeError:
        # Without the cause: its text may quote the message, which is somebody's code.
        raise GarbledError("not a request") from None


def response(body: bytes) -> Response:
    """The message from the child in a frame's body. GarbledError if it is none."""
    try:
        return _responses.decode(body)
    except msgspec.DecodeError:
        raise GarbledError("not a response") from None
