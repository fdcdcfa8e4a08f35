"""Loading the Catalogue for a command: what is wrong with it is said on standard error, not raised."""

import sys

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
