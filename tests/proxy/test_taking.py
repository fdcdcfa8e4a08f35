"""Suggestion, acceptance and change -> Record: every message that assistants' servers know, and every client's habits."""

import pytest
from talk import PATH, TAKEN, URI, Talk, claims

from gifthorse.proxy.conversation import lost
from gifthorse.proxy.telling import Teller

START = "import os\n\n\ndef first(path):\n    "
BODY = "handle = open(path)\n    return handle.read()"
END = "\n\n\nlast = 1\n"
AT = len(START)


@pytest.fixture
def talk():
    talk = Talk()
    talk.open(START + END)
    return talk


def offer(talk, words=BODY, ident="one", **more):
    return talk.suggest(talk.item(words, AT, AT, ident, **more), at=AT)


def test_a_suggestion_that_is_taken_is_a_record_of_exactly_its_text(talk):
    item = offer(talk, data={"model": "some-model"})
    talk.tell("textDocument/didShowCompletion", {"item": item})
    talk.replace(AT, AT, BODY)
    talk.run(item)
    assert claims(talk.records) == [("inline-completion", BODY)]
    (record,) = talk.records
    assert (record.source, record.tool, record.model, record.path) == ("proxy", "copilot", "some-model", PATH)
    assert record.text == START + BODY + END
    assert record.edits[0].start == AT
    assert record.time == talk.now


def test_a_short_suggestion_needs_the_clients_word(talk):
    item = offer(talk, "x = 1")
    talk.replace(AT, AT, "x = 1")
    assert talk.records == []
    talk.run(item)
    assert claims(talk.records) == [("inline-completion", "x = 1")]


def test_the_clients_word_may_come_before_the_change(talk):
    item = offer(talk, "x = 1")
    talk.run(item)
    talk.replace(AT, AT, "x = 1")
    assert claims(talk.records) == [("inline-completion", "x = 1")]


def test_a_word_that_came_long_before_counts_no_more(talk):
    item = offer(talk, "x = 1")
    talk.run(item)
    talk.type(0, "# a comment\n")
    talk.replace(AT + 12, AT + 12, "x = 1")
    assert talk.records == []


def test_after_typing_on_only_the_rest_is_claimed(talk):
    item = offer(talk)
    talk.type(AT, BODY[:9])
    talk.replace(AT, AT + 9, BODY)  # the client puts the whole in, over what was typed
    talk.run(item)
    assert claims(talk.records) == [("inline-completion", BODY[9:])]


def test_what_is_shown_and_typed_by_hand_is_nobodys(talk):
    item = offer(talk)
    talk.tell("textDocument/didShowCompletion", {"item": item})
    talk.type(AT, BODY)
    assert talk.records == []


def test_typed_by_hand_is_nobodys_where_the_client_sends_whole_texts_late(talk):
    offer(talk)
    talk.now += 3  # seconds of typing that come as one change
    talk.rewrite(START + BODY + END)
    assert talk.records == []


def test_typed_by_hand_is_nobodys_where_the_client_gathers_keystrokes(talk):
    for number in range(0, 30, 5):
        talk.now += 1
        talk.replace(number, number, "abcde")
    offer_at = AT + 30
    talk.suggest(talk.item(BODY, offer_at, offer_at), at=offer_at)
    talk.now += 3
    talk.replace(offer_at, offer_at, BODY)
    assert talk.records == []


def test_without_any_word_a_text_that_nobody_can_have_typed_is_taken(talk):
    talk.suggest(talk.item(BODY, AT, AT), at=AT)
    talk.now += 0.3
    talk.replace(AT, AT, BODY)
    assert claims(talk.records) == [("inline-completion", BODY)]


def test_a_client_that_sends_single_keystrokes_may_think_for_long(talk):
    talk.type(0, "# hello\n")
    at = AT + 8
    talk.suggest(talk.item(BODY, at, at), at=at)
    talk.now += 60
    talk.replace(at, at, BODY)
    assert claims(talk.records) == [("inline-completion", BODY)]


def test_without_any_word_whole_texts_are_compared(talk):
    talk.suggest(talk.item(BODY, AT, AT), at=AT)
    talk.now += 0.3
    talk.rewrite(START + BODY + END)
    assert claims(talk.records) == [("inline-completion", BODY)]


def test_a_change_and_its_command_are_one_acceptance(talk):
    item = offer(talk)
    talk.replace(AT, AT, BODY)
    talk.run(item)
    talk.run(item)
    assert len(talk.records) == 1


def test_a_client_that_says_what_is_taken_is_believed_when_it_says_nothing(talk):
    first = offer(talk, "x = 1\n    ")
    talk.replace(AT, AT, "x = 1\n    ")
    talk.run(first)
    at = AT + len("x = 1\n    ")
    talk.suggest(talk.item(BODY, at, at, "two"), at=at)
    talk.replace(at, at, BODY)  # a paste, for example
    assert len(talk.records) == 1


def test_what_was_not_shown_is_not_taken_without_a_word(talk):
    item = offer(talk, "x = 1", "shown")
    talk.tell("textDocument/didShowCompletion", {"item": item})
    talk.suggest(talk.item(BODY, AT, AT, "hidden"), at=AT)
    talk.replace(AT, AT, BODY)
    assert talk.records == []


def test_a_paste_of_text_that_stood_in_a_document_is_nobodys(talk):
    talk.open(f"{BODY}\n", "file:///w/other.py")
    talk.suggest(talk.item(BODY, AT, AT), at=AT)
    talk.replace(AT, AT, BODY)
    assert talk.records == []


def test_a_persons_text_that_is_brought_back_is_nobodys():
    talk = Talk()
    talk.open(START + BODY + END)
    talk.replace(AT, AT + len(BODY), "")  # a person cuts it, the assistant suggests it again, and it is pasted
    talk.suggest(talk.item(BODY, AT, AT), at=AT)
    talk.replace(AT, AT, BODY)
    assert talk.records == []


@pytest.mark.parametrize("menu", ["remove_all(first, second)", "configuration", "Map<String, Integer>"])
def test_what_a_menu_of_completions_brings_is_nobodys(talk, menu):
    talk.suggest(talk.item(menu, AT, AT), at=AT)
    talk.replace(AT, AT, menu)
    assert talk.records == []


def test_a_word_that_a_menu_brings_is_no_part_of_a_suggestion(talk):
    talk.suggest(talk.item(BODY, AT, AT), at=AT)
    talk.replace(AT, AT, "handle")
    assert talk.records == []


def test_the_same_text_elsewhere_is_nobodys(talk):
    offer(talk)
    talk.replace(0, 0, BODY)
    assert talk.records == []


def test_parts_are_taken_one_after_the_other(talk):
    item = offer(talk)
    talk.replace(AT, AT, "handle ")
    talk.tell("textDocument/didPartiallyAcceptCompletion", {"item": item, "acceptedLength": 7})
    talk.replace(AT + 7, AT + 7, "= ")
    talk.tell("textDocument/didPartiallyAcceptCompletion", {"item": item, "acceptedLength": 9})
    talk.replace(AT + 9, AT + 9, BODY[9:])
    talk.run(item)
    assert claims(talk.records) == [
        ("partial", "handle "),
        ("partial", "= "),
        ("inline-completion", BODY[9:]),
    ]


def test_of_a_part_only_what_was_not_typed_is_claimed(talk):
    item = offer(talk)
    talk.type(AT, "hand")
    talk.replace(AT + 4, AT + 4, "le ")
    talk.tell("textDocument/didPartiallyAcceptCompletion", {"item": item, "acceptedLength": 7})
    assert claims(talk.records) == [("partial", "le ")]


def test_a_part_counts_from_the_start_of_the_range(talk):
    item = talk.suggest(talk.item(f"    {BODY}", AT - 4, AT, "one"), at=AT)
    talk.replace(AT, AT, "handle ")
    talk.tell("textDocument/didPartiallyAcceptCompletion", {"item": item, "acceptedLength": 11})
    assert claims(talk.records) == [("partial", "handle ")]


def test_a_part_that_was_typed_is_not_taken_by_a_part_that_was_white(talk):
    item = offer(talk)
    talk.type(AT, "handle")
    talk.replace(AT + 6, AT + 6, " ")
    talk.tell("textDocument/didPartiallyAcceptCompletion", {"item": item, "acceptedLength": 7})
    assert talk.records == []


def test_a_line_that_is_taken_without_a_word(talk):
    talk.suggest(talk.item(BODY, AT, AT), at=AT)
    line = BODY[: BODY.index("\n") + 1]
    talk.replace(AT, AT, line)
    assert claims(talk.records) == [("partial", line)]


def test_parts_are_counted_in_utf16(talk):
    words = "s = '𝄞𝄞' + name"
    item = offer(talk, words)
    talk.replace(AT, AT, "s = '𝄞𝄞'")
    talk.tell("textDocument/didPartiallyAcceptCompletion", {"item": item, "acceptedLength": 10})
    assert claims(talk.records) == [("partial", "s = '𝄞𝄞'")]


def next_edit(talk, old, new, ident="next"):
    start = talk.texts[URI].index(old)
    edit = {
        "text": new,
        "textDocument": {"uri": URI, "version": talk.versions[URI]},
        "range": talk.range(start, start + len(old)),
        "command": {"title": "Accept inline edit", "command": TAKEN, "arguments": [ident]},
    }
    talk.suggest(edit, at=0, method="textDocument/copilotInlineEdit", member="edits")
    return start, edit


def test_a_next_edit_claims_what_it_changed(talk):
    start, edit = next_edit(talk, "def first(path):", "def first(path, mode):")
    talk.tell("textDocument/didShowInlineEdit", {"item": {"command": {"arguments": ["next"]}}})
    talk.replace(start, start + len("def first(path):"), "def first(path, mode):")
    talk.run(edit)
    assert claims(talk.records) == [("next-edit", ", mode")]


def test_a_next_edit_that_deletes_claims_nothing(talk):
    start, edit = next_edit(talk, "import os\n", "")
    talk.replace(start, start + 10, "")
    talk.run(edit)
    assert talk.records == []


def test_a_next_edit_that_a_person_makes_is_nobodys(talk):
    start, _ = next_edit(talk, "first(path)", "first(path, mode)")
    talk.type(start + len("first(path"), ", mode")
    assert talk.records == []


@pytest.mark.parametrize("what", ["Reject", "Ignore"])
def test_another_command_about_an_offer_is_no_acceptance(talk, what):
    start, _ = next_edit(talk, "first(path)", "first(path, mode)")
    talk.type(start + len("first(path"), ", mod")
    talk.replace(start + len("first(path, mod"), start + len("first(path, mod"), "e")
    command = f"github.copilot.did{what}NextEditSuggestionItem"
    talk.tell("workspace/executeCommand", {"command": command, "arguments": ["next"]})
    assert talk.records == []


def test_an_acceptance_may_have_a_name_of_its_own(talk):
    start, _ = next_edit(talk, "first(path)", "first(path, mode)")
    talk.replace(start + len("first(path"), start + len("first(path"), ", mode")
    command = "github.copilot.didAcceptNextEditSuggestionItem"
    talk.tell("workspace/executeCommand", {"command": command, "arguments": ["next"]})
    assert claims(talk.records) == [("next-edit", ", mode")]


def test_a_command_without_arguments(talk):
    talk.suggest(talk.item("x = 1", AT, AT, command={"title": "", "command": "some.accepted"}), at=AT)
    talk.replace(AT, AT, "x = 1")
    talk.tell("workspace/executeCommand", {"command": "some.other"})
    assert talk.records == []
    talk.tell("workspace/executeCommand", {"command": "some.accepted"})
    assert claims(talk.records) == [("inline-completion", "x = 1")]


def test_a_panel_is_taken(talk):
    item = talk.item(BODY, AT, AT, "panel")
    talk.suggest(item, at=AT, method="textDocument/copilotPanelCompletion")
    talk.replace(AT, AT, BODY)
    talk.run(item)
    assert claims(talk.records) == [("inline-completion", BODY)]


def test_a_panel_comes_in_parts(talk):
    item = talk.item("x = 1", AT, AT, "panel")
    params = {"textDocument": {"uri": URI}, "position": talk.position(AT), "partialResultToken": "t"}
    ident = talk.ask("textDocument/copilotPanelCompletion", params)
    talk.hear("server", {"method": "$/progress", "params": {"token": "t", "value": {"items": [item]}}})
    talk.answer(ident, {"items": []})
    talk.replace(AT, AT, "x = 1")
    talk.run(item)
    assert claims(talk.records) == [("inline-completion", "x = 1")]


def test_the_older_protocol(talk):
    params = {"doc": {"uri": URI, "position": talk.position(AT), "version": 1}}
    completion = {"uuid": "u1", "text": "x = 1", "range": talk.range(AT, AT), "displayText": "x = 1"}
    talk.answer(talk.ask("getCompletions", params), {"completions": [completion]})
    talk.replace(AT, AT, "x = 1")
    talk.ask("notifyAccepted", {"uuid": "u1"})
    assert claims(talk.records) == [("inline-completion", "x = 1")]


def test_a_list_of_items_without_ranges(talk):
    params = {"textDocument": {"uri": URI}, "position": talk.position(AT)}
    talk.answer(talk.ask("textDocument/inlineCompletion", params), [{"insertText": BODY}])
    talk.replace(AT, AT, BODY)
    assert claims(talk.records) == [("inline-completion", BODY)]


def test_an_item_without_a_range_over_the_rest_of_the_line():
    talk = Talk()
    talk.open("total = su()\n")
    words = "sum(one for one in many if one)"
    talk.suggest({"insertText": words}, at=10)
    talk.replace(8, 12, words)  # the client takes the word and the rest of the line
    assert "".join(new for _, new in claims(talk.records)) == "m(one for one in many if one"


def test_a_snippet_is_the_text_that_it_gives(talk):
    snippet = {"kind": "snippet", "value": "for ${1:each} in range(${2:10}):\n        print(${1:each}, $0'\\$')"}
    talk.suggest({"insertText": snippet, "range": talk.range(AT, AT)}, at=AT)
    plain = "for each in range(10):\n        print(each, '$')"
    talk.replace(AT, AT, plain)
    assert claims(talk.records) == [("inline-completion", plain)]


def test_line_ends_are_the_editors():
    talk = Talk()
    start = START.replace("\n", "\r\n")
    talk.open(start + END)
    item = talk.suggest(talk.item(BODY, len(start), len(start), "one"), at=len(start))
    words = BODY.replace("\n", "\r\n")
    talk.replace(len(start), len(start), words)
    talk.run(item)
    assert claims(talk.records) == [("inline-completion", words)]


def test_indentation_is_the_editors(talk):
    item = offer(talk)
    words = BODY.replace("    ", "\t")
    talk.replace(AT, AT, words)
    talk.run(item)
    assert claims(talk.records) == [("inline-completion", words)]


@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-16", "utf-32"])
def test_positions_are_counted_as_agreed(encoding):
    talk = Talk(encoding=encoding)
    start = "# 𝄞 é ü 漢\nname = '𝄞漢' + "
    talk.open(f"{start}\n")
    words = "decode('𝄞', other) or missing['é']"
    talk.suggest(talk.item(words, len(start), len(start)), at=len(start))
    talk.replace(len(start), len(start), words)
    assert claims(talk.records) == [("inline-completion", words)]


def test_typing_while_the_answer_is_on_its_way(talk):
    params = {"textDocument": {"uri": URI}, "position": talk.position(AT)}
    item = talk.item(BODY, AT, AT, "one")
    ident = talk.ask("textDocument/inlineCompletion", params)
    talk.type(AT, "han")
    talk.replace(0, 0, "# above\n")
    talk.answer(ident, {"items": [item]})
    at = AT + len("# above\n")
    talk.replace(at + 3, at + 3, BODY[3:])
    talk.run(item)
    assert claims(talk.records) == [("inline-completion", BODY[3:])]


def test_several_clients_habits_in_one_message(talk):
    item = offer(talk, "x = 1")
    talk.change([(0, 0, "# above\n"), (AT + 8, AT + 8, "x = 1"), (0, 0, "# more\n")])
    talk.run(item)
    assert [(kind, new) for kind, new in claims(talk.records)] == [("inline-completion", "x = 1")]


def test_delete_then_insert_is_one_acceptance(talk):
    talk.type(AT, "han")
    item = talk.suggest(talk.item(BODY, AT, AT + 3, "one"), at=AT + 3)
    talk.change([(AT, AT + 3, ""), (AT, AT, BODY)])
    talk.run(item)
    ((_, words),) = claims(talk.records)
    assert words == BODY


def test_what_repeats_at_the_edge_is_found(talk):
    """The smallest edit between two whole texts may lie behind the place of the suggestion."""
    talk.open("a\nb = 1\n")
    words = "b = 0\nb = compute(left, right)\n"
    talk.suggest(talk.item(words, 2, 2), at=2)
    talk.rewrite(f"a\n{words}b = 1\n")
    assert len(talk.records) == 1
    assert "compute(left, right)" in claims(talk.records)[0][1]


def test_undo_and_redo_of_an_acceptance_are_told_once(talk):
    talk.suggest(talk.item(BODY, AT, AT), at=AT)
    talk.replace(AT, AT, BODY)
    talk.replace(AT, AT + len(BODY), "")
    talk.replace(AT, AT, BODY)
    assert len(talk.records) == 1


def test_two_documents_do_not_mix(talk):
    other = "file:///w/other.py"
    talk.open("x\n", other)
    item = offer(talk, "x = 1")
    talk.replace(0, 0, "x = 1", other)
    talk.run(item)
    assert talk.records == []


NEW = "untitled:Untitled-1"


@pytest.fixture
def unsaved(talk):
    """A document that is no file, in which a suggestion was taken and a person wrote two words after it."""
    talk.open(START, NEW)
    item = talk.suggest(talk.item(BODY, AT, AT, "one", NEW), at=AT, uri=NEW)
    talk.replace(AT, AT, BODY, NEW)
    talk.replace(AT + 7, AT + 7, "mine ", NEW)
    talk.run(item)
    talk.replace(0, 0, "# a person\n", NEW)
    assert talk.records == []
    return talk


@pytest.mark.parametrize("closed_first", [True, False])
def test_what_is_taken_in_a_document_that_is_no_file_is_told_when_it_is_saved(unsaved, closed_first):
    text = unsaved.texts[NEW]
    if closed_first:
        unsaved.close(NEW)
    unsaved.open(text, "file:///w/saved.py")
    (record,) = unsaved.records
    assert (record.path, record.text, record.kind) == ("/w/saved.py", text, "inline-completion")
    assert [edit.new for edit in record.edits] == [BODY[:7], BODY[7:]]
    for edit in record.edits:
        assert text[edit.start :].startswith(edit.new)
    unsaved.open(text, "file:///w/again.py")
    assert len(unsaved.records) == 1


def test_another_file_is_not_what_was_taken(unsaved):
    unsaved.open(unsaved.texts[NEW] + "x", "file:///w/saved.py")
    assert unsaved.records == []


def test_a_document_that_is_no_file_and_becomes_another_is_forgotten(unsaved):
    text = unsaved.texts[NEW]
    unsaved.close(NEW)
    unsaved.open("something else", NEW)
    unsaved.open(text, "file:///w/saved.py")
    assert unsaved.records == []


def test_a_file_that_is_not_on_disk_yet_makes_one():
    talk = Talk()
    uri = "file:///w/a%20b/new.py"
    talk.open("", uri)
    item = talk.suggest(talk.item(BODY, 0, 0, "one", uri), at=0, uri=uri)
    talk.replace(0, 0, BODY, uri)
    talk.run(item)
    assert [record.path for record in talk.records] == ["/w/a b/new.py"]


def test_closing_forgets(talk):
    item = offer(talk)
    talk.close()
    talk.open(START + END)
    talk.replace(AT, AT, "x = 1")
    talk.run(item)
    assert talk.records == []


def test_after_something_was_lost_nothing_is_claimed_until_the_document_is_opened_again(talk):
    item = offer(talk)
    talk.state = lost(talk.state)
    talk.replace(AT, AT, BODY)
    talk.run(item)
    assert talk.records == []
    talk.open(START + END)
    item = offer(talk, ident="again")
    talk.replace(AT, AT, BODY)
    talk.run(item)
    assert len(talk.records) == 1


@pytest.mark.parametrize(
    ("server", "teller", "name"),
    [
        ("GitHub Copilot Language Server", Teller("s", "x"), "copilot"),
        ("Some  Assistant", Teller("s", "x"), "Some Assistant"),
        ("", Teller("s", "/opt/bin/helpful-server.exe"), "helpful-server"),
        ("Some Assistant", Teller("s", "x", tool="mine", model="m1"), "mine"),
    ],
)
def test_the_tool_has_a_name(server, teller, name):
    talk = Talk(server, teller=teller)
    talk.open(START + END)
    item = offer(talk)
    talk.replace(AT, AT, BODY)
    talk.run(item)
    assert [(record.tool, record.model) for record in talk.records] == [(name, teller.model)]


STRANGE = [None, 1, "x", [], {}, [[]], {"uri": 1}, {"line": "x"}, [{"text": 1}], [{"range": 1, "text": "x"}], [None]]


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize(
    "method",
    [
        "initialize",
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didShowCompletion",
        "textDocument/didShowInlineEdit",
        "textDocument/didPartiallyAcceptCompletion",
        "workspace/executeCommand",
        "notifyAccepted",
        "textDocument/inlineCompletion",
        "$/progress",
    ],
)
def test_strange_messages_change_nothing(talk, method, strange):
    item = offer(talk)
    document = {"textDocument": {"uri": URI}, "contentChanges": []}
    for params in (
        strange,
        {"textDocument": strange},
        {"item": strange, "acceptedLength": strange},
        {**document, "x": strange},
    ):
        if method in {"textDocument/didClose", "textDocument/didOpen"} and params == {**document, "x": strange}:
            continue
        for message in ({"method": method, "params": params}, {"id": strange, "method": method, "params": params}):
            talk.hear("client", message)
            talk.hear("server", message)
        talk.hear("server", {"id": strange, "result": params})
    talk.replace(AT, AT, BODY)
    talk.run(item)
    assert len(talk.records) == 1


def test_a_change_that_cannot_be_read_closes_the_document_for_us(talk):
    item = offer(talk)
    changes = [{"range": {"start": {}, "end": {}}, "text": "x"}]
    talk.tell("textDocument/didChange", {"textDocument": {"uri": URI}, "contentChanges": changes})
    talk.replace(AT, AT, BODY)
    talk.run(item)
    assert talk.records == []


@pytest.mark.parametrize(
    "items", [[{}], [{"insertText": 1}], [{"insertText": "x", "range": 1}], 1, "x", {"items": {}}, [None]]
)
def test_strange_answers_offer_nothing(talk, items):
    ident = talk.ask("textDocument/inlineCompletion", {"textDocument": {"uri": URI}, "position": talk.position(AT)})
    talk.answer(ident, items)
    assert talk.state.offers == ()
