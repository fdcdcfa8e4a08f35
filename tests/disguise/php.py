"""PHP: which pieces of a sample can be disguised, and how."""

import re
from typing import Final

from tree_sitter import Node

from disguise.shapes import Parts, Shapes
from disguise.tree import Tree
from disguise.ways import numbered, table

LANGUAGES = ("php",)
TARGETS = (0.90, 0.88)


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


TONGUE: Final = Shapes(
    "php", _call, _text, _quote,
    assigns=("assignment_expression",),
    holds=("array_creation_expression", "array_element_initializer", "argument"),
    blocks=("compound_statement",),
    constants={"true": "true", "false": "false", "null": "null"},
    shields=("arrow_function", "property_declaration", "declaration_list"),
    code=lambda text: f"return {text};",
    top=_top,
)  # fmt: skip
WAYS = (
    *table("value", {
        "computed constant": {
            **numbered("false", (
                "!1", "(1 > 2)", "!'x'", "(bool) 0", "boolval(0)", "!strlen('x')", "(1 === '1')",
            )),
            **numbered("true", (
                "!0", "(1 < 2)", "!''", "(bool) 1", "!!strlen('x')", "!false",
            )),
            "sum": "({half} + {rest})", "difference": "({more} - 7)", "from text": "intval('{number}')",
            "cast": "(int) '{number}'",
        },
        "string assembly": {
            "dot": "({head} . {tail})", "implode": "implode('', [{chars}])",
            "sprintf": "sprintf('%s%s', {head}, {tail})", "strrev": "strrev({reversed})",
            "replace": "str_replace('~~', '', {padded})", "case": "strtolower({upper}){is_lower}",
            "substr": "substr({padded}, 2, {length})", "escapes": '"{hex_escapes}"',
            "piece by piece": ("${name}", "${name} = {head};\n${name} .= {tail};"),
            "interpolation": ('"{{${name}}}"', "${name} = {old};{textual}"),
        },
        "encoding": {
            "base64": "base64_decode({base64})", "hex": "hex2bin({hex})", "rot13": "str_rot13({rot13})",
            "percent": "urldecode({percent})", "chr": "implode('', array_map('chr', [{codes}]))",
            "pack": "pack('H*', {hex})", "twice": "base64_decode(base64_decode({base64_twice}))",
        },
        "container": {
            "index": "['go' => {old}]['go']", "list": "[0, {old}][1]",
            "variable": ("${name}['go']", "${name} = ['go' => {old}];"),
            "nested": ("${name}[0]['go']", "${name} = [['go' => {old}]];"),
            "destructured": ("${name}", "[, ${name}] = [0, {old}];"),
        },
        "wrapper": {
            "arrow": "(fn($it) => $it)({old})", "closure": "(function ($it) {{ return $it; }})({old})",
            "function": ("{name}({old})", "", "function {name}($it)\n{{\n    return $it;\n}}"),
        },
        "code in a string": {"eval": "eval({code}){plain}"},
        "higher-order function": {
            "map": "array_map(fn($it) => $it, [{old}])[0]", "call": "call_user_func(fn($it) => $it, {old})",
        },
        "scope dictionary": {
            "globals": ("$GLOBALS['{name}']", "$GLOBALS['{name}'] = {old};"),
            "variable variable": ("$${name2}", "${name} = {old};\n${name2} = '{name}';"),
            "constant": ("constant('{name}')", "define('{name}', {old});"),
        },
        "class": {
            "static": ("{name}::get({old})", "", "class {name}\n{{\n    public static function get($it)\n    {{\n        return $it;\n    }}\n}}"),
            "object": ("(new {name}({old}))->it", "", "class {name}\n{{\n    public $it;\n    public function __construct($it)\n    {{\n        $this->it = $it;\n    }}\n}}"),
        },
        "alias": {
            "variable": ("${name}", "${name} = {old};"),
            "two variables": ("${name2}", "${name} = {old};\n${name2} = ${name};"),
            "constant": ("{name}{plain}", "define('{name}', {old});"),
        },
        "side-effect write": {
            "array": ("${name}['go']", "${name} = [];\n${name}['go'] = {old};"),
            "object": ("${name}->go", "${name} = new stdClass();\n${name}->go = {old};"),
        },
        "conditional": {
            "choice": "(true ? {old} : null)", "match": "match (true) {{ default => {old} }}",
            "branch": ("${name}", "if (1 < 2) {{\n    ${name} = {old};\n}}"),
        },
        "default argument": {
            "function": ("{name}(){plain}", "", "function {name}($it = {old})\n{{\n    return $it;\n}}"),
            "closure": "(fn($it = {old}) => $it)(){plain}",
        },
        "loop": {"foreach": ("${name}", "foreach ([{old}] as ${name}) {{\n}}")},
    }),
    *table("callee", {
        "alias": {"of function": ("${name}", "${name} = {quoted};")},
        "reflection": {"named by text": "({quoted})"},
    }),
    *table("call", {
        "reflection": {
            "call_user_func": "call_user_func({quoted}{comma}{inside})",
            "call_user_func_array": "call_user_func_array({quoted}, [{arguments}])",
            "computed method": "{object}->{{{member}}}({inside})",
            "pair": "call_user_func([{object}, {member}]{comma}{inside})",
        },
    }),
    *table("callee", {
        "container": {"of function": ("${name}['go']", "${name} = ['go' => {quoted}];")},
    }),
    *table("call", {
        "higher-order function": {"array_map": "array_map({quoted}, [{only}])"},
        "splat": {"list": "{callee}(...[{arguments}])"},
        "wrapper": {"around the call": "(fn() => {old})()"},
    }),
    *table("callee", {
        "conditional": {"of function": "(true ? {quoted} : 'strlen')"},
        "class": {
            "around the call": ("(new {name}())->go", "", "class {name}\n{{\n    public function go(...$all)\n    {{\n        return {word}(...$all);\n    }}\n}}"),
        },
    }),
)  # fmt: skip
