"""JSON-RPC over values: every request gets exactly one answer, in every state."""

import json
import logging

import pytest

from gifthorse.lsp.rpc import Connection, Later, RequestError, Routes, State

INITIALIZE = {"processId": None, "rootUri": None, "capabilities": {}}
HOVER = {"textDocument": {"uri": "file:///a.py"}, "position": {"line": 0, "character": 0}}


class Client:
    """The other end: sends messages as bytes and keeps what comes back."""

    def __init__(self, requests=None, notifications=None):
        self.received = []
        self.exits = []
        self.faults = []
        requests = {"initialize": lambda _: {"capabilities": {}}, **(requests or {})}
        routes = Routes(requests, notifications or {}, self.exits.append, self.faults.append)
        self.connection = Connection(lambda body: self.received.append(json.loads(body)), routes)

    def raw(self, body):
        self.connection.receive(body)
        return self.received[-1] if self.received else None

    def send(self, **message):
        return self.raw(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def start(self):
        self.send(id=0, method="initialize", params=INITIALIZE)
        self.received.clear()
        return self


def code(answer):
    return answer["error"]["code"]


def test_a_request_before_initialize_is_refused():
    assert code(Client().send(id=1, method="textDocument/hover", params=HOVER)) == -32002


def test_a_notification_before_initialize_is_dropped():
    seen = []
    Client(notifications={"initialized": seen.append}).send(method="initialized", params={})
    assert seen == []


def test_initialize_twice_is_refused():
    assert code(Client().start().send(id=1, method="initialize", params=INITIALIZE)) == -32600


def test_a_failed_initialize_can_be_repeated():
    client = Client()
    assert code(client.send(id=1, method="initialize", params={"capabilities": 3})) == -32602
    assert "result" in client.send(id=2, method="initialize", params=INITIALIZE)


def test_after_shutdown_every_request_is_refused_and_exit_knows():
    client = Client().start()
    assert client.send(id=1, method="shutdown") == {"jsonrpc": "2.0", "id": 1, "result": None}
    assert code(client.send(id=2, method="textDocument/hover", params=HOVER)) == -32600
    client.send(method="exit")
    assert client.exits == [True]


def test_exit_without_shutdown_knows_too():
    client = Client().start()
    client.send(method="exit")
    assert client.exits == [False]


def test_an_unknown_method_is_refused_and_an_unknown_notification_ignored():
    client = Client().start()
    assert code(client.send(id=1, method="foo/bar", params={})) == -32601
    client.send(method="foo/bar", params={})
    client.send(method="$/setTrace", params={"value": "off"})
    assert len(client.received) == 1


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"", b"[" * 200_000, b'{"id":' + b"1" * 5000 + b"}"])
def test_what_is_not_json_is_a_parse_error(body):
    answer = Client().start().raw(body)
    assert (code(answer), answer["id"]) == (-32700, None)


@pytest.mark.parametrize("body", [b"[]", b"3", b'{"jsonrpc":"2.0","id":1}', b'{"id":null,"method":"shutdown"}'])
def test_what_is_no_message_is_an_invalid_request(body):
    assert code(Client().start().raw(body)) == -32600


def test_invalid_params_are_answered():
    client = Client({"textDocument/hover": lambda _: None}).start()
    answer = client.send(id=1, method="textDocument/hover", params={"textDocument": {}})
    assert code(answer) == -32602
    assert "params.textDocument.uri" in answer["error"]["message"]


def test_an_internal_error_is_answered_and_never_logged_with_values(caplog):
    def handler(_):
        raise ValueError("password = 'hunter2'")

    client = Client({"textDocument/hover": handler}).start()
    with caplog.at_level(logging.DEBUG):
        answer = client.send(id=1, method="textDocument/hover", params=HOVER)
    assert code(answer) == -32603
    assert client.faults == ["textDocument/hover"]
    assert "hunter2" not in caplog.text + json.dumps(answer)
    assert "ValueError" in caplog.text


def test_a_refusal_is_answered_with_its_code():
    def handler(_):
        raise RequestError("there is no such Region; ask gifthorse/regions for the ids")

    client = Client({"textDocument/hover": handler}).start()
    assert code(client.send(id=1, method="textDocument/hover", params=HOVER)) == -32602


def test_a_later_answer_is_sent_once():
    later = Later()
    client = Client({"textDocument/hover": lambda _: later}).start()
    client.send(id="x", method="textDocument/hover", params=HOVER)
    assert client.received == []
    later.resolve(None)
    later.resolve(None)
    later.fail(RequestError("no"))
    later.cancel()
    assert client.received == [{"jsonrpc": "2.0", "id": "x", "result": None}]
    assert client.connection.open_requests == 0


def test_a_running_request_can_be_cancelled():
    told = []
    later = Later(lambda: told.append("cancelled"))
    client = Client({"textDocument/hover": lambda _: later}).start()
    client.send(id=7, method="textDocument/hover", params=HOVER)
    assert code(client.send(method="$/cancelRequest", params={"id": 7})) == -32800
    later.resolve("too late")
    assert (told, len(client.received), client.connection.open_requests) == (["cancelled"], 1, 0)


@pytest.mark.parametrize("params", [None, {}, {"id": [1]}, {"id": None}, {"id": 99}, {"id": True}])
def test_cancelling_what_is_not_there_is_nothing(params):
    client = Client({"textDocument/hover": lambda _: Later()}).start()
    client.send(id=1, method="textDocument/hover", params=HOVER)
    client.send(method="$/cancelRequest", params=params)
    assert client.received == []


def test_an_id_in_use_is_refused():
    client = Client({"textDocument/hover": lambda _: Later()}).start()
    client.send(id=1, method="textDocument/hover", params=HOVER)
    assert code(client.send(id=1, method="textDocument/hover", params=HOVER)) == -32600


def test_shutdown_answers_what_is_open():
    client = Client({"textDocument/hover": lambda _: Later()}).start()
    client.send(id=1, method="textDocument/hover", params=HOVER)
    client.send(id=2, method="shutdown")
    assert {answer["id"]: "result" in answer for answer in client.received} == {1: False, 2: True}
    assert client.connection.state is State.SHUT_DOWN


def test_our_requests_find_their_answers_once():
    client, results = Client().start(), []
    client.connection.request("workspace/codeLens/refresh", None, results.append, lambda: results.append("error"))
    client.connection.request("workspace/codeLens/refresh", None, results.append, lambda: results.append("error"))
    first, second = (message["id"] for message in client.received)
    for _ in range(2):
        client.send(id=second, result=5)
        client.send(id=first, error={"code": -32601, "message": "no"})
    assert results == [5, "error"]
    assert client.connection.open_requests == 0


def test_a_fault_in_a_notification_is_reported_and_life_goes_on():
    def handler(_):
        raise KeyError

    client = Client(notifications={"initialized": handler}).start()
    client.send(method="initialized", params={})
    assert client.faults == ["initialized"]
    assert "result" in client.send(id=1, method="shutdown")
