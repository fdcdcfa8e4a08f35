"""Parsing, re-parsing and running queries: the one importer of tree_sitter.

A syntax tree never leaves this module: what comes out are columns of numbers (Flat) and Pieces. It decides
nothing about what a construct means.
"""

import contextlib
import functools
import importlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import tree_sitter

from gifthorse.engine.classify import Flat
from gifthorse.engine.columns import WHOLE, columns_of
from gifthorse.engine.forms import Names
from gifthorse.engine.lineends import TRIES, Ending, ending_of, overrun, unindented, with_ends
from gifthorse.engine.patience import Patience, Probe
from gifthorse.engine.plans import Plans, plans_of
from gifthorse.engine.querytext import Condition, conditions_of, facts_of, with_own_search
from gifthorse.model.rule import Language

MATCH_LIMIT = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """A language's parser, the Plans of its facts query, and how its names are spelled (its setting `names`)."""

    name: str
    _language: tree_sitter.Language
    plans: Plans
    _parser: tree_sitter.Parser
    names: str
    _ending: Ending | None = None
    _lines: tree_sitter.Query | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """One parsed text. Opaque outside this module."""

    grammar: Grammar
    _tree: tree_sitter.Tree
    content: bytes

    @property
    def broken(self) -> bool:
        """Whether the text does not follow its grammar everywhere."""
        return self._tree.root_node.has_error


@dataclass(frozen=True, slots=True)
class Piece:
    """One node of a Tree, handed out for a moment so that its Groups can be asked for. `kind` is the grammar's.
    `aside`: it may stand anywhere, as a comment.
    """

    kind: int
    start: int
    end: int
    broken: bool
    aside: bool
    grammar: Grammar
    _node: tree_sitter.Node

    def pieces(self) -> "Iterator[Piece]":
        """The named nodes directly inside."""
        return (_piece(node, self.grammar) for node in self._node.named_children)

    def parts(self, most: int) -> "list[Piece]":
        """All nodes directly inside, punctuation too; none where there are more than `most`."""
        node = self._node
        return [_piece(one, self.grammar) for one in node.children] if node.child_count <= most else []

    def flat(self, whole: bool) -> Flat:
        """All nodes in here; if not `whole`, as deep as the patterns for this one look."""
        plans = self.grammar.plans
        return columns_of(self._node, plans, WHOLE if whole else max(1, plans.depth(self.kind)))


def _piece(node: tree_sitter.Node, grammar: Grammar) -> Piece:
    return Piece(node.kind_id, node.start_byte, node.end_byte, node.has_error, node.is_extra, grammar, node)


def load_grammar(language: Language) -> Grammar:
    """The grammar wheel of a language with its facts query compiled. Raises ValueError where either is unusable."""
    module, _, function = language.grammar.partition(":")
    try:
        raw = getattr(importlib.import_module(module), function or "language")()
        grammar = tree_sitter.Language(raw)
        names = Names(
            lambda name, named: grammar.id_for_node_kind(name, named) or 0,
            lambda name: grammar.field_id_for_name(name) or 0,
            tuple(kind for kind in range(grammar.node_kind_count) if not grammar.node_kind_is_named(kind)),
        )
        plans = plans_of(facts_of(language), names)
        ending = ending_of(language.settings.get("line_ends", ""))
        lines = (
            tree_sitter.Query(grammar, " ".join(f"({kind}) @n" for kind in sorted(ending.kinds))) if ending else None
        )
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(f"The language {language.name} cannot be loaded: {error}") from error
    parser, spelling = tree_sitter.Parser(grammar), language.settings.get("names", "")
    return Grammar(language.name, grammar, plans, parser, spelling, ending, lines)


def readable(content: bytes) -> bytes:
    """A NUL would end the text for the parser and hide what follows; a blank keeps every offset."""
    return content.replace(b"\0", b" ") if b"\0" in content else content


class EndlessError(Exception):
    """Reading a text takes more steps than it may."""


def _parsed(grammar: Grammar, parser: tree_sitter.Parser, text: bytes, share: int) -> tree_sitter.Tree:
    """The tree of a text, in which lines end where they do. Raises EndlessError."""
    tree, ending, lines = _tried(parser, text, share), grammar._ending, grammar._lines  # noqa: SLF001
    if ending is None or lines is None or text.count(b"|") < 2:
        return tree
    for _ in range(TRIES):
        places = overrun(tree_sitter.QueryCursor(lines).captures(tree.root_node).get("n", []), text)
        if not places:
            return tree
        text = with_ends(text, places, ending.sign)
        tree = _tried(parser, text, share)
    raise EndlessError


def _tried(parser: tree_sitter.Parser, text: bytes, share: int) -> tree_sitter.Tree:
    """The tree of a text that a grammar can read. Raises EndlessError where the parser had to be stopped."""
    patience = Patience(text, share)
    try:
        tree = parser.parse(patience.read, progress_callback=patience.is_over)
    except ValueError as error:
        parser.reset()
        raise EndlessError from error
    finally:
        patience.lent.take_back()
    if not patience.lasted():
        raise EndlessError
    return tree


SHARE = 4
"""What is read besides a whole text, for a quicker answer, may take this part of what the whole may."""


def parse(grammar: Grammar, content: bytes, share: int = 1) -> Tree:
    """Parse a text; broken code gives a tree all the same. Raises EndlessError. `share`: see Patience."""
    text = readable(content)
    return Tree(grammar, _parsed(grammar, grammar._parser, text, share), text)  # noqa: SLF001


def parse_lines(grammar: Grammar, content: bytes) -> Tree:
    """Parse lines taken out of a text as if they were not indented; their offsets stay. Raises EndlessError."""
    text = readable(content)
    ranges = [tree_sitter.Range(*one) for one in unindented(text)]
    parser = tree_sitter.Parser(grammar._language, included_ranges=ranges)  # noqa: SLF001
    return Tree(grammar, _parsed(grammar, parser, text, SHARE), text)


PROBED = (64, 500, 3_000)
"""Bytes behind an edit. Where more must be read until something is wrong, parsing the whole text costs no more."""


MOST_PROBED = 12_000
"""Bytes that may be read in all: listening to the parser takes ten times as long as parsing."""


def kind_of(grammar: Grammar, name: str) -> int:
    """The number of a kind of node of the grammar."""
    return grammar._language.id_for_node_kind(name, True) or 0  # noqa: SLF001


def surely_broken(grammar: Grammar, content: bytes, start: int, behind: int, head: bytes = b"") -> bool:
    """Whether no text that begins like this one can be parsed. `start`: where a top-level item of it starts;
    `behind`: the end of what is in doubt; `head`: what leads there.

    True is sure, since such a parser fails at the first token that cannot follow those before it. False is not.
    """
    if behind - start > MOST_PROBED:
        return False
    for size in PROBED:
        failed, at_cut = _probed(grammar, head + content[start : behind + size], behind + size >= len(content))
        if failed or not at_cut:
            return failed
    return False


@functools.lru_cache(maxsize=64)
def _probed(grammar: Grammar, piece: bytes, is_all: bool) -> tuple[bool, bool]:
    """Whether the parser failed, and whether it came to where the text was cut. A line left broken is asked for often."""
    probe = Probe(piece, is_all)
    parser = tree_sitter.Parser(grammar._language)  # noqa: SLF001
    parser.logger = probe.hear
    with contextlib.suppress(ValueError):  # it was stopped, since all is known
        parser.parse(probe.read, progress_callback=probe.knows)
    probe.lent.take_back()
    return probe.failed, probe.at_cut


def root(tree: Tree) -> Piece:
    """The Piece of the whole text."""
    return _piece(tree._tree.root_node, tree.grammar)  # noqa: SLF001


Search = Callable[[str, str], bool]
"""Whether a regular expression is found in a text."""

Hit = tuple[int, int, int, dict[str, str]]
"""A match: of which text, its start and end from the piece's start, and what was captured."""

MATCH_CAPTURE = "match"
MAX_WORD = 200


@dataclass(frozen=True, slots=True)
class Union:
    """Several raw queries as one. `owners` says for each pattern which of the texts it comes from, `_conditions` which
    regular expressions it has: those are decided here, since tree_sitter would leave them to a matcher that can run
    away, and keeps whole trees for ever where it asks a function of ours.
    """

    _query: tree_sitter.Query
    owners: tuple[int, ...]
    _conditions: tuple[tuple[Condition, ...], ...]
    _search: Search
    rooted: bool
    """Whether each pattern begins with one node, so that what is in a node is matched without what stands beside it."""

    def _holds(self, pattern: int, captures: dict[str, list[tree_sitter.Node]], content: bytes) -> bool:
        """Whether all regular expressions of a pattern hold."""
        for condition in self._conditions[pattern]:
            for node in captures.get(condition.capture, []):
                text = content[node.start_byte : node.end_byte].decode("utf-8", "replace")
                if self._search(condition.pattern, text) != condition.found:
                    return False
        return True

    def expressions(self) -> list[str]:
        """All regular expressions in the queries."""
        return [condition.pattern for conditions in self._conditions for condition in conditions]

    def run(self, piece: Piece, content: bytes, *, inside: bool = True) -> tuple[list[Hit], bool]:
        """Each match, and whether none was lost. Not `inside`: those alone that begin with the piece's own node."""
        cursor: Any = tree_sitter.QueryCursor(self._query, match_limit=MATCH_LIMIT)
        if not inside:
            cursor.set_max_start_depth(0)
        rows = []
        for pattern, captures in cursor.matches(piece._node):  # noqa: SLF001
            if not self._holds(pattern, captures, content):
                continue
            for node in captures.get(MATCH_CAPTURE, []):
                words = {name: _word(nodes[0], content) for name, nodes in captures.items()}
                rows.append((self.owners[pattern], node.start_byte - piece.start, node.end_byte - piece.start, words))
        return rows, not cursor.did_exceed_match_limit


def _word(node: tree_sitter.Node, content: bytes) -> str:
    return content[node.start_byte : min(node.end_byte, node.start_byte + MAX_WORD)].decode("utf-8", "replace")


def compile_union(grammar: Grammar, texts: Sequence[str], needed: Sequence[bool], search: Search) -> Union | None:
    """All texts as one query; None where there is none. One that does not fit the grammar is left out unless `needed`.

    Raises ValueError for a needed one that does not compile.
    """
    own = [with_own_search(text) for text in texts]
    kept: Sequence[int] = range(len(own))
    try:
        query = tree_sitter.Query(grammar._language, "\n".join(own))  # noqa: SLF001
    except tree_sitter.QueryError:
        kept = [number for number, text in enumerate(own) if _fits(grammar, text, needed[number])]
        query = tree_sitter.Query(grammar._language, "\n".join(own[number] for number in kept))  # noqa: SLF001
    texts_of = [own[number].encode() + b"\n" for number in kept]
    ends, source = list(accumulate(map(len, texts_of))), b"".join(texts_of)
    starts = [query.start_byte_for_pattern(one) for one in range(query.pattern_count)]
    places = [source[start : query.end_byte_for_pattern(one)].decode() for one, start in enumerate(starts)]
    owners = tuple(kept[bisect_right(ends, start)] for start in starts)
    rooted = all(query.is_pattern_rooted(number) for number in range(query.pattern_count))
    return Union(query, owners, tuple(map(conditions_of, places)), search, rooted) if kept else None


def _fits(grammar: Grammar, text: str, needed: bool) -> bool:
    """Whether a text compiles by itself, which takes as long again as all together."""
    try:
        tree_sitter.Query(grammar._language, text)  # noqa: SLF001
    except tree_sitter.QueryError as error:
        if needed:
            raise ValueError(f"A query for {grammar.name} does not compile: {error}") from error
        return False
    return True
