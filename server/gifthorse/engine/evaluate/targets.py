"""Targets of assignments -> instructions: each takes a Value apart or stores it, and leaves it on the stack.

How the Value comes about is in `expressions`.
"""

from collections.abc import Iterator
from typing import Final

from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, maybe, spanning, start_of, visit, word_of
from gifthorse.engine.evaluate.program import Op
from gifthorse.model.fact import Fact


def target_word(fact: Fact | None) -> str:
    """The last word of what is assigned to, which is what a value made on the way is for."""
    while fact is not None and fact.kids:
        fact = fact.part("prop") or fact.part("key") or fact.kids[-1]
    return fact.text.strip("'\"") if fact is not None else ""


def _target_name(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    if mode == "declare":
        compiler.bind(fact.text)
    yield spanning("store", fact.text, fact, base)


def _target_member(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    prop = fact.part("prop")
    yield maybe(fact.part("object"), base)
    yield spanning("store-member", word_of(prop), fact, base)


def _target_index(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    key = fact.part("key")
    yield maybe(fact.part("object"), base)
    if key is None:
        yield spanning("store-next", None, fact, base)
        return
    yield visit(key, base)
    yield spanning("store-index", None, fact, base)


def _target_list(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    for number, kid in enumerate(fact.kids):
        inside = kid.part("value") if kid.role == "splat" else None
        yield Op("rest" if inside else "pick", number)
        yield visit(inside, start_of(kid, base), mode) if inside else visit(kid, base, mode)
        yield Op("drop")


def _target_dict(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    names: list[str] = []
    for kid in fact.kids:
        at, key, value = start_of(kid, base), kid.part("key"), kid.part("value")
        if kid.role == "pair" and key is not None and key.kids:
            yield visit(key, at)
            yield Op("pick-by")
            yield visit(value or key, at, mode)
            yield Op("drop")
        elif kid.role == "splat" and value is not None:
            yield Op("others", tuple(names))
            yield visit(value, at, mode)
            yield Op("drop")
        elif kid.role == "pair" and key is not None:
            names.append(key.text.strip("'\""))
            yield Op("pick", key.text.strip("'\""))
            yield visit(value or key, at, mode)
            yield Op("drop")
        elif kid.role in {"name", "param"}:
            own = kid.part("name") or kid
            names.append(own.text)
            yield Op("pick", own.text)
            yield visit(kid, base, mode)
            yield Op("drop")


def _target_default(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    """A target with a value for when there is none: `[a = 1] = list`."""
    target, value = fact.part("name"), fact.part("default")
    yield Op("same")
    yield maybe(value, base)
    yield Op("default")
    if target is not None:
        yield visit(target, base, mode)
    yield Op("drop")


def _target_wrap(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    kid = fact.part("value") or (fact.kids[-1] if fact.kids else None)
    if kid is not None:
        yield visit(kid, base, mode)


def _unknown_target(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    if fact.text.isidentifier() and not fact.kids:
        yield from _target_name(compiler, fact, base, mode)


EMITTERS: Final[dict[str, Emitter]] = {
    "name": _target_name, "member": _target_member, "index": _target_index, "list": _target_list,
    "dict": _target_dict, "wrap": _target_wrap, "param": _target_default, "other": _unknown_target,
}  # fmt: skip
