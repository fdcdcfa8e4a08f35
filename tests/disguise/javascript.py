"""JavaScript and TypeScript: which pieces of a sample can be disguised. Ways: javascript_ways and javascript_calls."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from tree_sitter import Node

from disguise.javascript_calls import CALLS
from disguise.javascript_ways import VALUES
from disguise.sample import Sample, Spot
from disguise.sandbox import Record, run_javascript
from disguise.tree import Tree
from disguise.ways import Places, line_before, text_fields

__all__ = ["LANGUAGES", "TARGETS", "WAYS", "definitions", "execute", "fields", "places", "sound", "spots"]

LANGUAGES = ("javascript", "typescript")
TARGETS = (0.97, 0.90)
WAYS = (*VALUES, *CALLS)
CALL = {"call_expression", "new_expression"}
FUNCTION = {"arrow_function", "function_expression", "function_declaration", "method_definition", "generator_function"}
TYPES = {"type_annotation", "type_parameters", "type_arguments", "accessibility_modifier"}


@lru_cache(maxsize=128)
def _tree(code: str) -> Tree:
    return Tree(code, "typescript")


def _spot(tree: Tree, role: str, node: Node) -> Spot:
    return Spot(role, *tree.span(node))


def _arguments(node: Node) -> list[Node]:
    held = node.child_by_field_name("arguments")
    return [kid for kid in held.named_children if kid.type != "comment"] if held is not None else []


def _inner_values(tree: Tree, node: Node) -> Iterator[Spot]:
    """The node, and the constants and containers inside that decide what it is."""
    if node.type in FUNCTION | {"spread_element", "shorthand_property_identifier"}:
        return
    if node.type == "pair":
        value = node.child_by_field_name("value")
        if value is not None and value.type not in FUNCTION:
            yield _spot(tree, "field", node)
            yield from _inner_values(tree, value)
        return
    yield _spot(tree, "value", node)
    if node.type in {"object", "array"}:
        for kid in node.named_children:
            yield from _inner_values(tree, kid)
    elif node.type == "binary_expression":
        yield from (_spot(tree, "value", kid) for kid in node.named_children if kid.type == "string")


def _bindings(tree: Tree, node: Node) -> Iterator[Spot]:
    """The import or `require` that gives the first name of a dotted path."""
    while node.type in {"member_expression", "call_expression", "new_expression"}:
        inner = node.child_by_field_name("object") or node.child_by_field_name("function")
        if node.type == "call_expression" and tree.text(node).startswith("require("):
            yield _spot(tree, "module", node)
            return
        if inner is None:
            return
        node = inner
    name = re.escape(tree.text(node))
    for one in tree.walk():
        if one.type == "import_statement" and re.search(rf"\b{name}\b", tree.text(one).partition(" from ")[0]):
            yield _spot(tree, "import", one)
        value = one.child_by_field_name("value") if one.type == "variable_declarator" else None
        bound = one.child_by_field_name("name")
        required = value is not None and re.fullmatch(r"require\(.*\)", tree.text(value)) is not None
        if value is not None and required and bound is not None and re.search(rf"\b{name}\b", tree.text(bound)):
            yield _spot(tree, "module", value)


def _of_call(tree: Tree, node: Node, words: Sequence[str]) -> Iterator[Spot]:
    new = node.type == "new_expression"
    callee = node.child_by_field_name("constructor" if new else "function")
    yield _spot(tree, "new" if new else "call", node)
    if callee is not None and callee.type in {"identifier", "member_expression"}:
        yield _spot(tree, "maker" if new else "callee", callee)
        yield from _bindings(tree, callee)
    for place, argument in enumerate(_arguments(node)):
        if "*" in words or str(place) in words:
            yield from _inner_values(tree, argument)
    if node.parent is not None and node.parent.type == "expression_statement":
        yield _spot(tree, "statement", node.parent)


def spots(code: str, start: int, end: int, words: Sequence[str]) -> tuple[Spot, ...]:
    """What can be disguised in what a rule has found there."""
    tree = _tree(code)
    found: list[Spot] = []
    for node in tree.at(start, end):
        inner = node.named_children[0] if node.type == "expression_statement" else node
        if inner.type in CALL:
            found.extend(_of_call(tree, inner, words))
        elif inner.type == "assignment_expression":
            value, target = inner.child_by_field_name("right"), inner.child_by_field_name("left")
            if value is None or target is None:
                continue
            found.extend(_inner_values(tree, value))
            if target.type in {"member_expression", "subscript_expression"}:
                found.append(_spot(tree, "assign", inner))
    return tuple(dict.fromkeys(found))


def definitions(code: str) -> list[str]:
    """Functions and classes at the top of the sample, also those held by a constant."""
    return re.findall(
        r"^(?:export )?(?:async )?(?:function|const|class) (\w+)\b(?= ?[({]| = (?:async )?\()", code, re.MULTILINE
    )


def _shields(node: Node) -> bool:
    """Whether a statement around this cannot see what is inside: the expression of an arrow function, a default."""
    body = node.child_by_field_name("body")
    return node.type in {"class_body", "formal_parameters"} or (
        node.type == "arrow_function" and body is not None and body.type != "statement_block"
    )


def places(sample: Sample, spot: Spot) -> Places | None:
    """Before the innermost statement, and behind the imports."""
    tree = _tree(sample.code)
    node = next(tree.at(spot.start, spot.end), None)
    for one in [node, *tree.above(node)] if node is not None else []:
        if one is None or _shields(one):
            return None
        if one.parent is not None and one.parent.type in {"program", "statement_block"}:
            imports = (kid for kid in tree.root.named_children if kid.type == "import_statement")
            top = max((tree.span(kid)[1] + 1 for kid in imports), default=0)
            return line_before(sample.code, tree.span(one)[0], top)
    return None


def _string(text: str) -> str | None:
    return text[1:-1] if re.fullmatch(r"""'[^'\\]*'|"[^"\\]*\"""", text) else None


def _literal_fields(text: str) -> dict[str, str]:
    string = _string(text)
    if string is not None:
        return text_fields(string, json.dumps) | {"plain": ""}
    if text in {"true", "false", "null"}:
        return {text: "", "plain": ""}
    if re.fullmatch(r"\d+|0[xo][0-9a-f]+", text):
        number = int(text, 0)
        return {
            "number": text,
            "more": str(number + 7),
            "half": str(number // 2),
            "rest": str(number - number // 2),
            "plain": "",
            "plain_number": str(number),
        }
    return {}


def _call_fields(tree: Tree, sample: Sample, node: Node) -> dict[str, str]:
    callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    held = node.child_by_field_name("arguments")
    if callee is None or held is None:
        return {}
    start, end = tree.span(held)
    words = {
        "callee": sample.marked(*tree.span(callee)),
        "inside": sample.marked(start + 1, end - 1).strip().rstrip(","),
    }
    if _arguments(node):
        words |= {"arguments": words["inside"], "comma": ", "}
    if len(_arguments(node)) == 1 and _arguments(node)[0].type != "spread_element":
        words["only"] = words["inside"]
    if callee.type == "member_expression":
        words |= _member_fields(tree, sample, callee)
    return words


def _member_fields(tree: Tree, sample: Sample, node: Node) -> dict[str, str]:
    target, prop = node.child_by_field_name("object"), node.child_by_field_name("property")
    if target is None or prop is None or "?." in tree.text(node):
        return {}
    name = tree.text(prop)
    return {"object": sample.marked(*tree.span(target)), "member": f"⟪value|{json.dumps(name)}⟫", "word": name}


def _assign_fields(tree: Tree, sample: Sample, node: Node) -> dict[str, str]:
    target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
    if target is None or value is None:
        return {}
    words = {"value": sample.marked(*tree.span(value)), "target": sample.marked(*tree.span(target))}
    if target.type == "member_expression":
        return words | _member_fields(tree, sample, target)
    held, key = target.child_by_field_name("object"), target.child_by_field_name("index")
    if held is None or key is None:
        return words
    return words | {"object": sample.marked(*tree.span(held)), "member": sample.marked(*tree.span(key))}


def _field_fields(tree: Tree, sample: Sample, node: Node) -> dict[str, str]:
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is None or value is None or key.type == "computed_property_name":
        return {}
    word = tree.text(key).strip("'\"")
    return {"key": f"⟪value|{json.dumps(word)}⟫", "word": word, "value": sample.marked(*tree.span(value))}


def _import_fields(text: str) -> dict[str, str]:
    found = re.fullmatch(r"import (?:(\w+)|\* as (\w+)|(\{[^}]*\})) from ['\"]([^'\"]+)['\"];?", text)
    if found is None:
        return {}
    bound = found[1] or found[2] or re.sub(r"(\w+) as (\w+)", r"\1: \2", found[3])
    words = {"bound": bound, "module": f"⟪value|{json.dumps(found[4])}⟫"}
    return words | ({"default": ""} if found[1] else {"name_space": ""})


def _nature(tree: Tree, sample: Sample, spot: Spot, node: Node) -> dict[str, str]:
    """What a template may want to be sure of, and what a literal or an object gives."""
    words, text = {}, sample.text(spot)
    if not any(one.type in FUNCTION for one in tree.above(node)):
        words |= {"global": "", "async": ""}
    if spot.role != "maker":
        words["no_new"] = ""
    if spot.role != "value":
        return words | {"truthy": ""}
    if node.type == "object":
        marked = sample.marked(spot.start, spot.end, spot.role)
        words |= {"old": f"({marked})", "code": json.dumps(f"({text})")}
    return words | _literal_fields(text)


def fields(sample: Sample, spot: Spot) -> Mapping[str, str]:
    """What the templates may say of a Spot."""
    tree, text = _tree(sample.code), sample.text(spot)
    words = {"code": json.dumps(text)}
    for node in tree.at(spot.start, spot.end):
        words |= _nature(tree, sample, spot, node)
        if spot.role in {"callee", "maker"} and node.type == "member_expression":
            words |= _member_fields(tree, sample, node)
        elif spot.role == "callee" and not re.search(
            rf"(const|let|var|function|class|import)\b[^;=]*\b{text}\b", sample.code
        ):
            words["root"] = f"⟪value|{json.dumps(text)}⟫"
        elif spot.role in {"call", "new"}:
            words |= _call_fields(tree, sample, node)
        elif spot.role == "field" and node.type == "pair":
            words |= _field_fields(tree, sample, node)
        elif spot.role == "assign":
            words |= _assign_fields(tree, sample, node)
        elif spot.role == "module":
            module = re.fullmatch(r"require\(['\"](.*)['\"]\)", text)
            words |= {"module": f"⟪value|{json.dumps(module[1])}⟫"} if module else {}
    return words | (_import_fields(text) if spot.role == "import" else {})


def sound(code: str) -> bool:
    """Whether the language lets it stand: `await` only where a function waits, and nothing that does not parse."""
    tree = _tree(code)
    if tree.root.has_error:
        return False
    for node in tree.walk():
        if node.type == "await_expression":
            function = next((one for one in tree.above(node) if one.type in FUNCTION), None)
            if function is not None and not tree.text(function).startswith("async"):
                return False
    return True


def _untyped(code: str) -> str:
    """The code without its types."""
    tree = _tree(code)
    spans = [tree.span(node) for node in tree.walk() if node.type in TYPES]
    for start, end in sorted(spans, reverse=True):
        code = code[:start] + code[end:]
    return code


def execute(work: Sequence[tuple[str, Sequence[str]]]) -> list[Record]:
    """Records of samples, whose types are left out."""
    return run_javascript([(_untyped(code), names) for code, names in work])
