"""Declarations: commits that say an assistant had a hand in them, and comments that say so of the lines between them.

Weak evidence: a commit's trailer speaks of the whole commit, and most assistants leave none. Addresses must match
exactly, since people write from the same domains. It says nothing of lines that nobody declared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

ADDRESSES = {
    "noreply@anthropic.com": "claude",
    "175728472+copilot@users.noreply.github.com": "copilot",
    "198982749+copilot@users.noreply.github.com": "copilot",
    "223556219+copilot@users.noreply.github.com": "copilot",
    "copilot@github.com": "copilot",
    "cursoragent@cursor.com": "cursor",
    "noreply@openai.com": "codex",
    "codex@openai.com": "codex",
    "176961590+gemini-code-assist[bot]@users.noreply.github.com": "gemini",
    "161369871+google-labs-jules[bot]@users.noreply.github.com": "jules",
    "158243242+devin-ai-integration[bot]@users.noreply.github.com": "devin",
    "138933559+factory-droid[bot]@users.noreply.github.com": "droid",
    "amp@ampcode.com": "amp",
    "aider@aider.chat": "aider",
}
TRAILERS = {"claude-session": "claude", "agent-logs-url": "copilot", "amp-thread-id": "amp"}
MADE_WITH = {"cursor": "cursor"}
LONGEST_MESSAGE = 200_000
LONGEST_WORD = 100
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*)")
_PERSON = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*")
_ASSISTED = re.compile(r"([^\s:\[\]]+)(?::([^\s\[\]]+))?")
_COMMENT = re.compile(
    rb"\s*(?:#|//|--|;|%|/\*|\*|<!--|\"|'|\(\*|\{-|@rem\b|rem\b)[#/*;%!-]*\s*gifthorse:(ai|end)\b(.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Declared:
    """An assistant that is declared. `model` is "" where it is not said; `how` says by what."""

    tool: str
    model: str
    how: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Lines `first` to `last` (from 0, both included) between two marker comments."""

    first: int
    last: int
    tool: str
    model: str


def declared(author: str, email: str, committer_email: str, message: str) -> Declared | None:
    """What a commit declares of itself: by a trailer, else by who wrote or committed it; None for nothing."""
    for key, value in _trailers(message):
        if found := _of_trailer(key.lower(), value):
            return found
    for address in (email, committer_email):
        if tool := ADDRESSES.get(address.strip().lower()):
            return Declared(tool, "", "identity")
    return Declared("aider", "", "identity") if author.rstrip().endswith("(aider)") else None


def _trailers(message: str) -> Iterator[tuple[str, str]]:
    """The trailers: lines `Key: value` of the last paragraph that has any."""
    paragraphs = re.split(r"\n[ \t]*\n", message[-LONGEST_MESSAGE:].replace("\r\n", "\n").strip())
    for line in paragraphs[-1].split("\n") if len(paragraphs) > 1 else ():
        if found := _TRAILER.fullmatch(line.rstrip()):
            yield found[1], found[2]


def _of_trailer(key: str, value: str) -> Declared | None:
    if key in ("co-authored-by", "co-developed-by"):
        person = _PERSON.fullmatch(value)
        tool = ADDRESSES.get(person[2].strip().lower()) if person else None
        if person is None or tool is None:
            return None
        name = person[1].strip()
        return Declared(tool, name[:LONGEST_WORD] if name.lower() not in (tool, f"{tool} code") else "", "trailer")
    if tool := TRAILERS.get(key):
        return Declared(tool, "", "trailer")
    if key == "made-with" and (tool := MADE_WITH.get(value.strip().lower())):
        return Declared(tool, "", "trailer")
    if key in ("assisted-by", "generated-by") and (found := _ASSISTED.match(value.strip())):
        tool, model = found[1], found[2] or ""
        if key == "generated-by":
            tool, model = value.strip(), ""
        return Declared(tool[:LONGEST_WORD].lower(), model[:LONGEST_WORD], "trailer")
    return None


def marked(lines: Sequence[bytes]) -> tuple[tuple[Marked, ...], tuple[int, ...]]:
    """The lines between `gifthorse:ai TOOL [MODEL]` and `gifthorse:end`, each in a comment of its own; and the
    numbers (from 0) of beginnings that have no end, which say nothing.
    """
    found: list[Marked] = []
    unclosed: list[int] = []
    begun: tuple[int, str, str] | None = None
    for number, word, rest in _markers(lines):
        if begun is not None and word == "end":
            if number > begun[0] + 1:
                found.append(Marked(begun[0] + 1, number - 1, begun[1], begun[2]))
            begun = None
        elif word == "ai":
            if begun is not None:
                unclosed.append(begun[0])
            begun = (number, *_names(rest))
    if begun is not None:
        unclosed.append(begun[0])
    return tuple(found), tuple(unclosed)


def _markers(lines: Iterable[bytes]) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(lines):
        if b"gifthorse:" in line.lower() and (found := _COMMENT.match(line[:1000])):
            yield number, found[1].decode().lower(), found[2].decode("utf-8", "replace")


def _names(rest: str) -> tuple[str, str]:
    words = [word[:LONGEST_WORD] for word in rest.split() if word not in ("*/", "-->", "*)", "-}")]
    return (words[0] if words else ""), (words[1] if len(words) > 1 else "")
