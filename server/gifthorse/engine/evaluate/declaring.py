"""Declarations that name their type once for several names, and text that is code (macros) -> instructions.

Assignments by themselves are in `statements`; what the instructions do is in `declared`.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, maybe, spanning, start_of, visit, word_of
from gifthorse.engine.evaluate.expressions import written_arguments
from gifthorse.engine.evaluate.program import Argument, AssignShape, CallShape, Op
from gifthorse.engine.evaluate.targets import target_word
from gifthorse.model.fact import Fact


class _Common(NamedTuple):
    """What a declaration says of all its names: their type, the word for elements of arrays, whether they last."""

    kind: Fact | None
    unit: str
    lasting: bool
    around: int


def _declaration(compiler: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """`type` holds for every `declare` in it; definitions of types may stand among them."""
    common = _Common(fact.part("type"), word_of(fact.part("unit")), fact.part("lasting") is not None, base)
    for name, kid in zip(fact.names, fact.kids, strict=True):
        if name == "type" or kid.role not in {"declare", "class", "block", "sequence"}:
            continue
        if kid.role == "declare":
            yield from _one(compiler, kid, common)
        else:
            yield visit(kid, base)
        yield Op("drop")
    yield Op("nothing")


def _one(compiler: Compiler, fact: Fact, common: _Common) -> Iterator[Step]:
    """One name: what it is given, what a constructor of its type makes of arguments, or only its type."""
    base = start_of(fact, common.around)
    target, value, size = fact.part("target") or fact, fact.part("value"), fact.part("size")
    word, kind = target_word(target), common.kind
    yield Op("toward", (word, AssignShape(fact)), base, base + fact.end - fact.start)
    given = fact.part("args")
    sole = given.kids[0] if given is not None and kind is None and len(given.kids) == 1 else None
    if given is not None and sole is not None and sole.role not in {"kwarg", "splat", "list"}:
        yield visit(sole, start_of(given, base))  # A type that says nothing takes what it is given: `int n{3};`.
    elif given is not None:
        yield maybe(common.kind, common.around)
        yield from _construct(fact, base, common.kind)
    elif value is not None:
        yield visit(value, base)
        if kind is not None and kind.role != "other":
            yield visit(kind, common.around)
            yield Op("as-declared")
    else:
        yield maybe(common.kind, common.around)
        yield Op("declared", word)
    if size is not None:
        yield visit(size, base)
        yield Op("sized", common.unit)
        if common.lasting:
            yield Op("lasting")
    if target is fact:
        compiler.bind(fact.text)
        yield Op("store", fact.text, base, base + fact.end - fact.start)
    else:
        yield visit(target, base, "declare")
    yield Op("arrived")


def _construct(fact: Fact, base: int, kind: Fact | None) -> Iterator[Step]:
    """`Type name(a, b)`: a call of the type."""
    arguments: list[Argument] = []
    yield from written_arguments(fact, base, arguments)
    yield spanning("call", CallShape(fact, tuple(arguments), kind.text if kind else ""), fact, base)


def _code(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield spanning("code", fact.text, fact, base)


EMITTERS: Final[dict[str, Emitter]] = {"declaration": _declaration, "code": _code}
