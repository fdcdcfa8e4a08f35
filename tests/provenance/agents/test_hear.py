"""What each agent's hooks send, in all their spellings, becomes the same words; and each gets the answer that it expects."""

import json

import pytest

from gifthorse.provenance import agents
from gifthorse.provenance.heard import Answer, Change, Heard, PayloadError, Replacement, read_payload

EDIT = {"file_path": "/r/a.py", "old_string": "one", "new_string": "two", "replace_all": False}
PATCH = (
    "*** Begin Patch\n*** Update File: a.py\n@@ def f():\n keep\n-one\n+two\n\n*** Add File: b.py\n+new\n*** End Patch"
)
BLOCK = "------- SEARCH\none\n=======\ntwo\n+++++++ REPLACE"
SWAP = (Replacement("one", "two"),)
CLAUDE = {"session_id": "s", "cwd": "/r", "transcript_path": "/t", "hook_event_name": "PostToolUse"}
CURSOR = {"conversation_id": "s", "generation_id": "g", "model": "m", "workspace_roots": ["/r"]}
PATCHED = (
    Change("a.py", (Replacement("keep\none\n", "keep\ntwo\n"),)),
    Change("b.py", content="new\n", created=True),
)

CASES = {
    "claude edit": (
        "claude-code",
        {**CLAUDE, "tool_name": "Edit", "tool_input": EDIT, "tool_response": {"originalFile": "one\n"}},
        (Change("/r/a.py", SWAP, original="one\n"),),
    ),
    "claude write": (
        "claude-code",
        {
            **CLAUDE,
            "tool_name": "Write",
            "tool_input": {"file_path": "/r/b.py", "content": ""},
            "tool_response": {"type": "create", "originalFile": None},
        },
        (Change("/r/b.py", content="", created=True),),
    ),
    "claude notebook": (
        "claude-code",
        {
            **CLAUDE,
            "tool_name": "NotebookEdit",
            "tool_input": {"notebook_path": "/r/n.ipynb", "new_source": "1"},
            "tool_response": {"original_file": "{}", "updated_file": '{"a": 1}'},
        },
        (Change("/r/n.ipynb", content='{"a": 1}', original="{}"),),
    ),
    "claude multi": (
        "claude-code",
        {**CLAUDE, "tool_name": "MultiEdit", "tool_input": {"file_path": "/r/a.py", "edits": [EDIT, EDIT]}},
        (Change("/r/a.py", SWAP * 2),),
    ),
    "claude staged": (
        "claude-code",
        {**CLAUDE, "tool_name": "Write", "tool_input": EDIT, "tool_response": {"staged": True}},
        (),
    ),
    "claude reads": ("claude-code", {**CLAUDE, "tool_name": "Read", "tool_input": {"file_path": "/r/a.py"}}, ()),
    "codex": ("codex", {**CLAUDE, "tool_name": "apply_patch", "tool_input": {"command": PATCH}}, PATCHED),
    "codex argv": (
        "codex",
        {**CLAUDE, "tool_name": "shell", "tool_input": {"command": ["apply_patch", PATCH]}},
        PATCHED,
    ),
    "gemini replace": (
        "gemini",
        {"session_id": "s", "hook_event_name": "AfterTool", "tool_name": "replace", "tool_input": EDIT},
        (Change("/r/a.py", SWAP),),
    ),
    "gemini failed": (
        "gemini",
        {"hook_event_name": "AfterTool", "tool_input": EDIT, "tool_response": {"error": "no"}},
        (),
    ),
    "cursor edit": (
        "cursor",
        {**CURSOR, "hook_event_name": "afterFileEdit", "file_path": "/r/a.py", "edits": [EDIT]},
        (Change("/r/a.py", SWAP),),
    ),
    "cursor tab": (
        "cursor",
        {
            **CURSOR,
            "hook_event_name": "afterTabFileEdit",
            "file_path": "/r/a.py",
            "edits": [{**EDIT, "range": {"start_line_number": 10}}],
        },
        (Change("/r/a.py", (Replacement("one", "two", line=9),)),),
    ),
    "cursor write": (
        "cursor",
        {**CURSOR, "hook_event_name": "postToolUse", "tool_name": "Write", "tool_input": {"file_path": "a.py"}},
        (Change("a.py"),),
    ),
    "copilot camel": (
        "copilot",
        {
            "sessionId": "s",
            "toolName": "edit",
            "toolArgs": '{"path":"a.py","old_str":"one","new_str":"two"}',
            "toolResult": {"resultType": "success"},
        },
        (Change("a.py", SWAP),),
    ),
    "copilot failed": (
        "copilot",
        {"toolName": "edit", "toolArgs": {"path": "a", "new_str": "b"}, "toolResult": {"resultType": "failure"}},
        (),
    ),
    "copilot snake": (
        "copilot",
        {"hook_event_name": "PostToolUse", "tool_name": "Edit", "tool_input": PATCH, "tool_result": {}},
        PATCHED,
    ),
    "copilot in vs code": (
        "copilot",
        {
            "hookEventName": "PostToolUse",
            "tool_name": "multi_replace_string_in_file",
            "tool_input": {"replacements": [{"filePath": "/r/a.py", "oldString": "one", "newString": "two"}]},
        },
        (Change("/r/a.py", SWAP),),
    ),
    "windsurf": (
        "windsurf",
        {"agent_action_name": "post_write_code", "tool_info": {"file_path": "/r/a.py", "edits": [EDIT]}},
        (Change("/r/a.py", SWAP),),
    ),
    "cline diff": (
        "cline",
        {
            "hookName": "PostToolUse",
            "workspaceRoots": ["/r"],
            "postToolUse": {"toolName": "replace_in_file", "parameters": {"path": "a.py", "diff": BLOCK}},
        },
        (Change("a.py", SWAP),),
    ),
    "cline write": (
        "cline",
        {"postToolUse": {"toolName": "write_to_file", "parameters": {"path": "a.py", "content": "x"}}},
        (Change("a.py", content="x"),),
    ),
    "continue": (
        "continue",
        {
            **CLAUDE,
            "tool_name": "MultiEdit",
            "tool_input": {"file_path": "/r/a.py", "newContent": "two", "originalContent": "one"},
        },
        (Change("/r/a.py", content="two", original="one"),),
    ),
    "opencode": (
        "opencode",
        {
            "event": "tool.execute.after",
            "directory": "/r",
            "input": {"tool": "edit", "args": {"filePath": "/r/a.py", "oldString": "one", "newString": "two"}},
        },
        (Change("/r/a.py", SWAP),),
    ),
    "generic": (
        "generic",
        {"tool": "mine", "path": "a.py", "edits": [{"old": "one", "new": "two"}]},
        (Change("a.py", SWAP),),
    ),
    "generic, a path alone": ("generic", {"tool": "mine", "path": "a.py"}, (Change("a.py"),)),
    "a checkpoint of an agent": (
        "generic",
        {"type": "ai_agent", "agent_name": "mine", "edited_filepaths": ["a.py"], "dirty_files": {"a.py": "x"}},
        (Change("a.py", content="x"),),
    ),
}


@pytest.mark.parametrize(("agent", "payload", "changes"), CASES.values(), ids=CASES)
def test_an_edit_that_was_made(agent, payload, changes):
    heard = agents.load(agent).hear(payload)
    assert (heard.changes, heard.asked) == (changes, False)


BEFORE = {
    "claude-code": {**CLAUDE, "hook_event_name": "PreToolUse", "tool_name": "Edit", "tool_input": EDIT},
    "codex": {**CLAUDE, "hook_event_name": "PreToolUse", "tool_name": "Edit", "tool_input": EDIT},
    "continue": {**CLAUDE, "hook_event_name": "PreToolUse", "tool_name": "Edit", "tool_input": EDIT},
    "gemini": {"hook_event_name": "BeforeTool", "tool_name": "replace", "tool_input": EDIT},
    "cursor": {**CURSOR, "hook_event_name": "preToolUse", "tool_name": "StrReplace", "tool_input": EDIT},
    "copilot": {"toolName": "edit", "toolArgs": json.dumps(EDIT)},
    "windsurf": {"agent_action_name": "pre_write_code", "tool_info": {**EDIT}},
    "cline": {"hookName": "PreToolUse", "preToolUse": {"toolName": "replace_in_file", "parameters": EDIT}},
    "opencode": {"event": "tool.execute.before", "input": {"tool": "edit"}, "output": {"args": EDIT}},
    "generic": {"event": "before", "tool": "mine", **EDIT},
}
PASSED = {"gemini": Answer("{}\n"), "cursor": Answer("{}\n"), "cline": Answer('{"cancel": false}\n')}
REFUSED = {
    "copilot": ("permissionDecision", "deny"),
    "cline": ("cancel", True),
    "cursor": ("permission", "deny"),
}


def test_every_agent_has_a_case():
    assert set(agents.names()) == set(BEFORE)
    assert {agent for agent, _, _ in CASES.values()} == set(BEFORE)


@pytest.mark.parametrize("agent", BEFORE)
def test_an_edit_that_is_to_be_made(agent):
    heard = agents.load(agent).hear(BEFORE[agent])
    assert heard.asked
    assert heard.changes == (Change("/r/a.py", SWAP),)


@pytest.mark.parametrize("agent", BEFORE)
def test_the_answer_that_lets_an_edit_through(agent):
    module = agents.load(agent)
    assert module.answer(True, "") == module.answer(False, "") == PASSED.get(agent, Answer())
    assert module.answer(False, "too late").code == 0


@pytest.mark.parametrize("agent", BEFORE)
def test_the_answer_that_refuses_one(agent):
    given = agents.load(agent).answer(True, "not like that")
    if agent in REFUSED:
        name, value = REFUSED[agent]
        assert json.loads(given.output)[name] == value
    assert "not like that" in given.words
    assert given.code == (0 if agent in ("copilot", "cline") else 2)


def test_who_and_where():
    heard = agents.load("cursor").hear({**CURSOR, "hook_event_name": "afterTabFileEdit", "file_path": "a", "edits": []})
    assert heard == Heard("cursor", folder="/r", model="m", session="s", prompt="g", kind="inline-completion")


def test_what_copilot_sends_to_claude_codes_hooks_is_copilots():
    payload = {
        "hookEventName": "PostToolUse",
        "tool_name": "create_file",
        "tool_input": {"filePath": "a", "content": ""},
    }
    assert agents.load("claude-code").hear(payload).tool == "copilot"


@pytest.mark.parametrize(
    ("agent", "payload"),
    [
        ("claude-code", {**CLAUDE, "tool_name": "Edit", "tool_input": EDIT, "tool_response": {"userModified": True}}),
        ("gemini", {"hook_event_name": "AfterTool", "tool_input": {**EDIT, "modified_by_user": True}}),
        ("generic", {"path": "a.py", "content": "x"}),
        ("generic", {"editor": "vscode", "edited_filepaths": ["a.py"], "dirty_files": {"a.py": "x"}}),
    ],
)
def test_where_it_is_not_known_who_wrote_it_nothing_is_said(agent, payload):
    with pytest.raises(PayloadError):
        agents.load(agent).hear(payload)


STRANGE = [None, 1, "x", [], {}, [1], {"a": 1}, "*** Begin Patch", "{", True]


@pytest.mark.parametrize("agent", BEFORE)
def test_members_of_any_shape_do_no_harm(agent):
    """Whatever stands where a member should be: an edit is understood or it is not, and nothing breaks."""
    module = agents.load(agent)
    for name in BEFORE[agent]:
        for value in STRANGE:
            try:
                heard = module.hear({**BEFORE[agent], name: value})
            except PayloadError:
                continue
            assert all(isinstance(change.path, str) for change in heard.changes)
            assert isinstance(heard.folder, str)


@pytest.mark.parametrize(
    ("raw", "word"),
    [(b"", "nothing"), (b'{"a": ', "cut off"), (b"[1]", "object"), (b"[" * 200_000, "deeply"), (b"\xff\x00", "JSON")],
)
def test_what_is_no_payload_is_refused_with_a_reason(raw, word):
    with pytest.raises(PayloadError, match=word):
        read_payload(raw)


def test_control_characters_marks_and_wide_text_are_read():
    assert read_payload(b'{"a": "one\ntwo\x01"}') == {"a": "one\ntwo\x01"}
    assert read_payload(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
    assert read_payload('{"a": "é"}'.encode("utf-16")) == {"a": "é"}
