"""Knowledge of libraries, ready to be asked by resolved name: sources, handlers, sanitizers, propagators, aliases.

Answers are kept by name. Sinks are the Listener's (engine/match.py): nothing here knows a rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from gifthorse.engine.patterns import NameIndex
from gifthorse.model.knowledge import EVERYTHING, Handler, Knowledge, Propagator, Sanitizer, Source

MAX_ANSWERS = 50_000
"""Names whose answers are kept."""
_Entry = TypeVar("_Entry")


class OfName(NamedTuple):
    """What a name that is read means: what it is really called, the labels it brings, what it is harmless for."""

    name: str
    labels: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


class OfCall(NamedTuple):
    """What a call of a name means. `clears`: what its result is harmless for; `plain`: it is a number; `cleaners`:
    what it may be harmless for, if its arguments are so.
    """

    sources: tuple[Source, ...] = ()
    clears: tuple[str, ...] = ()
    plain: bool = False
    cleaners: tuple[Sanitizer, ...] = ()
    checks: tuple[Sanitizer, ...] = ()
    propagators: tuple[Propagator, ...] = ()
    handlers: tuple[Handler, ...] = ()


NO_CALL: Final = OfCall()
GIVES: Final = Handler()
"""Of functions that the library calls it is known here only that it takes what they give back."""


@dataclass(slots=True)
class Lore:
    """All Knowledge for one language. Ask `of_name`, `of_call`, `overriding` and `of_parameter`."""

    reads: NameIndex[Source] = field(default_factory=NameIndex)
    clean: NameIndex[Sanitizer] = field(default_factory=NameIndex)
    sources: NameIndex[Source] = field(default_factory=NameIndex)
    cleaners: NameIndex[Sanitizer] = field(default_factory=NameIndex)
    checks: NameIndex[Sanitizer] = field(default_factory=NameIndex)
    parts: NameIndex[Sanitizer] = field(default_factory=NameIndex)
    propagators: NameIndex[Propagator] = field(default_factory=NameIndex)
    registrars: NameIndex[Handler] = field(default_factory=NameIndex)
    overrides: NameIndex[Handler] = field(default_factory=NameIndex)
    named: NameIndex[Handler] = field(default_factory=NameIndex)
    annotations: NameIndex[Handler] = field(default_factory=NameIndex)
    types: NameIndex[Handler] = field(default_factory=NameIndex)
    aliases: dict[str, str] = field(default_factory=dict)
    names: dict[str, OfName | None] = field(default_factory=dict)
    calls: dict[str, OfCall | None] = field(default_factory=dict)
    judges: set[str] = field(default_factory=set)
    """Last words of checks that say what a text is harmless for: functions that hold one are worth running through."""
    active: bool = False
    """Whether anything is known at all: else nothing need be followed."""

    def of_name(self, name: str) -> OfName | None:
        """What a resolved name means that is read, or None where nothing is known of it."""
        try:
            return self.names[name]
        except KeyError:
            return self._name(name)

    def _name(self, name: str) -> OfName | None:
        real = self.aliases.get(name, name)
        labels = tuple(dict.fromkeys(source.label for source in self.reads.find(real)))
        clears = tuple(dict.fromkeys(label for one in self.clean.find(real) for label in one.clears))
        found = OfName(real, labels, clears) if labels or clears or real != name else None
        if len(self.names) >= MAX_ANSWERS:
            self.names.clear()
        self.names[name] = found
        return found

    def of_call(self, name: str) -> OfCall | None:
        """What a call of a resolved name means, or None where nothing is known of it."""
        try:
            return self.calls[name]
        except KeyError:
            return self._call(name)

    def _call(self, name: str) -> OfCall | None:
        cleaners = self.cleaners.find(name)
        clears = tuple(dict.fromkeys(label for one in cleaners if not one.where for label in one.clears))
        found: OfCall | None = OfCall(
            self.sources.find(name),
            clears,
            EVERYTHING in clears,
            tuple(one for one in cleaners if one.where),
            self.checks.find(name),
            self.propagators.find(name),
            self.registrars.find(name),
        )
        if found == NO_CALL:
            found = None
        if len(self.calls) >= MAX_ANSWERS:
            self.calls.clear()
        self.calls[name] = found
        return found

    @property
    def telling(self) -> bool:
        """Whether any part of a text is known by which the whole can be judged."""
        return self.parts.count > 0

    def of_part(self, name: str) -> tuple[str, ...]:
        """What a text is harmless for where this part of it (the host of an address) is one that is expected."""
        return tuple(dict.fromkeys(label for one in self.parts.find(name) for label in one.clears))

    def is_plain(self, name: str) -> bool:
        """Whether what is made by a call of this name, or has it for a type, can carry no text."""
        found = self.of_call(name) if name else None
        return found is not None and found.plain


def _add(lore: Lore, known: Knowledge) -> None:
    for source in known.sources:
        _index(lore.reads, source.read, source)
        _index(lore.sources, source.call, source)
    for one in known.sanitizers:
        _index(lore.cleaners, one.call, one)
        _index(lore.clean, one.read, one)
        _index(lore.checks, one.check, one)
        _index(lore.parts, one.part, one)
        if EVERYTHING not in one.clears:
            lore.judges.update(pattern.rpartition(".")[2] for pattern in (*one.check, *one.part))
    for propagator in known.propagators:
        _index(lore.propagators, propagator.call, propagator)
    for handler in known.handlers:
        _index(lore.registrars, (*handler.given_to, *handler.annotated), handler)
        _index(lore.overrides, handler.overrides, handler)
        _index(lore.named, handler.named, handler)
        _index(lore.annotations, handler.parameter_annotated, handler)
        _index(lore.types, handler.parameter_typed, handler)
    for sink in known.sinks:
        _index(lore.registrars, sink.returned_by, GIVES)
        _index(lore.overrides, sink.returned_by, GIVES)
        _index(lore.named, [name for name in sink.returned_by if "." not in name], GIVES)
    lore.aliases.update((alias.name, alias.meaning) for alias in known.aliases)
    lore.active = True


def _index(index: NameIndex[_Entry], patterns: Iterable[str], entry: _Entry) -> None:
    for pattern in patterns:
        index.add(pattern, entry)


def lore_of(languages: Iterable[str], knowledge: Iterable[Knowledge]) -> Lore:
    """The Lore of a language: all that is known for it and for those that it inherits (`languages`)."""
    lore, names = Lore(), frozenset(languages)
    for known in knowledge:
        if known.language in names:
            _add(lore, known)
    return lore
