"""Test weakened: after the change a test is gone or not run, expects less, or expects what the code now gives.

What was renamed, moved, or said by another expectation is as strong as before.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gifthorse.change.compare import Change, Said
from gifthorse.change.expectations import (
    GROUP,
    SAME_EXPECTATION,
    Case,
    cases_of,
    core,
    difference,
    likeness,
    matched,
)
from gifthorse.change.fresh import fresh
from gifthorse.change.putback import whole_lines
from gifthorse.change.stood import stood
from gifthorse.change.traits import Side, Trait
from gifthorse.model.finding import Confidence, Fix, FixKind, Severity
from gifthorse.model.text import Edit, Span

_ADDED = {
    "skipped": "the change keeps tests from running: {}",
    "hollow": "this expectation holds whatever the code does: {}",
    "ends-early": "this ends all tests, and counts as success: {}",
    "result-ignored": "a failure of these checks is ignored now: {}",
}
"""Traits that weaken tests where they are new."""
_TEST_PATH = re.compile(
    r"(?i)(?:^|[/\\])(?:tests?|specs?|__tests__)[/\\]|(?:^|[/\\])(?:test_|conftest)|[._-](?:test|spec)s?\.|Tests?\."
)
_CALLED = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
_WORDS = re.compile(r"\w+")
_VALUE = re.compile(r"expects (.+) where it expected (.+)$", re.DOTALL)
_CONDITIONAL = re.compile(r"(?i)skip_?(?:if|unless)$|@DisabledO[nf]\w+$")
_CONSTANT = re.compile(r"\(\s*(?:condition\s*=\s*)?[\"']?(?:True|False|1|0|not\s+(?:True|False))\b")
NEAR = 80
"""Characters behind a skipped test's mark in which its condition begins."""
SENTENCE = 16
"""Characters from which on a text with blanks is a sentence."""
SPELLING = 0.85
"""From which likeness on (0 to 1) a sentence that is expected is the same one, spelled otherwise."""
_REFUSES = re.compile(r"(?i)throws|raises|catch|panic")


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each test that is weaker, each place once."""
    if not any(change.before.of(GROUP)) and not any(change.after.of(GROUP)):
        return
    yield from _added(change)
    yield from _unexpected(change)
    names = _touched(change)
    for old, new in matched(cases_of(change.before, names), cases_of(change.after, names)):
        if new is not None and new.text == old.text:
            continue
        yield from _gone(old, change) if new is None else _weaker(old, new, change)


def _touched(change: Change) -> frozenset[str]:
    """The names of the tests of which something came or went."""
    sides = ((change.before, [hunk.old for hunk in change.hunks]), (change.after, [hunk.new for hunk in change.hunks]))
    return frozenset(
        trait.words
        for side, spans in sides
        for trait in side.of(GROUP)
        if trait.kind == "test-case" and any(trait.span.overlaps(span) for span in spans)
    )


def _added(change: Change) -> Iterator[Said]:
    old = _code(change.before, [hunk.old for hunk in change.hunks])
    sides = old, _code(change.after, [hunk.new for hunk in change.hunks])
    tests = bool(_TEST_PATH.search(change.path)) or any(t.kind == "test-case" for t in change.after.of(GROUP))
    for trait in fresh(change, *sides):
        if tests or trait.kind == "result-ignored":
            what = _short(trait.words)
            unsure = change.is_new or _depends(trait, change.after)
            confidence = Confidence.LOW if unsure else trait.confidence
            yield Said(trait.span, _ADDED[trait.kind].format(what), trait.severity, confidence)


def _depends(trait: Trait, side: Side) -> bool:
    """Whether a test is only kept from running where a condition holds, or an expectation says that it was reached."""
    behind = side.source(Span(trait.span.end, trait.span.end + NEAR))
    return bool(_CONDITIONAL.search(trait.words) and not _CONSTANT.match(behind)) or trait.words.startswith("t.pass")


def _code(side: Side, spans: Sequence[Span]) -> list[Trait]:
    """The traits that weaken tests, are touched by one of these spans, and are no comment."""
    traits = (trait for trait in side.of(GROUP) if trait.kind in _ADDED)
    touched = [trait for trait in traits if any(trait.span.overlaps(span) for span in spans)]
    return [trait for trait in touched if not any(comment.overlaps(trait.span) for comment in side.comments)]


def _unexpected(change: Change) -> Iterator[Said]:
    """Failures that were expected by an attribute, and are not any more."""
    now = Counter(trait.words for trait in change.after.of(GROUP) if trait.kind == "expected-failure")
    if not any(one.kind == "expected-failure" for one in change.before.of(GROUP)) or _REFUSES.search(
        _code_brought(change)
    ):
        return
    for trait in change.before.of(GROUP):
        if trait.kind == "expected-failure" and now[trait.words] == 0 and _stays(trait, change):
            yield _lost(trait.span, f"a test no longer expects a failure: {_short(trait.words)}", change)
        now[trait.words] -= 1


def _stays(trait: Trait, change: Change) -> bool:
    """Whether the test right below still has its name in the text after."""
    below = change.before.source(Span(trait.span.end, trait.span.end + 200))
    name = re.search(r"\b(?:fn|void|fun|function|Task)\s+(\w+)", below)
    return bool(name) and name[1].encode() in change.after.content if name else False


def _gone(case: Case, change: Change) -> Iterator[Said]:
    """A test that is no more: sure only where what it called is still spoken of, and no other test took its words."""
    hunk = change.takes(case.trait.span)
    if hunk is None or _brought(case.text, change):
        return
    after = change.after.content.decode("utf-8", "replace")
    called = set(_CALLED.findall(case.text)) - {case.trait.words, "if", "for", "while", "function", "func", "fn"}
    stays = any(re.search(rf"\b{re.escape(name)}\b", after) for name in called if not name.startswith("assert"))
    message = f"the test {_short(case.trait.words)} is gone"
    yield _lost(case.trait.span, message, change, Confidence.MEDIUM if stays else Confidence.LOW)


def _weaker(old: Case, new: Case, change: Change) -> Iterator[Said]:
    """What a test expects less than it did."""
    was = [(trait, core(change.before.source(trait.span))) for trait in old.expected]
    now = [(trait, core(change.after.source(trait.span))) for trait in new.expected]
    same = Counter(text for _, text in was) & Counter(text for _, text in now)
    was, now = _without(was, same), _without(now, same)
    alike = _rest(old, change.before) == _rest(new, change.after)
    for trait, text in was:
        best = max(now, key=lambda one: likeness(text, one[1]), default=None)
        if best is not None and likeness(text, best[1]) >= SAME_EXPECTATION:
            now.remove(best)
            how = difference(text, best[1])
            if how and not _follows(how, _rest(old, change.before), _rest(new, change.after)):
                yield _otherwise(trait, best[0], f"{_short(new.trait.words)} {how}", alike, change)
        elif len(new.expected) < len(old.expected) and not (_brought(text, change) or _kept(trait, change)):
            yield _lost(trait.span, f"{_short(new.trait.words)} no longer expects: {_short(text)}", change)


def _kept(trait: Trait, change: Change) -> bool:
    """Whether an expectation stands in the text as often as before, be it in another test."""
    words = change.before.content[trait.span.start : trait.span.end]
    return change.after.content.count(words) >= change.before.content.count(words)


def _follows(how: str, was: str, now: str) -> bool:
    """Whether the value expected is another because what the test gives is another in the same way."""
    value = _VALUE.match(how)
    if value is None:
        return False
    new, old = (one.strip("\"'`") for one in value.groups())
    words, before = set(_WORDS.findall(now)), set(_WORDS.findall(was))
    return new in words - before and old in before - words


def _respelled(message: str) -> bool:
    """Whether the value expected is a sentence that was only put a little otherwise."""
    value = _VALUE.search(message)
    if value is None or not all(" " in one and len(one) >= SENTENCE for one in value.groups()):
        return False
    return likeness(*value.groups()) >= SPELLING


def _without(all_: list[tuple[Trait, str]], same: Counter[str]) -> list[tuple[Trait, str]]:
    left = Counter(same)
    kept: list[tuple[Trait, str]] = []
    for one in all_:
        if left[one[1]] > 0:
            left[one[1]] -= 1
        else:
            kept.append(one)
    return kept


def _rest(case: Case, side: Side) -> str:
    """A test without what it expects."""
    at, parts = case.trait.span.start, []
    for trait in case.expected:
        parts.append(side.source(Span(at, trait.span.start)))
        at = trait.span.end
    return " ".join("".join(parts).split())


def _brought(text: str, change: Change) -> bool:
    """Whether all words of a text stand in what the change brings: said in another way, or elsewhere."""
    brought = set(_WORDS.findall(_code_brought(change)))
    words = set(_WORDS.findall(text)) - {"assert", "self", "expect", "t", "True"}
    return bool(words) and words <= brought


def _code_brought(change: Change) -> str:
    """What the change brings, without comments."""
    comments = [one for one in change.after.comments if change.brings(one)]
    text = " ".join(change.after.source(hunk.new) for hunk in change.hunks)
    for comment in comments:
        text = text.replace(change.after.source(comment), " ")
    return text


def _otherwise(old: Trait, new: Trait, message: str, alike: bool, change: Change) -> Said:
    source = change.before.content[old.span.start : old.span.end]
    fix = Fix("Expect what was expected", FixKind.BEHAVIOURAL, (Edit(new.span, source),))
    confidence = Confidence.MEDIUM if alike and not _respelled(message) else Confidence.LOW
    return Said(new.span, message, Severity.MEDIUM, confidence, (fix,), (stood(change, old.span),))


def _lost(span: Span, message: str, change: Change, confidence: Confidence = Confidence.MEDIUM) -> Said:
    """Something that stood at `span` of the text before, with a fix that puts its lines back."""
    hunk = next(one for one in (change.takes(span), *change.hunks) if one)
    lines = whole_lines(change.before.content, span)
    back = Edit(Span(hunk.new.start, hunk.new.start), change.before.content[lines.start : lines.end])
    fix = Fix("Put it back", FixKind.BEHAVIOURAL, (back,))
    content, start = change.after.content, hunk.new.start
    while start < len(content) and content[start : start + 1].isspace():
        start += 1
    end = content.find(b"\n", start)
    place = Span(start, len(content) if end < 0 else end)
    return Said(place, message, Severity.MEDIUM, confidence, (fix,), (stood(change, span),))


def _short(words: str) -> str:
    words = words.strip("\"'`")
    return words if len(words) <= 80 else words[:77] + "..."
