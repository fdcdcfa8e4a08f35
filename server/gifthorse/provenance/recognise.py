"""Recognise: which signals of a client are claims that an assistant wrote text, and what they make of Holdings.

The client's words are judged, not trusted: a claim covers only text that arrived when the client says it
did, and a signal such as a paste makes no Region. Nothing here looks at what the text says: whether code
"looks generated" is no evidence.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Span, Text
from gifthorse.provenance.claims import arrived, replaced_by
from gifthorse.provenance.follow import carry
from gifthorse.provenance.history import History, arrivals
from gifthorse.provenance.holdings import Holdings, add, empty, remove, tidy
from gifthorse.provenance.substance import substance_of

CLAIMS = frozenset({"inline-completion", "partial", "next-edit", "chat", "agent"})
SIGNALS = frozenset({"paste", "programmatic", "bulk", "disk"})
MARKED = "marked"
STRONG = frozenset({Evidence.REPORTED, Evidence.HOOKED})
NAMELESS = frozenset({"", "unknown", "unknown assistant"})
"""Tools of clients that saw that a suggestion was taken, but not whose."""
WHOLE_TASKS = frozenset({"agent", "chat"})
"""Claims at the end of what may have been several changes; others speak of one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a signal is good for: the evidence it gives (None: it makes no Region), and why in words."""

    evidence: Evidence | None
    why: str


@dataclass(frozen=True, slots=True)
class Signal:
    """What a client said: `spans` of the text of `version` came from `origin`, so says `evidence`.

    `id` and `at` (RFC 3339, UTC) are for the Insertion that this may become.
    """

    id: str
    at: str
    version: int
    spans: tuple[Span, ...]
    origin: Origin
    evidence: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a Signal.

    `insertion` is None where no Region was made, and `why` says why. `text` and `replaced` are the contents that
    the Insertion names by digest, for the store (`replaced` is None where nobody knows, or the store has it). `extended`:
    the Insertion existed and grew by the next accepted part of the same suggestion.
    """

    holdings: Holdings
    insertion: Insertion | None
    text: bytes
    replaced: bytes | None
    extended: bool
    why: str


def recognise(kind: str, evidence: str, *, infer: bool = False) -> Decision:
    """Whether a signal of that `kind` is a claim, and on what evidence.

    `evidence` is what the client states; anything but "reported" counts as the weaker "inferred". `infer` is the
    user's setting to take the mere shape of an edit ("bulk") for an assistant's.
    """
    if kind == MARKED:
        return Decision(Evidence.REPORTED, "a person marked it")
    if kind in CLAIMS:
        stated = Evidence.REPORTED if evidence == Evidence.REPORTED else Evidence.INFERRED
        return Decision(stated, f"the client says {kind}")
    if kind == "bulk" and infer:
        return Decision(Evidence.INFERRED, "the shape of the edit, as the settings allow")
    if kind in SIGNALS:
        return Decision(None, f"{kind} says nothing about who wrote the text")
    return Decision(None, f"unknown kind {kind!r}: one of {', '.join(sorted(CLAIMS))} makes a Region")


def receive(holdings: Holdings, history: History, now: Text, signal: Signal, *, infer: bool = False) -> Arrival:
    """What a client's Signal makes of the Holdings of `now`, the newest text.

    Parts of one suggestion, accepted one after the other with nothing in between, make one Insertion.
    """
    decision = recognise(signal.origin.kind, signal.evidence, infer=infer)
    if decision.evidence is None:
        return _withdrawn(holdings, history, now, signal, decision.why)
    then = history.text_at(signal.version, now)
    if then is None or not history.knows(signal.version):
        return _refused(holdings, f"version {signal.version} is not one of the last versions of this document")
    spans = _claimed(history, then, signal)
    if not substance_of(then, spans):
        return _refused(holdings, "none of that text arrived at that version")
    draft = _draft(history, then, signal, spans, decision.evidence)
    current = _spans_now(history, add(empty(), then, draft.insertion, spans), signal.version, now)
    if not substance_of(now, current):
        return _refused(holdings, "the text is gone again")
    if signal.origin.kind != MARKED and signal.origin.tool in NAMELESS and _is_named(holdings, now, current):
        return _refused(holdings, "is known already, and whose it was")
    previous = _continued(holdings, history, signal, current)
    if previous:
        draft = _grown(holdings, previous, draft, now, current)
    holdings = add(holdings, now, draft.insertion, current)
    return Arrival(holdings, *draft, extended=previous is not None, why=decision.why)


def _withdrawn(holdings: Holdings, history: History, now: Text, signal: Signal, why: str) -> Arrival:
    """A signal that makes no Region, and the Holdings without what was only inferred of that very text."""
    known = holdings
    for start, end in history.spans_now(signal.version, tidy(signal.spans)) or ():
        for owner in {piece.owner for piece in holdings.pieces(Span(start, min(end, len(now))))}:
            if holdings.records[owner].insertion.evidence is Evidence.INFERRED:
                known = remove(known, owner)
    return _refused(known, why)


def _is_named(holdings: Holdings, now: Text, spans: Sequence[Span]) -> bool:
    """Whether all of it is in Regions whose assistant was named on evidence as good as a client's word."""
    pieces = [piece for span in spans for piece in holdings.pieces(span)]
    known = [(Span(start, end), holdings.records[owner].insertion) for start, end, owner in pieces]
    named = [span for span, one in known if one.evidence in STRONG and one.origin.tool not in NAMELESS]
    return substance_of(now, named) == substance_of(now, spans)


def _refused(holdings: Holdings, why: str) -> Arrival:
    return Arrival(holdings, None, b"", None, extended=False, why=why)


def _claimed(history: History, then: Text, signal: Signal) -> tuple[Span, ...]:
    """The part of the claimed spans that did arrive; a person's own mark is taken at its word."""
    spans = tidy([Span(max(0, start), min(end, len(then))) for start, end in signal.spans])
    if signal.origin.kind == MARKED:
        return spans
    return arrived(history, signal.version, spans, several=signal.origin.kind in WHOLE_TASKS)


class _Draft(NamedTuple):
    """An Insertion with the texts that it names by digest."""

    insertion: Insertion
    text: bytes
    replaced: bytes | None


def _draft(history: History, then: Text, signal: Signal, spans: tuple[Span, ...], evidence: Evidence) -> _Draft:
    text = b"".join(then.slice(span) for span in spans)
    replaced = replaced_by(history, signal.version, spans)
    insertion = Insertion(
        id=signal.id,
        origin=signal.origin,
        evidence=evidence,
        at=signal.at,
        text=_digest(text),
        replaced=None if replaced is None else _digest(replaced),
        substance=substance_of(then, spans),
    )
    return _Draft(insertion, text, replaced)


def _spans_now(history: History, holdings: Holdings, version: int, now: Text) -> tuple[Span, ...]:
    """Where the one Region of `holdings` (at `version`) is now, after every edit since."""
    changes = history.since(version)
    for number, change in enumerate(changes, 1):
        after = now if number == len(changes) else changes[number].before
        holdings = carry(holdings, change.before, change.edits, after)
    return tuple(span for region in holdings.regions() for span in region.spans)


def _continued(holdings: Holdings, history: History, signal: Signal, spans: Sequence[Span]) -> Insertion | None:
    """The Insertion of which this is the next part.

    It must be a partial acceptance of the same origin, untouched since, that ends where this one begins, and the
    change just before this one must have brought its last bytes.
    """
    start = spans[0].start
    owners = [piece.owner for piece in holdings.marks.within(Span(max(0, start - 1), start))]
    region = holdings.region(owners[0]) if owners else None
    if region is None or region.insertion.origin != signal.origin or signal.origin.kind != "partial":
        return None
    untouched = region.substance == region.insertion.substance and region.hull.end == start
    return region.insertion if untouched and _follows(history, signal.version, start) else None


def _follows(history: History, version: int, start: int) -> bool:
    """Whether the change before `version` ended with an insertion right before `start`, and nothing came after."""
    changes = history.until(version)
    if len(changes) < 2 or history.changes[-1].version != version:
        return False
    return any(span.end == start for arrived in arrivals(changes[-2]) for span in arrived.spans)


def _grown(holdings: Holdings, previous: Insertion, part: _Draft, now: Text, spans: Sequence[Span]) -> _Draft:
    """The earlier Insertion with the next part of its suggestion.

    The evidence is the weaker one of the two. What the whole replaced stays known only if the part replaced nothing;
    its text is then the one that the store has already.
    """
    region = holdings.region(previous.id)
    text = b"".join(now.slice(span) for span in [*(region.spans if region else ()), *spans])
    weak = Evidence.INFERRED in (previous.evidence, part.insertion.evidence)
    insertion = replace(
        previous,
        evidence=Evidence.INFERRED if weak else previous.evidence,
        text=_digest(text),
        replaced=previous.replaced if part.replaced == b"" else None,
        substance=previous.substance + part.insertion.substance,
    )
    return _Draft(insertion, text, None)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
