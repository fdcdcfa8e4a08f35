"""What the proxy knows of one conversation, as a value. What changes it is conversation.py's and taking.py's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from gifthorse.model.record import Record
from gifthorse.model.text import Edit, Encoding
from gifthorse.provenance.substance import pith
from gifthorse.proxy.documents import Document
from gifthorse.proxy.offers import Offer, Place
from gifthorse.proxy.telling import Teller
from gifthorse.proxy.unfiled import MOST, Unfiled

Id = str | int

MOST_ASKED = 256
MOST_OFFERS = 256
MOST_GONE = 64
MOST_TOLD = 256
LEAST_GONE = 8
"""Bytes that are not white space, from which on a deleted text is remembered."""
STROKES = 4
"""Keystrokes that come one by one, after which a client is believed to send all of them so."""
LONGEST_BURST = 40
PATIENCE = 8
"""Changes of a document for which an acceptance that was told before its change waits for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for suggestions: in which place, and the token under which parts of the answer come."""

    kind: str
    place: Place
    token: Any = None


def _empty() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one conversation. `confirms` are the kinds of offers of which the client says when they are
    taken, `shows` whether it says which are shown; `gone` are deleted texts, `told` the changes that have Records.
    `unfiled` is what was taken in documents that are no files. `strokes` are changes of one character, `bursts` such of a few words: a client that keeps changes back for a while
    sends what was typed as one.
    """

    teller: Teller
    encoding: Encoding = "utf-16"
    first: Id | None = None
    documents: Mapping[str, Document] = field(default_factory=_empty)
    asked: Mapping[Id, Asked] = field(default_factory=_empty)
    offers: tuple[Offer, ...] = ()
    gone: tuple[bytes, ...] = ()
    told: tuple[tuple[str, int], ...] = ()
    confirms: frozenset[str] = frozenset()
    shows: bool = False
    unfiled: Mapping[str, Unfiled] = field(default_factory=_empty)
    strokes: int = 0
    bursts: int = 0

    @property
    def is_fine(self) -> bool:
        """Whether the client has shown that it sends keystrokes one by one."""
        return self.strokes >= STROKES and self.strokes > 2 * self.bursts


Outcome = tuple[State, tuple[Record, ...]]


def without(state: State, uri: str) -> State:
    """The state without a document and all that was offered for it."""
    documents = {key: one for key, one in state.documents.items() if key != uri}
    offers = tuple(offer for offer in state.offers if offer.uri != uri)
    told = tuple(one for one in state.told if one[0] != uri)
    return replace(state, documents=documents, offers=offers, told=told)


def with_offers(state: State, offers: Iterable[Offer | None]) -> State:
    """The state with these offers instead; None stands for one that is gone."""
    return replace(state, offers=tuple(offer for offer in offers if offer is not None)[-MOST_OFFERS:])


def with_unfiled(state: State, uri: str, known: Unfiled | None) -> State:
    """The state with this for a document that is no file; None where there is nothing any more."""
    rest = {key: one for key, one in state.unfiled.items() if key != uri}
    added = {**rest, uri: known} if known is not None else rest
    return replace(state, unfiled=dict(list(added.items())[-MOST:]))


def with_gone(state: State, old: bytes) -> State:
    """The state after this was deleted somewhere."""
    return replace(state, gone=(*state.gone, old)[-MOST_GONE:]) if len(pith(old)) >= LEAST_GONE else state


def with_change(state: State, edit: Edit) -> State:
    """The state after a change, as far as it tells in what pieces the client sends what is typed."""
    words = edit.new.decode(errors="replace")
    if len(words) == 1:
        return replace(state, strokes=state.strokes + 1)
    is_burst = 1 < len(words) <= LONGEST_BURST and any(map(str.isalnum, words))
    return replace(state, bursts=state.bursts + 1) if is_burst else state
