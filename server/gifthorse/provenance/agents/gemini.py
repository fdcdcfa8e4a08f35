"""Gemini CLI: `BeforeTool` and `AfterTool` of write_file and replace. It reads JSON, and nothing else, on standard output.

After write_file it does not say what the file was, so we look before. Source: docs/hooks/reference.md of gemini-cli.
"""

from collections.abc import Mapping
from typing import Any

from gifthorse.provenance.heard import Answer, Heard, PayloadError, table, text
from gifthorse.provenance.setup import Command, Entries, claude_like
from gifthorse.provenance.toolcall import changes

EDITS = ("write_file", "replace")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says. Raises PayloadError where a person has changed the proposal: who wrote what is unknown."""
    given = table(payload.get("tool_input"))
    if given.get("modified_by_user") is True:
        raise PayloadError("a person changed this edit before it was made, so it is not known who wrote what")
    return Heard(
        tool="gemini",
        asked=text(payload, "hook_event_name") == "BeforeTool",
        changes=() if table(payload.get("tool_response")).get("error") else changes("", given),
        folder=text(payload, "cwd"),
        model=text(payload, "model"),
        session=text(payload, "session_id"),
    )


def answer(asked: bool, refusal: str) -> Answer:
    """Exit code 2 refuses, and the words on standard error are read by the agent."""
    return Answer(words=refusal, code=2) if asked and refusal else Answer("{}\n")


def _entries(command: Command) -> Mapping[str, Any]:
    return claude_like(command, "BeforeTool", "AfterTool", "|".join(EDITS), asks=True, timeout=30_000)


SETUP = Entries(".gemini/settings.json", ".gemini/settings.json", _entries)
