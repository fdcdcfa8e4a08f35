"""What an import binds: what another file of the workspace gives, else the name of a library's member."""

from collections.abc import Mapping
from typing import Final

from gifthorse.engine.evaluate import members
from gifthorse.engine.evaluate.beyond import home, imported, include, library, module_value, taken, tells
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.outside import IMPORTS, import_all, without_namespace
from gifthorse.engine.evaluate.program import Op, last_segment
from gifthorse.engine.evaluate.scopes import bind_name
from gifthorse.engine.evaluate.values import NOTHING, Value, literal, shorten

MAX_SEGMENTS = 8
"""Of a dotted module's name that are looked for one by one."""


def _import(machine: Machine, op: Op) -> None:
    words: Mapping[str, str] = op.operand
    module = words.get("module", "").removeprefix("node:")
    separator = machine.language.settings.get("path_separator", "")
    if separator:
        module = module.replace(separator, ".")
    machine.store.put(((IMPORTS, home(machine)), "any"), literal(True))
    if "star" in words or machine.language.settings.get("import_binds") == "all":
        include(machine, module)
        import_all(machine, module)
    elif "name" in words:
        _bind(machine, words.get("alias", words["name"]), member_of(machine, module, words["name"]))
    elif "alias" in words or "default" in words:
        _import_whole(machine, words, module)
    elif machine.language.settings.get("import_binds") == "last":
        last = last_segment(module.replace(".", "/") if separator else module)
        _bind(machine, last, _type_of(machine, module, last))
    else:
        _import_path(machine, module)
    machine.push(NOTHING)


def member_of(machine: Machine, module: str, name: str) -> Value:
    """`from module import name`: what the file has under that name, a file of that name in it, or a library's."""
    full = f"{module}{'' if module.endswith('.') else '.'}{name}"
    found = imported(machine, module)
    value = taken(machine, found, name) if found is not None else None
    if value is not None:
        return value
    return (
        module_value(machine, full) if machine.language.settings.get("submodules") == "true" else library(machine, full)
    )


def _import_whole(machine: Machine, words: Mapping[str, str], module: str) -> None:
    if words.get("alias"):
        _bind(machine, words["alias"], _type_of(machine, module, last_segment(module.replace(".", "/"))))
    elif words.get("default"):
        found = module_value(machine, module)
        own = members.own(machine, found, "default")
        _bind(machine, words["default"], own if own is not None and tells(own) else found)


def _type_of(machine: Machine, module: str, last: str) -> Value:
    """What an import of a type by its full name gives: that type, where the file has it, else the module itself."""
    if machine.language.settings.get("module_is") != "type":
        return module_value(machine, module)
    found = imported(machine, module)
    value = taken(machine, found, last) if found is not None else None
    return value if value is not None else library(machine, module)


def _import_path(machine: Machine, module: str) -> None:
    """`import a.b.c` binds `a`; its member `b`, and that one's `c`, are files where there are such."""
    segments = module.split(".")
    first = whole = module_value(machine, segments[0])
    _bind(machine, segments[0], first)
    for number, segment in enumerate(segments[1:MAX_SEGMENTS], 2):
        inner = imported(machine, ".".join(segments[:number]))
        if inner is None:
            if whole.ref is None:
                return
            inner = Value(name=shorten(f"{whole.name}.{segment}"), ref=(whole.ref, segment))
        elif whole.ref is not None:
            inner = inner if inner.name else inner._replace(name=shorten(".".join(segments[:number])))
            machine.store.put((whole.ref, segment), inner)
        whole = inner


def _bind(machine: Machine, name: str, value: Value) -> None:
    bind_name(machine, name, value._replace(name=shorten(without_namespace(machine, value.name))))


OPERATIONS: Final[dict[str, Operation]] = {"import": _import}
