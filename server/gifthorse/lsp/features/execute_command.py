"""workspace/executeCommand: takes a command's one argument apart and hands it to the command's own module."""

from typing import Any

from lsprotocol import types

from gifthorse.lsp.rpc import METHOD_NOT_FOUND, RequestError
from gifthorse.lsp.server import Server
from gifthorse.lsp.wire import InvalidParamsError, structure


def execute_command(server: Server, params: types.ExecuteCommandParams) -> Any:
    """The command's result. Fails with -32602 and a message that says what to do."""
    command = server.commands.get(params.command)
    if command is None:
        known = ", ".join(sorted(server.commands))
        raise RequestError(f"unknown command {params.command[:100]}; there are {known}", METHOD_NOT_FOUND)
    given = list(params.arguments or [])
    try:
        argument = structure(given[0] if given else {}, command.argument, params.command, "arguments[0]")
    except InvalidParamsError as fault:
        raise RequestError(f"{fault}; docs/protocol.md has the shape") from fault
    more = (params.work_done_token,) if command.long else ()
    return command.handler(server, argument, *more)


REQUESTS = {types.WORKSPACE_EXECUTE_COMMAND: execute_command}
