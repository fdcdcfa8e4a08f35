"""Offers as the document under them changes: where they are now, and which of them a later message means. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from gifthorse.proxy.documents import Step, carried
from gifthorse.proxy.landing import landing_of
from gifthorse.proxy.offers import Offer

MOST_LANDINGS = 8
"""Changes of one offer that may still be confirmed."""


def carried_offer(offer: Offer, step: Step) -> Offer | None:
    """The Offer after a change, with the landing that the change is, if it is one; None where its place is gone.

    An offer of which something has landed is kept for as long as it may still be confirmed.
    """
    spans = [(span, now) for span in offer.spans if (now := carried(span, step)) is not None]
    found = [landing for span, now in spans if now != span and (landing := landing_of(offer.words, span, now, step))]
    found.sort(key=lambda landing: landing.full)
    landings = (*offer.landings, *found[-1:])[-MOST_LANDINGS:]
    if not spans and not landings:
        return None
    return replace(offer, spans=tuple(dict.fromkeys(now for _, now in spans)), landings=landings)


def newest(offers: Iterable[Offer], names: frozenset[str]) -> Offer | None:
    """The newest Offer that one of these names means: of several, one that stands in the text; None where none does."""
    meant = [offer for offer in offers if names & offer.names]
    landed = [offer for offer in meant if offer.landings]
    return next(reversed(landed or meant), None)
