"""Edits of ours -> the protocol's WorkspaceEdit. A person applies them: what they bring is a person's text."""

from collections.abc import Sequence
from typing import Any

from gifthorse.lsp.convert import range_of
from gifthorse.model.text import Edit, Encoding, Span, Text


def text_edits(edits: Sequence[Edit], text: Text, encoding: Encoding) -> list[dict[str, Any]]:
    """Disjoint edits over one text."""
    return [
        {"range": range_of(edit.span, text, encoding), "newText": edit.new.decode("utf-8", "surrogatepass")}
        for edit in edits
    ]


def workspace_edit(
    uri: str,
    version: int | None,
    edits: Sequence[dict[str, Any]],
    *,
    document_changes: bool,
    others: Sequence[tuple[str, int | None, list[dict[str, Any]]]] = (),
) -> dict[str, Any]:
    """Edits of a document, and of others (as URI, version and edits); bound to versions where the client can tell
    versions apart.
    """
    parts = [part for part in ((uri, version, list(edits)), *others) if part[2]]
    if not document_changes:
        return {"changes": {name: made for name, _, made in parts}}
    changes = [{"textDocument": {"uri": name, "version": number}, "edits": made} for name, number, made in parts]
    return {"documentChanges": changes}


def compatible(chosen: Sequence[Edit], further: Sequence[Edit]) -> bool:
    """Whether further edits can be made together with the chosen ones; an edit that is there already is no conflict."""
    return all(edit in chosen or not any(_conflict(edit.span, other.span) for other in chosen) for edit in further)


def _conflict(one: Span, other: Span) -> bool:
    """Overlap; two insertions at one place too, since their order would be arbitrary."""
    if one == other:
        return True
    if one.start == one.end:
        return other.start < one.start < other.end
    if other.start == other.end:
        return one.start < other.start < one.end
    return one.overlaps(other)
