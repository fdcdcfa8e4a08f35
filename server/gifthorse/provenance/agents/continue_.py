"""Continue's command line, cn: `PreToolUse` and `PostToolUse` of Edit, MultiEdit and Write, as Claude Code has them.

It reads Claude Code's settings, too. Source: extensions/cli/src/hooks of continuedev/continue.
"""

from collections.abc import Mapping
from typing import Any

from gifthorse.provenance.heard import Answer, Heard, text
from gifthorse.provenance.setup import Command, Entries, claude_like
from gifthorse.provenance.toolcall import changes

EDITS = ("Edit", "MultiEdit", "Write", "edit", "multiEdit", "write")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says."""
    return Heard(
        tool="continue",
        asked=text(payload, "hook_event_name") == "PreToolUse",
        changes=changes(text(payload, "tool_name"), payload.get("tool_input"), EDITS),
        folder=text(payload, "cwd"),
        model=text(payload, "model"),
        session=text(payload, "session_id"),
    )


def answer(asked: bool, refusal: str) -> Answer:
    """Exit code 2 refuses, and the words on standard error are read by the agent."""
    return Answer(words=refusal, code=2) if asked and refusal else Answer()


def _entries(command: Command) -> Mapping[str, Any]:
    return claude_like(command, "PreToolUse", "PostToolUse", "|".join(EDITS), asks=True, timeout=30)


SETUP = Entries(".continue/settings.json", ".continue/settings.json", _entries, home="CONTINUE_GLOBAL_DIR")
