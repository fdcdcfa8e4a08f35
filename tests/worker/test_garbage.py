"""The child's sweeper: full collections happen in pauses, or when there was very much work."""

import gc

import pytest

from gifthorse.worker import garbage
from gifthorse.worker.garbage import Sweeper


@pytest.fixture
def full_collections():
    """Counts full collections; the collector is as before afterwards."""
    before = gc.get_threshold()
    seen = []

    def note(phase, info):
        if phase == "start" and info["generation"] == 2:
            seen.append(info)

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)
    gc.set_threshold(*before)
    gc.unfreeze()


def test_a_pause_after_enough_work_is_used_once(full_collections):
    sweeper = Sweeper()
    sweeper.rest()
    sweeper.worked(garbage.WORTH_BYTES // 2)
    sweeper.rest()
    assert full_collections == []
    sweeper.worked(garbage.WORTH_BYTES)
    sweeper.rest()
    sweeper.rest()
    assert len(full_collections) == 1


def test_very_much_work_without_a_pause_is_interrupted(full_collections):
    sweeper = Sweeper()
    for _ in range(10):
        sweeper.worked(garbage.URGENT_BYTES // 4)
    assert len(full_collections) == 2


def test_many_objects_alone_are_no_reason(full_collections):
    Sweeper()
    kept = [[] for _ in range(500_000)]
    assert full_collections == []
    del kept
