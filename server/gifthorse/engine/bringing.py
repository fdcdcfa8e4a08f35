"""Imports that the result of a Fix needs: written once, in the way and the order of the file, where imports stand.

What is bound already is not imported again; where its name means something else in the file the Fix is refused.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from gifthorse.engine.elements import Draft, Refused, Workplace
from gifthorse.engine.filenames import fits
from gifthorse.engine.prologue import CALLS, IMPORTS, Prologue, Seen, expression, read_prologue
from gifthorse.model.fact import Fact
from gifthorse.model.text import Span

_VERSION: Final = re.compile(r"v\d+")
_WORD: Final = re.compile(r"\w+")
_NAMED: Final = frozenset({"func", "class", "param"})
_PARAMETERS: Final = frozenset({"params", "param"})
_PATTERNS: Final = frozenset(
    {"list", "dict", "set", "pair", "splat", "kwsplat", "wrap", "sequence", "comma", "declare"}
)


class Wanted(NamedTuple):
    """An import as a rule asks for it: `module`, `module:name` or `module as alias`."""

    module: str
    name: str
    alias: str


def read_wanted(written: str) -> Wanted:
    """What a rule wrote."""
    module, _, alias = written.partition(" as ")
    if module.startswith('"'):
        return Wanted(module, "", alias)
    head, _, name = module.rpartition(":")
    return (
        Wanted(head, name, alias) if head and not head.endswith(":") and "/" not in name else Wanted(module, "", alias)
    )


def bring(draft: Draft, written: str) -> None:
    """Add an import to a Draft, unless the file has it. Raises Refused where it cannot be had."""
    place, wanted = draft.place, read_wanted(written)
    if not place.language.settings.get("import_line"):
        raise Refused
    settings = place.language.settings
    binds, opens = settings.get("import_binds", ""), settings.get("import_opens") == "true"
    bound = "" if opens and not wanted.alias else _bound(wanted, place)
    found = [_Known.of(item) for _, item in place.items if item.role == "import"]
    there = any(known.is_wanted(wanted, place) for known in found) or _called_for(wanted, bound, place)
    taken = (
        bound
        and not there
        and any(known.bound(binds) == bound and not _shares(known, wanted, binds) for known in found)
    )
    if bound and (taken or _means_else(bound, wanted, place)):
        raise Refused
    if not there:
        _add(draft, wanted, bound, read_prologue(place.text, place.language))


def _bound(wanted: Wanted, place: Workplace) -> str:
    """The name by which the file knows what is imported."""
    if wanted.alias or wanted.name:
        return wanted.alias or wanted.name
    words: list[str] = _WORD.findall(wanted.module)
    if not words:
        return ""
    if place.language.settings.get("import_binds") == "first":
        return words[0]
    return words[-2] if len(words) > 1 and _VERSION.fullmatch(words[-1]) else words[-1]


class _Known(NamedTuple):
    """One import of the file, as its Facts say. `alias`: by what it is known, where that is not its own name."""

    module: str
    name: str
    alias: str
    star: bool

    @classmethod
    def of(cls, item: Fact) -> "_Known":
        """What an import Fact says."""
        told = [(name, kid.text.strip("'\"`<>")) for name, kid in zip(item.names, item.kids, strict=True)]
        words = dict(told)
        module = ".".join(word for name, word in told if name == "module").removeprefix("node:")
        return cls(module, words.get("name", ""), words.get("alias") or words.get("default", ""), "star" in words)

    def bound(self, binds: str) -> str:
        """The name that stands for it in the file."""
        words: list[str] = _WORD.findall(self.name or self.module)
        if self.alias or not words:
            return self.alias
        return words[0] if binds == "first" and not self.name else words[-1]

    def is_wanted(self, wanted: Wanted, place: Workplace) -> bool:
        """Whether it brings what is wanted, by that name."""
        binds = place.language.settings.get("import_binds", "")
        own, asked = _path(self.module, self.name), _path(wanted.module, wanted.name)
        if place.language.settings.get("import_opens") == "true":
            return own == asked and self.alias == wanted.alias
        if self.star:
            return own == asked.rpartition(".")[0] or bool(wanted.name and own == _path(wanted.module, ""))
        if binds != "first":
            return own == asked and self.bound(binds) == _bound(wanted, place)
        if wanted.name or wanted.alias or self.name or self.alias:
            return own == asked and self.name == wanted.name and self.bound(binds) == _bound(wanted, place)
        return f"{own}.".startswith(f"{asked}.")


def _shares(known: _Known, wanted: Wanted, binds: str) -> bool:
    """Whether both bind the same package, of which they name different modules."""
    return binds == "first" and not (known.name or known.alias or wanted.name or wanted.alias)


def _path(module: str, name: str) -> str:
    """All words of what is imported, with dots between."""
    return ".".join(_WORD.findall(f"{module}.{name}"))


def _called_for(wanted: Wanted, bound: str, place: Workplace) -> bool:
    """Whether a call brings it already, or a statement that stands further down or in brackets."""
    settings, text = place.language.settings, place.text
    for key in (f"{CALLS}_seen", *([f"{IMPORTS}_seen"] if not bound else [])):
        pattern = settings.get(key)
        if pattern and wanted.module in text:
            for found in expression("^[ \t]*(?:" + pattern + ")").finditer(text):
                names = _WORD.findall(found[0][: found.start("module") - found.start()])
                if _plain(found["module"], settings) == wanted.module.strip("'\"<>") and (not bound or bound in names):
                    return True
    return False


def _means_else(bound: str, wanted: Wanted, place: Workplace) -> bool:
    """Whether the file itself gives the name to something else."""
    if not expression(rf"(?<![\w.]){re.escape(bound)}(?!\w)").search(place.text):
        return False
    return any(
        _binds(item, bound) and not _calls_for(place.source(Span(at, at + item.end - item.start)), wanted, place)
        for at, item in place.items
        if item.role != "import"
    )


def _calls_for(source: str, wanted: Wanted, place: Workplace) -> bool:
    """Whether a statement is the call that imports this."""
    settings = place.language.settings
    pattern = settings.get(f"{CALLS}_seen")
    found = expression(pattern).match(source) if pattern else None
    return found is not None and _plain(found["module"], settings) == wanted.module


def _plain(module: str, settings: Mapping[str, str]) -> str:
    """A module's name as rules write it."""
    return module.strip("'\"<>").removeprefix(settings.get("import_prefix", "\0"))


def _binds(fact: Fact, name: str) -> bool:
    """Whether a name of this spelling is given to something in a Fact: a variable, a parameter, a function or class."""
    waiting: list[tuple[Fact, bool]] = [(fact, False)]
    while waiting:
        one, bound = waiting.pop()
        if bound and not one.kids and one.text == name:
            return True
        if one.role == "import":
            continue
        names = one.names or ("",) * len(one.kids)
        waiting.extend((kid, _bound_by(one, part, bound)) for part, kid in zip(names, one.kids, strict=True))
    return False


def _bound_by(parent: Fact, part: str, bound: bool) -> bool:
    """Whether a name that is this part of a Fact is given to something."""
    if part == "target":
        return True
    if part == "name":
        return parent.role in _NAMED
    if parent.role in _PARAMETERS:
        return part not in {"default", "type", "deco", "label"}
    return bound and parent.role in _PATTERNS and part != "key"


def _way(place: Workplace, prologue: Prologue) -> str:
    """Whether the file imports by statements or by calls."""
    settings = place.language.settings
    if any(item.role == "import" for _, item in place.items) or not settings.get("call_import_line"):
        return IMPORTS
    if any(seen.way == CALLS for seen in prologue.seen):
        return CALLS
    hint = settings.get("import_hint", "")
    if fits(place.path, tuple(settings.get("import_files", "").split())) or (
        hint and expression(hint).search(place.text)
    ):
        return IMPORTS
    return CALLS


def _kind(module: str, place: Workplace) -> int:
    """The number of the kind that a module is of: the first pattern of `import_kinds` that fits."""
    kinds = place.language.settings.get("import_kinds", "").split()
    return next((number for number, kind in enumerate(kinds) if expression(kind).match(module)), len(kinds))


def _statement(place: Workplace, wanted: Wanted, bound: str, way: str, seen: Sequence[Seen]) -> str:
    """The import as the file writes its others, without a line end."""
    settings = place.language.settings
    form = "as" if wanted.alias else "name" if wanted.name else "line"
    template = settings.get(f"{way}_{form}", "")
    if not template:
        raise Refused
    module, prefix = wanted.module, settings.get("import_prefix", "")
    beside = [one for one in seen if one.way == way]
    if prefix and _kind(module, place) == 0 and any(one.module.startswith(prefix) for one in beside):
        module = prefix + module
    if module.startswith('"') and "<{module}>" in template:
        template = template.replace("<{module}>", "{module}")
    line = template.replace("{module}", module).replace("{name}", wanted.name or bound).replace("{alias}", wanted.alias)
    sources = [place.text[one.span.start : one.span.end].strip() for one in beside] or [place.text]
    if settings.get("import_quotes") and sum(one.count("'") for one in sources) > sum(
        one.count('"') for one in sources
    ):
        line = line.replace('"', "'")
    if settings.get("import_ends") and beside and not any(one.endswith(";") for one in sources):
        line = line.removesuffix(";")
    return line


def _add(draft: Draft, wanted: Wanted, bound: str, prologue: Prologue) -> None:
    place = draft.place
    settings = place.language.settings
    way = _way(place, prologue)
    if prologue.start < 0 or (not prologue.seen and (place.inner or _outside(settings))):
        raise Refused
    line = _statement(place, wanted, bound, way, prologue.seen)
    inner = settings.get("import_inner", "") if prologue.inner else ""
    if inner:
        line = line.removeprefix(settings["import_line"].partition("{")[0].rstrip('"')).strip()
    if not prologue.seen:
        _first(draft, line, prologue)
        return
    written = _ordered(wanted.module, settings.get("import_order", "{module}"))
    one = Wanted(written, wanted.name, wanted.alias)
    at, before, after = _between(place, one, line, prologue, way)
    indent = _indent(place, prologue) if inner else ""
    gap = place.newline
    _insert(draft, at, f"{gap if before else ''}{indent}{line}{gap}{gap if after else ''}")


def _outside(settings: Mapping[str, str]) -> bool:
    """Whether the code begins somewhere in the text, and nobody knows where."""
    return "outside" in settings and "import_needs" not in settings


def _ordered(module: str, template: str) -> str:
    """What of a module counts in the order of imports."""
    return module if module.startswith('"') else template.replace("{module}", module)


def _indent(place: Workplace, prologue: Prologue) -> str:
    source = place.text[prologue.seen[0].span.start : prologue.seen[0].span.end]
    return source[: len(source) - len(source.lstrip())]


def _between(place: Workplace, wanted: Wanted, line: str, prologue: Prologue, way: str) -> tuple[int, bool, bool]:
    """Where among the imports that there are it goes, and whether an empty line goes before and after it."""
    kind = _kind(wanted.module, place)
    seen = prologue.seen
    form = (line.split() or [""])[0]
    same = [one for one in seen if _kind(one.module, place) == kind and one.way == way]
    if same:
        near = [one for one in same if one.group == same[0].group]
        alike = [one for one in near if not one.form or one.form == form]
        return (_sorted_in(alike, wanted) if alike else near[0].span.start), False, False
    lower = [one for one in seen if _kind(one.module, place) < kind]
    settings = place.language.settings
    alone = settings.get("import_parted") == "true" and (prologue.inner or "import_block" not in settings)
    parted = alone or len({one.group for one in seen}) > 1
    if lower:
        return lower[-1].span.end, parted, False
    return seen[0].span.start, False, parted


def _sorted_in(alike: Sequence[Seen], wanted: Wanted) -> int:
    """Its place among its like: by the alphabet where these are in that order, else behind the last."""
    keys = [one.module.casefold() for one in alike]
    if keys == sorted(keys):
        for one, key in zip(alike, keys, strict=True):
            if key > wanted.module.casefold():
                return one.span.start
    return alike[-1].span.end


def _first(draft: Draft, line: str, prologue: Prologue) -> None:
    """The first import of a file: behind what must stand first, with an empty line on either side."""
    place = draft.place
    gap, at = place.newline, prologue.start
    rest = place.text[at:]
    blank = not rest or rest.lstrip(" \t\r")[:1] == "\n"
    if prologue.headed:
        ended = place.text[:at].endswith("\n")
        _insert(draft, at, f"{'' if ended else gap}{gap}{line}{gap}{'' if blank else gap}")
    else:
        mark = 1 if rest.startswith("\ufeff") else 0
        _insert(draft, at + mark, f"{line}{gap}{'' if blank else gap}")


def _insert(draft: Draft, at: int, text: str) -> None:
    """Put a text at a place that is counted in characters; behind a last line without end it gets one."""
    place = draft.place
    if at and at == len(place.text) and not place.text.endswith("\n"):
        text = place.newline + text.removesuffix(place.newline)
    byte = len(place.text[:at].encode())
    draft.replace(Span(byte, byte), text)
