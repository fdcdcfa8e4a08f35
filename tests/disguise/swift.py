"""Swift: which pieces of a sample can be disguised, and how."""

from collections.abc import Mapping, Sequence

from disguise.native import Native
from disguise.sample import Sample, Spot
from disguise.ways import Places, template

__all__ = ["LANGUAGES", "TARGETS", "WAYS", "definitions", "fields", "places", "sound", "spots"]

LANGUAGES = ("swift",)
TARGETS = (0.90, 0.80)
NATIVE = Native(
    grammar="swift",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"value_arguments"}),
    blocks=frozenset({"source_file", "statements"}),
    imports=frozenset({"import_declaration"}),
    assigns=frozenset({"assignment"}),
    callees=frozenset({"simple_identifier", "navigation_expression"}),
    constants={"true": "is_true", "false": "is_false", "nil": "is_null"},
)
VALUES = (
    template("computed constant", "sum", "value", "({more} - 7){is_number}"),
    template("computed constant", "half", "value", "({twice} / 2){is_number}"),
    template("computed constant", "not", "value", "!false{is_true}"),
    template("computed constant", "no", "value", "!true{is_false}"),
    template("computed constant", "comparison", "value", "(1 < 2){is_true}"),
    template("string assembly", "sum of texts", "value", "({head} + {tail})"),
    template(
        "string assembly",
        "hole",
        "value",
        '"\\({name})\\({name2})"',
        before="let {name} = {head}\nlet {name2} = {tail}",
    ),
    template("string assembly", "joined", "value", "[{head}, {tail}].joined()"),
    template("string assembly", "added", "value", "{name}{is_text}", before="var {name} = {head}\n{name} += {tail}"),
    template("encoding", "turned round", "value", "String({reversed}.reversed())"),
    template("encoding", "capital letters", "value", "{upper}.lowercased(){is_lower}"),
    template("container", "array", "value", "{name}[1]{literal}", before="let {name} = [{old}, {old}]"),
    template("container", "dictionary", "value", '{name}["go"]!{literal}', before='let {name} = ["go": {old}]'),
    template("container", "tuple", "value", "{name}.1{literal}", before="let {name} = (9, {old})"),
    template("alias", "variable", "value", "{name}{literal}", before="let {name} = {old}"),
    template("alias", "global", "value", "{name}{literal}", top="let {name} = {old}"),
    template("wrapper", "text", "value", "{name}(){is_text}", top="func {name}() -> String {{ return {old} }}"),
    template("wrapper", "number", "value", "{name}(){is_number}", top="func {name}() -> Int {{ {old} }}"),
    template("wrapper", "flag", "value", "{name}(){is_true}", top="func {name}() -> Bool {{ return {old} }}"),
    template("closure", "called", "value", "{name}(){literal}", before="let {name} = {{ {old} }}"),
    template("class", "static", "value", "{name}.held{literal}", top="struct {name} {{\n  static let held = {old}\n}}"),
    template("class", "instance", "value", "{name}().held{literal}", top="struct {name} {{\n  var held = {old}\n}}"),
    template("conditional", "choice", "value", "(true ? {old} : {old}){literal}"),
    template("conditional", "default", "value", "(nil ?? {old}){literal}"),
    template("side-effect write", "later", "value", "{name}{is_number}", before="var {name} = 0\n{name} = {old}"),
    template(
        "loop", "once", "value", "{name}{is_number}", before="var {name} = {old}\nfor _ in 0..<1 {{ {name} = {old} }}"
    ),
    template("option", "unwrapped", "value", "Optional.some({old})!{literal}"),
    template(
        "option",
        "guard",
        "value",
        "{name}{literal}",
        before="guard let {name} = Optional.some({old}) else {{ return }}",
    ),
    template(
        "default argument",
        "text",
        "value",
        "{name}(){is_text}",
        top="func {name}(_ held: String = {old}) -> String {{ return held }}",
    ),
    template("higher-order function", "mapped", "value", "[{old}].map {{ $0 }}[0]{literal}"),
    template(
        "higher-order function",
        "given",
        "value",
        "{name} {{ {old} }}{is_text}",
        top="func {name}(_ make: () -> String) -> String {{ return make() }}",
    ),
    template(
        "enumeration",
        "raw value",
        "value",
        "{name}.go.rawValue{is_text}",
        top="enum {name}: String {{\n  case go = {old}\n}}",
    ),
)
CALLEES = (
    template("alias", "function value", "callee", "{name}", before="let {name} = {old}"),
    template("container", "array of functions", "callee", "{name}[0]", before="let {name} = [{old}]"),
    template("container", "dictionary of functions", "callee", '{name}["go"]!', before='let {name} = ["go": {old}]'),
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
