"""`gifthorse rules test [RULE|PATH...]`: runs the tests that rule files carry, of ours and of users' own."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.cli._catalogue import with_own_rules
from gifthorse.cli.explain import complain_unknown
from gifthorse.model.rule import Catalogue, Rule
from gifthorse.store.catalogue import checkout_queries
from gifthorse.store.folders import real
from gifthorse.store.ownrules import OwnRules, joined, read_files, rule_files

if TYPE_CHECKING:
    from gifthorse.engine.ruletest import Outcome

HELP = "run the tests in the rule files"
EXIT_CLEAN, EXIT_FAILED, EXIT_IMPOSSIBLE = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """The rules to test; all where none is named."""
    parser.epilog = (
        "A rule file that you name is believed; those of the folder only with `gifthorse rules --trust test`."
    )
    parser.add_argument(
        "rules", nargs="*", metavar="RULE", help="only these: ids of rules, rule files, or folders of them"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show tests that pass, too")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how the result is shown")


def run(arguments: argparse.Namespace, shipped: Catalogue) -> int:
    """Print the tests' results: 1 where one failed, 2 where a rule cannot be read or is not known."""
    names = [name for name in arguments.rules if not _is_path(name)]
    paths = [Path(name) for name in arguments.rules if _is_path(name)]
    own = _named(paths, shipped)
    if own is None:
        return EXIT_IMPOSSIBLE
    catalogue = joined(shipped, own)
    if not paths or names:
        catalogue = joined(with_own_rules(shipped, trusted=arguments.trust), own)
    wanted = [*names, *own.rules, *(path.stem for path in paths if is_ours(path))]
    chosen = _chosen(catalogue, wanted or ([] if paths else list(catalogue.rules)))
    if chosen is None:
        return EXIT_IMPOSSIBLE
    outcomes = [outcome for rule in chosen for outcome in outcomes_of(rule, catalogue)]
    _show(outcomes, arguments)
    if own.problems:
        return EXIT_IMPOSSIBLE
    return EXIT_CLEAN if all(outcome.passed for outcome in outcomes) else EXIT_FAILED


def _is_path(word: str) -> bool:
    return word.endswith(".toml") or os.sep in word or "/" in word or Path(word).is_dir()


def is_ours(path: Path) -> bool:
    """Whether a file is one of the rules of the checkout that this runs from."""
    return real(path).is_relative_to(real(checkout_queries() / "rules"))


def _named(paths: Sequence[Path], shipped: Catalogue) -> OwnRules | None:
    """The rules in the files and folders that were named, after saying what is wrong; None for a missing one."""
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            print(f"gifthorse rules test: {path}: there is no such file or folder.", file=sys.stderr)
            return None
        files += rule_files(path) if path.is_dir() else [] if is_ours(path) else [path]
    own = read_files(files, shipped)
    for problem in own.problems:
        print(f"gifthorse: {problem}", file=sys.stderr)
    return own


def _chosen(catalogue: Catalogue, names: Sequence[str]) -> list[Rule] | None:
    """The named rules, or None after a complaint about one that does not exist."""
    for name in names:
        if name not in catalogue.rules:
            complain_unknown(name, catalogue.rules)
            return None
    return [catalogue.rules[name] for name in dict.fromkeys(names)]


def outcomes_of(rule: Rule, catalogue: Catalogue) -> "Sequence[Outcome]":
    """The results of a rule's tests; all fail with the reason where one of its queries cannot be run."""
    from gifthorse.change.pairtest import is_about_changes, run_pairs  # noqa: PLC0415  the engine takes its time
    from gifthorse.engine.ruletest import Outcome, run_tests  # noqa: PLC0415
    from gifthorse.engine.usable import query_problem  # noqa: PLC0415

    if why := query_problem(rule, catalogue):
        return [Outcome(rule.id, number, test, why) for number, test in enumerate(rule.tests, 1)]
    return (run_pairs if is_about_changes(rule) else run_tests)(rule, catalogue)


def _show(outcomes: "Sequence[Outcome]", arguments: argparse.Namespace) -> None:
    if arguments.format == "text":
        from gifthorse.cli.render._rules import print_outcomes  # noqa: PLC0415  rich takes its time

        print_outcomes(outcomes, arguments.verbose)
        return
    tests = [
        {"rule": one.rule, "test": one.number, "language": one.test.language, "complaint": one.complaint}
        for one in outcomes
    ]
    json.dump({"tests": tests}, sys.stdout)
    sys.stdout.write("\n")
