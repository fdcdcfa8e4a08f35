"""Which of the Records that wait for an open document are in its text now, and where. Pure.

An editor reads a changed file again after the hook has spoken, or before; it may read several edits at once, and a
person may have gone on typing. So the text is looked for in the document's last versions, through later Records' edits.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from gifthorse.lsp.convert import whole
from gifthorse.lsp.document import Document
from gifthorse.model.record import Record
from gifthorse.provenance.claims import arrived
from gifthorse.provenance.history import Change
from gifthorse.provenance.join import Claim, after_of, claim_within, is_after, moved_on, without_mark
from gifthorse.provenance.join import claim_after as claimed_after

Claiming = Callable[[Record, bytes, Collection[bytes]], Claim]
"""As join.claim_after, which takes long for long texts: a caller that asks again can keep what it has found."""


def on_screen(  # noqa: PLR0913  the last one is as good as always left out
    document: Document,
    records: Sequence[Record],
    gone: Collection[bytes],
    *,
    late: bool = False,
    newest: bool = False,
    claim_after: Claiming = claimed_after,
) -> Iterator[tuple[Record, Claim]]:
    """(Record, its Claim on the document's present text), oldest first; what is not there yet is left out.

    `gone`: lines that the same session replaced elsewhere. `late`: the editor has had the time to read the file again,
    so what it brought otherwise counts, too. `newest`: the versions before the present one were looked at already.
    """
    shown = [without_mark(record) for record in records]
    found: dict[int, Claim] = {}
    for number in reversed(range(len(records))):
        if number not in found and (version := _version(document, shown[number], newest=newest)):
            _chain(
                document,
                shown[: number + 1],
                version,
                lambda record, content: claim_after(record, content, gone),
                found,
            )
    if late:
        for number, record in enumerate(shown):
            if number not in found and (claim := _by_text(document, record, gone)):
                found[number] = claim
    for number in sorted(found):
        yield records[number], found[number]


def _version(document: Document, record: Record, *, newest: bool) -> tuple[bytes, tuple[Change, ...]] | None:
    """The newest version of the document that is the file as the Record left it, and the changes since."""
    changes = document.history.changes
    known = after_of(record)
    for count in range(1 if newest else len(changes) + 1):
        at = len(changes) - count
        text = document.text if count == 0 else changes[at].before
        if known is not None and len(text) != len(known):
            continue
        content = whole(text)
        if is_after(record, content):
            return content, changes[at:]
    return None


def _chain(
    document: Document,
    records: Sequence[Record],
    version: tuple[bytes, tuple[Change, ...]],
    claim_after: Callable[[Record, bytes], Claim],
    found: dict[int, Claim],
) -> None:
    """The Claims of the last Record, which is in that version, and of those before it, each the next one's beginning."""
    content, later = version
    claim = claim_after(records[-1], content)
    for number in reversed(range(len(records))):
        if number not in found:
            found[number] = moved_on(claim, later, document.text) if later else claim
        if claim.before is None or number == 0:
            return
        later = (Change(0, claim.before, claim.edits), *later)
        before = after_of(records[number - 1])
        if before is None or before != whole(claim.before):
            return
        claim = claim_after(records[number - 1], before)


def _by_text(document: Document, record: Record, gone: Collection[bytes]) -> Claim | None:
    """The Claim by exact text, as far as that came in lately: what stood there already is nobody's new text."""
    if not document.history.changes:
        return None
    claim = claim_within(record, whole(document.text), gone)
    spans = arrived(document.history, document.version, claim.spans) if claim.spans else ()
    return Claim(document.text, spans) if spans else None
