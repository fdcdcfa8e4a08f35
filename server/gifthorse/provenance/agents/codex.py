"""Codex: `PreToolUse` and `PostToolUse` of its tool apply_patch, in the manner of Claude Code.

Source: the generated JSON schemas of codex-rs/hooks; the input of apply_patch is a patch envelope in `command`.
"""

from collections.abc import Mapping
from typing import Any

from gifthorse.provenance.heard import Answer, Heard, text
from gifthorse.provenance.setup import Command, Entries, claude_like
from gifthorse.provenance.toolcall import changes

EDITS = ("apply_patch", "Edit", "Write")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says."""
    return Heard(
        tool="codex",
        asked=text(payload, "hook_event_name") == "PreToolUse",
        changes=changes(text(payload, "tool_name"), payload.get("tool_input"), EDITS),
        folder=text(payload, "cwd"),
        model=text(payload, "model"),
        session=text(payload, "session_id"),
        prompt=text(payload, "turn_id"),
    )


def answer(asked: bool, refusal: str) -> Answer:
    """Exit code 2 refuses, and the words on standard error are read by the agent."""
    return Answer(words=refusal, code=2) if asked and refusal else Answer()


def _entries(command: Command) -> Mapping[str, Any]:
    return claude_like(command, "PreToolUse", "PostToolUse", "|".join(EDITS), asks=True, timeout=30)


SETUP = Entries(
    ".codex/hooks.json",
    ".codex/hooks.json",
    _entries,
    home="CODEX_HOME",
    note="Codex runs hooks only after you have trusted them: type /hooks there.",
)
