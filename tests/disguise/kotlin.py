"""Kotlin: which pieces of a sample can be disguised, and how."""

from disguise.managed import COMPUTED, Managed
from disguise.ways import table

LANGUAGES = ("kotlin",)
TARGETS = (0.90, 0.88)
TONGUE = Managed(
    grammar="kotlin",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"value_arguments"}),
    blocks=frozenset({"block"}),
    imports=frozenset({"import", "package_header"}),
    assigns=frozenset({"assignment"}),
    callees=frozenset({"identifier"}),
    constants={"true": "is_true", "false": "is_false", "null": "is_null"},
    members=frozenset({"navigation_expression"}),
    hole="$",
)
WAYS = (
    *table("value", {
        "computed constant": {
            **COMPUTED, "length": '("x".length > 3){is_false}', "empty": '"".isEmpty(){is_true}',
            "read": '"true".toBoolean(){is_true}',
        },
        "string assembly": {
            "sum of texts": "({head} + {tail})",
            "hole": ('"${name}${{{name2}}}"{is_text}', "val {name} = {head}\nval {name2} = {tail}"),
            "join": 'listOf({head}, {tail}).joinToString("")', "format": '"%s%s".format({head}, {tail})',
            "builder": "StringBuilder({head}).append({tail}).toString()",
            "added": ("{name}{is_text}", "var {name} = {head}\n{name} += {tail}"),
        },
        "encoding": {
            "turned round": "{reversed}.reversed()", "base64": "String(java.util.Base64.getDecoder().decode({base64}))",
            "capital letters": "{upper}.lowercase(){is_lower}",
        },
        "container": {
            "array": ("{name}[1]{literal}", "val {name} = arrayOf({old}, {old})"),
            "list": ("{name}[0]{literal}", "val {name} = listOf({old})"),
            "map": ('{name}["go"]{literal}', 'val {name} = mapOf("go" to {old})'),
            "filled map": ('{name}["go"]{literal}', 'val {name} = mutableMapOf<String, Any>()\n{name}["go"] = {old}'),
        },
        "alias": {
            "variable": ("{name}{literal}", "val {name} = {old}"),
            "two variables": ("{name2}{literal}", "val {name} = {old}\nval {name2} = {name}"),
            "constant of an object": ("{name}.held{literal}", "", "object {name} {{\n    val held = {old}\n}}"),
            "constant of the file": ("{name}{literal}", "", "val {name} = {old}"),
        },
        "wrapper": {
            "function": ("{name}(){literal}", "", "fun {name}() = {old}"),
            "identity": ("{name}({old}){literal}", "", "fun {name}(held: Any): Any {{\n    return held\n}}"),
            "lambda": ("{name}(){literal}", "val {name} = {{ {old} }}"),
        },
        "class": {
            "instance": ("{name}().held{literal}", "", "class {name} {{\n    val held = {old}\n}}"),
            "constructor": ("{name}({old}).held{literal}", "", "class {name}(val held: Any)"),
        },
        "conditional": {
            "choice": "(if (true) {old} else {old}){literal}",
            "when": ("{name}{literal}", "val {name} = when (1) {{\n    1 -> {old}\n    else -> {old}\n}}"),
            "default": "(null ?: {old}){literal}",
        },
        "side-effect write": {
            "later": ("{name}{literal}", "var {name}: Any? = null\n{name} = {old}"),
            "field": ("{name2}.held{literal}", "val {name2} = {name}()\n{name2}.held = {old}", "class {name} {{\n    var held: Any? = null\n}}"),
        },
        "loop": {
            "each": ("{name}{literal}", "var {name}: Any? = null\nfor ({name2} in listOf({old})) {{\n    {name} = {name2}\n}}"),
        },
        "default argument": {"of a function": ("{name}(){literal}", "", "fun {name}(held: Any = {old}) = held")},
        "higher-order function": {"let": "{old}.let {{ it }}{literal}", "run": "run {{ {old} }}{literal}"},
        "cast": {"to any": "({old} as Any){literal}"},
    }),
    *table("call", {
        "reflection": {
            "static method": "{object}::class.java.getMethod({member}).invoke(null{given}){type}",
            "method": "{object}.javaClass.getMethod({member}).invoke({object}{given}){thing}",
        },
        "alias": {"object": ("{name}.{word}({arguments}){thing}", "val {name} = {object}")},
        "higher-order function": {
            "call in a lambda": ("{name}()", "val {name} = {{ {old} }}"),
            "call on": "{object}.let {{ it.{word}({arguments}) }}{thing}",
        },
    }),
)  # fmt: skip
