"""A language's facts query, read into Forms that can be held against nodes without running the query.

The syntax and the meaning are those of tree-sitter's queries, as far as facts need them: kinds, wildcards, literals,
fields, negated fields, alternations, anchors, captures and the predicates that compare texts; no quantifiers. Holding
them against a tree is in `classify`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

_TOKEN = re.compile(r';[^\n]*|"(?:[^"\\]|\\.)*"|[()\[\].!*+?]|@[\w.-]+|#[\w?!.-]+|[\w-]+:|[\w/-]+|\s+|.', re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


class Names(NamedTuple):
    """What the grammar calls its node kinds (by name, and whether named) and its fields; 0 where it has none.

    `unnamed`: all kinds that have no name of their own, such as punctuation.
    """

    kind: Callable[[str, bool], int]
    field: Callable[[str], int]
    unnamed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What one node must be like. `kinds`: one of these (None: `named` says whether any will do, or any named one).

    `absent`: fields that it must not have. `last`: nothing named may follow the last of `kids`. `free`: each of them
    can be looked for by itself, since they are in different fields, whose order the grammar fixes.
    """

    kinds: frozenset[int] | None
    named: bool
    captures: tuple[str, ...] = ()
    absent: tuple[int, ...] = ()
    kids: tuple["Kid", ...] = ()
    last: bool = False
    free: bool = True


@dataclass(frozen=True, slots=True)
class Kid:
    """What a child must be like: any of the `variants`, in the `field` (0: any). `next`: nothing named before it."""

    variants: tuple[Form, ...]
    field: int
    next: bool


class Test(NamedTuple):
    """A predicate: its name, the capture that it speaks of, and its other words (a capture begins with `@`)."""

    name: str
    capture: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One top-level pattern: its place in the query, and what its outermost node must be like."""

    number: int
    form: Form
    tests: tuple[Test, ...]


class _Text:
    """The tokens of a query, read one after the other."""

    def __init__(self, query: str) -> None:
        self.tokens = [word for word in _TOKEN.findall(query) if not word.isspace() and word[0] != ";"]
        self.place = 0

    def peek(self) -> str:
        """The next word, or nothing at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        """The next word. ValueError at the end."""
        word = self.peek()
        if not word:
            raise ValueError("the query ends too early")
        self.place += 1
        return word

    def took(self, word: str) -> bool:
        """Whether the next word was this one, which is taken then."""
        if self.peek() != word:
            return False
        self.place += 1
        return True


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), word[1:-1])


class _Reader:
    """Reads patterns. Nesting is that of our own query files, so recursion is bounded by them."""

    def __init__(self, query: str, names: Names) -> None:
        self.text, self.names = _Text(query), names
        self.tests: list[Test] = []

    def captures(self) -> tuple[str, ...]:
        found = []
        while self.text.peek().startswith("@"):
            found.append(self.text.take()[1:])
        return tuple(found)

    def variants(self) -> tuple[Form, ...]:
        """One node or an alternation of them, with the captures behind it."""
        word = self.text.take()
        found: tuple[Form, ...]
        if word == "[":
            found = ()
            while not self.text.took("]"):
                found += self.variants()
        elif word == "(":
            found = (self.node(),) if self.text.peek() not in {"(", "["} else self.group()
        elif word.startswith('"'):
            found = (Form(frozenset([self.kind(_unquoted(word), False)]), named=False),)
        elif word == "_":
            found = (Form(None, named=False),)
        else:
            raise ValueError(f"{word!r} is not understood here")
        captures = self.captures()
        return tuple(replace(form, captures=(*form.captures, *captures)) for form in found)

    def group(self) -> tuple[Form, ...]:
        """One pattern in brackets with its predicates."""
        found = self.variants()
        while not self.text.took(")"):
            self.test()
        return found

    def kind(self, name: str, named: bool) -> int:
        number = self.names.kind(name, named)
        if not number:
            raise ValueError(f"the grammar has no node {name!r}")
        return number

    def field(self, name: str) -> int:
        number = self.names.field(name)
        if not number:
            raise ValueError(f"the grammar has no field {name!r}")
        return number

    def node(self) -> Form:
        """What is behind an opening bracket, to the closing one."""
        name = self.text.take()
        kinds = None if name == "_" else frozenset([self.kind(name, True)])
        kids: list[Kid] = []
        absent: list[int] = []
        anchored = False
        while not self.text.took(")"):
            if self.text.took("."):
                anchored = True
            elif self.text.took("!"):
                absent.append(self.field(self.text.take()))
            elif self.text.peek() == "(" and self.text.tokens[self.text.place + 1].startswith("#"):
                self.test()
            else:
                field = self.field(self.text.take()[:-1]) if self.text.peek().endswith(":") else 0
                kids.append(Kid(self.variants(), field, anchored))
                anchored = False
        fields = [kid.field for kid in kids]
        alone = len(kids) < 2 or (0 not in fields and len(set(fields)) == len(fields))
        free = alone and not anchored and not any(kid.next for kid in kids)
        return Form(kinds, True, (), tuple(absent), tuple(kids), anchored, free)

    def test(self) -> None:
        """A predicate: `(#eq? @name "word")`."""
        self.text.take()
        name = self.text.take()
        words = []
        while not self.text.took(")"):
            word = self.text.take()
            words.append(_unquoted(word) if word.startswith('"') else word)
        self.tests.append(Test(name.strip("#?"), words[0].removeprefix("@"), tuple(words[1:])))

    def patterns(self) -> list[Pattern]:
        """All of the query's patterns; an alternation at the top is several with one number."""
        found: list[Pattern] = []
        number = 0
        while self.text.peek():
            self.tests = []
            forms = self.variants()
            found.extend(Pattern(number, form, tuple(self.tests)) for form in forms)
            number += 1
        return found


def read_forms(query: str, names: Names) -> list[Pattern]:
    """The patterns of a facts query. Raises ValueError for what facts cannot say."""
    reader = _Reader(query, names)
    try:
        return reader.patterns()
    except ValueError as error:
        before = " ".join(reader.text.tokens[max(0, reader.text.place - 8) : reader.text.place])
        raise ValueError(f"{error}, at: {before}") from error
