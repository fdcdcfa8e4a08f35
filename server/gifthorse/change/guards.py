"""Guards: what a condition that stands in front of something refuses, wherever and however round it is written."""

import re
from collections.abc import Mapping

from gifthorse.change.conditions import Formula, negated, read

LONGEST = 200
"""So much of what stands behind a condition says whether it is refused there."""
_REFUSES = re.compile(
    r"(?i)\b(raise|throw|throws|abort\w*|exit|panic|die|fatal\w*|continue|break|goto|reject\w*|den(y|ied)\w*|forbid\w*"
    r"|unauthori\w*|halt|redirect\w*|fail\w*|err\w*|\w+error|\w+exception|bad_?request\w*|bail"
    r"|http_?4\d\d\w*|invalid(?:_\w+)?|refuse\w*|not_?found\w*|next(?=\s*\((?:new|\w*err)|\s+(?:if|unless)|\s*$))(?!\w)|[^\w]4\d\d\b|-\s?1\b|(?-i:\bE[A-Z]{3,}\b)"
)
_RETURNS = re.compile(
    r"\breturn\b[ \t]*(?:\(?(?:false|null|nil|none|0|-1|\"\"|''|\[\]|\{\})\)?)?[ \t]*(?:[;}\n]|$)", re.IGNORECASE
)
_ELSE = re.compile(r"\b(?:else|elif|elsif|elseif)\b")
_BEFORE = re.compile(r"\b(?P<word>if|unless)\s*\(?\s*$")
_GUARD = re.compile(
    r"^\W*(?:else\s+)?(?:if|elif|elsif|elseif|unless|guard|assert\w*|while)\b|\b(?:if|unless)\s*\(?\s*$"
)
_PASSES = re.compile(r"^\W*(?:assert\w*|guard|precondition|require|check)\b")


def is_guard(source: str, condition: str) -> bool:
    """Whether a text asks a condition before something is done, or not done."""
    head = source.partition(condition)[0] if condition in source else ""
    return bool(_GUARD.search(head))


def refusal(source: str, condition: str, names: Mapping[str, str] | None = None, behind: str = "") -> Formula:
    """When a guard refuses. `source` is all of it, `behind` what comes after it; where nothing in it ends anything, it
    refuses what it does not let in. `names`: what variables stand for.
    """
    formula = read(condition, names)
    head, _, tail = source.partition(condition)
    before = _BEFORE.search(head)
    if before and head[: before.start()].strip(" \t({"):  # behind what it is about: `return if ..`
        ends = _refused(head[: before.start()], "")
        return formula if ends == (before["word"] == "if") else negated(formula)
    inside, other = _parted(tail)
    if _PASSES.match(head):
        return negated(formula)
    turned = head.lstrip().startswith("unless")
    denies = _refused(inside, other or behind) or not inside.strip(" :{}()\n")
    return negated(formula) if denies == turned else formula


def let_in(source: str, condition: str) -> str:
    """What is done only where a guard lets pass; empty for one that refuses, and lets pass what stands behind it."""
    head, _, tail = source.partition(condition)
    before = _BEFORE.search(head)
    if (before and head[: before.start()].strip(" \t({")) or _PASSES.match(head):
        return ""
    inside, other = _parted(tail)
    return "" if _refused(inside, other) or not inside.strip(" :{}()\n") else tail


def _parted(tail: str) -> tuple[str, str]:
    """What is done where a condition holds, and where it does not."""
    found = _ELSE.search(tail)
    return (tail[: found.start()][:LONGEST], tail[found.end() :][:LONGEST]) if found else (tail[:LONGEST], "")


def _refused(block: str, other: str) -> bool:
    """Whether a block refuses; one that merely returns does not where the `other` way is the one that refuses."""
    if _REFUSES.search(block):
        return True
    return bool(_RETURNS.search(block)) and not _REFUSES.search(other)
