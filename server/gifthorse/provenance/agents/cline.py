"""Cline: programs named after the event, `PreToolUse` and `PostToolUse`, which must always answer with `cancel`.

Source: docs/features/hooks/hook-reference.mdx of cline/cline.
"""

import json
from collections.abc import Mapping
from typing import Any

from gifthorse.provenance.heard import Answer, Heard, first, table, text
from gifthorse.provenance.setup import Command, Files
from gifthorse.provenance.toolcall import changes

EDITS = ("write_to_file", "replace_in_file", "apply_patch")


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says."""
    before, after = table(payload.get("preToolUse")), table(payload.get("postToolUse"))
    call, model = before or after, payload.get("model")
    told = changes(text(call, "toolName", "tool"), call.get("parameters"), EDITS)
    return Heard(
        tool="cline",
        asked=text(payload, "hookName") == "PreToolUse" or bool(before),
        changes=() if after.get("success") is False else told,
        folder=first(payload.get("workspaceRoots")),
        model=model if isinstance(model, str) else text(table(model), "slug", "id"),
        session=text(payload, "taskId"),
    )


def answer(asked: bool, refusal: str) -> Answer:
    """Without an answer the task would stop."""
    if asked and refusal:
        return Answer(f"{json.dumps({'cancel': True, 'errorMessage': refusal})}\n", refusal)
    return Answer('{"cancel": false}\n')


def _script(command: Command) -> str:
    absent = f"command -v {command.words[0]} >/dev/null 2>&1 || {{ echo '{{\"cancel\": false}}'; exit 0; }}\n"
    return f"#!/bin/sh\n# Written by `gifthorse hooks install cline`.\n{absent}exec {command.shell}\n"


SETUP = Files(
    "Documents/Cline/Hooks",
    ".clinerules/hooks",
    {"PreToolUse": _script, "PostToolUse": _script},
    executable=True,
    note="Cline runs hooks only where its setting `Enable Hooks` is on.",
)
