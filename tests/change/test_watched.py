"""A text that is watched: looking again after edits says what looking from the start says."""

from gifthorse.change.watched import Place, watch
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
PLACE = Place("app.py", None)
BEFORE = b"import os\n\ndef day(d):\n    return d\n"
AFTER = b"import os\n\ndef day(d):\n    os.system(d)\n    return d\n"


def test_looking_again_says_what_looking_from_the_start_says():
    first = watch(PLACE, BEFORE, BEFORE, CATALOGUE)
    assert not first.found
    again = watch(PLACE, BEFORE, AFTER, CATALOGUE, previous=first)
    assert again.found == watch(PLACE, BEFORE, AFTER, CATALOGUE).found
    assert [one.rule for one in again.found] == ["capability-added"]
    assert not watch(PLACE, AFTER, AFTER, CATALOGUE, previous=again).found


def test_what_a_path_may_do_is_not_said():
    allowed = Place("app.py", None, frozenset({"process-execution"}))
    assert not watch(allowed, BEFORE, AFTER, CATALOGUE).found


def test_a_text_that_was_not_analysed_in_full_says_nothing_for_sure():
    assert not watch(PLACE, BEFORE, AFTER + b"def (:\n" * 3, CATALOGUE).found
