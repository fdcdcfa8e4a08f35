"""One edit's effect on Holdings: what survives, what an undo restores, what is lost and remembered.

Where text turns up again elsewhere is moves.py's; what survives a replacement is align.py's judgement.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gifthorse.model.review import Standing
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.align import by_hand, mapped, surviving, unmatched
from gifthorse.provenance.history import carried_spans
from gifthorse.provenance.holdings import Holdings, Record, judged, with_record
from gifthorse.provenance.marks import Owned
from gifthorse.provenance.memory import Placed, Swap
from gifthorse.provenance.substance import is_white, substance
from gifthorse.provenance.tokens import Block
from gifthorse.provenance.undo import left_behind, restored, swapped_back

MOST_NEWCOMERS = 256


@dataclass(frozen=True, slots=True)
class State:
    """Holdings in the midst of a change: those of `text`, where text of unknown origin came in so far, and where text
    was put back.
    """

    holdings: Holdings
    text: Text
    newcomers: tuple[Span, ...] = ()
    back: tuple[Span, ...] = ()


class _Outcome(NamedTuple):
    """What an edit leaves: owners and newcomers in its new text (relative to it), and the memory near it."""

    owned: tuple[Owned, ...]
    newcomers: tuple[Span, ...]
    near: tuple[Placed, ...]
    swap: Swap | None = None
    undone: bool = False


def runs_of_typing(edits: Sequence[Edit]) -> Iterator[tuple[Edit, ...]]:
    """The edits, those together of which each inserts right before or behind what the one before it inserted."""
    run: list[Edit] = []
    start = end = -1
    for edit in edits:
        pure = edit.span.start == edit.span.end
        if run and not (pure and edit.span.start in (start, end)):
            yield tuple(run)
            run = []
        start = start if run else edit.span.start
        end = (end if run else start) + len(edit.new)
        run.append(edit)
        if not pure:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def through(state: State, run: Sequence[Edit]) -> State:
    """The state after a run of edits; several are one undo if they are that together, else they are what they are.

    With keystrokes among them they are never one: a client that sends many at once may send what was typed.
    """
    whole = _together(run)
    typed = any(by_hand(edit.new) and not is_white(edit.new) for edit in run)
    if len(run) > 1 and not typed and restored(state.holdings.memory, whole, b"", ()):
        return _stepped(state, whole)
    for edit in run:
        state = _stepped(state, edit)
    return state


def _together(run: Sequence[Edit]) -> Edit:
    start, new = run[0].span.start, b""
    for edit in run:
        new = new + edit.new if edit.span.start > start else edit.new + new
    return Edit(run[0].span, new)


def _stepped(state: State, edit: Edit) -> State:
    holdings, (start, end) = state.holdings, edit.span
    old = state.text.slice(edit.span)
    lost = tuple(part.shifted(-start) for part in holdings.marks.within(edit.span))
    outcome = _outcome(holdings, edit, old, lost)
    text = state.text.apply(edit)
    holdings = Holdings(
        holdings.marks.splice(edit.span, len(edit.new), [part.shifted(start) for part in outcome.owned]),
        _weighed(holdings.records, [(old, lost, -1), (edit.new, outcome.owned, 1)]),
        holdings.memory.after(edit, outcome.near, outcome.swap),
    )
    touched = {part.owner for part in (*lost, *outcome.owned)}
    around = holdings.marks.around(start)
    if around:
        touched.add(around)
    holdings = rejudged(holdings, text, touched, grown=start == end and not outcome.owned)
    fresh = outcome.newcomers[-MOST_NEWCOMERS:]
    newcomers = (*_carried(state.newcomers, edit), *(span.shifted(start) for span in fresh))
    back = carried_spans(state.back, [edit]) if state.back else ()
    if outcome.undone:
        back = _with(back, Span(start, start + len(edit.new)))
    return _fill_gaps(State(holdings, text, newcomers[-MOST_NEWCOMERS:], back), edit, outcome)


def _with(spans: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """The spans (ascending) and one more; too many become the one that they are in."""
    if len(spans) < MOST_NEWCOMERS:
        return tuple(sorted((*spans, span)))
    return (Span(min(spans[0].start, span.start), max(spans[-1].end, span.end)),)


def _outcome(holdings: Holdings, edit: Edit, old: bytes, lost: tuple[Owned, ...]) -> _Outcome:
    """What the edit does: an undo if it is one, else what survives in its new text, and what does not."""
    memory, new = holdings.memory, edit.new
    back = swapped_back(memory, edit, old) if old and new else None
    undone = restored(memory, edit, old, lost) if back is None else None
    if undone:
        return _Outcome(undone.owned, (), undone.near, undone=True)
    blocks = surviving(old, new) if old and new and (lost or back is not None) else ()
    near = left_behind(memory, edit, old, lost, blocks) if old or any(True for _ in memory.near(edit)) else ()
    swap = Swap(edit.span.start, old, new, lost, memory.clock) if blocks or back is not None else None
    if back is not None:
        return _Outcome(back, (), near, swap, undone=True)
    return _Outcome(mapped(lost, blocks), _newcomers(blocks, new), near, swap)


def _newcomers(blocks: Sequence[Block], new: bytes) -> tuple[Span, ...]:
    return tuple(span for span in unmatched(blocks, len(new)) if not is_white(new[span.start : span.end]))


def _carried(spans: Iterable[Span], edit: Edit) -> Iterator[Span]:
    """The spans that the edit leaves whole, where they are then."""
    by = len(edit.new) - (edit.span.end - edit.span.start)
    for span in spans:
        if span.end <= edit.span.start:
            yield span
        elif span.start >= edit.span.end:
            yield span.shifted(by)


def _weighed(
    records: Mapping[str, Record], changes: Iterable[tuple[bytes, Sequence[Owned], int]]
) -> Mapping[str, Record]:
    """The records with the substance of parts of texts added or taken away."""
    weights: dict[str, int] = {}
    for content, owned, sign in changes:
        for start, end, owner in owned:
            weights[owner] = weights.get(owner, 0) + sign * substance(content[start:end])
    if not weights:
        return records
    changed = {
        owner: replace(records[owner], substance=records[owner].substance + weight) for owner, weight in weights.items()
    }
    return {**records, **changed}


def rejudged(holdings: Holdings, text: Text, touched: Iterable[str], *, grown: bool) -> Holdings:
    """The standing of the `touched` Regions looked at again; an edit that only added text restores none."""
    for owner in touched:
        record = holdings.records[owner]
        if record.reviewed and not (grown and record.standing is Standing.REOPENED):
            judgement = judged(record, holdings, text, owner)
            if judgement is not record:
                holdings = with_record(holdings, owner, judgement)
    return holdings


def paint(holdings: Holdings, text: Text, span: Span, owned: Sequence[Owned]) -> Holdings:
    """The Holdings with `owned` (relative to `span`) on a span that nobody held."""
    parts = [part.shifted(span.start) for part in owned]
    marks = holdings.marks.splice(span, span.end - span.start, parts)
    records = _weighed(holdings.records, [(text.slice(span), owned, 1)])
    holdings = replace(holdings, marks=marks, records=records)
    return rejudged(holdings, text, {part.owner for part in owned}, grown=False)


def _fill_gaps(state: State, edit: Edit, outcome: _Outcome) -> State:
    """Parts of a replacement's new text that, each by itself, undo a deletion at that place."""
    if outcome.swap is None:
        return state
    places = set(state.holdings.memory.ats)
    for span in outcome.newcomers if places else ():
        if edit.span.start + span.start in places:
            state = _fill_gap(state, span.shifted(edit.span.start))
    return state


def _fill_gap(state: State, gap: Span) -> State:
    here = Span(gap.start, gap.start)
    undone = restored(state.holdings.memory, Edit(here, state.text.slice(gap)), b"", ())
    if undone is None:
        return state
    memory = state.holdings.memory.after(Edit(here, b""), undone.near)
    holdings = paint(replace(state.holdings, memory=memory), state.text, gap, undone.owned)
    return State(holdings, state.text, tuple(one for one in state.newcomers if one != gap), _with(state.back, gap))


def pruned(holdings: Holdings) -> Holdings:
    """The Holdings without the records of Regions that are gone and forgotten."""
    known = holdings.memory.owners().union(holdings.marks.owners)
    return replace(holdings, records={name: record for name, record in holdings.records.items() if name in known})
