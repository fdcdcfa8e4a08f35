"""Replay: an editing session played with the product's own follow, and the truth about every byte beside it.

It does what a server does with the same messages, but keeps the journal in memory and shows nothing. What the outcome
is worth is measured by provenance/score.py; this neither judges nor prints.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod

from gifthorse.model.event import Event, Inserted, Renamed
from gifthorse.model.insertion import Evidence, Origin
from gifthorse.model.record import Record
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.copies import Known, Made, arrived, copied, copies
from gifthorse.provenance.doubt import is_settled, lost, settled
from gifthorse.provenance.follow import Holdings, add, carry, deleted
from gifthorse.provenance.formats.editing import (
    PERSON,
    TOOL,
    AnyStep,
    Change,
    Claim,
    Close,
    Crash,
    Git,
    Hook,
    Open,
    Pause,
    Rename,
    Replacement,
    Save,
    Silent,
    Write,
)
from gifthorse.provenance.history import History
from gifthorse.provenance.join import carried, claim_after, is_after, joined, moved_on
from gifthorse.provenance.moves import Deleted
from gifthorse.provenance.reattach import search
from gifthorse.provenance.recognise import Arrival, Signal, receive
from gifthorse.provenance.resume import Left, is_leap, resumed, seen_before
from gifthorse.provenance.score import Page, Slice
from gifthorse.provenance.shape import suggested
from gifthorse.workspace.memory import Memory, anchored, recall
from gifthorse.workspace.staging import Effect, edit_of, record_of, replaced_by, span_of, written

START = "2026-01-01T00:00:00Z"
MOST_OFFERS = 64
MOST_LOST = 32


@dataclass(slots=True)
class Player:
    """The state of all documents after the steps so far. `infer` is the user's setting of that name."""

    infer: bool = False
    pages: dict[str, Page] = field(default_factory=dict)
    held: dict[str, Holdings] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """Region id -> the insertion that the session means by it."""
    disk: dict[str, Page] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    """The insertions that somebody spoke of, and by which source."""
    at_rest: dict[str, Holdings] = field(default_factory=dict)
    """What was last found in files that are not open."""
    _histories: dict[str, History] = field(default_factory=dict)
    _versions: dict[str, int] = field(default_factory=dict)
    _events: dict[str, list[Event]] = field(default_factory=dict)
    _known: dict[str, frozenset[str]] = field(default_factory=dict)
    _offers: list[tuple[str, Deleted]] = field(default_factory=list)
    _lost: deque[Known] = field(default_factory=lambda: deque(maxlen=MOST_LOST))
    _unwritten: set[str] = field(default_factory=set)
    _left: dict[str, Left] = field(default_factory=dict)
    _waiting: dict[str, list[tuple[Record, str]]] = field(default_factory=dict)
    _gone: deque[Slice] = field(default_factory=lambda: deque(maxlen=MOST_OFFERS))

    @singledispatchmethod
    def play(self, step: AnyStep) -> Effect:
        """Do one step. ValueError for one that cannot be: a document that is not open, a place outside of a text."""
        raise TypeError(f"no step of a session: {step!r}")

    @play.register
    def _open(self, step: Open) -> Effect:
        name = step.document
        page = self.disk.get(name, Page(Text.of(b""), [])).copy()
        if step.text is not None:
            page = Page(Text.of(step.text), written(step.text, step.by))
        return self._opened(name, page)

    def _opened(self, name: str, page: Page) -> Effect:
        lost = self._reattached(name, page.text)
        page.asked_again()
        self.pages[name] = page
        self.disk.setdefault(name, page.copy())
        self._histories[name], self._versions[name] = History(), 1
        return Effect("open", (name,), lost=lost)

    def _reattached(self, name: str, text: Text) -> Mapping[str, str]:
        memory = recall(self._events.get(name, ()), text.digest())
        self._known[name] = memory.regions
        found, left = search(memory.anchors, text), self._left.get(name)
        holdings = found.holdings
        if left is not None:
            holdings = resumed(left, text, holdings, memory.regions, exact=found.exact and memory.exact)
        self.held[name] = holdings
        return {self.owners.get(lost.region, lost.region): lost.cause for lost in found.lost}

    @play.register
    def _change(self, step: Change) -> Effect:
        name, page = step.document, self._page(step.document)
        before, edits = page.text, self._edited(page, step.changes, step.kind)
        offers = [offer for owner, offer in reversed(self._offers) if owner != name]
        known = self.held[name]
        self.held[name] = carry(known, before, edits, page.text, offers)
        came = self.held[name].records.keys() - known.records.keys()
        self._offers = [one for one in self._offers if came.isdisjoint(one[1].records)]
        self._offers = [*self._offers, *((name, one) for one in deleted(self.held[name]))][-MOST_OFFERS:]
        self._unwritten.add(name)
        self._versions[name] += 1
        self._histories[name] = self._histories[name].pushed(self._versions[name], before, edits)
        self._lost.extend(lost(Known(before, known), edits))
        self._settled(name)
        self._copied(name, arrived(before, edits))
        self._returned(name, edits)
        self._inferred(name)
        told = dict(item for record, who in self._waiting.pop(name, ()) for item in self._joined(name, record, who))
        return Effect(step.kind, (name,), told=told)

    def _edited(self, page: Page, changes: Sequence[Replacement], kind: str) -> tuple[Edit, ...]:
        """Do changes to a page: its text and the truth about it. The edits that they are."""
        edits = []
        for change in changes:
            edit, whole = edit_of(page.text, change), replaced_by(page.text, change)
            writers = written(change.text, change.by)
            waiting = set(writers) - {PERSON, TOOL, *(() if kind == "partial" else self.told)}
            self._gone.extend(page.splice(whole, writers, waiting, [*self._gone, *self.pages.values()]))
            edits.extend([edit] if edit else [])
        return tuple(edits)

    def _settled(self, name: str) -> None:
        """No Regions for what the last change put back or moved in, and may have come from a person's text."""
        if not is_settled(held := self.held[name]):
            self.held[name] = settled(Known(self.pages[name].text, held), self._others(name))

    def _others(self, name: str) -> list[Known]:
        opened = [Known(page.text, self.held[other]) for other, page in self.pages.items() if other != name]
        return [*opened, *self._lost]

    def _copied(self, name: str, spans: Sequence[Span]) -> None:
        """Regions for what arrived and is a copy of other Regions' text."""
        text = self.pages[name].text
        for source, parts in copies(Known(text, self.held[name]), spans, self._others(name)) if spans else ():
            owner = f"{source.id}+{len(self.owners)}"
            insertion = copied(source, text, parts, Made(owner, START, None))
            self.owners[owner] = self.owners[source.id]
            self.held[name] = add(self.held[name], text, insertion, parts)
            self._journal(name, Inserted(name, insertion))
            self._anchor(name)

    def _inferred(self, name: str) -> None:
        """A Region where the last change looks like an assistant's, if that is wanted. It is right if any wrote there."""
        others = [page.text for other, page in self.pages.items() if other != name]
        spans = suggested(self._histories[name], others) if self.infer else ()
        if spans:
            region, truth = f"inferred.{len(self.owners)}", self.pages[name].truth
            writers = (writer for span in spans for writer in truth[span.start : span.end])
            insertion = next((writer for writer in writers if writer not in (PERSON, TOOL)), region)
            self.told.setdefault(insertion, "silent")
            origin = Origin("unknown", "bulk")
            signal = Signal(region, START, self._versions[name], spans, origin, Evidence.INFERRED)
            self._received(name, signal, insertion)

    def _returned(self, name: str, edits: Sequence[Edit]) -> None:
        """Regions of a text that was seen before and has come back at once."""
        text = self.pages[name].text
        memory = recall(self._events.get(name, ()), text.digest()) if is_leap(edits) else Memory()
        if memory.exact:
            self.held[name] = seen_before(self.held[name], text, search(memory.anchors, text).holdings)

    @play.register
    def _claim(self, step: Claim) -> Effect:
        page, version = self._page(step.document), self._versions[step.document] - step.back
        history = self._histories[step.document]
        then = history.text_at(version, page.text)
        spans = tuple(span_of(then, range_) for range_ in step.ranges) if then is not None else ()
        region = f"{step.insertion}.{len(self.owners)}"
        origin = Origin(step.source, step.kind, "model", step.insertion or None)
        self._received(step.document, Signal(region, START, version, spans, origin, step.evidence), step.insertion)
        return Effect(step.kind, (step.document,), told={step.insertion: step.source} if step.insertion else {})

    def _received(self, name: str, signal: Signal, insertion: str) -> None:
        text = self.pages[name].text
        self._take(name, receive(self.held[name], self._histories[name], text, signal, infer=self.infer), insertion)

    @play.register
    def _silent(self, step: Silent) -> Effect:
        return Effect("silent", (step.document,), told={step.insertion: step.source})

    @play.register
    def _save(self, step: Save) -> Effect:
        page = self._page(step.document)
        self.disk[step.document] = page.copy()
        self._anchor(step.document)
        return Effect("save", (step.document,))

    @play.register
    def _pause(self, _: Pause) -> Effect:
        for name in self.pages:
            self._anchor(name)
        return Effect("pause")

    @play.register
    def _close(self, step: Close) -> Effect:
        self._page(step.document)
        self._anchor(step.document)
        page = self.pages[step.document]
        self._left[step.document] = Left(page.text, self.held[step.document])
        if page.text == self.disk[step.document].text:
            self.disk[step.document] = page
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
            self._left[old] = Left(page.text, self.held[old])
            self._forget(old)
        if old in self._left:
            self._left[new] = self._left.pop(old)
        if old in self.disk:
            self.disk[new] = self.disk.pop(old)
        self._events[new] = [*self._events.pop(old, []), Renamed(old, new)]
        return Effect("rename") if page is None else self._opened(new, page)._replace(kind="rename")

    @play.register
    def _write(self, step: Write) -> Effect:
        page = self.disk.setdefault(step.document, Page(Text.of(b""), []))
        self._edited(page, step.changes, step.kind)
        return Effect(step.kind)

    @play.register
    def _hook(self, step: Hook) -> Effect:
        record = record_of(step, float(len(self.owners)))
        name = step.document
        if name not in self.pages:
            return Effect("agent", (name,), told=self._joined_on_disk(name, record, step.insertion))
        told = dict(self._joined(name, record, step.insertion))
        if not told:
            self._waiting.setdefault(name, []).append((record, step.insertion))
        return Effect("agent", (name,), told=told)

    def _joined(self, name: str, record: Record, insertion: str) -> Iterator[tuple[str, str]]:
        """A Record held against an open document: whose text it speaks of, if it came already."""
        now, changes = self.pages[name].text, self._histories[name].changes
        texts = [(now, ()), *((change.before, changes[number:]) for number, change in reversed([*enumerate(changes)]))]
        for text, since in texts:
            if is_after(record, bytes(text)):
                claim = claim_after(record, bytes(text))
                self._take(name, joined(self.held[name], record, moved_on(claim, since, now), START), insertion)
                yield insertion, record.tool
                return

    def _take(self, name: str, arrival: Arrival, insertion: str) -> None:
        self.held[name] = arrival.holdings
        if arrival.insertion is not None:
            self.owners.setdefault(arrival.insertion.id, insertion)
            self._journal(name, Inserted(name, arrival.insertion))
            self._anchor(name)

    def _joined_on_disk(self, name: str, record: Record, insertion: str) -> dict[str, str]:
        """A Record held against a file that is not open."""
        page = self.disk[name]
        claim = claim_after(record, bytes(page.text))
        self._reattached(name, claim.before or page.text)
        arrival = joined(carried(self.held[name], claim), record, claim, START)
        self.held[name] = arrival.holdings
        self.pages[name] = page
        self._take(name, arrival, insertion)
        self._left.pop(name, None)
        self.at_rest[name] = self.held[name]
        del self.pages[name], self.held[name]
        return {insertion: record.tool}

    @play.register
    def _crash(self, _: Crash) -> Effect:
        lost: dict[str, str] = {}
        unwritten = frozenset(self._unwritten)
        self._offers, self._left = [], {}
        self._lost.clear()
        for name, page in list(self.pages.items()):
            lost |= self._opened(name, page).lost
        return Effect("crash", tuple(self.pages), lost=lost, unwritten=unwritten)

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
        self._unwritten.discard(name)
        if self.held[name].records or known:
            event = anchored(name, self.pages[name].text, self.held[name], known)
            self._known[name] = frozenset(event.held)
            self._journal(name, event)
