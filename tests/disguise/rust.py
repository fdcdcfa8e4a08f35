"""Rust: which pieces of a sample can be disguised, and how."""

from disguise.native import FLAGS, NUMBERS, Native
from disguise.ways import table

LANGUAGES = ("rust",)
TARGETS = (0.90, 0.88)
TONGUE = Native(
    grammar="rust",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"arguments"}),
    blocks=frozenset({"source_file", "block"}),
    imports=frozenset({"use_declaration"}),
    assigns=frozenset({"assignment_expression"}),
    callees=frozenset({"identifier", "scoped_identifier"}),
    constants={"true": "is_true", "false": "is_false"},
)
WAYS = (
    *table("value", {
        "computed constant": {
            **NUMBERS, **FLAGS,
        },
        "string assembly": {
            "format": '&format!("{{}}{{}}", {head}, {tail})',
            "inline": ('&format!("{{{name}}}{{}}", {tail})', "let {name} = {head};"),
            "concat": "concat!({head}, {tail})", "sum of texts": "&({head}.to_string() + {tail})",
            "array": "&[{head}, {tail}].concat()",
            "pushed": ("&{name}", "let mut {name} = String::from({head});\n{name}.push_str({tail});"),
        },
        "encoding": {
            "hexadecimal escapes": '"{hex_escapes}"', "turned round": "&{reversed}.chars().rev().collect::<String>()",
            "bytes": "&String::from_utf8(vec![{codes}]).unwrap()",
        },
        "container": {
            "array": ("{name}[1]{literal}", "let {name} = [{old}, {old}];"),
            "vector": ("{name}[0]{literal}", "let {name} = vec![{old}];"),
            "tuple": ("{name}.1{literal}", "let {name} = (9, {old});"),
            "map": ('{name}["go"]{literal}', 'let mut {name} = std::collections::HashMap::new();\n{name}.insert("go", {old});'),
        },
        "alias": {
            "variable": ("{name}{literal}", "let {name} = {old};"),
            "constant text": ("{name}{is_text}", "", "const {name}: &str = {old};"),
            "constant number": ("{name}{is_number}", "", "const {name}: u32 = {old};"),
            "constant flag": ("{name}{is_true}", "", "const {name}: bool = {old};"),
        },
        "wrapper": {
            "number": ("{name}(){is_number}", "", "fn {name}() -> u32 {{ {old} }}"),
            "text": ("{name}(){is_text}", "", "fn {name}() -> &'static str {{ {old} }}"),
            "flag": ("{name}(){is_true}", "", "fn {name}() -> bool {{ return {old}; }}"),
        },
        "closure": {"called": ("{name}(){literal}", "let {name} = || {old};"), "at once": "(|| {old})(){literal}"},
        "class": {
            "structure": ("{name2}.held{is_true}", "let {name2} = {name} {{ held: {old} }};", "struct {name} {{ held: bool }}"),
            "associated constant": ("{name}::HELD{is_true}", "", "struct {name};\nimpl {name} {{ const HELD: bool = {old}; }}"),
        },
        "module": {"constant": ("{name}::HELD{is_true}", "", "mod {name} {{ pub const HELD: bool = {old}; }}")},
        "conditional": {
            "if": "(if true {{ {old} }} else {{ {old} }}){literal}",
            "match": "match 1 {{ 1 => {old}, _ => {old} }}{literal}",
        },
        "option": {
            "unwrapped": "Some({old}).unwrap(){literal}",
            "let": ("{name}{literal}", "let Some({name}) = Some({old}) else {{ return; }};"),
        },
        "side-effect write": {"later": ("{name}{literal}", "let {name};\n{name} = {old};")},
        "loop": {"once": ("{name}{is_number}", "let mut {name} = {old};\nfor i in 0..1 {{ {name} = {old}; }}")},
        "block": {"value": "{{ {old} }}{literal}"},
    }),
    *table("callee", {
        "alias": {"function value": ("{name}", "let {name} = {old};")},
        "container": {
            "table of functions": ("{name}[0]", "let {name} = [{old}];"),
            "tuple of functions": ("({name}.0)", "let {name} = ({old}, 1);"),
        },
        "conditional": {"either way": "(if true {{ {old} }} else {{ {old} }})"},
        "brackets": {"round the name": "({old})"},
    }),
)  # fmt: skip
