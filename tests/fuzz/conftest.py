"""The catalogue that the product ships."""

import pytest

from gifthorse.model.rule import Catalogue
from gifthorse.store.catalogue import load_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()
