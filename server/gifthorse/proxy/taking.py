"""Which offers were taken: what a change proves, and what the client says. Pure.

A change that brought words of an offer is claimed where the client says that they were taken, or where the change
proves itself and the client is not known to say so. Everything else is nobody's.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from gifthorse.model.text import Text
from gifthorse.proxy import unfiled
from gifthorse.proxy.documents import Document
from gifthorse.proxy.landing import Landing, could_be_typed, is_meant, proves_itself
from gifthorse.proxy.matching import newest
from gifthorse.proxy.offers import INLINE, Offer
from gifthorse.proxy.state import MOST_TOLD, PATIENCE, Outcome, State, with_offers, with_unfiled
from gifthorse.proxy.telling import Telling, record_of_landing

PARTIAL = "partial"


def landed(state: State, document: Document, known: Iterable[Text], now: float) -> Outcome:
    """What the last change of a document proves. `known` are all open documents as they were before the message.

    At most one offer has it: of those that say the most, the newest.
    """
    number = document.number
    here = [one for one in state.offers if one.uri == document.uri and one.landings]
    here = [one for one in here if one.landings[-1].step.number == number]
    here.sort(key=lambda one: one.landings[-1].full)
    for offer in reversed(here):
        landing = offer.landings[-1]
        if _is_awaited(offer, landing) or _is_plain(state, offer, landing, known):
            return _told(state, offer, landing, now)
    return state, ()


def taken(state: State, names: Iterable[str], head: Callable[[Offer], bytes], kind: str, now: float) -> Outcome:
    """The client says that `head` of the offer of one of these names was taken: by a change that came, or that comes.

    `kind` is what the client has shown to speak of; "" for offers of that kind as a whole.
    """
    offer = newest(state.offers, frozenset(names))
    if offer is None:
        return state, ()
    wanted = head(offer)
    state = replace(state, confirms=state.confirms | {kind or offer.kind})
    for landing in reversed(offer.landings):
        if _is_it(landing, wanted, offer):
            return _told(state, offer, landing, now)
    until = state.documents[offer.uri].number + PATIENCE
    return _instead(state, offer, replace(offer, awaited=wanted, awaited_until=until)), ()


def _is_awaited(offer: Offer, landing: Landing) -> bool:
    if offer.awaited is None or landing.step.number > offer.awaited_until:
        return False
    return _is_it(landing, offer.awaited, offer)


def _is_it(landing: Landing, wanted: bytes, offer: Offer) -> bool:
    return (landing.full and wanted == offer.words) or is_meant(landing, wanted)


def _is_plain(state: State, offer: Offer, landing: Landing, known: Iterable[Text]) -> bool:
    """Whether a landing is enough, from a client that would say nothing more."""
    kind = offer.kind if landing.full else PARTIAL
    speaks = kind in state.confirms and (offer.commanded or not landing.full)
    hidden = state.shows and not offer.shown
    merged = landing.step.whole or not state.is_fine
    typed = merged and could_be_typed(landing, offer.since)
    return not (speaks or hidden or typed) and proves_itself(landing, known, state.gone)


def _told(state: State, offer: Offer, landing: Landing, now: float) -> Outcome:
    """The Record of a landing, once."""
    document = state.documents[offer.uri]
    change = (offer.uri, landing.step.number)
    if change in state.told:
        return state, ()
    state = _instead(state, offer, replace(offer, awaited=None))
    state = replace(state, told=(*state.told, change)[-MOST_TOLD:])
    kind = offer.kind if landing.full or offer.kind != INLINE else PARTIAL
    telling = Telling(state.teller, document.path or "", kind, offer.model, now)
    if document.path is not None:
        return state, (record_of_landing(telling, landing),)
    later = [step for step in document.steps if step.number > landing.step.number]
    known = unfiled.taken(state.unfiled.get(offer.uri, unfiled.NOTHING), telling, landing, later)
    return with_unfiled(state, offer.uri, known), ()


def _instead(state: State, offer: Offer, other: Offer) -> State:
    return with_offers(state, (other if one is offer else one for one in state.offers))
