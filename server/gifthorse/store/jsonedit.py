"""Adding to and taking from a JSON text that somebody else wrote, without touching the rest of it.

It reads JSON with comments and trailing commas, and works on the text: every byte that is not added or taken stays.
It knows nothing of what the text configures.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

_SPACE = re.compile(r"(?:[ \t\r\n\ufeff]|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_WORD = re.compile(r"[^\s,:\[\]{}\"/]+")
DEEPEST = 200


class JsonError(ValueError):
    """A text is no JSON; the message names the line."""


@dataclass(slots=True)
class Node:
    """A value in the text, from `start` to `end`. `keys` and `keys_at` are those of an object's `items`."""

    start: int
    end: int
    kind: str
    items: list["Node"] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    keys_at: list[int] = field(default_factory=list)

    def get(self, key: str) -> "Node | None":
        """The last member of that name, which is the one that counts."""
        return next((item for name, item in zip(self.keys[::-1], self.items[::-1], strict=True) if name == key), None)


def read(text: str) -> Node:
    """The value that the text is. Raises JsonError."""
    node = _value(text, _skip(text, 0), 0)
    if _skip(text, node.end) != len(text):
        raise _error(text, node.end, "there is something behind the end")
    return node


def _error(text: str, at: int, what: str) -> JsonError:
    return JsonError(f"line {text.count(chr(10), 0, at) + 1}: {what}")


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, depth: int) -> Node:
    if depth > DEEPEST:
        raise _error(text, at, "it is nested too deeply")
    sign = text[at : at + 1]
    if sign in ("{", "["):
        return _container(text, at, depth)
    found = (_STRING if sign == '"' else _WORD).match(text, at)
    if not found:
        raise _error(text, at, "a value is missing")
    return Node(at, found.end(), "other")


def _container(text: str, start: int, depth: int) -> Node:
    is_object = text[start] == "{"
    node, at = Node(start, start, "object" if is_object else "array"), _skip(text, start + 1)
    while text[at : at + 1] != ("}" if is_object else "]"):
        if is_object:
            at = _key(text, at, node)
        node.items.append(_value(text, at, depth + 1))
        at = _skip(text, node.items[-1].end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] not in ("}", "]"):
            raise _error(text, at, "a comma or the end of an object or list is missing")
    node.end = at + 1
    return node


def _key(text: str, at: int, node: Node) -> int:
    """Read a member's name; returns where its value begins."""
    found = _STRING.match(text, at)
    if not found:
        raise _error(text, at, "a name in quotes is missing")
    try:
        node.keys.append(json.loads(found[0], strict=False))
    except ValueError as error:
        raise _error(text, at, "a name cannot be read") from error
    node.keys_at.append(at)
    at = _skip(text, found.end())
    if text[at : at + 1] != ":":
        raise _error(text, at, "a colon is missing")
    return _skip(text, at + 1)


def plain(text: str, node: Node) -> Any:
    """The value of a node as Python has it. Raises JsonError for one that is no value."""
    if node.kind == "object":
        return {key: plain(text, item) for key, item in zip(node.keys, node.items, strict=True)}
    if node.kind == "array":
        return [plain(text, item) for item in node.items]
    try:
        return json.loads(text[node.start : node.end], strict=False)
    except ValueError as error:
        raise _error(text, node.start, "a value cannot be read") from error


Insertion = tuple[int, str]
"""Where a text is put in, and what."""


def appended(text: str, path: Sequence[str], value: Any) -> list[Insertion]:
    """What puts `value` at the end of the list at `path`, with the objects and the list around it as far as they are
    missing. Raises JsonError where something else is at that path.
    """
    node = read(text)
    for depth, name in enumerate(path):
        if node.kind != "object":
            raise _error(text, node.start, f"`{'.'.join(path[:depth]) or 'the whole'}` is not an object")
        inner = node.get(name)
        if inner is None:
            member: Any = [value]
            for missing in reversed(path[depth + 1 :]):
                member = {missing: member}
            return _added(text, node, name, member)
        node = inner
    if node.kind != "array":
        raise _error(text, node.start, f"`{'.'.join(path)}` is not a list")
    return _added(text, node, None, value)


def _added(text: str, node: Node, name: str | None, value: Any) -> list[Insertion]:
    end = "\r\n" if "\r\n" in text else "\n"
    unit = _unit(text)
    inside = text[node.start : node.end]
    flat = bool(node.items) and "\n" not in inside
    written = json.dumps(value, ensure_ascii=False, indent=None if flat else unit)
    written = written if name is None else f"{json.dumps(name, ensure_ascii=False)}: {written}"
    if flat:
        return [(node.items[-1].end, f", {written}")]
    outer = _indent(text, node.start)
    inner = _indent(text, node.items[-1].start) if node.items else outer + unit
    lines = f"{end}{inner}" + written.replace("\n", f"{end}{inner}")
    at = node.start + 1 + len(inside[1:-1].rstrip(" \t\r\n"))
    closing = "" if "\n" in text[at : node.end] else f"{end}{outer}"
    if not node.items or _comma(text, node.items[-1].end) is not None:
        return [(at, lines + closing)]
    last = node.items[-1].end
    return [(at, "," + lines + closing)] if at == last else [(last, ","), (at, lines + closing)]


def _unit(text: str) -> str:
    """One step of indentation as the text has it."""
    found = re.search(r"\n([ \t]+)[\"\[{]", text)
    return ("\t" if "\t" in found[1] else found[1]) if found else "  "


def _indent(text: str, at: int) -> str:
    """The white space at the start of the line."""
    found = re.compile(r"[ \t]*").match(text, text.rfind("\n", 0, at) + 1)
    return found[0] if found else ""


def _comma(text: str, at: int) -> int | None:
    """Where the comma behind a value is; None where there is none."""
    at = _skip(text, at)
    return at if text[at : at + 1] == "," else None


def without(text: str, path: Sequence[str | int]) -> str:
    """The text without the value at `path` (names and numbers), and without the one comma that it needed.

    A list or object that has nothing left loses the white space in it. Raises JsonError.
    """
    *around, last = path
    node = read(text)
    for step in around:
        node = _step(text, node, step)
    number = last if isinstance(last, int) else len(node.keys) - 1 - node.keys[::-1].index(last)
    item = node.items[number]
    start = node.keys_at[number] if node.kind == "object" else item.start
    start = node.start + len(text[node.start : start].rstrip(" \t\r\n"))
    end, comma = item.end, _comma(text, item.end)
    before = _comma(text, node.items[number - 1].end) if number else None
    if number + 1 < len(node.items) and comma is not None:
        end = comma + 1
    elif before is not None and comma is None:
        text, start, end = text[:before] + text[before + 1 :], start - 1, end - 1
        start = before + len(text[before:start].rstrip(" \t\r\n"))
    elif comma is not None and not number:
        end = comma + 1
    rest = text[:start] + text[end:]
    return _emptied(rest, around)


def _emptied(text: str, path: Sequence[str | int]) -> str:
    node = read(text)
    for step in path:
        node = _step(text, node, step)
    blank = not node.items and not text[node.start + 1 : node.end - 1].strip()
    return text[: node.start + 1] + text[node.end - 1 :] if blank else text


def _step(text: str, node: Node, step: str | int) -> Node:
    found = node.get(step) if isinstance(step, str) else node.items[step] if step < len(node.items) else None
    if found is None:
        raise _error(text, node.start, f"there is no {step!r}")
    return found


def apply(text: str, insertions: Sequence[Insertion]) -> str:
    """The text with these insertions, all of which speak of the text as it is."""
    for at, words in sorted(insertions, key=lambda insertion: insertion[0], reverse=True):
        text = text[:at] + words + text[at:]
    return text


def shifted(spans: Sequence[tuple[int, int]], insertions: Sequence[Insertion]) -> list[tuple[int, int]]:
    """Parts of a text that were inserted (ascending), after further insertions, which count as well."""
    result = list(spans)
    for at, words in sorted(insertions, key=lambda insertion: insertion[0], reverse=True):
        size = len(words)
        inside = any(low < at < high for low, high in result)
        result = [
            (low + size, high + size) if at <= low else (low, high + size if at < high else high)
            for low, high in result
        ]
        result = sorted(result if inside else [*result, (at, at + size)])
    return result


def strings(value: Any) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
