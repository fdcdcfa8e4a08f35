"""What invisible characters spell out: messages in tags, in variation selectors and in two kinds of blanks.

Pure: characters in, the message in visible letters out. What cannot be read stays a row of dots.
"""

import re
from typing import Final

LONGEST: Final = 120
_FEWEST_BITS: Final = 16
_PRINTED: Final = re.compile(r"[ -~\n\r\t\u00a1-\u024f\u0370-\u05ff\u3040-\u9fff\uac00-\ud7a3\U0001f300-\U0001faff]+")


def legible(hidden: str) -> str:
    """A hidden message, fit to be shown: line ends as a sign, what is not printable as dots, cut where it is long."""
    plain = re.sub(r"[\r\n]+", " / ", hidden.strip()).replace("\t", " ")
    shown = "".join(one if _PRINTED.fullmatch(one) else "." for one in plain)
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "..."


def of_tags(run: str) -> str:
    """What tag characters say: each is an ASCII character, moved."""
    return legible("".join(chr(ord(one) - 0xE0000) for one in run))


def _byte_of(selector: str) -> int:
    """The byte that a variation selector stands for (VS1 to 16: 0 to 15, VS17 to 256: 16 to 255)."""
    code = ord(selector)
    return code - 0xFE00 if code <= 0xFE0F else code - 0xE0100 + 16


def of_selectors(selectors: str) -> str:
    """The bytes that variation selectors stand for, as text; in hexadecimal where they are none.

    Emoji have an honest selector of their own (VS16), which may stand in front of the message.
    """
    bytes_of = bytes(map(_byte_of, selectors))
    for message in (bytes_of, bytes_of[1:]):
        text = message.decode("utf-8", "replace")
        if text and _PRINTED.fullmatch(text):
            return legible(text)
    letters = bytes(32 <= byte < 127 for byte in bytes_of).count(1)
    if letters * 2 > len(bytes_of):
        return legible(bytes_of.decode("latin-1"))
    shown = bytes_of[:24].hex(" ")
    return f"the bytes {shown}{' ...' if len(bytes_of) > 24 else ''}"


def of_blanks(run: str) -> str:
    """What a long run of two (or two and a divider) invisible characters says as bits; nothing where it says nothing."""
    kinds = sorted(set(run), key=run.count, reverse=True)
    if len(run) < _FEWEST_BITS or not 2 <= len(kinds) <= 3:
        return ""
    for zero, one in ((kinds[0], kinds[1]), (kinds[1], kinds[0])):
        pieces = run.split(kinds[2]) if len(kinds) > 2 else [run]
        bits = [piece.replace(zero, "0").replace(one, "1") for piece in pieces if piece]
        found = _letters(bits) if len(bits) > 1 else _letters_of(bits[0])
        if found:
            return legible(found)
    return ""


def _letters(numbers: list[str]) -> str:
    """Binary numbers as letters, where all are."""
    codes = [int(number, 2) for number in numbers if len(number) <= 16]
    text = "".join(map(chr, codes))
    return text if len(codes) == len(numbers) and _PRINTED.fullmatch(text) else ""


def _letters_of(bits: str) -> str:
    """One row of bits as letters of eight, seven or sixteen bits, where all are letters."""
    for width in (8, 7, 16):
        if len(bits) % width == 0:
            found = _letters([bits[start : start + width] for start in range(0, len(bits), width)])
            if found and found.isascii():
                return found
    return ""
