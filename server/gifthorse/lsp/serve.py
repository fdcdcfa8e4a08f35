"""One client being served from its first byte to its last: wires the parts together and runs the loop."""

import gc
import logging
import sys
from collections.abc import Callable

from gifthorse.lsp.faults import describe
from gifthorse.lsp.framing import frame
from gifthorse.lsp.pump import Pump, start_reader
from gifthorse.lsp.transport import Streams
from gifthorse.worker.librarian import Promised
from gifthorse.worker.limits import Limits
from gifthorse.worker.pool import Worker

log = logging.getLogger(__name__)

WORKER = (sys.executable, "-P", "-m", "gifthorse", "worker")


def serve(streams: Streams) -> int:
    """Serve the client behind these streams; returns the process's exit code.

    The worker is started first, and what takes long to import is imported while it starts.
    """
    gc.disable()  # nothing of what is imported now is garbage
    pump = Pump(lambda fault: server.pump_fault(fault))  # noqa: PLW0108 - there is no server yet
    promised = Promised()
    worker = Worker(
        WORKER,
        Limits(),  # until it is known what is configured
        lambda reply: pump.post(lambda: session.reply(reply)),
        lambda state: pump.post(lambda: session.worker_state(state)),
        shelves=promised,
    )
    from gifthorse.lsp.announce import Announcer  # noqa: PLC0415 - after the worker's start
    from gifthorse.lsp.roots import Roots  # noqa: PLC0415
    from gifthorse.lsp.rpc import PARSE_ERROR, State  # noqa: PLC0415
    from gifthorse.lsp.server import Server  # noqa: PLC0415
    from gifthorse.lsp.session import Session  # noqa: PLC0415
    from gifthorse.lsp.survey import Survey  # noqa: PLC0415
    from gifthorse.lsp.wire import converter  # noqa: PLC0415
    from gifthorse.store.catalogue import load_catalogue  # noqa: PLC0415

    code = 1

    def leave(how: int) -> None:
        nonlocal code
        code = how
        pump.stop()

    def send(body: bytes) -> None:
        try:
            streams.write(frame(body))
        except OSError:
            leave(gone())  # nobody listens any more

    def gone() -> int:
        return 0 if server.connection.state is State.SHUT_DOWN else 1

    def ended(reason: str) -> None:
        if reason:
            server.connection.refuse(PARSE_ERROR, reason)
        leave(gone())

    session = Session(pump, worker, Roots(load_catalogue()), Announcer(pump))
    promised.shelves = session.around.modules()
    survey = Survey(pump, session, lambda *how: Worker(WORKER, *how, shelves=session.around.modules()))
    server = Server(pump, send, session, survey, leave)
    converter()
    gc.freeze()  # what is loaded now stays for good: the collector need not look at it between two keystrokes
    gc.enable()
    start_reader(pump, streams.source, server.connection.receive, ended)
    pump.run()
    _finish(server.incoming.finish, session.finish, worker.stop)
    return code


def _finish(*ends: Callable[[], None]) -> None:
    """Do what is left to do; whatever goes wrong now must not keep us here."""
    for end in ends:
        try:
            end()
        except Exception as fault:  # noqa: BLE001 - we are leaving
            log.error("while leaving: %s", describe(fault))  # noqa: TRY400 - a message may quote a text
