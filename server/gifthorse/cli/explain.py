"""`gifthorse explain RULE`: what a rule finds, what can happen, and what to write instead."""

import argparse
import difflib
import sys
from collections.abc import Iterable

from gifthorse.cli._catalogue import catalogue_or_complaint, with_own_rules

HELP = "say what a rule finds, what can happen, and what to write instead"
EXIT_UNKNOWN = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """The rule's id, and whose examples are wanted."""
    parser.add_argument("rule", metavar="RULE", help="a rule's id, as findings and `gifthorse rules` show it")
    parser.add_argument("--language", metavar="L", help="show the examples in this language only, if there are any")


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that are spelled like `name` or hold it, best first."""
    names = list(known)
    spelled = difflib.get_close_matches(name, names, 3, 0.5)
    holding = [one for one in names if name and name in one]
    return list(dict.fromkeys([*spelled, *holding]))[:3]


def complain_unknown(name: str, known: Iterable[str]) -> None:
    """Say on standard error that there is no such rule, and which are near."""
    near = nearest(name, known)
    hint = f"Did you mean {' or '.join(near)}?" if near else "`gifthorse rules` lists all of them."
    print(f"gifthorse: There is no rule {name!r}. {hint}", file=sys.stderr)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation; 2 where there is no such rule."""
    catalogue = catalogue_or_complaint()
    if catalogue is None:
        return EXIT_UNKNOWN
    rule = catalogue.rules.get(arguments.rule)
    if rule is None:  # Reading about a rule runs nothing: those of a folder that nobody trusts are shown, too.
        catalogue = with_own_rules(catalogue, trusted=True)
        rule = catalogue.rules.get(arguments.rule)
    if rule is None:
        complain_unknown(arguments.rule, catalogue.rules)
        return EXIT_UNKNOWN
    from gifthorse.cli.render._rules import print_explanation  # noqa: PLC0415  only now is the time for rich's import

    print_explanation(rule, catalogue, arguments.language)
    return 0
