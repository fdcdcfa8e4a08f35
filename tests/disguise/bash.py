"""Bash: which words of a command can be disguised, and how."""

import re
from collections.abc import Mapping
from typing import Final

from tree_sitter import Node

from disguise.sample import Sample, Spot
from disguise.shapes import Parts, Shapes, command
from disguise.tree import Tree
from disguise.ways import table, text_fields

LANGUAGES = ("bash",)
TARGETS = (0.90, 0.88)


def _call(tree: Tree, node: Node) -> Parts | None:
    if node.type != "command":
        return None
    name = node.child_by_field_name("name")
    return command(tree, name.named_children[0] if name is not None else None, node.children_by_field_name("argument"))


def _text(source: str) -> str | None:
    if re.fullmatch(r"[\w./:@%+=,-]+", source) and not re.fullmatch(r"\d+", source):
        return source
    return source[1:-1] if re.fullmatch(r"""'[^'\n]*'|"[^"\\$`\n]*\"""", source) else None


def _quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


class _Words(Shapes):
    """Numbers are words as well, and words alone are texts."""

    def fields(self, sample: Sample, spot: Spot) -> Mapping[str, str]:
        """What the templates may say of a Spot."""
        words, text = super().fields(sample, spot), sample.text(spot)
        if spot.role in {"value", "callee"} and re.fullmatch(r"[\w./:@%+=,-]{2,}", text):
            bare = {"bareword": text, "bare_head": text[:1], "bare_tail": text[1:]}
            return {**words, **text_fields(text, _quote), **bare}
        return words


TONGUE: Final = _Words(
    "bash", _call, _text, _quote,
    blocks=("compound_statement", "do_group"),
    code=lambda text: f"echo {text}",
)  # fmt: skip
WAYS = (
    *table(("value", "callee"), {
        "string assembly": {
            "quotes inside": "{bare_head}''{bare_tail}", "double quotes": '{bare_head}"{bare_tail}"',
            "side by side": "{head}{tail}", "printf": "$(printf '%s%s' {head} {tail})",
            "rev": "$(echo {reversed} | rev)", "two variables": ("${name}${name2}", "{name}={head}\n{name2}={tail}"),
            "added": ('"${name}"', "{name}={head}\n{name}+={tail}"),
        },
        "encoding": {
            "base64": "$(echo {base64} | base64 -d)", "base64 long": "$(printf {base64} | base64 --decode)",
            "hex": "$(echo {hex} | xxd -r -p)", "rot13": "$(echo {rot13} | tr A-Za-z N-ZA-Mn-za-m)",
            "escapes": "$'{hex_escapes}'", "printf escapes": "$(printf '{hex_escapes}')",
            "here string": "$(base64 -d <<< {base64})",
        },
        "alias": {
            "variable": ("${name}", "{name}={text}"), "braces": ('"${{{name}}}"', "{name}={text}"),
            "twice": ("${name2}", "{name}={text}\n{name2}=${name}"), "read only": ("${name}", "readonly {name}={text}"),
        },
        "container": {
            "array": ("${{{name}[1]}}", "{name}=(x {text})"), "element": ("${{{name}[0]}}", "{name}[0]={text}"),
        },
        "scope dictionary": {"indirect": ("${{!{name2}}}", "{name}={text}\n{name2}={name}")},
        "conditional": {
            "branch": ("${name}", "if true; then\n  {name}={text}\nfi"),
            "case": ("${name}", "case x in\n  x) {name}={text} ;;\nesac"),
        },
        "default argument": {"default": "${{{name}:-{text}}}"},
        "loop": {"for": ("${name}", "for {name} in {text}; do\n  :\ndone")},
        "wrapper": {"function": ("$({name} {text})", '{name}() {{ echo "$1"; }}')},
        "higher-order function": {"echo": "$(echo {text})", "command": "$(command echo {text})"},
        "code in a string": {"eval": "$(eval 'echo '{text})"},
    }),
    *table("callee", {
        "reflection": {"command": "command {old}", "env": "env {old}"},
    }),
    *table("call", {
        "wrapper": {
            "around the command": ("{name}", "{name}() {{ {old}; }}"),
            "with arguments": ("{name} {arguments}", '{name}() {{ {function} "$@"; }}'),
        },
    }),
    *table("callee", {
        "alias": {"of command": ("{name}", "alias {name}={bareword}")},
    }),
    *table("call", {
        "code in a string": {"eval": "eval {whole}"},
        "splat": {"array": ('{callee} "${{{name}[@]}}"', "{name}=({arguments})")},
        "side-effect write": {"braces": "{{ {old}; }}"},
        "class": {"subshell": "( {old} )"},
    }),
)  # fmt: skip
