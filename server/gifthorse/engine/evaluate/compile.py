"""Facts -> Programs: which emitter each role has, and the Programs of functions and top-level items.

A Program belongs to one function, or to one top-level item. Its offsets count from the start of that. Every Fact
leaves exactly one Value on the stack. It does not evaluate: that is the machine.
"""

from collections.abc import Iterator
from typing import Final

from gifthorse.engine.evaluate import (
    announcing,
    choices,
    declaring,
    expressions,
    jumps,
    phrases,
    settings,
    statements,
    targets,
)
from gifthorse.engine.evaluate.compiler import Compiler, Step, Tables, Visit, start_of, visit
from gifthorse.engine.evaluate.program import Op, Parameter, Program
from gifthorse.model.fact import Fact

__all__ = ["Program", "compile_function", "compile_item", "compile_settings"]

TABLES: Final = Tables(
    {
        **expressions.EMITTERS,
        **statements.EMITTERS,
        **choices.EMITTERS,
        **settings.EMITTERS,
        **declaring.EMITTERS,
        **jumps.EMITTERS,
        **phrases.EMITTERS,
    },
    {**targets.EMITTERS, **phrases.TARGETS},
)
"""What every role becomes, in all places where it may stand."""


def _parameter(kid: Fact, base: int) -> Parameter:
    at = start_of(kid, base)
    name, default, kind = kid.part("name"), kid.part("default"), kid.part("type")
    rest, kwrest = kid.part("rest"), kid.part("kwrest")
    spread = kid if kid.role == "splat" else name if name is not None and name.role == "splat" else None
    if spread is not None:
        rest, name = spread.part("value"), None
        at = start_of(spread, at) if spread is not kid else at
    named = name or rest or kwrest or kid
    plain = named.role in {"name", "param", "other", "bareword"} and not (named.kids and named is not kid)
    return Parameter(
        name=named.text if plain else "",
        label=label.text if (label := kid.part("label")) is not None else "",
        kind="rest" if rest else "kwrest" if kwrest else "plain",
        default=default,
        default_at=start_of(default, at) if default else 0,
        pattern=None if plain else named,
        pattern_at=at if named is kid else start_of(named, at),
        type=kind,
        type_at=start_of(kind, at) if kind else 0,
        annotations=tuple((one, start_of(one, start_of(kid, base))) for one in kid.parts("deco")),
        start=start_of(kid, base),
        end=start_of(kid, base) + kid.end - kid.start,
    )


def _parameters(fact: Fact) -> tuple[Parameter, ...]:
    """A receiver that is written (Go) comes first. Where there is no list, a default stands behind its parameter."""
    found: list[Parameter] = []
    for wanted in (("receiver",), ("params", "default")):
        for name, kid in zip(fact.names, fact.kids, strict=True):
            if name not in wanted:
                continue
            if name == "default" and found:
                found[-1] = found[-1]._replace(default=kid, default_at=start_of(kid, 0))
            elif kid.role == "params":
                found.extend(_of_list(kid))
            else:
                found.append(_parameter(kid, 0))
    return tuple(found)


def _of_list(params: Fact) -> Iterator[Parameter]:
    """The parameters of a list in which annotations and defaults may stand beside what they belong to (Kotlin)."""
    found: list[Parameter] = []
    before: list[tuple[Fact, int]] = []
    for name, kid in zip(params.names, params.kids, strict=True):
        at = start_of(kid, params.start)
        if name == "deco":
            before.append((kid, at))
        elif name == "default" and found:
            found[-1] = found[-1]._replace(default=kid, default_at=at)
        else:
            own = _parameter(kid, params.start)
            found.append(own._replace(annotations=(*before, *own.annotations)) if before else own)
            before = []
    yield from found


def _bind_parameter(compiler: Compiler, parameter: Parameter, number: int) -> Iterator[Step]:
    """Defaults and types are evaluated where the function is entered; plain parameters are bound by the call."""
    if parameter.pattern is None:
        compiler.bind(parameter.name)
        if parameter.default is None and parameter.type is None and not parameter.annotations:
            return
    yield Op("parameter", number)
    if parameter.type is not None:
        yield Visit(parameter.type, parameter.type_at)
        yield Op("parameter-type", parameter)
    if parameter.default is not None:
        yield Visit(parameter.default, parameter.default_at)
        yield Op("parameter-default")
    for annotation, at in parameter.annotations:
        yield Visit(annotation, at)
        yield Op("annotated", parameter)
    if parameter.pattern is not None:
        yield Visit(parameter.pattern, parameter.pattern_at, "declare")
    else:
        yield Op("store", parameter.name)
    yield Op("drop")


def compile_function(fact: Fact, hoists: bool) -> Program:
    """The Program of a function's body; defaults and patterns of its parameters come first."""
    compiler = Compiler(hoists, TABLES)
    parameters = _parameters(fact)
    for number, parameter in enumerate(parameters):
        compiler.run(list(_bind_parameter(compiler, parameter, number)))
    expression, bodies = fact.part("expr"), fact.parts("body")
    if expression is not None:
        compiler.run([visit(expression, 0), Op("return", None, expression.start, expression.end)])
        compiler.returns = True
    else:
        compiler.run([visit(body, 0) for body in bodies])
    return compiler.program(parameters)


def compile_item(fact: Fact, hoists: bool) -> Program:
    """The Program of a top-level item (or of a whole piece of code in a string)."""
    compiler = Compiler(hoists, TABLES)
    compiler.run([Visit(fact, 0)])
    return compiler.program(())


def compile_settings(fact: Fact, asked: announcing.Asked, binds: str) -> tuple[Program, str]:
    """The Program of a top-level item of a configuration, as far as it is asked for; and why it is not whole, if so."""
    compiler = Compiler(False, TABLES)
    steps, exceeded = announcing.heard(fact, asked, announcing.read_binds(binds))
    compiler.run(steps)
    return compiler.program(()), exceeded
