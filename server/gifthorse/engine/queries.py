"""Matches that are raw tree-sitter queries: run on each top-level piece of a tree.

All queries of a language are one compiled query, so that a piece is gone through once. A query cannot see beyond
one top-level item, nor what the evaluator knows. Regular expressions in them are RE2's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.engine.match import Candidate, compiled, lineage
from gifthorse.engine.syntax import Grammar, Piece, Union, compile_union
from gifthorse.model.rule import Catalogue, Language, MatchKind


class Sight(NamedTuple):
    """One match: whose, where from the start of its piece, and the text of its captures."""

    candidate: Candidate
    start: int
    end: int
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QueryIndex:
    """The query rules of one language; `union` is None where there are none."""

    candidates: tuple[Candidate, ...]
    union: Union | None


def index_queries(language: Language, catalogue: Catalogue, grammar: Grammar) -> QueryIndex:
    """The queries that apply to a language. One that an inheriting grammar cannot have is left out there."""
    names = lineage(language, catalogue)
    candidates = [
        Candidate(rule, match)
        for rule in catalogue.rules.values()
        for match in rule.matches
        if match.kind is MatchKind.QUERY and set(names) & set(match.languages)
    ]
    named = [language.name in candidate.match.languages for candidate in candidates]
    texts = [candidate.match.patterns[0] for candidate in candidates]
    union = compile_union(grammar, texts, named, lambda pattern, text: bool(compiled(pattern).search(text)))
    return QueryIndex(tuple(candidates), union)


def look(piece: Piece, content: bytes, index: QueryIndex) -> tuple[tuple[Sight, ...], bool]:
    """All matches in one top-level piece, and whether none was lost."""
    if index.union is None:
        return (), True
    rows, whole = index.union.run(piece, content)
    return tuple(Sight(index.candidates[number], start, end, words) for number, start, end, words in rows), whole
