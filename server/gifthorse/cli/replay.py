"""`gifthorse replay FILE...`: sessions of editing played again, and what is said of each character held against the truth.

It wires up: the format is provenance/formats/editing.py's, playing and counting are workspace/measure.py's.
"""

import argparse
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.cli._output import CannotError, show

if TYPE_CHECKING:
    from gifthorse.workspace.measure import Outcome

HELP = "play recorded sessions of editing and measure how well Regions followed them"
CLEAN, BLAMED, FAILED = 0, 1, 2
FORMATS = ("json", "markdown", "text")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = (
        "docs/provenance.md describes the files. The exit code is 0 where no person's character was said to be an "
        "assistant's, 1 where one was, and 2 where it could not be done."
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a session of editing (JSON lines)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is shown (default: text)")
    parser.add_argument("--output", metavar="FILE", help="write it to this file")
    parser.add_argument("--infer", action="store_true", help="with the setting that infers origins from edits' shapes")
    parser.add_argument("--mistakes", action="store_true", help="list every mistake")


def run(arguments: argparse.Namespace) -> int:
    """Play the sessions and show the figures; 1 where a person's text was called an assistant's."""
    try:
        outcome = _outcome(arguments)
        shown = importlib.import_module(f"gifthorse.cli.render._replay_{arguments.format}")
        show(lambda sink: shown.render(outcome, sink, mistakes=arguments.mistakes), arguments.output)
    except (CannotError, ValueError) as error:
        print(f"gifthorse replay: {error}", file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"gifthorse replay: {error.filename}: {error.strerror or error}. Name session files.", file=sys.stderr)
        return FAILED
    return BLAMED if any(tally.blamed for tally in outcome.kinds.values()) else CLEAN


def _outcome(arguments: argparse.Namespace) -> "Outcome":
    from gifthorse.provenance.formats.editing import read_session  # noqa: PLC0415  --help must not wait for it
    from gifthorse.workspace.measure import measured, outcome_of  # noqa: PLC0415

    sessions = []
    for name in arguments.files:
        session = read_session(Path(name).read_bytes(), name)
        sessions.append((name, *measured(session, name, infer=arguments.infer)))
    return outcome_of(sessions, infer=arguments.infer)
