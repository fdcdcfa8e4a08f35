"""`!a.b()` where a grammar reads it as `(!a).b()`: what stands in front belongs to the whole.

Such a grammar gives an operator as the object of a member although there are no brackets around it.
"""

from collections.abc import Iterator

from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, visit
from gifthorse.engine.evaluate.program import Op
from gifthorse.model.fact import Fact

MAX_CHAIN = 16
"""Members and calls, one of the other, that an operator is looked for in front of."""

INNER = {"call": ("object", "func"), "member": ("object",), "index": ("object",)}


def _inner(fact: Fact) -> tuple[int, Fact] | None:
    """What a call, a member or an index is of, and which kid that is."""
    for name in INNER.get(fact.role, ()):
        if name in fact.names:
            number = fact.names.index(name)
            return number, fact.kids[number]
    return None


def _without_prefix(fact: Fact) -> tuple[str, Fact] | None:
    """The operator in front of a chain, and the chain without it; None where there is none."""
    chain: list[tuple[Fact, int]] = []
    current = fact
    while len(chain) < MAX_CHAIN:
        found = _inner(current)
        if found is None:
            break
        chain.append((current, found[0]))
        current = found[1]
    operator, arg = (current.part("op"), current.part("arg")) if current.role == "unop" else (None, None)
    if not chain or operator is None or arg is None or operator.start > arg.start:
        return None
    current = arg._replace(start=current.start + arg.start, end=current.start + arg.end)
    for around, number in reversed(chain):
        kids = (*around.kids[:number], current, *around.kids[number + 1 :])
        current = around._replace(kids=kids)
    return operator.text, current


def prefixed(emit: Emitter) -> Emitter:
    """The emitter of a call, a member or an index, aware of operators in front."""

    def emitted(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
        found = _without_prefix(fact)
        return emit(compiler, fact, base, mode) if found is None else _apart(*found, fact, base, mode)

    return emitted


def _apart(operator: str, chain: Fact, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    yield visit(chain._replace(start=0, end=fact.end - fact.start), base, mode)
    yield Op("unary", operator, base, base + fact.end - fact.start)
