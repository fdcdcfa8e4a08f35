"""Claude Code: `PreToolUse` and `PostToolUse` of its tools Edit, Write, MultiEdit and NotebookEdit.

After an edit it sends the whole file as it was before. Only exit code 2 (or a JSON answer) refuses an edit.
Source: the types of @anthropic-ai/claude-agent-sdk, and the hooks reference of Claude Code.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gifthorse.provenance.heard import Answer, Change, Heard, PayloadError, said, table, text
from gifthorse.provenance.setup import Command, Entries, claude_like
from gifthorse.provenance.toolcall import changes

EDITS = ("Edit", "Write", "MultiEdit", "NotebookEdit")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says. Raises PayloadError where a person has changed the proposal: who wrote what is unknown.

    Copilot's programs read Claude Code's settings, too: what they send is theirs.
    """
    if "hookEventName" in payload or ("timestamp" in payload and "transcript_path" not in payload):
        from gifthorse.provenance.agents import copilot  # noqa: PLC0415  it is rarely so

        return copilot.hear(payload)
    response = table(payload.get("tool_response"))
    heard = Heard(
        tool="claude-code",
        asked=text(payload, "hook_event_name", "hookEventName") == "PreToolUse",
        folder=text(payload, "cwd"),
        model=text(payload, "model"),
        session=text(payload, "session_id", "sessionId"),
        prompt=text(payload, "prompt_id"),
    )
    if response.get("staged"):
        return heard
    if response.get("userModified") is True:
        raise PayloadError("a person changed this edit before it was made, so it is not known who wrote what")
    told = changes(text(payload, "tool_name"), payload.get("tool_input"), EDITS)
    return replace(heard, changes=tuple(_completed(change, response) for change in told))


def _completed(change: Change, response: Mapping[str, Any]) -> Change:
    """The Change with the whole file, as far as the response tells it."""
    if "updated_file" in response:
        original, updated = said(response, ["original_file"]), said(response, ["updated_file"])
        return Change(change.path, content=updated, original=original)
    created = response.get("type") == "create" and response.get("originalFile") is None
    return replace(change, original=said(response, ["originalFile"]), created=created)


def answer(asked: bool, refusal: str) -> Answer:
    """Exit code 2 refuses, and the words on standard error are read by the agent."""
    return Answer(words=refusal, code=2) if asked and refusal else Answer()


def _entries(command: Command) -> Mapping[str, Any]:
    return claude_like(command, "PreToolUse", "PostToolUse", "|".join(EDITS), asks=False, timeout=30)


SETUP = Entries(".claude/settings.json", ".claude/settings.json", _entries, home="CLAUDE_CONFIG_DIR")
