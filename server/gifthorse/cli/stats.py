"""`gifthorse stats [RANGE]`: how much assistants wrote, what of it is left, what was found in it, what was reviewed.

It wires up; the counting is workspace/statistics.py's, how it is shown cli/render/_stats_*.py's.
"""

import argparse
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.cli._output import CannotError, attempted, show

if TYPE_CHECKING:
    from gifthorse.cli.render._stats import Counted
    from gifthorse.workspace.history import History
    from gifthorse.workspace.statistics import Stretch

HELP = "count lines by assistant, and what of them is left, found and reviewed"
DONE = 0
FORMATS = ("html", "json", "text")
BY = ("author", "language", "model", "path", "tool")
SHOWN = ("tool", "model", "language", "author", "path")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = "Nothing that the repository configures is run. The exit code is 2 where it could not be done."
    parser.add_argument(
        "range",
        nargs="?",
        metavar="RANGE",
        help="A..B: commits after A up to B; or B (default: all, and what is not committed)",
    )
    parser.add_argument("--by", choices=BY, action="append", help="only this table; may be given several times")
    parser.add_argument("--root", metavar="FOLDER", default=".", help="a folder of the repository (default: this one)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is shown (default: text)")
    parser.add_argument("--output", metavar="FILE", help="write it to this file")
    parser.add_argument(
        "--notes", metavar="REF", default="refs/notes/ai", help="where notes are (default: refs/notes/ai)"
    )
    parser.add_argument("--no-findings", action="store_true", help="do not look into the files for risky constructs")
    parser.add_argument("--no-config", action="store_true", help="read no gifthorse.toml, neither here nor the user's")
    parser.add_argument("--trust", action="store_true", help="let the folder's own configuration loosen, too")


def run(arguments: argparse.Namespace) -> int:
    """Show the counts; 0 where that could be done."""
    return attempted("stats", arguments.root, lambda: _show(arguments))


def _show(arguments: argparse.Namespace) -> int:
    found = _counted(arguments)
    shown = importlib.import_module(f"gifthorse.cli.render._stats_{arguments.format}")
    show(lambda sink: shown.render(found, sink), arguments.output)
    return DONE


def _counted(arguments: argparse.Namespace) -> "Counted":
    from gifthorse.cli.render._stats import Counted  # noqa: PLC0415
    from gifthorse.store.catalogue import load_catalogue  # noqa: PLC0415
    from gifthorse.store.folders import real, root_of  # noqa: PLC0415
    from gifthorse.workspace.history import open_history  # noqa: PLC0415
    from gifthorse.workspace.root import Workspace  # noqa: PLC0415
    from gifthorse.workspace.statistics import statistics  # noqa: PLC0415

    folder = Path(arguments.root)
    if not folder.is_dir():
        raise CannotError(f"{folder} is no folder. Name a folder of the repository.")
    catalogue = load_catalogue()
    workspace = Workspace(
        root_of(real(folder)), trusted=arguments.trust, configured=not arguments.no_config, catalogue=catalogue
    )
    history = open_history(workspace, arguments.notes)
    stretch, title = _stretch(arguments.range, history)
    with _progress() as progress:
        found = statistics(history, stretch, catalogue, findings=not arguments.no_findings, progress=progress)
    return Counted(title, found, tuple(arguments.by or SHOWN))


def _stretch(words: str | None, history: "History") -> tuple["Stretch", str]:
    """The stretch of history that was asked for, and what it is in words. Raises CannotError, GitError."""
    from gifthorse.workspace.statistics import Stretch  # noqa: PLC0415

    name = history.workspace.root.name
    git = history.git
    if git is None:
        if words:
            raise CannotError(" ".join(history.notices) or "There is no history here.")
        return Stretch("", working=True), f"{name}: what Gifthorse's own record knows"
    if not words:
        branch = git.head.branch or git.head.commit[:7]
        return Stretch(git.head.commit, working=git.folder.root is not None), f"{name}: all of {branch}"
    if "..." in words:
        raise CannotError(f"{words!r:.80}: three dots are not understood. Write A..B for the commits after A up to B.")
    first, dots, last = words.partition("..")
    tip = git.objects.resolve(last or "HEAD") if dots else git.objects.resolve(first)
    without = git.objects.resolve(first or "HEAD") if dots else None
    return Stretch(tip, without), f"{name}: {words}"


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Told what is being done, it says so on standard error if a person sits there."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status("Looking") as status:
        yield lambda words: status.update(words[:100].encode("ascii", "replace").decode())
