r"""How bytes divide into characters and lines: what may be counted piece by piece, and how the units are counted.

Only \n, \r\n and \r end a line. Bytes may be invalid UTF-8 or hold lone surrogates (WTF-8). It knows no text, only
a few bytes at a time.
"""

import re

BREAK = re.compile(rb"\r\n?|\n")
SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
# One unit of text: a character, a lone surrogate (WTF-8), or what a decoder replaces by one U+FFFD, that is the
# "maximal subpart" of The Unicode Standard, section 3.9, table 3-7 to 3-11 (and of the WHATWG encoding standard).
UNIT = re.compile(
    rb"[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]?"
    rb"|\xe0(?:[\xa0-\xbf][\x80-\xbf]?)?|[\xe1-\xec\xee\xef](?:[\x80-\xbf][\x80-\xbf]?)?"
    rb"|\xed(?:[\x80-\x9f][\x80-\xbf]?|[\xa0-\xbf][\x80-\xbf])?"
    rb"|\xf0(?:[\x90-\xbf](?:[\x80-\xbf][\x80-\xbf]?)?)?|[\xf1-\xf3](?:[\x80-\xbf](?:[\x80-\xbf][\x80-\xbf]?)?)?"
    rb"|\xf4(?:[\x80-\x8f](?:[\x80-\xbf][\x80-\xbf]?)?)?|[\x80-\xff]",
    re.DOTALL,
)


def is_continuation(byte: int) -> bool:
    """Whether the byte can only continue a UTF-8 character, never begin one."""
    return byte & 0xC0 == 0x80


def is_clean_cut(left: bytes, right: bytes) -> bool:
    """Whether lines and characters of `left + right` are those of `left` and then those of `right`.

    No character has more than three continuation bytes, so that a fourth one stands alone.
    """
    if not left or not right:
        return True
    if is_continuation(right[0]):
        return len(left) > 2 and all(map(is_continuation, left[-3:]))
    return not (right[0] == 0x0A and left[-1] == 0x0D)


def count_breaks(data: bytes) -> int:
    r"""How many line ends (\n, \r\n, \r) there are."""
    feeds = data.count(b"\n")
    returns = data.count(b"\r")
    return feeds + returns - data.count(b"\r\n") if returns else feeds


def count_units(data: bytes, wide: bool) -> int:
    """How many UTF-16 units (`wide`) or code points the bytes are; each invalid sequence is one U+FFFD."""
    if data.isascii():
        return len(data)
    text = data.decode("utf-8", "replace")
    units = len(text.encode("utf-16-le")) // 2 if wide else len(text)
    # A decoder replaces each byte of a lone surrogate; the client's copy holds it as one unit.
    return units - 2 * len(SURROGATE.findall(data)) if "\ufffd" in text else units


def start_of_unit(data: bytes, offset: int) -> int:
    """The greatest start of a character or invalid sequence that is not beyond `offset`."""
    if offset >= len(data) or not is_continuation(data[offset]):
        return offset
    for back in range(1, min(3, offset) + 1):
        start = offset - back
        if not is_continuation(data[start]):
            unit = UNIT.match(data, start)
            return start if unit and unit.end() > offset else offset
    return offset


def skip_units(data: bytes, units: int, wide: bool) -> int:
    """How many bytes the first `units` units take, clamped down to whole characters and to the data's end."""
    if data.isascii():
        return min(units, len(data))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return skip_broken_units(data, units, wide)
    # Half a surrogate pair at the end of the cut is ignored, which is the clamping.
    kept = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore") if wide else text[:units]
    return len(kept.encode())


def skip_broken_units(data: bytes, units: int, wide: bool) -> int:
    """The same for bytes that are not all valid UTF-8, one unit after the other."""
    left, end = units, 0
    for unit in UNIT.finditer(data):
        left -= 2 if wide and unit.end() - unit.start() == 4 else 1
        if left < 0:
            break
        end = unit.end()
    return end
