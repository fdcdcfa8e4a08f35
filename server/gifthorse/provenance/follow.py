"""Carry Holdings from one version of a document to the next: the one way in which edits reach Regions.

A person's text splits a span, edges never grow, deletion shrinks. This module does not decide whether
an edit was an assistant's: that is recognise.py's, and comes afterwards.
"""

from collections.abc import Sequence
from dataclasses import replace

from gifthorse.model.text import Edit, Text
from gifthorse.provenance.holdings import (
    Holdings,
    add,
    digest_of,
    empty,
    mark_human,
    merged_for_display,
    remove,
    set_standing,
)
from gifthorse.provenance.lines import LineClass, LineOrigin, line_classes
from gifthorse.provenance.moves import Deleted, deleted, moved_in
from gifthorse.provenance.step import State, pruned, runs_of_typing, through

PRUNING = 64
"""After how many changes the Regions that not even an undo can bring back are let go."""

__all__ = [
    "Deleted",
    "Holdings",
    "LineClass",
    "LineOrigin",
    "add",
    "carry",
    "deleted",
    "digest_of",
    "empty",
    "line_classes",
    "mark_human",
    "merged_for_display",
    "remove",
    "set_standing",
]


def carry(
    holdings: Holdings, before: Text, edits: Sequence[Edit], after: Text, offers: Sequence[Deleted] = ()
) -> Holdings:
    """The Holdings of `after`, which is `before` with `edits` applied one after the other.

    Each edit is over the text after the one before it; all of them came in one message. `offers` is what other
    documents lost lately (see `deleted`) and may turn up here. Costs about the size of the edits and a small constant
    for each span behind them.
    """
    if not (holdings.records or offers) or not edits:
        return holdings
    memory = replace(holdings.memory, batch=holdings.memory.batch + 1)
    state = State(replace(holdings, memory=memory), before)
    for run in runs_of_typing(edits):
        state = through(state, run)
    holdings = moved_in(state, after, offers)
    holdings = replace(holdings, memory=replace(holdings.memory, news=state.newcomers, back=state.back))
    return pruned(holdings) if memory.batch % PRUNING == 0 else holdings
