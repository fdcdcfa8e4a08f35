"""Ruby: which pieces of a sample can be disguised, and how."""

import re
from typing import Final

from tree_sitter import Node

from disguise.shapes import Parts, Shapes
from disguise.tree import Tree
from disguise.ways import template as _

LANGUAGES = ("ruby",)
TARGETS = (0.90, 0.70)


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


SHAPES: Final = Shapes(
    "ruby", _call, _text, _quote,
    assigns=("assignment",),
    holds=("array", "hash", "pair", "argument_list"),
    blocks=("body_statement", "block_body", "then", "program"),
    constants={"true": "true", "false": "false", "nil": "null"},
    shields=("if_modifier", "unless_modifier"),
)  # fmt: skip
spots, fields, places, sound, definitions = (
    SHAPES.spots, SHAPES.fields, SHAPES.places, SHAPES.sound, SHAPES.definitions,
)  # fmt: skip

_VALUES: Final = (
    *(
        _("computed constant", f"false {number}", "value", new + "{false}")
        for number, new in enumerate(("!true", "(1 > 2)", "!'x'", "(1 == 2)", "[].any?", "1.zero?"))
    ),
    *(
        _("computed constant", f"true {number}", "value", new + "{true}")
        for number, new in enumerate(("!false", "(1 < 2)", "!!1", "[].empty?", "0.zero?"))
    ),
    _("computed constant", "sum", "value", "({half} + {rest})"),
    _("computed constant", "difference", "value", "({more} - 7)"),
    _("computed constant", "from text", "value", "'{number}'.to_i"),
    _("computed constant", "Integer", "value", "Integer('{number}')"),
    _("string assembly", "plus", "value", "({head} + {tail})"),
    _("string assembly", "join", "value", "[{chars}].join"),
    _("string assembly", "format", "value", "format('%s%s', {head}, {tail})"),
    _("string assembly", "percent", "value", "('%s%s' % [{head}, {tail}])"),
    _("string assembly", "reverse", "value", "{reversed}.reverse"),
    _("string assembly", "delete", "value", "{padded}.gsub('~~', '')"),
    _("string assembly", "case", "value", "{upper}.downcase{is_lower}"),
    _("string assembly", "swapcase", "value", "{swapped}.swapcase"),
    _("string assembly", "escapes", "value", '"{hex_escapes}"'),
    _("string assembly", "side by side", "value", "({head} {tail})"),
    _("string assembly", "appended", "value", "{name}", before="{name} = +{head}\n{name} << {tail}"),
    _("string assembly", "interpolation", "value", '"#{{{name}}}"', before="{name} = {old}{textual}"),
    _("string assembly", "concat", "value", "{head}.dup.concat({tail})"),
    _("encoding", "unpack", "value", "{base64}.unpack1('m')"),
    _("encoding", "base64", "value", "Base64.decode64({base64})"),
    _("encoding", "hex", "value", "[{hex}].pack('H*')"),
    _("encoding", "numbers", "value", "[{codes}].pack('c*')"),
    _("encoding", "chr", "value", "[{codes}].map(&:chr).join"),
    _("encoding", "rot13", "value", "{rot13}.tr('A-Za-z', 'N-ZA-Mn-za-m')"),
    _("container", "hash", "value", "{{ go: {old} }}[:go]"),
    _("container", "list", "value", "[0, {old}][1]"),
    _("container", "last", "value", "[0, {old}].last"),
    _("container", "fetch", "value", "{{ go: {old} }}.fetch(:go)"),
    _("container", "variable", "value", "{name}[:go]", before="{name} = {{ go: {old} }}"),
    _("container", "destructured", "value", "{name}", before="_, {name} = 0, {old}"),
    _("wrapper", "lambda", "value", "->(it) {{ it }}.call({old})"),
    _("wrapper", "proc", "value", "proc {{ |one| one }}.call({old})"),
    _("wrapper", "method", "value", "{name}({old})", before="def {name}(one)\n  one\nend"),
    _("code in a string", "eval", "value", "eval({code}){plain}"),
    _("higher-order function", "map", "value", "[{old}].map {{ |one| one }}.first"),
    _("higher-order function", "then", "value", "{old}.then {{ |one| one }}"),
    _("scope dictionary", "global", "value", "${name}", before="${name} = {old}"),
    _("scope dictionary", "constant", "value", "Object.const_get(:First){plain}", before="First = {old}"),
    _("class", "constant", "value", "First::IT", before="class First\n  IT = {old}\nend"),
    _("class", "object", "value", "First.new({old}).it",
      before="class First\n  attr_reader :it\n  def initialize(one)\n    @it = one\n  end\nend"),
    _("class", "module", "value", "First.get({old})", before="module First\n  def self.get(one)\n    one\n  end\nend"),
    _("alias", "variable", "value", "{name}", before="{name} = {old}"),
    _("alias", "two variables", "value", "{name2}", before="{name} = {old}\n{name2} = {name}"),
    _("side-effect write", "hash", "value", "{name}[:go]", before="{name} = {{}}\n{name}[:go] = {old}"),
    _("side-effect write", "store", "value", "{name}[:go]", before="{name} = {{}}\n{name}.store(:go, {old})"),
    _("side-effect write", "push", "value", "{name}[0]", before="{name} = []\n{name}.push({old})"),
    _("side-effect write", "shovel", "value", "{name}.first", before="{name} = []\n{name} << {old}"),
    _("conditional", "choice", "value", "(true ? {old} : nil)"),
    _("conditional", "case", "value", "(case 1 when 1 then {old} else nil end)"),
    _("conditional", "branch", "value", "{name}", before="{name} = if 1 < 2 then {old} else 0 end"),
    _("default argument", "method", "value", "{name}{plain}", before="def {name}(one = {old})\n  one\nend"),
    _("default argument", "keyword", "value", "{name}(one: {old})", before="def {name}(one: nil)\n  one\nend"),
    _("loop", "each", "value", "{name}", before="{name} = nil\n[{old}].each {{ |one| {name} = one }}"),
    _("loop", "for", "value", "{name}", before="for {name} in [{old}]\nend"),
)  # fmt: skip
_CALLS: Final = (
    _("reflection", "public_send", "call", "{object}.public_send({member}{comma}{inside})"),
    _("reflection", "send", "call", "{object}.send(:{method}{comma}{inside})"),
    _("reflection", "method object", "call", "{object}.method(:{method}).call({inside})"),
    _("reflection", "own send", "call", "send({quoted}{comma}{inside})"),
    _("reflection", "own method object", "call", "method({quoted}).call({inside})"),
    _("alias", "of method", "call", "{name}.call({inside})", before="{name} = {object}.method({member})"),
    _("alias", "of object", "call", "{name}.{method}({inside})", before="{name} = {object}"),
    _("container", "of object", "call", "[{object}].first.{method}({inside})"),
    _("higher-order function", "each", "call", "[{only}].each {{ |one| {object}.{method}(one) }}"),
    _("splat", "list", "call", "{object}.{method}(*[{arguments}])"),
    _("wrapper", "around the call", "call", "-> {{ {old} }}.call"),
    _("code in a string", "call", "call", "eval({code})"),
    _("conditional", "of method", "call", "{object}.public_send(1 < 2 ? {member} : :to_s{comma}{inside})"),
)  # fmt: skip
WAYS = (*_VALUES, *_CALLS)
