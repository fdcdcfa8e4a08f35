"""The beginning of a text: what must stand first, then what it imports; and where one more import goes.

How a language writes imports, and what may stand before them, is in its settings (`import_*`, docs/languages.md).
Only the text is read, from its first line to the first one that is neither.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gifthorse.model.rule import Language
from gifthorse.model.text import Span

IMPORTS, CALLS = "import", "call_import"
"""The two ways in which a language may import: by a statement, by a call."""


class Seen(NamedTuple):
    """One import as it is written, from the start of its line to the end of that line; `way`: IMPORTS or CALLS."""

    module: str
    span: Span
    way: str
    form: str
    group: int


@dataclass(frozen=True, slots=True)
class Prologue:
    """The imports at the beginning of a text, and the place behind all that must stand before them.

    `inner`: the imports stand in brackets, on lines of their own.
    """

    seen: tuple[Seen, ...]
    start: int
    headed: bool
    inner: bool = False


@lru_cache(maxsize=512)
def expression(pattern: str) -> re.Pattern[str]:
    """A pattern of a language's settings, compiled once."""
    return re.compile(pattern, re.MULTILINE | re.DOTALL)


class _Reader:
    """Goes through the lines at the beginning of a text."""

    def __init__(self, text: str, language: Language) -> None:
        self.text, self.language = text, language
        self.at = self.start = 0
        self.group, self.headed, self.inner, self.lead = 0, False, False, False
        self.seen: list[Seen] = []
        comments = [re.escape(mark) + r"[^\n]*" for mark in language.line_comments]
        comments += [re.escape(first) + ".*?" + re.escape(last) for first, last in language.block_comments]
        self.comment = expression(rf"[ \t]*(?:{'|'.join(comments) or '(?!)'})")

    def pattern(self, key: str) -> re.Pattern[str] | None:
        """A pattern of the settings, where the language has it."""
        written = self.language.settings.get(key, "")
        return expression(written) if written else None

    def read(self) -> Prologue:
        """All of it."""
        head, needed = self.pattern("import_head"), self.pattern("import_needs")
        if needed is not None and not needed.match(self.text):
            return Prologue((), -1, headed=False)
        while self.at < len(self.text) and (self._blank() or self._import() or self._head(head) or self._comment()):
            pass
        return Prologue(tuple(self.seen), self.start, self.headed, self.inner)

    def _blank(self) -> bool:
        end = self._line_end(self.at)
        if self.text[self.at : end].strip("\ufeff \t\r\n\f"):
            return False
        if self.lead and not (self.headed or self.seen):
            self.start, self.headed = self.at, True
        self.group += 1
        self.at = end
        return True

    def _import(self) -> bool:
        block = self.pattern("import_block")
        opened = block.match(self.text, self.at) if block is not None else None
        if opened is not None:
            self._block(self._line_end(opened.end()))
            return True
        for way in (IMPORTS, CALLS):
            pattern = self.pattern(f"{way}_seen")
            found = pattern.match(self.text, self.at) if pattern is not None else None
            if found is not None:
                self._take(found, way)
                return True
        return False

    def _take(self, found: re.Match[str], way: str) -> None:
        end = self._line_end(found.end())
        form = found.groupdict().get("form") or ""
        self.seen.append(Seen(found["module"], Span(self.at, end), way, form, self.group))
        self.at = end

    def _block(self, start: int) -> None:
        """Imports in brackets, each on a line of its own."""
        inner = self.pattern("import_inner_seen")
        self.at, self.inner = start, True
        while inner is not None and self.at < len(self.text):
            found = inner.match(self.text, self.at)
            if found is not None:
                self._take(found, IMPORTS)
            elif not (self._blank() or self._comment()):
                break
        self.at = self._line_end(self.at)

    def _head(self, head: re.Pattern[str] | None) -> bool:
        found = head.match(self.text, self.at) if head is not None else None
        if found is None or not found[0].strip():
            return False
        self.at = self.start = self._line_end(found.end())
        self.headed = True
        return True

    def _comment(self) -> bool:
        found = self.comment.match(self.text, self.at)
        if found is None:
            return False
        self.at = self._line_end(found.end())
        self.lead = not (self.headed or self.seen)
        return True

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1


def read_prologue(text: str, language: Language) -> Prologue:
    """What stands at the beginning of a text. `start` is negative where nothing may be imported in it."""
    return _Reader(text, language).read()
