"""C++: C's ways, and those that only C++ has."""

from dataclasses import replace

from disguise import c
from disguise.ways import table

LANGUAGES = ("cpp",)
TARGETS = (0.90, 0.88)
TONGUE = replace(
    c.TONGUE,
    blocks=c.TONGUE.blocks | {"declaration_list"},
    imports=c.TONGUE.imports | {"using_declaration"},
    constants={**c.TONGUE.constants, "nullptr": "is_null"},
)
WAYS = (
    *c.WAYS,
    *table("value", {
        "string assembly": {
            "sum of strings": "(std::string({head}) + {tail}).c_str()",
            "string added to": ("{name}.c_str()", "std::string {name} = {head};\n{name} += {tail};"),
            "string appended to": ("{name}.c_str()", "std::string {name}({head});\n{name}.append({tail});"),
            "stream": ("{name}.str().c_str()", "std::ostringstream {name};\n{name} << {head} << {tail};"),
            "format": 'std::format("{{}}{{}}", {head}, {tail}).c_str()',
            "piece": "std::string({padded}).substr(2, {length}).c_str()",
            "raw text": 'R"({bare})"',
        },
        "encoding": {
            "turned round": ("{name}.c_str()", "std::string {name} = {reversed};\nstd::reverse({name}.begin(), {name}.end());"),
            "turned round by another": ("{name2}.c_str()", "std::string {name} = {reversed};\nstd::string {name2}({name}.rbegin(), {name}.rend());"),
            "codes": ("{name}{is_text}", "const char {name}[] = {{{codes}, 0}};"),
            "string of codes": ("{name}.c_str(){is_text}", "std::string {name} = {{{codes}}};"),
        },
        "container": {
            "vector": ("{name}[1]{literal}", "std::vector {name} = {{{old}, {old}}};"),
            "at": ("{name}.at(0){literal}", "std::vector {name}{{{old}}};"),
            "std::array": ("{name}[1]{literal}", "std::array {name} = {{{old}, {old}}};"),
            "map of texts": ('{name}["go"]{is_text}', 'std::map<std::string, const char *> {name} = {{{{"go", {old}}}}};'),
            "map of numbers": ('{name}.at("go"){is_number}', 'std::unordered_map<std::string, long> {name}{{{{"go", {old}}}}};'),
            "tuple": ("std::get<1>({name}){literal}", "auto {name} = std::make_tuple(9, {old});"),
            "pair": ("{name}.second{literal}", "auto {name} = std::make_pair(9, {old});"),
            "taken apart": ("{name}{literal}", "auto [{name2}, {name}] = std::make_pair(9, {old});"),
        },
        "alias": {
            "auto": ("{name}{literal}", "auto {name} = {old};"), "in braces": ("{name}{literal}", "auto {name}{{{old}}};"),
            "in brackets": ("{name}{literal}", "const auto {name}({old});"),
            "reference": ("{name2}{literal}", "auto {name} = {old};\nconst auto &{name2} = {name};"),
            "constexpr": ("{name}{literal}", "", "constexpr auto {name} = {old};"),
            "name space": ("{name}::held{literal}", "", "namespace {name} {{\nconstexpr auto held = {old};\n}}"),
            "view": ("{name}.data(){is_text}", "std::string_view {name} = {old};"),
        },
        "wrapper": {
            "lambda": ("{name}(){literal}", "auto {name} = [] {{ return {old}; }};"),
            "lambda at once": "[] {{ return {old}; }}(){literal}",
            "lambda that holds": ("{name}(){literal}", "auto {name} = [held = {old}] {{ return held; }};"),
            "function template": ("{name}({old}){literal}", "", "template <typename T>\nT {name}(T held) {{ return held; }}"),
            "deduced": ("{name}(){literal}", "", "static auto {name}() {{ return {old}; }}"),
            "trailing type": ("{name}(){is_text}", "", "static auto {name}() -> const char * {{ return {old}; }}"),
        },
        "class": {
            "static constant": ("{name}::held{literal}", "", "struct {name} {{ static constexpr auto held = {old}; }};"),
            "member": ("{name}().held{is_number}", "", "struct {name} {{ long held = {old}; }};"),
            "constructor": ("{name}({old}).held{is_text}", "", "struct {name} {{\n  const char *held;\n  explicit {name}(const char *given) : held(given) {{}}\n}};"),
            "method": ("{name}().give(){literal}", "", "struct {name} {{ auto give() const {{ return {old}; }} }};"),
            "static method": ("{name}::give(){literal}", "", "class {name} {{\npublic:\n  static auto give() {{ return {old}; }}\n}};"),
            "call operator": ("{name}()(){literal}", "", "struct {name} {{ auto operator()() const {{ return {old}; }} }};"),
            "inherited": ("{name2}::held{literal}", "", "struct {name} {{ static constexpr auto held = {old}; }};\nstruct {name2} : {name} {{}};"),
            "scoped enumeration": ("static_cast<long>({name}::held){is_number}", "", "enum class {name} {{ held = {old} }};"),
        },
        "conditional": {
            "choice of anything": "(true ? {old} : {old}){literal}",
            "if constexpr": ("{name}{is_number}", "long {name} = 0;\nif constexpr (true) {{ {name} = {old}; }}"),
            "optional": "std::optional({old}).value(){literal}", "value_or": "std::optional({old}).value_or({old}){literal}",
        },
        "default argument": {
            "text": ("{name}(){is_text}", "", "static const char *{name}(const char *held = {old}) {{ return held; }}"),
            "number": ("{name}(){is_number}", "", "static long {name}(long held = {old}) {{ return held; }}"),
        },
        "loop": {"each": ("{name}{literal}", "auto {name} = {old};\nfor (auto {name2} : {{{old}}}) {{ {name} = {name2}; }}")},
        "side-effect write": {
            "pushed": ("{name}[0]{is_number}", "std::vector<long> {name};\n{name}.push_back({old});"),
            "by reference": ("{name2}{is_number}", "long {name2} = 0;\n{name}({name2});", "static void {name}(long &held) {{ held = {old}; }}"),
            "put into a map": ('{name}["go"]{is_number}', 'std::map<std::string, long> {name};\n{name}["go"] = {old};'),
        },
        "cast": {
            "static": "static_cast<long>({old}){is_number}", "static of a text": "static_cast<const char *>({old}){is_text}",
            "const": "const_cast<char *>({old}){is_text}", "like a call": "long({old}){is_number}",
        },
        "higher-order function": {
            "generic lambda": "[](auto held) {{ return held; }}({old}){literal}",
            "invoke": "std::invoke([](auto held) {{ return held; }}, {old}){literal}",
        },
        "pointer": {"unique": ("*{name}{is_number}", "auto {name} = std::make_unique<long>({old});"), "moved": "std::move({old}){literal}"},
    }),
    *table("callee", {
        "alias": {
            "auto": ("{name}", "auto {name} = {old};"), "pointer by auto": ("{name}", "auto *{name} = &{old};"),
            "reference": ("{name}", "auto &{name} = {old};"), "from the outermost": "::{old}{plain_callee}",
        },
        "higher-order function": {"std::function": ("{name}", "std::function {name} = {old};")},
        "container": {"vector of functions": ("{name}[0]", "std::vector {name} = {{{old}}};")},
        "wrapper": {"lambda that passes on": ("{name}", "auto {name} = [](auto... rest) {{ return {old}(rest...); }};")},
        "class": {"static constant": ("{name}::run", "", "struct {name} {{ static constexpr auto run = {old}; }};")},
    }),
)  # fmt: skip
