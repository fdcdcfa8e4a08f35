"""Control weakened: a guard, a bound, a pattern or a list of what is allowed is still there, and lets more through.

Held against each other are controls of one kind in one place, and settings of one name. What switches a control off is
a weakness, too.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from gifthorse.change.compare import Change, Said
from gifthorse.change.conditions import Formula, atoms_of, negated, relation
from gifthorse.change.fresh import fresh
from gifthorse.change.guards import LONGEST, is_guard, refusal
from gifthorse.change.homes import alike, line_at, of_tests, outer, place_of, unit_of
from gifthorse.change.looser import fewer_constraints, looser, looser_call, more_allowed, wider
from gifthorse.change.renamed import now_named
from gifthorse.change.standins import asks_what_one_may, refuses_as_much, variables
from gifthorse.change.stood import stood
from gifthorse.change.traits import Side, Trait
from gifthorse.model.finding import Confidence, Fix, FixKind
from gifthorse.model.text import Edit, Span

MOST_KNOWN = 10_000
"""Pairs of words whose likeness is kept: a change is looked at again after every insertion."""
ALIKE = 0.4
"""From which likeness on (0 to 1) a pattern is the same one, changed."""
CONSTRAINED = frozenset({"input-validation", "framework-check"})
ANSWERED = frozenset({"signature-check", "certificate-check", "csrf-protection"})
"""Kinds of which each named argument asks for something more."""
INSTEAD = "unescaped-output"
"""What is only weaker where it came in place of something else."""
WAIVERS = "waivers"
_WHO = re.compile(r"(?i)log(ged)?_?in|auth|session|token|user|member|jwt|signed_?in|identity")
_CALL = re.compile(r"(?:new\s+)?[\w.:$>-]+\(")
_CHECKS = re.compile(
    r"(?i)_*(is|can|has|may|check|verif|validat|authori[sz]|authenticat|require|ensure|assert|allow|guard|enforce|must|valid"
    r"|forbid|den(y|ies)|test_func|protect|sanit|escape|rules|clean)"
)
_PASSES = re.compile(
    r"(?i)[:>{=)]\s*(?:return\s+(?:true|Ok\(\(\)\)|nil|next\(\))|return|true|pass|Ok\(\(\)\)|next\(\)|nil);?\s*(?:\}|end)?\s*$"
    r"|\{\s*\}\s*$"
)
_AND = re.compile(r"&&|\band\b")
_ARGUMENT = re.compile(r"[\w.:*-]*\w(?!\s*[=(:])")
_GIVEN = re.compile(r"(?<![\w.])(\w+)\s*(?:=(?!=)|:(?!:))")
_NAMED = re.compile(r"[\"':]([\w:.*-]+)[\"']?")


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each control that lets more through than before."""
    told: set[Span] = set()
    for group in ("controls", "limits"):
        for old, new in _pairs(change, group):
            why = _weaker(old, new, change)
            if why and new.span not in told:
                told.add(new.span)
                yield _said(old, new, why, change)
    yield from (one for one in _hollow(change) if one.span not in told)
    for trait in fresh(change, change.before.of(WAIVERS), change.after.of(WAIVERS)):
        if _counts(trait, change) and not any(trait.span.overlaps(span) for span in told):
            told.add(trait.span)
            yield _waived(trait, change)


def _hollow(change: Change) -> Iterator[Said]:
    """Functions that say by their name that they check something, and let everything through now."""
    for unit in change.after.units:
        old = change.before.unit(unit.words)
        own = unit.words.rpartition(".")[2].rpartition(":")[2]
        if old is None or not change.brings(unit.span) or not _CHECKS.match(own):
            continue
        before, after = change.before.source(old.span), change.after.source(unit.span)
        if not _is_hollow(after) or _is_hollow(before):
            continue
        end = change.after.content.find(b"\n", unit.span.start)
        span = Span(unit.span.start, min(unit.span.end, end if end >= 0 else unit.span.end))
        fix = Fix("Put the check back", FixKind.BEHAVIOURAL, (Edit(unit.span, before.encode()),))
        message = f"{own}() lets everything through now: nothing is left in it that could refuse"
        yield Said(span, message, fixes=(fix,), steps=(stood(change, old.span),))


def _is_hollow(source: str) -> bool:
    lines = [re.sub(r"(?:#|//).*$", "", line).strip() for line in source.splitlines()]
    return bool(_PASSES.search(" ".join(line for line in lines if line and not line.startswith(("*", "/*", '"""')))))


def _counts(trait: Trait, change: Change) -> bool:
    """Whether what switches a protection off was brought to something that had it: what is new as a whole never had."""
    unit = unit_of(trait, change.after)
    is_new = change.is_new or (unit and change.before.unit(unit) is None)
    if is_new or change.after.is_comment(trait.span) or _risky(trait.span, change):
        return False
    hunk = next(hunk for hunk in change.hunks if hunk.new.overlaps(trait.span))
    line = line_at(change.after.content, trait.span.start)
    return trait.kind != INSTEAD or any(alike(line, old) for old in change.before.source(hunk.old).splitlines())


def _pairs(change: Change, group: str) -> Iterator[tuple[Trait, Trait]]:
    """What was there and what became of it: of one kind in one place, the likest ones first."""
    gone = [
        trait
        for trait in outer(change.before.of(group))
        if change.takes(trait.span) and not change.before.is_comment(trait.span)
    ]
    come = [trait for trait in outer(change.after.of(group)) if change.brings(trait.span)]
    places = {trait: place_of(trait, change.after) for trait in come} if gone else {}
    named = now_named(change)
    ranked: list[tuple[float, int, Trait, Trait]] = []
    for number, old in enumerate(gone):
        name = named(unit_of(old, change.before))
        if name is None:
            continue
        place = place_of(old, change.before, name)
        fitting = [new for new in come if new.kind == old.kind and places[new] == place]
        rated = [(_likeness(old, new), new) for new in fitting]
        ranked += [(ratio + _same_hunk(old, new, change), -number, old, new) for ratio, new in rated if ratio > 0]
    used: set[Span] = set()
    for _, _, old, new in sorted(ranked, key=lambda one: (-one[0], -one[1], one[3].span)):
        if old.span not in used and new.span not in used:
            used |= {old.span, new.span}
            yield old, new


def _same_hunk(old: Trait, new: Trait, change: Change) -> float:
    hunk = change.takes(old.span)
    return 1.0 if hunk and hunk.new.overlaps(new.span) else 0.0


@lru_cache(MOST_KNOWN)
def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _likeness(old: Trait, new: Trait) -> float:
    ratio = _ratio(old.words, new.words)
    if old.kind == "pattern":
        return ratio if ratio >= ALIKE else 0
    if old.group == "controls":
        return max(ratio, 0.01)
    return ratio if _name(old.words) == _name(new.words) else 0


def _name(words: str) -> str:
    words = words.removeprefix("#define ").split(" ")[0] if words.startswith("#define ") else words
    return re.split(r"[:=,(]", words, maxsplit=1)[0].strip(" \"'@[]")


def _weaker(old: Trait, new: Trait, change: Change) -> str:
    """In which way it lets more through; empty where it does not."""
    if old.kind == "permission-bits":
        return _wider_bits(change.before.source(old.span), change.after.source(new.span))
    before, after = change.before.source(old.span), change.after.source(new.span)
    if old.kind == "assertion" and of_tests(change.path):
        return ""
    if before == after or (old.words == new.words and is_guard(before, old.words)):
        return ""
    if old.kind == "limit":
        return (looser_call if _CALL.match(old.words) else looser)(old.words, new.words)
    if old.kind == "allowed-values":
        return "more is allowed" if more_allowed(old.words, new.words) else ""
    if old.kind == "pattern":
        return wider(old.words, new.words)
    if is_guard(before, old.words):
        was = refusal(before, old.words, behind=_behind(old, change.before))
        why = _guard(was, refusal(after, new.words, variables(change), _behind(new, change.after)))
        return "" if why and refuses_as_much(old, unit_of(new, change.after), change) else why
    return _call(before, after, old.kind) or _rank(old, new, change)


def _behind(trait: Trait, side: Side) -> str:
    return side.source(Span(trait.span.end, min(len(side.content), trait.span.end + LONGEST)))


def _call(old: str, new: str, kind: str) -> str:
    """In which way a call, a decorator or a declaration asks for less."""
    if more_allowed(old, new) or _roles(old, new):
        return "more is allowed"
    why = looser_call(old, new)
    lost = fewer_constraints(old, new) if not why and kind in CONSTRAINED and _name(old) == _name(new) else ""
    if kind in ANSWERED and not why and not lost:
        had, has = (_GIVEN.findall(source) for source in (old, new))
        lost = next((word for word in had if word not in has), "") if set(has) < set(had) else ""
    return f"{lost} is gone" if lost else why


def _roles(old: str, new: str) -> bool:
    """Whether what is asked for by name is asked for no more, or more names will do."""
    if _name(old).lower() != _name(new).lower() or "(" not in old or len(_AND.findall(new)) > len(_AND.findall(old)):
        return False
    had, has = (_ARGUMENT.findall(words.partition("(")[2]) for words in (old, new))
    if not has:
        return bool(_NAMED.search(old)) and not re.search(r"\w", new.partition("(")[2])
    return bool(had) and set(had) < set(has) and bool(re.search(r"(?i)role|authorit|hasany|\bany|\bgroups?\b", old))


def _rank(old: Trait, new: Trait, change: Change) -> str:
    """Whether it is only asked who somebody is, where it was asked what they may do."""
    if (
        old.kind != "authorisation"
        or asks_what_one_may(new.words)
        or not asks_what_one_may(old.words)
        or not _WHO.search(new.words)
    ):
        return ""
    place = place_of(new, change.after)
    others = (
        one for one in change.after.of("controls") if one.kind == old.kind and place_of(one, change.after) == place
    )
    return (
        ""
        if any(asks_what_one_may(one.words) for one in others)
        else "it is only asked who somebody is, not what they may do"
    )


def _guard(old: Formula, new: Formula) -> str:
    """In which way a guard refuses less. What it asks of quite other things is not compared."""
    had, has = atoms_of(old), atoms_of(new)
    held = relation(old, new)
    if held is None or not had & has:
        return ""
    if relation(old, negated(new)) == (True, True):
        return "its condition is turned round"
    if held != (False, True):
        return ""
    if had < has:
        return "another condition lets it pass"
    if has < had:
        return "one of its conditions is gone"
    return "its bound is looser" if len(had) == 1 else "not all of its conditions must hold any more"


def _wider_bits(old: str, new: str) -> str:
    first, second = _bits(old), _bits(new)
    if first is None or second is None or first == second:
        return ""
    taken = bool(re.match(r"(?i)[\w.:]*umask", old.strip()))
    more = first & ~second if taken else second & ~first
    return "others are allowed more" if more & 0o077 else ""


def _bits(source: str) -> int | None:
    """The permission bits that a call names, as a number or by letters; none where they are not written."""
    found = re.search(r"(?<![\w.])0?o?([0-7]{3})\b", source)
    if found:
        return int(found[1], 8)
    letters = re.search(r"[\"']([r-][w-][x-])([r-][w-][x-])([r-][w-][x-])[\"']", source)
    return sum(_triple(letters[place]) << shift for place, shift in ((1, 6), (2, 3), (3, 0))) if letters else None


def _triple(letters: str) -> int:
    return sum(bit for letter, bit in zip(letters, (4, 2, 1), strict=True) if letter != "-")


def _risky(span: Span, change: Change) -> bool:
    """Whether a rule about the code itself says it already."""
    return any(one.span.overlaps(span) and one.confidence is not Confidence.LOW for one in change.findings)


def _waived(trait: Trait, change: Change) -> Said:
    before = change.before
    title = change.catalogue.traits[trait.kind].title
    hunk = next(hunk for hunk in change.hunks if hunk.new.overlaps(trait.span))
    old = before.content[hunk.old.start : hunk.old.end]
    message = f"{title}: {_short(trait.words)}"
    if not old.strip():
        return Said(trait.span, message, trait.severity, trait.confidence)
    fix = Fix("Take it back", FixKind.BEHAVIOURAL, (Edit(hunk.new, old),))
    gone = Span(hunk.old.start, hunk.old.start + len(old.rstrip()))
    return Said(trait.span, message, trait.severity, trait.confidence, (fix,), (stood(change, gone),))


def _said(old: Trait, new: Trait, why: str, change: Change) -> Said:
    before = change.before
    title = change.catalogue.traits[old.kind].title
    message = f"{title} is weaker, {why}: {_short(old.words)} before, now {_short(new.words)}"
    text = before.content[old.span.start : old.span.end]
    fix = Fix("Put the stricter one back", FixKind.BEHAVIOURAL, (Edit(Span(new.span.start, new.span.end), text),))
    return Said(new.span, message, old.severity, old.confidence, (fix,), (stood(change, old.span),))


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."
