"""Matches that are raw tree-sitter queries: run on each top-level piece of a tree.

All queries of a language are one compiled query, so that a piece is gone through once. A query cannot see beyond
one top-level item, nor what the evaluator knows. Regular expressions in them are RE2's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, NamedTuple

from gifthorse.engine.embedded import Nest, read_nests
from gifthorse.engine.match import Candidate, compiled, lineage
from gifthorse.engine.syntax import Grammar, Piece, Union, compile_union
from gifthorse.model.finding import Confidence
from gifthorse.model.rule import Catalogue, Language, Match, MatchKind, Rule


class Sight(NamedTuple):
    """One match: whose, where from the start of its piece, and the text of its captures."""

    candidate: Candidate
    start: int
    end: int
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QueryIndex:
    """The query rules of one language, and behind them what holds texts of others; `union` is None without any."""

    candidates: tuple[Candidate | Nest, ...]
    union: Union | None


Inner = tuple[Nest, int, int]
"""A place that holds a text in another language, from the start of its piece."""


def index_queries(language: Language, catalogue: Catalogue, grammar: Grammar) -> QueryIndex:
    """The queries that apply to a language. One that an inheriting grammar cannot have is left out there."""
    names = lineage(language, catalogue)
    rules = [
        Candidate(rule, match)
        for rule in catalogue.rules.values()
        for match in rule.matches
        if match.kind is MatchKind.QUERY and set(names) & set(match.languages)
    ]
    nests = read_nests(language.embedded)
    named = [language.name in candidate.match.languages for candidate in rules]
    texts = [*(candidate.match.patterns[0] for candidate in rules), *(query for query, _ in nests)]
    named.extend(True for _ in nests)
    union = compile_union(grammar, texts, named, lambda pattern, text: bool(compiled(pattern).search(text)))
    return QueryIndex((*rules, *(nest for _, nest in nests)), union)


def look(piece: Piece, content: bytes, index: QueryIndex) -> tuple[tuple[Sight, ...], tuple[Inner, ...], bool]:
    """All matches in one top-level piece, the texts of other languages in it, and whether none was lost."""
    if index.union is None:
        return (), (), True
    rows, whole = index.union.run(piece, content)
    sights, inner = [], []
    for number, start, end, words in rows:
        owner = index.candidates[number]
        if isinstance(owner, Nest):
            inner.append((number, (owner, start, end)))
        else:
            sights.append(Sight(owner, start, end, words))
    # In the order of the patterns: of several for one place the last one holds.
    return tuple(sights), tuple(found for _, found in sorted(inner, key=itemgetter(0))), whole


def once(sights: Sequence[Sight]) -> list[Sight]:
    """One match for each rule and place: of several the surest, and of those the one that stands first in its file."""
    best: dict[tuple[str, int, int], Sight] = {}
    for sight in sights:
        rule, match = sight.candidate
        key = rule.id, sight.start, sight.end
        known = best.get(key)
        if known is None or _before(match, known.candidate.match, rule):
            best[key] = sight
    return list(best.values())


def _before(one: Match, other: Match, rule: Rule) -> bool:
    ranks = [_SUREST.index(match.confidence or rule.confidence) for match in (one, other)]
    return ranks[0] < ranks[1] or (ranks[0] == ranks[1] and rule.matches.index(one) < rule.matches.index(other))


_SUREST: Final = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
