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
    """One hidden thing: [start, end) in characters of the text, what it is in words, and how sure that it harms."""

    kind: Hidden
    start: int
    end: int
    value: str
    confidence: Confidence


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
