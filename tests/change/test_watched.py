"""A text that is watched: looking again after edits says what looking from the start says."""

from gifthorse.change.watched import Version, watch
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
BEFORE = b"import os\n\ndef day(d):\n    return d\n"
AFTER = b"import os\n\ndef day(d):\n    os.system(d)\n    return d\n"


def now(content, allowed=()):
    return Version("app.py", None, content, allowed=frozenset(allowed))


def test_looking_again_says_what_looking_from_the_start_says():
    first = watch(now(BEFORE), BEFORE, CATALOGUE)
    assert not first.found
    again = watch(now(AFTER), BEFORE, CATALOGUE, first)
    assert again.found == watch(now(AFTER), BEFORE, CATALOGUE).found
    assert [one.rule for one in again.found] == ["capability-added"]
    assert not watch(now(AFTER), AFTER, CATALOGUE, again).found


def test_what_a_path_may_do_is_not_said():
    assert not watch(now(AFTER, ["process-execution"]), BEFORE, CATALOGUE).found


def test_a_text_that_was_not_analysed_in_full_says_nothing_for_sure():
    assert not watch(now(AFTER + b"def (:\n" * 3), BEFORE, CATALOGUE).found
