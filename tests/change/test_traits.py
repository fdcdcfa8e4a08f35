"""Every test that the file of a trait carries is one test here; what a Side says of places and functions."""

import pytest

from gifthorse.change.pairtest import run_traits
from gifthorse.change.traits import look, side
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
TRAITS = CATALOGUE.traits


@pytest.mark.parametrize("trait", TRAITS.values(), ids=TRAITS)
def test_trait(trait):
    for outcome in run_traits(trait, CATALOGUE):
        assert outcome.passed, f"{outcome.complaint}\n{outcome.test}"


def test_a_trait_knows_its_function_by_all_the_names_around_it():
    code = b"class A:\n    def f(self):\n        def g():\n            import os\n            os.system('ls')\n"
    (trait,) = side(look(code, "a.py", None, CATALOGUE)).of("capabilities")
    assert (trait.kind, trait.unit, trait.words) == ("process-execution", "f.g", "os.system")
