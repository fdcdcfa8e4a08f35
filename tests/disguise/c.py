"""C and C++: which pieces of a sample can be disguised, and how."""

from collections.abc import Mapping, Sequence

from disguise.native import Native
from disguise.sample import Sample, Spot
from disguise.ways import Places, template

__all__ = ["LANGUAGES", "TARGETS", "WAYS", "definitions", "fields", "places", "sound", "spots"]

LANGUAGES = ("c", "cpp")
TARGETS = (0.90, 0.80)
NATIVE = Native(
    grammar="cpp",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"argument_list"}),
    blocks=frozenset({"translation_unit", "compound_statement"}),
    imports=frozenset({"preproc_include"}),
    assigns=frozenset({"assignment_expression"}),
    callees=frozenset({"identifier", "qualified_identifier"}),
    constants={"true": "is_true", "false": "is_false", "NULL": "is_null"},
)
VALUES = (
    template("computed constant", "sum", "value", "({more} - 7){is_number}"),
    template("computed constant", "half", "value", "({twice} / 2){is_number}"),
    template("computed constant", "not", "value", "!1{zero}"),
    template("computed constant", "comparison", "value", "(2 < 1){zero}"),
    template("computed constant", "no", "value", "!true{is_false}"),
    template("computed constant", "yes", "value", "!false{is_true}"),
    template("string assembly", "side by side", "value", "{head} {tail}"),
    template(
        "string assembly",
        "copied",
        "value",
        "{name}{is_text}",
        before="char {name}[200] = {head};\nstrcat({name}, {tail});",
    ),
    template(
        "string assembly",
        "printed",
        "value",
        "{name}",
        before='char {name}[200];\nsnprintf({name}, sizeof {name}, "%s%s", {head}, {tail});',
    ),
    template("encoding", "hexadecimal escapes", "value", '"{hex_escapes}"'),
    template(
        "container", "array of texts", "value", "{name}[1]{is_text}", before='const char *{name}[] = {{"", {old}}};'
    ),
    template(
        "container", "array of numbers", "value", "{name}[1]{is_number}", before="const long {name}[] = {{9, {old}}};"
    ),
    template(
        "container",
        "structure",
        "value",
        "{name2}.held{is_number}",
        top="struct {name} {{ long held; }};",
        before="struct {name} {name2} = {{ .held = {old} }};",
    ),
    template("alias", "macro", "value", "{name}{literal}", top="#define {name} {old}"),
    template("alias", "constant", "value", "{name}{is_number}", top="static const long {name} = {old};"),
    template("alias", "variable", "value", "{name}{is_text}", before="const char *{name} = {old};"),
    template("alias", "enumeration", "value", "{name}{is_number}", top="enum {{ {name} = {old} }};"),
    template("wrapper", "function", "value", "{name}(){is_number}", top="static long {name}(void) {{ return {old}; }}"),
    template(
        "wrapper",
        "function of a text",
        "value",
        "{name}(){is_text}",
        top="static const char *{name}(void) {{ return {old}; }}",
    ),
    template(
        "wrapper", "identity", "value", "{name}({old}){is_number}", top="static long {name}(long n) {{ return n; }}"
    ),
    template("macro", "with a parameter", "value", "{name}({old}){literal}", top="#define {name}(x) (x)"),
    template("macro", "of a macro", "value", "{name}{literal}", top="#define {name2} {old}\n#define {name} {name2}"),
    template("conditional", "choice", "value", "(1 ? {old} : 0){is_number}"),
    template("conditional", "preprocessor", "value", "{name}{literal}", top="#if 1\n#define {name} {old}\n#endif"),
    template(
        "conditional",
        "branch",
        "value",
        "{name}{is_number}",
        before="long {name} = {old};\nif (1) {{ {name} = {old}; }}",
    ),
    template("side-effect write", "later", "value", "{name}{is_number}", before="long {name};\n{name} = {old};"),
    template(
        "side-effect write",
        "field",
        "value",
        "{name2}.held{is_number}",
        top="struct {name} {{ long held; }};",
        before="struct {name} {name2};\n{name2}.held = {old};",
    ),
    template(
        "side-effect write", "element", "value", "{name}[0]{is_number}", before="long {name}[1];\n{name}[0] = {old};"
    ),
    template(
        "loop",
        "once",
        "value",
        "{name}{is_number}",
        before="long {name} = {old};\nfor (int i = 0; i < 1; i++) {{ {name} = {old}; }}",
    ),
    template("cast", "number", "value", "(long)({old}){is_number}"),
    template("cast", "text", "value", "(const char *)({old}){is_text}"),
    template("comma", "two values", "value", "(0, {old}){is_number}"),
)
CALLEES = (
    template("alias", "function pointer", "callee", "{name}{plain_callee}", before="int (*{name})() = {old};"),
    template("alias", "macro of a name", "callee", "{name}{plain_callee}", top="#define {name} {old}"),
    template("alias", "global pointer", "callee", "{name}{plain_callee}", top="static int (*{name})() = {old};"),
    template("alias", "address", "callee", "{name}{plain_callee}", before="int (*{name})() = &{old};"),
    template("container", "table of functions", "callee", "{name}[0]{plain_callee}", before="int (*{name}[])() = {{ {old} }};"),
    template("container", "structure of functions", "callee", "{name2}.run{plain_callee}", top="struct {name} {{ int (*run)(); }};", before="struct {name} {name2} = {{ .run = {old} }};"),
    template("higher-order function", "chosen by a function", "callee", "{name}(){plain_callee}", top="static int (*{name}(void))() {{ return {old}; }}"),
    template("conditional", "either way", "callee", "(1 ? {old} : {old}){plain_callee}"),
    template("cast", "function", "callee", "((int (*)()){old}){plain_callee}"),
    template("brackets", "round the name", "callee", "({old})"),
    template("pointer", "followed", "callee", "(*{old}){plain_callee}"),
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
