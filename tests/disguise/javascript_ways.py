"""JavaScript's ways to hide values, names and imports; the others are in `javascript_calls`.

A word that a template only needs to be there stands as `{word}` and is empty.
"""

from typing import Final

from disguise.kinds import ASSEMBLY, COMPUTED, CONTAINER, ENCODING, IMPORT, REFLECTION
from disguise.ways import numbered, ways
from disguise.ways import template as _

BOTH = ("callee", "value", "maker")

_CONSTANTS: Final = (
    *ways(COMPUTED, "value", numbered("false", (
        "!1", "!!0", "!'x'", "(1 > 2)", "Boolean(0)", "!!''", "!!null", "([].length > 0)", "('a' === 'b')", "!!NaN",
        "!!void 0", "![]", "[1].includes(2)", "(typeof 1 === 'string')", "isNaN(1)", "JSON.parse('false')", "!{{}}",
        "(null === undefined)", "!~-2", "'abc'.includes('z')", "Object.is(1, 2)",
    ))),
    *ways(COMPUTED, "value", numbered("true", (
        "!0", "!!1", "!''", "Boolean(1)", "!![]", "(1 < 2)", "!!'x'", "!null", "(typeof 1 === 'number')",
        "Array.isArray([])", "JSON.parse('true')", "!!{{}}", "(null == undefined)", "'abc'.startsWith('a')",
    ))),
    *ways(COMPUTED, "value", numbered("null", (
        "({{}}.a ?? null)", "[null][0]", "JSON.parse('null')", "(0 || null)",
    ))),
    *ways(COMPUTED, "value", numbered("number", (
        "({more} - 7)", "({half} + {rest})", "Number('{number}')", "parseInt('{plain_number}')", "(+'{number}')",
        "~~({number})", "({number} | 0)", "Math.abs(-{number})", "JSON.parse('{plain_number}')",
        "Math.max({half}, {number})", "[{half}, {rest}].reduce((one, two) => one + two)", "Math.floor({number} + 0.5)",
        "Number({number}n)",
    ), "")),
)  # fmt: skip
_STRINGS: Final = (
    *ways(ASSEMBLY, "value", {
        "plus": "({head} + {tail})", "join": "[{head}, {tail}].join('')", "join characters": "[{chars}].join('')",
        "template": "`${{{head}}}${{{tail}}}`", "concat": "{head}.concat({tail})",
        "concat of nothing": "''.concat({head}, {tail})", "reversed": "{reversed}.split('').reverse().join('')",
        "spread and reversed": "[...{reversed}].reverse().join('')", "codes": "String.fromCharCode({codes})",
        "spread codes": "String.fromCharCode(...[{codes}])",
        "map of codes": "[{codes}].map((code) => String.fromCharCode(code)).join('')",
        "code points": "String.fromCodePoint({codes})", "apply of codes": "String.fromCharCode.apply(null, [{codes}])",
        "replace": "{spaced}.replace(/#/g, '')", "replaceAll": "{spaced}.replaceAll('#', '')",
        "split": "{spaced}.split('#').join('')", "slice": "{padded}.slice(2, -2)",
        "substring": "{padded}.substring(2, {length} + 2)", "substr": "{padded}.substr(2, {length})",
        "lower": "{upper}.toLowerCase(){is_lower}", "raw": "String.raw`{bare}`",
        "reduce": "[{chars}].reduce((one, two) => one + two, '')", "from": "Array.from([{head}, {tail}]).join('')",
        "values": "Object.values({{ a: {head}, b: {tail} }}).join('')", "trim": "(' ' + {text} + ' ').trim(){no_edge}",
        "second of a split": "('x,' + {text}).split(',')[1]{no_comma}", "padEnd": "{text}.padEnd(1)",
        "tagged template": "((parts, ...values) => parts.join('') + values.join(''))`{bare}`",
        "flat": "[[{head}], [{tail}]].flat().join('')", "String": "String([{text}])", "toString": "{text}.toString()",
        "repeat": "({text}.repeat(2)).slice({length})",
    }),
    _(ASSEMBLY, "augmented", "value", "{name}", "let {name} = {head};\n{name} += {tail};"),
    _(ASSEMBLY, "pushed", "value", "{name}.join('')", "const {name} = [];\n{name}.push({head});\n{name}.push({tail});"),
    _(ASSEMBLY, "loop", "value", "{name}", "let {name} = '';\nfor (const {name2} of [{chars}]) {name} += {name2};"),
    *ways(ENCODING, "value", {
        "base64": "atob({base64})", "base64 buffer": "Buffer.from({base64}, 'base64').toString()",
        "hex": "Buffer.from({hex}, 'hex').toString('utf8')", "percent": "decodeURIComponent({percent})",
        "unescape": "unescape({percent})", "hex escapes": "'{hex_escapes}'", "unicode escapes": "'{escapes}'",
        "bytes": "Buffer.from([{codes}]).toString()", "decoder": "new TextDecoder().decode(new Uint8Array([{codes}]))",
        "json": "JSON.parse('\"{json_escapes}\"')",
        "xor": "[{xored}].map((code) => String.fromCharCode(code ^ 5)).join('')",
        "hex pairs": "{hex}.match(/../g).map((pair) => String.fromCharCode(parseInt(pair, 16))).join('')",
        "typed array": "String.fromCharCode(...Uint8Array.from([{codes}]))",
        "decodeURI": "decodeURI({percent}){no_reserved}", "base64 of base64": "atob(atob({base64_twice}))",
        "shifted": "[{shifted}].map((code) => String.fromCharCode(code - 3)).join('')",
    }),
)  # fmt: skip
_REFLECTION: Final = (
    *ways(REFLECTION, ("callee", "maker"), {
        "index": "{object}[{member}]", "Reflect.get": "(Reflect.get({object}, {member}))",
        "pattern": "((({{ [{member}]: found }}) => found)({object}))",
        "pattern before": ("{name}", "const {{ [{member}]: {name} }} = {object};"),
        "name before": ("{object}[{name}]", "const {name} = {member};"), "list": "{object}[[{member}]]",
        "proxy": "(new Proxy({object}, {{}}).{word})", "Reflect": "(Reflect['get']({object}, {member}))",
        "optional": "{object}?.[{member}]{no_new}", "assigned": "(Object.assign({{}}, {{ f: {object}[{member}] }}).f)",
        "of a copy": "(((given) => given[{member}])({object}))",
        "proxy with a trap": "(new Proxy({{}}, {{ get: () => {old} }}).anything)",
        "global by index": "globalThis[{root}]", "global by Reflect": "(Reflect.get(globalThis, {root}))",
    }),
    _(REFLECTION, "Reflect.apply", "call", "Reflect.apply({callee}, null, [{inside}])"),
    _(REFLECTION, "Reflect.construct", "new", "Reflect.construct({callee}, [{inside}])"),
)  # fmt: skip
_HELD: Final = (
    *ways(CONTAINER, BOTH, {
        "list": "([{old}][0])", "object": "({{ go: {old} }}.go)", "object by index": "({{ go: {old} }}['go'])",
        "hole": "([, {old}][1])", "map": "(new Map([['go', {old}]]).get('go'))",
        "nested": "({{ a: [{{ b: {old} }}] }}.a[0].b)", "taken apart": ("{name}", "const [, {name}] = [null, {old}];"),
        "object taken apart": ("{name}", "const {{ go: {name} }} = {{ go: {old} }};"),
        "taken apart deeply": ("{name}", "const {{ a: [{{ b: {name} }}] }} = {{ a: [{{ b: {old} }}] }};"),
        "with a default": ("{name}", "const {{ go: {name} = null }} = {{ go: {old} }};"),
        "rest": ("({name2}[0])", "const [{name}, ...{name2}] = [null, {old}];"),
        "rest of an object": ("({name2}.go)", "const {{ a: {name}, ...{name2} }} = {{ a: 1, go: {old} }};"),
        "at": "([{old}].at(0))", "pop": "([{old}].pop())", "shift": "([{old}].shift())", "spread": "([...[{old}]][0])",
        "values": "(Object.values({{ a: {old} }})[0])", "entries": "(Object.entries({{ a: {old} }})[0][1])",
        "fromEntries": "(Object.fromEntries([['go', {old}]]).go)", "of": "(Array.of({old})[0])",
        "concatenated": "([null].concat([{old}])[1])", "slice": "([null, {old}].slice(1)[0])",
        "set": "([...new Set([{old}])][0])", "spread object": "({{ ...{{ go: {old} }} }}.go)",
        "table": ("({name}['go'])", "const {name} = {{ stay: null, go: {old} }};"),
        "frozen": "(Object.freeze({{ go: {old} }}).go)",
        "map set": ("({name}.get('go'))", "const {name} = new Map();\n{name}.set('go', {old});"),
        "splice": "([null, {old}].splice(1, 1)[0])", "iterator": "([{old}][Symbol.iterator]().next().value)",
        "find": "([{old}].find(() => true))", "last": "([null, {old}].slice(-1)[0])", "flat": "([[{old}]].flat()[0])",
        "optional chain": "({{ go: {old} }}?.go)",
    }),
)  # fmt: skip
_IMPORTS: Final = (
    *ways(IMPORT, ("module",), {
        "module.require": "module.require({module})", "main module": "process.mainModule.require({module})",
        "comma": "(0, require)({module})", "list": "[require][0]({module})", "eval": "eval('require')({module})",
        "alias": ("{name}({module})", "const {name} = require;"), "call": "require.call(null, {module})",
        "apply": "require.apply(null, [{module}])", "import": "(await import({module})).default{async}",
        "createRequire": "require('module').createRequire(__filename)({module})",
        "function": "((which) => require(which))({module})", "bind": "require.bind(null, {module})()",
        "map": "[{module}].map(require)[0]", "template": "require(`${{{module}}}`)",
        "Reflect": "Reflect.apply(require, null, [{module}])", "awaited import": "(await import({module})){async}",
    }),
    *ways(IMPORT, ("import",), {
        "require": "const {bound} = require({module});",
        "import with default": "const {bound} = (await import({module})).default;{default}",
        "import of a name space": "const {bound} = await import({module});",
        "module.require": "const {bound} = module.require({module});",
        "eval": "const {bound} = eval('require')({module});",
        "pattern": "const {{ default: {bound} }} = await import({module});{default}",
    }),
)  # fmt: skip
VALUES: Final = (*_CONSTANTS, *_STRINGS, *_REFLECTION, *_HELD, *_IMPORTS)
