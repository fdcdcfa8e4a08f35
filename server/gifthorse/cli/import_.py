"""`gifthorse import git-ai|agent-trace [FILE...]`: take what others recorded into Gifthorse's own record.

Nothing in the work tree or in git is changed. Taking the same in twice changes nothing.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.cli._output import CannotError, attempted

if TYPE_CHECKING:
    from gifthorse.workspace.history import History

HELP = "take what Git AI notes or Agent Trace records say into Gifthorse's own record"
DONE = 0
FORMATS = ("agent-trace", "git-ai")
LARGEST_FILE = 2_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = "Only the user's own record is written. Whole lines become Regions with the evidence `recorded`."
    parser.add_argument("form", choices=FORMATS, metavar="FORM", help="git-ai or agent-trace")
    parser.add_argument("files", nargs="*", metavar="FILE", help="only these files (default: all that git tracks)")
    parser.add_argument("--root", metavar="FOLDER", default=".", help="a folder of the repository (default: this one)")
    parser.add_argument(
        "--traces", metavar="FILE", help="read records from this file too, not only .agent-trace/traces.jsonl"
    )
    parser.add_argument(
        "--notes", metavar="REF", default="refs/notes/ai", help="where notes are (default: refs/notes/ai)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Take it in and say what; 0 where that could be done."""
    return attempted("import", arguments.root, lambda: _import(arguments))


def _import(arguments: argparse.Namespace) -> int:
    from gifthorse.cli.render._excerpt import visible  # noqa: PLC0415
    from gifthorse.cli.render._outcome import counted  # noqa: PLC0415
    from gifthorse.model.text import Text  # noqa: PLC0415
    from gifthorse.store.folders import real, root_of  # noqa: PLC0415
    from gifthorse.store.regular import read_regular  # noqa: PLC0415
    from gifthorse.workspace.history import open_history  # noqa: PLC0415
    from gifthorse.workspace.importing import NOTES, TRACES, take_in  # noqa: PLC0415
    from gifthorse.workspace.root import Workspace  # noqa: PLC0415

    if not Path(arguments.root).is_dir():
        raise CannotError(f"{arguments.root} is no folder. Name a folder of the repository.")
    root = root_of(real(Path(arguments.root)))
    traces = Path(arguments.traces) if arguments.traces else None
    history = open_history(Workspace(root, configured=False), arguments.notes, traces)
    sources = NOTES if arguments.form == "git-ai" else TRACES
    regions = lines = files = 0
    for name in _names(history, arguments.files):
        try:
            content = read_regular(root / name, LARGEST_FILE)
        except OSError as error:
            if arguments.files:
                raise CannotError(f"{name}: {error.strerror or error}") from error
            continue
        taken = take_in(history, name, Text.of(content), sources)
        if taken.regions:
            print(f"{visible(name)}: {counted(taken.lines, 'line')} in {counted(taken.regions, 'region')}")
        regions, lines, files = regions + taken.regions, lines + taken.lines, files + bool(taken.regions)
    for notice in history.notices:
        print(f"gifthorse: {visible(notice)}", file=sys.stderr)
    told = f"{counted(lines, 'line')} in {counted(regions, 'region')} of {counted(files, 'file')}"
    print(f"Taken in: {told}.")
    return DONE


def _names(history: "History", files: list[str]) -> Iterator[str]:
    """The files to look at, by their names in the root. Raises CannotError for one that is elsewhere."""
    for file in files:
        name = history.workspace.name_of(Path(file).absolute())
        if name is None:
            raise CannotError(f"{file} is not inside {history.workspace.root}.")
        yield name
    if not files:
        if history.git is None:
            raise CannotError(" ".join(history.notices) or "There is no repository here: name the files.")
        yield from history.git.objects.paths(history.git.head.commit)
