"""Stand-ins: whether something else does the work of a control that is gone from its place.

It may stand above now (on the class, on the router), in a function that is newly asked, in a list that is handed on, in
another guard that refuses as much, or under another name.
"""

import re

from gifthorse.change.compare import Change
from gifthorse.change.conditions import any_of, atoms_of, relation
from gifthorse.change.guards import is_guard, refusal
from gifthorse.change.homes import NAMES, OWNER, brought_lines, call_around, declared, line_at, owners_of, unit_of
from gifthorse.change.hunks import Hunk
from gifthorse.change.traits import Trait

GROUP = "controls"
CHECKS = frozenset({"bounds-check", "input-validation", "assertion", "error-check", "guard", "framework-check"})
"""Kinds that stand for each other: one may be rewritten as another."""
MOST_GUARDS = 12
_IDLE = frozenset(("not", "and", "or", "is", "None", "null", "nil", "self", "this", "if", "true", "false", "err"))
_ASKS = re.compile(
    r"\b(if|elif|unless|guard|while|switch|match|case|when|return|require|assert\w*|precondition)\b|[?&|]"
)
_LOOKS_FIRST = re.compile(r"[.](?:get|at|get_mut|fetch|dig|checked_\w+|try_\w+|getOrNull|elementAtOrNull|getOrElse)\(")
_TAKES_OVER = re.compile(
    r"(?i)^(?:include|extend|prepend|use|mixin|with)\s+[\w:\\]*(?:auth|guard|secur|protect|restrict|polic|admin|validat|throttl)"
    r"|^(?:[\w<>]+\s+)*class\b.*(?:\bextends\b|\bimplements\b|[:<(]).*(?:auth|guard|secur|protect|restrict|admin|valid|csrf)"
)
_BOUNDS = re.compile(r"(?<![-=])[<>]|\b(?:min|max|clamp|coerce\w*|range|between)\b|\bin\b")
_CHOOSES = re.compile(r"\W*(?:return\s+)?(?:switch|match|case|when)\b")
_COMMENTS = ("#", "//", "*", "--")
_GIVEN = re.compile(
    r"^(?:(?:const|let|var|val|auto|final|static|bool(?:ean)?|my|local)\s+)*[$@]?(\w+)\s*(?::[^=]*)?:?=(?!=)(.+)$"
)
_GUARDISH = re.compile(
    r"(?i)(requir|check|ensure|verif|only|guard|access|restrict|protect|secure|member|session|perm|must|valid|authori"
    r"|authent|enforce|limit|assert|sanit|clean|escape|polic)"
)
_WHOLE = re.compile(
    r"(?i)\b(group|use|with|router\w*|route_?group|blueprint|scope|layer|route_layer|wrap|middlewares?|before\w*"
    r"|namespace|register|mount|controller|filters?|pipeline|dependencies|default\w*|permission_classes|plug|map_?group)\b|[.]all\("
)
_MAY = re.compile(
    r"(?i)role|admin|perm|scope|owner|staff|superuser|polic|\bcan[A-Z_(]|abilit|privileg|authorit|\bacl\b|tenant|grant"
    r"|authorize\s*[(!\"':]|belongs|group|claim|access|\buser\.\w+\.|user\(\)->"
)
_LOOSE = re.compile(
    r"(?i)(allow_?any|anonymous|optional|public|noop|no_?auth|skip|exempt|permit_?all|disable|require_?(get|post|safe|http))"
)


def alike_kinds(kind: str) -> frozenset[str]:
    """The kinds of controls that do the work of one."""
    return CHECKS if kind in CHECKS else frozenset({kind})


def stands_in(trait: Trait, name: str, hunk: Hunk, change: Change) -> bool:
    """Whether something does the control's work now. `name`: its function, as it is called now; `hunk`: what took it."""
    return (
        _above(trait, name, change)
        or _asked(trait, name, change)
        or _restated(trait, change)
        or _handed_on(trait, change)
        or _built_in(trait, change)
        or refuses_as_much(trait, name, change)
        or _renamed(trait, hunk, change)
    )


def _above(trait: Trait, name: str, change: Change) -> bool:
    """Whether one was brought that stands above all functions, or one stands on the function's class."""
    owners = owners_of(change.before.content, trait.span.start)
    old = change.before.content.decode("utf-8", "replace")
    known = {(other.kind, other.words, other.unit) for other in change.before.of(GROUP)}
    for other in change.after.of(GROUP):
        if other.kind not in alike_kinds(trait.kind):
            continue
        line = line_at(change.after.content, other.span.start)
        words = (other.kind, other.words, trait.unit if other.unit == name else other.unit)
        fresh = words not in known or (_WHOLE.search(line) and line not in old)
        above = (other.unit == "" and name) or other.kind != trait.kind or _WHOLE.search(line)
        if fresh and above and other.unit in {"", name} and change.brings(other.span):
            return True
        classed = OWNER.search(declared(change.after.content, other.span)) if not other.unit else None
        if classed and classed[1] in owners:
            return True
    return False


def _asked(trait: Trait, name: str, change: Change) -> bool:
    """Whether the function newly names one that has such a control, that came with the change, or that says by its name
    that it checks.
    """
    unit = change.after.unit(name)
    if unit is None:
        return False
    before = change.before.unit(trait.unit)
    known = set(NAMES.findall(change.before.source(before.span))) if before else set()
    names = set(NAMES.findall(change.after.source(unit.span)))
    wanted = wanted_names(trait)
    for other in change.after.units:
        own = other.words.rpartition(".")[2].rpartition(":")[2]
        fresh = change.before.unit(other.words) is None
        if other.words == name or own not in names or (own in known and not fresh):
            continue
        if any(one.kind in alike_kinds(trait.kind) and other.span.contains(one.span) for one in change.after.of(GROUP)):
            return True
        if fresh and wanted and 2 * len(wanted & set(NAMES.findall(change.after.source(other.span)))) >= len(wanted):
            return True
    called = set(re.findall(r"(\w+)[!?]?\s*(?:\(|$)", change.after.source(unit.span), re.MULTILINE)) - known
    return any(_GUARDISH.match(_verb(one)) and not _LOOSE.search(one) for one in called)


def _verb(name: str) -> str:
    return name.lstrip("_").removeprefix("is_").removeprefix("is")


def _restated(trait: Trait, change: Change) -> bool:
    """Whether a line asks for all that the control asked for, or lines that came together do (`switch`)."""
    wanted = wanted_names(trait)
    if not wanted:
        return False
    for hunk in change.hunks:
        lines = [line.strip() for line in change.after.source(hunk.new).splitlines()]
        asks = _BOUNDS if _BOUNDS.search(trait.words) else _ASKS
        asking = [set(NAMES.findall(line)) for line in lines if asks.search(line) and not line.startswith(_COMMENTS)]
        if any(wanted <= names for names in asking):
            return True
        choosing = any(
            2 * len(wanted & set(NAMES.findall(line))) >= len(wanted) for line in lines if _CHOOSES.match(line)
        )
        if choosing and wanted <= set(NAMES.findall(" ".join(lines))):
            return True
    return False


def _built_in(trait: Trait, change: Change) -> bool:
    """Whether a brought line takes what has the control built in: a class that guards, an access that looks first."""
    wanted = _LOOKS_FIRST if trait.kind == "bounds-check" else None if unit_of(trait, change.before) else _TAKES_OVER
    return wanted is not None and any(wanted.search(line) for line in brought_lines(change))


def _handed_on(trait: Trait, change: Change) -> bool:
    """Whether a variable was brought that holds all of the control, and is used where something else was brought."""
    wanted = wanted_names(trait)
    lines = list(brought_lines(change))
    for number, line in enumerate(lines):
        given = _GIVEN.match(line)
        if given and wanted and wanted <= set(NAMES.findall(given[2])):
            uses = re.compile(rf"\b{given[1]}\b")
            if any(uses.search(other) for place, other in enumerate(lines) if place != number):
                return True
    return False


def variables(change: Change) -> dict[str, str]:
    """What the change gives names to, once each."""
    found: dict[str, str] = {}
    for line in brought_lines(change):
        given = _GIVEN.match(line)
        if given:
            found[given[1]] = "" if given[1] in found else given[2].strip().rstrip(";")
    return {name: text for name, text in found.items() if text}


def refuses_as_much(trait: Trait, name: str, change: Change) -> bool:
    """Whether the guards that the function has now refuse all that this one refused."""
    source = change.before.source(trait.span)
    if not is_guard(source, trait.words):
        return False
    old = refusal(source, trait.words)
    names, wanted = variables(change), atoms_of(old)
    guards = [
        refusal(text, one.words, names)
        for one in change.after.of(GROUP)
        if unit_of(one, change.after) == name and is_guard(text := change.after.source(one.span), one.words)
    ]
    near = [one for one in guards if wanted & atoms_of(one)][:MOST_GUARDS]
    held = relation(old, any_of(near)) if near else None
    return held is not None and held[0]


def asks_what_one_may(words: str) -> bool:
    """Whether an authorisation asks what somebody may do, not only who that is."""
    inner = words.partition("(")[2] if re.match(r"(?i)\W*(pre|post)authorize\b", words) else words
    return bool(_MAY.search(inner))


def _renamed(trait: Trait, hunk: Hunk, change: Change) -> bool:
    """Whether something that says as much stands where it stood: on the same thing, in the same call."""
    known = {(other.kind, other.words) for other in change.before.of(GROUP)}
    for other in change.after.of(GROUP):
        if other.kind == trait.kind and hunk.new.overlaps(other.span) and (other.kind, other.words) not in known:
            return trait.kind != "authorisation" or asks_what_one_may(other.words) or not asks_what_one_may(trait.words)
    source = change.before.source(trait.span)
    marked = source.lstrip()[:1] in "@[#"
    if not marked and not (trait.words == source and call_around(change.before.content, trait.span)):
        return False
    old = set(NAMES.findall(change.before.source(hunk.old)))
    new = set(NAMES.findall(change.after.source(hunk.new))) - old
    gone = set(NAMES.findall(source)) - set(NAMES.findall(change.after.source(hunk.new)))
    if not gone:
        return False
    return any(_GUARDISH.search(one) and not _LOOSE.search(one) for one in new)


def wanted_names(trait: Trait) -> set[str]:
    """What a control asks for, by the names in it."""
    return set(NAMES.findall(trait.words)) - _IDLE
