"""OpenCode: a plugin of ours that hands its tool calls to the hook as JSON: `tool.execute.before` and `.after`.

An error thrown before a tool runs refuses it. Source: the types of @opencode-ai/plugin.
"""

import json
from collections.abc import Mapping
from typing import Any

from gifthorse.provenance.heard import Answer, Heard, table, text
from gifthorse.provenance.setup import Command, Files
from gifthorse.provenance.toolcall import changes

EDITS = ("edit", "write", "patch", "apply_patch", "multiedit")

PLUGIN = """\
// Written by `gifthorse hooks install opencode`; `gifthorse hooks uninstall opencode` removes it.
import { spawn } from "node:child_process"

const COMMAND = @COMMAND@
const EDITS = new Set(@EDITS@)

const tell = (event, directory, input, output) =>
  new Promise((resolve) => {
    const child = spawn(COMMAND[0], COMMAND.slice(1), { cwd: directory, stdio: ["pipe", "ignore", "pipe"] })
    let words = ""
    child.on("error", () => resolve({ code: 0, words }))
    child.on("close", (code) => resolve({ code, words }))
    child.stderr.on("data", (data) => { words += data })
    child.stdin.on("error", () => {})
    child.stdin.end(JSON.stringify({ event, directory, input, output: { args: output?.args, metadata: output?.metadata } }))
  })

export const Gifthorse = async ({ directory }) => ({
  "tool.execute.before": async (input, output) => {
    if (!EDITS.has(input.tool)) return
    const { code, words } = await tell("tool.execute.before", directory, input, output)
    if (code === 2) throw new Error(words)
  },
  "tool.execute.after": async (input, output) => {
    if (EDITS.has(input.tool)) await tell("tool.execute.after", directory, input, output)
  },
})
"""


def hear(payload: Mapping[str, Any]) -> Heard:
    """What the payload says; before a tool runs its arguments are in `output`, afterwards in `input`."""
    given, result = table(payload.get("input")), table(payload.get("output"))
    return Heard(
        tool="opencode",
        asked=text(payload, "event") == "tool.execute.before",
        changes=changes(text(given, "tool"), given.get("args") or result.get("args"), EDITS),
        folder=text(payload, "directory"),
        model=text(payload, "model"),
        session=text(given, "sessionID"),
    )


def answer(asked: bool, refusal: str) -> Answer:
    """Exit code 2 refuses: the plugin throws the words on standard error."""
    return Answer(words=refusal, code=2) if asked and refusal else Answer()


def _plugin(command: Command) -> str:
    return PLUGIN.replace("@COMMAND@", json.dumps(command.words)).replace("@EDITS@", json.dumps(EDITS))


SETUP = Files(".config/opencode/plugins", ".opencode/plugins", {"gifthorse.js": _plugin})
