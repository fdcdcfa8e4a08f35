"""Homes: where a control stood, and whether that is still there. What is gone as a whole took its controls along.

A control is at home in a function, and in the call, the declaration or the class that it was written for.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from gifthorse.change.brackets import opener
from gifthorse.change.compare import Change
from gifthorse.change.guards import is_guard, let_in
from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Span

LINE_ALIKE = 0.6
"""From which likeness on (0 to 1) two lines are the same one, edited."""
MOST_KNOWN = 3_000
"""Places of which it is kept in what they stand: a change is looked at again after every insertion."""
FARTHEST = 3000
"""So many bytes before a control the bracket is looked for in which it stands."""
ORDER = (
    "authorisation", "csrf-protection", "rate-limit", "signature-check", "input-validation", "bounds-check", "error-check",
    "assertion", "constant-time-comparison", "certificate-check", "escaping", "lock", "transaction", "timeout",
    "security-log", "permission-bits", "security-headers", "allowed-methods", "framework-check", "protective-setting",
)  # fmt: skip
"""What a place that is of several kinds is called: the first of these, then any other."""
NAMES = re.compile(r"[A-Za-z_]\w*")
HOLDING = frozenset({"lock", "transaction"})
OF_THE_FILE = frozenset({"agent-guard"})
"""Kinds that are settings of the whole file: no list and no table around them is their home."""
_RESULT = re.compile(r"^\W*([$\w]+)\s*(?:[!=]==?|is(?:\s+not)?)\s*(?:null|nil|None|nullptr|NULL|undefined)\W*$")
_CALLED = re.compile(r"(\w+)\(")
_IGNORED = re.compile(r"(?<!\w)_\s*:?=|\bcatch\b|\bexcept\b|unwrap|!!|try!")
_SAYING = re.compile(r"\w{2}.*[(=\[+]|\w\s+\w")
_HOLDS = re.compile(r"(?i)lock|mutex|semaphore|transaction|atomic|commit|rollback|begin|synchronized|\bdefer\b")
APPLIES = re.compile(
    r"(?i)\b(use|with|add\w*|register|layer|route_layer|wrap\w*|before\w*|guards?|middleware\w*|filter\w*|plug|group"
    r"|append|prepend|install|configure|interceptors?|pipe|depends|useGlobal\w+|useGuards|map\w*)$"
)
_CALLEE = re.compile(r"[\w.$:>@?!-]+(?:\([^()]*\)[\w.$:>?!-]*)*$")
_TEXT = re.compile(r"""\s*("[^"\n]*"|'[^'\n]*'|`[^`\n]*`)""")
_BLOCK = re.compile(
    r"\b(func|fun|fn|function|def|if|else|for|foreach|while|switch|match|when|try|catch|do|class|struct|interface|impl"
    r"|trait|module|namespace|object|enum|guard|loop|using|lock|synchronized|unsafe|init|static|public|private|async)\b"
    r"|=>\s*$|->\s*[\w<>?. ]*$|\)\s*(\w+\s*)*$"
)
OWNER = re.compile(r"\b(?:class|module|object|struct|interface|impl|trait|namespace|extension|enum|record)\s+([\w:.]+)")
_VARIABLE = re.compile(r"\s*(?:export\s+)?(?:const|let|var|val|auto|my|local|if|return|while)\b")
_LEFT = re.compile(
    r"^\W*(?:(?:const|let|var|val|final|static|public|private|protected|readonly|my|local)\s+)*([$@]?[\w-]+)"
)
_TESTS = re.compile(r"(^|/)(tests?|spec|__tests__)/|(^|/)test_|[._]test\.|\.spec\.|Tests?\.\w+$")
_MARK = re.compile(r"\s*(?:@|#\[|\[|#:)")


def of_tests(path: str) -> bool:
    """Whether a file is one of tests, whose assertions are what they expect and no controls."""
    return bool(_TESTS.search(path))


def outer(traits: Iterable[Trait]) -> list[Trait]:
    """Those that do not stand in another one of their kind: a decorator is a call, too."""
    ends: dict[str, int] = {}
    kept: list[Trait] = []
    for trait in sorted(traits, key=lambda one: (one.span.start, -one.span.end)):
        if trait.span.end > ends.get(trait.kind, -1):
            ends[trait.kind] = trait.span.end
            kept.append(trait)
    return kept


def distinct(traits: Iterable[Trait]) -> list[Trait]:
    """One for each place: what is of several kinds counts as the gravest."""
    rank = {kind: number for number, kind in enumerate(ORDER)}
    first: dict[Span, Trait] = {}
    for trait in traits:
        other = first.get(trait.span)
        if other is None or rank.get(trait.kind, len(rank)) < rank.get(other.kind, len(rank)):
            first[trait.span] = trait
    return list(first.values())


def unit_of(trait: Trait, side: Side) -> str:
    """The function that a control is for; one that is a whole function is for what is around that."""
    unit = side.unit(trait.unit) if trait.unit else None
    return trait.unit.rpartition(".")[0] if unit is not None and trait.span.contains(unit.span) else trait.unit


def at_home(trait: Trait, name: str, change: Change) -> bool:
    """Whether what the control was written for is still there. `name`: its function, as it is called now."""
    if trait.kind in OF_THE_FILE:
        return True
    unit = change.after.unit(name) if name else None
    text = change.after.source(unit.span) if unit else change.after.content.decode("utf-8", "replace")
    if not _block_stays(trait, text, change):
        return False
    if _result_is_gone(trait, text, change):
        return False
    return _call_stays(trait, name, text, change) and (bool(name) or _declaration_stays(trait, text, change))


def _result_is_gone(trait: Trait, text: str, change: Change) -> bool:
    """Whether a check asked if there was a result, and that result has no name any more: nobody may use it now.

    A result that the check got for itself (`if err := allowed(u); err != nil`) was asked for its own sake.
    """
    asked = _RESULT.match(trait.words)
    if asked is None or trait.kind == "authorisation" or re.search(rf"(?<![\w.]){re.escape(asked[1])}\b", text):
        return False
    own = _CALLED.search(change.before.source(trait.span).partition(trait.words)[0])
    if own and not re.search(rf"\b{own[1]}\b", text):
        return False
    return not any(_IGNORED.search(line) for line in brought_lines(change))


def _block_stays(trait: Trait, text: str, change: Change) -> bool:
    """Whether some of what was done only under a control is still done: what a guard let in, what a lock held."""
    source = change.before.source(trait.span)
    if is_guard(source, trait.words):
        lines = let_in(source, trait.words).splitlines()
    elif trait.kind in HOLDING:
        hunk = change.takes(trait.span)
        lines = change.before.source(hunk.old).splitlines() if hunk and hunk.new.start == hunk.new.end else []
    else:
        return True
    inside = [line.strip() for line in lines if _SAYING.search(line) and not _HOLDS.search(line)]
    return not inside or any(line in text for line in inside)


def place_of(trait: Trait, side: Side, name: str | None = None) -> tuple[str, str]:
    """What a control is for: its function (`name`: as it is called now) and, where that is told by a text or the control
    stands outside of functions, the call or the declaration in it. Two of a kind in one place do the same work.
    """
    unit = unit_of(trait, side) if name is None else name
    called = call_around(side.content, trait.span)
    if unit:
        return unit, called if called.endswith(("'", '"', "`")) else ""
    if called or not _MARK.match(line_at(side.content, trait.span.start)):
        return unit, called or assigned(side.content, trait.span) or "".join(
            owners_of(side.content, trait.span.start)[:1]
        )
    return unit, " ".join(NAMES.findall(declared(side.content, trait.span))[-3:])


def assigned(content: bytes, span: Span) -> str:
    """The name that a control is given to on its line (`age: int = Field(..)`), if there is one."""
    before = line_before(content, span)
    if not before.endswith(("=", ":", "=>", "->")) or before.endswith(("==", "!=", ":=")) or _VARIABLE.match(before):
        return ""
    if before.endswith("=") and not before[:1].isspace():
        return ""
    found = _LEFT.search(before)
    return found[1] if found else ""


def line_before(content: bytes, span: Span) -> str:
    """What stands in front of a place on its line."""
    return content[content.rfind(b"\n", 0, span.start) + 1 : span.start].decode("utf-8", "replace").rstrip()


def _call_stays(trait: Trait, name: str, text: str, change: Change) -> bool:
    content = change.before.content
    called = call_around(content, trait.span)
    if not called:
        left = assigned(content, trait.span)
        sign = line_before(content, trait.span)[-2:]
        if name and sign.endswith("=") and sign != "=>":  # a variable of the function: nobody else waits for it
            return True
        return not left or bool(re.search(rf"(?<![\w.]){re.escape(left)}\b", text))
    callee = re.sub(r"\s", "", called)
    if callee in re.sub(r"\s", "", text):
        return True
    line = line_at(content, trait.span.start)
    return any(alike(line, other) for other in brought_lines(change))


def _declaration_stays(trait: Trait, text: str, change: Change) -> bool:
    content = change.before.content
    line = line_at(content, trait.span.start)
    if _MARK.match(line):
        first = declared(content, trait.span)
        if first and first not in text and not any(alike(first, one) for one in brought_lines(change)):
            return False
    owners = owners_of(content, trait.span.start)
    return not owners or bool(re.search(rf"\b{re.escape(owners[0])}\b", text))


def line_at(content: bytes, offset: int) -> str:
    """The line of a place, without what stands around its words."""
    end = content.find(b"\n", offset)
    line = content[content.rfind(b"\n", 0, offset) + 1 : end if end >= 0 else len(content)]
    return line.decode("utf-8", "replace").strip()


def brought_lines(change: Change) -> Iterable[str]:
    """The lines that the change brings."""
    return (
        line.strip() for hunk in change.hunks for line in change.after.source(hunk.new).splitlines() if line.strip()
    )


def alike(one: str, other: str) -> bool:
    """Whether two lines are the same one, edited."""
    likeness = SequenceMatcher(None, one, other, autojunk=False)
    return likeness.quick_ratio() >= LINE_ALIKE and likeness.ratio() >= LINE_ALIKE


def call_around(content: bytes, span: Span) -> str:
    """The call or the literal in whose brackets a control stands, up to its first text (`router.post("/a"`); empty where
    the control stands by itself, or the call is what applies it.
    """
    return _call_between(content[max(0, span.start - FARTHEST) : span.start], content[span.end : span.end + 80])


@lru_cache(MOST_KNOWN)
def _call_between(ahead: bytes, behind_it: bytes) -> str:
    text, behind = ahead.decode("utf-8", "replace"), behind_it.decode("utf-8", "replace").lstrip()
    at, outer_most = len(text), ""
    while (at := opener(text, at)) >= 0:
        before = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
        if text[at] != "(":
            if before.endswith(("(", ",", "[", "{")):
                continue
            if text[at] == "{" and (not before or (_BLOCK.search(before) and not before.endswith(("=", ":")))):
                return outer_most
            if before.endswith(":"):
                outer_most = outer_most or before.strip()
                continue
            return before.strip()
        callee = _CALLEE.search(before)
        if not callee or re.match(
            r"\s*(?:(?:export|async|public|pub|static|private)\s+)*(def|func|fun|fn|function)\b", before
        ):
            return outer_most
        if APPLIES.search(callee[0]) and not behind.startswith(","):
            continue
        first = _TEXT.match(text[at + 1 :])
        return f"{callee[0]}({first[1] if first else ''}"
    return outer_most


def declared(content: bytes, span: Span) -> str:
    """The first line behind a decorator or attribute that is none itself."""
    lines = content[span.end : span.end + FARTHEST].decode("utf-8", "replace").splitlines()
    rest = lines[0].strip(" \t])") if lines else ""
    if rest and not _MARK.match(rest):
        return rest
    return next((line.strip() for line in lines[1:] if line.strip() and not _MARK.match(line)), "")


def owners_of(content: bytes, offset: int) -> list[str]:
    """The names of the classes around a place, from the inside out, as far as indentation tells."""
    start = content.rfind(b"\n", 0, offset) + 1
    width = len(content[start:offset]) - len(content[start:offset].lstrip())
    found: list[str] = []
    for line in reversed(content[:start].decode("utf-8", "replace").splitlines()):
        if width and line.strip() and len(line) - len(line.lstrip()) < width:
            width = len(line) - len(line.lstrip())
            named = OWNER.search(line)
            found += [named[1]] if named else []
    return found
