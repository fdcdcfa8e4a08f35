"""The limits of one analysis process that serves several roots, from what is configured for each of them."""

from collections.abc import Iterable

from gifthorse.store.config import Bounds, Config
from gifthorse.worker.limits import MIB, Limits


def limits_for(configs: Iterable[Config]) -> Limits:
    """The widest that any root's configuration allows, since one process serves them all; the defaults for no root."""
    bounds = [config.bounds for config in configs] or [Bounds()]
    return Limits(
        seconds=max(one.seconds for one in bounds),
        memory=max(one.megabytes for one in bounds) * MIB,
        content=max(one.file_bytes for one in bounds),
    )
