"""Go: which pieces of a sample can be disguised, and how."""

from disguise.native import FLAGS, NUMBERS, Native
from disguise.ways import table

LANGUAGES = ("go",)
TARGETS = (0.90, 0.88)
TONGUE = Native(
    grammar="go",
    calls=frozenset({"call_expression"}),
    arguments=frozenset({"argument_list"}),
    blocks=frozenset({"source_file", "block", "statement_list"}),
    imports=frozenset({"package_clause", "import_declaration"}),
    assigns=frozenset({"assignment_statement", "keyed_element"}),
    callees=frozenset({"identifier", "selector_expression"}),
    constants={"true": "is_true", "false": "is_false", "nil": "is_null"},
)
WAYS = (
    *table("value", {
        "computed constant": {
            **NUMBERS, **FLAGS, "length": '(len("x") > 3){is_false}', "contained": 'strings.Contains("abc", "b"){is_true}',
            "shifted": "({twice} >> 1){is_number}",
        },
        "string assembly": {
            "sum of texts": "({head} + {tail})", "Sprintf": 'fmt.Sprintf("%s%s", {head}, {tail})', "Sprint": "fmt.Sprint({head}, {tail})",
            "join": 'strings.Join([]string{{{head}, {tail}}}, "")', "replaced": 'strings.ReplaceAll({padded}, "~~", "")',
            "trimmed": 'strings.Trim({padded}, "~")', "piece": "{padded}[2 : {length}+2]", "raw text": "`{bare}`",
            "builder": ("{name}.String()", "var {name} strings.Builder\n{name}.WriteString({head})\n{name}.WriteString({tail})"),
            "added": ("{name}{is_text}", "{name} := {head}\n{name} += {tail}"), "capital letters": "strings.ToLower({upper}){is_lower}",
        },
        "encoding": {
            "escapes": '"{hex_escapes}"', "bytes": "string([]byte{{{codes}}}){is_text}", "runes": "string([]rune{{{codes}}}){is_text}",
            "base64": ("string({name})", "{name}, _ := base64.StdEncoding.DecodeString({base64})"),
            "hex": ("string({name})", "{name}, _ := hex.DecodeString({hex})"),
        },
        "container": {
            "slice": "[]any{{9, {old}}}[1]{literal}", "map": 'map[string]any{{"go": {old}}}["go"]{literal}',
            "slice before": ("{name}[1]{literal}", "{name} := []any{{9, {old}}}"),
            "map before": ('{name}["go"]{literal}', '{name} := map[string]any{{"go": {old}}}'),
            "structure": "struct{{ held any }}{{{old}}}.held{literal}", "array": ("{name}[0]{literal}", "{name} := [1]any{{{old}}}"),
            "two at once": ("{name}{literal}", "{name2}, {name} := 1, {old}\n_ = {name2}"),
        },
        "alias": {
            "variable": ("{name}{literal}", "{name} := {old}"), "declared": ("{name}{literal}", "var {name} = {old}"),
            "two variables": ("{name2}{literal}", "{name} := {old}\n{name2} := {name}"),
            "constant": ("{name}{literal}", "", "const {name} = {old}"), "of the file": ("{name}{literal}", "", "var {name} = {old}"),
            "in a group": ("{name}{literal}", "", "const (\n\t{name2} = 1\n\t{name} = {old}\n)"),
        },
        "pointer": {
            "followed": ("*{name2}{literal}", "{name} := {old}\n{name2} := &{name}"),
            "new": ("*{name}{is_text}", "{name} := new(string)\n*{name} = {old}"),
        },
        "wrapper": {
            "function at once": "func() any {{ return {old} }}(){literal}", "closure": ("{name}(){literal}", "{name} := func() any {{ return {old} }}"),
            "function": ("{name}(){literal}", "", "func {name}() any {{\n\treturn {old}\n}}"),
            "identity": ("{name}({old}){literal}", "", "func {name}(held any) any {{\n\treturn held\n}}"),
            "generic": ("{name}({old}){literal}", "", "func {name}[T any](held T) T {{\n\treturn held\n}}"),
            "two results": ("{name2}{literal}", "{name2}, _ := {name}()", "func {name}() (any, error) {{\n\treturn {old}, nil\n}}"),
            "named result": ("{name}(){literal}", "", "func {name}() (held any) {{\n\theld = {old}\n\treturn\n}}"),
        },
        "class": {
            "field": ("{name}{{held: {old}}}.held{literal}", "", "type {name} struct {{\n\theld any\n}}"),
            "method": ("{name}{{}}.give(){literal}", "", "type {name} struct{{}}\n\nfunc ({name}) give() any {{\n\treturn {old}\n}}"),
            "maker": ("{name2}().held{literal}", "", "type {name} struct {{\n\theld any\n}}\n\nfunc {name2}() *{name} {{\n\treturn &{name}{{held: {old}}}\n}}"),
            "embedded": ("{name2}{{{name}{{held: {old}}}}}.held{literal}", "", "type {name} struct {{\n\theld any\n}}\n\ntype {name2} struct {{\n\t{name}\n}}"),
        },
        "conditional": {
            "branch": ("{name}{literal}", "var {name} any = {old}\nif len(os.Args) > 1 {{\n\t{name} = {old}\n}}"),
            "either way": ("{name}{literal}", "var {name} any\nif len(os.Args) > 1 {{\n\t{name} = {old}\n}} else {{\n\t{name} = {old}\n}}"),
            "switch": ("{name}{literal}", "var {name} any\nswitch {{\ncase true:\n\t{name} = {old}\ndefault:\n\t{name} = {old}\n}}"),
        },
        "side-effect write": {
            "later": ("{name}{literal}", "var {name} any\n{name} = {old}"),
            "put into a map": ('{name}["go"]{literal}', '{name} := map[string]any{{}}\n{name}["go"] = {old}'),
            "appended": ("{name}[0]{literal}", "var {name} []any\n{name} = append({name}, {old})"),
            "field": ("{name2}.held{literal}", "var {name2} {name}\n{name2}.held = {old}", "type {name} struct {{\n\theld any\n}}"),
            "by pointer": ("{name2}{literal}", "var {name2} any\n{name}(&{name2})", "func {name}(held *any) {{\n\t*held = {old}\n}}"),
            "in a closure": ("{name}{literal}", "var {name} any\nfunc() {{ {name} = {old} }}()"),
        },
        "loop": {
            "each": ("{name}{literal}", "var {name} any\nfor _, {name2} := range []any{{{old}}} {{\n\t{name} = {name2}\n}}"),
            "once": ("{name}{literal}", "var {name} any\nfor {name2} := 0; {name2} < 1; {name2}++ {{\n\t{name} = {old}\n}}"),
        },
        "splat": {
            "variadic": ("{name}({old}){literal}", "", "func {name}(held ...any) any {{\n\treturn held[0]\n}}"),
            "spread": ("{name}([]any{{{old}}}...){literal}", "", "func {name}(held ...any) any {{\n\treturn held[0]\n}}"),
        },
        "higher-order function": {
            "given": ("{name}(func() any {{ return {old} }}){literal}", "", "func {name}(make func() any) any {{\n\treturn make()\n}}"),
            "returned": ("{name}({old})(){literal}", "", "func {name}(held any) func() any {{\n\treturn func() any {{ return held }}\n}}"),
        },
        "channel": {"sent": ("<-{name}{literal}", "{name} := make(chan any, 1)\n{name} <- {old}")},
        "cast": {
            "text": "string({old}){is_text}", "number": "int({old}){is_number}", "asserted text": "any({old}).(string){is_text}",
            "asserted flag": "any({old}).(bool){is_true}", "interface": ("{name}.(string){is_text}", "var {name} interface{{}} = {old}"),
        },
    }),
    *table("callee", {
        "alias": {"function value": ("{name}", "{name} := {old}"), "declared": ("{name}", "var {name} = {old}"), "of the file": ("{name}{plain_callee}", "", "var {name} = {old}")},
        "container": {
            "map of functions": ('{name}["go"]', '{name} := map[string]any{{"go": {old}}}'), "slice of functions": ("{name}[0]", "{name} := []any{{{old}}}"),
            "structure of functions": ("{name}.run", "{name} := struct{{ run any }}{{run: {old}}}"),
        },
        "wrapper": {"at once": "func() any {{ return {old} }}()"},
        "brackets": {"round the name": "({old})"},
        "pointer": {"followed": ("(*{name2})", "{name} := {old}\n{name2} := &{name}")},
        "conditional": {"either way": ("{name}", "{name} := {old}\nif len(os.Args) > 1 {{\n\t{name} = {old}\n}}")},
    }),
)  # fmt: skip
