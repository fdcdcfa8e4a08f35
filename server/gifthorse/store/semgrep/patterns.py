"""One Semgrep pattern that is a call or an assignment -> names and predicates of ours.

What has no clean counterpart raises UnmappedError with the reason, in words; nothing is mapped approximately but what
docs/own-rules.md says. Pure.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_METAVARIABLE = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*")
_NAME = re.compile(r"[\w$.:\\]+")
_KEYWORD = re.compile(r"([A-Za-z_]\w*)\s*(?:=(?!=)|:(?!:))\s*(.+)", re.DOTALL)
_OPEN, _CLOSE = "([{", ")]}"
_WORDS = {"true": "truthy", "True": "truthy", "TRUE": "truthy", "false": "falsy", "False": "falsy", "FALSE": "falsy"}
_NOTHING = {"None", "null", "nil", "NULL", "nullptr", "undefined"}


class UnmappedError(Exception):
    """Why something has no counterpart in our rules."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a pattern finds. `kind`: call or assign. `where`, `unless`: argument path -> predicate. `bound`: metavariable
    -> the argument path that it stands for; `names`: metavariable -> its place in `name`, as `<X>`.
    """

    kind: str
    name: str
    where: Mapping[str, str] = field(default_factory=dict)
    unless: Mapping[str, str] = field(default_factory=dict)
    bound: Mapping[str, str] = field(default_factory=dict)


def read_pattern(text: str) -> Found:
    """What a pattern finds. Raises UnmappedError."""
    text = text.strip().rstrip(";").strip()
    if "\n" in text:
        raise UnmappedError("it spans several statements")
    if "<..." in text:
        raise UnmappedError("it looks for something deep inside (<... ...>)")
    call = _call(text)
    if call is not None:
        return _found_call(*call)
    target, mark, value = text.partition(" = ")
    if mark and _NAME.fullmatch(target.strip()) and "..." not in target:
        if _METAVARIABLE.fullmatch(value.strip()):
            return Found("assign", dotted(target.strip()), bound={value.strip(): "value"})
        return Found("assign", dotted(target.strip()), {"value": predicate(value.strip())})
    raise UnmappedError("it is neither a call nor an assignment to a name")


def _call(text: str) -> tuple[str, str] | None:
    """(what is called, its arguments' text) of a text that is one call; None for any other."""
    text = text.removeprefix("new ").removeprefix("await ").strip()
    begin = text.find("(")
    if begin < 1 or not text.endswith(")") or not _NAME.fullmatch(text[:begin].strip()):
        return None
    depth = 0
    for number, character in enumerate(text):
        depth += (character in _OPEN) - (character in _CLOSE)
        if number > begin and depth == 0 and number < len(text) - 1:
            return None
    return text[:begin].strip(), text[begin + 1 : -1]


def dotted(name: str) -> str:
    """The name as our rules write it: what a metavariable stands for in front is anything."""
    name = name.replace("::", ".").replace("\\", ".").replace("->", ".").strip(".")
    first, *rest = name.split(".")
    if first.startswith("$") and rest and _METAVARIABLE.fullmatch(first):
        parts = ["**", *rest]
    elif first.startswith("$"):
        raise UnmappedError("what is called may be anything")
    else:
        parts = [first, *rest]
    if "" in parts or any("*" in part for part in parts[1:]):
        raise UnmappedError(f"the name {name!r} cannot be read")
    return ".".join(f"<{part}>" if part.startswith("$") else part for part in parts)


def _found_call(name: str, arguments: str) -> Found:
    where: dict[str, str] = {}
    bound: dict[str, str] = {}
    position: int | None = 0
    open_ended = False
    for argument in split(arguments):
        keyword = _KEYWORD.fullmatch(argument)
        if argument in ("...", "$...ARGS") or argument.startswith("$..."):
            position, open_ended = None, True
        elif keyword and not argument.startswith(("{", '"', "'")):
            _take(keyword[1], keyword[2].strip(), where, bound)
        else:
            _take("*" if position is None else str(position), argument, where, bound)
            position = None if position is None else position + 1
    unless = {} if open_ended or position is None else {str(position): "present"}
    return Found("call", dotted(name), where, unless, bound)


def _take(path: str, value: str, where: dict[str, str], bound: dict[str, str]) -> None:
    """Note what is asked of one argument."""
    if _METAVARIABLE.fullmatch(value):
        bound[value] = path
        if path != "*":
            where[path] = "present"
    elif value.startswith("{") and value.endswith("}"):
        _take_fields(path, value[1:-1], where, bound)
    elif path in where:
        raise UnmappedError("it asks two things of the same argument")
    else:
        where[path] = predicate(value)


def _take_fields(path: str, fields: str, where: dict[str, str], bound: dict[str, str]) -> None:
    """Note what is asked of the fields of an object that is written out."""
    if path == "*":
        raise UnmappedError("it asks for an object at any place")
    for one in split(fields):
        if one == "...":
            continue
        named = re.fullmatch(r"""["']?([\w-]+)["']?\s*(?::|=>)\s*(.+)""", one, re.DOTALL)
        if named is None:
            raise UnmappedError(f"the field {one!r} cannot be read")
        _take(f"{path}.{named[1]}", named[2].strip(), where, bound)


def predicate(value: str) -> str:
    """What our rules ask of a value that is written like this."""
    if value in ('"..."', "'...'"):
        return "constant"
    if value in _WORDS:
        return _WORDS[value]
    if value in _NOTHING or re.fullmatch(r"-?\d+(\.\d+)?", value):
        return f"is:{value}"
    if value[:1] in "\"'`" and value[-1:] == value[:1] and len(value) > 1:
        return f"is:{_glob_free(_unquoted(value))}"
    call = _call(value)
    if call is not None and call[1].strip() == "...":
        return f"is:{dotted(call[0])}()"
    if _NAME.fullmatch(value) and "$" not in value and "..." not in value:
        return f"is:{dotted(value)}"
    raise UnmappedError(f"the argument `{value}` has no counterpart")


def _unquoted(text: str) -> str:
    try:
        return str(ast.literal_eval(text))
    except (ValueError, SyntaxError):
        return text[1:-1]


def _glob_free(text: str) -> str:
    if any(character in text for character in "*{}") or "$" in text or "..." in text:
        raise UnmappedError(f"the text {text!r} holds what would be read as a pattern")
    return text


def split(text: str) -> Iterator[str]:
    """The parts between commas that stand in no bracket and no quotes."""
    depth, quote, begin = 0, "", 0
    for number, character in enumerate(text):
        if quote:
            quote = "" if character == quote and text[number - 1] != "\\" else quote
        elif character in "\"'`":
            quote = character
        elif character == "," and depth == 0:
            yield text[begin:number].strip()
            begin = number + 1
        else:
            depth += (character in _OPEN) - (character in _CLOSE)
    if text[begin:].strip():
        yield text[begin:].strip()
