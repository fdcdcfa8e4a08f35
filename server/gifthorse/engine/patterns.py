"""Name patterns of rules: `*` is any characters but a dot, `**` any characters; looked up by resolved name.

An index finds the candidates of a name by its last or first segment, so that the number of rules costs nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

import re2

Target = TypeVar("Target")
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


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Any:
    """A pattern of a rule, compiled by RE2."""
    return re2.compile(pattern)


@dataclass(slots=True)
class NameIndex(Generic[Target]):
    """Patterns with what each stands for. Answers are kept by name."""

    exact: dict[str, list[tuple[int, Target]]] = field(default_factory=dict)
    tails: dict[str, list[tuple[int, re.Pattern[str], Target]]] = field(default_factory=dict)
    heads: dict[str, list[tuple[int, re.Pattern[str], Target]]] = field(default_factory=dict)
    rest: list[tuple[int, re.Pattern[str], Target]] = field(default_factory=list)
    answers: dict[str, tuple[Target, ...]] = field(default_factory=dict)
    count: int = 0
    words: set[str] = field(default_factory=set)

    def add(self, pattern: str, target: Target) -> None:
        """Let a pattern stand for something."""
        self.count += 1
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

    def _candidates(self, name: str) -> Iterable[tuple[int, re.Pattern[str], Target]]:
        yield from self.tails.get(name.rpartition(".")[2], ())
        yield from self.heads.get(name.partition(".")[0], ())
        yield from self.rest

    def find(self, name: str) -> tuple[Target, ...]:
        """All that the name matches, in the order in which they were added."""
        found = self.answers.get(name)
        if found is None:
            hits = [(number, target) for number, pattern, target in self._candidates(name) if pattern.fullmatch(name)]
            hits.extend(self.exact.get(name, ()))
            found = self.answers[name] = tuple(target for _, target in sorted(hits, key=lambda hit: hit[0]))
        return found
