"""What a person says of Regions: written down first, shown then. Every entry from here is unsigned."""

from collections.abc import Sequence
from dataclasses import replace

from gifthorse.lsp.applying import ask_to_apply
from gifthorse.lsp.clock import now
from gifthorse.lsp.disputes import written_disputes
from gifthorse.lsp.document import Document
from gifthorse.lsp.edits import text_edits, workspace_edit
from gifthorse.lsp.records import reviewer
from gifthorse.lsp.rpc import Later, RequestError
from gifthorse.lsp.session import Session
from gifthorse.model.review import Standing, Verdict
from gifthorse.model.text import Span
from gifthorse.provenance.follow import digest_of, mark_human, set_standing
from gifthorse.provenance.reject import rejection


class Reviews:
    """The reviews of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def judge(self, document: Document, region: str, standing: Standing, comment: str) -> None:
        """A person approves or disputes exactly the present content of a Region."""
        content = digest_of(document.holdings, document.text, region)
        verdict = Verdict(region, standing, content, now(), reviewer(), comment, proven=False)
        holdings = set_standing(document.holdings, document.text, region, standing)
        self._session.records.judged(replace(document, holdings=holdings), verdict)
        self._session.hold(document, holdings)

    def written(self, document: Document) -> None:
        """Disputes in comments of the analysed document; each counts once."""
        comments = document.report.comments if document.report else ()
        for region, comment in written_disputes(document.text, comments, document.regions):
            current = self._session.documents[document.uri]
            if not self._session.records.was_disputed(current, region, comment):
                self.judge(current, region, Standing.DISPUTED, comment)

    def mark_human(self, document: Document, spans: Sequence[Span]) -> tuple[str, ...]:
        """These spans are a person's after all; returns the Regions that they were taken from. Nothing is erased: the
        record keeps what they were, who called them human, and when.
        """
        found = (region.id for span in spans for region in document.holdings.overlapping(span))
        touched = tuple(dict.fromkeys(found))
        if touched:
            holdings = document.holdings
            for span in spans:
                holdings = mark_human(holdings, document.text, span)
            self._session.records.marked_human(replace(document, holdings=holdings), touched)
            self._session.hold(document, holdings)
        return touched

    def reject(self, document: Document, region_id: str) -> Later:
        """Have the client put back what a Region replaced; it is gone once the client has done so."""
        region = document.holdings.region(region_id)
        replaced = self._session.records.replaced(document.path, region.insertion) if region else None
        if region is None or replaced is None:
            raise RequestError("what this Region replaced is not known, so it cannot be put back; edit by hand")
        edits = text_edits(rejection(region, document.text, replaced), document.text, self._session.client.encoding)
        changes = workspace_edit(
            document.uri, document.shown_version, edits, document_changes=self._session.client.document_changes
        )
        return ask_to_apply(
            self._session.connection,
            changes,
            "Gifthorse: reject an insertion",
            lambda: self._rejected(document.uri, region_id),
        )

    def _rejected(self, uri: str, region_id: str) -> None:
        document = self._session.documents.get(uri)
        if document is not None:
            self._session.records.removed(document, region_id)
