"""Ruby: which pieces of a sample can be disguised, and how."""

import re
from typing import Final

from tree_sitter import Node

from disguise.shapes import Parts, Shapes
from disguise.tree import Tree
from disguise.ways import numbered, table

LANGUAGES = ("ruby",)
TARGETS = (0.90, 0.88)


def _call(tree: Tree, node: Node) -> Parts | None:
    held, method = node.child_by_field_name("arguments"), node.child_by_field_name("method")
    if node.type != "call" or method is None or node.child_by_field_name("block") is not None:
        return None
    arguments = list(held.named_children) if held is not None else []
    start, end = tree.span(held) if held is not None else (0, 0)
    bracketed = held is not None and tree.text(held).startswith("(")
    inside = ((start + 1, end - 1) if bracketed else (start, end)) if held is not None else None
    target = node.child_by_field_name("receiver")
    if target is None:
        return Parts(method, None, None, arguments, inside)
    return Parts(None, target, method, arguments, inside)


def _text(source: str) -> str | None:
    return source[1:-1] if re.fullmatch(r"""'[^'\\\n]*'|"[^"\\#\n]*\"""", source) else None


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


TONGUE: Final = Shapes(
    "ruby", _call, _text, _quote,
    assigns=("assignment",),
    holds=("array", "hash", "pair", "argument_list"),
    blocks=("body_statement", "block_body", "then", "program"),
    constants={"true": "true", "false": "false", "nil": "null"},
    shields=("if_modifier", "unless_modifier"),
)  # fmt: skip
WAYS = (
    *table("value", {
        "computed constant": {
            **numbered("false", (
                "!true", "(1 > 2)", "!'x'", "(1 == 2)", "[].any?", "1.zero?",
            )),
            **numbered("true", (
                "!false", "(1 < 2)", "!!1", "[].empty?", "0.zero?",
            )),
            "sum": "({half} + {rest})", "difference": "({more} - 7)", "from text": "'{number}'.to_i",
            "Integer": "Integer('{number}')",
        },
        "string assembly": {
            "plus": "({head} + {tail})", "join": "[{chars}].join", "format": "format('%s%s', {head}, {tail})",
            "percent": "('%s%s' % [{head}, {tail}])", "reverse": "{reversed}.reverse",
            "delete": "{padded}.gsub('~~', '')", "case": "{upper}.downcase{is_lower}", "swapcase": "{swapped}.swapcase",
            "escapes": '"{hex_escapes}"', "side by side": "({head} {tail})",
            "appended": ("{name}", "{name} = +{head}\n{name} << {tail}"),
            "interpolation": ('"#{{{name}}}"', "{name} = {old}{textual}"), "concat": "{head}.dup.concat({tail})",
        },
        "encoding": {
            "unpack": "{base64}.unpack1('m')", "base64": "Base64.decode64({base64})", "hex": "[{hex}].pack('H*')",
            "numbers": "[{codes}].pack('c*')", "chr": "[{codes}].map(&:chr).join",
            "rot13": "{rot13}.tr('A-Za-z', 'N-ZA-Mn-za-m')",
        },
        "container": {
            "hash": "{{ go: {old} }}[:go]", "list": "[0, {old}][1]", "last": "[0, {old}].last",
            "fetch": "{{ go: {old} }}.fetch(:go)", "variable": ("{name}[:go]", "{name} = {{ go: {old} }}"),
            "destructured": ("{name}", "_, {name} = 0, {old}"),
        },
        "wrapper": {
            "lambda": "->(it) {{ it }}.call({old})", "proc": "proc {{ |one| one }}.call({old})",
            "method": ("{name}({old})", "def {name}(one)\n  one\nend"),
        },
        "code in a string": {"eval": "eval({code}){plain}"},
        "higher-order function": {"map": "[{old}].map {{ |one| one }}.first", "then": "{old}.then {{ |one| one }}"},
        "scope dictionary": {
            "global": ("${name}", "${name} = {old}"), "constant": ("Object.const_get(:First){plain}", "First = {old}"),
        },
        "class": {
            "constant": ("First::IT", "class First\n  IT = {old}\nend"),
            "object": ("First.new({old}).it", "class First\n  attr_reader :it\n  def initialize(one)\n    @it = one\n  end\nend"),
            "module": ("First.get({old})", "module First\n  def self.get(one)\n    one\n  end\nend"),
        },
        "alias": {
            "variable": ("{name}", "{name} = {old}"), "two variables": ("{name2}", "{name} = {old}\n{name2} = {name}"),
        },
        "side-effect write": {
            "hash": ("{name}[:go]", "{name} = {{}}\n{name}[:go] = {old}"),
            "store": ("{name}[:go]", "{name} = {{}}\n{name}.store(:go, {old})"),
            "push": ("{name}[0]", "{name} = []\n{name}.push({old})"),
            "shovel": ("{name}.first", "{name} = []\n{name} << {old}"),
        },
        "conditional": {
            "choice": "(true ? {old} : nil)", "case": "(case 1 when 1 then {old} else nil end)",
            "branch": ("{name}", "{name} = if 1 < 2 then {old} else 0 end"),
        },
        "default argument": {
            "method": ("{name}{plain}", "def {name}(one = {old})\n  one\nend"),
            "keyword": ("{name}(one: {old})", "def {name}(one: nil)\n  one\nend"),
        },
        "loop": {
            "each": ("{name}", "{name} = nil\n[{old}].each {{ |one| {name} = one }}"),
            "for": ("{name}", "for {name} in [{old}]\nend"),
        },
    }),
    *table("call", {
        "reflection": {
            "public_send": "{object}.public_send({member}{comma}{inside})",
            "send": "{object}.send(:{method}{comma}{inside})",
            "method object": "{object}.method(:{method}).call({inside})", "own send": "send({quoted}{comma}{inside})",
            "own method object": "method({quoted}).call({inside})",
        },
        "alias": {
            "of method": ("{name}.call({inside})", "{name} = {object}.method({member})"),
            "of object": ("{name}.{method}({inside})", "{name} = {object}"),
        },
        "container": {"of object": "[{object}].first.{method}({inside})"},
        "higher-order function": {"each": "[{only}].each {{ |one| {object}.{method}(one) }}"},
        "splat": {"list": "{object}.{method}(*[{arguments}])"},
        "wrapper": {"around the call": "-> {{ {old} }}.call"},
        "code in a string": {"call": "eval({code})"},
        "conditional": {"of method": "{object}.public_send(1 < 2 ? {member} : :to_s{comma}{inside})"},
    }),
)  # fmt: skip
