"""What a detector of hidden text reports, and what it may know of the file: the words that the detectors share.

It detects nothing itself.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from gifthorse.model.finding import Confidence


class Hidden(StrEnum):
    """The detectors; a rule file names one in its `detector`."""

    BIDI = "bidi-control"
    INVISIBLE = "invisible-character"
    TAG = "tag-character"
    SELECTOR = "variation-selector"
    LOOKALIKE = "mixed-script-identifier"
    CONTROL = "control-character"
    LINE_BREAK = "unusual-line-break"
    ENCODING = "invalid-encoding"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One hidden thing: [start, end) in characters of the text, what it is in words, and how sure that it harms.

    `instead` is what to write in its place; None where nobody can say.
    """

    kind: Hidden
    start: int
    end: int
    value: str
    confidence: Confidence
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """What the detectors know of the file: where its line comments begin, and whether names fold (NFKC) as in Python."""

    comment: re.Pattern[str] | None
    code: bool
    folds_names: bool


def decoded(content: bytes) -> str:
    """The text of any bytes; those that are not UTF-8 become lone surrogates, so that nothing is lost."""
    return content.decode("utf-8", "surrogateescape")


def line_around(text: str, index: int) -> tuple[int, int]:
    r"""Start and end of the line, in the sense of \n alone, at `index`; at most 2,000 characters to each side."""
    start = text.rfind("\n", max(0, index - 2000), index) + 1 or max(0, index - 2000)
    end = text.find("\n", index, index + 2000)
    return start, end if end >= 0 else min(len(text), index + 2000)


def name_of(character: str) -> str:
    """How a character is named in messages: U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'with no name')}"


_WRITTEN_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and marks that are drawn as nothing."""
_SELECTORS = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_ESCAPED_QUOTE = re.compile(r"\\[\"'`\\]")
_BYTES = re.compile(r"[\udc80-\udcff]")
_CLOSE = 16
MOST_SHOWN = 24
"""Characters around a hidden one that are shown with it, on either side."""


def unseen(character: str) -> bool:
    """Whether a character is not seen, or changes how others are seen."""
    if " " <= character <= "~":
        return False
    code = ord(character)
    if unicodedata.category(character) in _WRITTEN_OUT or character in BLANKS:
        return True
    return any(first <= code <= last for first, last in _SELECTORS)


def written_out(text: str, kept: str = "") -> str:
    """A text with everything that is not seen, but what is `kept`, written as <U+XXXX>, fit to be put into a message."""
    return "".join(f"<U+{ord(one):04X}>" if unseen(one) and one not in kept else one for one in text)


def name_written_out(word: str) -> str:
    """A name with every letter that is not of ASCII written as <U+XXXX>."""
    return "".join(one if " " <= one <= "~" else f"<U+{ord(one):04X}>" for one in word)


def around(text: str, start: int, end: int) -> str:
    """What stands around [start, end) on its line, with everything unseen written out; long runs are cut."""
    first, last = line_around(text, start)
    inside = text[start:end]
    if len(inside) > 2 * MOST_SHOWN:
        middle = f"{written_out(inside[:6])}...{written_out(inside[-2:])}"
    else:
        middle = written_out(inside)
    before = written_out(text[max(first, start - MOST_SHOWN) : start])
    return f"{before}{middle}{written_out(text[end : max(end, min(last, end + MOST_SHOWN))])}".strip()


def quoted(text: str, index: int) -> bool:
    """Whether an odd number of quotes stands before `index` on its line: a guess, where no syntax is asked."""
    start, _ = line_around(text, index)
    before = _ESCAPED_QUOTE.sub("", text[start:index])
    return any(before.count(quote) % 2 for quote in "\"'`")


def other_encoding(text: str, index: int) -> bool:
    """Whether bytes that are not UTF-8 stand close by: then the text is in another encoding, and this is by chance."""
    return _BYTES.search(text, max(0, index - _CLOSE), index + _CLOSE) is not None


def maybe_comment(text: str, index: int, manner: Manner) -> bool:
    """Whether a line comment's token stands before `index` on its line, be it in a string."""
    start, _ = line_around(text, index)
    return bool(manner.comment and manner.comment.search(text, start, index))


def surely_comment(text: str, index: int, manner: Manner) -> bool:
    """The same, outside quotes and addresses: a guess that is not to be had by a token in a string."""
    start, _ = line_around(text, index)
    for token in manner.comment.finditer(text, start, index) if manner.comment else ():
        before = text[start : token.start()]
        if not before.endswith(":") and all(before.count(quote) % 2 == 0 for quote in "\"'`"):
            return True
    return False
