"""Where a further package is declared in the text of a manifest: a place, and what is to be written there.

A slot is an offset in the text (in characters) and a template with `{name}` in it. Nothing is parsed as a whole, so that
everything else stays as it is written; where it is not sure what stands where, there is no slot.
"""

import re
from collections.abc import Iterator

VERSION = "VERSION"
"""What is written where a version must be given: installing fails until somebody has put one there."""

Slot = tuple[int, str]

_OPENING, _CLOSING = "([{", ")]}"
_JSON_TOKENS = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_SKIPPED = re.compile(r"""#[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[()\[\]{}]""")


def newline(text: str) -> str:
    """How the text ends its lines."""
    return "\r\n" if "\r\n" in text else "\n"


def at_end(text: str, line: str) -> Slot:
    """A line of its own at the end."""
    ending = newline(text)
    return len(text), ("" if not text or text.endswith("\n") else ending) + line + ending


def after_lines(text: str, start: int, end: int, line: str) -> Slot:
    """A line behind the last one between two offsets that is not blank, indented as that is."""
    last = start + len(text[start:end].rstrip())
    return last, newline(text) + line


def in_section(text: str, header: str, line: str) -> Slot | None:
    """A line at the end of a section whose header is a line `[header]`."""
    span = section(text, header)
    return after_lines(text, *span, line) if span else None


def section(text: str, header: str) -> tuple[int, int] | None:
    """The span of a section, from its header to the next one."""
    found = re.search(rf"(?m)^[ \t]*\[{re.escape(header)}\][ \t]*(?:#.*)?\r?$", text)
    if found is None:
        return None
    following = re.search(r"(?m)^[ \t]*\[", text[found.end() :])
    return found.start(), found.end() + following.start() if following else len(text)


def in_array(text: str, start: int, end: int, key: str, item: str) -> Slot | None:
    """A further item of the list that is the value of a key between two offsets: `key = [ ... ]`."""
    found = re.compile(rf"(?m)^[ \t]*{re.escape(key)}[ \t]*=[ \t]*(?=\[)").search(text, start, end)
    close = closing(text, found.end()) if found else None
    return in_brackets(text, found.end(), close, item) if found and close is not None else None


def closing(text: str, opening: int) -> int | None:
    """Where the bracket at an offset is closed; what stands in quotes and behind a # does not count."""
    depth = 0
    for token in _SKIPPED.finditer(text, opening):
        depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
        if depth == 0 and token[0] in _CLOSING:
            return token.start()
    return None


def in_brackets(text: str, opening: int, close: int, item: str) -> Slot:
    """A further item between two brackets, with a comma, in a line of its own where the others have one: the last one,
    or the first where a comment stands behind the last.
    """
    inner, ending = text[opening + 1 : close], newline(text)
    if not inner.strip():
        return _only(text, opening, inner, item)
    first = re.match(r"\s*", inner)
    indent = first[0].rpartition("\n")[2] if first else ""
    spread = bool(first and "\n" in first[0])
    if "#" in inner[inner.rstrip().rfind("\n") + 1 :]:
        return opening + 1, f"{ending}{indent}{item}," if spread else f"{item}, "
    at = opening + 1 + len(inner.rstrip())
    comma = "" if text[at - 1] == "," else ","
    return at, comma + (f"{ending}{indent}" if spread else " ") + item + ("" if comma else ",")


def _only(text: str, opening: int, inner: str, item: str) -> Slot:
    """The first item between two brackets: an entry of JSON gets a line of its own, others where there are lines."""
    before, ending = text[text.rfind("\n", 0, opening) + 1 : opening], newline(text)
    indent = before[: len(before) - len(before.lstrip())]
    entry = item.startswith('"{name}":')
    if not entry and "\n" not in inner:
        return opening + 1, item
    step = "  " if entry and len(indent) % 4 else "    "
    step = "  " if entry and indent in {"", "  "} else step
    return opening + 1, f"{ending}{indent}{step}{item}" + ("" if "\n" in inner else ending + indent)


def in_json(text: str, key: str, item: str) -> Slot | None:
    """A further entry of the object that is the value of a key of the whole; the object itself where there is none."""
    whole = None
    for depth, name, opening, close in _objects(text):
        if depth == 1 and name == key:
            return in_brackets(text, opening, close, item)
        if depth == 0:
            whole = opening, close
    if whole is None:
        return None
    at, made = in_brackets(text, *whole, '"{name}": {}')
    found = re.search(r"\n([ \t]*)\S+ \{\}", made)
    ending, inner = newline(text), found[1] if found else "  "
    return at, made.replace('"{name}": {}', f'"{key}": {{{ending}{inner * 2}{item}{ending}{inner}}}')


def _objects(text: str) -> Iterator[tuple[int, str, int, int]]:
    """All objects of a JSON text, the inner ones first: how deep, the key, and where it is opened and closed."""
    open_: list[tuple[str, str, int]] = []
    last, key = "", ""
    for token in _JSON_TOKENS.finditer(text):
        word = token[0]
        if word in "{[":
            open_.append((word, key, token.start()))
            key = ""
        elif word in "}]":
            if not open_:
                return
            kind, name, start = open_.pop()
            if kind == "{" and word == "}":
                yield len(open_), name, start, token.start()
        elif word == ":":
            key = last.strip('"')
        elif word == ",":
            key = ""
        last = word


def in_block(text: str, head: str, line: str) -> Slot | None:
    """A line at the end of the block that begins with the pattern `head` and a bracket."""
    found = re.search(rf"(?m){head}", text)
    close = closing(re.sub(r"//", "##", text), found.end() - 1) if found else None
    if found is None or close is None:
        return None
    inner = text[found.end() : close]
    last = next((one for one in reversed(inner.split("\n")) if one.strip()), "")
    indent = last[: len(last) - len(last.lstrip())] if "\n" in inner else "    "
    if "\n" not in inner:
        return found.end() + len(inner.rstrip()), f"{newline(text)}{indent or '    '}{line}{newline(text)}"
    return after_lines(text, found.end(), close, (indent or "    ") + line)
