"""Expressions that only some languages have: texts by their pieces, names in several words, commands fed by others.

What they become when they are run is in `phrasing`; what all languages have is in `expressions`.
"""

from collections.abc import Callable, Iterator
from typing import Final

from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, maybe, spanning, start_of, visit
from gifthorse.engine.evaluate.program import CallShape, Op
from gifthorse.model.fact import Fact


def _pieces(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A text by its pieces: `chars`, `escape`, and holes."""
    for kid in fact.kids:
        yield maybe(kid.part("value"), start_of(kid, base)) if kid.role == "interp" else visit(kid, base)
    yield spanning("text", len(fact.kids), fact, base)


def _heredoc(_: Compiler, fact: Fact, __: int, ___: str) -> Iterator[Step]:
    yield Op("heredoc", fact.text.strip("<~-'\"`"))


def _herebody(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    tag = fact.part("name")
    kids = [(name, kid) for name, kid in zip(fact.names, fact.kids, strict=True) if name != "name"]
    body = fact._replace(names=tuple(name for name, _ in kids), kids=tuple(kid for _, kid in kids))
    yield from _pieces(compiler, body, base, mode)
    yield Op("keep-heredoc", tag.text if tag is not None else "")


def _operand(code: str) -> Callable[[Compiler, Fact, int, str], Iterator[Step]]:
    def emit(_: Compiler, fact: Fact, __: int, ___: str) -> Iterator[Step]:
        yield Op(code, fact.text)

    return emit


def _path(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    r"""`A\B\c`: the first word is looked up, the others are its members."""
    words = [kid for kid in fact.kids if kid.text]
    for kid in words[:1]:
        yield spanning("load", kid.text, kid, start_of(kid, base))
    for kid in words[1:]:
        yield Op("member", kid.text, base, base + kid.end)
    if not words:
        yield Op("nothing")


def _own(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield Op("load-own")
    yield spanning("member", fact.text, fact, base)


def _own_target(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield Op("load-own")
    yield spanning("store-member", fact.text, fact, base)


def _bareword(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield spanning("load", fact.text, fact, base)
    yield spanning("call-function", CallShape(fact, (), fact.text), fact, base)


def _bareword_target(compiler: Compiler, fact: Fact, base: int, mode: str) -> Iterator[Step]:
    if mode == "declare":
        compiler.bind(fact.text)
    yield spanning("store", fact.text, fact, base)


def _shown(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    value = fact.part("value") or (fact.kids[-1] if fact.kids else None)
    yield Op("load-shown")
    yield maybe(value, base)
    yield spanning("show", fact, fact, base)


def _brought(keyword: str) -> Fact:
    """An argument that takes back what was put aside."""
    return Fact("kwarg", 0, 0, "", ("name", "value"), (Fact("name", 0, 0, keyword), Fact("aside", 0, 0, "")))


def _inner(fact: Fact, base: int) -> tuple[Fact, int]:
    """The command inside the brackets around it, and what its offsets count from."""
    while fact.role in {"wrap", "block", "comma"} and len(fact.kids) == 1:
        base, fact = start_of(fact, base), fact.kids[0]
    return fact, base


def _with(fact: Fact, brought: tuple[Fact, ...], front: bool) -> Fact:
    """A command with more arguments: those of redirections are evaluated before what a pipe brings."""
    if fact.role == "fed":
        kids = tuple(
            _with(kid, brought, front) if name == "value" else kid
            for name, kid in zip(fact.names, fact.kids, strict=True)
        )
        return fact._replace(kids=kids)
    if fact.role != "call":
        return fact
    names = ("more",) * len(brought)
    if front:
        return fact._replace(names=(*names, *fact.names), kids=(*brought, *fact.kids))
    return fact._replace(names=(*fact.names, *names), kids=(*fact.kids, *brought))


def _takes_input(fact: Fact) -> bool:
    value = fact.part("value") if fact.role == "fed" else fact
    return value is not None and value.role == "call"


def _pipe(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """Commands, each of which gets what the one before gives."""
    for number, kid in enumerate(fact.kids):
        command, at = _inner(kid, base)
        if not number:
            yield visit(kid, base)
        elif _takes_input(command):
            yield Op("put-aside")
            yield visit(_with(command, (_brought("stdin"),), front=False), at)
        else:
            yield Op("drop")
            yield visit(kid, base)
    if not fact.kids:
        yield Op("nothing")


def _fed(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A command with what is sent into it (`input`), and where what it gives is sent (`output`)."""
    names, kids = {"input": "stdin", "output": "stdout"}, list(zip(fact.names, fact.kids, strict=True))
    given = [(names[name], kid) for name, kid in kids if name in names]
    command = fact.part("value")
    takes = command is not None and command.role == "call"
    for number, (_keyword, kid) in enumerate(given):
        yield visit(kid, base)
        if takes:
            yield Op("put-aside")
        elif command is not None or number < len(given) - 1:
            yield Op("drop")
    if command is not None:
        brought = tuple(_brought(keyword) for keyword, _kid in reversed(given)) if takes else ()
        yield visit(_with(command, brought, front=True), base)
    elif not given:
        yield Op("nothing")


def _aside(_: Compiler, __: Fact, ___: int, ____: str) -> Iterator[Step]:
    yield Op("take-back")


def _lent(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A variable that only one command gets: told of, and not kept."""
    target = fact.part("target")
    yield maybe(fact.part("value"), base)
    yield spanning("lend", target.text if target is not None else "", fact, base)


EMITTERS: Final[dict[str, Emitter]] = {
    "lent": _lent,
    "regex": _operand("regex"),
    "text": _pieces, "chars": _operand("chars"), "escape": _operand("escape"), "bare": _operand("bare"),
    "path": _path, "own": _own, "bareword": _bareword, "shown": _shown, "pipe": _pipe, "fed": _fed, "aside": _aside,
    "heredoc": _heredoc, "herebody": _herebody,
}  # fmt: skip
TARGETS: Final[dict[str, Emitter]] = {"own": _own_target, "bareword": _bareword_target}
