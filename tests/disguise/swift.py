"""Swift: which pieces of a sample can be disguised, and how."""

from disguise.native import FLAGS, NUMBERS, Native
from disguise.ways import table

LANGUAGES = ("swift",)
TARGETS = (0.90, 0.88)
TONGUE = Native(
    grammar="swift",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"value_arguments"}),
    blocks=frozenset({"source_file", "statements"}),
    imports=frozenset({"import_declaration"}),
    assigns=frozenset({"assignment"}),
    callees=frozenset({"simple_identifier", "navigation_expression"}),
    constants={"true": "is_true", "false": "is_false", "nil": "is_null"},
)
WAYS = (
    *table("value", {
        "computed constant": {
            **NUMBERS, **FLAGS,
        },
        "string assembly": {
            "sum of texts": "({head} + {tail})",
            "hole": ('"\\({name})\\({name2})"', "let {name} = {head}\nlet {name2} = {tail}"),
            "joined": "[{head}, {tail}].joined()",
            "added": ("{name}{is_text}", "var {name} = {head}\n{name} += {tail}"),
        },
        "encoding": {
            "turned round": "String({reversed}.reversed())", "capital letters": "{upper}.lowercased(){is_lower}",
        },
        "container": {
            "array": ("{name}[1]{literal}", "let {name} = [{old}, {old}]"),
            "dictionary": ('{name}["go"]!{literal}', 'let {name} = ["go": {old}]'),
            "tuple": ("{name}.1{literal}", "let {name} = (9, {old})"),
        },
        "alias": {
            "variable": ("{name}{literal}", "let {name} = {old}"),
            "global": ("{name}{literal}", "", "let {name} = {old}"),
        },
        "wrapper": {
            "text": ("{name}(){is_text}", "", "func {name}() -> String {{ return {old} }}"),
            "number": ("{name}(){is_number}", "", "func {name}() -> Int {{ {old} }}"),
            "flag": ("{name}(){is_true}", "", "func {name}() -> Bool {{ return {old} }}"),
        },
        "closure": {"called": ("{name}(){literal}", "let {name} = {{ {old} }}")},
        "class": {
            "static": ("{name}.held{literal}", "", "struct {name} {{\n  static let held = {old}\n}}"),
            "instance": ("{name}().held{literal}", "", "struct {name} {{\n  var held = {old}\n}}"),
        },
        "conditional": {"choice": "(true ? {old} : {old}){literal}", "default": "(nil ?? {old}){literal}"},
        "side-effect write": {"later": ("{name}{is_number}", "var {name} = 0\n{name} = {old}")},
        "loop": {"once": ("{name}{is_number}", "var {name} = {old}\nfor _ in 0..<1 {{ {name} = {old} }}")},
        "option": {
            "unwrapped": "Optional.some({old})!{literal}",
            "guard": ("{name}{literal}", "guard let {name} = Optional.some({old}) else {{ return }}"),
        },
        "default argument": {
            "text": ("{name}(){is_text}", "", "func {name}(_ held: String = {old}) -> String {{ return held }}"),
        },
        "higher-order function": {
            "mapped": "[{old}].map {{ $0 }}[0]{literal}",
            "given": ("{name} {{ {old} }}{is_text}", "", "func {name}(_ make: () -> String) -> String {{ return make() }}"),
        },
        "enumeration": {
            "raw value": ("{name}.go.rawValue{is_text}", "", "enum {name}: String {{\n  case go = {old}\n}}"),
        },
    }),
    *table("callee", {
        "alias": {"function value": ("{name}", "let {name} = {old}")},
        "container": {
            "array of functions": ("{name}[0]", "let {name} = [{old}]"),
            "dictionary of functions": ('{name}["go"]!', 'let {name} = ["go": {old}]'),
        },
        "brackets": {"round the name": "({old})"},
    }),
)  # fmt: skip
