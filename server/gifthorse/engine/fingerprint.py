"""A Finding's name across versions of a file: what was found, not where.

It survives moves and reformatting, since it holds no line number and no white space. It does not name the file.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from gifthorse.model.finding import Finding
from gifthorse.model.text import Span, Text

_CONTINUED = re.compile(rb"\\\r?\n")
_TRAILING_COMMA = re.compile(rb",(?=[)\]}])")
FEW = 8
"""Up to so many Findings, joining the pieces of a Text costs more than it saves."""
LENGTH = 32
"""Hexadecimal digits: 128 bits, more than enough to tell the Findings of a repository apart."""


@lru_cache(maxsize=1024)
def _normal(fragment: bytes) -> bytes:
    """The fragment without what formatters change: white space, a backslash before a line's end, the kind of quotes,
    the comma before a closing bracket.
    """
    fragment = _CONTINUED.sub(b"", fragment)
    return _TRAILING_COMMA.sub(b"", b"".join(fragment.split()).replace(b"'", b'"'))


def likeness(finding: Finding, content: Text) -> str:
    """What all Findings of one rule and the same normalised text have in common, wherever they stand, as a digest."""
    whole = b"%s\x00%s" % (finding.rule.encode(), _normal(content.slice(finding.span)))
    return hashlib.sha256(whole).hexdigest()[:LENGTH]


def fingerprints(findings: Sequence[Finding], content: bytes | Text) -> tuple[str, ...]:
    """One name for each Finding, in their order: rule, normalised text and number of occurrence, as a digest.

    `content` is the text that the Findings were made from. Findings that look alike are numbered as they ascend.
    """
    if isinstance(content, Text) and len(findings) > FEW:
        content = content.slice(Span(0, len(content)))
    seen: Counter[tuple[str, bytes]] = Counter()
    names: dict[int, str] = {}
    for index in sorted(range(len(findings)), key=lambda index: (findings[index].span, findings[index].rule)):
        finding = findings[index]
        span = finding.span
        fragment = content.slice(span) if isinstance(content, Text) else content[span.start : span.end]
        key = (finding.rule, _normal(fragment))
        whole = b"%s\x00%s\x00%d" % (finding.rule.encode(), key[1], seen[key])
        names[index] = hashlib.sha256(whole).hexdigest()[:LENGTH]
        seen[key] += 1
    return tuple(names[index] for index in range(len(findings)))
