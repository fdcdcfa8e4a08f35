"""Join: a Record held against its file -> the spans that the agent wrote, or why they are not known.

By digest where the file is as the Record left it, else by exact text that stands there once. What the agent only moved
about stays whose it was. Nothing is guessed: text that cannot be located never becomes a Region.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.record import Record, as_bytes
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.align import LINE, is_specific
from gifthorse.provenance.claims import replaced_by
from gifthorse.provenance.displaced import Made, displaced, keys, not_moved
from gifthorse.provenance.follow import carry
from gifthorse.provenance.fresh import fresh
from gifthorse.provenance.history import Change, History
from gifthorse.provenance.holdings import Holdings, add, empty, tidy
from gifthorse.provenance.lcs import Run, matching
from gifthorse.provenance.recognise import NAMELESS, Arrival
from gifthorse.provenance.substance import pith, substance_of
from gifthorse.provenance.tokens import common_start

MARK = "\ufeff".encode()
"""What some files begin with and editors do not show."""
SMALL = 4_000
"""Bytes of two texts that are quicker compared as a whole."""
EVIDENCE = {"hook": Evidence.HOOKED, "proxy": Evidence.REPORTED}
WEAK = frozenset({Evidence.INFERRED, Evidence.DECLARED})
"""Evidence that an agent's own word outdoes."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a Record says of one `text`: the `spans` that the agent brought into it.

    `before` is the text from which `edits` (one over the text after the other) lead to it, None where it is not known.
    """

    text: Text
    spans: tuple[Span, ...]
    before: Text | None = None
    edits: tuple[Edit, ...] = ()


def after_of(record: Record) -> bytes | None:
    """The whole file as the Record left it, where it tells."""
    if record.whole and record.edits:
        return as_bytes(record.edits[0].new)
    return None if record.text is None else as_bytes(record.text)


def without_mark(record: Record) -> Record:
    """The Record as it is of the text that an editor shows: without the mark at the start of the file."""
    content = after_of(record)
    if content is None or not content.startswith(MARK):
        return record
    if record.whole:
        edits = tuple(replace(edit, old=_shorn(edit.old), new=_shorn(edit.new)) for edit in record.edits)
        return replace(record, edits=edits, before="", after="", created=record.created)
    edits = tuple(replace(edit, start=None if edit.start is None else edit.start - len(MARK)) for edit in record.edits)
    return replace(record, edits=edits, before="", after="", text=_shorn(record.text or ""))


def _shorn(words: str) -> str:
    return words.removeprefix("\ufeff")


def is_after(record: Record, content: bytes) -> bool:
    """Whether this is the file as the Record left it."""
    known = after_of(record)
    if known is not None:
        return known == content
    return bool(record.after) and hashlib.sha256(content).hexdigest() == record.after


def claim_after(record: Record, content: bytes, gone: Collection[bytes] = ()) -> Claim:
    """The Claim on the file as the Record left it. `gone`: lines that the same session took away elsewhere."""
    before, made = _before(record, content), _made(record)
    spans: list[Span] = []
    for edit, one, parts in zip(record.edits, made, not_moved(made, gone), strict=True):
        start = _start(edit.start, one.new, content)
        if start is not None and (not record.whole or before is not None):
            spans += [span.shifted(start) for span in parts]
    if before is None:
        return Claim(Text.of(content), tidy(spans))
    return Claim(Text.of(content), tidy(spans), Text.of(before), _edits(record))


def claim_within(record: Record, content: bytes, gone: Collection[bytes] = ()) -> Claim:
    """The Claim on a file that has moved on: what of the agent's text stands in it exactly once, and is unmistakable."""
    spans: list[Span] = []
    made = _made(record)
    unseen = record.whole and not record.created and not record.before
    for one, parts in zip(made, not_moved(made, gone), strict=True):
        start = _start(None, one.new, content)
        if start is not None and is_specific(one.new) and not unseen:
            spans += [span.shifted(start) for span in parts]
    return Claim(Text.of(content), tidy(spans))


def moved_on(claim: Claim, changes: Sequence[Change], now: Text) -> Claim:
    """The Claim after these changes, the first of which began with its text and the last of which led to `now`."""
    here = Insertion("claim", Origin("", ""), Evidence.HOOKED, "", "", None, 1)
    holdings = add(empty(), claim.text, here, claim.spans)
    for number, change in enumerate(changes, 1):
        after = now if number == len(changes) else changes[number].before
        holdings = carry(holdings, change.before, change.edits, after)
    spans = tuple(span for region in holdings.regions() for span in region.spans)
    return Claim(now, spans)


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records by time, but one that another began with goes before that one: clocks go backwards, files do not."""
    waiting = sorted(records, key=lambda record: record.time)
    result: list[Record] = []
    while waiting:
        ends = {record.after: record for record in waiting if record.after}
        first, met = waiting[0], set[str]()
        while first.before in ends and ends[first.before] is not first and first.before not in met:
            met.add(first.before)
            first = ends[first.before]
        waiting.remove(first)
        result.append(first)
    return result


def joined(holdings: Holdings, record: Record, claim: Claim, at: str) -> Arrival:
    """What the Claim makes of the Holdings of its text. `at`: the Record's time in RFC 3339.

    What is some Region's on evidence as good stays that: the same edit may be told twice.
    """
    spans = _unclaimed(holdings, claim.spans, named=record.tool not in NAMELESS)
    weight = substance_of(claim.text, spans)
    if not weight:
        why = "is known already" if claim.spans else "brought no text that can be located"
        return Arrival(holdings, None, b"", None, extended=False, why=why)
    text = b"".join(claim.text.slice(span) for span in spans)
    replaced = None
    if claim.before is not None:
        history = History((Change(1, claim.before, claim.edits),))
        replaced = replaced_by(history, 1, spans)
    insertion = Insertion(
        id=record.id,
        origin=Origin(record.tool or "unknown", record.kind, record.model or None, record.session or None),
        evidence=EVIDENCE[record.source],
        at=at,
        text=_digest(text),
        replaced=None if replaced is None else _digest(replaced),
        substance=weight,
    )
    arrived = add(holdings, claim.text, insertion, spans)
    return Arrival(arrived, insertion, text, replaced, extended=False, why="the agent's own hook says so")


def carried(holdings: Holdings, claim: Claim) -> Holdings:
    """The Holdings of the Claim's text, from those of the text before it."""
    return holdings if claim.before is None else carry(holdings, claim.before, claim.edits, claim.text)


def lines_of(record: Record) -> frozenset[bytes]:
    """The lines that the Record's edits took away (see displaced.keys): what its session may move elsewhere."""
    return keys(displaced(Made(as_bytes(edit.old), as_bytes(edit.new), ()) for edit in record.edits))


def _made(record: Record) -> tuple[Made, ...]:
    pairs = ((as_bytes(edit.old), as_bytes(edit.new)) for edit in record.edits)
    return tuple(Made(old, new, _fresh(old, new)) for old, new in pairs)


def _fresh(old: bytes, new: bytes) -> tuple[Span, ...]:
    """As fresh.fresh, without looking at the lines that two files begin and end with, as far as these are landmarks."""
    if len(old) + len(new) < SMALL:
        return fresh(old, new)
    here, there = ([match[0] for match in LINE.finditer(text)] for text in (old, new))
    counts = Counter(here), Counter(there)
    head, start = _same_lines(zip(here, there, strict=False), counts)
    rest = zip(reversed(here[head:]), reversed(there[head:]), strict=False)
    _, end = _same_lines(rest, counts)
    return tuple(span.shifted(start) for span in fresh(old[start : len(old) - end], new[start : len(new) - end]))


def _same_lines(pairs: Iterable[tuple[bytes, bytes]], counts: tuple[Counter[bytes], Counter[bytes]]) -> tuple[int, int]:
    """How many pairs of equal lines there are up to the last one that is alone on both sides, and their bytes."""
    last = (0, 0)
    size = 0
    for number, (one, other) in enumerate(pairs, 1):
        if one != other:
            break
        size += len(one)
        if pith(one) and counts[0][one] == counts[1][one] == 1:
            last = number, size
    return last


def _start(start: int | None, new: bytes, content: bytes) -> int | None:
    """Where `new` stands: where it was told, or where it stands only once; None where that is not so."""
    if start is not None:
        return start if content[start : start + len(new)] == new else None
    if not pith(new) or content.count(new) != 1:
        return None
    return content.index(new)


def _before(record: Record, content: bytes) -> bytes | None:
    """The file before the edits, by taking them back; None where that does not give what it is said to have been."""
    if record.whole:
        return as_bytes(record.edits[0].old) if record.before or record.created else None
    before = content
    for edit in sorted(record.edits, key=lambda edit: -1 if edit.start is None else edit.start)[::-1]:
        old, new = as_bytes(edit.old), as_bytes(edit.new)
        if edit.start is None or content[edit.start : edit.start + len(new)] != new:
            return None
        before = before[: edit.start] + old + before[edit.start + len(new) :]
    known = record.before or (_digest(b"") if record.created else "")
    return before if known in ("", _digest(before)) and record.edits else None


def _edits(record: Record) -> tuple[Edit, ...]:
    """The Record's edits over the text before, last one first, so that none moves another; only what they changed."""
    result: list[Edit] = []
    shift = 0
    for edit in sorted(record.edits, key=lambda edit: edit.start or 0):
        old, new = as_bytes(edit.old), as_bytes(edit.new)
        start = (edit.start or 0) - shift
        result += [Edit(span.shifted(start), brought) for span, brought in _changed(old, new)]
        shift += len(new) - len(old)
    return tuple(result[::-1])


def _changed(old: bytes, new: bytes) -> Iterator[tuple[Span, bytes]]:
    """(span of `old`, what came in its place) of each stretch that is not the same, ascending."""
    here, there = ([Span(match.start(), match.end()) for match in LINE.finditer(text)] for text in (old, new))
    runs = matching([old[line.start : line.end] for line in here], [new[line.start : line.end] for line in there])
    at = its_at = 0
    for run in (*runs, Run(len(here), len(there), 0)):
        end = here[run.old].start if run.old < len(here) else len(old)
        its_end = there[run.new].start if run.new < len(there) else len(new)
        one, other = old[at:end], new[its_at:its_end]
        head, tail = _same_ends(one, other)
        if one or other:
            yield Span(at + head, end - tail), other[head : len(other) - tail]
        last, its_last = run.old + run.length - 1, run.new + run.length - 1
        if run.length:
            at, its_at = here[last].end, there[its_last].end


def _same_ends(one: bytes, other: bytes) -> tuple[int, int]:
    """How many bytes at the start and at the end are the same, in whole characters."""
    head = common_start(one, other)
    while head and any(text[head : head + 1] and text[head] & 0xC0 == 0x80 for text in (one, other)):
        head -= 1
    tail = common_start(one[head:][::-1], other[head:][::-1])
    while tail and one[len(one) - tail] & 0xC0 == 0x80:
        tail -= 1
    return head, tail


def _unclaimed(holdings: Holdings, spans: Iterable[Span], *, named: bool) -> tuple[Span, ...]:
    """The parts of the spans that are no Region's yet, or of one that is worth less: on weak evidence, or nameless."""
    result: list[Span] = []
    for span in spans:
        start = span.start
        for low, high, owner in holdings.pieces(span):
            known = holdings.records[owner].insertion
            outdone = known.evidence in WEAK or (named and known.origin.tool in NAMELESS)
            if not outdone:
                result.append(Span(start, max(start, low)))
                start = max(start, high)
        result.append(Span(start, max(start, span.end)))
    return tidy(result)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
