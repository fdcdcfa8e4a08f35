"""The server: one client's connection, the session behind it, and the features found in features/.

A feature is one module with REQUESTS, NOTIFICATIONS (method -> handler of server and params), COMMANDS (name ->
type of the argument and handler) and CAPABILITIES, as far as it has them. Nothing here knows what a feature does.
"""

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

from gifthorse.lsp import features
from gifthorse.lsp.changes import Changes
from gifthorse.lsp.client import Client
from gifthorse.lsp.closed import Closed
from gifthorse.lsp.colleagues import Colleagues
from gifthorse.lsp.faults import describe
from gifthorse.lsp.incoming import Incoming
from gifthorse.lsp.insertions import Insertions
from gifthorse.lsp.notebooks import Notebooks
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.reviews import Reviews
from gifthorse.lsp.rpc import Connection, Routes
from gifthorse.lsp.ruletrials import RuleTrials
from gifthorse.lsp.session import Session
from gifthorse.lsp.survey import Survey

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Command:
    """What `workspace/executeCommand` does under one name: the type of its argument, and the handler.

    The handler of a `long` command gets the client's token for progress, or None, as well.
    """

    argument: type
    handler: Callable[..., Any]
    long: bool = False


class Server:
    """One client being served. Features get this as their first argument."""

    def __init__(
        self,
        pump: Pump,
        send: Callable[[bytes], None],
        session: Session,
        survey: Survey,
        leave: Callable[[int], None],
    ) -> None:
        self.pump = pump
        self.session = session
        self.survey = survey
        self.closed = Closed(pump, session)
        self.insertions = Insertions(session)
        self.notebooks = Notebooks(session)
        self.colleagues = Colleagues(pump, session)
        self.incoming = Incoming(pump, session, self.closed)
        self.reviews = Reviews(session)
        self.changes = Changes(pump, session)
        self.rule_trials = RuleTrials(pump, session)
        self.leave = leave
        self.commands: dict[str, Command] = {}
        self.capabilities: dict[str, Any] = {}
        self.connection = Connection(send, self._routes())
        session.connect(self.connection)

    @property
    def client(self) -> Client:
        """What the client can do."""
        return self.session.client

    def fault(self, where: str) -> None:
        """Something of ours went wrong: the status says so, once; the log has said where."""
        self.session.announcer.degrade("server", f"internal error in {where}; the server's log says where")

    def refused(self, method: str, params: Any) -> None:
        """A notification could not be carried out. After a lost change, our copy of the document is not the client's."""
        given = params if isinstance(params, dict) else {}
        document, notebook = given.get("textDocument"), given.get("notebookDocument")
        if method == "textDocument/didChange" and isinstance(document, dict):
            self.session.lose_step(str(document.get("uri")))
        elif method == "notebookDocument/didChange" and isinstance(notebook, dict):
            for cell in self.notebooks.cells(str(notebook.get("uri"))):
                self.session.lose_step(cell)

    def pump_fault(self, fault: BaseException) -> None:
        """A fault outside of any message."""
        log.error("internal error: %s", describe(fault))
        self.fault("the background")

    def _routes(self) -> Routes:
        requests: dict[str, Callable[[Any], Any]] = {}
        notifications: dict[str, Callable[[Any], Any]] = {}
        for module in feature_modules():
            requests |= self._bound(getattr(module, "REQUESTS", {}))
            notifications |= self._bound(getattr(module, "NOTIFICATIONS", {}))
            self.commands |= getattr(module, "COMMANDS", {})
            self.capabilities = merged(self.capabilities, getattr(module, "CAPABILITIES", {}))
        return Routes(requests, notifications, lambda clean: self.leave(0 if clean else 1), self.fault, self.refused)

    def _bound(self, handlers: Mapping[str, Callable[["Server", Any], Any]]) -> dict[str, Callable[[Any], Any]]:
        return {method: partial(handler, self) for method, handler in handlers.items()}


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Two sets of capabilities as one; what both have are groups, which are merged member by member."""
    return {**one, **other, **{name: {**one[name], **other[name]} for name in one.keys() & other.keys()}}


def feature_modules() -> Iterator[ModuleType]:
    """All features, by the names of their files."""
    for module in pkgutil.iter_modules(features.__path__):
        yield importlib.import_module(f"{features.__name__}.{module.name}")
