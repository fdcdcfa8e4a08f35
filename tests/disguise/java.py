"""Java: which pieces of a sample can be disguised, and how."""

from disguise.managed import COMPUTED, Managed
from disguise.ways import table

LANGUAGES = ("java",)
TARGETS = (0.90, 0.88)
TONGUE = Managed(
    grammar="java",
    calls=frozenset({"method_invocation", "object_creation_expression"}),
    arguments=frozenset({"argument_list"}),
    blocks=frozenset({"block", "constructor_body"}),
    imports=frozenset({"import_declaration", "package_declaration"}),
    assigns=frozenset({"assignment_expression"}),
    callees=frozenset(),
    constants={"true": "is_true", "false": "is_false", "null": "is_null"},
)
WAYS = (
    *table("value", {
        "computed constant": {
            **COMPUTED, "length": '("x".length() > 3){is_false}',
            "empty": '"".isEmpty(){is_true}', "read": 'Boolean.parseBoolean("true"){is_true}',
        },
        "string assembly": {
            "sum of texts": "({head} + {tail})", "concat": "{head}.concat({tail})",
            "join": 'String.join("", {head}, {tail})', "format": 'String.format("%s%s", {head}, {tail})',
            "builder": "new StringBuilder({head}).append({tail}).toString()",
            "added": ("{name}{is_text}", "String {name} = {head};\n{name} += {tail};"),
        },
        "encoding": {
            "turned round": "new StringBuilder({reversed}).reverse().toString()",
            "base64": "new String(java.util.Base64.getDecoder().decode({base64}))",
            "capital letters": "{upper}.toLowerCase(){is_lower}", "codes": "new String(new char[]{{{codes}}}){is_text}",
        },
        "container": {
            "array": ("{name}[1]{literal}", "var {name} = new Object[]{{{old}, {old}}};"),
            "list": ("{name}.get(0){literal}", "var {name} = java.util.List.of({old});"),
            "map": ('{name}.get("go"){literal}', 'var {name} = java.util.Map.of("go", {old});'),
            "filled map": ('{name}.get("go"){literal}', 'var {name} = new java.util.HashMap<String, Object>();\n{name}.put("go", {old});'),
        },
        "alias": {
            "variable": ("{name}{literal}", "var {name} = {old};"),
            "two variables": ("{name2}{literal}", "var {name} = {old};\nvar {name2} = {name};"),
            "constant of a class": ("{name}.GO{literal}", "", "class {name} {{\n    static final Object GO = {old};\n}}"),
        },
        "wrapper": {
            "method": ("{name}.go(){literal}", "", "class {name} {{\n    static Object go() {{\n        return {old};\n    }}\n}}"),
            "identity": ("{name}.go({old}){literal}", "", "class {name} {{\n    static Object go(Object held) {{\n        return held;\n    }}\n}}"),
            "lambda": ("{name}.get(){literal}", "java.util.function.Supplier<Object> {name} = () -> {old};"),
        },
        "class": {
            "instance": ("new {name}().held{literal}", "", "class {name} {{\n    Object held = {old};\n}}"),
            "constructor": ("new {name}({old}).held{literal}", "", "class {name} {{\n    Object held;\n    {name}(Object given) {{\n        this.held = given;\n    }}\n}}"),
            "record": ("new {name}({old}).held(){literal}", "", "record {name}(Object held) {{\n}}"),
        },
        "conditional": {
            "choice": "(true ? {old} : {old}){literal}",
            "both ways": ("{name}{literal}", "Object {name};\nif (System.nanoTime() > 1) {{\n    {name} = {old};\n}} else {{\n    {name} = {old};\n}}"),
            "switch": ("{name}{literal}", "Object {name} = switch (1) {{\n    case 1 -> {old};\n    default -> {old};\n}};"),
        },
        "side-effect write": {
            "later": ("{name}{literal}", "Object {name} = null;\n{name} = {old};"),
            "element": ("{name}[0]{literal}", "var {name} = new Object[1];\n{name}[0] = {old};"),
            "field": ("{name2}.held{literal}", "var {name2} = new {name}();\n{name2}.held = {old};", "class {name} {{\n    Object held;\n}}"),
        },
        "loop": {
            "each": ("{name}{literal}", "Object {name} = null;\nfor (Object {name2} : new Object[]{{{old}}}) {{\n    {name} = {name2};\n}}"),
        },
        "default argument": {
            "overload": ("{name}.go(){literal}", "", "class {name} {{\n    static Object go() {{\n        return go({old});\n    }}\n    static Object go(Object held) {{\n        return held;\n    }}\n}}"),
        },
        "higher-order function": {
            "given": ("{name}.apply({old}){literal}", "java.util.function.Function<Object, Object> {name} = held -> held;"),
            "optional": "java.util.Optional.of({old}).get(){literal}",
        },
        "cast": {"to an object": "((Object) {old}){literal}"},
    }),
    *table("call", {
        "reflection": {
            "static method": "{object}.class.getMethod({member}).invoke(null{given}){type}",
            "method": "{object}.getClass().getMethod({member}).invoke({object}{given}){thing}",
        },
        "alias": {"object": ("{name}.{word}({arguments}){thing}", "var {name} = {object};")},
        "higher-order function": {
            "call in a lambda": ("{name}.get()", "java.util.function.Supplier<Object> {name} = () -> {old};"),
        },
        "container": {
            "object in a list": ("{name}.get(0).{word}({arguments}){thing}", "var {name} = java.util.List.of({object});"),
        },
    }),
)  # fmt: skip
