"""The core of the proxy: a state that takes the messages of both sides, one by one, and gives Records. Pure.

It knows which message means what. What is offered is offers.py's, whether it was taken is taking.py's.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal

from gifthorse.model.record import Record
from gifthorse.model.text import Encoding
from gifthorse.proxy.documents import Document, StrangeMessageError, changed, opened
from gifthorse.proxy.matching import carried_offer
from gifthorse.proxy.offers import (
    METHODS,
    Offer,
    Place,
    command_names,
    items_of,
    names_of,
    offer_of,
    uri_of,
    utf16_start,
)
from gifthorse.proxy.state import (
    MOST_ASKED,
    Asked,
    Outcome,
    State,
    with_change,
    with_gone,
    with_offers,
    with_unfiled,
    without,
)
from gifthorse.proxy.taking import PARTIAL, landed, taken
from gifthorse.proxy.telling import short_name
from gifthorse.proxy.unfiled import followed, records_of

Side = Literal["client", "server"]


def heard(state: State, side: Side, message: Any, now: float) -> Outcome:
    """The state after a message (decoded JSON) that came at `now` (seconds since 1970), and what it proves.

    Messages that are unknown or wrong change nothing.
    """
    if not isinstance(message, dict):
        return state, ()
    try:
        method = message.get("method")
        if method is None:
            return (_answered(state, message) if side == "server" else state), ()
        if side == "server":
            return (_progressed(state, message) if method == "$/progress" else state), ()
        params = message.get("params")
        if "id" in message:
            state = _asked(state, message, params, now)
        handler = _HANDLERS.get(method)
        return handler(state, params, now) if handler and isinstance(params, dict) else (state, ())
    except (StrangeMessageError, TypeError, KeyError, AttributeError):
        return state, ()


def lost(state: State) -> State:
    """The state after messages that could not be read: no document is known any more until it is opened again."""
    nothing: Mapping[Any, Any] = MappingProxyType({})
    return replace(state, documents=nothing, asked=nothing, offers=(), unfiled=nothing)


def _asked(state: State, message: Mapping[str, Any], params: Any, now: float) -> State:
    method, ident = message["method"], message["id"]
    if method == "initialize":
        return replace(state, first=ident)
    if method not in METHODS or not isinstance(params, dict):
        return state
    said = params.get("textDocument") or params.get("doc") or {}
    document = state.documents.get(str(said.get("uri")))
    if document is None:
        return state
    place = Place(document.uri, document.text, document.number, params.get("position") or said.get("position"), now)
    asked = {**state.asked, ident: Asked(METHODS[method], place, params.get("partialResultToken"))}
    return replace(state, asked=dict(list(asked.items())[-MOST_ASKED:]))


def _answered(state: State, message: Mapping[str, Any]) -> State:
    ident = message.get("id")
    if ident is not None and ident == state.first:
        return _introduced(replace(state, first=None), message.get("result"))
    asked = state.asked.get(ident) if isinstance(ident, str | int) else None
    if asked is None:
        return state
    rest = {key: one for key, one in state.asked.items() if key != ident}
    return _offered(replace(state, asked=rest), asked, message.get("result"))


def _introduced(state: State, result: Any) -> State:
    """The server says how it is called and how it counts."""
    result = result if isinstance(result, dict) else {}
    capabilities, info = result.get("capabilities"), result.get("serverInfo")
    chosen = capabilities.get("positionEncoding") if isinstance(capabilities, dict) else None
    encoding: Encoding = chosen if chosen in ("utf-8", "utf-32") else "utf-16"
    name = info.get("name") if isinstance(info, dict) else None
    if not isinstance(name, str) or not name.strip():
        return replace(state, encoding=encoding)
    return replace(state, encoding=encoding, teller=replace(state.teller, server=short_name(name)))


def _progressed(state: State, message: Mapping[str, Any]) -> State:
    """A part of an answer."""
    params = message.get("params")
    if not isinstance(params, dict) or params.get("token") is None:
        return state
    asked = next((one for one in state.asked.values() if one.token == params["token"]), None)
    return state if asked is None else _offered(state, asked, params.get("value"))


def _offered(state: State, asked: Asked, result: Any) -> State:
    """New offers, carried over what has changed since they were asked for."""
    fresh: list[Offer] = []
    for item in items_of(result):
        uri = uri_of(item, asked.place.uri)
        document = state.documents.get(uri)
        if document is None:
            continue
        place = asked.place
        if uri != place.uri:
            place = Place(uri, document.text, document.number, None, place.time)
        offer = _since(offer_of(item, place, asked.kind, state.encoding), place, document)
        if offer is not None:
            fresh.append(offer)
    return with_offers(state, (*state.offers, *fresh))


def _since(offer: Offer | None, place: Place, document: Document) -> Offer | None:
    """An offer for a text that may have changed since; None where its place is not known any more."""
    missed = document.number - place.number
    if offer is None or missed > len(document.steps) or missed < 0:
        return None
    for step in document.steps[len(document.steps) - missed :]:
        offer = carried_offer(offer, step)
        if offer is None:
            return None
    return replace(offer, landings=())


def _opened(state: State, params: Mapping[str, Any], now: float) -> Outcome:
    document = opened(params["textDocument"], now)
    if document is None:
        return state, ()
    state, records = _filed(state, document)
    state = without(state, document.uri)
    return replace(state, documents={**state.documents, document.uri: document}), records


def _filed(state: State, document: Document) -> Outcome:
    """What was taken in a document that was no file: the file that is opened now has its text."""
    for uri, known in state.unfiled.items():
        text = state.documents[uri].text if known.closed is None else known.closed
        if document.path is None:
            if uri == document.uri:
                return with_unfiled(state, uri, replace(known, closed=None) if text == document.text else None), ()
        elif text == document.text:
            return with_unfiled(state, uri, None), records_of(known, document.path, document.text)
    return state, ()


def _closed(state: State, params: Mapping[str, Any], _now: float) -> Outcome:
    uri = params["textDocument"]["uri"]
    known, document = state.unfiled.get(uri), state.documents.get(uri)
    if known is not None and document is not None:
        state = with_unfiled(state, uri, replace(known, closed=document.text))
    return without(state, uri), ()


def _changed(state: State, params: Mapping[str, Any], now: float) -> Outcome:
    uri = params["textDocument"]["uri"]
    document = state.documents.get(uri)
    records: list[Record] = []
    if document is None:
        return state, ()
    known = [one.text for one in state.documents.values()]
    try:
        for present, step in changed(document, params.get("contentChanges"), state.encoding, now):
            state = replace(state, documents={**state.documents, uri: present})
            if uri in state.unfiled:
                state = with_unfiled(state, uri, followed(state.unfiled[uri], step))
            offers = (one if one.uri != uri else carried_offer(one, step) for one in state.offers)
            state, found = landed(with_offers(state, offers), present, known, now)
            records += found
            state = with_gone(state, step.before.slice(step.edit.span))
            state = state if found else with_change(state, step.edit)
    except StrangeMessageError:
        # What it is now is not known, until it is opened again.
        state = with_unfiled(without(state, uri), uri, None)
    return state, tuple(records)


def _executed(state: State, params: Mapping[str, Any], now: float) -> Outcome:
    names = command_names(params.get("command"), params.get("arguments"))
    return taken(state, names, lambda offer: offer.words, "", now)


def _partially(state: State, params: Mapping[str, Any], now: float) -> Outcome:
    units = params["acceptedLength"]
    return taken(state, names_of(params.get("item")), lambda offer: _head(offer, units), PARTIAL, now)


def _accepted(state: State, params: Mapping[str, Any], now: float) -> Outcome:
    """The older protocol's way to say either."""
    units = params.get("acceptedLength")
    kind = PARTIAL if isinstance(units, int) else ""
    return taken(state, names_of(params), lambda offer: _head(offer, units), kind, now)


def _head(offer: Offer, units: Any) -> bytes:
    """What of an offer was accepted; all of it where that is not said."""
    return utf16_start(offer.words, units) if isinstance(units, int) else offer.words


def _shown(state: State, params: Mapping[str, Any], _now: float) -> Outcome:
    names = frozenset(names_of(params.get("item")))
    offers = (replace(one, shown=True) if names & one.names else one for one in state.offers)
    return replace(with_offers(state, offers), shows=True), ()


_HANDLERS: Mapping[str, Callable[[State, Mapping[str, Any], float], Outcome]] = {
    "textDocument/didOpen": _opened,
    "textDocument/didChange": _changed,
    "textDocument/didClose": _closed,
    "textDocument/didShowCompletion": _shown,
    "textDocument/didShowInlineEdit": _shown,
    "textDocument/didPartiallyAcceptCompletion": _partially,
    "workspace/executeCommand": _executed,
    "notifyAccepted": _accepted,
}
