"""JSON-RPC as the Language Server Protocol uses it: every request gets exactly one answer, in every state.

Knows lifecycle, ids, cancellation and error codes; what the methods do is told by `Route`s. It opens no stream.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import msgspec
from lsprotocol.types import ErrorCodes, LSPErrorCodes

from gifthorse.lsp.faults import describe
from gifthorse.lsp.wire import InvalidParamsError, structure_params, to_json

log = logging.getLogger(__name__)
_ENCODER = msgspec.json.Encoder()

PARSE_ERROR = int(ErrorCodes.ParseError)
INVALID_REQUEST = int(ErrorCodes.InvalidRequest)
METHOD_NOT_FOUND = int(ErrorCodes.MethodNotFound)
INVALID_PARAMS = int(ErrorCodes.InvalidParams)
INTERNAL_ERROR = int(ErrorCodes.InternalError)
NOT_INITIALIZED = int(ErrorCodes.ServerNotInitialized)
REQUEST_CANCELLED = int(LSPErrorCodes.RequestCancelled)
REQUEST_FAILED = int(LSPErrorCodes.RequestFailed)
CONTENT_MODIFIED = int(LSPErrorCodes.ContentModified)

Id = str | int
Handler = Callable[[Any], Any]
"""Typed params in; out comes the result, a `Later`, or RequestError is raised."""


class RequestError(Exception):
    """A request that cannot be fulfilled: the code of the protocol, and a message that says what to do."""

    def __init__(self, message: str, code: int = INVALID_PARAMS) -> None:
        super().__init__(message)
        self.code = code


class Later:
    """The answer to a request that is not there yet. Only the first outcome counts; all others are nothing."""

    def __init__(self, on_cancel: Callable[[], None] = lambda: None) -> None:
        self._outcome: tuple[Any, RequestError | None] | None = None
        self._listener: Callable[[Any, RequestError | None], None] | None = None
        self.on_cancel = on_cancel

    @property
    def settled(self) -> bool:
        """Whether it has been answered, or cancelled by the client."""
        return self._outcome is not None

    def resolve(self, result: Any) -> None:
        """Answer with a result."""
        self._settle(result, None)

    def fail(self, failure: RequestError) -> None:
        """Answer with an error."""
        self._settle(None, failure)

    def cancel(self) -> None:
        """The client does not want it any more."""
        if not self.settled:
            self._settle(None, RequestError("cancelled by the client", REQUEST_CANCELLED))
            self.on_cancel()

    def listen(self, listener: Callable[[Any, RequestError | None], None]) -> None:
        """Be told the outcome, at once where it is there already."""
        self._listener = listener
        if self._outcome is not None:
            listener(*self._outcome)

    def _settle(self, result: Any, failure: RequestError | None) -> None:
        if self._outcome is None:
            self._outcome = (result, failure)
            if self._listener is not None:
                self._listener(result, failure)


class State(Enum):
    """Where in the life of a connection we are."""

    CREATED = auto()
    RUNNING = auto()
    SHUT_DOWN = auto()


@dataclass(frozen=True, slots=True)
class Routes:
    """What is done for each method.

    `on_exit` is called with whether `shutdown` came before, `on_fault` with where a fault of ours was, `on_refused` with
    a notification that could not be carried out.
    """

    requests: Mapping[str, Handler]
    notifications: Mapping[str, Handler]
    on_exit: Callable[[bool], None]
    on_fault: Callable[[str], None]
    on_refused: Callable[[str, Any], None] = lambda _method, _params: None


@dataclass(slots=True)
class Connection:
    """One client: takes in bodies of messages, gives out bodies of messages through `send`."""

    send: Callable[[bytes], None]
    routes: Routes
    state: State = State.CREATED
    _pending: dict[Id, Later] = field(default_factory=dict)
    _asked: dict[Id, tuple[Callable[[Any], None], Callable[[], None]]] = field(default_factory=dict)
    _last_id: int = 0

    @property
    def open_requests(self) -> int:
        """How many requests, in both directions, wait for their answer."""
        return len(self._pending) + len(self._asked)

    def receive(self, body: bytes) -> None:
        """Handle one message of the client."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            self._fail(None, PARSE_ERROR, "not JSON")
            return
        if not isinstance(message, dict):
            self._fail(None, INVALID_REQUEST, "a message is one JSON object")
        elif isinstance(message.get("method"), str):
            self._receive_call(message)
        elif "result" in message or "error" in message:
            self._receive_answer(message)
        else:
            self._fail(_id_of(message), INVALID_REQUEST, "neither a request, a notification nor an answer")

    def refuse(self, code: int, message: str) -> None:
        """Say that what came was no message at all."""
        self._fail(None, code, message)

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": to_json(params)})

    def request(
        self,
        method: str,
        params: Any,
        on_result: Callable[[Any], None] = lambda _: None,
        on_error: Callable[[], None] = lambda: None,
    ) -> None:
        """Ask the client; exactly one of the two is called with its answer, if it ever answers."""
        self._last_id += 1
        ident = f"gifthorse-{self._last_id}"
        self._asked[ident] = (on_result, on_error)
        message = {"jsonrpc": "2.0", "id": ident, "method": method}
        self._send(message if params is None else {**message, "params": to_json(params)})

    def _receive_call(self, message: dict[str, Any]) -> None:
        method, params = message["method"], message.get("params")
        if "id" not in message:
            self._notification(method, params)
            return
        ident = _id_of(message)
        refusal = self._refusal(method, ident)
        if ident is None or refusal is not None:
            self._fail(ident, *(refusal or (INVALID_REQUEST, "an id is a string or a number")))
            return
        self._request(ident, method, params)

    def _refusal(self, method: str, ident: Id | None) -> tuple[int, str] | None:
        if self.state is State.CREATED and method != "initialize":
            return NOT_INITIALIZED, "the first request is initialize"
        if self.state is State.SHUT_DOWN or (method == "initialize" and self.state is State.RUNNING):
            return INVALID_REQUEST, f"{method} is not possible any more"
        if ident in self._pending:
            return INVALID_REQUEST, "this id belongs to a request that is still open"
        return None

    def _request(self, ident: Id, method: str, params: Any) -> None:
        try:
            outcome = self._call(self.routes.requests, method, params)
        except RequestError as failure:
            self._fail(ident, failure.code, str(failure))
        except Exception as fault:  # noqa: BLE001 - a request is answered even when we are wrong
            self._report(method, fault)
            self._fail(ident, INTERNAL_ERROR, f"internal error in {method}; the log of the server says where")
        else:
            self._advance(method)
            self._await(ident, outcome) if isinstance(outcome, Later) else self._succeed(ident, outcome)

    def _call(self, handlers: Mapping[str, Handler], method: str, params: Any) -> Any:
        if method == "shutdown":
            return None
        if method not in handlers:
            raise RequestError(f"unknown method {method[:100]}", METHOD_NOT_FOUND)
        try:
            typed = structure_params(method, params)
        except InvalidParamsError as fault:
            raise RequestError(str(fault)) from fault
        return handlers[method](typed)

    def _advance(self, method: str) -> None:
        if method == "initialize":
            self.state = State.RUNNING
        elif method == "shutdown":
            self.state = State.SHUT_DOWN
            for later in list(self._pending.values()):
                later.cancel()

    def _await(self, ident: Id, later: Later) -> None:
        self._pending[ident] = later
        later.listen(lambda result, failure: self._settled(ident, result, failure))

    def _settled(self, ident: Id, result: Any, failure: RequestError | None) -> None:
        del self._pending[ident]
        if failure is None:
            self._succeed(ident, result)
        else:
            self._fail(ident, failure.code, str(failure))

    def _notification(self, method: str, params: Any) -> None:
        if method == "exit":
            self.routes.on_exit(self.state is State.SHUT_DOWN)
        elif method == "$/cancelRequest":
            self._cancel(params)
        elif self.state is State.RUNNING and method in self.routes.notifications:
            self._run_notification(method, params)

    def _run_notification(self, method: str, params: Any) -> None:
        try:
            self._call(self.routes.notifications, method, params)
        except RequestError as failure:
            log.warning("%s was not carried out: %s", method, failure)
            self.routes.on_refused(method, params)
        except Exception as fault:  # noqa: BLE001 - the next message must still be handled
            self._report(method, fault)

    def _cancel(self, params: Any) -> None:
        ident = _id_of(params) if isinstance(params, dict) else None
        if ident in self._pending:
            self._pending[ident].cancel()

    def _receive_answer(self, message: dict[str, Any]) -> None:
        ident = _id_of(message)
        on_result, on_error = self._asked.pop(ident, (None, None)) if ident is not None else (None, None)
        if on_result is None or on_error is None:
            return
        try:
            on_error() if "error" in message else on_result(message.get("result"))
        except Exception as fault:  # noqa: BLE001 - the next message must still be handled
            self._report("an answer of the client", fault)

    def _report(self, where: str, fault: Exception) -> None:
        log.error("internal error in %s: %s", where, describe(fault))
        self.routes.on_fault(where)

    def _succeed(self, ident: Id, result: Any) -> None:
        self._send({"jsonrpc": "2.0", "id": ident, "result": to_json(result)})

    def _fail(self, ident: Id | None, code: int, message: str) -> None:
        self._send({"jsonrpc": "2.0", "id": ident, "error": {"code": code, "message": message}})

    def _send(self, message: dict[str, Any]) -> None:
        self.send(encoded(message))


def encoded(message: dict[str, Any]) -> bytes:
    """A message as JSON. The quick encoder refuses a few things that are allowed, such as lone surrogates and ids beyond
    64 bits: the standard library's writes these, in ASCII.
    """
    try:
        return _ENCODER.encode(message)
    except (ValueError, TypeError, OverflowError):
        return json.dumps(message, separators=(",", ":"), check_circular=False).encode("ascii")


def _is_id(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _id_of(message: dict[str, Any]) -> Id | None:
    ident = message.get("id")
    return ident if _is_id(ident) else None
