"""What a function of the file answers whatever it is asked: a verifier that always says yes verifies nothing.

The function is run by itself on unknown arguments, beside the machine that asks, and nobody hears of it.
"""

from collections.abc import Set as AbstractSet
from typing import Final

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.compile import compile_function
from gifthorse.engine.evaluate.happenings import Assignment, Call, Made, Passed, Returned
from gifthorse.engine.evaluate.machine import Frame, Machine, Setting
from gifthorse.engine.evaluate.store import Store
from gifthorse.engine.evaluate.values import NONE, UNKNOWN, Function, Scope, Value

LEAVES: Final = "leave"


class _Deaf:
    """A Listener that wants to know of nothing."""

    words: AbstractSet[str] = NONE
    harms: AbstractSet[str] = NONE
    remembered: AbstractSet[str] = NONE
    roots: AbstractSet[str] = NONE

    def hears_call(self, name: str) -> bool:
        """Of no call."""
        del name
        return False

    def hears_assignment(self, name: str) -> bool:
        """Of no assignment."""
        del name
        return False

    def knows(self, name: str) -> bool:
        """No name."""
        del name
        return False

    def type_named(self, name: str) -> str:
        """Of none."""
        del name
        return ""

    def asks(self, name: str) -> AbstractSet[str]:
        """For nothing."""
        del name
        return NONE

    def call(self, machine: Machine, call: Call) -> None:
        """Nothing is done with it."""

    def assign(self, machine: Machine, assignment: Assignment) -> None:
        """Nothing is done with it."""

    def returned(self, machine: Machine, returned: Returned) -> None:
        """Nothing is done with it."""

    def passed(self, passed: Passed) -> None:
        """Nothing is done with it."""

    def made(self, machine: Machine, made: Made) -> None:
        """Nothing is done with it."""


def always(machine: Machine, function: Function) -> object:
    """The constant that a function gives, whatever it is given; UNKNOWN where that depends, or where it may raise."""
    hoists = machine.language.settings.get("hoists", "") != ""
    program = function.program or compile_function(function.fact, hoists)
    if any(op.code == LEAVES for op in program.code):
        return UNKNOWN
    store = Store([*reversed(machine.store.layers), *machine.store.base])
    setting = Setting(machine.language, _Deaf(), machine.operations, machine.read_code, machine.lore)
    beside = Machine(setting, store)
    scope = Scope((function.path, "always"), program.names, function.scope)
    values = [Value(name=one.name, ref=(scope.ref, one.name)) for one in program.parameters]
    for parameter, value in zip(program.parameters, values, strict=True):
        if parameter.pattern is None:
            store.put((scope.ref, parameter.name), value)
    frame = Frame(program, scope, function.path, 0, arguments=values, function=function, last=not program.returns)
    result = beside.run(frame)
    for place in store.reads:
        machine.store.get(place)
    return containers.constant(beside, result)
