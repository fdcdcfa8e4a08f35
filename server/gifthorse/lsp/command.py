"""`gifthorse lsp`: serves one client and ends with it.

The analysis process is started before anything heavy is imported, so that both load at the same time.
"""

import argparse
import logging
import os
import sys

HELP = "serve an editor over the Language Server Protocol"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--stdio", action="store_true", help="talk over standard input and output (the default)")
    ways.add_argument("--socket", type=_port, metavar="PORT", help="talk over a socket on 127.0.0.1")
    ways.add_argument("--pipe", metavar="NAME", help="talk over a socket file (on Windows: a named pipe)")
    parser.add_argument(
        "--log-level",
        default="warning",
        choices=["debug", "info", "warning", "error"],
        help="what is written to standard error (never text of your code)",
    )
    parser.add_argument("--clientProcessId", type=int, default=None, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Serve until the client leaves; the exit code is 0 after `shutdown` and `exit`, else 1, and 2 without a client."""
    logging.basicConfig(
        stream=sys.stderr, level=arguments.log_level.upper(), format="%(levelname)s %(name)s: %(message)s"
    )
    from gifthorse.lsp.transport import NoClientError, local_socket, named_pipe, stdio  # noqa: PLC0415

    try:
        if arguments.socket is not None:
            streams = local_socket(arguments.socket)
        elif arguments.pipe is not None:
            streams = named_pipe(arguments.pipe)
        else:
            streams = stdio()
    except (NoClientError, OSError) as fault:
        print(f"gifthorse lsp: {fault}", file=sys.stderr)  # noqa: T201
        return 2
    from gifthorse.lsp.serve import serve  # noqa: PLC0415
    from gifthorse.store.table import CatalogueError  # noqa: PLC0415

    try:
        code = serve(streams)
    except (CatalogueError, ValueError) as fault:
        print(f"gifthorse lsp: the rules cannot be loaded.\n{fault}", file=sys.stderr)  # noqa: T201
        code = 2
    sys.stderr.flush()
    os._exit(code)  # a reader thread may still wait for input that never comes


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
