"""What each instruction means: the table from which the machine takes it."""

from collections.abc import Mapping
from typing import Final

from gifthorse.engine.evaluate import (
    announcing,
    arriving,
    calls,
    combining,
    declared,
    definitions,
    flow,
    importing,
    jumps,
    lookups,
    loops,
    names,
    phrasing,
    picking,
    typed,
)
from gifthorse.engine.evaluate.definitions import model_of
from gifthorse.engine.evaluate.machine import Operation
from gifthorse.engine.evaluate.outcomes import CALL_VALUE

__all__ = ["OPERATIONS", "model_of"]

OPERATIONS: Final[Mapping[str, Operation]] = {
    **combining.OPERATIONS, **names.OPERATIONS, **picking.OPERATIONS, **importing.OPERATIONS, **definitions.OPERATIONS, **flow.OPERATIONS, **loops.OPERATIONS,
    **announcing.OPERATIONS, **declared.OPERATIONS, **jumps.OPERATIONS, **typed.OPERATIONS, **phrasing.OPERATIONS,
    **arriving.OPERATIONS, **lookups.OPERATIONS,
    "call": calls.call, CALL_VALUE: calls.call_value,
}  # fmt: skip
