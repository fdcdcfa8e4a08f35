"""C#: which pieces of a sample can be disguised, and how."""

from disguise.managed import COMPUTED, Managed
from disguise.ways import table

LANGUAGES = ("csharp",)
TARGETS = (0.90, 0.88)
TONGUE = Managed(
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
WAYS = (
    *table("value", {
        "computed constant": {
            **COMPUTED, "length": '("x".Length > 3){is_false}',
            "read": 'bool.Parse("true"){is_true}',
        },
        "string assembly": {
            "sum of texts": "({head} + {tail})",
            "hole": ('$"{{{name}}}{{{name2}}}"{is_text}', "var {name} = {head};\nvar {name2} = {tail};"),
            "concat": "string.Concat({head}, {tail})", "join": 'string.Join("", new[] {{ {head}, {tail} }})',
            "format": 'string.Format("{{0}}{{1}}", {head}, {tail})',
            "builder": "new StringBuilder({head}).Append({tail}).ToString()",
            "added": ("{name}{is_text}", "var {name} = {head};\n{name} += {tail};"),
        },
        "encoding": {
            "base64": "Encoding.UTF8.GetString(Convert.FromBase64String({base64}))",
            "capital letters": "{upper}.ToLower(){is_lower}",
            "codes": "Encoding.UTF8.GetString(new byte[] {{ {codes} }}){is_text}",
        },
        "container": {
            "array": ("{name}[1]{literal}", "var {name} = new object[] {{ {old}, {old} }};"),
            "list": ("{name}[0]{literal}", "var {name} = new List<object> {{ {old} }};"),
            "dictionary": ('{name}["go"]{literal}', 'var {name} = new Dictionary<string, object> {{ ["go"] = {old} }};'),
            "filled dictionary": ('{name}["go"]{literal}', 'var {name} = new Dictionary<string, object>();\n{name}["go"] = {old};'),
            "tuple": ("{name}{literal}", "var ({name2}, {name}) = (1, {old});"),
        },
        "alias": {
            "variable": ("{name}{literal}", "var {name} = {old};"),
            "two variables": ("{name2}{literal}", "var {name} = {old};\nvar {name2} = {name};"),
            "constant of a class": ("{name}.Go{literal}", "", "static class {name}\n{{\n    public static readonly object Go = {old};\n}}"),
        },
        "wrapper": {
            "method": ("{name}.Go(){literal}", "", "static class {name}\n{{\n    public static object Go() => {old};\n}}"),
            "identity": ("{name}.Go({old}){literal}", "", "static class {name}\n{{\n    public static object Go(object held)\n    {{\n        return held;\n    }}\n}}"),
            "lambda": ("{name}(){literal}", "Func<object> {name} = () => {old};"),
            "local function": ("{name}(){literal}", "object {name}() => {old};"),
        },
        "class": {
            "instance": ("new {name}().Held{literal}", "", "class {name}\n{{\n    public object Held = {old};\n}}"),
            "property": ("new {name}().Held{literal}", "", "class {name}\n{{\n    public object Held {{ get; set; }} = {old};\n}}"),
            "initializer": ("new {name} {{ Held = {old} }}.Held{literal}", "", "class {name}\n{{\n    public object Held;\n}}"),
            "record": ("new {name}({old}).Held{literal}", "", "record {name}(object Held);"),
        },
        "conditional": {
            "choice": "(true ? {old} : {old}){literal}",
            "switch": ("{name}{literal}", "var {name} = 1 switch {{ 1 => {old}, _ => {old} }};"),
            "default": "(null ?? {old}){literal}",
        },
        "side-effect write": {
            "later": ("{name}{literal}", "object {name} = null;\n{name} = {old};"),
            "element": ("{name}[0]{literal}", "var {name} = new object[1];\n{name}[0] = {old};"),
            "field": ("{name2}.Held{literal}", "var {name2} = new {name}();\n{name2}.Held = {old};", "class {name}\n{{\n    public object Held;\n}}"),
        },
        "loop": {
            "each": ("{name}{literal}", "object {name} = null;\nforeach (var {name2} in new object[] {{ {old} }})\n{{\n    {name} = {name2};\n}}"),
        },
        "default argument": {
            "overload": ("{name}.Go(){literal}", "", "static class {name}\n{{\n    public static object Go() => Go({old});\n    public static object Go(object held) => held;\n}}"),
        },
        "higher-order function": {"given": ("{name}({old}){literal}", "Func<object, object> {name} = held => held;")},
        "cast": {"to an object": "((object){old}){literal}"},
    }),
    *table("call", {
        "reflection": {
            "static method": "typeof({object}).GetMethod({member}).Invoke(null, new object[] {{ {arguments} }}){type}",
            "method": "{object}.GetType().GetMethod({member}).Invoke({object}, new object[] {{ {arguments} }}){thing}",
        },
        "alias": {"object": ("{name}.{word}({arguments}){thing}", "var {name} = {object};")},
        "higher-order function": {"call in a lambda": ("{name}()", "Func<object> {name} = () => {old};")},
    }),
)  # fmt: skip
