"""The gate: picks a command and imports only what that command needs.

A command is one module with HELP, `configure(parser)` and `run(arguments) -> exit code`: each public module of
`gifthorse.cli`, and `gifthorse.lsp.command`. They are found by their file names, so a new command is one file;
a word of Python's own has a `_` behind it.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from gifthorse import __version__, cli

EXIT_FAILED = 2
DESCRIPTION = "Look every gift horse in the mouth: what did an AI assistant put into this code, and is it safe?"


def command_modules() -> dict[str, str]:
    """Command name -> module name of every command, without importing one."""
    files = (name for folder in cli.__path__ for name in os.listdir(folder))  # noqa: PTH208  agents wait for `hook`
    names = (name.removesuffix(".py") for name in files if name.endswith(".py"))
    commands = {name.rstrip("_"): f"gifthorse.cli.{name}" for name in names if not name.startswith("_")}
    return dict(sorted({**commands, "lsp": "gifthorse.lsp.command"}.items()))


def load_command(name: str) -> ModuleType:
    """Import the module of one command. Raises KeyError for an unknown name."""
    return importlib.import_module(command_modules()[name])


def parser_for(names: Sequence[str]) -> argparse.ArgumentParser:
    """The command line's parser, holding the given commands only: importing all of them takes time."""
    epilog = "`gifthorse COMMAND --help` says more about one of them."
    parser = argparse.ArgumentParser(prog="gifthorse", description=DESCRIPTION, epilog=epilog)
    parser.add_argument("--version", action="version", version=f"gifthorse {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    for name in names:
        module = load_command(name)
        described = f"{module.HELP[0].upper()}{module.HELP[1:]}."
        module.configure(commands.add_parser(name, help=module.HELP, description=described))
    return parser


def complaint(words: Sequence[str], names: Sequence[str]) -> str:
    """What is wrong with the command that the words begin with, and what to do; nothing where it can be run."""
    if not words:
        return "say which command to run, for example `gifthorse scan .`."
    if words[0] in names or words[0].startswith("-"):
        return ""
    import difflib  # noqa: PLC0415  only a word that is no command needs it

    near = difflib.get_close_matches(words[0], names, 1)
    if near or os.path.exists(words[0]):  # noqa: PTH110  Path.exists raises for names that are too long
        hint = f" Did you mean `gifthorse {near[0] if near else f'scan {words[0]}'}`?"
    else:
        hint = ""
    return f"there is no command {words[0]!r}.{hint}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 nothing found, 1 findings, 2 could not do it."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    names = list(command_modules())
    if wrong := complaint(words, names):
        sys.stderr.write(f"gifthorse: {wrong} `gifthorse --help` lists all commands.\n")
        return EXIT_FAILED
    chosen = [words[0]] if words and words[0] in names else [] if words[:1] == ["--version"] else names
    try:
        parsed = parser_for(chosen).parse_args(words)
        return int(load_command(parsed.command).run(parsed))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_FAILED
    except Exception:  # noqa: BLE001  whatever it is, it must not end with 1, which means "findings"
        sys.excepthook(*sys.exc_info())
        return EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
