"""The tests of a text with what each expects, and how an expectation differs from the one that stood there before."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from gifthorse.change.traits import Side, Trait

GROUP = "tests"
SAME_TEST, SAME_EXPECTATION = 0.6, 0.5
"""From which likeness on (0 to 1) a test with another name, or another expectation of a test, is the same one."""
MOST_COMPARED = 4_000
"""Characters of a test that are compared."""

_LITERAL = re.compile(
    r"""(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`|(?<![\w.])-?\d[\w.]*"""
    r"""|\b(?:True|False|true|false|None|null|nil|undefined)\b)"""
)
_TOLERANCE = re.compile(
    r"(?i)\b(?:abs|rel|delta|atol|rtol|tol\w*|eps\w*|within\w*|precision|margin)\W*$|(?:InDelta|InEpsilon|be_within)\W.*$"
)
_DIGITS = re.compile(r"(?i)(?:places|toBeCloseTo|AlmostEquals?|digits|decimal)\b[^)]*$")
_REASON = re.compile(r",\s*f?(?:\"[^\"]*\"|'[^']*')\s*$")
_EXACT = re.compile(
    r"(?:==|!=|\bis (?!not None)|Equals?\b|Equal\(|toBe\(|toEqual|toStrictEqual|\beql?\b|Same\b|_eq!|_equal\b|EqualTo|shouldBe)"
)
_LOOSE = re.compile(
    r"(?i)(?:is not None|NotN(?:ull|one|il)\b|not_nil|Truthy|toBeDefined|be_present|isinstance|instance_?of|toHaveBeenCalled\(\))"
)
_TRUE = re.compile(
    r"^assert\s*!?\s*\(?[\w.\[\]()'\"]+\)?;?$|^(?:self\.)?assert(?:True|_true|IsNotNone)?\([\w.\[\]()'\"]+\);?$"
)
_FAILS = re.compile(r"(?:raises|Throws?(?:Exactly|Async|Error|ErrorMatching|A\w+)?|raise_error|expectException)\b")
_ANY = re.compile(
    r"(?:raises|Throws?\w*|raise_error|expectException)[ \t]*[(<][ \t]*"
    r"(?:(?:Base)?Exception|Throwable|StandardError|Error|\\?Exception)?(?:\.class|::class)?[ \t]*[,)>]|toThrow\(\)"
)


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its trait, its text, and its expectations ascending."""

    trait: Trait
    text: str
    expected: tuple[Trait, ...]


def cases_of(side: Side, names: Collection[str]) -> tuple[Case, ...]:
    """The tests of these names. An expectation belongs to the innermost test around it; one inside another is not
    told.
    """
    traits = side.of(GROUP)
    starts = [trait.span.start for trait in traits]
    found: list[Case] = []
    for case in traits:
        if case.kind == "test-case" and case.words in names:
            inside = traits[bisect_left(starts, case.span.start) : bisect_left(starts, case.span.end)]
            inner = [one.span for one in inside if one.kind == "test-case" and one.span.start > case.span.start]
            own = [one for one in inside if one.kind == "expectation" and not any(o.contains(one.span) for o in inner)]
            found.append(Case(case, side.source(case.span), _outermost(own)))
    return tuple(found)


def _outermost(traits: list[Trait]) -> tuple[Trait, ...]:
    kept: list[Trait] = []
    for trait in sorted(traits, key=lambda one: (one.span.start, -one.span.end)):
        if not kept or not kept[-1].span.contains(trait.span):
            kept.append(trait)
    return tuple(kept)


def matched(before: tuple[Case, ...], after: tuple[Case, ...]) -> Iterator[tuple[Case, Case | None]]:
    """Each test of the text before with what became of it: the one of its name, else a new one much like it."""
    names = Counter(case.trait.words for case in before)
    free: dict[str, list[Case]] = {}
    for case in after:
        free.setdefault(case.trait.words, []).append(case)
    for old in before:
        same = free.get(old.trait.words)
        yield old, same.pop(0) if same else _renamed(old, [c for c in after if c.trait.words not in names])


def _renamed(old: Case, others: list[Case]) -> Case | None:
    text = old.text[:MOST_COMPARED]
    for other in others:
        likeness = SequenceMatcher(None, text, other.text[:MOST_COMPARED], autojunk=False)
        if likeness.quick_ratio() >= SAME_TEST and likeness.ratio() >= SAME_TEST:
            return other
    return None


def core(text: str) -> str:
    """What an expectation expects, in one line: without the words that it says when it fails."""
    line = " ".join(text.split())
    if line.startswith("if "):
        line = line.partition(" {")[0]
    return _REASON.sub("", line) if line.startswith("assert ") else line.rstrip(";")


def likeness(old: str, new: str) -> float:
    """How alike two expectations are, from 0 to 1."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def difference(old: str, new: str) -> str:
    """What is weaker in an expectation than it was, or otherwise expected, in words; nothing where it is as strict."""
    if _FAILS.search(old):
        if not _FAILS.search(new):
            return "no longer expects a failure"
        if _ANY.search(new) and not _ANY.search(old):
            return "is content with any failure now"
    if _LITERAL.sub("_", old) == _LITERAL.sub("_", new):
        return _other_value(old, new)
    return "expects less than before" if _strictness(new) < _strictness(old) else ""


def _strictness(text: str) -> int:
    if _LOOSE.search(text) or _TRUE.search(text):
        return 1
    return 3 if _EXACT.search(text) else 2


def _other_value(old: str, new: str) -> str:
    pairs = zip(_LITERAL.finditer(old), _LITERAL.finditer(new), strict=False)
    changed = [(was, now) for was, now in pairs if was[0] != now[0]]
    if not changed:
        return ""
    was, now = changed[0]
    if _DIGITS.search(old[: was.start()]) and "," in old[: was.start()] + ",":
        return "tolerates more than before" if _number(now[0]) < _number(was[0]) else ""
    if _TOLERANCE.search(old[: was.start()]):
        return "tolerates more than before" if _number(now[0]) > _number(was[0]) else ""
    return f"expects {now[0]} where it expected {was[0]}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
