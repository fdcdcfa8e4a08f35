"""`gifthorse rules` lists all rules; its actions (modules of cli/_rules/) test, start and import rules, and count them."""

import argparse
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from gifthorse.cli import _rules
from gifthorse.cli._catalogue import catalogue_or_complaint, with_own_rules

HELP = "list the rules, test them, or start one of your own"
EXIT_CLEAN, EXIT_IMPOSSIBLE = 0, 2


def actions() -> Iterator[tuple[str, ModuleType]]:
    """The actions by name: a module of cli/_rules/ each; a word of Python's own has a `_` behind it."""
    for module in pkgutil.iter_modules(_rules.__path__):
        yield module.name.rstrip("_"), importlib.import_module(f"{_rules.__name__}.{module.name}")


def configure(parser: argparse.ArgumentParser) -> None:
    """An action; without one, the list."""
    parser.epilog = "The exit code is 0 where all is well, 1 for failed tests, and 2 where it could not be done."
    parser.add_argument("--trust", action="store_true", help="the rules in this folder's .gifthorse/rules count, too")
    chosen = parser.add_subparsers(prog=parser.prog, dest="action", metavar="ACTION", title="instead of the list")
    for name, module in actions():
        described = f"{module.HELP[0].upper()}{module.HELP[1:]}."
        module.configure(chosen.add_parser(name, help=module.HELP, description=described))


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; 2 where the rules could not be read."""
    shipped = catalogue_or_complaint()
    if shipped is None:
        return EXIT_IMPOSSIBLE
    for name, module in actions():
        if name == arguments.action:
            return int(module.run(arguments, shipped))
    from gifthorse.cli.render._rules import print_list  # noqa: PLC0415  rich takes its time

    print_list(with_own_rules(shipped, trusted=arguments.trust))
    return EXIT_CLEAN
