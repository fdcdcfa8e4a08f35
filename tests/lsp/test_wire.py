"""Params from JSON: strict about shapes, tolerant of what newer clients say."""

import pytest
from lsprotocol import types

from gifthorse.lsp import protocol
from gifthorse.lsp.wire import InvalidParamsError, structure_params, to_json

POSITION = {"line": 0, "character": 0}
RANGE = {"start": POSITION, "end": POSITION}


def test_unknown_enum_values_are_kept_as_they_are():
    params = {
        "processId": None,
        "rootUri": None,
        "capabilities": {
            "general": {"positionEncodings": ["utf-8", "utf-99"]},
            "textDocument": {
                "completion": {"completionItem": {"tagSupport": {"valueSet": [1, 77]}}},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "new.kind"]}}},
            },
            "workspace": {"symbol": {"symbolKind": {"valueSet": [1, 900]}}},
        },
    }
    general = structure_params("initialize", params).capabilities.general
    assert general.position_encodings == [types.PositionEncodingKind.Utf8, "utf-99"]


@pytest.mark.parametrize(
    ("method", "params", "place"),
    [
        ("textDocument/hover", None, "params"),
        ("textDocument/hover", [], "params"),
        ("textDocument/hover", {"position": POSITION}, "params.textDocument"),
        ("textDocument/hover", {"textDocument": {"uri": 5}, "position": POSITION}, "params.textDocument.uri"),
        (
            "textDocument/hover",
            {"textDocument": {"uri": "a"}, "position": {"line": -1, "character": 0}},
            "params.position",
        ),
        (
            "textDocument/didChange",
            {"textDocument": {"uri": "a", "version": 1}, "contentChanges": [{"text": None}]},
            "params.contentChanges",
        ),
        (
            "textDocument/didChange",
            {"textDocument": {"uri": "a", "version": 1}, "contentChanges": "abc"},
            "contentChanges",
        ),
        (
            protocol.DID_INSERT,
            {
                "textDocument": {"uri": "a", "version": 1},
                "ranges": [RANGE, {"start": 1}],
                "origin": {"tool": "x", "kind": "chat"},
            },
            "params.ranges[1]",
        ),
        (protocol.DID_INSERT, {"textDocument": {"uri": "a", "version": True}, "ranges": []}, "params.origin"),
    ],
)
def test_a_wrong_shape_is_refused_by_place(method, params, place):
    with pytest.raises(InvalidParamsError, match=place.replace("[", r"\[").replace("]", r"\]")):
        structure_params(method, params)


def test_the_refusal_never_quotes_a_value():
    with pytest.raises(InvalidParamsError) as caught:
        structure_params(
            "textDocument/didOpen", {"textDocument": {"uri": "a", "languageId": "x", "version": "hunter2", "text": 3}}
        )
    assert "hunter2" not in str(caught.value)


def test_numbers_of_clients_that_know_only_one_kind_of_number():
    params = {"textDocument": {"uri": "a"}, "position": {"line": 3.0, "character": 0}}
    assert structure_params("textDocument/hover", params).position.line == 3


def test_our_own_messages_are_camel_case_on_the_wire():
    params = {
        "textDocument": {"uri": "file:///a", "version": 3},
        "ranges": [RANGE],
        "origin": {"tool": "copilot", "kind": "inline-completion", "model": "m", "session": "s", "more": 1},
        "evidence": "reported",
    }
    read = structure_params(protocol.DID_INSERT, params)
    assert (read.text_document.version, read.origin.model, read.evidence) == (3, "m", "reported")
    assert "textDocument" in to_json(read)


def test_lone_surrogates_in_a_document_survive():
    params = {"textDocument": {"uri": "a", "languageId": "x", "version": 1, "text": "\ud800"}}
    assert structure_params("textDocument/didOpen", params).text_document.text == "\ud800"
