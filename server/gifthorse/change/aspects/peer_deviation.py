"""Peer deviation: a new route, handler, mutation, migration or query without what at least three of its siblings have.

Siblings are entries that are made the same way (peers.py): in the same text or, where that has too few, in the files
beside it. What they have are controls; what a new one need not have by its nature is not asked of it.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from gifthorse.change.compare import Change, Said
from gifthorse.change.copying import copied, last_call
from gifthorse.change.entries import ALONE, Entry, names_in, words_of
from gifthorse.change.needs import MUTATES, SHARE, head_of, is_for_its_own, is_place, needs, works_alike
from gifthorse.change.peers import LEAST, Entries
from gifthorse.change.renamed import is_alike
from gifthorse.change.traits import Side, Trait
from gifthorse.model.finding import Confidence, Elsewhere, Fix, FixKind, Step
from gifthorse.model.text import Span

KINDS = words_of("authorisation csrf-protection rate-limit transaction input-validation lock tenant-filter way-back")
OF_KIND = {
    "query": frozenset({"tenant-filter"}),
    "migration": frozenset({"way-back", "transaction"}),
    "view-class": frozenset({"authorisation", "rate-limit"}),
    "member": frozenset({"authorisation", "transaction", "lock"}),
}
OTHERS = KINDS - {"tenant-filter", "way-back", "lock"}
ALIKE = 0.6
"""From which likeness on (0 to 1) an entry with another name is the same one."""
LONGEST = 20_000

_TESTS = re.compile(
    r"(^|/)(tests?|spec|__tests__|fixtures|mocks)/([^/]+/){0,3}[^/]*$|(^|/)(test_|conftest)[^/]*$"
    r"|[._]test\.\w+$|\.spec\.\w+$|Tests?\.\w+$"
)
_OPEN = re.compile(r"(?i)allow_?any\b|allow_?anonymous|permit_?all|@public\b|\bpublic\(\)|csrf_exempt|unauthenticated")
_GIVEN = re.compile(r"\b(pub|public|export|exports|open)\b")
_MIGRATIONS = re.compile(r"(?i)migrat|(^|/)(versions|changesets?|changelogs?)/|(^|/)[VU]\d[\w.]*__")
_ROWS = re.compile(r"(?i)for_?update")


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each new entry and each kind of control that its siblings have."""
    if _TESTS.search(change.path):
        return
    entries = Entries(change.after, KINDS)
    fresh = _fresh(change, entries)
    told: set[tuple[str, str]] = set()
    models: set[tuple[Span, Span]] = set()
    classes: dict[str, list[Span]] = {}
    for entry in sorted(fresh, key=lambda one: (one.kind != "view-class", one.kind == "member")):
        for kind in sorted(OF_KIND.get(entry.kind, OTHERS)):
            if any(span.contains(entry.span) for span in classes.get(kind, ())):
                continue  # it was said of its class
            if (kind, entry.name.rpartition(".")[2]) in told or _has(entry, kind, entries) or not needs(entry, kind):
                continue
            rule = _missing(entry, kind, fresh, entries, change)
            if rule is not None and (entry.span, rule.model.span) not in models:
                models.add((entry.span, rule.model.span))
                told |= {(kind, name) for name in names_in(entry.text, any_owner=True) if entry.kind == "route"}
                classes.setdefault(kind, []).extend([entry.span] if entry.kind == "view-class" else ())
                yield _said(entry, rule, change)


def _has(entry: Entry, kind: str, entries: Entries) -> bool:
    """Whether an entry has a control. For who changes something, one that stands above all is not what each has."""
    return kind in entries.has(entry) and not (entry.verb != "read" and entries.is_only_around(entry, kind))


def _fresh(change: Change, entries: Entries) -> list[Entry]:
    """Entries that came with the change: neither moved nor edited nor renamed."""
    brought = [
        one
        for one in entries.some([hunk.new for hunk in change.hunks])
        if one.kind != "member" or not is_for_its_own(one)
    ]
    touched = [one for one in brought if one.text.encode() not in change.before.content and _may_be(one, change.path)]
    if not touched:
        return []
    old = Entries(change.before, frozenset())
    there = {unit.words for unit in change.after.units}
    taken = [hunk.old for hunk in change.hunks if change.before.content[hunk.old.start : hunk.old.end].strip()]
    replaced = old.some(taken)
    gone = [one for one in replaced if one.name not in there]
    names = {(one.kind, one.name) for one in replaced}
    before = {unit.words for unit in change.before.units}
    named = (
        {(one.kind, one.container, one.unit) for one in old.raw}
        if any(one.name in before for one in touched)
        else set()
    )
    new = [one for one in touched if not _is_known(one, named, names, change.before.content)]
    return [one for one in new if not any(_is_same(one, other) for other in gone)]


def _is_known(
    entry: Entry, named: AbstractSet[tuple[str, str, str]], names: AbstractSet[tuple[str, str]], before: bytes
) -> bool:
    """Whether there was an entry of that name before."""
    if entry.kind == "migration":
        return bool(before.strip())  # one that stands there is put right, not copied
    if entry.kind == "view-class" and re.search(rf"\bclass\s+{re.escape(entry.name)}\b".encode(), before):
        return True
    container = entry.key[1] if entry.kind in ("handler", "member") and entry.key[1] != ALONE else ""
    if entry.kind in ("handler", "member", "route") and (entry.kind, container, entry.name) in named:
        return True
    return (entry.kind, entry.name) in names


def _may_be(entry: Entry, path: str) -> bool:
    """Whether what looks like a migration is in a file of them."""
    return entry.kind != "migration" or bool(_MIGRATIONS.search(path))


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether an entry is another one that had another name, or another text."""
    if one.kind != other.kind or len(one.text) + len(other.text) > LONGEST:
        return False
    return is_alike(one.text, other.text, ALIKE)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What siblings do: how many of how many have it, one of them with its control, where it is, how sure it is."""

    with_it: int
    of: int
    model: Trait
    sibling: Entry
    side: Side
    path: str
    sure: Confidence | None


def _missing(entry: Entry, kind: str, fresh: list[Entry], entries: Entries, change: Change) -> _Rule | None:
    if not entries.often(kind):
        return _around(entry, kind, change)
    spans = {one.span for one in fresh}
    peers = [one for one in entries.nearest(entry) if _are_siblings(entry, one, kind)]
    settled = [one for one in peers if one.span not in spans]
    rule = _rule(entry, kind, settled, entries, change.after)
    if rule is None and sum(kind in one.own for one in settled) < LEAST:
        rule = _rule(entry, kind, peers, entries, change.after) or _around(entry, kind, change)
    return rule


def _around(entry: Entry, kind: str, change: Change) -> _Rule | None:
    """What entries in the files beside it do, where its own file has too few of them."""
    if entry.kind == "member":
        return None
    best: _Rule | None = None
    total = with_it = 0
    for path, side in change.nearby():
        others = Entries(side, KINDS)
        alike = [others.entry(one) for one in others.raw if one.kind == entry.kind]
        peers = [one for one in alike if _alike(entry, one) and needs(one, kind)]
        having = [one for one in peers if kind in others.has(one)]
        total, with_it = total + len(peers), with_it + len(having)
        models = ((one, control) for one in having if (control := others.control(one, kind)) is not None)
        for one, control in models:
            best = best or _Rule(0, 0, control, one, side, path, None)
    if best is None or with_it < LEAST or with_it < SHARE * total:
        return None
    return _Rule(with_it, total, best.model, best.sibling, best.side, best.path, None)


def _alike(one: Entry, other: Entry) -> bool:
    """Whether entries of different files may be compared."""
    return one.key[0] != "query" or one.key == other.key


def _are_siblings(one: Entry, other: Entry, kind: str) -> bool:
    if one.key != other.key or not (kind in other.own or needs(other, kind)):
        return False
    if one.kind != "member":
        return True
    return bool(_GIVEN.search(head_of(one))) == bool(_GIVEN.search(head_of(other))) and not is_for_its_own(other)


def _rule(entry: Entry, kind: str, peers: list[Entry], entries: Entries, side: Side) -> _Rule | None:
    """What the siblings of an entry do, if it is a rule that this one breaks."""
    if entry.kind == "member" and (is_for_its_own(entry) or not works_alike(entry, kind, peers)):
        return None
    above = entries.control(entry, kind)
    having = [one for one in peers if (kind in entries.has(one) if above is None else kind in one.own)]
    alike = [one for one in peers if one.verb == entry.verb]
    strict = [one for one in having if one.verb == entry.verb]
    if entry.verb == "write" and len(strict) >= LEAST and len(strict) >= SHARE * len(alike):
        having, peers = strict, alike
    elif len(having) < LEAST or len(having) < SHARE * len(peers) or not _agree(entry, strict, alike):
        return None
    models = [(one, control) for one in having if (control := entries.control(one, kind)) is not None]
    if len(models) < LEAST or (_ROWS.search(models[0][1].words) and not MUTATES.search(entry.text)):
        return None
    if above is not None and any(_words(control) <= _words(above) for _, control in models):
        return None  # what each of them asks is asked for all
    if entry.kind == "member" and kind == "authorisation" and not _is_habit(entry, models, peers):
        return None
    sibling, model = min(models, key=lambda one: abs(one[0].span.start - entry.span.start))
    unsure = (entry.verb == "read" and not alike) or _OPEN.search(entry.text)
    return _Rule(len(having), len(peers), model, sibling, side, "", Confidence.LOW if unsure else None)


def _words(control: Trait) -> set[str]:
    """The names in what a control says."""
    return set(re.findall(r"[A-Za-z_]\w+", control.words))


def _agree(entry: Entry, strict: list[Entry], alike: list[Entry]) -> bool:
    """Whether those that read, or write, as the entry does have it, too."""
    if entry.verb == "read":
        return len(strict) >= SHARE * len(alike) and (bool(alike) or entry.kind != "member")
    return bool(strict) or not alike


def _is_habit(entry: Entry, models: list[tuple[Entry, Trait]], peers: list[Entry]) -> bool:
    """Whether functions that nobody marked as handlers are such: by where they stand, or since all ask the same."""
    if is_place(entry):
        return True
    words = {re.split(r"[(,]", one.words, maxsplit=1)[0] for _, one in models}
    return len(models) == len(peers) and len(words) == 1


def _said(entry: Entry, rule: _Rule, change: Change) -> Said:
    trait = change.catalogue.traits[rule.model.kind]
    title = trait.title.lower().removeprefix("its ")
    where = "the files around it" if rule.path else "this file"
    shown = last_call(rule.model.words) if rule.model.span == rule.sibling.span else ""
    words = shown or re.sub(r"^\((.*)\)$|^\.{0,2}/[\w./-]*\.(?=\w)", r"\1", rule.model.words)
    words = words if len(words) <= 60 else words[:57] + "..."
    message = f"{rule.with_it} of {rule.of} siblings in {where} have a {title}, this one has none: {words}"
    edits = copied(entry, rule.sibling, rule.model, change.after, rule.side)
    fixes = (Fix(f"Copy the sibling's {title}", FixKind.BEHAVIOURAL, edits),) if edits else ()
    return Said(_shown(entry, change), message, trait.severity, rule.sure, fixes, (_step(rule),))


def _shown(entry: Entry, change: Change) -> Span:
    """The first line of an entry."""
    shown = entry.shown
    end = change.after.content.find(b"\n", shown.start)
    return Span(shown.start, min(shown.end, end if end >= 0 else shown.end))


def _step(rule: _Rule) -> Step:
    if not rule.path:
        return Step(rule.model.span, "a sibling has it")
    content, start = rule.side.content, rule.model.span.start
    line = content.rfind(b"\n", 0, start) + 1
    end = content.find(b"\n", rule.model.span.end)
    shown = Elsewhere(rule.path, rule.side.line(start) - 1, content[line : end + 1 if end >= 0 else None])
    return Step(rule.model.span.shifted(-line), "a sibling has it", shown)
