"""What it takes to evaluate a text of one language: how it is read, and who listens."""

from typing import NamedTuple

from gifthorse.engine.evaluate.imports import NO_IMPORTS, OWN, Imports
from gifthorse.engine.evaluate.items import Placed
from gifthorse.engine.evaluate.work import Surroundings
from gifthorse.engine.languages import Prepared
from gifthorse.engine.legible import illegible
from gifthorse.engine.match import Matcher
from gifthorse.engine.parts import Reading, Row, read_row
from gifthorse.engine.splitting import Asking, flatten, split
from gifthorse.engine.syntax import EndlessError, kind_of, parse
from gifthorse.model.fact import Fact
from gifthorse.model.rule import Language

MAX_CODE = 100_000
"""Characters of a string that is run as code."""


class Read(NamedTuple):
    """A text that was read already, so that nobody needs to do so again: its language and its Row."""

    language: Language
    row: Row


def surroundings(
    prepared: Prepared, language: Language, path: str, imports: Imports = NO_IMPORTS, home: str = OWN
) -> Surroundings:
    """What the evaluation of a file needs. `home`: see evaluate/imports.py."""
    reading, index = reading_of(prepared, language), prepared.index(language)

    def read_code(text: str) -> Fact | None:
        if len(text) > MAX_CODE:
            return None
        source = (language.settings.get("code_head", "") + text).encode("utf-8", "replace")
        if illegible(language, source):
            return None
        try:
            row = read_row(parse(reading.grammar, source), reading)
        except EndlessError:
            return None
        kids = tuple(fact._replace(start=fact.start + start, end=fact.end + start) for start, fact in placed_of(row))
        return Fact("block", 0, len(source), "", ("",) * len(kids), kids)

    return Surroundings(language, lambda: Matcher(index, path), read_code, prepared.lore(language), imports, home)


def reading_of(prepared: Prepared, language: Language) -> Reading:
    """How the texts of a language are read."""
    grammar, settings = prepared.grammar(language), language.settings
    outside = frozenset(kind_of(grammar, word) for word in settings.get("outside", "").split())
    head = settings.get("code_head", "").encode() if outside else b""
    return Reading(grammar, prepared.queries(language), head, outside, settings.get("bare", ""))


def settings_of(row: Row, placed: list[Placed], around: Surroundings) -> list[Placed]:
    """The items of a text that is no program: large ones taken apart, but for those in which values have names."""
    if around.language.settings.get("flat") == "true":
        return [one for start, fact in placed for one in flatten(start, fact)]
    if around.language.settings.get("paths") != "true":
        return placed
    mark = around.language.settings.get("name_mark", "").encode()
    listener = around.record()
    asking = Asking(listener.hears_assignment, listener.asks, {way.split(".")[1] for way in listener.roots})
    found: list[Placed] = []
    for number, (start, fact) in enumerate(placed):
        whole = mark and row.content.find(mark, start + fact.start, start + fact.end) >= 0
        found.extend([(start, fact)] if whole else split(start, fact, number, asking))
    return found


def placed_of(row: Row, mark: bytes = b"") -> list[Placed]:
    """The top-level Facts; what stands behind a `mark` is shown."""
    found: list[Placed] = []
    shown = False
    for start, part in zip(row.starts, row.parts, strict=True):
        facts = part.facts
        if shown and facts:
            first = facts[0].start
            kids = tuple(fact._replace(start=fact.start - first, end=fact.end - first) for fact in facts)
            facts = (Fact("shown", first, facts[-1].end, "", ("value",) * len(kids), kids),)
        found.extend((start, fact) for fact in facts)
        shown = bool(mark) and row.content.endswith(mark, start, start + part.size)
    return found
