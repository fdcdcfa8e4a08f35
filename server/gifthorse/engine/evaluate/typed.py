"""What a declared type says of a value that nothing better is known of, by the settings of the language.

`plain_types` are types that say nothing; where that setting is given, all others name what they declare.
"""

import re
from functools import lru_cache
from typing import Final

from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.values import Value

_MADE = re.compile(r"(?:[a-z_]\w*\.)*[A-Z]\w*\(\)")
"""The name of something that a constructor made: its type is known better than by its declaration."""


@lru_cache(maxsize=64)
def _words(setting: str) -> frozenset[str]:
    return frozenset(setting.split())


def instance_name(machine: Machine, kind: Value) -> str:
    """The name of an instance of this type; empty where the type says nothing."""
    name = kind.name
    plain = machine.language.settings.get("plain_types")
    if not name or name.endswith("()"):
        return ""
    if plain is None:
        return f"{name}()" if "." in name else ""
    return "" if name in _words(plain) else f"{name}()"


def as_declared(machine: Machine, value: Value, kind: Value) -> Value:
    """The Value as a name of this type holds it. What the code itself says of it goes before."""
    if value.known or value.closed or value.built or value.kind or value.fn is not None or value.hops or value.options:
        return value
    if kind.kind == "class":
        return value._replace(
            kind="instance", name=f"{kind.name}()" if kind.name else value.name, ref=(kind.ref, "self")
        )
    if _MADE.fullmatch(value.name) and ("." in value.name or machine.listener.knows(value.name[:-2])):
        return value
    name = instance_name(machine, kind)
    if not name:
        return value
    # What it was made of is asked for as well: `has:**.normalize()`.
    parts = (value.flat(),) if value.name else ()
    return value._replace(name=name, ref=value.ref or machine.fresh(), parts=parts)


def _as_declared(machine: Machine, _: Op) -> None:
    value, kind = machine.take(2)
    if machine.language.settings.get("plain_types") is None:
        machine.push(value)
    else:
        machine.push(as_declared(machine, value, kind))


OPERATIONS: Final[dict[str, Operation]] = {"as-declared": _as_declared}
