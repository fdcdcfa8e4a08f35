"""C: which pieces of a sample can be disguised, and how."""

from disguise.native import NUMBERS, Native
from disguise.ways import table

LANGUAGES = ("c",)
TARGETS = (0.90, 0.88)
TONGUE = Native(
    grammar="cpp",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"argument_list"}),
    blocks=frozenset({"translation_unit", "compound_statement"}),
    imports=frozenset({"preproc_include"}),
    assigns=frozenset({"assignment_expression"}),
    callees=frozenset({"identifier", "qualified_identifier"}),
    constants={"true": "is_true", "false": "is_false", "NULL": "is_null"},
)
WAYS = (
    *table("value", {
        "computed constant": {
            **NUMBERS, "not": "!1{zero}",
            "comparison": "(2 < 1){zero}", "no": "!true{is_false}", "yes": "!false{is_true}",
        },
        "string assembly": {
            "side by side": "{head} {tail}",
            "copied": ("{name}{is_text}", "char {name}[200] = {head};\nstrcat({name}, {tail});"),
            "printed": ("{name}", 'char {name}[200];\nsnprintf({name}, sizeof {name}, "%s%s", {head}, {tail});'),
        },
        "encoding": {"hexadecimal escapes": '"{hex_escapes}"'},
        "container": {
            "array of texts": ("{name}[1]{is_text}", 'const char *{name}[] = {{"", {old}}};'),
            "array of numbers": ("{name}[1]{is_number}", "const long {name}[] = {{9, {old}}};"),
            "structure": ("{name2}.held{is_number}", "struct {name} {name2} = {{ .held = {old} }};", "struct {name} {{ long held; }};"),
        },
        "alias": {
            "macro": ("{name}{literal}", "", "#define {name} {old}"),
            "constant": ("{name}{is_number}", "", "static const long {name} = {old};"),
            "variable": ("{name}{is_text}", "const char *{name} = {old};"),
            "enumeration": ("{name}{is_number}", "", "enum {{ {name} = {old} }};"),
        },
        "wrapper": {
            "function": ("{name}(){is_number}", "", "static long {name}(void) {{ return {old}; }}"),
            "function of a text": ("{name}(){is_text}", "", "static const char *{name}(void) {{ return {old}; }}"),
            "identity": ("{name}({old}){is_number}", "", "static long {name}(long n) {{ return n; }}"),
        },
        "macro": {
            "with a parameter": ("{name}({old}){literal}", "", "#define {name}(x) (x)"),
            "of a macro": ("{name}{literal}", "", "#define {name2} {old}\n#define {name} {name2}"),
        },
        "conditional": {
            "choice": "(1 ? {old} : 0){is_number}",
            "preprocessor": ("{name}{literal}", "", "#if 1\n#define {name} {old}\n#endif"),
            "branch": ("{name}{is_number}", "long {name} = {old};\nif (1) {{ {name} = {old}; }}"),
        },
        "side-effect write": {
            "later": ("{name}{is_number}", "long {name};\n{name} = {old};"),
            "field": ("{name2}.held{is_number}", "struct {name} {name2};\n{name2}.held = {old};", "struct {name} {{ long held; }};"),
            "element": ("{name}[0]{is_number}", "long {name}[1];\n{name}[0] = {old};"),
        },
        "loop": {
            "once": ("{name}{is_number}", "long {name} = {old};\nfor (int i = 0; i < 1; i++) {{ {name} = {old}; }}"),
        },
        "cast": {"number": "(long)({old}){is_number}", "text": "(const char *)({old}){is_text}"},
        "comma": {"two values": "(0, {old}){is_number}"},
    }),
    *table("callee", {
        "alias": {
            "function pointer": ("{name}{plain_callee}", "int (*{name})() = {old};"),
            "macro of a name": ("{name}{plain_callee}", "", "#define {name} {old}"),
            "global pointer": ("{name}{plain_callee}", "", "static int (*{name})() = {old};"),
            "address": ("{name}{plain_callee}", "int (*{name})() = &{old};"),
        },
        "container": {
            "table of functions": ("{name}[0]{plain_callee}", "int (*{name}[])() = {{ {old} }};"),
            "structure of functions": ("{name2}.run{plain_callee}", "struct {name} {name2} = {{ .run = {old} }};", "struct {name} {{ int (*run)(); }};"),
        },
        "higher-order function": {
            "chosen by a function": ("{name}(){plain_callee}", "", "static int (*{name}(void))() {{ return {old}; }}"),
        },
        "conditional": {"either way": "(1 ? {old} : {old}){plain_callee}"},
        "cast": {"function": "((int (*)()){old}){plain_callee}"},
        "brackets": {"round the name": "({old})"},
        "pointer": {"followed": "(*{old}){plain_callee}"},
    }),
)  # fmt: skip
