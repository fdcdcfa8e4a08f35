"""Windsurf's Cascade: `pre_write_code` and `post_write_code`. Its JSON may hold raw control characters.

Exit code 2 refuses before an edit. Source: docs.windsurf.com/windsurf/cascade/hooks.
"""

from collections.abc import Mapping
from typing import Any

from gifthorse.provenance.heard import Answer, Heard, table, text
from gifthorse.provenance.setup import Command, Entries
from gifthorse.provenance.toolcall import changes

EVENTS = ("pre_write_code", "post_write_code")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says."""
    event, info = text(payload, "agent_action_name"), table(payload.get("tool_info"))
    return Heard(
        tool="windsurf",
        asked=event == "pre_write_code",
        changes=changes(event, info, EVENTS) if event in EVENTS else (),
        folder=text(info, "cwd"),
        model=text(payload, "model_name"),
        session=text(payload, "trajectory_id"),
        prompt=text(payload, "execution_id"),
    )


def answer(asked: bool, refusal: str) -> Answer:
    """Exit code 2 refuses, and the words on standard error are read by the agent."""
    return Answer(words=refusal, code=2) if asked and refusal else Answer()


def _entries(command: Command) -> Mapping[str, Any]:
    return {event: {"command": command.guarded, "show_output": False} for event in EVENTS}


SETUP = Entries(".codeium/windsurf/hooks.json", ".windsurf/hooks.json", _entries)
