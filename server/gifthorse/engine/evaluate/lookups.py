"""Reading an element by a key, and what it says of the key: where a list of the file's own has it, it is expected."""

from typing import Final

from gifthorse.engine.evaluate import guards, names
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import UNKNOWN
from gifthorse.model.fact import Fact
from gifthorse.model.knowledge import EVERYTHING


def _index(machine: Machine, op: Op) -> None:
    """`value[key]`. The operand is the key as it is written."""
    value, key = machine.stack[-2:]
    names.index(machine, op)
    if key.taint and not value.taint and value.kind in {"dict", "list", "set"} and isinstance(op.operand, Fact):
        found = guards.guard(machine, op.operand, (EVERYTHING,), holds=True)
        if found:
            result = machine.pop()  # Perhaps there is no such element, so that it is none of those that there are.
            machine.push(result._replace(const=UNKNOWN, guards=(*result.guards, *found)))


OPERATIONS: Final[dict[str, Operation]] = {"index": _index}
