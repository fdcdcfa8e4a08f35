"""The command gifthorse.rescan: look at all files again, also at those that were given up."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp import protocol
from gifthorse.lsp.server import Command, Server


def rescan(server: Server, _: protocol.RescanArguments, token: types.ProgressToken | None) -> Any:
    """Scan the workspace; open documents that could not be analysed are tried again."""
    server.session.retry()
    server.survey.forget()
    return server.survey.run(token)


def stop(server: Server, params: types.WorkDoneProgressCancelParams) -> None:
    """The person does not want to wait for it."""
    server.survey.progress.stop(params.token)


COMMANDS = {protocol.RESCAN: Command(protocol.RescanArguments, rescan, long=True)}
NOTIFICATIONS = {types.WINDOW_WORK_DONE_PROGRESS_CANCEL: stop}
