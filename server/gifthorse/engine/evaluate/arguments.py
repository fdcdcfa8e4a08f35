"""Arguments of calls: splats and bound arguments spread, and one Value for each parameter of a function.

It calls nothing: that is `calls`.
"""

from collections.abc import Sequence

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.program import CallShape, Program
from gifthorse.engine.evaluate.values import (
    Function,
    Scope,
    Value,
    literal,
)

ABSENT = Value(name="\0absent")


def gather(machine: Machine, shape: CallShape, values: Sequence[Value]) -> Arguments:
    """The arguments as the callee gets them: splats of known containers are spread."""
    given = Arguments([], {})
    for argument, value in zip(shape.arguments, values, strict=True):
        if argument.kind == "position":
            if given.complete:
                given.written[str(len(given.positional))] = argument.fact
            given.positional.append(value)
        elif argument.kind in {"keyword", "field"}:
            given.keywords[argument.name] = value
            given.written[argument.name] = argument.fact
        else:
            _spread(machine, value, argument.kind, given)
    if machine.options:
        given.keywords.update(options_of(given.positional, machine.options == "letters"))
    return given


def _spread(machine: Machine, value: Value, kind: str, given: Arguments) -> None:
    held = containers.fields(machine, value)
    if kind == "kwsplat" and held is not None:
        given.keywords.update({str(name): part for name, part in held.items()})
    elif kind == "splat" and value.kind in {"list", "set"} and held is not None:
        given.positional.extend(held.values())
    elif kind == "splat" and isinstance(value.const, str | bytes | list) and containers.elements(machine, value):
        given.positional.extend(containers.elements(machine, value) or [])
    else:
        given.complete = False
        parts = [part for option in value.options for part in (containers.fields(machine, option) or {}).items()]
        if kind == "kwsplat":
            given.keywords.update({str(name): part for name, part in parts})


def with_bound(callee: Value, given: Arguments) -> Arguments:
    """The arguments with those that were bound before in front."""
    if not callee.bound:
        return given
    front = [value for key, value in callee.bound if isinstance(key, int)]
    keywords = {str(key): value for key, value in callee.bound if isinstance(key, str)}
    return Arguments([*front, *given.positional], {**keywords, **given.keywords}, given.complete, {})


def parameter_values(function: Function, given: Arguments, receiver: Value | None, first: bool) -> list[Value]:
    """One Value for each parameter; `first`: the receiver is the first parameter."""
    program = function.program
    positional = list(given.positional)
    if first and receiver is not None and function.owner is not None and not function.static:
        positional.insert(0, receiver)
    values, taken = [], set()
    for parameter in program.parameters if program else ():
        word = parameter.label or parameter.name
        if parameter.kind == "plain" and word in given.keywords:
            taken.add(word)
            values.append(given.keywords[word])
        elif parameter.kind == "plain" and positional:
            values.append(positional.pop(0))
        elif parameter.kind == "rest":
            values.append(Value(kind="list", bound=tuple(enumerate(part.flat() for part in positional))))
            positional = []
        elif parameter.kind == "kwrest":
            rest = tuple((name, part.flat()) for name, part in given.keywords.items() if name not in taken)
            values.append(Value(kind="dict", bound=rest))
        else:
            values.append(ABSENT)
    return values


def packed(machine: Machine, value: Value) -> Value:
    """The list or dictionary of arguments that a rest parameter gets."""
    if value.kind == "list":
        return containers.make_list(machine, [part for _, part in value.bound])
    return containers.make_dict(machine, [(str(key), part) for key, part in value.bound])


def unnamed(machine: Machine, given: Arguments) -> dict[str, Value]:
    """What a function knows its arguments by besides its parameters: by number, all of them, the block given to it."""
    settings = machine.language.settings
    numbered, whole, block = settings.get("numbered"), settings.get("all_arguments"), settings.get("block")
    found: dict[str, Value] = {}
    if numbered:
        for names, value in zip(numbered.split(), given.positional, strict=False):
            found.update((name, value) for name in names.split("|"))
    if whole:
        found.update((name, containers.make_list(machine, given.positional)) for name in whole.split())
    if block and given.positional and given.positional[-1].fn is not None:
        found[block] = given.positional[-1]
    return found


def options_of(positional: Sequence[Value], letters: bool) -> dict[str, Value]:
    """The options among a command's words (`-k`, `--proto=https`, `-o file`), each with what follows it.

    One dash with several letters is also each of them, where they are `letters`.
    """
    found: dict[str, Value] = {}
    for value, after in zip(positional, [*positional[1:], literal(True)], strict=False):
        word = value.const
        if not isinstance(word, str) or not word.startswith("-") or len(word) < 2:
            continue
        name, equals, rest = word.partition("=")
        given = literal(rest) if equals else literal(True) if _is_option(after) else after
        if letters and not name.startswith("--"):
            found.update((f"-{letter}", given) for letter in name[1:] if letter.isalpha() and f"-{letter}" not in found)
        found[name] = given
    return found


def _is_option(value: Value) -> bool:
    return isinstance(value.const, str) and value.const.startswith("-")


def by_parameter(given: Arguments) -> Arguments:
    """A command's words as arguments of a function with named parameters: options with their values are keywords."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    words = [*given.positional]
    while words:
        word = words.pop(0)
        if not _is_option(word):
            positional.append(word)
        elif words and not _is_option(words[0]):
            keywords["$" + str(word.const)[1:]] = words.pop(0)
        else:
            keywords["$" + str(word.const)[1:]] = literal(True)
    return Arguments(positional, keywords, given.complete)


def shared_names(machine: Machine, function: Function, program: Program) -> frozenset[str]:
    """Names that a block writes to and that there are around it, where the language shares them."""
    if not machine.language.settings.get("blocks_share") or function.fact.part("name") is not None:
        return frozenset()
    own = {parameter.name for parameter in program.parameters}
    found: set[str] = set()
    scope: Scope | None = function.scope
    while scope is not None:
        found.update(name for name in program.names - own if machine.store.value((scope.ref, name)) is not None)
        scope = scope.parent
    return frozenset(found)


def with_unnamed(machine: Machine, given: Arguments, scope: Scope) -> Scope:
    """The scope of a function with all that it knows its arguments by besides its parameters."""
    more = unnamed(machine, given)
    for name, value in more.items():
        machine.store.put((scope.ref, name), value)
    return Scope(scope.ref, (scope.names or frozenset()).union(more), scope.parent) if more else scope
