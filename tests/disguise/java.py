"""Java: which pieces of a sample can be disguised, and how."""

from collections.abc import Mapping, Sequence

from disguise.managed import Managed
from disguise.sample import Sample, Spot
from disguise.ways import Places, template

__all__ = ["LANGUAGES", "TARGETS", "WAYS", "definitions", "fields", "places", "sound", "spots"]

LANGUAGES = ("java",)
TARGETS = (0.90, 0.80)
MANAGED = Managed(
    grammar="java",
    calls=frozenset({"method_invocation", "object_creation_expression"}),
    arguments=frozenset({"argument_list"}),
    blocks=frozenset({"block", "constructor_body"}),
    imports=frozenset({"import_declaration", "package_declaration"}),
    assigns=frozenset({"assignment_expression"}),
    callees=frozenset(),
    constants={"true": "is_true", "false": "is_false", "null": "is_null"},
)
VALUES = (
    template("computed constant", "sum", "value", "({more} - 7){is_number}"),
    template("computed constant", "half", "value", "({twice} / 2){is_number}"),
    template("computed constant", "not", "value", "!true{is_false}"),
    template("computed constant", "comparison", "value", "(1 < 2){is_true}"),
    template("computed constant", "length", "value", '("x".length() > 3){is_false}'),
    template("computed constant", "empty", "value", '"".isEmpty(){is_true}'),
    template("computed constant", "read", "value", 'Boolean.parseBoolean("true"){is_true}'),
    template("string assembly", "sum of texts", "value", "({head} + {tail})"),
    template("string assembly", "concat", "value", "{head}.concat({tail})"),
    template("string assembly", "join", "value", 'String.join("", {head}, {tail})'),
    template("string assembly", "format", "value", 'String.format("%s%s", {head}, {tail})'),
    template("string assembly", "builder", "value", "new StringBuilder({head}).append({tail}).toString()"),
    template("string assembly", "added", "value", "{name}{is_text}", before="String {name} = {head};\n{name} += {tail};"),
    template("encoding", "turned round", "value", "new StringBuilder({reversed}).reverse().toString()"),
    template("encoding", "base64", "value", "new String(java.util.Base64.getDecoder().decode({base64}))"),
    template("encoding", "capital letters", "value", "{upper}.toLowerCase(){is_lower}"),
    template("encoding", "codes", "value", "new String(new char[]{{{codes}}}){is_text}"),
    template("container", "array", "value", "{name}[1]{literal}", before="var {name} = new Object[]{{{old}, {old}}};"),
    template("container", "list", "value", "{name}.get(0){literal}", before="var {name} = java.util.List.of({old});"),
    template("container", "map", "value", '{name}.get("go"){literal}', before='var {name} = java.util.Map.of("go", {old});'),
    template("container", "filled map", "value", '{name}.get("go"){literal}', before='var {name} = new java.util.HashMap<String, Object>();\n{name}.put("go", {old});'),
    template("alias", "variable", "value", "{name}{literal}", before="var {name} = {old};"),
    template("alias", "two variables", "value", "{name2}{literal}", before="var {name} = {old};\nvar {name2} = {name};"),
    template("alias", "constant of a class", "value", "{name}.GO{literal}", top="class {name} {{\n    static final Object GO = {old};\n}}"),
    template("wrapper", "method", "value", "{name}.go(){literal}", top="class {name} {{\n    static Object go() {{\n        return {old};\n    }}\n}}"),
    template("wrapper", "identity", "value", "{name}.go({old}){literal}", top="class {name} {{\n    static Object go(Object held) {{\n        return held;\n    }}\n}}"),
    template("wrapper", "lambda", "value", "{name}.get(){literal}", before="java.util.function.Supplier<Object> {name} = () -> {old};"),
    template("class", "instance", "value", "new {name}().held{literal}", top="class {name} {{\n    Object held = {old};\n}}"),
    template("class", "constructor", "value", "new {name}({old}).held{literal}", top="class {name} {{\n    Object held;\n    {name}(Object given) {{\n        this.held = given;\n    }}\n}}"),
    template("class", "record", "value", "new {name}({old}).held(){literal}", top="record {name}(Object held) {{\n}}"),
    template("conditional", "choice", "value", "(true ? {old} : {old}){literal}"),
    template("conditional", "both ways", "value", "{name}{literal}", before="Object {name};\nif (System.nanoTime() > 1) {{\n    {name} = {old};\n}} else {{\n    {name} = {old};\n}}"),
    template("conditional", "switch", "value", "{name}{literal}", before="Object {name} = switch (1) {{\n    case 1 -> {old};\n    default -> {old};\n}};"),
    template("side-effect write", "later", "value", "{name}{literal}", before="Object {name} = null;\n{name} = {old};"),
    template("side-effect write", "element", "value", "{name}[0]{literal}", before="var {name} = new Object[1];\n{name}[0] = {old};"),
    template("side-effect write", "field", "value", "{name2}.held{literal}", before="var {name2} = new {name}();\n{name2}.held = {old};", top="class {name} {{\n    Object held;\n}}"),
    template("loop", "each", "value", "{name}{literal}", before="Object {name} = null;\nfor (Object {name2} : new Object[]{{{old}}}) {{\n    {name} = {name2};\n}}"),
    template("default argument", "overload", "value", "{name}.go(){literal}", top="class {name} {{\n    static Object go() {{\n        return go({old});\n    }}\n    static Object go(Object held) {{\n        return held;\n    }}\n}}"),
    template("higher-order function", "given", "value", "{name}.apply({old}){literal}", before="java.util.function.Function<Object, Object> {name} = held -> held;"),
    template("higher-order function", "optional", "value", "java.util.Optional.of({old}).get(){literal}"),
    template("cast", "to an object", "value", "((Object) {old}){literal}"),
)  # fmt: skip
CALLS = (
    template("reflection", "static method", "call", "{object}.class.getMethod({member}).invoke(null{given}){type}"),
    template("reflection", "method", "call", "{object}.getClass().getMethod({member}).invoke({object}{given}){thing}"),
    template("alias", "object", "call", "{name}.{word}({arguments}){thing}", before="var {name} = {object};"),
    template("higher-order function", "call in a lambda", "call", "{name}.get()", before="java.util.function.Supplier<Object> {name} = () -> {old};"),
    template("container", "object in a list", "call", "{name}.get(0).{word}({arguments}){thing}", before="var {name} = java.util.List.of({object});"),
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
    return MANAGED.fields(sample, spot, lambda text: f'"{text}"')


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
