"""What Facts are compiled to: Programs of flat instructions, and calls and assignments as they are written.

Plain values only. Making them is in `compile`, running them in `machine`.
"""

import re
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, final

from gifthorse.model.fact import Fact

_VERSION = re.compile(r"/v\d+$|\.v\d+$")


MAKER: Final = "<maker>"
"""The name of constructors that are known by their syntax and not by their name: the setting `constructor` says it."""


@final
class Op:
    """One instruction: what to do, with what, and which bytes it stands for."""

    __slots__ = ("code", "end", "operand", "start")

    def __init__(
        self,
        code: str,
        operand: Any = None,
        start: int = 0,
        end: int = 0,
    ) -> None:
        self.code = code
        self.operand = operand
        self.start = start
        self.end = end

    def _replace(self, **changes: Any) -> "Op":
        """The same with other fields."""
        made = Op(self.code, self.operand, self.start, self.end)
        for name, other in changes.items():
            setattr(made, name, other)
        return made


@final
class Argument:
    """How one argument of a call is given: `kind` is position, keyword, splat or kwsplat."""

    __slots__ = ("fact", "kind", "name")

    def __init__(self, kind: str, name: str, fact: Fact) -> None:
        self.kind = kind
        self.name = name
        self.fact = fact


@final
class CallShape:
    """A call as it is written: its Fact, its arguments, and what was called."""

    __slots__ = ("arguments", "callee", "fact")

    def __init__(self, fact: Fact, arguments: tuple[Argument, ...], callee: str) -> None:
        self.fact = fact
        self.arguments = arguments
        self.callee = callee


class AssignShape(NamedTuple):
    """An assignment as it is written."""

    fact: Fact


class Parameter(NamedTuple):
    """One parameter: `kind` is plain, rest or kwrest. `pattern` is set where it takes its argument apart. `label` is
    what callers name it, where that is not its name.
    """

    name: str
    kind: str
    default: Fact | None
    default_at: int
    pattern: Fact | None
    pattern_at: int
    type: Fact | None
    type_at: int
    label: str = ""
    annotations: tuple[tuple[Fact, int], ...] = ()
    start: int = 0
    end: int = 0


class Inner(NamedTuple):
    """A function defined inside a Program. `name` is unique among the Program's functions."""

    name: str
    fact: Fact
    at: int


@dataclass(frozen=True, slots=True)
class Program:
    """The instructions of one function body or item, the names it binds, and its parameters. `words`: all names and
    members that occur in it. `yields`: it gives one value after the other; `outward`: it changes something outside. `called`: the
    last words of what it calls.
    """

    code: tuple[Op, ...]
    names: frozenset[str]
    parameters: tuple[Parameter, ...]
    returns: bool
    words: frozenset[str]
    yields: bool = False
    outward: bool = False
    called: tuple[str, ...] = ()


def last_segment(module: str) -> str:
    """The name by which a module without an alias is known where its path is a path: `net/http` is `http`."""
    return _VERSION.sub("", module.rstrip("/")).rsplit("/", 1)[-1]
