"""Statements and definitions -> instructions: each leaves one Value, which nobody may want.

A function inside is only named here (`Inner`); its own Program is made when it is first needed.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.engine.evaluate.compiler import (
    Compiler,
    Emitter,
    Step,
    maybe,
    spanning,
    start_of,
    unknown_construct,
    visit,
    word_of,
)
from gifthorse.engine.evaluate.expressions import written_arguments
from gifthorse.engine.evaluate.program import MAKER, Argument, AssignShape, CallShape, Inner, Op, last_segment
from gifthorse.engine.evaluate.targets import target_word
from gifthorse.model.fact import Fact


def _is_function(fact: Fact) -> bool:
    while fact.role in {"wrap", "deco"} and fact.kids:
        fact = fact.part("target") or fact.kids[-1]
    return fact.role == "func" and fact.part("name") is not None


def bodies_first(kids: Sequence[Fact]) -> list[Fact]:
    """The text of a heredoc stands behind the statement that uses it; it comes before that here."""
    if not any(kid.role == "herebody" for kid in kids):
        return list(kids)
    found: list[Fact] = []
    place = 0
    for kid in kids:
        if kid.role == "herebody":
            found.insert(place, kid)
        else:
            place = len(found)
            found.append(kid)
    return found


def _block(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    kids = list(fact.kids)
    if compiler.hoists:
        kids.sort(key=lambda kid: not (kid.role == "deco" or _is_function(kid)))
    if not kids:
        yield Op("nothing")
    for number, kid in enumerate(bodies_first(kids)):
        if number:
            yield Op("drop")
        yield visit(kid, base)


def _import(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    words = {name: kid.text.strip("'\"`") for name, kid in zip(fact.names, fact.kids, strict=True)}
    modules = list(fact.parts("module"))
    if len(modules) > 1:
        words["module"] = ".".join(kid.text for kid in modules)
    module = words.get("module", "")
    for name in (
        words.get("alias") or words.get("name"),
        words.get("default"),
        module.split(".")[0],
        last_segment(module),
    ):
        if name:
            compiler.bind(name)
    yield spanning("import", words, fact, base)


def _assign(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    value, target, kind = fact.part("value"), fact.part("target"), fact.part("type")
    yield spanning("toward", (target_word(target), AssignShape(fact)), fact, base)
    if value is not None:
        yield visit(value, base)
        if kind is not None:
            yield visit(kind, base)
            yield Op("as-declared")
    elif kind is not None:
        yield visit(kind, base)
        yield Op("typed")
    else:
        yield Op("held", target.text) if target is not None and target.role == "name" else Op("nothing")
    if target is not None:
        yield visit(target, base, fact.role)
    yield Op("arrived")
    for kid in fact.parts(""):
        if kid.role == "func":  # What reads and writes a property.
            yield visit(kid, base)
            yield Op("drop")


def _augment(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    target, operator = fact.part("target"), fact.part("op")
    yield maybe(target, base)
    yield maybe(fact.part("value"), base)
    yield spanning("augment", operator.text.removesuffix("=") if operator else "+", fact, base)
    if target is not None:
        yield visit(target, base, "assign")


def _decorators(fact: Fact, name: str, base: int) -> Iterator[Step]:
    """Decorators, or annotations, are evaluated; what they make of the definition is not followed."""
    for decorator in fact.parts(name):
        yield visit(decorator, base)
        yield spanning("decorate", decorator, decorator, start_of(decorator, base))


def _function(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    name = fact.part("name")
    inner = Inner(compiler.inner_name(name.text if name else ""), fact, base)
    yield from _decorators(fact, "deco", base)
    if fact.part("maker") is not None:
        yield spanning("function", inner, fact, base)
        compiler.bind(MAKER)
        yield Op("store", MAKER)
        return
    receiver = fact.part("receiver")
    if receiver is not None:
        kind = next((kid.part("type") for kid in receiver.kids if kid.part("type")), None)
        yield Op("function", inner)
        yield Op("method-of", (kind.text.lstrip("*") if kind else "", name.text if name else ""))
        return
    owner = fact.part("owner")
    if owner is not None:
        yield Op("function", inner, base, base + fact.end - fact.start)
        yield Op("method-of", (word_of(owner), name.text if name else ""))
        return
    yield spanning("function", inner, fact, base)
    if name is not None and fact.part("expression") is None:
        compiler.bind(name.text)
        yield Op("store", name.text)


def _class(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    name, body, args = fact.part("name"), fact.part("body"), fact.part("args")
    bases = [(kid, base) for kid in fact.parts("base")]
    if args is not None:
        bases.extend((kid, start_of(args, base)) for kid in args.kids if kid.role not in {"kwarg", "splat", "kwsplat"})
    for kid, at in bases:
        yield visit(kid, at)
    text = name.text if name else compiler.inner_name("class")
    yield from _decorators(fact, "deco", base)
    yield Op("bases", len(bases))
    yield Op("class", text)
    fields = fact.part("params")
    if fields is not None:
        yield visit(_maker_of(fields), base)
        yield Op("drop")
    yield maybe(body, base)
    for kid in list(fact.parts("body"))[1:]:
        yield Op("drop")
        yield visit(kid, base)
    yield Op("end-class")
    if fact.part("new") is not None:
        arguments: list[Argument] = []
        made = tuple(kid for kid in fact.parts("new") if kid.role == "args")
        yield from written_arguments(Fact("call", 0, 0, "", ("args",) * len(made), made), base, arguments)
        yield spanning("call", CallShape(fact, tuple(arguments), ""), fact, base)
        return
    compiler.bind(text)
    yield Op("store", text)


def _maker_of(params: Fact) -> Fact:
    """The constructor of a class whose parameters are its fields (Java's records, Kotlin)."""
    names = [kid.part("name") or kid for kid in params.kids]
    this = Fact("name", 0, 0, "this")
    kept = tuple(
        Fact(
            "assign", 0, 0, "", ("target", "value"),
            (Fact("member", 0, 0, "", ("object", "prop"), (this, name)), Fact("name", 0, 0, name.text)),
        )
        for name in names
    )  # fmt: skip
    body = Fact("sequence", 0, 0, "", ("",) * len(kept), kept)
    parts = ("maker", "params", "body")
    kids = (Fact("name", 0, 0, MAKER), params._replace(start=0, end=params.end - params.start), body)
    return Fact("func", params.start, params.end, "", parts, kids)


def _decorated(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """The decorators are evaluated, the definition is what it was: what they make of it is not followed."""
    for decorator in fact.parts("value"):
        yield visit(decorator, base)
        yield spanning("decorate", decorator, decorator, start_of(decorator, base))
    yield maybe(fact.part("target"), base)


def _return(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    compiler.returns = compiler.returns or bool(fact.kids)
    if len(fact.kids) > 1:
        yield from (visit(kid, base) for kid in fact.kids)
        yield Op("list", (False,) * len(fact.kids))
    else:
        yield maybe(fact.part("value") or (fact.kids[0] if fact.kids else None), base)
    yield spanning("return" if fact.role == "return" else "yield", None, fact, base)


def _leave(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    if len(fact.kids) == 1:
        yield visit(fact.kids[0], base)
    else:
        yield from unknown_construct(compiler, fact, base, mode)
    yield Op("leave", " ".join(fact.text.rstrip("; ").split()[:2]))


def _global(compiler: Compiler, fact: Fact, _: int, __: str) -> Iterator[Step]:
    compiler.outer[-1].update(kid.text for kid in fact.kids)
    yield Op("nothing")


def _loop(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """The body with what it goes through, or with its test; `again` goes back. What is done otherwise may not be."""
    target, iterated, among = fact.part("target"), fact.part("iter"), list(fact.parts("among"))
    if fact.part("init") is not None:
        yield maybe(fact.part("init"), base)
        yield Op("drop")
    if iterated is not None or among:
        yield from ([visit(iterated, base)] if iterated is not None else _among(among, base))
        yield Op("each", fact.part("key") is not None)
        kind = fact.part("type")
        if kind is not None:
            yield visit(kind, base)
            yield Op("as-declared")
        if target is not None:
            yield visit(target, base, "declare")
    else:
        yield Op("once", fact.part("test") is None)
        yield maybe(fact.part("test"), base)
    yield Op("drop" if iterated is not None or among else "check")
    yield maybe(fact.part("body"), base)
    yield Op("drop")
    yield maybe(fact.part("step"), base)
    yield Op("again")
    if fact.part("else") is not None:
        yield Op("drop")
        yield Op("fork", False)
        yield maybe(fact.part("else"), base)
        yield Op("drop")
        yield Op("merge", True)


def _among(kids: Sequence[Fact], base: int) -> Iterator[Step]:
    """Values that are written one after the other, as the list of them."""
    yield from (visit(kid, base) for kid in kids)
    yield Op("list", (False,) * len(kids))


def _try(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield Op("fork", False)
    body = bodies_first(list(fact.parts("body")) or list(fact.parts("")))
    for number, kid in enumerate(body):
        if number:
            yield Op("drop")
        yield visit(kid, base)
    if not body:
        yield Op("nothing")
    if fact.part("else") is not None:
        yield Op("drop")
        yield maybe(fact.part("else"), base)
    yield Op("keep")
    for number, arm in enumerate(fact.parts("arm"), 1):
        yield Op("arm", -number)
        yield visit(arm, base)
        yield Op("keep")
    yield Op("merge", fact.part("arm") is None)
    if fact.part("final") is not None:
        yield maybe(fact.part("final"), base)
        yield Op("drop")


EMITTERS: Final[dict[str, Emitter]] = {
    "block": _block, "import": _import, "declare": _assign, "assign": _assign, "augment": _augment,
    "func": _function, "class": _class, "deco": _decorated, "return": _return, "yield": _return, "leave": _leave,
    "global": _global, "loop": _loop, "try": _try,
}  # fmt: skip
