"""Replay: an editing session played with the product's own follow, and the truth about every byte beside it.

It does what a server does with the same messages, but keeps the journal in memory and shows nothing. What the outcome
is worth is measured by provenance/score.py; this neither judges nor prints.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import NamedTuple

from gifthorse.model.event import Event, Inserted, Renamed
from gifthorse.model.insertion import Origin
from gifthorse.model.text import Edit, Position, Span, Text
from gifthorse.provenance.follow import Holdings, carry, deleted
from gifthorse.provenance.formats.editing import (
    PERSON,
    AnyStep,
    Change,
    Claim,
    Close,
    Crash,
    Git,
    Hook,
    Open,
    Range,
    Rename,
    Replacement,
    Run,
    Save,
    Silent,
    Write,
)
from gifthorse.provenance.history import History
from gifthorse.provenance.moves import Deleted
from gifthorse.provenance.reattach import search
from gifthorse.provenance.recognise import Signal, receive
from gifthorse.provenance.score import Page
from gifthorse.workspace.memory import anchored, recall

START = "2026-01-01T00:00:00Z"
MOST_OFFERS = 64


class Effect(NamedTuple):
    """What a step was, in the words of the tables, and which documents it touched.

    `lost`: why Regions were not found again, by insertion. `told`: the insertions that somebody spoke of.
    """

    kind: str
    documents: tuple[str, ...] = ()
    told: Mapping[str, str] = {}
    lost: Mapping[str, str] = {}


@dataclass(slots=True)
class Player:
    """The state of all documents after the steps so far. `infer` is the user's setting of that name."""

    infer: bool = False
    pages: dict[str, Page] = field(default_factory=dict)
    held: dict[str, Holdings] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """Region id -> the insertion that the session means by it."""
    _disk: dict[str, Page] = field(default_factory=dict)
    _histories: dict[str, History] = field(default_factory=dict)
    _versions: dict[str, int] = field(default_factory=dict)
    _events: dict[str, list[Event]] = field(default_factory=dict)
    _known: dict[str, frozenset[str]] = field(default_factory=dict)
    _offers: list[tuple[str, Deleted]] = field(default_factory=list)

    @singledispatchmethod
    def play(self, step: AnyStep) -> Effect:
        """Do one step. ValueError for one that cannot be: a document that is not open, a place outside of a text."""
        raise TypeError(f"no step of a session: {step!r}")

    @play.register
    def _open(self, step: Open) -> Effect:
        name = step.document
        page = self._disk.get(name, Page(Text.of(b""), [])).copy()
        if step.text is not None:
            page = Page(Text.of(step.text), written(step.text, step.by))
        return self._opened(name, page)

    def _opened(self, name: str, page: Page) -> Effect:
        lost = self._reattached(name, page.text)
        page.asked_again()
        self.pages[name] = page
        self._disk.setdefault(name, page.copy())
        self._histories[name], self._versions[name] = History(), 1
        return Effect("open", (name,), lost=lost)

    def _reattached(self, name: str, text: Text) -> Mapping[str, str]:
        memory = recall(self._events.get(name, ()), text.digest())
        self._known[name] = memory.regions
        found = search(memory.anchors, text)
        self.held[name] = found.holdings
        return {self.owners.get(lost.region, lost.region): lost.cause for lost in found.lost}

    @play.register
    def _change(self, step: Change) -> Effect:
        name, page = step.document, self._page(step.document)
        before, edits = page.text, _edited(page, step.changes, step.kind)
        offers = [offer for owner, offer in self._offers if owner != name]
        self.held[name] = carry(self.held[name], before, edits, page.text, offers)
        gone = [(name, offer) for offer in deleted(self.held[name])] if edits else []
        self._offers = [*self._offers, *gone][-MOST_OFFERS:]
        self._versions[name] += 1
        self._histories[name] = self._histories[name].pushed(self._versions[name], before, edits)
        return Effect(step.kind, (name,))

    @play.register
    def _claim(self, step: Claim) -> Effect:
        page, version = self._page(step.document), self._versions[step.document] - step.back
        history = self._histories[step.document]
        then = history.text_at(version, page.text)
        spans = tuple(span_of(then, range_) for range_ in step.ranges) if then is not None else ()
        region = f"{step.insertion}.{len(self.owners)}"
        origin = Origin(step.source, step.kind, "model", None)
        self._received(step.document, Signal(region, START, version, spans, origin, step.evidence), step.insertion)
        return Effect(step.kind, (step.document,), told={step.insertion: step.source})

    def _received(self, name: str, signal: Signal, insertion: str) -> None:
        text = self.pages[name].text
        arrival = receive(self.held[name], self._histories[name], text, signal, infer=self.infer)
        if arrival.insertion is not None:
            self.held[name] = arrival.holdings
            self.owners.setdefault(arrival.insertion.id, insertion)
            self._journal(name, Inserted(name, arrival.insertion))
            self._anchor(name)

    @play.register
    def _silent(self, step: Silent) -> Effect:
        return Effect("silent", (step.document,), told={step.insertion: step.source})

    @play.register
    def _save(self, step: Save) -> Effect:
        page = self._page(step.document)
        self._disk[step.document] = page.copy()
        self._anchor(step.document)
        return Effect("save", (step.document,))

    @play.register
    def _close(self, step: Close) -> Effect:
        self._page(step.document)
        self._anchor(step.document)
        self._forget(step.document)
        return Effect("close")

    def _forget(self, name: str) -> None:
        for of_document in (self.pages, self.held, self._histories, self._versions):
            del of_document[name]

    @play.register
    def _rename(self, step: Rename) -> Effect:
        old, new = step.document, step.to
        page = self.pages.get(old)
        if page is not None:
            self._anchor(old)
            self._forget(old)
        if old in self._disk:
            self._disk[new] = self._disk.pop(old)
        self._events[new] = [*self._events.pop(old, []), Renamed(old, new)]
        return Effect("rename") if page is None else self._opened(new, page)._replace(kind="rename")

    @play.register
    def _write(self, step: Write) -> Effect:
        page = self._disk.setdefault(step.document, Page(Text.of(b""), []))
        _edited(page, step.changes, step.kind)
        return Effect(step.kind)

    @play.register
    def _hook(self, step: Hook) -> Effect:
        return Effect("agent", (step.document,), told={step.insertion: step.source})

    @play.register
    def _crash(self, _: Crash) -> Effect:
        lost: dict[str, str] = {}
        self._offers = []
        for name, page in list(self.pages.items()):
            lost |= self._opened(name, page).lost
        return Effect("crash", tuple(self.pages), lost=lost)

    @play.register
    def _git(self, step: Git) -> Effect:
        return Effect(step.kind)

    def _page(self, name: str) -> Page:
        if name not in self.pages:
            raise ValueError(f"{name!r} is not open")
        return self.pages[name]

    def _journal(self, name: str, event: Event) -> None:
        self._events.setdefault(name, []).append(event)

    def _anchor(self, name: str) -> None:
        known = self._known.get(name, frozenset())
        if self.held[name].records or known:
            event = anchored(name, self.pages[name].text, self.held[name], known)
            self._known[name] = frozenset(event.held)
            self._journal(name, event)


def _edited(page: Page, changes: Sequence[Replacement], kind: str) -> tuple[Edit, ...]:
    """Do changes to a page: its text and the truth about it. The edits that they are."""
    edits = []
    for change in changes:
        edit = edit_of(page.text, change)
        page.splice(edit, written(change.text, change.by), kind)
        edits.append(edit)
    return tuple(edits)


def written(text: str, by: Sequence[Run]) -> list[str]:
    """The writer of every byte of a text's UTF-8; a person's where nothing is said."""
    if not by:
        return [PERSON] * len(text.encode())
    result: list[str] = []
    at = 0
    for count, writer in by:
        result.extend([writer] * len(text[at : at + count].encode()))
        at += count
    return result


def edit_of(text: Text, change: Replacement) -> Edit:
    """The product's Edit for a change of the protocol. ValueError for a place outside of the text."""
    if change.range is None:
        return Edit(Span(0, len(text)), change.text.encode())
    return Edit(span_of(text, change.range), change.text.encode())


def span_of(text: Text, where: Range) -> Span:
    """The bytes of a range. ValueError for a line that the text does not have."""
    if not 0 <= where.start.line <= where.end.line < text.line_count:
        raise ValueError(f"lines {where.start.line} to {where.end.line} of a text of {text.line_count} lines")
    start = text.offset(Position(where.start.line, where.start.character), "utf-16")
    return Span(start, text.offset(Position(where.end.line, where.end.character), "utf-16"))
