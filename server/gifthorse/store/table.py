"""Reading one TOML table key by key: types are checked, problems collected, what nobody took is unknown.

It knows nothing of rules or languages; rulefile.py, languagefile.py and knowledgefile.py say which keys there are.
"""

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gifthorse.store.places import Path, key_lines, line_of


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a data file, where (`line` counts from 1) and what to do about it.

    `advice`: it can be used all the same; something that is wanted of every rule is missing.
    """

    file: str
    line: int
    message: str
    remedy: str
    advice: bool = False

    @property
    def path(self) -> str:
        """The file alone, without the version of it that `file` may name: `gifthorse.toml (in 1a2b3c4)`."""
        return self.file.removesuffix(self.version and f" ({self.version})")

    @property
    def version(self) -> str:
        """Which version of the file is meant, where it is not the one on disk."""
        _, sign, version = self.file.rpartition(" (")
        return version.removesuffix(")") if sign and version.endswith(")") else ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.remedy}"


class CatalogueError(Exception):
    """Some data files are wrong. `problems` lists everything that was found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Notes:
    """The problems of one file while it is read."""

    file: str
    lines: Mapping[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: Path, message: str, remedy: str, *, advice: bool = False) -> None:
        """Remember a problem at the place of `path`."""
        self.problems.append(Problem(self.file, line_of(self.lines, path), message, remedy, advice))


def parse(file: str, text: str) -> tuple[dict[str, Any], Notes]:
    """The TOML table of a file and the Notes to take about it; a syntax error becomes a problem."""
    notes = Notes(file)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or _line_in(str(error))
        notes.problems.append(Problem(file, line, f"This is not TOML: {error}.", "Mend the syntax at that place."))
        return {}, notes
    notes.lines = key_lines(text)
    return values, notes


def opened(file: str, text: str, form: int) -> tuple["Table | None", list[Problem]]:
    """The table of a file in this format, or None, and the problems found so far, to which more may come."""
    values, notes = parse(file, text)
    if notes.problems:
        return None, notes.problems
    table = Table(values, (), notes)
    table.taken.add("format")
    if values.get("format") != form:
        table.problem("format", "The file does not say its format.", f"Write format = {form} in its first line.")
        return None, notes.problems
    return table, notes.problems


def _line_in(message: str) -> int:
    """The line that tomllib's message names, or 1 (the error has no attribute for it before Python 3.14)."""
    _, _, rest = message.partition("at line ")
    digits = rest.partition(",")[0]
    return int(digits) if digits.isdigit() else 1


class Table:
    """One table: each method takes a key, checks its type and notes what is wrong."""

    def __init__(self, values: Mapping[str, Any], path: Path, notes: Notes) -> None:
        self.values = values
        self.path = path
        self.notes = notes
        self.taken: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.values

    def problem(self, key: str, message: str, remedy: str, *, advice: bool = False, item: int | None = None) -> None:
        """Note a problem at a key (or at the table, where the key is missing), or at one item of its list."""
        place = (*self.path, key) if item is None else (*self.path, key, item)
        self.notes.add(place, message, remedy, advice=advice)

    def _take(self, key: str, kind: type | tuple[type, ...], word: str, default: Any) -> Any:
        self.taken.add(key)
        value = self.values.get(key, default)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.problem(key, f"`{key}` must be {word}.", f"Write {word} after `{key} =`.")
            return default
        return value

    def text(self, key: str, default: str = "") -> str:
        """A string."""
        return str(self._take(key, str, "a string", default))

    def needed(self, key: str, *, advice: bool = False) -> str:
        """A string that must be there and say something; or, as an `advice`, that should."""
        value = self.text(key).strip()
        if not value:
            remedy = f"Add `{key} = ...` with a sentence or name."
            self.problem(key, f"`{key}` is missing or empty.", remedy, advice=advice)
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        return bool(self._take(key, bool, "true or false", False))

    def number(self, key: str) -> float:
        """A number; 0 where absent."""
        return float(self._take(key, (int, float), "a number", 0))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of strings, or one string for a list of one; empty where absent."""
        value = self._take(key, (str, list, tuple), "a string or a list of strings", [])
        listed = [value] if isinstance(value, str) else value
        wrong = [number for number, item in enumerate(listed) if not isinstance(item, str)]
        if wrong:
            words = f"`{key}` holds something that is not a string."
            self.problem(key, words, "Put every item in quotes.", item=wrong[0])
            return ()
        return tuple(listed)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty where absent."""
        value = self._take(key, list, "a list of whole numbers", [])
        if not all(isinstance(item, int) and not isinstance(item, bool) for item in value):
            self.problem(key, f"`{key}` holds something that is not a whole number.", "Write numbers without quotes.")
            return ()
        return tuple(value)

    def table(self, key: str) -> "Table":
        """A table; an empty one where absent."""
        return Table(self._take(key, dict, "a table", {}), (*self.path, key), self.notes)

    def tables(self, key: str) -> tuple["Table", ...]:
        """An array of tables; empty where absent."""
        value = self._take(key, list, f"an array of tables ([[{key}]])", [])
        paths = [(*self.path, key, number) for number in range(len(value))]
        return tuple(
            Table(item if isinstance(item, dict) else {}, path, self.notes)
            for item, path in zip(value, paths, strict=True)
        )

    def strings(self) -> dict[str, str]:
        """All keys of this table, whose values are strings."""
        return {key: self.text(key) for key in self.values}

    def word_lists(self) -> dict[str, tuple[str, ...]]:
        """All keys of this table, whose values are strings or lists of strings."""
        return {key: self.words(key) for key in self.values}

    def one_of(self, key: str, allowed: Sequence[str], default: str = "") -> str:
        """A string out of a short list."""
        value = self.text(key, default)
        if value not in allowed and not (value == default and not self.has(key)):
            self.problem(key, f"`{key}` is {value!r}, which is not known.", f"Use one of: {', '.join(allowed)}.")
            return default
        return value

    def close(self, known: Sequence[str] = ()) -> None:
        """Note every key that nobody took."""
        names = sorted(self.taken.union(known))
        for key in self.values:
            if key not in self.taken:
                near = difflib.get_close_matches(key, names, 1)
                remedy = f"Did you mean `{near[0]}`?" if near else f"Known keys here: {', '.join(names)}."
                self.problem(key, f"The key `{key}` is not known here.", remedy)
