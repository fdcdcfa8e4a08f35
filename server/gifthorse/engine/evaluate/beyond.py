"""Names that the file being run does not bind itself: those of other files of the workspace, else those of libraries.

A file that could not be had is a library: its members are known by their names alone. How references lead to files is
not known here; what is there lies in the Store's base (imports.py).
"""

from functools import lru_cache

from gifthorse.engine.evaluate import members
from gifthorse.engine.evaluate.imports import PACKAGE, STARS, link
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.values import NOTHING, Ref, Scope, Value, shorten


def home(machine: Machine) -> Ref:
    """The home of the file whose code is being run."""
    scope: Scope = machine.frames[-1].scope
    while scope.parent is not None:
        scope = scope.parent
    return scope.ref


def imported(machine: Machine, reference: str) -> Value | None:
    """What a reference stands for, as a Value whose members are what that file gives; None for a library."""
    if not reference or _first_word(reference) in _words(machine.language.settings.get("libraries", "")):
        return None
    return machine.store.value(link(home(machine), reference))


def _first_word(reference: str) -> str:
    return reference.partition(".")[0]


@lru_cache(maxsize=64)
def _words(setting: str) -> frozenset[str]:
    return frozenset(setting.split())


def module_value(machine: Machine, reference: str) -> Value:
    """A module by its reference: a file of the workspace, or a library that is known by its name."""
    found = imported(machine, reference)
    if found is None:
        return library(machine, reference)
    return found if found.name or found.fn is not None else found._replace(name=shorten(reference))


def library(machine: Machine, full: str) -> Value:
    """Something of a library by its full name, or the name that it is better known by."""
    known = machine.lore.of_name(full)
    return Value(name=shorten(known.name if known else full), ref=("module", full))


def taken(machine: Machine, found: Value, name: str) -> Value | None:
    """A member that a file of the workspace has; one of which nothing is known is none."""
    value = members.own(machine, found, name)
    return value if value is not None and tells(value) else None


def tells(value: Value) -> bool:
    """Whether anything is known of a Value."""
    return bool(
        value.fn or value.known or value.kind or value.name or value.options or value.taint or value.closed
        or value.hops or value.built
    )  # fmt: skip


def beyond(machine: Machine, ref: Ref, name: str) -> Value | None:
    """A name that the file does not bind itself: imported with everything else, or known in the whole package."""
    store = machine.store
    for number in reversed(store.names((ref, STARS)) or ()):
        star = store.value(((ref, STARS), number))
        found = members.own(machine, star, name) if star is not None else None
        if found is not None:
            return found
    files = machine.language.settings.get("package_files", "")
    if not files or name in machine.language.intrinsics or name in machine.language.pure:
        return None
    star = store.value(link(ref, f"{PACKAGE}{name}" if "{name}" in files else PACKAGE))
    return members.own(machine, star, name) if star is not None else None


def include(machine: Machine, reference: str) -> Value:
    """From here on the file knows all names that another one gives."""
    found = imported(machine, reference)
    if found is not None:
        machine.store.put_field((home(machine), STARS), len(machine.store.names((home(machine), STARS)) or ()), found)
    return found or NOTHING
