"""Folding: encodings and texts of further libraries, as `folding` has the common ones.

Everything takes plain Python constants and gives one, or UNKNOWN. What raises is caught there.
"""

import base64
import codecs
import html
import json
import math
import re
import string
import unicodedata
import warnings
from collections.abc import Callable
from typing import Any, Final

from gifthorse.engine.evaluate.arithmetic import Regex
from gifthorse.engine.evaluate.values import UNKNOWN
from gifthorse.engine.patterns import compiled

MAX_PADDING = 4_096


def decoded(const: Any, name: str) -> Any:
    """A text or bytes by a codec of Python's. A stray backslash in it is its writer's affair, and no warning of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return codecs.decode(const, name)


def _raw(const: Any) -> bytes:
    return const if isinstance(const, bytes) else str(const).encode()


def _to_bytes(const: int, length: Any = 1, order: Any = "big") -> object:
    return const.to_bytes(int(length), order) if int(length) <= MAX_PADDING else UNKNOWN


def _padded(const: str, width: Any, fill: Any = " ", *, front: bool) -> object:
    missing = int(width) - len(const)
    if missing > MAX_PADDING:
        return UNKNOWN
    padding = (str(fill) * max(0, missing))[: max(0, missing)]
    return padding + const if front else const + padding


def _dollar_format(template: str, **given: Any) -> object:
    return string.Template(template).safe_substitute(given)


def _bytes_of(const: Any) -> object:
    return bytes(int(part) & 255 for part in const) if isinstance(const, list) else _raw(const)


def _not_a_number(const: Any = None) -> bool:
    if isinstance(const, str):
        return not re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)?\s*", const)
    return const is None or (isinstance(const, float) and math.isnan(const))


def _replaced(const: str, what: Any, by: Any) -> object:
    if isinstance(what, Regex):
        count = 0 if "g" in what.flags else 1
        return compiled(_pattern(what)).sub(by.replace("\\", "\\\\"), const, count) if "$" not in by else UNKNOWN
    return const.replace(what, by, 1)


def _pattern(regex: Regex) -> str:
    return f"(?i){regex.source}" if "i" in regex.flags else regex.source


def _matched(const: str, what: Any) -> object:
    if not isinstance(what, Regex) or "g" not in what.flags:
        return UNKNOWN
    return [found.group() for found in compiled(_pattern(what)).finditer(const)]


def _divided(const: str, by: Any = None, *_: Any) -> object:
    if isinstance(by, Regex):
        return list(compiled(_pattern(by)).split(const))
    return UNKNOWN if by is None else list(const) if by == "" else const.split(by)


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "base32-bytes": lambda const, *_: base64.b32decode(_raw(const)),
    "base85-bytes": lambda const, *_: base64.b85decode(_raw(const)),
    "ascii85-bytes": lambda const, *_: base64.a85decode(_raw(const)),
    "html-text": html.unescape, "normalized": unicodedata.normalize,
    "from-bytes": lambda const, order="big": int.from_bytes(const, order), "to-bytes": _to_bytes,
    "dollar-format": _dollar_format, "not-a-number": _not_a_number,
    "pad-start": lambda *parts: _padded(*parts, front=True), "pad-end": lambda *parts: _padded(*parts, front=False),
    "to-json": lambda const, *_: json.dumps(const), "is-list": lambda const: isinstance(const, list | bytes),
    "buffer-text": lambda const="": const.decode("utf-8", "replace") if isinstance(const, bytes) else UNKNOWN,
    "replaced": _replaced, "matched": _matched, "divided": _divided, "bytes-of": _bytes_of, "concat-all": lambda parts: b"".join(map(_raw, parts)),
}  # fmt: skip
