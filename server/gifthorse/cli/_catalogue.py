"""Loading the Catalogue for a command: what is wrong with it is said on standard error, not raised."""

import sys
from pathlib import Path

from gifthorse.model.rule import Catalogue
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.table import CatalogueError


def catalogue_or_complaint() -> Catalogue | None:
    """The Catalogue, or None after every problem was printed on a line of its own."""
    try:
        return load_catalogue()
    except CatalogueError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
    except ValueError as error:
        print(f"gifthorse: {error}", file=sys.stderr)
    return None


def with_own_rules(shipped: Catalogue, *, trusted: bool) -> Catalogue:
    """The Catalogue with the user's own rules that hold in the working directory, after saying what is wrong with
    them. `trusted`: whether the rules of its root count, too.
    """
    from gifthorse.store.folders import root_of  # noqa: PLC0415  our own rules need no configuration
    from gifthorse.workspace.root import Workspace  # noqa: PLC0415

    workspace = Workspace(root_of(Path.cwd()), trusted=trusted, catalogue=shipped)
    for problem in (*workspace.own.problems, *workspace.own.ignored):
        print(f"gifthorse: {problem}", file=sys.stderr)
    return workspace.catalogue
