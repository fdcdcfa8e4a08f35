"""Spots and words of languages whose calls and literals look alike in their grammars; each says which nodes they are.

A language's module makes one Shapes as its TONGUE. Ways are the modules' own.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tree_sitter import Node

from disguise.sample import Sample, Spot
from disguise.tree import Tree
from disguise.ways import Places, line_before, text_fields


@dataclass(frozen=True)
class Parts:
    """A call: what is called (`callee`), or a method (`name`) of an `object`, and its arguments."""

    callee: Node | None
    object: Node | None
    name: Node | None
    arguments: Sequence[Node]
    inside: tuple[int, int] | None


def command(tree: Tree, name: Node | None, arguments: Sequence[Node]) -> Parts:
    """The parts of a command of a shell: its words stand side by side."""
    inside = (tree.span(arguments[0])[0], tree.span(arguments[-1])[1]) if arguments else None
    return Parts(name, None, None, arguments, inside)


@dataclass(frozen=True)
class Shapes:
    """What the nodes of one grammar are. `call` takes a node apart, if it is a call; `text` reads a text literal."""

    language: str
    call: Callable[[Tree, Node], Parts | None]
    text: Callable[[str], str | None]
    quote: Callable[[str], str]
    assigns: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    shields: tuple[str, ...] = ()
    code: Callable[[str], str] = str
    top: Callable[[str], int] = lambda _: 0

    def _values(self, tree: Tree, node: Node) -> Iterator[Spot]:
        """The literals in an argument; what is computed cannot be hidden as a value."""
        waiting = [node]
        while waiting:
            one = waiting.pop()
            text = tree.text(one)
            if self.text(text) is not None or text in self.constants or re.fullmatch(r"\d+", text):
                yield Spot("value", *tree.span(one))
            elif one is node or one.type in self.holds:
                waiting.extend(one.named_children)

    def spots(self, code: str, start: int, end: int, words: Sequence[str]) -> tuple[Spot, ...]:
        """What can be disguised in what a rule has found there."""
        tree, found = Tree(code, self.language), []
        for node in tree.at(start, end):
            parts = self.call(tree, node)
            if parts is not None:
                found.append(Spot("call", *tree.span(node)))
                if parts.callee is not None:
                    found.append(Spot("callee", *tree.span(parts.callee)))
                every = "*" in words or not any(word.isdigit() for word in words)
                for place, argument in enumerate(parts.arguments):
                    if every or str(place) in words:
                        found.extend(self._values(tree, argument))
            elif node.type in self.assigns:
                value = node.child_by_field_name("right") or node.child_by_field_name("value")
                found.extend(self._values(tree, value) if value is not None else [])
        return tuple(dict.fromkeys(found))

    def fields(self, sample: Sample, spot: Spot) -> Mapping[str, str]:
        """What the templates may say of a Spot."""
        tree, text = Tree(sample.code, self.language), sample.text(spot)
        words: dict[str, str] = {"code": self.quote(self.code(text))}
        if spot.role == "value":
            words |= self.literal(text)
        if spot.role == "callee" and re.fullmatch(r"[\w-]+", text):
            words |= {"word": text, "quoted": f"⟪value|{self.quote(text)}⟫"}
        for node in tree.at(spot.start, spot.end) if spot.role == "call" else ():
            parts = self.call(tree, node)
            if parts is not None:
                words |= self._of_call(tree, sample, parts) | {"whole": self.quote(text)}
        return words

    def literal(self, text: str) -> dict[str, str]:
        """What templates may say of a literal."""
        read = self.text(text)
        if read is not None:
            return {**text_fields(read, self.quote), "plain": "", "textual": ""}
        if text in self.constants:
            return {self.constants[text]: "", "plain": ""}
        number = int(text) if re.fullmatch(r"[1-9]\d*|0", text) else None
        if number is None:
            return {}
        return {
            "number": text, "more": str(number + 7), "half": str(number // 2), "rest": str(number - number // 2),
            "plain": "",
        }  # fmt: skip

    def _of_call(self, tree: Tree, sample: Sample, parts: Parts) -> dict[str, str]:
        words: dict[str, str] = {}
        if parts.inside is not None:
            words["inside"] = sample.marked(*parts.inside)
            words |= {"comma": ", "} if parts.arguments else {}
            words |= {"arguments": words["inside"]} if parts.arguments else {}
            words |= {"only": words["inside"]} if len(parts.arguments) == 1 else {}
        if parts.callee is not None:
            words["callee"] = sample.marked(*tree.span(parts.callee))
            name = tree.text(parts.callee)
            if re.fullmatch(r"[\w-]+", name):
                words |= {"function": name, "quoted": f"⟪value|{self.quote(name)}⟫"}
        if parts.object is not None and parts.name is not None:
            name = tree.text(parts.name)
            words |= {"object": sample.marked(*tree.span(parts.object)), "method": name}
            words["member"] = f"⟪value|{self.quote(name)}⟫"
        return words

    def places(self, sample: Sample, spot: Spot) -> Places | None:
        """Before the statement around, at the start of a line of its own."""
        tree = Tree(sample.code, self.language)
        node = next(tree.at(spot.start, spot.end), None)
        for one in [node, *tree.above(node)] if node is not None else []:
            if one.type in self.shields:
                return None
            if one.parent is not None and (one.parent.parent is None or one.parent.type in self.blocks):
                return line_before(sample.code, tree.span(one)[0], self.top(sample.code))
        return None

    def sound(self, code: str) -> bool:
        """Whether it can be parsed."""
        return not Tree(code, self.language).root.has_error
