"""Edits of files other than the document that a fix is for: placed in the text that an editor or the disk has now."""

from pathlib import Path
from typing import Any

from gifthorse.lsp.convert import uri_of
from gifthorse.lsp.document import Document
from gifthorse.lsp.edits import text_edits
from gifthorse.lsp.session import Session
from gifthorse.model.finding import Remote
from gifthorse.model.text import Edit, Span, Text
from gifthorse.store.folders import real
from gifthorse.store.regular import read_regular

LARGEST = 1_000_000
"""Bytes of a file on disk that is read to place an edit in it."""


def placed(session: Session, document: Document, remote: Remote) -> tuple[str, int | None, list[dict[str, Any]]] | None:
    """The file's URI, its version where it is open, and the edit; None where it has other lines there by now."""
    root = session.roots.of(document.path).root
    path = root / remote.path
    if document.path is None or (real(path.parent) != root and root not in real(path.parent).parents):
        return None
    open_ = next((one for one in session.documents.values() if one.path and Path(one.path) == path), None)
    try:
        text = open_.text if open_ else Text.of(read_regular(path, LARGEST))
    except OSError:
        return None
    start = text.line_span(remote.first).start if remote.first < text.line_count else len(text)
    if text.slice(Span(start, min(start + len(remote.lines), len(text)))) != remote.lines:
        return None
    edit = Edit(remote.edit.span.shifted(start), remote.edit.new)
    edits = text_edits([edit], text, session.client.encoding)
    return (open_.uri, open_.version, edits) if open_ else (uri_of(str(path)), None, edits)
