"""The Compiler works Facts off into instructions with a list of work of its own, so that nothing recurses.

It only keeps what emitters leave; what each role of a Fact becomes is in `expressions`, `statements` and `targets`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, final

from gifthorse.engine.evaluate.program import Op, Parameter, Program
from gifthorse.model.fact import Fact


@final
class Visit:
    """Work of the compiler: a Fact still to be compiled. `mode`: its value is wanted, or it is bound to one."""

    __slots__ = ("base", "fact", "mode")

    def __init__(self, fact: Fact, base: int, mode: str = "value") -> None:
        self.fact = fact
        self.base = base
        self.mode = mode


Step = Op | Visit


class Compiler:
    """Compiles one Fact with an explicit list of work. `hoists`: functions are bound at the start of their block."""

    def __init__(self, hoists: bool, tables: "Tables") -> None:
        self.hoists, self.tables = hoists, tables
        self.code: list[Op] = []
        self.scopes: list[set[str]] = [set()]
        self.outer: list[set[str]] = [set()]
        self.counts: dict[str, int] = {}
        self.prefix: list[str] = []
        self.returns = False

    def run(self, steps: list[Step]) -> None:
        """Work off all steps in order."""
        work = steps[::-1]
        while work:
            step = work.pop()
            if isinstance(step, Visit):
                steps = list(self._steps(step))
                steps.reverse()
                work.extend(steps)
            else:
                self._emit(step)

    def _steps(self, visit: Visit) -> Iterator[Step]:
        if visit.mode == "value":
            emitter = self.tables.values.get(visit.fact.role, unknown_construct)
        else:
            emitter = self.tables.targets.get(visit.fact.role, self.tables.targets["other"])
        return emitter(self, visit.fact, visit.base, visit.mode)

    def _emit(self, op: Op) -> None:
        if op.code == "class":
            self.prefix.append(str(op.operand))
            self.scopes.append(set())
            self.outer.append(set())
            self.code.append(op)
        elif op.code == "end-class":
            self.prefix.pop()
            self.code.append(op._replace(operand=frozenset(self.scopes.pop() - self.outer.pop())))
        else:
            self.code.append(op)

    def bind(self, name: str) -> None:
        """A name that this Program (or the class being compiled) binds."""
        self.scopes[-1].add(name)

    def inner_name(self, name: str) -> str:
        """A function's name that is unique in this Program."""
        full = ".".join([*self.prefix, name or "λ"])
        number = self.counts[full] = self.counts.get(full, -1) + 1
        return f"{full}#{number}" if number else full

    def program(self, parameters: "tuple[Parameter, ...]") -> Program:
        """What was compiled."""
        words = (str(op.operand) for op in self.code if op.code in {"load", "member"})
        names, code = self.names, tuple(self.code)
        outward = bool(self.outer[0]) or any(
            op.code in {"store-member", "store-index"} or (op.code == "store" and op.operand not in names)
            for op in code
        )
        yields = any(op.code == "yield" for op in code)
        last = {op.operand.callee.rpartition(".")[2] for op in code if op.code == "call"}
        called = tuple(sorted(word for word in last if word.isidentifier()))
        return Program(code, names, parameters, self.returns, frozenset(words), yields, outward, called)

    @property
    def names(self) -> frozenset[str]:
        """All names bound, less those declared to be of an outer scope."""
        return frozenset(self.scopes[0] - self.outer[0])


def start_of(fact: Fact, base: int) -> int:
    """Where a kid starts in the Program, when what is around it starts at `base`."""
    return base + fact.start


def visit(fact: Fact, base: int, mode: str = "value") -> Visit:
    """Visit a kid of a Fact that starts at `base`."""
    return Visit(fact, base + fact.start, mode)


def spanning(code: str, operand: object, fact: Fact, base: int) -> Op:
    """An instruction that stands for all bytes of a Fact."""
    return Op(code, operand, base, base + fact.end - fact.start)


def maybe(fact: Fact | None, base: int) -> Step:
    """Visit a kid if there is one; else nothing is known."""
    return visit(fact, base) if fact else Op("nothing")


def unknown_construct(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Nothing is known of this construct but what is in it."""
    if not fact.kids:
        yield Op("nothing")
        return
    yield from (visit(kid, base) for kid in fact.kids)
    yield Op("mix", len(fact.kids))


def word_of(fact: Fact | None) -> str:
    """The one word that a Fact consists of, through brackets."""
    while fact is not None and not fact.text and len(fact.kids) == 1:
        fact = fact.kids[0]
    return fact.text if fact is not None else ""


Emitter = Callable[[Compiler, Fact, int, str], Iterator[Step]]
"""What a Fact becomes: the Compiler, the Fact, where it starts in its Program, and the mode of its Visit."""


class Tables(NamedTuple):
    """Which emitter every role has, where its value is wanted and where it is bound to one (`other`: all others)."""

    values: Mapping[str, Emitter]
    targets: Mapping[str, Emitter]
