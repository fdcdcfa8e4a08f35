"""Somebody else's JSON, with comments and all: what is put in can be taken out, and not a byte beside it changes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.store import jsonedit
from gifthorse.store.jsonedit import JsonError

PATH = ["hooks", "Post"]
ENTRY = {"matcher": "Edit", "hooks": [{"type": "command", "command": "gifthorse hook x"}]}
TEXTS = {
    "empty": "{}",
    "empty, two lines": "{\n}\n",
    "one line": '{"a": 1}',
    "two blanks": '{\n  "a": 1\n}\n',
    "tabs": '{\n\t"hooks": {\n\t\t"Post": [\n\t\t\t1\n\t\t]\n\t}\n}\n',
    "four blanks": '{\n    "hooks": {\n        "Other": []\n    }\n}\n',
    "windows": '{\r\n  "hooks": {\r\n    "Post": [\r\n      {"x": 1}\r\n    ]\r\n  }\r\n}\r\n',
    "comments": '// top\n{\n  // in\n  "hooks": { /* here */\n    "Post": [\n      1 // one\n    ] // end\n  }, // more\n}\n',
    "a trailing comma": '{\n  "hooks": {\n    "Post": [\n      1,\n    ],\n  },\n}\n',
    "an empty list": '{"hooks": {"Post": []}}',
    "a comment alone": "{ // only\n}",
    "signs in strings": '{\n  "a": "]}, // \\" /*",\n  "hooks": {}\n}\n',
    "the same name twice": '{"hooks": 1, "hooks": {"Post": [1]}}',
    "a mark": '\ufeff{\n  "a": 1\n}\n',
}


def value(text):
    return jsonedit.plain(text, jsonedit.read(text))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_an_entry_goes_in_and_nothing_else_changes(text):
    insertions = jsonedit.appended(text, PATH, ENTRY)
    after = jsonedit.apply(text, insertions)
    known = value(text)
    hooks = known.get("hooks", {})
    expected = {**known, "hooks": {**hooks, "Post": [*hooks.get("Post", []), ENTRY]}}
    assert value(after) == expected
    spans = jsonedit.shifted([], insertions)
    for low, high in reversed(spans):
        after = after[:low] + after[high:]
    assert after == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_several_entries_come_out_as_they_went_in(text):
    after, spans = text, []
    for name in ("Post", "Pre", "Post"):
        insertions = jsonedit.appended(after, ["hooks", name], ENTRY)
        after, spans = jsonedit.apply(after, insertions), jsonedit.shifted(spans, insertions)
    for low, high in reversed(spans):
        after = after[:low] + after[high:]
    assert after == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_an_entry_can_be_found_and_taken_out(text):
    after = jsonedit.apply(text, jsonedit.appended(text, PATH, ENTRY))
    number = value(after)["hooks"]["Post"].index(ENTRY)
    known = value(text)
    hooks = known.get("hooks", {})
    expected = {**known, "hooks": {**hooks, "Post": hooks.get("Post", [])}}
    assert value(jsonedit.without(after, [*PATH, number])) == expected


@pytest.mark.parametrize("name", ["tabs", "windows", "comments", "an empty list"])
def test_where_there_was_a_list_not_a_byte_is_left_behind(name):
    text = TEXTS[name]
    after = jsonedit.apply(text, jsonedit.appended(text, PATH, ENTRY))
    number = value(after)["hooks"]["Post"].index(ENTRY)
    assert jsonedit.without(after, [*PATH, number]) == text


def test_the_first_and_the_middle_one_can_be_taken_out():
    text = '{"a": [1, 2, 3]}'
    assert value(jsonedit.without(text, ["a", 0])) == {"a": [2, 3]}
    assert value(jsonedit.without(text, ["a", 1])) == {"a": [1, 3]}
    assert value(jsonedit.without(text, ["a"])) == {}


def test_the_style_of_the_text_is_kept():
    after = jsonedit.apply(TEXTS["tabs"], jsonedit.appended(TEXTS["tabs"], PATH, ENTRY))
    assert '\n\t\t\t{\n\t\t\t\t"matcher"' in after
    flat = jsonedit.apply(TEXTS["one line"], jsonedit.appended(TEXTS["one line"], PATH, ENTRY))
    assert "\n" not in flat


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "missing"),
        ("[1]", "not an object"),
        ('{"hooks": []}', "not an object"),
        ('{"hooks": {"Post": 3}}', "not a list"),
        ('{"a" 1}', "colon"),
        ('{"a": 1 "b": 2}', "comma"),
        ("{\n\n'a': 1}", "line 3"),
        ('{"a": 1} x', "behind"),
        ('{"a": [1}', "missing"),
        ("[" * 10_000, "deeply"),
        ('{"a": "', "missing"),
    ],
)
def test_what_cannot_be_changed_is_said_with_its_line(text, word):
    with pytest.raises(JsonError, match=word):
        jsonedit.appended(text, PATH, ENTRY)


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner))


@given(st.dictionaries(st.text(max_size=3), JSON, max_size=4), st.sampled_from([None, 1, 2, "\t"]))
def test_any_json_keeps_its_value_and_its_bytes(whole, indent):
    text = json.dumps(whole, indent=indent)
    assert value(text) == whole
    if not isinstance(whole.get("hooks", {}), dict):
        return
    insertions = jsonedit.appended(text, PATH, ENTRY)
    after = jsonedit.apply(text, insertions)
    assert value(after)["hooks"]["Post"][-1] == ENTRY
    for low, high in reversed(jsonedit.shifted([], insertions)):
        after = after[:low] + after[high:]
    assert after == text
