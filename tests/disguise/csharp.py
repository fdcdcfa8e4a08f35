"""C#: which pieces of a sample can be disguised, and how."""

from collections.abc import Mapping, Sequence

from disguise.managed import Managed
from disguise.sample import Sample, Spot
from disguise.ways import Places, template

__all__ = ["LANGUAGES", "TARGETS", "WAYS", "definitions", "fields", "places", "sound", "spots"]

LANGUAGES = ("csharp",)
TARGETS = (0.90, 0.80)
MANAGED = Managed(
    grammar="csharp",
    calls=frozenset({"invocation_expression", "object_creation_expression"}),
    arguments=frozenset({"argument_list"}),
    blocks=frozenset({"block"}),
    imports=frozenset({"using_directive"}),
    assigns=frozenset({"assignment_expression"}),
    callees=frozenset(),
    constants={"true": "is_true", "false": "is_false", "null": "is_null"},
    members=frozenset({"member_access_expression"}),
)


VALUES = (
    template("computed constant", "sum", "value", "({more} - 7){is_number}"),
    template("computed constant", "half", "value", "({twice} / 2){is_number}"),
    template("computed constant", "not", "value", "!true{is_false}"),
    template("computed constant", "comparison", "value", "(1 < 2){is_true}"),
    template("computed constant", "length", "value", '("x".Length > 3){is_false}'),
    template("computed constant", "read", "value", 'bool.Parse("true"){is_true}'),
    template("string assembly", "sum of texts", "value", "({head} + {tail})"),
    template("string assembly", "hole", "value", '$"{{{name}}}{{{name2}}}"{is_text}', before="var {name} = {head};\nvar {name2} = {tail};"),
    template("string assembly", "concat", "value", "string.Concat({head}, {tail})"),
    template("string assembly", "join", "value", 'string.Join("", new[] {{ {head}, {tail} }})'),
    template("string assembly", "format", "value", 'string.Format("{{0}}{{1}}", {head}, {tail})'),
    template("string assembly", "builder", "value", "new StringBuilder({head}).Append({tail}).ToString()"),
    template("string assembly", "added", "value", "{name}{is_text}", before="var {name} = {head};\n{name} += {tail};"),
    template("encoding", "base64", "value", "Encoding.UTF8.GetString(Convert.FromBase64String({base64}))"),
    template("encoding", "capital letters", "value", "{upper}.ToLower(){is_lower}"),
    template("encoding", "codes", "value", "Encoding.UTF8.GetString(new byte[] {{ {codes} }}){is_text}"),
    template("container", "array", "value", "{name}[1]{literal}", before="var {name} = new object[] {{ {old}, {old} }};"),
    template("container", "list", "value", "{name}[0]{literal}", before="var {name} = new List<object> {{ {old} }};"),
    template("container", "dictionary", "value", '{name}["go"]{literal}', before='var {name} = new Dictionary<string, object> {{ ["go"] = {old} }};'),
    template("container", "filled dictionary", "value", '{name}["go"]{literal}', before='var {name} = new Dictionary<string, object>();\n{name}["go"] = {old};'),
    template("container", "tuple", "value", "{name}{literal}", before="var ({name2}, {name}) = (1, {old});"),
    template("alias", "variable", "value", "{name}{literal}", before="var {name} = {old};"),
    template("alias", "two variables", "value", "{name2}{literal}", before="var {name} = {old};\nvar {name2} = {name};"),
    template("alias", "constant of a class", "value", "{name}.Go{literal}", top="static class {name}\n{{\n    public static readonly object Go = {old};\n}}"),
    template("wrapper", "method", "value", "{name}.Go(){literal}", top="static class {name}\n{{\n    public static object Go() => {old};\n}}"),
    template("wrapper", "identity", "value", "{name}.Go({old}){literal}", top="static class {name}\n{{\n    public static object Go(object held)\n    {{\n        return held;\n    }}\n}}"),
    template("wrapper", "lambda", "value", "{name}(){literal}", before="Func<object> {name} = () => {old};"),
    template("wrapper", "local function", "value", "{name}(){literal}", before="object {name}() => {old};"),
    template("class", "instance", "value", "new {name}().Held{literal}", top="class {name}\n{{\n    public object Held = {old};\n}}"),
    template("class", "property", "value", "new {name}().Held{literal}", top="class {name}\n{{\n    public object Held {{ get; set; }} = {old};\n}}"),
    template("class", "initializer", "value", "new {name} {{ Held = {old} }}.Held{literal}", top="class {name}\n{{\n    public object Held;\n}}"),
    template("class", "record", "value", "new {name}({old}).Held{literal}", top="record {name}(object Held);"),
    template("conditional", "choice", "value", "(true ? {old} : {old}){literal}"),
    template("conditional", "switch", "value", "{name}{literal}", before="var {name} = 1 switch {{ 1 => {old}, _ => {old} }};"),
    template("conditional", "default", "value", "(null ?? {old}){literal}"),
    template("side-effect write", "later", "value", "{name}{literal}", before="object {name} = null;\n{name} = {old};"),
    template("side-effect write", "element", "value", "{name}[0]{literal}", before="var {name} = new object[1];\n{name}[0] = {old};"),
    template("side-effect write", "field", "value", "{name2}.Held{literal}", before="var {name2} = new {name}();\n{name2}.Held = {old};", top="class {name}\n{{\n    public object Held;\n}}"),
    template("loop", "each", "value", "{name}{literal}", before="object {name} = null;\nforeach (var {name2} in new object[] {{ {old} }})\n{{\n    {name} = {name2};\n}}"),
    template("default argument", "overload", "value", "{name}.Go(){literal}", top="static class {name}\n{{\n    public static object Go() => Go({old});\n    public static object Go(object held) => held;\n}}"),
    template("higher-order function", "given", "value", "{name}({old}){literal}", before="Func<object, object> {name} = held => held;"),
    template("cast", "to an object", "value", "((object){old}){literal}"),
)  # fmt: skip
CALLS = (
    template("reflection", "static method", "call", "typeof({object}).GetMethod({member}).Invoke(null, new object[] {{ {arguments} }}){type}"),
    template("reflection", "method", "call", "{object}.GetType().GetMethod({member}).Invoke({object}, new object[] {{ {arguments} }}){thing}"),
    template("alias", "object", "call", "{name}.{word}({arguments}){thing}", before="var {name} = {object};"),
    template("higher-order function", "call in a lambda", "call", "{name}()", before="Func<object> {name} = () => {old};"),
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
