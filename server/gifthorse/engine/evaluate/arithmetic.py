"""Operators on constants, and constants as text, with bounds on what may come out.

Everything takes plain Python constants and gives one, or UNKNOWN. Nothing raises and nothing has an effect.
"""

import math
import operator
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from gifthorse.engine.evaluate.values import UNKNOWN

MAX_LENGTH = 65_536
MAX_BITS = 4_096
MAX_NUMBER_POWER = 512
FAILURES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError)
BINARY: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow, "==": operator.eq, "!=": operator.ne, "===": operator.eq,
    "!==": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
    "^": operator.xor, "|": operator.or_, "&": operator.and_, "<<": operator.lshift, ">>": operator.rshift,
    "is": operator.is_, "is not": operator.is_not, "in": lambda one, many: one in many,
    "not in": lambda one, many: one not in many,
}  # fmt: skip
EITHER: Final = frozenset({"and", "or", "&&", "||", "??", "?:"})

NUMERIC: Final = frozenset({"-", "**", "//"})
"""Operators that give numbers, if anything."""
EQUAL: Final = frozenset({"==", "===", "is", "eq", "-eq", "-ceq"})
UNEQUAL: Final = frozenset({"!=", "!==", "is not", "ne", "-ne", "<>"})
MEMBER: Final = frozenset({"in", "-in"})
NO_MEMBER: Final = frozenset({"not in", "-notin", "!in"})
COMPARISONS: Final = EQUAL | UNEQUAL | MEMBER | NO_MEMBER | {"<", ">", "<=", ">=", "instanceof", "<=>", "=~", "!~"}


class Regex(NamedTuple):
    """A regular expression as it is written."""

    source: str
    flags: str


def bounded(const: object) -> object:
    """The constant, or UNKNOWN where it is too large to be kept."""
    if isinstance(const, str | bytes | list | tuple | dict) and len(const) > MAX_LENGTH:
        return UNKNOWN
    if isinstance(const, int) and const.bit_length() > MAX_BITS:
        return UNKNOWN
    return const


def _too_large(op: str, one: object, other: object) -> bool:
    """Whether computing it would be too much work to begin with."""
    numbers = [part for part in (one, other) if isinstance(part, int)]
    if op == "*" and len(numbers) < 2:
        sized = [part for part in (one, other) if isinstance(part, str | bytes | list | tuple)]
        return bool(sized and numbers) and len(sized[0]) * max(numbers[0], 0) > MAX_LENGTH
    if op in {"**", "<<"}:
        return not isinstance(other, int) or abs(other) > MAX_NUMBER_POWER
    return op == "%" and isinstance(one, str | bytes)


def text(const: object, loose: bool) -> str:
    """A constant as text; `loose`: as JavaScript writes it."""
    if loose:
        if const is None:
            return "null"
        if isinstance(const, bool):
            return str(const).lower()
        if isinstance(const, list):
            return ",".join(text(part, loose) for part in const if not isinstance(part, list))
        if isinstance(const, float) and const.is_integer():
            return str(int(const))
    return str(const)


def binary(op: str, one: object, other: object, loose: bool) -> object:
    """`one op other`."""
    function = BINARY.get(op)
    if function is None or one is UNKNOWN or other is UNKNOWN or _too_large(op, one, other):
        return UNKNOWN
    if loose and op == "+" and (isinstance(one, str | list) or isinstance(other, str | list)):
        return bounded(text(one, loose) + text(other, loose))
    if loose and op == "==" and type(one) is not type(other):
        return text(one, loose) == text(other, loose)
    try:
        return bounded(function(one, other))
    except FAILURES:
        return UNKNOWN


def truth(const: object, loose: bool) -> bool:
    """Whether a constant counts as true; `loose`: empty containers do."""
    if loose and isinstance(const, list | dict):
        return True
    if isinstance(const, float) and math.isnan(const):
        return False
    return bool(const)


def unary(op: str, const: object, loose: bool) -> object:
    """`op const`."""
    if const is UNKNOWN:
        return UNKNOWN
    if op in {"not", "!"}:
        return not truth(const, loose)
    if op == "void":
        return None
    try:
        if op == "~" and isinstance(const, int):
            return ~const
        if op == "-" and isinstance(const, int | float):
            return -const
        if op == "+" and isinstance(const, str) and not loose:
            return const
        if op == "+" and (loose or isinstance(const, int | float)):
            return int(const) if isinstance(const, bool) else float(const or 0) if isinstance(const, str) else const
    except FAILURES:
        return UNKNOWN
    return UNKNOWN


def percent_format(template: str, given: object) -> object:
    """`template % given`, for plain conversions only: widths could make it huge."""
    if "*" in template or any(char.isdigit() for char in template.rsplit("%", maxsplit=1)[-1][:1]):
        return UNKNOWN
    try:
        return bounded(template % (tuple(given) if isinstance(given, list) else given))
    except FAILURES:
        return UNKNOWN
