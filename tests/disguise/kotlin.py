"""Kotlin: which pieces of a sample can be disguised, and how."""

from collections.abc import Mapping, Sequence

from disguise.managed import Managed
from disguise.sample import Sample, Spot
from disguise.ways import Places, template

__all__ = ["LANGUAGES", "TARGETS", "WAYS", "definitions", "fields", "places", "sound", "spots"]

LANGUAGES = ("kotlin",)
TARGETS = (0.90, 0.80)
MANAGED = Managed(
    grammar="kotlin",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"value_arguments"}),
    blocks=frozenset({"block"}),
    imports=frozenset({"import", "package_header"}),
    assigns=frozenset({"assignment"}),
    callees=frozenset({"identifier"}),
    constants={"true": "is_true", "false": "is_false", "null": "is_null"},
    members=frozenset({"navigation_expression"}),
)


VALUES = (
    template("computed constant", "sum", "value", "({more} - 7){is_number}"),
    template("computed constant", "half", "value", "({twice} / 2){is_number}"),
    template("computed constant", "not", "value", "!true{is_false}"),
    template("computed constant", "comparison", "value", "(1 < 2){is_true}"),
    template("computed constant", "length", "value", '("x".length > 3){is_false}'),
    template("computed constant", "empty", "value", '"".isEmpty(){is_true}'),
    template("computed constant", "read", "value", '"true".toBoolean(){is_true}'),
    template("string assembly", "sum of texts", "value", "({head} + {tail})"),
    template("string assembly", "hole", "value", '"${name}${{{name2}}}"{is_text}', before="val {name} = {head}\nval {name2} = {tail}"),
    template("string assembly", "join", "value", 'listOf({head}, {tail}).joinToString("")'),
    template("string assembly", "format", "value", '"%s%s".format({head}, {tail})'),
    template("string assembly", "builder", "value", "StringBuilder({head}).append({tail}).toString()"),
    template("string assembly", "added", "value", "{name}{is_text}", before="var {name} = {head}\n{name} += {tail}"),
    template("encoding", "turned round", "value", "{reversed}.reversed()"),
    template("encoding", "base64", "value", "String(java.util.Base64.getDecoder().decode({base64}))"),
    template("encoding", "capital letters", "value", "{upper}.lowercase(){is_lower}"),
    template("container", "array", "value", "{name}[1]{literal}", before="val {name} = arrayOf({old}, {old})"),
    template("container", "list", "value", "{name}[0]{literal}", before="val {name} = listOf({old})"),
    template("container", "map", "value", '{name}["go"]{literal}', before='val {name} = mapOf("go" to {old})'),
    template("container", "filled map", "value", '{name}["go"]{literal}', before='val {name} = mutableMapOf<String, Any>()\n{name}["go"] = {old}'),
    template("alias", "variable", "value", "{name}{literal}", before="val {name} = {old}"),
    template("alias", "two variables", "value", "{name2}{literal}", before="val {name} = {old}\nval {name2} = {name}"),
    template("alias", "constant of an object", "value", "{name}.held{literal}", top="object {name} {{\n    val held = {old}\n}}"),
    template("alias", "constant of the file", "value", "{name}{literal}", top="val {name} = {old}"),
    template("wrapper", "function", "value", "{name}(){literal}", top="fun {name}() = {old}"),
    template("wrapper", "identity", "value", "{name}({old}){literal}", top="fun {name}(held: Any): Any {{\n    return held\n}}"),
    template("wrapper", "lambda", "value", "{name}(){literal}", before="val {name} = {{ {old} }}"),
    template("class", "instance", "value", "{name}().held{literal}", top="class {name} {{\n    val held = {old}\n}}"),
    template("class", "constructor", "value", "{name}({old}).held{literal}", top="class {name}(val held: Any)"),
    template("conditional", "choice", "value", "(if (true) {old} else {old}){literal}"),
    template("conditional", "when", "value", "{name}{literal}", before="val {name} = when (1) {{\n    1 -> {old}\n    else -> {old}\n}}"),
    template("conditional", "default", "value", "(null ?: {old}){literal}"),
    template("side-effect write", "later", "value", "{name}{literal}", before="var {name}: Any? = null\n{name} = {old}"),
    template("side-effect write", "field", "value", "{name2}.held{literal}", before="val {name2} = {name}()\n{name2}.held = {old}", top="class {name} {{\n    var held: Any? = null\n}}"),
    template("loop", "each", "value", "{name}{literal}", before="var {name}: Any? = null\nfor ({name2} in listOf({old})) {{\n    {name} = {name2}\n}}"),
    template("default argument", "of a function", "value", "{name}(){literal}", top="fun {name}(held: Any = {old}) = held"),
    template("higher-order function", "let", "value", "{old}.let {{ it }}{literal}"),
    template("higher-order function", "run", "value", "run {{ {old} }}{literal}"),
    template("cast", "to any", "value", "({old} as Any){literal}"),
)  # fmt: skip
CALLS = (
    template("reflection", "static method", "call", "{object}::class.java.getMethod({member}).invoke(null{given}){type}"),
    template("reflection", "method", "call", "{object}.javaClass.getMethod({member}).invoke({object}{given}){thing}"),
    template("alias", "object", "call", "{name}.{word}({arguments}){thing}", before="val {name} = {object}"),
    template("higher-order function", "call in a lambda", "call", "{name}()", before="val {name} = {{ {old} }}"),
    template("higher-order function", "call on", "call", "{object}.let {{ it.{word}({arguments}) }}{thing}"),
)  # fmt: skip
WAYS = (*VALUES, *CALLS)


def spots(code: str, start: int, end: int, words: Sequence[str]) -> tuple[Spot, ...]:
    """What can be disguised in what a rule has found there."""
    return MANAGED.spots(code, start, end, words)


def fields(sample: Sample, spot: Spot) -> Mapping[str, str]:
    """What the templates may say of a Spot. A type's name in `{type}` and `{thing}` is only a condition."""
    if spot.role == "call":
        words = dict(MANAGED.call_fields(sample, spot))
        return {key: "" if key in {"type", "thing"} else word for key, word in words.items()}
    # A text with a hole in it is no constant.
    return {} if "$" in sample.text(spot) else MANAGED.fields(sample, spot, lambda text: f'"{text}"')


def places(sample: Sample, spot: Spot) -> Places | None:
    """Where lines can be put."""
    return MANAGED.places(sample, spot)


def definitions(code: str) -> list[str]:
    """Nothing is executed."""
    del code
    return []


def sound(code: str) -> bool:
    """Nothing that does not parse."""
    return MANAGED.sound(code)
