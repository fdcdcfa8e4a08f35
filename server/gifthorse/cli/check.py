"""`gifthorse check`: what the AI-written part of a change brings, for a commit hook, a build, or a pull request.

It wires up; which lines are an assistant's and what they bring is workspace/checking.py's, how it is shown render/'s.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.cli._output import CannotError, attempted, show
from gifthorse.cli.scan import CLEAN, FAILED, FINDINGS, LEVELS, Format, formats

if TYPE_CHECKING:
    from gifthorse.cli.render._outcome import Outcome
    from gifthorse.workspace.checking import Part
    from gifthorse.workspace.history import History
    from gifthorse.workspace.proposed import Proposed
    from gifthorse.workspace.root import Workspace
    from gifthorse.workspace.survey import Aside, Roots, Surveyed

FROM_ROOT = frozenset({"github", "markdown"})
"""Formats that are read beside the repository, not in this folder."""
HELP = "say what the AI-written part of a change brings"
EPILOG = (
    "Without --staged, --range or --stdin-patch it looks at what the work tree has and the last commit has not. The exit "
    "code is 0 where nothing was found, 1 for findings, and 2 where it could not be done. Nothing that the repository "
    "configures is run."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = EPILOG
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--staged", action="store_true", help="what is in the index and not in the last commit")
    which.add_argument("--range", metavar="A..B", help="what B has and A has not; A...B: since they parted")
    which.add_argument("--stdin-patch", action="store_true", help="a unified diff of files here, on standard input")
    parser.add_argument("--all", action="store_true", help="look at the whole change, whoever wrote it")
    parser.add_argument("--require-review", action="store_true", help="AI-written text that nobody approved fails, too")
    parser.add_argument("--format", choices=formats(), default="text", help="how the result is shown (default: text)")
    parser.add_argument("--output", metavar="FILE", help="write the result to this file")
    parser.add_argument("--min-severity", choices=LEVELS, default="low", help="leave out less severe findings")
    parser.add_argument("--min-confidence", choices=LEVELS, default="medium", help="leave out less certain findings")
    parser.add_argument(
        "--notes", metavar="REF", default="refs/notes/ai", help="where notes are (default: refs/notes/ai)"
    )
    parser.add_argument("--no-config", action="store_true", help="read no gifthorse.toml, neither here nor the user's")
    parser.add_argument("--trust", action="store_true", help="let the folder's own configuration loosen, too")
    parser.add_argument("--strict", action="store_true", help="exit with 2 where something was not analysed")
    parser.add_argument("--verbose", action="store_true", help="list everything that was left out")


def run(arguments: argparse.Namespace) -> int:
    """Check, show the result, and return the exit code: 0 nothing found, 1 findings, 2 could not do it."""
    return attempted("check", ".", lambda: _check(arguments))


def _check(arguments: argparse.Namespace) -> int:
    from gifthorse.store.catalogue import load_catalogue  # noqa: PLC0415  --help must not wait for it
    from gifthorse.store.folders import real  # noqa: PLC0415
    from gifthorse.workspace.checking import check, part_of, set_aside  # noqa: PLC0415
    from gifthorse.workspace.history import open_history  # noqa: PLC0415
    from gifthorse.workspace.survey import Roots  # noqa: PLC0415

    roots = Roots(load_catalogue(), trusted=arguments.trust, configured=not arguments.no_config)
    workspace = roots.of(real(Path.cwd()) / "x")
    history, found, versions = _proposed(arguments, open_history(workspace, arguments.notes))
    workspace.judge(versions)
    wanted = [(one, set_aside(workspace, one)) for one in found if not workspace.excludes(one.name)]
    parts = [
        part for one, aside in wanted if not aside and (part := part_of(history, one, whole=arguments.all)) is not None
    ]
    _say(history.notices)
    looked = _with_reviews(workspace, list(check(history, parts)), always=arguments.require_review)
    outcome = _outcome(arguments, roots, [file for file, _ in looked], [aside for _, aside in wanted if aside])
    shown: Format = importlib.import_module(f"gifthorse.cli.render.{arguments.format}")
    show(lambda sink: shown.render(outcome, sink), arguments.output)
    _say(_about(parts, arguments))
    if arguments.strict and outcome.unknown():
        return FAILED
    unreviewed = any(lacking for _, lacking in looked)
    return FINDINGS if unreviewed or any(True for _ in outcome.findings()) else CLEAN


def _proposed(arguments: argparse.Namespace, history: "History") -> "Proposed":
    """The change that was asked for."""
    from gifthorse.workspace.proposed import ChangeError, of_index, of_patch, of_range, of_work_tree  # noqa: PLC0415

    try:
        if arguments.stdin_patch:
            return of_patch(history, sys.stdin.buffer.read())
        if arguments.range:
            return of_range(history, arguments.range)
        return of_index(history) if arguments.staged else of_work_tree(history)
    except ChangeError as error:
        raise CannotError(str(error)) from error


def _outcome(
    arguments: argparse.Namespace, roots: "Roots", files: "Sequence[Surveyed]", aside: "Sequence[Aside]"
) -> "Outcome":
    """The outcome with only what was asked for."""
    from gifthorse.cli._baseline import Baseline  # noqa: PLC0415
    from gifthorse.cli._filter import Wanted, filtered  # noqa: PLC0415
    from gifthorse.cli.render._outcome import Outcome, covered_file  # noqa: PLC0415

    workspaces = list(roots)
    root, configs = workspaces[0].root, [workspace.config for workspace in workspaces]
    outcome = Outcome(
        files=tuple(covered_file(one, roots.joined()) for one in files if _is_told(one)),
        analysed=len(files),
        aside=tuple(aside),
        problems=tuple(dict.fromkeys(problem for config in configs for problem in config.problems)),
        ignored=tuple(dict.fromkeys(problem for config in configs for problem in config.ignored)),
        catalogue=roots.joined(),
        base=root if arguments.format in FROM_ROOT else Path.cwd(),
        verbose=arguments.verbose,
    )
    severity, confidence = LEVELS.index(arguments.min_severity), LEVELS.index(arguments.min_confidence)
    return filtered(outcome, Wanted(severity, confidence, Baseline())).outcome


def _is_told(file: "Surveyed") -> bool:
    """Whether there is something to say of a file."""
    return bool(file.judgement.shown or file.judgement.silenced or file.incomplete)


def _about(parts: "Sequence[Part]", arguments: argparse.Namespace) -> list[str]:
    """How much was looked at, for people."""
    new, ai = sum(part.new_lines for part in parts), sum(part.ai_lines for part in parts)
    what = "of the whole change" if arguments.all else "with AI-written text in the change"
    files = f"{len(parts):,} {'file' if len(parts) == 1 else 'files'}"
    return [f"Looked at {files} {what}: {new:,} new lines, {ai:,} AI-written."]


def _with_reviews(
    workspace: "Workspace", looked: "Sequence[tuple[Part, Surveyed]]", *, always: bool
) -> "list[tuple[Surveyed, bool]]":
    """Each file with the reviews that it lacks among its findings, and whether it lacks some."""
    from gifthorse.workspace.owing import owing  # noqa: PLC0415

    found = []
    for part, file in looked:
        lacking = owing(workspace, part, always=always)
        shown = sorted([*file.judgement.shown, *lacking], key=lambda one: one.finding.span)
        judgement = replace(file.judgement, shown=tuple(shown)) if lacking else file.judgement
        found.append((replace(file, judgement=judgement), bool(lacking)))
    return found


def _say(lines: Sequence[str]) -> None:
    from gifthorse.cli.render._excerpt import visible  # noqa: PLC0415

    for line in lines:
        print(f"gifthorse: {visible(line, sys.stderr.encoding or 'ascii')}", file=sys.stderr)
