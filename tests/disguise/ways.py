"""Ways: how one Spot is rewritten. Most are templates; what their words stand for, each language says.

A template's words: `{old}` the Spot's own source, which stays a Spot of its role; `{name}` and `{name2}` names that
the code does not use; and whatever `fields` of the language gives for the Spot. A Way whose words are not all known
does not fit there.
"""

import base64
import codecs
import random
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from disguise.sample import Edit, Sample, Spot


class Places(NamedTuple):
    """Where lines can be put: before the statement around a Spot, with its `indent`, and at the `top` of the file."""

    before: int
    indent: str
    top: int


def line_before(code: str, begin: int, top: int) -> Places | None:
    """Places for a statement that begins there, if it begins its line; `top` is where the file's own lines may go."""
    start = code.rfind("\n", 0, begin) + 1
    indent = code[start:begin]
    return None if indent.strip() else Places(start, indent, min(top, start))


class Tongue(Protocol):
    """What a language's module must say so that templates can be filled."""

    def fields(self, sample: Sample, spot: Spot) -> Mapping[str, str]:
        """The words that templates may use for this Spot."""

    def places(self, sample: Sample, spot: Spot) -> Places | None:
        """Where lines can be put; None where a new line could not see what the Spot sees."""

    def sound(self, code: str) -> bool:
        """Whether what was made keeps its meaning; a pair of Ways may not go together."""


Make = Callable[[Tongue, Sample, Spot], Sample | None]


@dataclass(frozen=True)
class Way:
    """One way of a `kind` of disguise, for Spots of one `role`."""

    kind: str
    name: str
    role: str
    make: Make


def fill(template: str, words: Mapping[str, str]) -> str | None:
    """The template with its words, or None where one is missing."""
    needed = {word for _, word, _, _ in string.Formatter().parse(template) if word}
    return template.format(**words) if needed <= words.keys() else None


def _lines(text: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" if line else "\n" for line in text.split("\n"))


def template(kind: str, name: str, role: str, new: str, before: str = "", top: str = "") -> Way:  # noqa: PLR0917 (templates are rows of a table)
    """A Way that puts `new` in the Spot's place, lines `before` its statement, and lines at the `top` of the file."""

    def make(tongue: Tongue, sample: Sample, spot: Spot) -> Sample | None:
        words = {
            "old": sample.marked(spot.start, spot.end, role), "name": sample.fresh(0), "name2": sample.fresh(1),
            **tongue.fields(sample, spot),
        }  # fmt: skip
        texts = [fill(part, words) for part in (new, before, top)]
        if texts[0] is None or texts[1] is None or texts[2] is None:
            return None
        edits = [Edit(spot.start, spot.end, texts[0])]
        places = tongue.places(sample, spot) if before or top else Places(0, "", 0)
        if places is None:
            return None
        if before and places.before == places.top:
            edits.append(Edit(places.before, places.before, _lines(texts[2], "") * bool(top) + _lines(texts[1], "")))
        else:
            if before:
                edits.append(Edit(places.before, places.before, _lines(texts[1], places.indent)))
            if top:
                edits.append(Edit(places.top, places.top, _lines(texts[2], "")))
        return sample.edited(edits)

    return Way(kind, name, role, make)


Row = str | tuple[str, ...]
"""What comes in the Spot's place; where there is more, the lines before its statement, and those at the top."""


def ways(kind: str, roles: str | tuple[str, ...], rows: Mapping[str, Row]) -> tuple[Way, ...]:
    """A table's rows by name. Where they are given for several roles, a Way's name says which: `list of callee`."""
    each = [(roles, "")] if isinstance(roles, str) else [(role, f" of {role}") for role in roles]
    return tuple(
        template(kind, name + suffix, role, *([row] if isinstance(row, str) else row))
        for role, suffix in each
        for name, row in rows.items()
    )


def table(roles: str | tuple[str, ...], kinds: Mapping[str, Mapping[str, Row]]) -> tuple[Way, ...]:
    """The same for several kinds of disguise."""
    return tuple(way for kind, rows in kinds.items() for way in ways(kind, roles, rows))


def numbered(word: str, news: Sequence[str], condition: str | None = None) -> dict[str, Row]:
    """Rows for one constant, named by numbers. They fit where the Spot is that constant, or by another condition."""
    wanted = f"{{{word}}}" if condition is None else condition
    return {f"{word} {number}": new + wanted for number, new in enumerate(news)}


def text_fields(text: str, quote: Callable[[str], str]) -> dict[str, str]:
    """What templates may use for a text literal: its pieces, codes and codings, as literals of the language."""
    if not text or len(text) > 60 or not text.isascii() or not text.isprintable():
        return {}
    middle = max(1, len(text) // 2)
    raw = text.encode()
    return {
        "head": quote(text[:middle]), "tail": quote(text[middle:]), "reversed": quote(text[::-1]),
        "codes": ", ".join(str(byte) for byte in raw), "hex": quote(raw.hex()),
        "base64": quote(base64.b64encode(raw).decode()), "rot13": quote(codecs.encode(text, "rot13")),
        "percent": quote("".join(f"%{byte:02x}" for byte in raw)), "upper": quote(text.upper()),
        "swapped": quote(text.swapcase()), "padded": quote(f"~~{text}~~"), "text": quote(text),
        "hex_escapes": "".join(f"\\x{byte:02x}" for byte in raw), "escapes": "".join(f"\\u{byte:04x}" for byte in raw),
        "spaced": quote("#".join(text)), "length": str(len(text)),
        "chars": ", ".join(quote(char) for char in text),
        "xored": ", ".join(str(byte ^ 5) for byte in raw), "shifted": ", ".join(str(byte + 3) for byte in raw),
        "base64_twice": quote(base64.b64encode(base64.b64encode(raw)).decode()),
        "json_escapes": "".join(f"\\\\u{byte:04x}" for byte in raw),
        **({} if set(text) & set("'\"\\{}`$") else {"unquoted": "", "bare": text}),
        **({"no_edge": ""} if text == text.strip() else {}), **({} if "," in text else {"no_comma": ""}), **({} if set(text) & set(";/?:@&=+$,#") else {"no_reserved": ""}),
        **({"is_lower": ""} if text == text.lower() and text != text.upper() else {}),
    }  # fmt: skip


def apply(tongue: Tongue, way: Way, sample: Sample, chance: random.Random) -> Sample | None:
    """The Sample with one of the Spots that the Way fits disguised by it, or None."""
    spots = [spot for spot in sample.spots if spot.role == way.role]
    chance.shuffle(spots)
    for spot in spots:
        found = way.make(tongue, sample, spot)
        if found is not None and found.code != sample.code and tongue.sound(found.code):
            return found
    return None
