"""Edits as they are made: each is judged rightly, or is listed in known.toml with the reason; the list is kept honest."""

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from gifthorse.store.catalogue import load_catalogue

sys.path.insert(0, str(Path(__file__).parent))

from paircorpus import judge, known, pairs

PAIRS = tuple(pairs())
KNOWN = known()


@cache
def catalogue():
    return load_catalogue()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
def test_an_edit_is_judged_rightly_or_is_known_not_to_be(pair):
    verdict = judge(pair, catalogue())
    listed = KNOWN.get(pair.id, "")
    if not listed:
        assert not verdict.wrong, f"{verdict.wrong}: {verdict.said}"
        return
    assert verdict.wrong, "It is judged rightly now: take it out of known.toml."
    assert listed.startswith(verdict.wrong)


def test_what_is_known_names_pairs_that_exist():
    assert set(KNOWN) <= {pair.id for pair in PAIRS}


def test_names_are_unique_and_texts_differ():
    assert [name for name, times in Counter(pair.id for pair in PAIRS).items() if times > 1] == []
    assert [pair.id for pair in PAIRS if pair.before == pair.after] == []


def test_every_cell_has_enough_to_say_a_share():
    cells = Counter((pair.kind, pair.group) for pair in PAIRS)
    first = {cell for cell in cells if not cell[1].endswith("-second")}
    harmless = Counter((pair.kind, pair.group) for pair in PAIRS if not pair.expect)
    assert len(first) >= 20
    assert min(cells[cell] for cell in first) >= 25
    assert min(harmless[cell] for cell in first) >= 12
    assert min(cells.values()) >= 12
    assert min(harmless[cell] for cell in cells) >= 6
