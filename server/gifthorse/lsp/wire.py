"""JSON values <-> lsprotocol's types and ours: strict about shapes, tolerant of enum values from newer clients.

Positions and diagnostics are convert.py's; this module knows no document.
"""

from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin

from cattrs import Converter
from cattrs.errors import ClassValidationError, IterableValidationError
from lsprotocol import types
from lsprotocol.converters import get_converter

from gifthorse.lsp import protocol


class InvalidParamsError(Exception):
    """Params that do not have the shape of their method. The message names the fields, never their values."""


def structure_params(method: str, params: object) -> Any:
    """The typed params of one message; None for a method that has none. Raises InvalidParamsError."""
    expected = params_type(method)
    if expected is None:
        return None
    # Where all members are optional, the params may be left out.
    return structure({} if params is None else params, expected, method, "params")


def structure(value: object, expected: Any, owner: str, name: str) -> Any:
    """The value in the expected type. Raises InvalidParamsError, which names the owner's members that are wrong."""
    try:
        return converter().structure(value, expected)
    except Exception as error:
        places = ", ".join(dict.fromkeys(_places(error, name)))
        raise InvalidParamsError(f"invalid params of {owner}: check {places}") from error


@cache
def params_type(method: str) -> Any:
    """The type of a method's params, or None. Raises KeyError for a method that nobody describes."""
    if method in protocol.PARAMS:
        return protocol.PARAMS[method]
    return types.METHOD_TO_TYPES[method][2]


def to_json(value: object) -> Any:
    """Plain JSON data of a result or of params: dictionaries that are plain already cost nothing here."""
    return value if isinstance(value, dict) or value is None else converter().unstructure(value)


@cache
def converter() -> Converter:
    """The one converter: lsprotocol's hooks, made strict for primitives and tolerant for enums."""
    made = get_converter()
    made.register_structure_hook(str, _string)
    made.register_structure_hook(int, _integer)
    made.register_structure_hook(bool, _boolean)
    made.register_structure_hook_func(_is_enum, _enum_member)
    made.register_structure_hook_func(_is_sequence, lambda value, expected: _sequence(made, value, expected))
    return made


def _string(value: object, _: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError("not a string")


def _integer(value: object, _: object) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)  # Lua has one kind of number
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError("not an integer")


def _boolean(value: object, _: object) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError("not a boolean")


def _is_enum(expected: Any) -> bool:
    return isinstance(expected, type) and issubclass(expected, Enum)


def _enum_member(value: Any, expected: Any) -> Any:
    """The member, or the value itself where a newer protocol has values that we do not know."""
    if not isinstance(value, (str, int)):
        raise TypeError("not an enumeration's value")
    try:
        return expected(value)
    except ValueError:
        return value


def _is_sequence(expected: Any) -> bool:
    return get_origin(expected) is Sequence


def _sequence(made: Converter, value: object, expected: Any) -> list[Any]:
    """Only a JSON array is a sequence here: a string must not be taken apart into characters."""
    if not isinstance(value, list):
        raise TypeError("not an array")
    listed: Any = list[get_args(expected)[0]]  # type: ignore[misc]
    return list(made.structure(value, listed))


def _places(error: BaseException, path: str) -> list[str]:
    """Where in the params the faults are, as paths such as params.textDocument.uri."""
    if not isinstance(error, (ClassValidationError, IterableValidationError)):
        return [path]
    return [place for inner in error.exceptions for place in _places(inner, f"{path}{_step(inner)}")]


def _step(error: BaseException) -> str:
    if isinstance(error, KeyError) and error.args:
        return f".{error.args[0]}"
    for note in getattr(error, "__notes__", ()):
        name = getattr(note, "name", None)
        if name is not None:
            return f".{_camel(str(name))}"
        index = getattr(note, "index", None)
        if index is not None:
            return f"[{index}]"
    return ""


def _camel(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.title() for word in rest)
