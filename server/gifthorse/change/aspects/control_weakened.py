"""Control weakened: a guard, a bound, a pattern or a list of what is allowed is still there, and lets more through.

Held against each other are controls of one kind in one function, and settings of one name.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from gifthorse.change.compare import Change, Said
from gifthorse.change.traits import Trait
from gifthorse.model.finding import Elsewhere, Fix, FixKind, Step
from gifthorse.model.text import Edit, Span

ALIKE = 0.4
"""From which likeness on (0 to 1) a pattern is the same one, changed."""
_ENDS = re.compile(
    r"\b(return|raise|throw|abort|exit|panic|die|fatal|continue|break|goto|reject|deny|Err)\b|\b40[13]\b"
)
_OR, _AND = re.compile(r"\|\||\bor\b"), re.compile(r"&&|\band\b")
_NOT = re.compile(r"^\(*\s*(?:!(?!=)|not\b)\s*")
_NUMBER = re.compile(r"[\d][\d_]*(?:\.\d+)?(?:e\d+)?")
_MINIMA = re.compile(
    r"(?i)(min(imum)?([_A-Z]|len|$)|iteration|rounds|cost|work_?factor|bits|key_?(size|len)|salt|backoff)"
)
_SLOW = re.compile(r"(?i)(time_?out|ttl|expir|lifetime|max_?age|size|length|bytes|body)")
_ENDLESS = re.compile(r"(?i)^(none|null|nil|undefined|-1|float\(.inf.\)|infinity|math\.inf|number\.max\w*|inf)$")
_WEAK = re.compile(
    r"(?i)[\"'](\*|none|md5|sha-?1|des|rc4|tlsv1(\.[01])?|sslv[23]|0\.0\.0\.0/0)[\"']|\bTLSv1\b|\bVersionTLS1[01]\b"
)
_WIDE = re.compile(r"\.[*+]|\[\\s\\S\]")


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each control that lets more through than before."""
    told: set[Span] = set()
    for group in ("controls", "limits"):
        gone = [trait for trait in change.before.of(group) if change.takes(trait.span)]
        come = [trait for trait in change.after.of(group) if change.brings(trait.span)]
        for old in gone:
            new = next((one for one in come if _same(old, one)), None)
            if new is None:
                continue
            come.remove(new)
            why = _weaker(old, new, change)
            if why and new.span not in told:
                told.add(new.span)
                yield _said(old, new, why, change)


def _name(words: str) -> str:
    return re.split(r"[:=,(]", words, maxsplit=1)[0].strip(" \"'@[]")


def _same(old: Trait, new: Trait) -> bool:
    if (old.kind, old.unit) != (new.kind, new.unit):
        return False
    if old.kind == "pattern":
        return SequenceMatcher(None, old.words, new.words, autojunk=False).ratio() >= ALIKE
    return old.group == "controls" or _name(old.words) == _name(new.words)


def _weaker(old: Trait, new: Trait, change: Change) -> str:
    """In which way it lets more through; empty where it does not."""
    if old.words == new.words and old.kind != "permission-bits":
        return ""
    if old.kind == "limit":
        return _looser(old.words, new.words)
    if old.kind == "allowed-values":
        return "more is allowed" if _weak(old.words) < _weak(new.words) else ""
    if old.kind == "pattern":
        return _wider(old.words, new.words)
    before = change.before.source(old.span)
    if old.kind == "permission-bits":
        return "others are allowed more" if _bits(change.after.source(new.span)) & ~(_bits(before) or 0o777) else ""
    if old.words in before and before.strip() != old.words.strip():
        denies = _denies(before, old)
        return _guard(old.words, new.words, denies) if denies == _denies(change.after.source(new.span), new) else ""
    return "more is allowed" if _weak(old.words) < _weak(new.words) or _roles(old.words, new.words) else ""


def _denies(source: str, guard: Trait) -> bool:
    """Whether a guard ends the function where its condition holds; a text without a condition does not."""
    behind = source.partition(guard.words)[2]
    return bool(_ENDS.search(re.split(r"\b(?:else|elif|elsif)\b(?!\s*\{?\s*(?:return|throw))", behind)[0][:120]))


def _bits(source: str) -> int:
    """The permission bits that a call names; none where they are not written as a number."""
    found = re.search(r"\b0?o?([0-7]{3})\b", source)
    return int(found[1], 8) if found else 0


def _roles(old: str, new: str) -> bool:
    """Whether what is asked for by name is asked for no more, or more names will do."""
    had, has = (re.findall(r"[\"']([\w:.-]+)[\"']", words) for words in (old, new))
    if _name(old).lower() != _name(new).lower() or not had:
        return False
    return not has or (set(had) < set(has) and "role" in old.lower())


def _weak(words: str) -> int:
    return len(_WEAK.findall(words))


def _atoms(condition: str, by: re.Pattern[str]) -> list[str]:
    return [re.sub(r"[\s()]", "", part) for part in by.split(condition)]


def _guard(old: str, new: str, denies: bool) -> str:
    """Whether the condition of a guard holds off less. `denies`: what stands behind it ends the function."""
    either = re.compile(f"{_OR.pattern}|{_AND.pattern}")
    had, has = _atoms(old, either), _atoms(new, either)
    narrow, wide = (_AND, _OR) if denies else (_OR, _AND)
    if had == has and len(had) > 1 and len(wide.findall(old)) > len(wide.findall(new)) < len(narrow.findall(new)):
        return "all conditions must hold now to be refused" if denies else "one of the conditions is enough now"
    if len(had) == len(has) == 1 and bool(_NOT.match(old)) != bool(_NOT.match(new)):
        plain = [re.sub(r"[\s()]", "", _NOT.sub("", one.strip("() "))) for one in (old, new)]
        return "its condition is turned round" if plain[0] == plain[1] else ""
    if set(had) < set(has) and len(narrow.findall(new)) > len(narrow.findall(old)):
        return "another condition lets it pass"
    if set(has) < set(had) and len(wide.findall(new)) < len(wide.findall(old)):
        return "one of its conditions is gone"
    return _looser_bound(old, new, denies)


def _looser_bound(old: str, new: str, denies: bool) -> str:
    shape = re.compile(r"^(.*?)\s*(<=?|>=?)\s*(\d[\d_.]*)\W*$")
    one, other = shape.match(old), shape.match(new)
    if one is None or other is None or one[1] != other[1] or one[2][0] != other[2][0]:
        return ""
    first, second = _value(one[3]), _value(other[3])
    if first is None or second is None:
        return ""
    return "its bound is looser" if (second > first) == ((one[2][0] == ">") == denies) and first != second else ""


def _value(words: str) -> float | None:
    """The number that a text of numbers and multiplications stands for."""
    parts = [part.strip(" _)(;,") for part in words.split("*")]
    result = 1.0
    for part in parts:
        number = _NUMBER.search(part)
        if number is None or len(part) > len(number[0]) + 24:
            return None
        result *= float(number[0].replace("_", ""))
    return result


def _looser(old: str, new: str) -> str:
    name = _name(old)
    values = [re.split(r"=>?|:(?!.*=)|\s(?=\d+$)", words)[-1].strip(" ;,)") for words in (old, new)]
    first = _value(values[0])
    if first is None:
        return ""
    if _ENDLESS.match(values[1]) or (values[1] == "0" and _SLOW.search(name) and first > 0):
        return "there is no limit any more" if not _MINIMA.search(name) else ""
    second = _value(values[1])
    if second is None:
        return ""
    if _MINIMA.search(name):
        return "its least value is smaller" if second < first else ""
    return "its limit is larger" if second >= first * (8 if _SLOW.search(name) else 2) and second > first else ""


def _wider(old: str, new: str) -> str:
    for anchor in ("^", "$", r"\A", r"\z", r"\Z"):
        if anchor in _bare(old) and not any(one in _bare(new) for one in _ends_of(anchor)):
            return "its pattern is not held to both ends any more" if "fullmatch" not in new else ""
    if "fullmatch" in old and "fullmatch" not in new and not _bare(new).rstrip("\"')/gimu").endswith(("$", r"\Z")):
        return "its pattern need not fit the whole text any more"
    return "its pattern fits more" if len(_WIDE.findall(new)) > len(_WIDE.findall(old)) else ""


def _ends_of(anchor: str) -> tuple[str, ...]:
    return ("^", r"\A") if anchor in ("^", r"\A") else ("$", r"\z", r"\Z")


def _bare(pattern: str) -> str:
    return pattern.replace("[^", "[").replace(r"\$", "").replace(r"\^", "")


def _said(old: Trait, new: Trait, why: str, change: Change) -> Said:
    before = change.before
    title = change.catalogue.traits[old.kind].title
    message = f"{title} is weaker, {why}: {_short(old.words)} before, now {_short(new.words)}"
    start = before.content.rfind(b"\n", 0, old.span.start) + 1
    end = before.content.find(b"\n", old.span.end)
    shown = Elsewhere(change.path, before.line(start) - 1, before.content[start : end if end >= 0 else None])
    step = Step(old.span.shifted(-start), "this stood here before", shown)
    text = before.content[old.span.start : old.span.end]
    fix = Fix("Put the stricter one back", FixKind.BEHAVIOURAL, (Edit(Span(new.span.start, new.span.end), text),))
    return Said(new.span, message, old.severity, old.confidence, (fix,), (step,))


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."
