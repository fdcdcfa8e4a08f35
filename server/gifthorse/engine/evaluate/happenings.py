"""What happens while a unit is run, as a Listener sees it: calls and what they give, assignments, results."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, final

from gifthorse.engine.evaluate.program import AssignShape, CallShape, Op
from gifthorse.engine.evaluate.taint import Site, Slot, Trace
from gifthorse.engine.evaluate.values import Value
from gifthorse.model.fact import Fact


@final
class Arguments:
    """What a call gives: by position, by keyword, and whether a splat may have brought more.

    `written`: the arguments (by position or name) that stand in the call itself.
    """

    __slots__ = ("complete", "keywords", "positional", "written")

    def __init__(
        self,
        positional: list[Value],
        keywords: dict[str, Value],
        complete: bool = True,
        written: dict[str, Fact] | None = None,
    ) -> None:
        self.positional = positional
        self.keywords = keywords
        self.complete = complete
        self.written: dict[str, Fact] = {} if written is None else written


class Call(NamedTuple):
    """A call as a Listener sees it. `shape` is None where no call is written (code in a string)."""

    name: str
    callee: Value
    arguments: Arguments
    site: Site
    shape: CallShape | None
    direct: bool
    nearby: tuple[str, ...]


class Assignment(NamedTuple):
    """An assignment to a field as a Listener sees it. `shape` is None where none is written (setattr, update).

    `named`: what else may be asked for, by word: what is around a setting.
    """

    name: str
    value: Value
    site: Site
    shape: AssignShape | None
    nearby: tuple[str, ...]
    named: Mapping[str, Value] = MappingProxyType({})
    written: tuple[str, int, int] | None = None
    """Where a setting's value is written in its item, and the role of that."""


class Toward(NamedTuple):
    """What the value being evaluated is for: a word, and the assignment if it is one."""

    word: str
    shape: AssignShape | None
    op: Op


class Passed(NamedTuple):
    """Outside text that is given to a parameter of a function of the file, or comes from a function that gives it."""

    slot: Slot
    trace: Trace
    site: Site
    name: str


class Made(NamedTuple):
    """A text that is put together or decoded from constants, and what it was made from, as far as that are texts."""

    text: str
    parts: tuple[str, ...]
    site: Site


class Returned(NamedTuple):
    """What a function that the library calls gives back, as a Listener sees it. `names`: whatever calls it."""

    names: tuple[str, ...]
    value: Value
    site: Site
    nearby: tuple[str, ...]
