"""`gifthorse rules` lists all rules; `gifthorse rules test [RULE...]` runs the tests that the rule files carry.

`gifthorse rules coverage` shows which family of rules speaks of which language.
"""

import argparse

from gifthorse.cli._catalogue import catalogue_or_complaint
from gifthorse.cli.explain import complain_unknown
from gifthorse.model.rule import Catalogue, Rule

HELP = "list the rules, or run the tests that the rule files carry"
EXIT_CLEAN, EXIT_FAILED_TESTS, EXIT_IMPOSSIBLE = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """`test` with the rules to test; without it the list."""
    parser.usage = "%(prog)s [-h] [test [RULE ...] | coverage]"
    parser.epilog = "The exit code is 0 where all is well, 1 for failed tests, and 2 where it could not be done."
    actions = parser.add_subparsers(prog=parser.prog, dest="action", metavar="ACTION", title="instead of the list")
    test = actions.add_parser(
        "test", help="run the tests in the rule files", description="Run the tests in rule files."
    )
    test.add_argument("rules", nargs="*", metavar="RULE", help="only these rules; all where none is named")
    test.add_argument("-v", "--verbose", action="store_true", help="show tests that pass, too")
    coverage = "show which family of rules speaks of which language"
    actions.add_parser("coverage", help=coverage, description=f"{coverage.capitalize()}.")


def _chosen(catalogue: Catalogue, names: list[str]) -> list[Rule] | None:
    """The named rules, all where none is named, or None after a complaint about one that does not exist."""
    for name in names:
        if name not in catalogue.rules:
            complain_unknown(name, catalogue.rules)
            return None
    return [catalogue.rules[name] for name in dict.fromkeys(names)] if names else list(catalogue.rules.values())


def run(arguments: argparse.Namespace) -> int:
    """Print the list, or the tests' results: 1 where a test failed, 2 where the rules could not be read."""
    catalogue = catalogue_or_complaint()
    if catalogue is None:
        return EXIT_IMPOSSIBLE
    if arguments.action == "coverage":
        from gifthorse.cli.render._coverage import print_coverage  # noqa: PLC0415  rich takes its time

        return EXIT_CLEAN if print_coverage(catalogue) else EXIT_FAILED_TESTS
    from gifthorse.cli.render._rules import print_list, print_outcomes  # noqa: PLC0415  rich takes its time

    if arguments.action != "test":
        print_list(catalogue)
        return EXIT_CLEAN
    chosen = _chosen(catalogue, arguments.rules)
    if chosen is None:
        return EXIT_IMPOSSIBLE
    from gifthorse.engine.ruletest import run_tests  # noqa: PLC0415  the engine is not needed for the list

    outcomes = [outcome for rule in chosen for outcome in run_tests(rule, catalogue)]
    print_outcomes(outcomes, arguments.verbose)
    return EXIT_CLEAN if all(outcome.passed for outcome in outcomes) else EXIT_FAILED_TESTS
