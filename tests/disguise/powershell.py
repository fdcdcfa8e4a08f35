"""PowerShell: which words of a command can be disguised, and how."""

import re
from typing import Final

from tree_sitter import Node

from disguise.shapes import Parts, Shapes
from disguise.tree import Tree
from disguise.ways import template as _

LANGUAGES = ("powershell",)
TARGETS = (0.90, 0.70)


def _call(tree: Tree, node: Node) -> Parts | None:
    if node.type != "command":
        return None
    name, held = node.child_by_field_name("command_name"), node.child_by_field_name("command_elements")
    if name is None or node.named_children[0].type == "command_invokation_operator":
        return None
    arguments = [kid for kid in held.named_children if kid.type != "command_argument_sep"] if held is not None else []
    inside = (tree.span(arguments[0])[0], tree.span(arguments[-1])[1]) if arguments else None
    return Parts(name, None, None, arguments, inside)


def _text(source: str) -> str | None:
    if re.fullmatch(r"[A-Za-z][\w.]*", source):
        return source
    return source[1:-1] if re.fullmatch(r"""'[^'\n]*'|"[^"`$\n]*\"""", source) else None


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


SHAPES: Final = Shapes("powershell", _call, _text, _quote, blocks=("statement_list",))
spots, places, sound, definitions = SHAPES.spots, SHAPES.places, SHAPES.sound, SHAPES.definitions


def fields(sample, spot):
    """What the templates may say of a Spot; a command is named by a text behind `&`."""
    words = dict(SHAPES.fields(sample, spot))
    if spot.role == "callee":
        words |= SHAPES.literal(_quote(sample.text(spot)))
    return words


_WORDS: Final = tuple(
    way
    for role, mark in (("value", ""), ("callee", "& "))
    for way in (
        _("string assembly", f"plus ({role})", role, mark + "({head} + {tail})"),
        _("string assembly", f"format ({role})", role, mark + "('{{0}}{{1}}' -f {head}, {tail})"),
        _("string assembly", f"join ({role})", role, mark + "(-join ({chars}))"),
        _("string assembly", f"join by ({role})", role, mark + "(({head}, {tail}) -join '')"),
        _("string assembly", f"replace ({role})", role, mark + "({padded} -replace '~~', '')"),
        _("string assembly", f"Join ({role})", role, mark + "([string]::Join('', @({chars})))"),
        _("string assembly", f"added ({role})", role, mark + "${name}", before="${name} = {head}\n${name} += {tail}"),
        _("string assembly", f"interpolation ({role})", role, mark + '"${name}"', before="${name} = {text}"),
        _("encoding", f"base64 ({role})", role,
          mark + "([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String({base64})))"),
        _("encoding", f"chars ({role})", role, mark + "(-join ([char[]]({codes})))"),
        _("alias", f"variable ({role})", role, mark + "${name}", before="${name} = {text}"),
        _("alias", f"twice ({role})", role, mark + "${name2}", before="${name} = {text}\n${name2} = ${name}"),
        _("container", f"list ({role})", role, mark + "${name}[1]", before="${name} = 'x', {text}"),
        _("container", f"hash ({role})", role, mark + "${name}['go']", before="${name} = @{{ go = {text} }}"),
        _("container", f"member ({role})", role, mark + "${name}.go", before="${name} = @{{ go = {text} }}"),
        _("side-effect write", f"hash ({role})", role, mark + "${name}.go",
          before="${name} = @{{}}\n${name}.go = {text}"),
        _("wrapper", f"script block ({role})", role, mark + "(& {{ param($it) $it }} {text})"),
        _("wrapper", f"function ({role})", role, mark + "({name} {text})", before="function {name}($it) {{ return $it }}"),
        _("higher-order function", f"each ({role})", role, mark + "({text} | ForEach-Object {{ $_ }})"),
        _("conditional", f"branch ({role})", role, mark + "${name}", before="if (1 -lt 2) {{ ${name} = {text} }}"),
        _("loop", f"foreach ({role})", role, mark + "${name}", before="foreach (${name} in @({text})) {{ }}"),
        _("default argument", f"function ({role})", role, mark + "({name})",
          before="function {name}($it = {text}) {{ return $it }}"),
        _("class", f"static ({role})", role, mark + "([First]::get({text}))",
          before="class First {{ static [string] get($it) {{ return $it }} }}"),
        _("scope dictionary", f"script scope ({role})", role, mark + "$script:{name}", before="$script:{name} = {text}"),
    )
)  # fmt: skip
_CALLS: Final = (
    _("code in a string", "iex of a value", "value", "(iex {code}){textual}"),
    _("alias", "Set-Alias", "callee", "{name}", before="Set-Alias {name} {word}"),
    _("reflection", "by text", "callee", "& {quoted}"),
    _("computed constant", "other case", "callee", "{upper_word}"),
    _("code in a string", "iex", "call", "iex {whole}"),
    _("wrapper", "around the command", "call", "& {{ {old} }}"),
)  # fmt: skip
WAYS = (*_WORDS, *_CALLS)
