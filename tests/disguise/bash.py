"""Bash: which words of a command can be disguised, and how."""

import re
from typing import Final

from tree_sitter import Node

from disguise.shapes import Parts, Shapes
from disguise.tree import Tree
from disguise.ways import template as _

LANGUAGES = ("bash",)
TARGETS = (0.90, 0.70)


def _call(tree: Tree, node: Node) -> Parts | None:
    if node.type != "command":
        return None
    name = node.child_by_field_name("name")
    arguments = node.children_by_field_name("argument")
    inside = (tree.span(arguments[0])[0], tree.span(arguments[-1])[1]) if arguments else None
    return Parts(name.named_children[0] if name is not None else None, None, None, arguments, inside)


def _text(source: str) -> str | None:
    if re.fullmatch(r"[\w./:@%+=,-]+", source) and not re.fullmatch(r"\d+", source):
        return source
    return source[1:-1] if re.fullmatch(r"""'[^'\n]*'|"[^"\\$`\n]*\"""", source) else None


def _quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


SHAPES: Final = Shapes(
    "bash", _call, _text, _quote,
    blocks=("compound_statement", "do_group"),
    code=lambda text: f"echo {text}",
)  # fmt: skip
spots, places, sound, definitions = SHAPES.spots, SHAPES.places, SHAPES.sound, SHAPES.definitions


def fields(sample, spot):
    """What the templates may say of a Spot; numbers are words as well."""
    words, text = dict(SHAPES.fields(sample, spot)), sample.text(spot)
    if spot.role in {"value", "callee"} and re.fullmatch(r"[\w./:@%+=,-]{2,}", text):
        from disguise.ways import text_fields  # noqa: PLC0415  words alone are texts here

        words |= {**text_fields(text, _quote), "bareword": text, "bare_head": text[:1], "bare_tail": text[1:]}
    return words


BOTH: Final = ("value", "callee")
_WORDS: Final = tuple(
    way
    for role in BOTH
    for way in (
        _("string assembly", f"quotes inside ({role})", role, "{bare_head}''{bare_tail}"),
        _("string assembly", f"double quotes ({role})", role, '{bare_head}"{bare_tail}"'),
        _("string assembly", f"side by side ({role})", role, "{head}{tail}"),
        _("string assembly", f"printf ({role})", role, "$(printf '%s%s' {head} {tail})"),
        _("string assembly", f"rev ({role})", role, "$(echo {reversed} | rev)"),
        _(
            "string assembly",
            f"two variables ({role})",
            role,
            "${name}${name2}",
            before="{name}={head}\n{name2}={tail}",
        ),
        _("string assembly", f"added ({role})", role, '"${name}"', before="{name}={head}\n{name}+={tail}"),
        _("encoding", f"base64 ({role})", role, "$(echo {base64} | base64 -d)"),
        _("encoding", f"base64 long ({role})", role, "$(printf {base64} | base64 --decode)"),
        _("encoding", f"hex ({role})", role, "$(echo {hex} | xxd -r -p)"),
        _("encoding", f"rot13 ({role})", role, "$(echo {rot13} | tr A-Za-z N-ZA-Mn-za-m)"),
        _("encoding", f"escapes ({role})", role, "$'{hex_escapes}'"),
        _("encoding", f"printf escapes ({role})", role, "$(printf '{hex_escapes}')"),
        _("encoding", f"here string ({role})", role, "$(base64 -d <<< {base64})"),
        _("alias", f"variable ({role})", role, "${name}", before="{name}={text}"),
        _("alias", f"braces ({role})", role, '"${{{name}}}"', before="{name}={text}"),
        _("alias", f"twice ({role})", role, "${name2}", before="{name}={text}\n{name2}=${name}"),
        _("alias", f"read only ({role})", role, "${name}", before="readonly {name}={text}"),
        _("container", f"array ({role})", role, "${{{name}[1]}}", before="{name}=(x {text})"),
        _("container", f"element ({role})", role, "${{{name}[0]}}", before="{name}[0]={text}"),
        _("scope dictionary", f"indirect ({role})", role, "${{!{name2}}}", before="{name}={text}\n{name2}={name}"),
        _("conditional", f"branch ({role})", role, "${name}", before="if true; then\n  {name}={text}\nfi"),
        _("conditional", f"case ({role})", role, "${name}", before="case x in\n  x) {name}={text} ;;\nesac"),
        _("default argument", f"default ({role})", role, "${{{name}:-{text}}}"),
        _("loop", f"for ({role})", role, "${name}", before="for {name} in {text}; do\n  :\ndone"),
        _("wrapper", f"function ({role})", role, "$({name} {text})", before='{name}() {{ echo "$1"; }}'),
        _("higher-order function", f"echo ({role})", role, "$(echo {text})"),
        _("higher-order function", f"command ({role})", role, "$(command echo {text})"),
        _("code in a string", f"eval ({role})", role, "$(eval 'echo '{text})"),
    )
)
_CALLS: Final = (
    _("reflection", "command", "callee", "command {old}"),
    _("reflection", "env", "callee", "env {old}"),
    _("wrapper", "around the command", "call", "{name}", before="{name}() {{ {old}; }}"),
    _("wrapper", "with arguments", "call", "{name} {arguments}", before='{name}() {{ {function} "$@"; }}'),
    _("alias", "of command", "callee", "{name}", before="alias {name}={bareword}"),
    _("code in a string", "eval", "call", "eval {whole}"),
    _("splat", "array", "call", '{callee} "${{{name}[@]}}"', before="{name}=({arguments})"),
    _("side-effect write", "braces", "call", "{{ {old}; }}"),
    _("class", "subshell", "call", "( {old} )"),
)  # fmt: skip
WAYS = (*_WORDS, *_CALLS)
