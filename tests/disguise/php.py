"""PHP: which pieces of a sample can be disguised, and how."""

import re
from typing import Final

from tree_sitter import Node

from disguise.shapes import Parts, Shapes
from disguise.tree import Tree
from disguise.ways import template as _

LANGUAGES = ("php",)
TARGETS = (0.90, 0.70)


def _call(tree: Tree, node: Node) -> Parts | None:
    held = node.child_by_field_name("arguments")
    if held is None:
        return None
    start, end = tree.span(held)
    arguments = [kid for kid in held.named_children if kid.type == "argument"]
    inside = (start + 1, end - 1)
    if node.type == "function_call_expression":
        return Parts(node.child_by_field_name("function"), None, None, arguments, inside)
    if node.type == "member_call_expression":
        return Parts(None, node.child_by_field_name("object"), node.child_by_field_name("name"), arguments, inside)
    return None


def _text(source: str) -> str | None:
    return source[1:-1] if re.fullmatch(r"""'[^'\\\n]*'|"[^"\\$\n]*\"""", source) else None


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _top(code: str) -> int:
    found = re.match(r"<\?php\n", code)
    return found.end() if found else 0


SHAPES: Final = Shapes(
    "php", _call, _text, _quote,
    assigns=("assignment_expression",),
    holds=("array_creation_expression", "array_element_initializer", "argument"),
    blocks=("compound_statement",),
    constants={"true": "true", "false": "false", "null": "null"},
    shields=("arrow_function", "property_declaration", "declaration_list"),
    code=lambda text: f"return {text};",
    top=_top,
)  # fmt: skip
spots, fields, places, sound, definitions = (
    SHAPES.spots, SHAPES.fields, SHAPES.places, SHAPES.sound, SHAPES.definitions,
)  # fmt: skip

_VALUES: Final = (
    *(
        _("computed constant", f"false {number}", "value", new + "{false}")
        for number, new in enumerate(("!1", "(1 > 2)", "!'x'", "(bool) 0", "boolval(0)", "!strlen('x')", "(1 === '1')"))
    ),
    *(
        _("computed constant", f"true {number}", "value", new + "{true}")
        for number, new in enumerate(("!0", "(1 < 2)", "!''", "(bool) 1", "!!strlen('x')", "!false"))
    ),
    _("computed constant", "sum", "value", "({half} + {rest})"),
    _("computed constant", "difference", "value", "({more} - 7)"),
    _("computed constant", "from text", "value", "intval('{number}')"),
    _("computed constant", "cast", "value", "(int) '{number}'"),
    _("string assembly", "dot", "value", "({head} . {tail})"),
    _("string assembly", "implode", "value", "implode('', [{chars}])"),
    _("string assembly", "sprintf", "value", "sprintf('%s%s', {head}, {tail})"),
    _("string assembly", "strrev", "value", "strrev({reversed})"),
    _("string assembly", "replace", "value", "str_replace('~~', '', {padded})"),
    _("string assembly", "case", "value", "strtolower({upper}){is_lower}"),
    _("string assembly", "substr", "value", "substr({padded}, 2, {length})"),
    _("string assembly", "escapes", "value", '"{hex_escapes}"'),
    _("string assembly", "piece by piece", "value", "${name}", before="${name} = {head};\n${name} .= {tail};"),
    _("string assembly", "interpolation", "value", '"{{${name}}}"', before="${name} = {old};{textual}"),
    _("encoding", "base64", "value", "base64_decode({base64})"),
    _("encoding", "hex", "value", "hex2bin({hex})"),
    _("encoding", "rot13", "value", "str_rot13({rot13})"),
    _("encoding", "percent", "value", "urldecode({percent})"),
    _("encoding", "chr", "value", "implode('', array_map('chr', [{codes}]))"),
    _("encoding", "pack", "value", "pack('H*', {hex})"),
    _("encoding", "twice", "value", "base64_decode(base64_decode({base64_twice}))"),
    _("container", "index", "value", "['go' => {old}]['go']"),
    _("container", "list", "value", "[0, {old}][1]"),
    _("container", "variable", "value", "${name}['go']", before="${name} = ['go' => {old}];"),
    _("container", "nested", "value", "${name}[0]['go']", before="${name} = [['go' => {old}]];"),
    _("container", "destructured", "value", "${name}", before="[, ${name}] = [0, {old}];"),
    _("wrapper", "arrow", "value", "(fn($it) => $it)({old})"),
    _("wrapper", "closure", "value", "(function ($it) {{ return $it; }})({old})"),
    _("wrapper", "function", "value", "{name}({old})", top="function {name}($it)\n{{\n    return $it;\n}}"),
    _("code in a string", "eval", "value", "eval({code}){plain}"),
    _("higher-order function", "map", "value", "array_map(fn($it) => $it, [{old}])[0]"),
    _("higher-order function", "call", "value", "call_user_func(fn($it) => $it, {old})"),
    _("scope dictionary", "globals", "value", "$GLOBALS['{name}']", before="$GLOBALS['{name}'] = {old};"),
    _("scope dictionary", "variable variable", "value", "$${name2}", before="${name} = {old};\n${name2} = '{name}';"),
    _("scope dictionary", "constant", "value", "constant('{name}')", before="define('{name}', {old});"),
    _("class", "static", "value", "{name}::get({old})",
      top="class {name}\n{{\n    public static function get($it)\n    {{\n        return $it;\n    }}\n}}"),
    _("class", "object", "value", "(new {name}({old}))->it",
      top="class {name}\n{{\n    public $it;\n    public function __construct($it)\n    {{\n        $this->it = $it;\n    }}\n}}"),
    _("alias", "variable", "value", "${name}", before="${name} = {old};"),
    _("alias", "two variables", "value", "${name2}", before="${name} = {old};\n${name2} = ${name};"),
    _("alias", "constant", "value", "{name}{plain}", before="define('{name}', {old});"),
    _("side-effect write", "array", "value", "${name}['go']", before="${name} = [];\n${name}['go'] = {old};"),
    _("side-effect write", "object", "value", "${name}->go", before="${name} = new stdClass();\n${name}->go = {old};"),
    _("conditional", "choice", "value", "(true ? {old} : null)"),
    _("conditional", "match", "value", "match (true) {{ default => {old} }}"),
    _("conditional", "branch", "value", "${name}", before="if (1 < 2) {{\n    ${name} = {old};\n}}"),
    _("default argument", "function", "value", "{name}(){plain}", top="function {name}($it = {old})\n{{\n    return $it;\n}}"),
    _("default argument", "closure", "value", "(fn($it = {old}) => $it)(){plain}"),
    _("loop", "foreach", "value", "${name}", before="foreach ([{old}] as ${name}) {{\n}}"),
)  # fmt: skip
_CALLS: Final = (
    _("alias", "of function", "callee", "${name}", before="${name} = {quoted};"),
    _("reflection", "named by text", "callee", "({quoted})"),
    _("reflection", "call_user_func", "call", "call_user_func({quoted}{comma}{inside})"),
    _("reflection", "call_user_func_array", "call", "call_user_func_array({quoted}, [{arguments}])"),
    _("reflection", "computed method", "call", "{object}->{{{member}}}({inside})"),
    _("reflection", "pair", "call", "call_user_func([{object}, {member}]{comma}{inside})"),
    _("container", "of function", "callee", "${name}['go']", before="${name} = ['go' => {quoted}];"),
    _("higher-order function", "array_map", "call", "array_map({quoted}, [{only}])"),
    _("splat", "list", "call", "{callee}(...[{arguments}])"),
    _("wrapper", "around the call", "call", "(fn() => {old})()"),
    _("conditional", "of function", "callee", "(true ? {quoted} : 'strlen')"),
    _("class", "around the call", "callee", "(new {name}())->go",
      top="class {name}\n{{\n    public function go(...$all)\n    {{\n        return {word}(...$all);\n    }}\n}}"),
)  # fmt: skip
WAYS = (*_VALUES, *_CALLS)
