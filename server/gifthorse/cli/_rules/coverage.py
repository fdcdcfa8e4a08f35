"""`gifthorse rules coverage`: which family of rules speaks of which language, and what there is to count."""

import argparse

from gifthorse.model.rule import Catalogue

HELP = "show which family of rules speaks of which language"


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""
    parser.epilog = "The exit code is 1 where something is neither covered nor explained."


def run(_arguments: argparse.Namespace, shipped: Catalogue) -> int:
    """Print the table; 1 where a cell is empty without a reason."""
    from gifthorse.cli.render._coverage import print_coverage  # noqa: PLC0415  rich takes its time

    return 0 if print_coverage(shipped) else 1
