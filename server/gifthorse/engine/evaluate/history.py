"""What was done with an object before it is used: the calls made on it, with the constants that they were given.

Parsers, engines and clients are made safe or unsafe by calls beforehand (`factory.setFeature(...)`); rules ask for
them with the predicate `called:`. Only calls of methods that some rule asks for are remembered. What is made from
an object, or with it, has its history. Where ways meet, whatever was done on one of them counts as done.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from gifthorse.engine.evaluate import arithmetic, containers
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.store import Field
from gifthorse.engine.evaluate.values import UNKNOWN, Ref, Value

HISTORY: Final = "<called>"
MAKER: Final = "<maker>"
MOST_MAKERS: Final = 4
MOST: Final = 24
"""Calls that are remembered of one object."""
LONGEST: Final = 300
"""Characters of one remembered call."""


def _spelled(machine: Machine, value: Value) -> str:
    const = containers.constant(machine, value)
    if const is UNKNOWN:
        return f"own:{value.name}" if value.kind == "instance" else value.name or "?"
    text = const.decode("utf-8", "replace") if isinstance(const, bytes) else const
    return arithmetic.text(text, machine.loose).lower() if isinstance(text, bool) else str(text)


def _written(machine: Machine, name: str, given: Arguments) -> str:
    """A call in words: `setFeature(http://..., true)` with constants as they are and names for the rest."""
    told = [_spelled(machine, value) for value in given.positional]
    told.extend(f"{key}={_spelled(machine, value)}" for key, value in given.keywords.items())
    return f"{name}({','.join(told)})"[:LONGEST]


def _of(machine: Machine, ref: Ref | None) -> tuple[Field, ...]:
    entry = machine.store.get((ref, HISTORY)) if ref is not None else None
    return entry if entry is not None and not isinstance(entry, Value) else ()


def _add(machine: Machine, ref: Ref, calls: Iterable[Field]) -> None:
    before = _of(machine, ref)
    whole = tuple(dict.fromkeys([*before, *calls]))[:MOST]
    if whole != before:
        machine.store.put((ref, HISTORY), whole)


def _makers(machine: Machine, ref: Ref | None) -> Iterator[Ref]:
    """An object, and those whose methods gave it: `factory.getSettings().harden()` hardens the factory."""
    for _ in range(MOST_MAKERS):
        if ref is None:
            return
        yield ref
        maker = machine.store.value((ref, MAKER))
        ref = maker.ref if maker is not None else None


def remember(machine: Machine, callee: Value, given: Arguments, result: Value) -> None:
    """Take down a call of something outside the file with its object and its result. An object, and what is made of
    it, has the history of all that it was given.
    """
    receiver, tail = callee.receiver, callee.name.rpartition(".")[2]
    calls: list[Field] = [_written(machine, tail, given)] if tail in machine.listener.remembered else []
    for value in (*given.positional, *given.keywords.values()):
        for option in value.alternatives():
            calls.extend(_of(machine, option.ref))
    if receiver is not None:
        for option in receiver.alternatives():
            for ref in _makers(machine, option.ref) if calls else ():
                _add(machine, ref, calls)
            calls.extend(_of(machine, option.ref))
    if result.ref is None:
        return
    if receiver is not None and receiver.ref is not None and receiver.name.endswith("()"):
        machine.store.put((result.ref, MAKER), Value(ref=receiver.ref))
    if calls:
        _add(machine, result.ref, calls)


def note(machine: Machine, value: Value, call: str) -> None:
    """A new object was made by this call, as it is written by the language's own means."""
    if value.ref is not None and call.partition("(")[0] in machine.listener.remembered:
        _add(machine, value.ref, [call[:LONGEST]])


def calls_of(machine: Machine, value: Value) -> tuple[str, ...]:
    """All remembered calls that were made on an object, or on what it was made from or with."""
    return tuple(str(call) for option in value.alternatives() for call in _of(machine, option.ref))
