"""`gifthorse proxy -- COMMAND`: runs an assistant's language server and notes which of its suggestions are taken."""

import argparse
import sys

HELP = "run an assistant's language server for an editor, and note which of its suggestions are taken"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = (
        "Give your editor `gifthorse proxy -- COMMAND` in place of COMMAND. Every byte passes through as it is; "
        "the exit code, signals and standard error are the server's own."
    )
    parser.add_argument("--tool", default="", help="how the assistant is called (default: what its server says)")
    parser.add_argument("--model", default="", help="which model it uses (default: what its suggestions say)")
    parser.add_argument("server", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the server, with its arguments")


def run(arguments: argparse.Namespace) -> int:
    """Pass on until the server ends. The exit code is the server's; 127 or 126 where it cannot be started."""
    command = arguments.server[1:] if arguments.server[:1] == ["--"] else arguments.server
    if not command:
        sys.stderr.write(
            "gifthorse proxy: say which server to run, for example: gifthorse proxy -- some-server --stdio\n"
        )
        return 2
    from gifthorse.proxy.relay import CannotStartError, leave, relay  # noqa: PLC0415

    watcher = [sys.executable, "-P", "-m", "gifthorse.proxy.watch"]
    watcher += [f"--command={command[0]}", f"--tool={arguments.tool}", f"--model={arguments.model}"]
    try:
        code = relay(command, watcher)
    except CannotStartError as fault:
        sys.stderr.write(f"gifthorse proxy: {fault}\n")
        return fault.code
    leave(code)
    return code
