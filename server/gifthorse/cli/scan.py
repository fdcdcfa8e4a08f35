"""`gifthorse scan`: finds risky constructs in files and folders.

It wires up; looking into files is survey.py's, how it is shown render/'s. What does not belong to the result (progress,
warnings) goes to standard error.
"""

import argparse
import importlib
import importlib.resources
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from gifthorse.cli._output import CannotError, show

if TYPE_CHECKING:
    from gifthorse.cli._baseline import Known
    from gifthorse.cli.render._outcome import Outcome
    from gifthorse.store.files import Found, Skipped
    from gifthorse.workspace.survey import Aside, Roots, Surveyed

HELP = "find risky constructs in files and folders"
CLEAN, FINDINGS, FAILED = 0, 1, 2
LEVELS = ("low", "medium", "high")


class Format(Protocol):
    """One module of cli/render/."""

    def render(self, outcome: "Outcome", sink: TextIO) -> None:
        """Write the outcome."""


def formats() -> list[str]:
    """The names of all formats, without importing one."""
    files = importlib.resources.files("gifthorse.cli.render").iterdir()
    names = (file.name.removesuffix(".py") for file in files if file.name.endswith(".py"))
    return sorted(name for name in names if not name.startswith("_"))


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = (
        "The exit code is 0 where nothing was found, 1 for findings, and 2 where it could not be done. With --baseline "
        "only new findings count; with --write-baseline alone it is 0 once the file is written."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder")
    parser.add_argument("--format", choices=formats(), default="text", help="how the result is shown (default: text)")
    parser.add_argument("--output", metavar="FILE", help="write the result to this file")
    parser.add_argument("--min-severity", choices=LEVELS, default="low", help="leave out less severe findings")
    parser.add_argument("--min-confidence", choices=LEVELS, default="low", help="leave out less certain findings")
    parser.add_argument("--no-config", action="store_true", help="read no gifthorse.toml, neither here nor the user's")
    parser.add_argument("--trust", action="store_true", help="let the folder's own configuration loosen, too")
    parser.add_argument("--strict", action="store_true", help="exit with 2 where something was not analysed")
    parser.add_argument("--baseline", metavar="FILE", help="show only what this baseline or result does not have")
    parser.add_argument("--write-baseline", metavar="FILE", help="write down all that is found as a baseline")
    parser.add_argument("--foreign-suppressions", action="store_true", help="let `# nosec` and its kin silence, too")
    parser.add_argument("--no-profiles", action="store_true", help="judge tests and examples like all other code")
    parser.add_argument("--verbose", action="store_true", help="list everything that was skipped")


def run(arguments: argparse.Namespace) -> int:
    """Scan, show the result, and return the exit code: 0 nothing found, 1 findings, 2 could not do it."""
    from gifthorse.store.table import CatalogueError  # noqa: PLC0415  --help must not wait for it
    from gifthorse.workspace.analysis import AnalysisError  # noqa: PLC0415

    try:
        return _scan(arguments)
    except CatalogueError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
    except (CannotError, AnalysisError, ValueError) as error:
        print(f"gifthorse scan: {error}", file=sys.stderr)
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        remedy = ". Name files or folders that exist." if isinstance(error, FileNotFoundError) else ""
        print(f"gifthorse scan: {named}{error.strerror or error}{remedy}", file=sys.stderr)
    return FAILED


def _scan(arguments: argparse.Namespace) -> int:
    from gifthorse.store.catalogue import load_catalogue  # noqa: PLC0415
    from gifthorse.store.files import Found  # noqa: PLC0415
    from gifthorse.store.folders import real  # noqa: PLC0415
    from gifthorse.workspace.survey import Roots, gather  # noqa: PLC0415

    roots = Roots(
        load_catalogue(),
        trusted=arguments.trust,
        configured=not arguments.no_config,
        overrides=_overrides(arguments),
    )
    files = (arguments.output, arguments.baseline, arguments.write_baseline)
    own = {real(Path(path)) for path in files if path}
    items = [
        (root, item)
        for root, item in gather([Path(path) for path in arguments.paths], roots)
        if not (isinstance(item, Found) and own and real(item.path) in own)  # Earlier results are not to be searched.
    ]
    everything = _looked_into(items, roots, arguments.verbose)
    outcome = _judged_by(arguments, everything, roots)
    _warn(outcome)
    if arguments.write_baseline:
        _write_baseline(arguments, everything)
    _write(arguments, outcome)
    if arguments.strict and outcome.unknown():
        return FAILED
    if arguments.write_baseline and not arguments.baseline:
        return CLEAN
    return FINDINGS if any(True for _ in outcome.findings()) else CLEAN


def _overrides(arguments: argparse.Namespace) -> Mapping[str, object]:
    """What of the configuration is otherwise in this run."""
    foreign = {"foreign": True} if arguments.foreign_suppressions else {}
    return {**foreign, **({"profiles": ()} if arguments.no_profiles else {})}


def _looked_into(items: Sequence[tuple[Path, "Found | Skipped"]], roots: "Roots", verbose: bool) -> "Outcome":
    """The outcome before anything is filtered away. Texts in which nothing was found are let go of at once."""
    from gifthorse.cli.render._outcome import Outcome, covered_file  # noqa: PLC0415
    from gifthorse.engine.fingerprint import likeness  # noqa: PLC0415
    from gifthorse.workspace.survey import Surveyed, survey  # noqa: PLC0415

    files: list[Surveyed] = []
    aside: list[Aside] = []
    alike: dict[tuple[Path, str], str] = {}
    looked_at: list[tuple[Path, str]] = []
    homes: set[Path] = set()
    analysed, rules = 0, roots.joined()
    for one in _with_progress(survey(items, roots), len(items)):
        if isinstance(one, Surveyed):
            analysed += 1
            looked_at.append((one.path, one.name))
            homes.add(one.root)
            alike.update(((one.path, two.fingerprint), likeness(two.finding, one.text)) for two in one.judgement.shown)
            if one.judgement.shown or one.judgement.silenced or one.incomplete:
                files.append(covered_file(one, rules))
        else:
            aside.append(one)
    configs = [workspace.config for workspace in roots]
    return Outcome(
        files=tuple(files),
        analysed=analysed,
        aside=tuple(aside),
        problems=tuple(dict.fromkeys(problem for config in configs for problem in config.problems)),
        ignored=tuple(dict.fromkeys(problem for config in configs for problem in config.ignored)),
        catalogue=rules,
        base=Path.cwd(),
        verbose=verbose,
        looked_at=tuple(looked_at),
        likeness=alike,
        roots=tuple(homes),
    )


def _with_progress(results: Iterable["Surveyed | Aside"], total: int) -> Iterator["Surveyed | Aside"]:
    """The same results, with a bar on standard error while they come, if a person sits there."""
    if not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Looking", total=total)
        for result in results:
            progress.advance(task)
            yield result


def _judged_by(arguments: argparse.Namespace, outcome: "Outcome", roots: "Roots") -> "Outcome":
    """The outcome with only what was asked for."""
    from gifthorse.cli._baseline import Baseline, read_baseline  # noqa: PLC0415
    from gifthorse.cli._filter import Wanted, filtered  # noqa: PLC0415

    baseline = Baseline()
    if arguments.baseline:
        file = Path(arguments.baseline)
        baseline = read_baseline(file)
        if not arguments.trust and (owner := tracked_by(file, roots)):
            _say(f"{file}: {owner} brings this baseline along: whoever changes it there decides what is not shown.")
        if baseline.unread:
            _say(f"{file}: {baseline.unread:,} entries could not be read and count for nothing.")
    severity, confidence = LEVELS.index(arguments.min_severity), LEVELS.index(arguments.min_confidence)
    found = filtered(outcome, Wanted(severity, confidence, baseline))
    _tell_stale(arguments, found.stale)
    return found.outcome


def _tell_stale(arguments: argparse.Namespace, stale: Mapping["Known", int]) -> None:
    """Say what of the baseline was not found any more."""
    if not stale:
        return
    number = sum(stale.values())
    what = "1 entry is" if number == 1 else f"{number:,} entries are"
    more = "" if arguments.verbose else " --verbose lists them."
    _say(f"{arguments.baseline}: {what} not found any more; --write-baseline leaves them out.{more}")
    for one, count in sorted(stale.items()) if arguments.verbose else ():
        _say(f"  gone: {one.path}  {one.rule}{f' ({count} times)' if count > 1 else ''}")


def _write_baseline(arguments: argparse.Namespace, everything: "Outcome") -> None:
    from gifthorse.cli._baseline import write_baseline  # noqa: PLC0415
    from gifthorse.cli._filter import presents  # noqa: PLC0415

    number = write_baseline(Path(arguments.write_baseline), presents(everything))
    _say(f"{arguments.write_baseline}: {number:,} {'finding' if number == 1 else 'findings'} written.")


def tracked_by(file: Path, roots: "Roots") -> Path | None:
    """The root whose repository brings this file along, or None for a file of the user's own."""
    from gifthorse.store.folders import name_in, root_of  # noqa: PLC0415
    from gifthorse.store.repository import is_repository, tracked_names  # noqa: PLC0415

    root = root_of(file)
    if root not in {workspace.root for workspace in roots} or not is_repository(root):
        return None
    names = tracked_names(root)
    return root if names is None or name_in(root, file) in names else None


def _warn(outcome: "Outcome") -> None:
    """Say on standard error what is wrong in the configuration and that something was not analysed."""
    for problem in (*outcome.problems, *outcome.ignored):
        _say(str(problem))
    if unknown := outcome.unknown():
        files = "1 file was" if len(unknown) == 1 else f"{len(unknown):,} files were"
        _say(f"{files} not, or not fully, analysed.")


def _say(message: str) -> None:
    from gifthorse.cli.render._excerpt import visible  # noqa: PLC0415

    print(f"gifthorse: {visible(message, sys.stderr.encoding or 'ascii')}", file=sys.stderr)


def _write(arguments: argparse.Namespace, outcome: "Outcome") -> None:
    """Show the result on standard output, or write it to the file that was asked for."""
    shown: Format = importlib.import_module(f"gifthorse.cli.render.{arguments.format}")
    show(lambda sink: shown.render(outcome, sink), arguments.output)
