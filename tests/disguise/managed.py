"""What Java, Kotlin and C# have in common: calls whose object and method can be reached another way."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tree_sitter import Node

from disguise.native import NUMBERS, Native
from disguise.sample import Sample, Spot
from disguise.tree import Tree

COMPUTED: Final = {**NUMBERS, "not": "!true{is_false}", "comparison": "(1 < 2){is_true}"}


@dataclass(frozen=True)
class Managed(Native):
    """`members`: kinds of nodes that are a member of something, where they are no part of the call itself."""

    members: frozenset[str] = frozenset()

    def spots(self, code: str, start: int, end: int, words: Sequence[str]) -> tuple[Spot, ...]:
        """What can be disguised in what a rule has found there: also the whole call, if its value may be moved."""
        found = list(super().spots(code, start, end, words))
        tree = self.tree(code)
        calls = (node for node in tree.at(start, end) if node.type in self.calls)
        found.extend(Spot("call", *tree.span(node)) for node in calls if self._member_of(tree, node) is not None)
        return tuple(dict.fromkeys(found))

    def _member_of(self, tree: Tree, node: Node) -> tuple[Node, str] | None:
        """The object of a method's call and the method's name."""
        target, name = node.child_by_field_name("object"), node.child_by_field_name("name")
        if target is None or name is None:
            inner = node.named_children[0] if node.named_children else None
            if inner is None or inner.type not in self.members or len(inner.named_children) != 2:
                return None
            target, name = inner.named_children
        if not re.fullmatch(r"\w+", tree.text(name)):
            return None
        return target, tree.text(name)

    def fields(self, sample: Sample, spot: Spot) -> Mapping[str, str]:
        """What the templates may say of a Spot; `{type}` and `{thing}` are only conditions."""
        return self._call_fields(sample, spot) if spot.role == "call" else super().fields(sample, spot)

    def _call_fields(self, sample: Sample, spot: Spot) -> Mapping[str, str]:
        """Object, member and arguments of a call; `type` only where the object looks like a type, else `thing`."""
        tree = self.tree(sample.code)
        for node in tree.at(spot.start, spot.end):
            found = self._member_of(tree, node) if node.type in self.calls else None
            if found is None:
                continue
            target, name = found
            held = next((kid for kid in node.named_children if kid.type in self.arguments), None)
            if held is None:
                return {}
            start, end = tree.span(held)
            inside = sample.marked(start + 1, end - 1).strip()
            kind = "type" if re.fullmatch(r"(?:[a-z]\w*\.)*[A-Z]\w*", tree.text(target)) else "thing"
            words = {"object": sample.marked(*tree.span(target)), "member": json.dumps(name), "word": name, kind: ""}
            more = {"arguments": inside, "given": f", {inside}"} if inside else {"given": ""}
            return words | more
        return {}
