"""Any other agent: the JSON of docs/agents.md, and what `git-ai checkpoint` takes for agents and their completions.

An agent that says nothing of an edit's texts can still tell of it before and after: we look at the file both times.
"""

from collections.abc import Mapping
from typing import Any

from gifthorse.provenance.heard import Answer, Change, Heard, PayloadError, table, text
from gifthorse.provenance.setup import ByHand
from gifthorse.provenance.toolcall import changes

BEFORE = ("before", "before_edit", "pre", "human")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says. Raises PayloadError where it does not say whose edit it was: that is never guessed."""
    tool = text(payload, "tool", "agent_name", "agent")
    if not tool:
        raise PayloadError("`tool` is missing: the name of the agent that made the edit")
    event = text(payload, "event", "hook_event_name", "type")
    return Heard(
        tool=tool,
        asked=event in BEFORE,
        changes=_listed(payload) or changes("", payload, [""]),
        folder=text(payload, "cwd", "repo_working_dir"),
        model=text(payload, "model"),
        session=text(payload, "session", "session_id", "conversation_id"),
        prompt=text(payload, "prompt"),
        kind=text(payload, "kind") or ("inline-completion" if "completion_id" in payload else "agent"),
    )


def _listed(payload: Mapping[str, Any]) -> tuple[Change, ...]:
    """The files of a checkpoint, with their contents where they were told."""
    paths = next((found for name in ("edited_filepaths", "will_edit_filepaths") if (found := payload.get(name))), None)
    contents = table(payload.get("dirty_files"))
    told = [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []
    return tuple(Change(path, content=text(contents, path) if path in contents else None) for path in told)


def answer(asked: bool, refusal: str) -> Answer:
    """Exit code 2 refuses, with the reason on standard error."""
    return Answer(words=refusal, code=2) if asked and refusal else Answer()


SETUP = ByHand(
    "Have the agent run `gifthorse hook generic` after each edit (and before it, with `--block`, to refuse risky ones), "
    "with the JSON of docs/agents.md on standard input."
)
