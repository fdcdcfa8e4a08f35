"""Values and argument paths in messages, as the file's own language writes them.

The messages themselves are in the rules; placing words in them is `findings`.
"""

from collections.abc import Mapping
from typing import Final

from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.values import UNKNOWN, Value
from gifthorse.engine.predicates import known_constant

SHOWN: Final = 60
"""Characters of a value in a message."""

MAX_DEPTH: Final = 5
ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")


def _text(text: str, settings: Mapping[str, str]) -> str:
    quote = settings.get("quote", '"')
    return quote + text.encode("unicode_escape").decode("ascii").replace(quote, "\\" + quote) + quote


def written(const: object, settings: Mapping[str, str], depth: int = MAX_DEPTH) -> str:
    """A constant as a language writes it; `settings` are the language's. Deeper than `depth` it is left out."""
    if const is None or isinstance(const, bool):
        word = "null" if const is None else str(const).lower()
        return settings.get(word, word)
    if isinstance(const, str):
        return _text(const[:SHOWN], settings)
    if isinstance(const, bytes):
        return settings.get("bytes", "") + _text(const[:SHOWN].decode("latin-1"), settings)
    if isinstance(const, list | dict) and not depth:
        return "..."
    if isinstance(const, list):
        return f"[{', '.join(written(part, settings, depth - 1) for part in const[:SHOWN])}]"
    if isinstance(const, dict):
        pairs = list(const.items())[:SHOWN]
        inner = (f"{written(key, settings)}: {written(part, settings, depth - 1)}" for key, part in pairs)
        return f"{{{', '.join(inner)}}}"
    return str(const)


def shown(machine: Machine, value: Value) -> str:
    """A Value in a message: short, and only what the file says itself."""
    const = known_constant(machine, value)
    text = value.name or "a computed value" if const is UNKNOWN else written(const, machine.language.settings)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def argument_name(path: str) -> str:
    """An argument path in words: its last field (`0.rejectUnauthorized`), else which argument it is."""
    last = path.rpartition(".")[2]
    if path == "*":
        return "an argument"
    if path == "receiver":
        return "the object"
    if not last.isdigit():
        return last
    number = int(last)
    which = ORDINALS[number] if number < len(ORDINALS) else f"{number + 1}th"
    return f"the {which} {'element' if '.' in path else 'argument'}"
