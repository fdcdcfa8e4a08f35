"""What a server offered: answers of every kind of request for suggestions -> Offers. Pure.

Known are `textDocument/inlineCompletion` of LSP 3.18 and what Copilot's server adds to it: next edits, panels, and the
older `getCompletions`. Whether an offer was taken is landing.py's question.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gifthorse.model.text import Encoding, Span, Text, encode
from gifthorse.proxy.documents import position_of, span_of
from gifthorse.proxy.landing import Landing

MOST_ITEMS = 64
"""Items of one answer that are looked at."""
LONGEST = 1_000_000
"""Characters of a suggestion that is looked at."""

INLINE, NEXT_EDIT = "inline-completion", "next-edit"
METHODS: Mapping[str, str] = {
    "textDocument/inlineCompletion": INLINE,
    "textDocument/copilotInlineEdit": NEXT_EDIT,
    "textDocument/copilotPanelCompletion": INLINE,
    "getCompletions": INLINE,
    "getCompletionsCycling": INLINE,
    "getPanelCompletions": INLINE,
}
"""Requests for suggestions, and how text of their answers arrives, in the words of the protocol."""
_LISTS = ("items", "edits", "completions", "solutions")
_WORDS = ("insertText", "text", "completionText")
_MODELS = ("model", "modelId", "model_id", "modelName")


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion. `words` is the text as it was offered, `spans` where it may go in the present text: a client that
    is told no range chooses one. `names` are what later messages may call it. `commanded`: a client that runs commands
    says when it was taken. `since`: when it was asked for. `landings` are the latest changes that brought words of it.
    `awaited` is what of it the client says was taken, by a change up to the number `awaited_until` that is yet to come.
    """

    uri: str
    kind: str
    words: bytes
    spans: tuple[Span, ...]
    names: frozenset[str]
    model: str
    commanded: bool
    since: float
    shown: bool = False
    landings: tuple[Landing, ...] = ()
    awaited: bytes | None = None
    awaited_until: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when suggestions were asked for: the text then, how many changes it had seen, and the cursor."""

    uri: str
    text: Text
    number: int
    cursor: Any
    time: float


def items_of(result: Any) -> Iterator[Mapping[str, Any]]:
    """The items in an answer."""
    if isinstance(result, dict):
        result = next((result[name] for name in _LISTS if isinstance(result.get(name), list)), [])
    if isinstance(result, list):
        yield from (item for item in result[:MOST_ITEMS] if isinstance(item, dict))


def offer_of(item: Mapping[str, Any], place: Place, kind: str, encoding: Encoding) -> Offer | None:
    """The Offer in an item, in the text of `place`; None where it has no text. Raises StrangeMessageError for a bad range."""
    words = _words(item)
    if not words or len(words) > LONGEST:
        return None
    if item.get("range") is None:
        spans = _chosen(place.text, place.text.offset(position_of(place.cursor), encoding))
    else:
        spans = (span_of(item["range"], place.text, encoding),)
    return Offer(
        uri=place.uri,
        kind=kind,
        words=encode(words),
        spans=spans,
        names=frozenset(names_of(item)),
        model=model_of(item),
        commanded=isinstance(item.get("command"), dict),
        since=place.time,
    )


def uri_of(item: Mapping[str, Any], otherwise: str) -> str:
    """The document that an item is for."""
    document = item.get("textDocument")
    uri = document.get("uri") if isinstance(document, dict) else None
    return uri if isinstance(uri, str) else otherwise


def names_of(item: Any) -> Iterator[str]:
    """What an item may be called by later: its command, the arguments of that alone, its ids, and its own words."""
    if not isinstance(item, dict):
        return
    if isinstance(command := item.get("command"), dict):
        arguments = _arguments(command.get("arguments"))
        yield _run(command.get("command"), arguments)
        if arguments:
            yield f"arguments {_canonical(arguments)}"
            yield f"id {arguments[0]}"
    for name in ("uuid", "id", "solutionId"):
        if isinstance(value := item.get(name), str) and value:
            yield f"id {value}"
    if _words(item):
        yield _canonical([_words(item), item.get("range")])


def command_names(command: Any, arguments: Any) -> Iterator[str]:
    """The names of the item whose command is run. Other commands are about items, too: that one was rejected, say."""
    arguments = _arguments(arguments)
    yield _run(command, arguments)
    if arguments and isinstance(command, str) and "accept" in command.casefold():
        yield f"id {arguments[0]}"


def _arguments(arguments: Any) -> list[Any]:
    return arguments if isinstance(arguments, list) else []


def _run(command: Any, arguments: list[Any]) -> str:
    return f"run {_canonical([command, arguments])}"


def model_of(item: Mapping[str, Any]) -> str:
    """The model that an item says it is from, or ""."""
    command = item.get("command")
    arguments = command.get("arguments") if isinstance(command, dict) else None
    places = [item, item.get("data"), *(arguments if isinstance(arguments, list) else ())]
    found = (place.get(name) for place in places if isinstance(place, dict) for name in _MODELS)
    return next((value[:200] for value in found if isinstance(value, str)), "")


def utf16_start(words: bytes, units: int) -> bytes:
    """The first so many UTF-16 units of a text; a character that is cut in two is left out."""
    head = words.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")[: 2 * max(0, units)]
    return head.decode("utf-16-le", "ignore").encode("utf-8", "surrogatepass")


def _words(item: Mapping[str, Any]) -> str:
    for name in _WORDS:
        value = item.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, dict) and isinstance(value.get("value"), str):  # a StringValue of LSP 3.18: a snippet
            return _plain(value["value"])
    return ""


_HOLE = re.compile(r"\$(?:(\d+)|\{\d+\}|\{\d+:([^${}\\]*)\}|\{\d+\|([^,|\\]*)[^|]*\|\})|\\([$}\\])")


def _plain(snippet: str) -> str:
    """The text that a snippet gives before anybody fills it in."""
    return _HOLE.sub(lambda hole: hole[2] or hole[3] or hole[4] or "", snippet)


def _chosen(text: Text, cursor: int) -> tuple[Span, ...]:
    """The ranges that clients choose: the cursor, the rest of its line, and that from the start of the word on."""
    line = text.line_span(text.line_at(cursor))
    before = text.slice(Span(line.start, cursor))
    word = cursor - len(before) + len(before.rstrip(b"_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
    return tuple(
        dict.fromkeys((Span(cursor, cursor), Span(word, cursor), Span(cursor, line.end), Span(word, line.end)))
    )


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
