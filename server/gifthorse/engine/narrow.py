"""Regular expressions that let only harmless characters through: what a check by such a pattern is worth.

A pattern is narrow where all it allows are letters, digits, blanks and a few marks that mean nothing to any
interpreter. It is not run and not taken to be right: what cannot be read so is not narrow.
"""

from functools import lru_cache

import re2

_RANGE = r"(?:[A-Z]-[A-Z]|[a-z]-[a-z]|[0-9]-[0-9])"
_CHARACTER = r"(?:[A-Za-z0-9_ @=+,.]|\\[wd.\-_ @])"
_SET = rf"\[-?(?:{_RANGE}|{_CHARACTER})+-?\]"
_ESCAPED = r"\\(?:[wd.\-_ @]|p\{(?:L|N|Alnum|Alpha|IsAlphabetic|IsDigit)\})"
_COUNT = r"(?:[*+?]|\{\d*,?\d*\})?[?+]?"
_ATOM = rf"(?:{_SET}|{_ESCAPED}|[A-Za-z0-9_ @=,-]|\((?:\?:|\?P?<\w+>)?|\)|\|)"
_NARROW = re2.compile(rf"^(?:\^|\\A)?(?:{_ATOM}{_COUNT})+(?:\$|\\z|\\Z)?$")
_ANCHORED = re2.compile(r"(?s)^(?:\^|\\A).*(?:\$|\\z|\\Z)$")
LONGEST = 400
"""Characters of a pattern that are looked at."""


@lru_cache(maxsize=1024)
def is_narrow(pattern: str) -> bool:
    """Whether a text that matches the pattern as a whole can hold nothing but harmless characters."""
    return len(pattern) <= LONGEST and bool(_NARROW.search(pattern)) and _is_valid(pattern)


def _is_valid(pattern: str) -> bool:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern.replace("\\Z", "\\z"), options)
    except re2.error:
        return False
    return True


def is_anchored(pattern: str) -> bool:
    """Whether that holds wherever the pattern is found, because it names both ends of the text."""
    return is_narrow(pattern) and bool(_ANCHORED.search(pattern)) and "|" not in pattern.replace("\\|", "")
