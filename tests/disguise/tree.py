"""A sample parsed by its language's grammar, for modules whose language has no parser in Python.

Offsets are characters of the code, as Spots have them.
"""

import importlib
from collections.abc import Iterator
from functools import lru_cache

from tree_sitter import Language, Node, Parser

from gifthorse.store.catalogue import load_catalogue


@lru_cache
def _parser(language: str) -> Parser:
    module, _, function = load_catalogue().languages[language].grammar.partition(":")
    return Parser(Language(getattr(importlib.import_module(module), function)()))


class Tree:
    """The syntax tree of a piece of code."""

    def __init__(self, code: str, language: str) -> None:
        self.code, self.raw = code, code.encode()
        self.tree = _parser(language).parse(self.raw)

    @property
    def root(self) -> Node:
        """The whole."""
        return self.tree.root_node

    def span(self, node: Node) -> tuple[int, int]:
        """Where a node is, in characters."""
        if self.code.isascii():
            return node.start_byte, node.end_byte
        start, end = (len(self.raw[:at].decode()) for at in (node.start_byte, node.end_byte))
        return start, end

    def text(self, node: Node) -> str:
        """A node's source."""
        return self.raw[node.start_byte : node.end_byte].decode()

    def walk(self, node: Node | None = None) -> Iterator[Node]:
        """All named nodes, outer ones first."""
        waiting = [node or self.root]
        while waiting:
            current = waiting.pop()
            yield current
            waiting.extend(reversed(current.named_children))

    def at(self, start: int, end: int) -> Iterator[Node]:
        """The named nodes with exactly this span, outer ones first."""
        return (node for node in self.walk() if self.span(node) == (start, end))

    def above(self, node: Node) -> Iterator[Node]:
        """What is around a node, inner ones first."""
        current = node.parent
        while current is not None:
            yield current
            current = current.parent
