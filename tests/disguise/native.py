"""What C, C++, Rust and Swift have in common: calls and arguments as Spots, literals as words of templates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tree_sitter import Node

from disguise.sample import Sample, Spot
from disguise.tree import Tree
from disguise.ways import Places, line_before, text_fields

NUMBER = re.compile(r"\d+")
TEXT = re.compile(r'"([^"\\]*)"')


def _quote(text: str) -> str:
    return f'"{text}"'


NUMBERS: Final = {"sum": "({more} - 7){is_number}", "half": "({twice} / 2){is_number}"}
"""Rows of tables that hold in all these languages, and those of languages where a flag is no number."""
FLAGS: Final = {"not": "!false{is_true}", "no": "!true{is_false}", "comparison": "(1 < 2){is_true}"}


@dataclass(frozen=True)
class Native:
    """Where a grammar has what: kinds of calls, of their arguments, of blocks and of imports.

    `hole`: what stands in front of a hole in a text; a text with one is no constant.
    """

    grammar: str
    calls: frozenset[str]
    arguments: frozenset[str]
    blocks: frozenset[str]
    imports: frozenset[str]
    assigns: frozenset[str]
    callees: frozenset[str]
    constants: Mapping[str, str]
    hole: str = ""

    def tree(self, code: str) -> Tree:
        """The code's syntax."""
        return Tree(code, self.grammar)

    def _held(self, node: Node) -> list[Node]:
        for kid in node.named_children:
            if kid.type in self.arguments:
                return [one for one in kid.named_children if "comment" not in one.type]
            if kid.type == "call_suffix":
                return self._held(kid)
        return []

    def _values(self, tree: Tree, node: Node) -> Iterator[Spot]:
        """An argument, or what stands behind its label."""
        inner = node.child_by_field_name("value") or node if node.type == "value_argument" else node
        yield Spot("value", *tree.span(inner))

    def _of_call(self, tree: Tree, node: Node, words: Sequence[str]) -> Iterator[Spot]:
        callee = node.named_children[0]
        if callee.type in self.callees and (node.parent is None or node.parent.type != "macro_invocation"):
            yield Spot("callee", *tree.span(callee))
        for place, argument in enumerate(self._held(node)):
            label = argument.child_by_field_name("name")
            named = tree.text(label) if label is not None else ""
            if {"*", str(place), named} & set(words):
                yield from self._values(tree, argument)

    def spots(self, code: str, start: int, end: int, words: Sequence[str]) -> tuple[Spot, ...]:
        """What can be disguised in what a rule has found there."""
        tree, found = self.tree(code), []
        for node in tree.at(start, end):
            if node.type in self.calls:
                found.extend(self._of_call(tree, node, words))
            elif node.type in self.assigns:
                found.append(Spot("value", *tree.span(node.named_children[-1])))
        return tuple(dict.fromkeys(found))

    def places(self, sample: Sample, spot: Spot) -> Places | None:
        """Before the innermost statement, and behind the imports."""
        tree = self.tree(sample.code)
        node = next(tree.at(spot.start, spot.end), None)
        for one in [node, *tree.above(node)] if node is not None else []:
            if one is not None and one.parent is not None and one.parent.type in self.blocks:
                ends = (tree.span(kid)[1] for kid in tree.root.named_children if kid.type in self.imports)
                top = max(ends, default=0)
                return line_before(sample.code, tree.span(one)[0], sample.code.find("\n", top - 1) + 1 if top else 0)
        return None

    def sound(self, code: str) -> bool:
        """Nothing that does not parse."""
        return not self.tree(code).root.has_error

    def fields(self, sample: Sample, spot: Spot) -> Mapping[str, str]:
        """What the templates may say of a Spot."""
        text = sample.text(spot)
        if self.hole and self.hole in text:
            return {}
        if spot.role == "callee":
            return {"plain_callee": ""} if re.fullmatch(r"\w+", text) else {"long_callee": ""}
        found = TEXT.fullmatch(text)
        if found is not None:
            return text_fields(found[1], _quote) | {"is_text": "", "literal": ""}
        if NUMBER.fullmatch(text) and not (len(text) > 1 and text.startswith("0")):
            number = int(text)
            words = {"is_number": "", "literal": "", "more": str(number + 7), "twice": str(number * 2)}
            return words | ({"zero": ""} if number == 0 else {"one": ""} if number == 1 else {})
        if text in self.constants:
            return {self.constants[text]: "", "literal": ""}
        return {"open": ""} if re.fullmatch(r"[A-Za-z_]\w*", text) else {}
