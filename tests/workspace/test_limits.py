"""The limits of a process that serves several roots."""

from gifthorse.store.config import Bounds, Config
from gifthorse.worker.limits import MIB, Limits
from gifthorse.workspace.limits import limits_for


def test_without_a_root_they_are_the_defaults():
    bounds = Bounds()
    assert limits_for([]) == Limits(bounds.seconds, bounds.megabytes * MIB, content=bounds.file_bytes)


def test_the_widest_that_any_root_allows_counts():
    configs = [Config(bounds=Bounds(10, 3, 500)), Config(bounds=Bounds(20, 1, 900))]
    assert limits_for(configs) == Limits(3, 900 * MIB, content=20)
