"""Names of what the file does not define: by imports of all that a module has, and without mere namespaces in front.

Which names a module has is known from the rules and the language's own words only. Scopes are walked in `names`.
"""

from functools import lru_cache
from typing import Final

from gifthorse.engine.evaluate.beyond import home
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.values import Ref

IMPORTS: Final = "<imports>"
"""The place that tells whether a file imports anything."""
STARS: Final = "stars"
"""Where the modules are kept of which all names are imported, for each file."""


@lru_cache(maxsize=64)
def _words(setting: str) -> frozenset[str]:
    return frozenset(setting.split())


def without_namespace(machine: Machine, name: str) -> str:
    """A dotted name without the setting `namespaces` in front of a type."""
    setting = machine.language.settings.get("namespaces")
    if not setting:
        return name
    head, _, tail = name.rpartition(".")
    namespaces = _words(setting)
    return tail if head in namespaces and tail[:1].isupper() and name not in namespaces else name


def import_all(machine: Machine, module: str) -> None:
    """Remember that all names of a module are imported."""
    module = without_namespace(machine, module)
    stars: Ref = (STARS, home(machine))
    before = machine.store.names(stars) or ()
    if module not in before:
        machine.store.put((stars, None), (*before, module))


def from_outside(machine: Machine, name: str) -> str:
    """The whole name of something that nothing in the file binds: of a module all of whose names are imported, where
    that is known to have it.
    """
    for module in machine.store.names((STARS, home(machine))) or ():
        full = without_namespace(machine, f"{module}.{name}")
        if machine.listener.knows(full):
            return full
    if name[:1].isupper() and machine.language.settings.get("module_is") == "type" and not _imports(machine):
        return machine.listener.type_named(name) or name
    return name


def _imports(machine: Machine) -> bool:
    """Whether the file imports anything: a piece of code that nothing was put around yet does not."""
    return machine.store.value(((IMPORTS, home(machine)), "any")) is not None
