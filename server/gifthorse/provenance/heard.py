"""What an agent's hook says, in words that are the same for every agent. Values, and the reading of any JSON.

Which member of which payload means what is agents/'s; what the files make of it is account.py's.
"""

import codecs
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LARGEST_PAYLOAD = 100_000_000
"""Bytes of a payload that are read; agents send whole files twice, but no more than that."""


class PayloadError(ValueError):
    """A payload cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """`old` was, or is to be, replaced by `new`: at the only place where it stands, or at `every` one.

    `line` is the line (from 0) in which `new` begins, where that was told.
    """

    old: str
    new: str
    every: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One file's change as it was told: `path` may be relative.

    `content` is the whole file afterwards, `original` the whole file before, both None where they were not told.
    `replacements` were made one after the other. `created`: there was no such file before. A Change that tells neither
    content nor replacements says only that the file was edited.
    """

    path: str
    replacements: tuple[Replacement, ...] = ()
    content: str | None = None
    original: str | None = None
    created: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One call of a hook. `asked`: the edit has not been made yet and may be refused; else it has been made.

    `folder` is what relative paths start from, "" where it was not told. Without `changes` it was about no edit.
    `kind` is the way the text arrives, in the protocol's words.
    """

    tool: str
    asked: bool = False
    changes: tuple[Change, ...] = ()
    folder: str = ""
    model: str = ""
    session: str = ""
    prompt: str = ""
    kind: str = "agent"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agent expects: on standard output, on standard error, and as the exit code."""

    output: str = ""
    words: str = ""
    code: int = 0


def read_payload(raw: bytes) -> Mapping[str, Any]:
    """The JSON object in `raw`. Control characters inside of strings are taken as they are: some agents send them.

    Raises PayloadError for what is none.
    """
    if not raw.strip():
        raise PayloadError("nothing came on standard input; a hook expects the agent's JSON there")
    utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        payload = json.loads(raw.decode("utf-16" if utf16 else "utf-8-sig", "surrogateescape"), strict=False)
    except RecursionError as error:
        raise PayloadError("the payload is nested too deeply") from error
    except ValueError as error:
        raise PayloadError(f"the payload is cut off or no JSON: {error!s:.200}") from error
    if not isinstance(payload, dict):
        raise PayloadError("the payload is no JSON object")
    return payload


def table(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, or one written as a string; else an empty one."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value, strict=False)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


def text(members: Mapping[str, Any], *names: str) -> str:
    """The first of these members that is a text, or ""."""
    return said(members, names) or ""


def said(members: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first of these members that is a text, or None where none is: an empty text is not the same as none."""
    return next((value for name in names if isinstance(value := members.get(name), str)), None)


def first(value: Any) -> str:
    """The first text in a list, or ""."""
    return next((one for one in value if isinstance(one, str)), "") if isinstance(value, list) else ""
