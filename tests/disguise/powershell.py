"""PowerShell: which words of a command can be disguised, and how."""

import re
from collections.abc import Mapping
from typing import Final

from tree_sitter import Node

from disguise.sample import Sample, Spot
from disguise.shapes import Parts, Shapes, command
from disguise.tree import Tree
from disguise.ways import Row, table

LANGUAGES = ("powershell",)
TARGETS = (0.90, 0.88)


def _call(tree: Tree, node: Node) -> Parts | None:
    if node.type != "command":
        return None
    name, held = node.child_by_field_name("command_name"), node.child_by_field_name("command_elements")
    if name is None or node.named_children[0].type == "command_invokation_operator":
        return None
    arguments = [kid for kid in held.named_children if kid.type != "command_argument_sep"] if held is not None else []
    return command(tree, name, arguments)


def _text(source: str) -> str | None:
    if re.fullmatch(r"[A-Za-z][\w.]*", source):
        return source
    return source[1:-1] if re.fullmatch(r"""'[^'\n]*'|"[^"`$\n]*\"""", source) else None


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class _Words(Shapes):
    """A command is named by a text behind `&`."""

    def fields(self, sample: Sample, spot: Spot) -> Mapping[str, str]:
        """What the templates may say of a Spot."""
        words, text = super().fields(sample, spot), sample.text(spot)
        return {**words, **self.literal(_quote(text)), "upper_word": text.upper()} if spot.role == "callee" else words


TONGUE: Final = _Words("powershell", _call, _text, _quote, blocks=("statement_list",))
_WORDS: Final[Mapping[str, Mapping[str, Row]]] = {
    "string assembly": {
        "plus": "({head} + {tail})", "format": "('{{0}}{{1}}' -f {head}, {tail})", "join": "(-join ({chars}))",
        "join by": "(({head}, {tail}) -join '')", "replace": "({padded} -replace '~~', '')",
        "Join": "([string]::Join('', @({chars})))", "added": ("${name}", "${name} = {head}\n${name} += {tail}"),
        "interpolation": ('"${name}"', "${name} = {text}"),
    },
    "encoding": {
        "base64": "([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String({base64})))",
        "chars": "(-join ([char[]]({codes})))",
    },
    "alias": {
        "variable": ("${name}", "${name} = {text}"), "twice": ("${name2}", "${name} = {text}\n${name2} = ${name}"),
    },
    "container": {
        "list": ("${name}[1]", "${name} = 'x', {text}"), "hash": ("${name}['go']", "${name} = @{{ go = {text} }}"),
        "member": ("${name}.go", "${name} = @{{ go = {text} }}"),
    },
    "side-effect write": {"hash": ("${name}.go", "${name} = @{{}}\n${name}.go = {text}")},
    "wrapper": {
        "script block": "(& {{ param($it) $it }} {text})",
        "function": ("({name} {text})", "function {name}($it) {{ return $it }}"),
    },
    "higher-order function": {"each": "({text} | ForEach-Object {{ $_ }})"},
    "conditional": {"branch": ("${name}", "if (1 -lt 2) {{ ${name} = {text} }}")},
    "loop": {"foreach": ("${name}", "foreach (${name} in @({text})) {{ }}")},
    "default argument": {"function": ("({name})", "function {name}($it = {text}) {{ return $it }}")},
    "class": {"static": ("([First]::get({text}))", "class First {{ static [string] get($it) {{ return $it }} }}")},
    "scope dictionary": {"script scope": ("$script:{name}", "$script:{name} = {text}")},
}  # fmt: skip
_NAMES: Final = {
    kind: {name: "& " + row if isinstance(row, str) else ("& " + row[0], *row[1:]) for name, row in rows.items()}
    for kind, rows in _WORDS.items()
}
WAYS = (
    *table(("value",), _WORDS),
    *table(("callee",), _NAMES),
    *table("value", {
        "code in a string": {"iex of a value": "(iex {code}){textual}"},
    }),
    *table("callee", {
        "alias": {"Set-Alias": ("{name}", "Set-Alias {name} {word}")},
        "reflection": {"by text": "& {quoted}"},
        "computed constant": {"other case": "{upper_word}"},
    }),
    *table("call", {
        "code in a string": {"iex": "iex {whole}"},
        "wrapper": {"around the command": "& {{ {old} }}"},
    }),
)  # fmt: skip
