"""Intrinsics that refer to files and to the names of a file as a whole: modules by name, inclusion, scope dictionaries.

What an import statement binds is in `importing`.
"""

from typing import Final

from gifthorse.engine.evaluate import containers
from gifthorse.engine.evaluate.beyond import home, include, module_value
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.outcomes import PASS, Intrinsic, Outcome, argument, hop
from gifthorse.engine.evaluate.outside import without_namespace
from gifthorse.engine.evaluate.values import Value, folded


def _module(machine: Machine, __: Value, given: Arguments, rest: str) -> Outcome:
    """`import_module(m)`, `require(m)`; an import that is the language's ordinary one is no reflective step."""
    name = argument(given, 0, "name")
    if not isinstance(name.const, str):
        return Value(hops=name.hops | {"dynamic import"}, closed=name.closed)
    module = name.const.removeprefix("node:")
    value = module_value(machine, module)
    value = value._replace(name=without_namespace(machine, value.name), hops=name.hops)
    return value if rest == "plain" and name.literal else hop(value, "dynamic import")


def _include(machine: Machine, callee: Value, given: Arguments, rest: str) -> Outcome:
    """`require_relative f`, `source f`: the names of that file are known from here on. Of a path that is put together
    what is written at its end counts; with `beside` it is a path from the file's own folder.
    """
    name = folded(callee.name) if rest == "called" else argument(given, 0)
    word = name.const if isinstance(name.const, str) else name.parts[-1].const if name.parts else None
    if not isinstance(word, str) or not word:
        return PASS
    if not name.known or rest == "beside":
        word = f"./{word.lstrip('/')}" if not word.startswith(".") else word
    return include(machine, word)


def _scope(machine: Machine, _: Value, given: Arguments, rest: str) -> Outcome:
    """`globals()`: its fields are the module's names."""
    if given.positional:
        return hop(containers.as_fields(given.positional[0]), "scope dictionary")
    local = machine.frames[-1].scope if rest == "local" else None
    ref = local.ref if local is not None and local.names is not None else home(machine)
    return containers.as_fields(Value(kind="scope", ref=ref, hops=frozenset({"scope dictionary"})))


INTRINSICS: Final[dict[str, Intrinsic]] = {
    "module": _module, "modules": _module, "include": _include, "scope": _scope,
}  # fmt: skip
