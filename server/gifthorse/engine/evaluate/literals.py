"""Literals as they are written -> constants, for the forms that the languages share.

Prefix letters, quotes of one, three or back-ticks, and the usual escapes; what a language has of its own comes in as
its settings. It never raises: what cannot be read is UNKNOWN.
"""

import re
import textwrap
import unicodedata
from collections.abc import Sequence

from gifthorse.engine.evaluate.values import UNKNOWN

_OPENING = re.compile(r"([A-Za-z@$]*8?)(#*)(\"\"\"|'''|\"|'|`)", re.ASCII)
_DELIMITED = re.compile(r'([A-Za-z]*8?)R"([^()\\\s]{0,16})\((.*)\)\2"', re.DOTALL)
_TYPED_NUMBER = re.compile(r"(?<=[0-9a-fA-F.])(?:[iu](?:8|16|32|64|128|size)|f32|f64)$")
_HERE = re.compile(r"@[\"']\r?\n")
_ESCAPE = re.compile(
    r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|N\{[^}]{1,80}\}|[0-7]{1,3}|\r\n|.)",
    re.DOTALL,
)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "\n": "", "\r\n": "", "\r": ""}
_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+|\d*\.?\d*(?:[eE][+-]?\d+)?)")
MAX_DIGITS = 300


def _escape(found: re.Match[str]) -> str:
    code = found.group(1)
    if code in _SIMPLE:
        return _SIMPLE[code]
    try:
        if code[0] in "uUx" and len(code) > 1:
            return chr(int(code[1:].strip("{}"), 16))
        if code[0] in "01234567":
            return chr(int(code, 8))
        if code.startswith("N{"):
            return unicodedata.lookup(code[2:-1])
    except (ValueError, KeyError, OverflowError):
        return code
    return code


def unescaped(text: str) -> str:
    """A text with the usual escapes in it as what they stand for."""
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def delimited(text: str) -> str | None:
    """What stands between the delimiters of a raw text that has its own: `R"x(...)x"`; None where it has none."""
    found = _DELIMITED.fullmatch(text)
    return found.group(3) if found is not None else None


def unmarked(text: str, mark: str) -> str:
    """A text in which a character of the language's own begins escapes."""
    if mark not in text:
        return text
    return re.sub(re.escape(mark) + "(.)", lambda found: _LETTERS.get(found[1], found[1]), text, flags=re.DOTALL)


_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def _with_doubled_quotes(pieces: Sequence[str]) -> list[str]:
    """Texts in which a quote is written twice."""
    quote, parts = pieces[0][:1], list(pieces)
    parts[-1] = parts[-1].removesuffix(quote) if len(parts) > 1 or len(parts[0]) > 1 else parts[-1]
    parts[0] = parts[0][1:]
    return [part.replace(quote * 2, quote) for part in parts]


def string_pieces(pieces: Sequence[str], raw_quotes: str, doubled: bool = False) -> tuple[list[str], bool]:
    """The text of each piece of a string (the first has the opening quote, the last the closing one), and whether
    it is a string of bytes. `raw_quotes`: quotes in which a backslash means itself.
    """
    here = _HERE.match(pieces[0])
    if here is not None:
        parts = [*pieces[:-1], re.sub(r"\r?\n[\"']@$", "", pieces[-1])]
        return [parts[0][here.end() :], *parts[1:]], False
    if doubled and pieces[0][:1] in {"'", '"'}:
        return _with_doubled_quotes(pieces), False
    opening = _OPENING.match(pieces[0])
    if opening is None:
        return list(pieces), False
    prefix, hashes, quote = opening.group(1).lower(), opening.group(2), opening.group(3)
    parts = list(pieces)
    parts[-1] = parts[-1].removesuffix(hashes)
    is_bytes = "b" in prefix or parts[-1].endswith(f"{quote}u8")
    parts[-1] = parts[-1].removesuffix("u8") if is_bytes else parts[-1]
    if parts[-1].endswith(quote) and (len(parts) > 1 or len(parts[0]) >= opening.end() + len(quote)):
        parts[-1] = parts[-1][: -len(quote)]
    parts[0] = parts[0][opening.end() :]
    if "f" in prefix or "$" in prefix:
        parts = [part.replace("{{", "{").replace("}}", "}") for part in parts]
    if "@" in prefix:
        parts = [part.replace(quote * 2, quote) for part in parts]
    elif "r" not in prefix and not hashes and quote not in raw_quotes.split():
        parts = [unescaped(part) for part in parts]
    return parts, is_bytes


_BLOCK = re.compile(r"[ \t]*\r?\n")


def dedented(text: str) -> str:
    """A text of several lines without the indentation that they have in common, if it begins on a line of its own."""
    first = _BLOCK.match(text)
    return textwrap.dedent(text[first.end() :]).removesuffix("\n") if first is not None else text


def number(text: str) -> object:
    """The constant of a number: separators and suffixes of type are left out."""
    if text.startswith("-"):
        const = number(text[1:]) if len(text) > 1 and text[1] != "-" else UNKNOWN
        return -const if isinstance(const, int | float) else UNKNOWN
    digits = _TYPED_NUMBER.sub("", text.replace("_", "").replace("'", ""))
    found = _NUMBER.fullmatch(
        digits.rstrip("nLlUufFdDmM") if not digits.lower().startswith("0x") else digits.rstrip("nLlUu")
    )
    if found is None or not found.group() or len(digits) > MAX_DIGITS:
        return UNKNOWN
    try:
        plain = found.group()
        if plain.isdigit():
            return int(plain, 8) if len(plain) > 1 and plain[0] == "0" and not set(plain) & set("89") else int(plain)
        return int(plain, 0) if plain[:2].lower() in {"0x", "0o", "0b"} else float(plain)
    except ValueError:
        return UNKNOWN
