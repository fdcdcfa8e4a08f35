"""Cursor: `preToolUse` before an edit, `afterFileEdit` and `afterTabFileEdit` after one, which tell the exact texts.

Exit code 2 refuses in preToolUse. Source: cursor.com/docs/hooks.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gifthorse.provenance.heard import Answer, Change, Heard, Replacement, first, table, text
from gifthorse.provenance.setup import Command, Entries
from gifthorse.provenance.toolcall import changes

EDITS = ("Write", "StrReplace", "ApplyPatch", "MultiEdit", "Edit", "EditNotebook")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says."""
    event = text(payload, "hook_event_name")
    told = changes("afterFileEdit", payload) if event.startswith("after") else ()
    if event in ("preToolUse", "postToolUse"):
        told = changes(text(payload, "tool_name"), payload.get("tool_input"), EDITS)
    return Heard(
        tool="cursor",
        asked=event == "preToolUse",
        changes=tuple(_placed(change, payload) for change in told),
        folder=text(payload, "cwd") or first(payload.get("workspace_roots")),
        model=text(payload, "model"),
        session=text(payload, "conversation_id"),
        prompt=text(payload, "generation_id"),
        kind="inline-completion" if event == "afterTabFileEdit" else "agent",
    )


def _placed(change: Change, payload: Mapping[str, Any]) -> Change:
    """The Change with the lines that were told with its edits."""
    edits = payload.get("edits")
    if not isinstance(edits, list) or len(edits) != len(change.replacements):
        return change
    lines = [table(table(edit).get("range")).get("start_line_number") for edit in edits]
    return replace(change, replacements=tuple(map(_in_line, change.replacements, lines)))


def _in_line(replacement: Replacement, line: object) -> Replacement:
    return replace(replacement, line=line - 1) if isinstance(line, int) and line > 0 else replacement


def answer(asked: bool, refusal: str) -> Answer:
    """Exit code 2 refuses; the reason is given in both ways that Cursor reads."""
    if not asked or not refusal:
        return Answer("{}\n")
    reason = {"permission": "deny", "user_message": refusal, "agent_message": refusal}
    return Answer(f"{json.dumps(reason)}\n", refusal, 2)


def _entries(command: Command) -> Mapping[str, Any]:
    entry = {"command": command.guarded}
    asking = {**entry, "matcher": "|".join(EDITS)}
    return {"preToolUse": asking, "afterFileEdit": entry, "afterTabFileEdit": entry}


SETUP = Entries(".cursor/hooks.json", ".cursor/hooks.json", _entries, base={"version": 1})
