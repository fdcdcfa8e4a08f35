"""Name patterns of rules: `*` is any characters but a dot, `**` any characters; looked up by resolved name.

An index finds the candidates of a name by its last or first segment, so that the number of rules costs nothing.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Generic, TypeVar

import re2

Target = TypeVar("Target")
MOST_ANSWERS = 50_000
"""Names whose answers are kept: a configuration has a name for every key."""
_WILD = re.compile(r"\*\*|\*")


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression for the whole name. It has no nested repetition, so it cannot run away."""
    parts, place = [], 0
    for wild in _WILD.finditer(pattern):
        parts.append(re.escape(pattern[place : wild.start()]))
        parts.append(".*" if wild.group() == "**" else "[^.]*")
        place = wild.end()
    parts.append(re.escape(pattern[place:]))
    return re.compile("".join(parts), re.DOTALL)


def beginnings(patterns: Iterable[str]) -> frozenset[str]:
    """All names with which a name that one of the patterns fits may begin, as far as they are spelled out."""
    found: set[str] = set()
    for pattern in patterns:
        plain, wild, _ = pattern.partition("*")
        words = (plain.rpartition(".")[0] if wild else plain).replace("()", "").split(".")
        found.update(".".join(words[:size]) for size in range(2, len(words) + 1))
    return frozenset(found)


def types_of(names: Iterable[str]) -> dict[str, str]:
    """The whole names of types by their last word (`java.util.Random` by `Random`), where only one has it. Those that
    differ in nothing but the first word count as one.
    """
    found: dict[str, set[str]] = {}
    for name in names:
        head, _, tail = name.rpartition(".")
        if head and tail[:1].isupper() and head == head.lower():
            found.setdefault(tail, set()).add(name)
    return {tail: max(whole) for tail, whole in found.items() if len({name.partition(".")[2] for name in whole}) == 1}


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Any:
    """A pattern of a rule, compiled by RE2."""
    return re2.compile(pattern)


@lru_cache(maxsize=4096)
def named_by(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns, in any case, stands for the name, which is in small letters."""
    return any(compile_pattern(pattern.lower()).fullmatch(name) for pattern in patterns)


class NameIndex(Generic[Target]):
    """Patterns with what each stands for. Answers are kept by name. `fold`: capital letters count as small ones."""

    def __init__(self, *, fold: bool = False) -> None:
        self.fold = fold
        self.exact: dict[str, list[tuple[int, Target]]] = {}
        self.tails: dict[str, list[tuple[int, re.Pattern[str], Target]]] = {}
        self.heads: dict[str, list[tuple[int, re.Pattern[str], Target]]] = {}
        self.rest: list[tuple[int, re.Pattern[str], Target]] = []
        self.answers: dict[str, tuple[Target, ...]] = {}
        self.count = 0
        self.words: set[str] = set()

    def add(self, pattern: str, target: Target) -> None:
        """Let a pattern stand for something."""
        self.count += 1
        pattern = pattern.lower() if self.fold else pattern
        tail = pattern.rpartition(".")[2]
        self.words.add(pattern.partition(".")[0] if "*" in tail else tail)
        if "*" not in pattern:
            self.exact.setdefault(pattern, []).append((self.count, target))
            return
        entry = (self.count, compile_pattern(pattern), target)
        tail, head = pattern.rpartition(".")[2], pattern.partition(".")[0]
        if "*" not in tail:
            self.tails.setdefault(tail, []).append(entry)
        elif "*" not in head:
            self.heads.setdefault(head, []).append(entry)
        else:
            self.rest.append(entry)

    def all(self) -> Iterator[Target]:
        """Everything that patterns stand for, as often as they do."""
        yield from (target for found in self.exact.values() for _, target in found)
        for table in (self.tails, self.heads):
            yield from (target for found in table.values() for _, _, target in found)
        yield from (target for _, _, target in self.rest)

    def _candidates(self, name: str) -> Iterable[tuple[int, re.Pattern[str], Target]]:
        yield from self.tails.get(name.rpartition(".")[2], ())
        yield from self.heads.get(name.partition(".")[0], ())
        yield from self.rest

    def find(self, name: str) -> tuple[Target, ...]:
        """All that the name matches, in the order in which they were added."""
        found = self.answers.get(name)
        if found is None:
            asked, name = name, name.lower() if self.fold else name
            hits = [(number, target) for number, pattern, target in self._candidates(name) if pattern.fullmatch(name)]
            hits.extend(self.exact.get(name, ()))
            if len(self.answers) >= MOST_ANSWERS:
                self.answers.clear()
            found = self.answers[asked] = tuple(target for _, target in sorted(hits, key=lambda hit: hit[0]))
        return found
