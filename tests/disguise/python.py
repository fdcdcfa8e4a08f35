"""Python: which pieces of a sample can be disguised, found with the language's own parser. The ways are in python_ways and
python_calls.
"""

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from disguise.python_calls import CALLS
from disguise.python_ways import VALUES
from disguise.sample import Sample, Spot
from disguise.sandbox import run_python as execute
from disguise.ways import Places, text_fields

__all__ = ["LANGUAGES", "TARGETS", "WAYS", "definitions", "execute", "fields", "places", "sound", "spots"]

LANGUAGES = ("python",)
TARGETS = (0.97, 0.90)
WAYS = (*VALUES, *CALLS)
SCOPED = ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class _Source:
    """A parsed sample; offsets of nodes in characters."""

    def __init__(self, code: str) -> None:
        self.code, self.tree = code, ast.parse(code)
        self.starts = [0]
        for line in code.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.parents = {kid: node for node in ast.walk(self.tree) for kid in ast.iter_child_nodes(node)}

    def offset(self, line: int, column: int) -> int:
        text = self.code[self.starts[line - 1] : self.starts[line] - 1]
        return self.starts[line - 1] + len(text.encode()[:column].decode())

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno or 0, node.end_col_offset or 0)

    def spot(self, role: str, node: ast.expr | ast.stmt | ast.keyword) -> Spot:
        return Spot(role, *self.span(node))

    def at(self, start: int, end: int) -> Iterator[ast.AST]:
        """The nodes with exactly this span, outer ones first."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.expr | ast.stmt | ast.keyword) and self.span(node) == (start, end):
                if any(isinstance(one, ast.JoinedStr) for one in self.above(node)):
                    continue  # Places within an f-string are those of the whole.
                yield node

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self.parents:
            node = self.parents[node]
            yield node


@lru_cache(maxsize=128)
def _source(code: str) -> _Source:
    return _Source(code)


def _inner_values(source: _Source, node: ast.expr) -> Iterator[Spot]:
    """The node, and the constants and containers inside that decide what it is."""
    yield source.spot("value", node)
    if isinstance(node, ast.List | ast.Tuple):
        for kid in node.elts:
            yield from _inner_values(source, kid)
    elif isinstance(node, ast.Dict):
        for kid in [*node.keys, *node.values]:
            if kid is not None:
                yield from _inner_values(source, kid)
    elif isinstance(node, ast.BinOp):
        yield from (source.spot("value", kid) for kid in (node.left, node.right) if isinstance(kid, ast.Constant))


def _arguments(source: _Source, call: ast.Call, words: Sequence[str]) -> Iterator[Spot]:
    """Arguments of which the rule speaks (`*`: all of them)."""
    for place, node in enumerate(call.args):
        if (str(place) in words or "*" in words) and not isinstance(node, ast.Starred):
            yield from _inner_values(source, node)
    for keyword in call.keywords:
        if keyword.arg is not None and (keyword.arg in words or "*" in words):
            yield source.spot("keyword", keyword)
            yield from _inner_values(source, keyword.value)


def _imports(source: _Source, node: ast.expr) -> Iterator[Spot]:
    """The import that binds the first name of a dotted path."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    for statement in source.tree.body:
        alone = isinstance(statement, ast.Import | ast.ImportFrom) and len(statement.names) == 1
        if alone and isinstance(node, ast.Name):
            name = statement.names[0]
            if (name.asname or name.name) == node.id:
                yield source.spot("import", statement)


def spots(code: str, start: int, end: int, words: Sequence[str]) -> tuple[Spot, ...]:
    """What can be disguised in what a rule has found there."""
    source = _source(code)
    found: list[Spot] = []
    for node in source.at(start, end):
        if isinstance(node, ast.Call):
            found.append(source.spot("call", node))
            if isinstance(node.func, ast.Name | ast.Attribute):
                found.append(source.spot("callee", node.func))
            found.extend([*_arguments(source, node, words), *_imports(source, node.func)])
            statement = source.parents.get(node)
            if isinstance(statement, ast.Expr):
                found.append(source.spot("statement", statement))
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            found.append(source.spot("statement", node))
            found.extend(_inner_values(source, node.value))
            if isinstance(node.targets[0], ast.Attribute | ast.Subscript):
                found.extend([source.spot("assign", node), *_imports(source, node.targets[0].value)])
    return tuple(dict.fromkeys(found))


def _sees_too_little(source: _Source, node: ast.AST) -> bool:
    """Whether code in a string stands where it cannot see a name of the function around: two scopes deep."""
    word = node.id if isinstance(node, ast.Name) else node.value if isinstance(node, ast.Constant) else None
    if word not in {"eval", "exec", "locals"}:
        return isinstance(node, ast.Constant) and isinstance(word, str) and ("locals()" in word or "vars()" in word)
    inner = SCOPED | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    scopes = [one for one in source.above(node) if isinstance(one, inner)]
    return any(isinstance(one, SCOPED) for one in scopes) if word == "locals" else len(scopes) > 1


def _walrus_in_iterable(source: _Source, node: ast.AST) -> bool:
    return isinstance(node, ast.NamedExpr) and any(isinstance(one, SCOPED) for one in source.above(node))


def sound(code: str) -> bool:
    """Whether Python lets the names be found that the original found: some pairs of disguises do not go together."""
    try:
        source = _source(code)
    except SyntaxError:
        return False
    return not any(
        _sees_too_little(source, node) or _walrus_in_iterable(source, node) for node in ast.walk(source.tree)
    )


def definitions(code: str) -> list[str]:
    """Functions and classes at the top of the sample."""
    named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [node.name for node in ast.parse(code).body if isinstance(node, named)]


def places(sample: Sample, spot: Spot) -> Places | None:
    """Before the innermost statement; behind the imports. Nowhere for what a lambda or comprehension holds."""
    source = _source(sample.code)
    node = next(source.at(spot.start, spot.end), None)
    if node is None:
        return None
    around = [node, *source.above(node)]
    statement = next((one for one in around if isinstance(one, ast.stmt)), None)
    if statement is None or isinstance(source.parents.get(statement), ast.ClassDef):
        return None
    if any(isinstance(one, SCOPED) for one in around[1 : around.index(statement) + 1]):
        return None
    line, top = statement.lineno, 1
    for one in source.tree.body:
        if isinstance(one, ast.Import | ast.ImportFrom):
            top = (one.end_lineno or one.lineno) + 1
    decorators = getattr(statement, "decorator_list", [])
    line = min([line, *(one.lineno for one in decorators)])
    top = min(top, line)
    return Places(source.starts[line - 1], " " * statement.col_offset, min(source.starts[top - 1], len(sample.code)))


def _literal_fields(node: ast.AST) -> dict[str, str]:
    const = node.value if isinstance(node, ast.Constant) else Ellipsis
    if isinstance(const, str):
        return text_fields(const, repr)
    if isinstance(const, bool) or const is None:
        return {"false": ""} if const is False else {"true": ""} if const is True else {"none": ""}
    if isinstance(const, int):
        return {"number": str(const), "more": str(const + 7), "half": str(const // 2), "rest": str(const - const // 2)}
    return {}


def _nature(node: ast.AST, role: str) -> dict[str, str]:
    """What a template may want to be sure of."""
    constant = isinstance(node, ast.Constant)
    known = {
        "callable": role == "callee", "plain": constant and role == "value",
        "still": not any(isinstance(one, ast.Call) for one in ast.walk(node)),
        "truthy": role == "callee" or (constant and bool(node.value)), "not_none": role == "callee" or (constant and node.value is not None),
    }  # fmt: skip
    return {word: "" for word, holds in known.items() if holds}


def _call_fields(source: _Source, sample: Sample, node: ast.Call) -> dict[str, str]:
    start, end = source.span(node)
    opening = sample.code.index("(", source.span(node.func)[1])
    words = {"callee": sample.marked(start, opening), "code": repr(sample.code[start:end])}
    if node.args or node.keywords:
        words["arguments"] = sample.marked(opening + 1, end - 1).strip().removesuffix(",")
        words["comma"] = ", "
    plain = not any(isinstance(part, ast.Starred) for part in node.args)
    if plain and not node.keywords and len(node.args) == 1:
        words["only"] = words["arguments"]
    if plain and not node.keywords and node.args:
        words["positional"] = words["arguments"]
    if isinstance(node.func, ast.Attribute):
        words["object"] = sample.marked(*source.span(node.func.value))
        words["member"] = f"⟪value|{node.func.attr!r}⟫"
    return words


def fields(sample: Sample, spot: Spot) -> Mapping[str, str]:
    """What python_ways may say of a Spot."""
    source = _source(sample.code)
    text = sample.text(spot)
    words = {"code": repr(text)}
    around = [node for spotted in source.at(spot.start, spot.end) for node in source.above(spotted)]
    if not any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | SCOPED) for node in around):
        words["global"] = ""
    for node in source.at(spot.start, spot.end):
        if spot.role in {"value", "callee"}:
            words |= _literal_fields(node) | _nature(node, spot.role)
        if spot.role == "callee" and isinstance(node, ast.Attribute):
            words["object"] = sample.marked(*source.span(node.value))
            words["member"] = f"⟪value|{node.attr!r}⟫"
        elif spot.role == "callee" and isinstance(node, ast.Name):
            words["root"] = f"⟪value|{node.id!r}⟫"
            words |= {} if node.id in dir(builtins) else {"no_builtin": ""}
            words |= {"builtin": f"⟪value|{node.id!r}⟫"} if node.id in {"eval", "exec", "open"} else {}
        elif spot.role == "call" and isinstance(node, ast.Call):
            words |= _call_fields(source, sample, node)
        elif spot.role == "keyword" and isinstance(node, ast.keyword):
            words |= {"key": f"⟪value|{node.arg!r}⟫", "word": str(node.arg)}
            words["value"] = sample.marked(*source.span(node.value))
        elif spot.role == "assign" and isinstance(node, ast.Assign):
            words |= _assign_fields(source, sample, node)
        elif spot.role == "import" and isinstance(node, ast.Import | ast.ImportFrom):
            words |= _import_fields(node)
    return words


def _assign_fields(source: _Source, sample: Sample, node: ast.Assign) -> dict[str, str]:
    target = node.targets[0]
    words = {"value": sample.marked(*source.span(node.value)), "target": sample.marked(*source.span(target))}
    if isinstance(target, ast.Attribute):
        words |= {"object": sample.marked(*source.span(target.value)), "member": f"⟪value|{target.attr!r}⟫"}
        words["word"] = target.attr
    elif isinstance(target, ast.Subscript):
        words |= {
            "container": sample.marked(*source.span(target.value)),
            "key": sample.marked(*source.span(target.slice)),
        }
    return words


def _import_fields(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    name = node.names[0]
    words = {"bound": name.asname or name.name}
    if isinstance(node, ast.Import):
        return words | {"module": f"⟪value|{name.name!r}⟫", "path": name.name}
    return words | {
        "from": f"⟪value|{node.module!r}⟫",
        "member": f"⟪value|{name.name!r}⟫",
        "from_path": str(node.module),
        "plain_member": name.name,
    }
