"""Texts that the code puts together or decodes from constants, held against what rules say of secrets in raw text.

A key in pieces stands nowhere as a whole, so that no pattern over the text of a file can see it. It is found where it
is made, once: a text that only holds one which was whole before says nothing new.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gifthorse.engine.evaluate.happenings import Made
from gifthorse.engine.filenames import fits
from gifthorse.engine.textual import SECRET, Pattern, keyword_set, patterns_of, read_hit
from gifthorse.model.rule import Catalogue, Match, Rule


class Composed(NamedTuple):
    """A secret that was put together: whose pattern fits, and the words for its message."""

    rule: Rule
    match: Match
    words: Mapping[str, str]


class SecretIndex:
    """The patterns with a group for a secret that hold for one language."""

    def __init__(self, catalogue: Catalogue, names: frozenset[str]) -> None:
        self.patterns: list[Pattern] = [one for one in patterns_of(catalogue, names) if SECRET in one.groups]
        words = sorted({word for one in self.patterns for word in one.match.keywords})
        self.owners = [[one for one in self.patterns if word in one.match.keywords] for word in words]
        self.keywords = keyword_set(words)

    def find(self, made: Made, path: str) -> Iterator[Composed]:
        """The first secret of each pattern in a text that is whole in none of its parts."""
        content = made.text.encode("utf-8", "replace")
        for word in (self.keywords.Match(content) if self.keywords else None) or ():
            for pattern in self.owners[word]:
                hit = pattern.compiled.search(content) if fits(path, pattern.match.files) else None
                read = read_hit(pattern, hit) if hit is not None else None
                if read is not None and not any(read[0] in part for part in made.parts):
                    yield Composed(pattern.rule, pattern.match, read[1])
