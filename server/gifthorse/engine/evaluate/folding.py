"""Folding: functions and methods on constants, by the words that language.toml uses for them (`fold:`).

Everything takes plain Python constants and gives one, or UNKNOWN. Nothing raises and nothing has an effect.
Operators are in `arithmetic`.
"""

import base64
import codecs
import json
import math
import operator
import re
import urllib.parse
import zlib
from collections.abc import Callable, Sequence
from typing import Any, Final

from gifthorse.engine.evaluate import codings
from gifthorse.engine.evaluate.arithmetic import FAILURES, MAX_LENGTH, binary, bounded, percent_format, text
from gifthorse.engine.evaluate.values import UNKNOWN

CODECS: Final[frozenset[str]] = frozenset(
    {"rot13", "rot_13", "utf-8", "utf8", "ascii", "latin-1", "hex", "base64", "unicode_escape"}
)


def _bytes(const: Any) -> bytes:
    return const if isinstance(const, bytes) else str(const).encode()


def _text_of(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _chars(*codes: Any) -> str:
    return "".join(chr(int(code)) for code in codes)


def _brace_format(template: str, *given: Any) -> object:
    """`{}` and `{0}` only: a format specification could make it huge or reach into objects."""
    if any(mark in template for mark in (":", ".", "[", "!")):
        return UNKNOWN
    return template.format(*given)


def _sprintf(template: str, *given: Any) -> object:
    plain = template.replace("%v", "%s").replace("%q", '"%s"').replace("%t", "%s")
    return percent_format(plain, list(given))


def _ordinal(const: Any, place: Any = 0) -> int:
    return ord(const[int(place)]) if isinstance(const, str) else const[int(place)]


def _integer(const: Any, base: Any = 10) -> int:
    return int(const, int(base)) if isinstance(const, str) else int(const)


def _buffer(const: Any, coding: Any = "utf8", *_: Any) -> bytes:
    """Bytes from a list of numbers or from a text in some coding."""
    if isinstance(const, list):
        return bytes(int(part) & 255 for part in const)
    if coding in {"base64", "base64url"}:
        return base64.b64decode(_bytes(const))
    return bytes.fromhex(const) if coding == "hex" else _bytes(const)


def _decoded(const: Any, coding: Any = "utf8", *_: Any) -> object:
    """`buffer.toString(coding)`, `number.toString(base)`."""
    if isinstance(const, bytes):
        if coding in {"base64", "hex"}:
            return base64.b64encode(const).decode() if coding == "base64" else const.hex()
        return _text_of(const)
    if isinstance(const, int) and not isinstance(const, bool) and coding in {2, 8, 16}:
        return format(const, {2: "b", 8: "o", 16: "x"}[coding])
    return text(const, loose=True)


def _joined(parts: Any, by: Any = ",") -> object:
    if len(parts) * len(by) > MAX_LENGTH:
        return UNKNOWN
    return by.join(text(part, loose=True) for part in parts)


def _written(parts: Any) -> object:
    """A text from a list of letters or of their codes."""
    return "".join(chr(part) if isinstance(part, int) else str(part) for part in parts)


def _as_text(const: Any) -> object:
    """A text made of bytes, of one letter's code, or of many; what is a text already stays one."""
    if isinstance(const, list | int):
        return _chars(const) if isinstance(const, int) else _written(const)
    return _text_of(const) if isinstance(const, bytes) else const


def _repeated(const: Any, times: Any) -> object:
    return binary("*", const, int(times), loose=False)


def _substr(const: Any, start: Any, length: Any = None) -> object:
    start = int(start) + (len(const) if start < 0 else 0)
    return const[start:] if length is None else const[start : start + int(length)]


def _spelled_out(letters: str) -> str:
    """`a-e` as `abcde`."""
    found = re.sub(r"(.)-(.)", lambda pair: "".join(map(chr, range(ord(pair[1]), ord(pair[2]) + 1))), letters)
    return found[:MAX_LENGTH]


def _translated(const: str, source: str, target: str) -> str:
    """As `tr` and `strtr` do: what is missing in the second set is its last letter."""
    one, other = _spelled_out(source), _spelled_out(target)
    other = other.ljust(len(one), other[-1:] or " ")[: len(one)]
    return const.translate(str.maketrans(one, other))


def _spread(one: Any, other: Any) -> object:
    """`range('a', 'e')`, `1..4`: both ends are in it."""
    if isinstance(one, str) and isinstance(other, str):
        return [chr(code) for code in range(ord(one), ord(other) + 1)]
    return list(range(int(one), int(other) + 1)) if int(other) - int(one) <= MAX_LENGTH else UNKNOWN


def _inflated(const: Any, bits: int) -> object:
    raw = const.encode("latin-1") if isinstance(const, str) else const
    return zlib.decompressobj(bits).decompress(raw, MAX_LENGTH).decode("latin-1")


def _rot13(const: str) -> str:
    return codecs.decode(const, "rot13")


def _whitespace_split(const: str, by: Any = None) -> list[str]:
    return list(const) if by == "" else const.split(by if by != " " else None)


def _unpacked(template: str, const: Any) -> object:
    """`pack` and `unpack` for the templates of encodings: hex, base64, characters."""
    kind = template[:1]
    if kind == "H":
        return bytes.fromhex(const).decode("latin-1")
    if kind == "m":
        return base64.b64encode(_bytes(const)).decode() + ("" if template == "m0" else "\n")
    return _chars(*const) if kind in "cCU" and isinstance(const, list) else UNKNOWN


def _packed(template: str, *parts: Any) -> object:
    """The same with the values one by one behind the template."""
    if template[:1] in {"c", "C", "U"}:
        return _chars(*parts)
    return _unpacked(template, parts[0]) if len(parts) == 1 else UNKNOWN


def _unpack(template: str, const: Any) -> object:
    """The other way: `["..."].unpack("m")`."""
    if template[:1] == "m":
        return _text_of(base64.b64decode(_bytes(const)))
    if template[:1] == "H":
        return const.encode("latin-1").hex()
    return [ord(one) for one in const] if template[:1] in {"c", "C", "U"} else UNKNOWN


def _signed_slice(const: Any, start: Any, length: Any = None) -> object:
    """`substr(s, -3)`, `substr(s, 1, -1)`: negative numbers count from the end."""
    start = int(start) + (len(const) if start < 0 else 0)
    if length is None:
        return const[start:]
    end = len(const) + int(length) if length < 0 else start + int(length)
    return const[max(start, 0) : end]


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    **codings.FUNCTIONS,
    "text": str, "integer": _integer, "number": float, "truth": bool, "length": len, "absolute": abs,
    "least": min, "most": max, "sum": sum, "all": all, "any": any, "chars": _chars, "ordinal": _ordinal,
    "list": list, "sorted": sorted, "reversed": lambda const: list(reversed(const)), "round": round,
    "range": lambda *ends: list(range(*map(int, ends))) if len(range(*map(int, ends))) <= MAX_LENGTH else UNKNOWN,
    "bytes": lambda const=b"", *_: bytes(const) if not isinstance(const, str | int) else str(const).encode(),
    "from-hex": lambda const, *_: bytes.fromhex(const if isinstance(const, str) else const.decode()),
    "to-hex": lambda const: _bytes(const).hex(),
    "base64-bytes": lambda const, *_: base64.b64decode(_bytes(const), validate=False),
    "base64-text": lambda const, *_: _text_of(base64.b64decode(_bytes(const), validate=False)),
    "base64-encode": lambda const, *_: base64.b64encode(_bytes(const)),
    "base64-encode-text": lambda const, *_: base64.b64encode(_bytes(const)).decode(),
    "unquote": lambda const, *_: urllib.parse.unquote(const),
    "quote": lambda const, *_: urllib.parse.quote(const),
    "codec": lambda const, name="utf-8", *_: codings.decoded(const, name if name in CODECS else "utf-8"),
    "negate": operator.not_, "add": operator.add, "multiply": operator.mul, "subtract": operator.sub,
    "equal": operator.eq, "unequal": operator.ne, "less": operator.lt, "more": operator.gt, "is": operator.is_,
    "hex": hex, "octal": oct, "power": lambda one, two: binary("**", one, two, loose=False),
    "divide": operator.floordiv, "mod": lambda one, two: binary("%", one, two, loose=False),
    "or": operator.or_, "and": operator.and_, "xor": operator.xor, "item": operator.getitem,
    "brace-format": _brace_format, "sprintf": _sprintf,
    "zip": lambda *many: [list(one) for one in zip(*many, strict=False)],
    "enumerate": lambda const: [list(pair) for pair in enumerate(const)],
    "trim-suffix": lambda const, end: const.removesuffix(end), "trim-prefix": lambda const, start: const.removeprefix(start), "trim-right": lambda const, cut: const.rstrip(cut),
    "lower": lambda const: const.lower(), "upper": lambda const: const.upper(),
    "trim": lambda const, *cut: const.strip(*cut), "replace": lambda const, *what: method(const, "replace", what[:2]),
    "replace-first": lambda const, one, two: const.replace(one, two, 1), "substr": _substr, "decoded": _decoded,
    "loose-text": lambda const="": text(const, loose=True), "floor": math.floor, "ceiling": math.ceil,
    "json": json.loads, "text-of": _as_text,
    "buffer": _buffer, "zeros": lambda size, *_: bytes(int(size)) if int(size) <= MAX_LENGTH else UNKNOWN,
    "contains": lambda const, part: part in const, "starts": lambda const, part: const.startswith(part),
    "ends": lambda const, part: const.endswith(part), "repeat": _repeated,
    "split": lambda const, by=None, *_: list(const) if by == "" else const.split(by),
    "join": lambda parts, by="": _joined(parts, by), "joined": _joined,
    "char-at": lambda const, place=0: const[int(place)], "reverse": lambda const: const[::-1],
    "slice": lambda const, *ends: const[slice(*[int(end) for end in (*ends, len(const))[:2]])],
    "from-chars": lambda const: "".join(chr(code) if isinstance(code, int) else code for code in const),
    "hex-text": lambda const: bytes.fromhex(const).decode("latin-1"), "spread": lambda one, other, *_: _spread(one, other),
    "digits-16": lambda const: format(const, "x"), "from-digits-16": lambda const: int(const, 16),
    "from-digits-2": lambda const: int(const, 2), "from-digits-8": lambda const: int(const, 8),
    "inflate": lambda const, *_: _inflated(const, zlib.MAX_WBITS), "inflate-raw": lambda const, *_: _inflated(const, -zlib.MAX_WBITS),
    "inserted": lambda const, at, part: const[: int(at)] + part + const[int(at) :], "decoded-text": lambda const, *_: _text_of(_bytes(const)),
    "removed": lambda const, at, size=None: const[: int(at)] + ("" if size is None else const[int(at) + int(size) :]),
    "replace-pair": lambda const, pair: const.replace(*(pair if isinstance(pair, list) else [pair, ""])),
    "first": lambda const, *_: const[0], "last": lambda const, *_: const[-1], "missing": lambda const: const is None,
    "char-list": lambda const: [chr(one) if isinstance(one, int) else one for one in (const if isinstance(const, list) else [const] if isinstance(const, int) else list(const))],
    "filled": lambda const: len(const) > 0, "empty": lambda const: len(const) == 0, "rotated": lambda const, by=1: const[int(by) % len(const) :] + const[: int(by) % len(const)],
    "unpack": lambda const, template: _unpack(template, const), "unpack-list": lambda const, template: [_unpack(template, const)],
    "rot13": _rot13, "translated": _translated, "deleted": lambda const, cut: const.translate({ord(one): None for one in _spelled_out(cut)}),
    "packed": _packed, "pack-list": lambda parts, template: _packed(template, *parts),
    "signed-slice": _signed_slice, "chunks": lambda const, size=1: [const[at : at + int(size)] for at in range(0, len(const), max(int(size), 1))],
    "separated": lambda by, const, *_: const.split(by), "replaced-in": lambda one, two, const: const.replace(one, two),
    "capitalized": lambda const: const[:1].upper() + const[1:], "keep": lambda const, *_: const,
    "parted": _whitespace_split, "swapped": lambda const: const.swapcase(),
    "index-of": lambda const, part: const.index(part), "concat": lambda *parts: _sum(parts),
    "written": lambda const="", *_: _text_of(const) if isinstance(const, bytes) else _written(const) if isinstance(const, list) else text(const, loose=True),
    "parse-truth": lambda const: str(const).lower() == "true",
    "equal-any-case": lambda one, other: one.lower() == other.lower(),
    "concat-text": lambda *parts: "".join(text(part, loose=True) for part in parts),
}  # fmt: skip
METHODS: Final = frozenset(
    [
        "lower",
        "upper",
        "strip",
        "lstrip",
        "rstrip",
        "replace",
        "split",
        "rsplit",
        "title",
        "capitalize",
        "casefold",
        "swapcase",
        "startswith",
        "endswith",
        "decode",
        "encode",
        "count",
        "index",
        "find",
        "rfind",
        "isdigit",
        "isalpha",
        "hex",
        "removeprefix",
        "removesuffix",
        "partition",
        "rpartition",
        "splitlines",
        "zfill",
        "__len__",
        "__getitem__",
        "__eq__",
        "__ne__",
        "__add__",
        "__mod__",
        "__contains__",
        "translate",
    ]
)
GROWING: Final = frozenset({"replace", "zfill", "translate", "__mod__", "__mul__"})


def _sum(parts: Sequence[Any]) -> object:
    """`a + b + c` of strings or lists."""
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def function(name: str, arguments: Sequence[object]) -> object:
    """One of FUNCTIONS on constants."""
    found = FUNCTIONS.get(name)
    if found is None or any(argument is UNKNOWN for argument in arguments):
        return UNKNOWN
    try:
        return bounded(found(*arguments))
    except FAILURES:
        return UNKNOWN


def method(const: object, name: str, arguments: Sequence[object]) -> object:
    """A method of a string, of bytes or of a number, as Python names it."""
    if name not in METHODS or not isinstance(const, str | bytes) or any(part is UNKNOWN for part in arguments):
        return UNKNOWN
    if name in GROWING and any(isinstance(part, int) and part > MAX_LENGTH for part in arguments):
        return UNKNOWN
    try:
        if name == "__mod__" and isinstance(const, str):
            return percent_format(const, arguments[0])
        if (
            name == "replace"
            and len(const) * max((len(part) for part in arguments if isinstance(part, str | bytes)), default=1)
            > MAX_LENGTH * 64
        ):
            return UNKNOWN
        if name in {"decode", "encode"} and arguments and arguments[0] not in CODECS:
            return UNKNOWN
        if name == "decode" and arguments:
            return bounded(codings.decoded(const, str(arguments[0])))
        found = getattr(const, name)(*arguments)
        return bounded(list(found) if isinstance(found, tuple) else found)
    except FAILURES:
        return UNKNOWN
