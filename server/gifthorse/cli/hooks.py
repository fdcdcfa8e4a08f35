"""`gifthorse hooks`: has agents tell Gifthorse of their edits, shows which do, and takes that back.

What an agent's configuration looks like is provenance/agents/'s; writing it is store/agentconfig.py's.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.provenance import agents

if TYPE_CHECKING:
    from gifthorse.provenance.setup import Command
    from gifthorse.store.agentconfig import Place

HELP = "have coding agents tell Gifthorse of their edits, or refuse risky ones"
DONE, FAILED = 0, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = f"The agents: {', '.join(agents.names())}. What each one needs: docs/agents.md."
    parser.add_argument("action", choices=["install", "status", "uninstall"], help="what to do")
    parser.add_argument(
        "agent", nargs="?", choices=agents.names(), metavar="AGENT", help="which agent; for status, all"
    )
    parser.add_argument(
        "--project", metavar="DIR", nargs="?", const=".", help="only in this project (default: everywhere, for you)"
    )
    parser.add_argument("--block", action="store_true", help="have risky edits refused before they are made")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what was done. The exit code is 0, or 2 where it could not be done."""
    from gifthorse.store.agentconfig import SetupError  # noqa: PLC0415  --help must not wait for it

    try:
        if arguments.action == "status":
            for agent in [arguments.agent] if arguments.agent else agents.names():
                _show(agent, arguments)
        else:
            _change(arguments.agent, arguments)
    except SetupError as fault:
        print(f"gifthorse hooks: {fault}.", file=sys.stderr)
    except OSError as fault:
        print(f"gifthorse hooks: {fault.filename or ''}: {fault.strerror or fault}", file=sys.stderr)
    else:
        return DONE
    return FAILED


def _change(agent: str | None, arguments: argparse.Namespace) -> None:
    from gifthorse.provenance.setup import ByHand  # noqa: PLC0415
    from gifthorse.store.agentconfig import SetupError, install, uninstall  # noqa: PLC0415

    if agent is None:
        raise SetupError(f"say for which agent: {', '.join(agents.names())}")
    setup, place = agents.load(agent).SETUP, _place(agent, arguments)
    if isinstance(setup, ByHand):
        raise SetupError(f"there is nothing to write for {agent}. {setup.note}".rstrip("."))
    if arguments.action == "install":
        outcomes = install(setup, place, _command(agent, arguments))
    else:
        outcomes = uninstall(setup, place)
    for outcome in outcomes:
        print(f"{outcome.path} {outcome.deed}.")
    if arguments.action == "install" and setup.note:
        print(setup.note)


def _show(agent: str, arguments: argparse.Namespace) -> None:
    from gifthorse.provenance.setup import ByHand  # noqa: PLC0415
    from gifthorse.store.agentconfig import status  # noqa: PLC0415

    setup = agents.load(agent).SETUP
    if isinstance(setup, ByHand):
        print(f"{agent}: {setup.note}")
        return
    for outcome in status(setup, _place(agent, arguments)):
        print(f"{agent}: {outcome.deed} ({outcome.path})")


def _place(agent: str, arguments: argparse.Namespace) -> "Place":
    from gifthorse.store.agentconfig import Place, SetupError  # noqa: PLC0415
    from gifthorse.store.folders import root_of  # noqa: PLC0415

    if arguments.project is None:
        return Place(agent, Path.home(), shared=False)
    if not Path(arguments.project).is_dir():
        raise SetupError(f"{arguments.project} is not a folder")
    return Place(agent, root_of(Path(arguments.project)), shared=True)


def _command(agent: str, arguments: argparse.Namespace) -> "Command":
    """What the agent is to run: in a project by its name, which others know, too; else this very program."""
    from gifthorse.provenance.setup import Command  # noqa: PLC0415

    shared = arguments.project is not None
    beside = Path(sys.executable).parent
    here = shutil.which("gifthorse", path=str(beside)) or shutil.which("gifthorse")
    program = ["gifthorse"] if shared else [here] if here else [sys.executable, "-P", "-m", "gifthorse"]
    words = [*program, "hook", agent, *(["--block"] if arguments.block else [])]
    shell = subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
    return Command(shell, tuple(words), arguments.block, shared)
