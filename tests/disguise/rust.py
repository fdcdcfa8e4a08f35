"""Rust: which pieces of a sample can be disguised, and how."""

from collections.abc import Mapping, Sequence

from disguise.native import Native
from disguise.sample import Sample, Spot
from disguise.ways import Places, template

__all__ = ["LANGUAGES", "TARGETS", "WAYS", "definitions", "fields", "places", "sound", "spots"]

LANGUAGES = ("rust",)
TARGETS = (0.90, 0.80)
NATIVE = Native(
    grammar="rust",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"arguments"}),
    blocks=frozenset({"source_file", "block"}),
    imports=frozenset({"use_declaration"}),
    assigns=frozenset({"assignment_expression"}),
    callees=frozenset({"identifier", "scoped_identifier"}),
    constants={"true": "is_true", "false": "is_false"},
)
VALUES = (
    template("computed constant", "sum", "value", "({more} - 7){is_number}"),
    template("computed constant", "half", "value", "({twice} / 2){is_number}"),
    template("computed constant", "not", "value", "!false{is_true}"),
    template("computed constant", "no", "value", "!true{is_false}"),
    template("computed constant", "comparison", "value", "(1 < 2){is_true}"),
    template("string assembly", "format", "value", '&format!("{{}}{{}}", {head}, {tail})'),
    template("string assembly", "inline", "value", '&format!("{{{name}}}{{}}", {tail})', before="let {name} = {head};"),
    template("string assembly", "concat", "value", "concat!({head}, {tail})"),
    template("string assembly", "sum of texts", "value", "&({head}.to_string() + {tail})"),
    template("string assembly", "array", "value", "&[{head}, {tail}].concat()"),
    template(
        "string assembly",
        "pushed",
        "value",
        "&{name}",
        before="let mut {name} = String::from({head});\n{name}.push_str({tail});",
    ),
    template("encoding", "hexadecimal escapes", "value", '"{hex_escapes}"'),
    template("encoding", "turned round", "value", "&{reversed}.chars().rev().collect::<String>()"),
    template("encoding", "bytes", "value", "&String::from_utf8(vec![{codes}]).unwrap()"),
    template("container", "array", "value", "{name}[1]{literal}", before="let {name} = [{old}, {old}];"),
    template("container", "vector", "value", "{name}[0]{literal}", before="let {name} = vec![{old}];"),
    template("container", "tuple", "value", "{name}.1{literal}", before="let {name} = (9, {old});"),
    template(
        "container",
        "map",
        "value",
        '{name}["go"]{literal}',
        before='let mut {name} = std::collections::HashMap::new();\n{name}.insert("go", {old});',
    ),
    template("alias", "variable", "value", "{name}{literal}", before="let {name} = {old};"),
    template("alias", "constant text", "value", "{name}{is_text}", top="const {name}: &str = {old};"),
    template("alias", "constant number", "value", "{name}{is_number}", top="const {name}: u32 = {old};"),
    template("alias", "constant flag", "value", "{name}{is_true}", top="const {name}: bool = {old};"),
    template("wrapper", "number", "value", "{name}(){is_number}", top="fn {name}() -> u32 {{ {old} }}"),
    template("wrapper", "text", "value", "{name}(){is_text}", top="fn {name}() -> &'static str {{ {old} }}"),
    template("wrapper", "flag", "value", "{name}(){is_true}", top="fn {name}() -> bool {{ return {old}; }}"),
    template("closure", "called", "value", "{name}(){literal}", before="let {name} = || {old};"),
    template("closure", "at once", "value", "(|| {old})(){literal}"),
    template(
        "class",
        "structure",
        "value",
        "{name2}.held{is_true}",
        top="struct {name} {{ held: bool }}",
        before="let {name2} = {name} {{ held: {old} }};",
    ),
    template(
        "class",
        "associated constant",
        "value",
        "{name}::HELD{is_true}",
        top="struct {name};\nimpl {name} {{ const HELD: bool = {old}; }}",
    ),
    template(
        "module", "constant", "value", "{name}::HELD{is_true}", top="mod {name} {{ pub const HELD: bool = {old}; }}"
    ),
    template("conditional", "if", "value", "(if true {{ {old} }} else {{ {old} }}){literal}"),
    template("conditional", "match", "value", "match 1 {{ 1 => {old}, _ => {old} }}{literal}"),
    template("option", "unwrapped", "value", "Some({old}).unwrap(){literal}"),
    template("option", "let", "value", "{name}{literal}", before="let Some({name}) = Some({old}) else {{ return; }};"),
    template("side-effect write", "later", "value", "{name}{literal}", before="let {name};\n{name} = {old};"),
    template(
        "loop",
        "once",
        "value",
        "{name}{is_number}",
        before="let mut {name} = {old};\nfor i in 0..1 {{ {name} = {old}; }}",
    ),
    template("block", "value", "value", "{{ {old} }}{literal}"),
)
CALLEES = (
    template("alias", "function value", "callee", "{name}", before="let {name} = {old};"),
    template("container", "table of functions", "callee", "{name}[0]", before="let {name} = [{old}];"),
    template("container", "tuple of functions", "callee", "({name}.0)", before="let {name} = ({old}, 1);"),
    template("conditional", "either way", "callee", "(if true {{ {old} }} else {{ {old} }})"),
    template("brackets", "round the name", "callee", "({old})"),
)  # fmt: skip
WAYS = (*VALUES, *CALLEES)


def spots(code: str, start: int, end: int, words: Sequence[str]) -> tuple[Spot, ...]:
    """What can be disguised in what a rule has found there."""
    return NATIVE.spots(code, start, end, words)


def fields(sample: Sample, spot: Spot) -> Mapping[str, str]:
    """What the templates may say of a Spot."""
    return NATIVE.fields(sample, spot, lambda text: f'"{text}"')


def places(sample: Sample, spot: Spot) -> Places | None:
    """Where lines can be put."""
    return NATIVE.places(sample, spot)


def definitions(code: str) -> list[str]:
    """Nothing is executed."""
    del code
    return []


def sound(code: str) -> bool:
    """Nothing that does not parse."""
    return NATIVE.sound(code)
