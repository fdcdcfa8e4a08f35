"""Copilot: its command line, its cloud agent and VS Code's agent, which send the same things in three spellings.

A hook before an edit that ends with anything but 0 refuses it there, so only a JSON answer does that on purpose.
Source: GitHub's hooks reference; docs/copilot/customization/hooks.md of VS Code.
"""

import json
from collections.abc import Mapping
from typing import Any

from gifthorse.provenance.heard import Answer, Heard, table, text
from gifthorse.provenance.setup import Command, Files
from gifthorse.provenance.toolcall import changes

EDITS = (
    "edit",
    "create",
    "str_replace_editor",
    "apply_patch",
    "Edit",
    "Write",
    "create_file",
    "replace_string_in_file",
    "multi_replace_string_in_file",
    "insert_edit_into_file",
    "edit_notebook_file",
)
RESULTS = ("toolResult", "tool_result", "tool_response", "toolResponse")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says. In one of the spellings only the lack of a result tells that the edit is still to come."""
    result = next((payload[name] for name in RESULTS if name in payload), None)
    event = text(payload, "hook_event_name", "hookEventName").lower()
    outcome = text(table(result), "resultType", "result_type")
    given = next((payload[name] for name in ("toolArgs", "tool_input", "toolInput") if name in payload), None)
    told = changes(text(payload, "toolName", "tool_name"), given, EDITS)
    return Heard(
        tool="copilot",
        asked=event == "pretooluse" if event else result is None,
        changes=told if outcome in ("", "success") else (),
        folder=text(payload, "cwd"),
        model=text(payload, "model"),
        session=text(payload, "sessionId", "session_id"),
    )


def answer(asked: bool, refusal: str) -> Answer:
    """A refusal in both shapes that Copilot's programs read; silence lets the edit through."""
    if not asked or not refusal:
        return Answer()
    decision = {"permissionDecision": "deny", "permissionDecisionReason": refusal}
    specific = {"hookSpecificOutput": {"hookEventName": "PreToolUse", **decision}}
    return Answer(f"{json.dumps({**decision, **specific})}\n", refusal)


def _content(command: Command) -> str:
    windows = f"$input | & {command.shell}" if not command.shared else f"$input | {command.shell}"
    entry = {"type": "command", "bash": command.guarded, "powershell": windows, "timeoutSec": 30}
    return json.dumps({"version": 1, "hooks": {"preToolUse": [entry], "postToolUse": [entry]}}, indent=2) + "\n"


SETUP = Files(".copilot/hooks", ".github/hooks", {"gifthorse.json": _content}, home="COPILOT_HOME")
