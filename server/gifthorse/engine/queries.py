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
from gifthorse.engine.syntax import Grammar, Hit, Piece, Union, compile_union
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


Chunks = dict[tuple[int, bytes], tuple[Hit, ...]]
"""What queries find in nodes, by their grammar kinds and sources."""

CHUNK: Final = 2_048
"""Bytes of a node from which on what is in it is matched node by node, so that it can be taken over."""
KEPT: Final = 8 * CHUNK
"""Bytes of the largest node whose matches are kept."""
DEEP: Final = 12
MOST_NODES: Final = 2_000
"""Levels of nodes that are taken apart, and nodes in one."""


class _Matching:
    """The matches in one top-level piece, with those taken over from the version before."""

    def __init__(self, union: Union, content: bytes, before: Chunks) -> None:
        self.union, self.content, self.before = union, content, before
        self.known: Chunks = {}
        self.whole = True

    def hits(self, piece: Piece, level: int) -> tuple[Hit, ...]:
        """Those in a node, in bytes from its start."""
        size = piece.end - piece.start
        if size > KEPT or piece.broken:
            return self._found(piece, level)
        key = piece.kind, self.content[piece.start : piece.end]
        found = self.known.get(key)
        if found is None:
            found = self.before.get(key)
            if found is None:
                found = self._found(piece, level)
            self.known[key] = found
        return found

    def _found(self, piece: Piece, level: int) -> tuple[Hit, ...]:
        large = piece.end - piece.start > CHUNK and level < DEEP and not piece.broken
        inside = piece.parts(MOST_NODES) if large else []
        own, whole = self.union.run(piece, self.content, inside=not inside)
        self.whole = self.whole and whole
        found = list(own)
        for one in inside:
            by = one.start - piece.start
            for number, start, end, words in self.hits(one, level + 1):
                found.append((number, start + by, end + by, words))
        return tuple(found)


class Looked(NamedTuple):
    """All matches in one top-level piece, the texts of other languages in it, whether none was lost, and what the next
    version may take over.
    """

    sights: tuple[Sight, ...]
    inner: tuple[Inner, ...]
    whole: bool
    chunks: Chunks


def look(piece: Piece, content: bytes, index: QueryIndex, before: Chunks) -> Looked:
    """What the queries find in one top-level piece. `before`: what was found in the version before."""
    union = index.union
    if union is None:
        return Looked((), (), True, {})
    matching = _Matching(union, content, before)
    apart = union.rooted and not piece.broken and piece.end - piece.start > CHUNK
    hits: Sequence[Hit] = matching.hits(piece, 0) if apart else []
    whole = matching.whole
    if not apart:
        hits, whole = union.run(piece, content)
    sights, inner = [], []
    for number, start, end, words in hits:
        owner = index.candidates[number]
        if isinstance(owner, Nest):
            inner.append((number, (owner, start, end)))
        else:
            sights.append(Sight(owner, start, end, words))
    # In the order of the patterns: of several for one place the last one holds.
    texts = tuple(found for _, found in sorted(inner, key=itemgetter(0)))
    return Looked(tuple(sights), texts, whole, matching.known if whole else {})


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
