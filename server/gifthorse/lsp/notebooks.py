"""Notebooks that are open, cell by cell: which documents are their cells, in which order, and under which names.

A cell is a document as any other. Its Regions are kept under the notebook's path and the cell's own id, which nbformat
4.5 has; those of a cell without one last as long as it is open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lsprotocol import types

from gifthorse.lsp.convert import path_of
from gifthorse.lsp.document import Document
from gifthorse.lsp.session import Session

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(slots=True)
class _Notebook:
    """An open notebook: the URIs of its cells in their order, and what is known of each."""

    uri: str
    order: list[str]
    ids: dict[str, str]

    def path(self, cell: str) -> str | None:
        """The name of a cell as a place of a file, or None for what cannot be remembered."""
        path, ident = path_of(self.uri), self.ids.get(cell)
        return None if path is None or ident is None else f"{path}#{ident}"


class Notebooks:
    """The notebooks of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._open: dict[str, _Notebook] = {}

    def open(self, notebook: types.NotebookDocument, texts: Sequence[types.TextDocumentItem]) -> list[Document]:
        """A notebook is open with all its cells."""
        if notebook.uri in self._open:
            self.close(notebook.uri)
        known = _Notebook(notebook.uri, [], {})
        self._open[notebook.uri] = known
        self._know(known, notebook.cells)
        opened = self._open_cells(known, texts)
        known.order = [cell.document for cell in notebook.cells]
        self._session.sheets.arrange(known.uri, known.order)
        return opened

    def restructure(self, uri: str, change: types.NotebookDocumentCellChangeStructure) -> list[Document]:
        """Cells came, went or moved. Returns the documents that were opened."""
        known = self._open.get(uri)
        if known is None:
            return []
        start, count = change.array.start, change.array.delete_count
        added = list(change.array.cells or ())
        self._know(known, added)
        opened = self._open_cells(known, change.did_open or ())
        known.order[start : start + count] = [cell.document for cell in added]
        for gone in change.did_close or ():
            self._session.close(gone.uri)
            known.ids.pop(gone.uri, None)
        self._session.sheets.arrange(uri, known.order)
        return opened

    def describe(self, uri: str, cells: Sequence[types.NotebookCell]) -> None:
        """What is said of some cells is new: one may have got its id only now."""
        known = self._open.get(uri)
        if known is None:
            return
        nameless = [cell.document for cell in cells if cell.document not in known.ids]
        self._know(known, cells)
        for cell in nameless:
            document = self._session.documents.get(cell)
            if document is not None and known.path(cell) is not None:
                self._session.name(replace(document, path=known.path(cell)))

    def cells(self, uri: str) -> tuple[str, ...]:
        """The URIs of an open notebook's cells, in their order."""
        known = self._open.get(uri)
        return tuple(known.order) if known else ()

    def save(self, uri: str) -> list[Document]:
        """The notebook is on disk: so are the places of its Regions."""
        known = self._open.get(uri)
        saved = [uri for uri in (known.order if known else ()) if uri in self._session.documents]
        for cell in saved:
            self._session.save(cell)
        return [self._session.documents[cell] for cell in saved]

    def close(self, uri: str) -> list[str]:
        """The notebook is closed with all its cells. Returns their URIs."""
        known = self._open.pop(uri, None)
        if known is None:
            return []
        for cell in known.order:
            self._session.close(cell)
        self._session.sheets.arrange(uri, ())
        return known.order

    def _open_cells(self, known: _Notebook, texts: Sequence[types.TextDocumentItem]) -> list[Document]:
        session = self._session
        for text in texts:
            if text.uri in session.documents:
                session.close(text.uri)
        session.sheets.expect(text.uri for text in texts)
        return [
            session.open(text.uri, str(text.language_id), text.version, text.text, known.path(text.uri))
            for text in texts
        ]

    def _know(self, known: _Notebook, cells: Sequence[types.NotebookCell]) -> None:
        for cell in cells:
            ident = _id_in(cell.metadata)
            if ident is not None:
                known.ids[cell.document] = ident


def _id_in(metadata: Any) -> str | None:
    """The cell's own id in what the client says of it."""
    places = (metadata, metadata.get("custom")) if isinstance(metadata, dict) else ()
    names = (place.get("id") for place in places if isinstance(place, dict))
    return next((name for name in names if isinstance(name, str) and _ID.fullmatch(name)), None)
