"""`gifthorse blame FILE`: who wrote each line, by all that is known: which assistant, on what evidence, what of it is left.

It wires up; what is known is workspace/authorship.py's, how it is shown cli/render/_blame_*.py's.
"""

import argparse
import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.cli._output import CannotError, attempted, show

if TYPE_CHECKING:
    from gifthorse.cli.render._blame import Blamed
    from gifthorse.store.files import Found
    from gifthorse.workspace.survey import Roots, Surveyed

HELP = "say who wrote each line of a file: which assistant, on what evidence"
DONE = 0
FORMATS = ("html", "json", "text")
_LINES = re.compile(r"([0-9]{1,9})?(?:(-)([0-9]{1,9})?)?")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = "Nothing that the repository configures is run. The exit code is 2 where it could not be done."
    parser.add_argument("file", metavar="FILE", help="a file of the work tree")
    parser.add_argument("--lines", metavar="A-B", help="only these lines, counted from 1")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is shown (default: text)")
    parser.add_argument("--output", metavar="FILE", help="write it to this file")
    parser.add_argument(
        "--notes", metavar="REF", default="refs/notes/ai", help="where notes are (default: refs/notes/ai)"
    )
    parser.add_argument("--no-findings", action="store_true", help="do not look into the lines for risky constructs")
    parser.add_argument("--no-config", action="store_true", help="read no gifthorse.toml, neither here nor the user's")
    parser.add_argument("--trust", action="store_true", help="let the folder's own configuration loosen, too")


def run(arguments: argparse.Namespace) -> int:
    """Show who wrote the lines; 0 where that could be done."""
    return attempted("blame", arguments.file, lambda: _show(arguments))


def _show(arguments: argparse.Namespace) -> int:
    found = _blamed(arguments)
    shown = importlib.import_module(f"gifthorse.cli.render._blame_{arguments.format}")
    show(lambda sink: shown.render(found, sink), arguments.output)
    return DONE


def _blamed(arguments: argparse.Namespace) -> "Blamed":
    from gifthorse.cli.render._blame import Blamed  # noqa: PLC0415
    from gifthorse.store.catalogue import load_catalogue  # noqa: PLC0415
    from gifthorse.workspace.authorship import authorship  # noqa: PLC0415
    from gifthorse.workspace.history import open_history  # noqa: PLC0415
    from gifthorse.workspace.judge import NOT_ANALYSED  # noqa: PLC0415
    from gifthorse.workspace.survey import Roots  # noqa: PLC0415

    roots = Roots(load_catalogue(), trusted=arguments.trust, configured=not arguments.no_config)
    found = _found(Path(arguments.file), roots)
    history = open_history(roots.of(found.path), arguments.notes)
    surveyed, why = _looked_into(found, roots, findings=not arguments.no_findings)
    known = authorship(history, found.name, surveyed.text)
    first, last = _range(arguments.lines, len(known.lines))
    shown = _covered(surveyed, roots)
    blamed = Blamed(
        arguments.file, known, shown.text, first, last, (), not why, (*known.notices, *([why] if why else ()))
    )
    judged = (one for one in shown.judgement.shown if one.finding.rule != NOT_ANALYSED)
    return Blamed(
        arguments.file,
        known,
        shown.text,
        first,
        last,
        tuple(one for one in judged if first <= blamed.line_of(one) <= last),
        blamed.analysed,
        blamed.notices,
    )


def _found(path: Path, roots: "Roots") -> "Found":
    """The file. Raises CannotError where there is none that could have lines."""
    from gifthorse.store.files import Found  # noqa: PLC0415
    from gifthorse.workspace.survey import gather  # noqa: PLC0415

    try:
        if path.is_dir():
            raise CannotError(f"{path} is a folder. Name a file in it, or use `gifthorse stats` for all of them.")
        items = [item for _, item in gather([path], roots)]
    except FileNotFoundError as error:
        raise CannotError(f"{path} does not exist. {_where_instead()}") from error
    except ValueError as error:
        raise CannotError(f"{str(path)!r:.200} cannot be the name of a file.") from error
    if not items or not isinstance(items[0], Found):
        raise CannotError(f"{path} is no file with lines.")
    return items[0]


def _where_instead() -> str:
    """What to name instead of a file that is not there."""
    from gifthorse.store.gitfolder import GitError, open_folder  # noqa: PLC0415

    try:
        bare = open_folder(Path.cwd()).root is None
    except GitError:
        return "Name a file that does."
    if bare:
        return "This is a bare repository, which has no files: clone it, or count it with `gifthorse stats`."
    return "Name a file of the work tree."


def _looked_into(found: "Found", roots: "Roots", *, findings: bool) -> tuple["Surveyed", str]:
    """The file with its findings, and why there are none if nobody looked. Raises CannotError for what has no lines."""
    from gifthorse.cli.render._outcome import reason  # noqa: PLC0415
    from gifthorse.model.finding import Report  # noqa: PLC0415
    from gifthorse.model.text import Text  # noqa: PLC0415
    from gifthorse.store.files import Skipped, read_found  # noqa: PLC0415
    from gifthorse.workspace.analysis import AnalysisError  # noqa: PLC0415
    from gifthorse.workspace.statistics import NO_LANGUAGE, language_of  # noqa: PLC0415
    from gifthorse.workspace.survey import Aside, survey, surveyed  # noqa: PLC0415

    workspace = roots.of(found.path)
    why = "" if findings else "Nobody looked for findings (--no-findings)."
    if findings:
        try:
            result = next(survey([(workspace.root, found)], roots))
        except AnalysisError as error:
            why = f"Not analysed: {error}."
        else:
            if isinstance(result, Aside):
                raise CannotError(f"{found.path} has no lines to speak of: {result.why}.")
            return result, f"Not analysed: {reason(result.incomplete)}." if result.incomplete else ""
    content = read_found(
        found, workspace.config.bounds.file_bytes, lambda name: language_of(name, roots.catalogue) != NO_LANGUAGE
    )
    if isinstance(content, Skipped):
        raise CannotError(f"{found.path} has no lines to speak of: {content.why}.")
    return surveyed(workspace, workspace.root, found, Text.of(content), Report(None, (), ())), why


def _covered(found: "Surveyed", roots: "Roots") -> "Surveyed":
    from gifthorse.cli.render._outcome import covered_file  # noqa: PLC0415

    return covered_file(found, roots.catalogue)


def _range(words: str | None, count: int) -> tuple[int, int]:
    """The lines asked for, clipped to the file. Raises CannotError where there is none of them."""
    if words is None:
        return 1, count
    found = _LINES.fullmatch(words.strip())
    if not words.strip() or found is None:
        raise CannotError(
            f"--lines {words!r:.40} is no range of lines. Write, for example, --lines 10-20 or --lines 7."
        )
    first = int(found[1] or 1)
    last = int(found[3]) if found[3] else count if found[2] else first
    if not 1 <= first <= min(last, count):
        raise CannotError(f"--lines {words}: the file has {count:,} lines, counted from 1.")
    return first, min(last, count)
