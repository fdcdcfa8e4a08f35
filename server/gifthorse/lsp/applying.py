"""Asking the client to make an edit, and what comes of that. What is edited is decided elsewhere."""

from collections.abc import Callable
from functools import partial
from typing import Any

from gifthorse.lsp.rpc import Connection, Later


def ask_to_apply(
    connection: Connection, edit: dict[str, Any], label: str, then: Callable[[], None] = lambda: None
) -> Later:
    """Have the client make a WorkspaceEdit; the answer says whether it did, and `then` is done if so."""
    later = Later()

    def answered(answer: Any) -> None:
        applied = isinstance(answer, dict) and answer.get("applied") is True
        if applied:
            then()
        later.resolve({"applied": applied})

    refused = partial(later.resolve, {"applied": False})
    connection.request("workspace/applyEdit", {"label": label, "edit": edit}, answered, refused)
    return later
