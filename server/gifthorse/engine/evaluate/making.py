"""Tells the Listener of texts that the code puts together or decodes from constants: they stand nowhere as a whole."""

from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.happenings import Made
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import Value

SHORTEST: Final = 16
LONGEST: Final = 4_000
"""Characters of a text that anybody is told of."""

MOST_PARTS: Final = 64


def tell(machine: Machine, made: Value, parts: Sequence[Value], op: Op) -> None:
    """Tell of what an instruction made from `parts`, where that is a constant text that is not one of them."""
    text = _text(made.const)
    if SHORTEST <= len(text) <= LONGEST:
        known = tuple(_texts(machine, parts))
        if text not in known:
            machine.listener.made(machine, Made(text, known, machine.site(op)))


def _text(const: object) -> str:
    if isinstance(const, bytes):
        return const.decode("latin-1")
    return const if isinstance(const, str) else ""


def _texts(machine: Machine, parts: Sequence[Value]) -> Iterator[str]:
    """The texts among constants, and in lists among them."""
    for part in parts[:MOST_PARTS]:
        const = containers.constant(machine, part)
        for one in const[:MOST_PARTS] if isinstance(const, list) else [const]:
            if isinstance(one, str | bytes):
                yield _text(one)
