"""Facts -> Programs: flat instructions for a machine with a stack, so that nothing recurses however deep code nests.

A Program belongs to one function, or to one top-level item. Its offsets count from the start of that. Every Fact
leaves exactly one Value on the stack. It does not evaluate: that is the machine.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from gifthorse.model.fact import Fact


class Op(NamedTuple):
    """One instruction: what to do, with what, and which bytes it stands for."""

    code: str
    operand: Any = None
    start: int = 0
    end: int = 0


class Visit(NamedTuple):
    """Work of the compiler: a Fact still to be compiled. `mode`: its value is wanted, or it is bound to one."""

    fact: Fact
    base: int
    mode: str = "value"


Step = Op | Visit


class Argument(NamedTuple):
    """How one argument of a call is given: `kind` is position, keyword, splat or kwsplat."""

    kind: str
    name: str
    fact: Fact


class CallShape(NamedTuple):
    """A call as it is written: its Fact, its arguments, and what was called."""

    fact: Fact
    arguments: tuple[Argument, ...]
    callee: str


class AssignShape(NamedTuple):
    """An assignment as it is written."""

    fact: Fact


class Parameter(NamedTuple):
    """One parameter: `kind` is plain, rest or kwrest. `pattern` is set where it takes its argument apart."""

    name: str
    kind: str
    default: Fact | None
    default_at: int
    pattern: Fact | None
    pattern_at: int
    type: Fact | None
    type_at: int


class Inner(NamedTuple):
    """A function defined inside a Program. `name` is unique among the Program's functions."""

    name: str
    fact: Fact
    at: int


@dataclass(frozen=True, slots=True)
class Program:
    """The instructions of one function body or item, the names it binds, and its parameters. `words`: all names and
    members that occur in it.
    """

    code: tuple[Op, ...]
    names: frozenset[str]
    parameters: tuple[Parameter, ...]
    returns: bool
    words: frozenset[str]


class Compiler:
    """Compiles one Fact with an explicit list of work. `hoists`: functions are bound at the start of their block."""

    def __init__(self, hoists: bool) -> None:
        self.hoists = hoists
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
                work.extend(reversed(list(self._steps(step))))
            else:
                self._emit(step)

    def _steps(self, visit: Visit) -> Iterator[Step]:
        table = VALUES if visit.mode == "value" else TARGETS
        emitter = table.get(visit.fact.role, _other if visit.mode == "value" else _unknown_target)
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
        return Program(tuple(self.code), self.names, parameters, self.returns, frozenset(words))

    @property
    def names(self) -> frozenset[str]:
        """All names bound, less those declared to be of an outer scope."""
        return frozenset(self.scopes[0] - self.outer[0])


def _at(fact: Fact, base: int) -> int:
    return base + fact.start


def _visit(fact: Fact, base: int, mode: str = "value") -> Visit:
    """Visit a kid of a Fact that starts at `base`."""
    return Visit(fact, base + fact.start, mode)


def _span(code: str, operand: object, fact: Fact, base: int) -> Op:
    return Op(code, operand, base, base + fact.end - fact.start)


def _maybe(fact: Fact | None, base: int) -> Step:
    return _visit(fact, base) if fact else Op("nothing")


def _other(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Nothing is known of this construct but what is in it."""
    if not fact.kids:
        yield Op("nothing")
        return
    yield from (_visit(kid, base) for kid in fact.kids)
    yield Op("mix", len(fact.kids))


def _wrap(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A bracket around one value: the last kid is it."""
    kid = fact.part("value") or (fact.kids[-1] if fact.kids else None)
    yield _maybe(kid, base)


def _is_function(fact: Fact) -> bool:
    while fact.role in {"wrap", "deco"} and fact.kids:
        fact = fact.part("target") or fact.kids[-1]
    return fact.role == "func" and fact.part("name") is not None


def _block(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    kids = list(fact.kids)
    if compiler.hoists:
        kids.sort(key=lambda kid: not _is_function(kid))
    if not kids:
        yield Op("nothing")
    for number, kid in enumerate(kids):
        if number:
            yield Op("drop")
        yield _visit(kid, base)


def _constant(code: str) -> Callable[[Compiler, Fact, int, str], Iterator[Step]]:
    def emit(_: Compiler, fact: Fact, __: int, ___: str) -> Iterator[Step]:
        yield Op(code, fact.text)

    return emit


def _name(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield _span("load", fact.text, fact, base)


def _string(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """The source between the interpolations is part of the operand."""
    holes = list(fact.kids)
    source = fact.text.encode("utf-8", "replace")
    edges = [0, *(edge for hole in holes for edge in (hole.start, hole.end)), len(source)]
    pieces = tuple(
        source[edges[place] : edges[place + 1]].decode("utf-8", "replace") for place in range(0, len(edges), 2)
    )
    for hole in holes:
        yield _maybe(hole.part("value"), _at(hole, base))
    yield Op("string", pieces, base, base + fact.end - fact.start)


def _sequence(code: str) -> Callable[[Compiler, Fact, int, str], Iterator[Step]]:
    def emit(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
        shape = []
        for kid in fact.kids:
            splat = kid.role == "splat"
            inside = kid.part("value") if splat else kid
            yield _maybe(inside, _at(kid, base) if splat else base)
            shape.append(splat)
        yield Op(code, tuple(shape))

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
    for kid in fact.kids:
        at, key, value = _at(kid, base), kid.part("key"), kid.part("value")
        if kid.role == "pair" and not kid.kids:
            yield Op("load", kid.text)
            shape.append(("word", kid.text))
        elif kid.role == "pair" and key is not None and value is not None:
            if key.role == "other":
                yield from _toward(key.text, _visit(value, at))
                shape.append(("word", key.text))
            else:
                yield _visit(key, at)
                yield from _toward(key.text.strip("'\""), _visit(value, at))
                shape.append(("pair", ""))
        elif kid.role in {"splat", "kwsplat"}:
            yield _maybe(value, at)
            shape.append(("splat", ""))
        elif kid.role == "func":
            yield _visit(kid, base)
            name = kid.part("name")
            shape.append(("word", name.text if name else ""))
        else:
            yield _visit(kid, base)
            shape.append(("other", ""))
    yield Op("dict", tuple(shape))


def _binary(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    operator = fact.part("op")
    yield _maybe(fact.part("left"), base)
    yield _maybe(fact.part("right"), base)
    yield Op("binary", " ".join(operator.text.split()) if operator else "")


def _unary(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    operator = fact.part("op")
    yield _maybe(fact.part("arg"), base)
    yield Op("unary", operator.text if operator else "")


def _conditional(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    for part in ("test", "then", "else"):
        yield _maybe(fact.part(part), base)
    yield Op("choose")


def _member(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    prop = fact.part("prop")
    yield _maybe(fact.part("object"), base)
    yield _span("member", prop.text if prop else "", fact, base)


def _index(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield _maybe(fact.part("object"), base)
    yield _maybe(fact.part("key"), base)
    yield _span("index", None, fact, base)


def _slice(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Which of start, stop and step are written is read off the colons between the kids."""
    shape, place, before = [], 0, 0
    source = fact.text.encode("utf-8", "replace")
    for kid in fact.kids:
        place += source[before : kid.start].count(b":")
        shape.append(place)
        before = kid.end
        yield _visit(kid, base)
    yield Op("slice", tuple(shape))


def word_of(fact: Fact | None) -> str:
    """The one word that a Fact consists of, through brackets."""
    while fact is not None and not fact.text and len(fact.kids) == 1:
        fact = fact.kids[0]
    return fact.text if fact is not None else ""


def _argument_facts(fact: Fact) -> list[tuple[Fact, int]]:
    """The arguments of a call with the offset of what is directly around them, from the call's start."""
    args = fact.part("args")
    if args is None:
        return []
    if args.role in {"args", "list"}:
        return [(kid, args.start) for kid in args.kids]
    return [(args, 0)]


def _call(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    func = fact.part("func")
    for kid in fact.parts(""):
        yield _visit(kid, base)
        yield Op("drop")
    yield _maybe(func, base)
    arguments = []
    for kid, at in _argument_facts(fact):
        around, value, name = base + at, kid.part("value"), kid.part("name")
        if kid.role == "kwarg" and value is not None and name is not None:
            yield from _toward(word_of(name), _visit(value, around + kid.start))
            arguments.append(Argument("keyword", word_of(name), kid))
        elif kid.role in {"splat", "kwsplat"}:
            yield _maybe(value, around + kid.start)
            arguments.append(Argument(kid.role, "", kid))
        else:
            yield _visit(kid, around)
            arguments.append(Argument("position", "", kid))
    yield _span("call", CallShape(fact, tuple(arguments), func.text if func else ""), fact, base)


def _import(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    words = {name: kid.text.strip("'\"`") for name, kid in zip(fact.names, fact.kids, strict=True)}
    module = words.get("module", "")
    for name in (words.get("alias") or words.get("name"), words.get("default"), module.split(".")[0], last_segment(module)):
        if name:
            compiler.bind(name)
    yield _span("import", words, fact, base)


_VERSION = re.compile(r"/v\d+$|\.v\d+$")


def last_segment(module: str) -> str:
    """The name by which a module without an alias is known where its path is a path: `net/http` is `http`."""
    return _VERSION.sub("", module.rstrip("/")).rsplit("/", 1)[-1]


def _assign(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    value, target, kind = fact.part("value"), fact.part("target"), fact.part("type")
    yield _span("toward", (_target_word(target), AssignShape(fact)), fact, base)
    if value is not None:
        yield _visit(value, base)
    elif kind is not None:
        yield _visit(kind, base)
        yield Op("typed")
    else:
        yield Op("nothing")
    if target is not None:
        yield _visit(target, base, fact.role)
    yield Op("arrived")


def _target_word(fact: Fact | None) -> str:
    """The last word of what is assigned to, which is what a value made on the way is for."""
    while fact is not None and fact.kids:
        fact = fact.part("prop") or fact.part("key") or fact.kids[-1]
    return fact.text.strip("'\"") if fact is not None else ""


def _augment(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    target, operator = fact.part("target"), fact.part("op")
    yield _maybe(target, base)
    yield _maybe(fact.part("value"), base)
    yield Op("augment", operator.text.removesuffix("=") if operator else "+")
    if target is not None:
        yield _visit(target, base, "assign")


def _target_name(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    if mode == "declare":
        compiler.bind(fact.text)
    yield _span("store", fact.text, fact, base)


def _target_member(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    prop = fact.part("prop")
    yield _maybe(fact.part("object"), base)
    yield _span("store-member", prop.text if prop else "", fact, base)


def _target_index(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield _maybe(fact.part("object"), base)
    yield _maybe(fact.part("key"), base)
    yield _span("store-index", None, fact, base)


def _target_list(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    for number, kid in enumerate(fact.kids):
        inside = kid.part("value") if kid.role == "splat" else None
        yield Op("rest" if inside else "pick", number)
        yield _visit(inside, _at(kid, base), mode) if inside else _visit(kid, base, mode)
        yield Op("drop")


def _target_dict(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    for kid in fact.kids:
        at, key, value = _at(kid, base), kid.part("key"), kid.part("value")
        if kid.role == "pair" and key is not None:
            yield Op("pick", key.text.strip("'\""))
            yield _visit(value or key, at, mode)
            yield Op("drop")
        elif kid.role in {"name", "param"}:
            own = kid.part("name") or kid
            yield Op("pick", own.text)
            yield _visit(kid, base, mode)
            yield Op("drop")


def _target_default(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    """A target with a value for when there is none: `[a = 1] = list`."""
    target, value = fact.part("name"), fact.part("default")
    yield Op("same")
    yield _maybe(value, base)
    yield Op("default")
    if target is not None:
        yield _visit(target, base, mode)
    yield Op("drop")


def _target_wrap(_: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    kid = fact.part("value") or (fact.kids[-1] if fact.kids else None)
    if kid is not None:
        yield _visit(kid, base, mode)


def _unknown_target(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    if fact.text.isidentifier() and not fact.kids:
        yield from _target_name(compiler, fact, base, mode)


def _function(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    name = fact.part("name")
    inner = Inner(compiler.inner_name(name.text if name else ""), fact, base)
    receiver = fact.part("receiver")
    if receiver is not None:
        kind = next((kid.part("type") for kid in receiver.kids if kid.part("type")), None)
        yield Op("function", inner)
        yield Op("method-of", (kind.text.lstrip("*") if kind else "", name.text if name else ""))
        return
    yield _span("function", inner, fact, base)
    if name is not None and fact.part("expression") is None:
        compiler.bind(name.text)
        yield Op("store", name.text)


def _class(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    name, body, args = fact.part("name"), fact.part("body"), fact.part("args")
    bases = [(kid, base) for kid in fact.parts("base")]
    if args is not None:
        bases.extend((kid, _at(args, base)) for kid in args.kids if kid.role not in {"kwarg", "splat", "kwsplat"})
    for kid, at in bases:
        yield _visit(kid, at)
    text = name.text if name else "class"
    yield Op("bases", len(bases))
    yield Op("class", text)
    yield _maybe(body, base)
    yield Op("end-class")
    compiler.bind(text)
    yield Op("store", text)


def _decorated(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """The decorators are evaluated, the definition is what it was: what they make of it is not followed."""
    for decorator in fact.parts("value"):
        yield _visit(decorator, base)
        yield _span("decorate", decorator, decorator, _at(decorator, base))
    yield _maybe(fact.part("target"), base)


def _return(compiler: Compiler, fact: Fact, base: int, _: str) -> Iterator[Step]:
    compiler.returns = compiler.returns or bool(fact.kids)
    if len(fact.kids) > 1:
        yield from (_visit(kid, base) for kid in fact.kids)
        yield Op("list", (False,) * len(fact.kids))
    else:
        yield _maybe(fact.part("value") or (fact.kids[0] if fact.kids else None), base)
    yield Op("return" if fact.role == "return" else "yield")


def _leave(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    yield from _other(compiler, fact, base, mode)
    yield Op("leave")


def _global(compiler: Compiler, fact: Fact, _: int, __: str) -> Iterator[Step]:
    compiler.outer[-1].update(kid.text for kid in fact.kids)
    yield Op("nothing")


def _branch(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield _maybe(fact.part("test"), base)
    yield Op("fork", True)
    arms = [(name, kid) for name, kid in zip(fact.names, fact.kids, strict=True) if name in {"arm", "else"}]
    for number, (_name_of, kid) in enumerate(arms):
        if number:
            yield Op("arm", number)
        yield _visit(kid, base)
        yield Op("drop")
    yield Op("merge", not any(name == "else" for name, _kid in arms))


def _arm(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield _maybe(fact.part("test"), base)
    for body in fact.parts("body"):
        yield Op("drop")
        yield _visit(body, base)


def _loop(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """One pass over the body (or one for each known element of what is gone through), joined with none."""
    target, iterated = fact.part("target"), fact.part("iter")
    if fact.part("init") is not None:
        yield _maybe(fact.part("init"), base)
        yield Op("drop")
    if iterated is not None:
        yield _visit(iterated, base)
        yield Op("each", fact.part("key") is not None)
        if target is not None:
            yield _visit(target, base, "declare")
    else:
        yield Op("once")
        yield _maybe(fact.part("test"), base)
    for part in ("body", "step"):
        yield Op("drop")
        yield _maybe(fact.part(part), base)
    yield Op("again")
    if fact.part("else") is not None:
        yield Op("drop")
        yield _maybe(fact.part("else"), base)


def _comprehension(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Each clause is a loop inside the one before; what the body gives is collected."""
    clauses = [kid for kid in fact.kids if kid.role in {"clause", "filter"}]
    yield Op("collect")
    opened = 0
    for clause in clauses:
        at, target = _at(clause, base), clause.part("target")
        if clause.role == "filter":
            yield _maybe(clause.part("test"), at)
            yield Op("drop")
            continue
        opened += 1
        yield _maybe(clause.part("iter"), at)
        yield Op("each", False)
        if target is not None:
            yield _visit(target, at, "declare")
        yield Op("drop")
    body = fact.part("body")
    if body is not None and body.role == "pair":
        for part in ("key", "value"):
            yield _maybe(body.part(part), _at(body, base))
        yield Op("gather-pair")
    else:
        yield _maybe(body, base)
        yield Op("gather")
    for _number in range(opened):
        yield Op("again")  # It leaves the body's value, or puts the next element in its place.
    yield Op("drop")
    yield Op("collected")


def _try(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    yield Op("fork", False)
    yield _maybe(fact.part("body"), base)
    yield Op("drop")
    if fact.part("else") is not None:
        yield _maybe(fact.part("else"), base)
        yield Op("drop")
    for number, arm in enumerate(fact.parts("arm"), 1):
        yield Op("arm", -number)
        yield _visit(arm, base)
        yield Op("drop")
    yield Op("merge", fact.part("arm") is None)
    if fact.part("final") is not None:
        yield Op("drop")
        yield _maybe(fact.part("final"), base)


def _comma(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Several expressions or statements of which the last is the value."""
    for number, kid in enumerate(fact.kids):
        if number:
            yield Op("drop")
        yield _visit(kid, base)
    if not fact.kids:
        yield Op("nothing")


Emitter = Callable[[Compiler, Fact, int, str], Iterator[Step]]
VALUES: Final[dict[str, Emitter]] = {
    "block": _block, "sequence": _comma, "comma": _comma, "wrap": _wrap, "name": _name, "str": _string,
    "strcat": _sequence("concat"), "num": _constant("number"), "true": _constant("true"), "false": _constant("false"),
    "null": _constant("null"), "list": _sequence("list"), "set": _sequence("list"), "dict": _dict,
    "binop": _binary, "unop": _unary, "cond": _conditional, "member": _member, "index": _index, "slice": _slice,
    "call": _call, "import": _import, "declare": _assign, "assign": _assign, "augment": _augment,
    "func": _function, "class": _class, "deco": _decorated, "return": _return, "yield": _return, "leave": _leave,
    "global": _global, "branch": _branch, "arm": _arm, "loop": _loop, "comp": _comprehension, "try": _try,
    "splat": _wrap, "kwsplat": _wrap,
}  # fmt: skip
TARGETS: Final[dict[str, Emitter]] = {
    "name": _target_name, "member": _target_member, "index": _target_index, "list": _target_list,
    "dict": _target_dict, "wrap": _target_wrap, "param": _target_default,
}  # fmt: skip


def _parameter(kid: Fact, base: int) -> Parameter:
    at = _at(kid, base)
    name, default, kind = kid.part("name"), kid.part("default"), kid.part("type")
    rest, kwrest = kid.part("rest"), kid.part("kwrest")
    spread = kid if kid.role == "splat" else name if name is not None and name.role == "splat" else None
    if spread is not None:
        rest, name = spread.part("value"), None
        at = _at(spread, at) if spread is not kid else at
    named = name or rest or kwrest or kid
    plain = named.role in {"name", "param", "other"} and not (named.kids and named is not kid)
    return Parameter(
        name=named.text if plain else "",
        kind="rest" if rest else "kwrest" if kwrest else "plain",
        default=default,
        default_at=_at(default, at) if default else 0,
        pattern=None if plain else named,
        pattern_at=at if named is kid else _at(named, at),
        type=kind,
        type_at=_at(kind, at) if kind else 0,
    )


def _parameters(fact: Fact) -> tuple[Parameter, ...]:
    """A receiver that is written (Go) comes first."""
    found: list[Parameter] = []
    for part in ("receiver", "params"):
        params = fact.part(part)
        if params is None:
            continue
        if params.role == "params":
            found.extend(_parameter(kid, params.start) for kid in params.kids)
        else:
            found.append(_parameter(params, 0))
    return tuple(found)


def _bind_parameter(compiler: Compiler, parameter: Parameter, number: int) -> Iterator[Step]:
    """Defaults and types are evaluated where the function is entered; plain parameters are bound by the call."""
    if parameter.pattern is None:
        compiler.bind(parameter.name)
        if parameter.default is None and parameter.type is None:
            return
    yield Op("parameter", number)
    if parameter.type is not None:
        yield Visit(parameter.type, parameter.type_at)
        yield Op("parameter-type")
    if parameter.default is not None:
        yield Visit(parameter.default, parameter.default_at)
        yield Op("parameter-default")
    if parameter.pattern is not None:
        yield Visit(parameter.pattern, parameter.pattern_at, "declare")
    else:
        yield Op("store", parameter.name)
    yield Op("drop")


def compile_function(fact: Fact, hoists: bool) -> Program:
    """The Program of a function's body; defaults and patterns of its parameters come first."""
    compiler = Compiler(hoists)
    parameters = _parameters(fact)
    for number, parameter in enumerate(parameters):
        compiler.run(list(_bind_parameter(compiler, parameter, number)))
    expression, body = fact.part("expr"), fact.part("body")
    if expression is not None:
        compiler.run([_visit(expression, 0), Op("return")])
        compiler.returns = True
    elif body is not None:
        compiler.run([_visit(body, 0)])
    return compiler.program(parameters)


def compile_item(fact: Fact, hoists: bool) -> Program:
    """The Program of a top-level item (or of a whole piece of code in a string)."""
    compiler = Compiler(hoists)
    compiler.run([Visit(fact, 0)])
    return compiler.program(())
