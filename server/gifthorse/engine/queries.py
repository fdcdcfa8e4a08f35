"""Matches that are raw tree-sitter queries: run on each top-level piece of a tree, and kept while it stays the same.

All queries of a language are one compiled query, so that a piece is gone through once. A query cannot see beyond
one top-level item, nor what the evaluator knows. Regular expressions in them are RE2's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.engine.match import Candidate, compiled, lineage
from gifthorse.engine.syntax import Grammar, Tree, Union, compile_union, root
from gifthorse.model.rule import Catalogue, Language, MatchKind
from gifthorse.model.text import Span


class Sight(NamedTuple):
    """One match: which candidate, where from the start of its piece, and the text of its captures."""

    number: int
    start: int
    end: int
    words: Mapping[str, str]


Seen = dict[tuple[int, bytes], tuple[Sight, ...]]


@dataclass(frozen=True, slots=True)
class QueryIndex:
    """The query rules of one language; `union` is None where there are none."""

    candidates: tuple[Candidate, ...]
    union: Union | None


@dataclass(frozen=True, slots=True)
class Sighted:
    """All matches in one version of a text, what the next version may take over, and whether none was lost."""

    found: tuple[tuple[Candidate, Span, Mapping[str, str]], ...]
    seen: Seen
    whole: bool


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


NOTHING_SEEN = Sighted((), {}, whole=True)


def look(tree: Tree, index: QueryIndex, before: Seen) -> Sighted:
    """All matches of a tree's top-level pieces."""
    if index.union is None:
        return NOTHING_SEEN
    seen: Seen = {}
    found: list[tuple[Candidate, Span, Mapping[str, str]]] = []
    whole = True
    for piece in root(tree).pieces():
        key = piece.kind, tree.content[piece.start : piece.end]
        sights: Sequence[Sight] | None = None if piece.broken else seen.get(key) or before.get(key)
        if sights is None:
            rows, complete = index.union.run(piece, tree.content)
            whole = whole and complete
            sights = tuple(Sight(number, start, end, words) for number, start, end, words in rows)
        if not piece.broken:
            seen[key] = tuple(sights)
        for sight in sights:
            span = Span(piece.start + sight.start, piece.start + sight.end)
            found.append((index.candidates[sight.number], span, sight.words))
    return Sighted(tuple(found), seen, whole)
