"""Expressions -> instructions: each leaves exactly one Value on the stack.

Statements are in `statements`, what is assigned to in `targets`.
"""

from collections.abc import Callable, Iterator
from typing import Final

from gifthorse.engine.evaluate.arithmetic import COMPARISONS
from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, Visit, maybe, spanning, start_of, visit, word_of
from gifthorse.engine.evaluate.prefixes import prefixed
from gifthorse.engine.evaluate.program import Argument, CallShape, Op
from gifthorse.engine.evaluate.settings import nested
from gifthorse.model.fact import Fact


def _wrap(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A bracket around one value: the last kid is it."""
    kid = fact.part("value") or (fact.kids[-1] if fact.kids else None)
    yield maybe(kid, base)


def _constant(code: str) -> Callable[[Compiler, Fact, int, str], Iterator[Step]]:
    def emit(_: Compiler, fact: Fact, __: int, ___: str) -> Iterator[Step]:
        yield Op(code, fact.text)

    return emit


def _name(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield spanning("load", fact.text, fact, base)


def _string(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """The source between the interpolations is part of the operand. A `word` has no quotes and no escapes."""
    holes = list(fact.kids)
    source = fact.text.encode("utf-8", "replace")
    edges = [0, *(edge for hole in holes for edge in (hole.start, hole.end)), len(source)]
    pieces = tuple(
        source[edges[place] : edges[place + 1]].decode("utf-8", "replace") for place in range(0, len(edges), 2)
    )
    for hole in holes:
        yield maybe(hole.part("value"), start_of(hole, base)) if hole.role == "interp" else visit(hole, base)
    yield Op("word" if fact.role == "word" else "string", pieces, base, base + fact.end - fact.start)


def _sequence(code: str) -> Callable[[Compiler, Fact, int, str], Iterator[Step]]:
    def emit(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
        shape = []
        for kid in fact.kids:
            splat = kid.role == "splat"
            inside = kid.part("value") if splat else kid
            yield maybe(inside, start_of(kid, base) if splat else base)
            shape.append(splat)
        yield spanning(code, tuple(shape), fact, base)

    return emit


def _toward(word: str, visit: Visit) -> Iterator[Step]:
    """Evaluate a value knowing what it is for."""
    if visit.fact.kids and word:
        yield Op("toward", (word, None))
        yield visit
        yield Op("arrived")
    else:
        yield visit


def _dict(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Pairs with plain words for keys carry them in the operand; others leave key and value on the stack."""
    shape: list[tuple[str, str]] = []
    if "key" in fact.names:
        yield from (visit(kid, base) for kid in fact.kids)
        yield Op("dict", (("pair", ""),) * (len(fact.kids) // 2))
        return
    for kid in fact.kids:
        at, key, value = start_of(kid, base), kid.part("key"), kid.part("value")
        if kid.role == "pair" and not kid.kids:
            yield Op("load", kid.text)
            shape.append(("word", kid.text))
        elif kid.role == "pair" and key is not None and value is not None and kid.names.count("key") == 1:
            if key.role == "other":
                yield from _toward(key.text, visit(value, at))
                shape.append(("word", key.text))
            else:
                yield visit(key, at)
                yield from _toward(key.text.strip("'\""), visit(value, at))
                shape.append(("pair", ""))
        elif kid.role in {"splat", "kwsplat"}:
            yield maybe(value, at)
            shape.append(("splat", ""))
        elif kid.role == "pair" and key is not None:
            yield from nested(kid, base, shape)
        elif kid.role == "func":
            yield visit(kid, base)
            name = kid.part("name")
            shape.append(("word", name.text if name else ""))
        else:
            yield visit(kid, base)
            shape.append(("other", ""))
    yield Op("dict", tuple(shape))


def _binary(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    operator = fact.part("op")
    yield maybe(fact.part("left"), base)
    yield maybe(fact.part("right"), base)
    word = " ".join(operator.text.split()) if operator else ""
    if word in COMPARISONS:
        yield Op("compare", (word, fact.part("left"), fact.part("right")))
    else:
        yield spanning("binary", word, fact, base)


def _unary(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    operator, arg = fact.part("op"), fact.part("arg")
    if operator is not None and operator.text == "&" and arg is not None and arg.role == "index":
        around = start_of(arg, base)
        yield maybe(arg.part("object"), around)
        yield maybe(arg.part("key"), around)
        yield spanning("index", "address", arg, around)
    else:
        yield maybe(arg, base)
    yield spanning("unary", operator.text if operator else "", fact, base)


def _conditional(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    for part in ("test", "then", "else"):
        yield maybe(fact.part(part), base)
    yield Op("choose")


def _member(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    prop = fact.part("prop")
    yield maybe(fact.part("object"), base)
    while prop is not None and prop.role == "member":
        yield spanning("member", word_of(prop.part("object")), fact, base)
        prop = prop.part("prop")
    yield spanning("member", word_of(prop), fact, base)


def _cast(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A value that is said to be of a type."""
    yield maybe(fact.part("value"), base)
    yield maybe(fact.part("type"), base)
    yield Op("as-declared")


def _function_reference(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    """`o::m`: a member that is meant as a function."""
    yield from _member(_, fact, base, mode)
    yield Op("as-function")


def _index(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield maybe(fact.part("object"), base)
    yield maybe(fact.part("key"), base)
    yield spanning("index", fact.part("key"), fact, base)


def _slice(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Which of start, stop and step are written is read off the colons between the kids."""
    shape, place, before = [], 0, 0
    source = fact.text.encode("utf-8", "replace")
    for kid in fact.kids:
        place += source[before : kid.start].count(b":")
        shape.append(place)
        before = kid.end
        yield visit(kid, base)
    yield Op("slice", tuple(shape))


def _argument_facts(fact: Fact) -> list[tuple[Fact, int]]:
    """The arguments of a call with the offset of what is directly around them, from the call's start."""
    args = fact.part("args")
    if args is None:
        return []
    if args.role in {"args", "list"}:
        return [(kid, args.start) for kid in args.kids]
    return [(args, 0)]


def _callee(fact: Fact, base: int) -> Iterator[Step]:
    """What is called: `func`, or the member `method` of `object` where the two are no node of their own."""
    func, method = fact.part("func"), fact.part("method")
    target, key = fact.part("object"), fact.part("key")
    if key is not None:
        yield maybe(target, base)
        yield visit(key, base)
        yield spanning("index", None, key, start_of(key, base))
        return
    if method is None:
        yield maybe(func, base)
        return
    yield maybe(target, base)
    start = target.start if target is not None else method.start
    yield Op("member", method.text, base + start, base + method.end)


def _made_fields(fact: Fact) -> list[tuple[Fact, int]]:
    """What is assigned to fields of the result (C#: `new T { A = 1 }`)."""
    made = fact.part("fields")
    return [(kid, made.start) for kid in made.kids] if made is not None else []


def written_arguments(fact: Fact, base: int, arguments: list[Argument]) -> Iterator[Step]:
    """The Values of all arguments; what each is goes to `arguments`."""
    for kid, at in [*_argument_facts(fact), *((kid, 0) for kid in fact.parts("more")), *_made_fields(fact)]:
        around, value, name = base + at, kid.part("value"), kid.part("name")
        if kid.role in {"kwarg", "field"} and value is not None and name is not None:
            yield from _toward(word_of(name), visit(value, around + kid.start))
            arguments.append(Argument("keyword" if kid.role == "kwarg" else "field", word_of(name), kid))
        elif kid.role in {"splat", "kwsplat"}:
            yield maybe(value, around + kid.start)
            arguments.append(Argument(kid.role, "", kid))
        elif kid.role == "field" and name is not None:
            yield visit(name, around + kid.start)
            arguments.append(Argument("field", word_of(name), kid))
        elif kid.role == "code":
            yield spanning("code-list", kid.text, kid, around + kid.start)
            arguments.append(Argument("splat", "", kid))
        else:
            yield visit(kid, around)
            arguments.append(Argument("position", "", kid))


def _has_blocks(fact: Fact) -> bool:
    """Whether all that stands behind a call are functions: `f(1) { .. }`."""
    more = list(fact.parts("more"))
    return bool(more) and all(kid.role == "func" for kid in more)


def _call(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A call. One that has only `more` arguments carries on the call that it stands behind: `f(1) { .. }`."""
    for kid in fact.parts(""):
        yield visit(kid, base)
        yield Op("drop")
    func = fact.part("func")
    inner, at = fact, base
    if func is not None and func.role == "call" and fact.part("args") is None and _has_blocks(fact):
        inner, at = func, start_of(func, base)
        func = inner.part("func")
    yield from _callee(inner, at)
    arguments: list[Argument] = []
    yield from written_arguments(inner, at, arguments)
    if inner is not fact:
        yield from written_arguments(fact, base, arguments)
    method = inner.part("method")
    written = func.text if func else method.text if method else ""
    yield spanning("call", CallShape(fact, tuple(arguments), written), fact, base)


def _comprehension(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Each clause is a loop inside the one before; what the body gives is collected."""
    clauses = [kid for kid in fact.kids if kid.role in {"clause", "filter"}]
    yield Op("collect")
    opened = 0
    for clause in clauses:
        at, target = start_of(clause, base), clause.part("target")
        if clause.role == "filter":
            yield maybe(clause.part("test"), at)
            yield Op("sift")
            continue
        opened += 1
        yield maybe(clause.part("iter"), at)
        yield Op("each", False)
        if target is not None:
            yield visit(target, at, "declare")
        yield Op("drop")
    body = fact.part("body")
    if body is not None and body.role == "pair":
        for part in ("key", "value"):
            yield maybe(body.part(part), start_of(body, base))
        yield Op("gather-pair")
    else:
        yield maybe(body, base)
        yield Op("gather")
    for _number in range(opened):
        yield Op("again")  # It leaves the body's value, or puts the next element in its place.
    yield Op("drop")
    yield Op("collected")


def _comma(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Several expressions or statements of which the last is the value."""
    for number, kid in enumerate(fact.kids):
        if number:
            yield Op("drop")
        yield visit(kid, base)
    if not fact.kids:
        yield Op("nothing")


EMITTERS: Final[dict[str, Emitter]] = {
    "comma": _comma, "wrap": _wrap, "splat": _wrap, "kwsplat": _wrap, "name": _name, "str": _string, "word": _string,
    "strcat": _sequence("concat"), "num": _constant("number"), "true": _constant("true"), "false": _constant("false"),
    "null": _constant("null"), "list": _sequence("list"), "set": _sequence("list"), "dict": _dict,
    "funcref": _function_reference, "cast": _cast, "binop": _binary, "unop": _unary, "cond": _conditional, "member": prefixed(_member), "index": prefixed(_index), "slice": _slice,
    "call": prefixed(_call), "comp": _comprehension, "sequence": _comma,
}  # fmt: skip
