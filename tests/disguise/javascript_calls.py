"""JavaScript's ways to hide calls, assignments and the flow that leads to them; values and names: `javascript_ways`."""

import re
from typing import Final

from disguise.kinds import ALIAS, CLASS, CODE, CONDITION, DEFAULT, HIGHER, LOOP, SCOPE, SPLAT, WRAPPER, WRITE
from disguise.sample import Sample, Spot
from disguise.ways import Tongue, Way, ways
from disguise.ways import template as _

BOTH = ("callee", "value", "maker")

_WRAPPERS: Final = (
    *ways(WRAPPER, BOTH, {
        "arrow": "((() => {old})())", "function expression": "((function () {{ return {old}; }})())",
        "identity": "(((given) => given)({old}))", "function": ("({name}())", "function {name}() {{ return {old}; }}"),
        "constant arrow": ("({name}())", "const {name} = () => {old};"),
        "arguments": "((function () {{ return arguments[0]; }})({old}))",
        "closure": ("({name}({old})())", "const {name} = (held) => () => held;"),
        "generator": ("({name}().next().value)", "function* {name}() {{ yield {old}; }}"),
        "two functions": ("({name2}())", "const {name} = () => {old};\nconst {name2} = () => {name}();"),
        "filled": ("({name}())", "const {name} = () => {{\n  let held = null;\n  const fill = () => {{ held = {old}; }};\n  fill();\n  return held;\n}};"),
        "pair": ("({name}()[1])", "const {name} = () => [null, {old}];"),
        "object": ("({name}().go)", "const {name} = () => ({{ go: {old} }});"),
        "early return": ("({name}(1))", "function {name}(given) {{\n  if (given) return {old};\n  return null;\n}}"),
        "rest": "(((...all) => all[0])({old}))", "pattern": "((({{ go }}) => go)({{ go: {old} }}))",
    }),
    _(WRAPPER, "passes all on", "callee", "((...rest) => {old}(...rest))"),
    _(WRAPPER, "function that passes all on", "callee", "{name}", "const {name} = (...rest) => {old}(...rest);"),
    _(WRAPPER, "caller", "call", "{name}({callee}{comma}{arguments})", "const {name} = (run, ...rest) => run(...rest);"),
    _(WRAPPER, "caller at once", "call", "((run, ...rest) => run(...rest))({callee}{comma}{arguments})"),
    _(WRAPPER, "call in an arrow", "call", "(() => {old})()"), _(WRAPPER, "new in an arrow", "new", "(() => {old})()"),
    _(WRAPPER, "call in a function", "call", "{name}()", "function {name}() {{ return {old}; }}"),
    _(WRAPPER, "maker", "new", "((kind, ...rest) => new kind(...rest))({callee}{comma}{arguments})"),
)  # fmt: skip
_CODES: Final = (
    *ways(CODE, (*BOTH, "call", "new"), {
        "eval": "(eval({code}))", "eval of a sum": "(eval('(' + {code} + ')'))",
        "eval of an arrow": "(eval('() => ' + {code})()){plain}", "eval of a template": "(eval(`${{{code}}}`))",
        "list of eval": "([eval][0]({code})){plain}",
    }),
    *ways(CODE, "value", {
        "Function": "(Function('return ' + {code})()){plain}",
        "new Function": "(new Function('return ' + {code})()){plain}",
        "constructor": "([].constructor.constructor('return ' + {code})()){plain}",
        "comma eval": "((0, eval)({code})){plain}", "eval with a name": "(globalThis.eval({code})){plain}",
        "arrow's constructor": "((() => {{}}).constructor('return ' + {code})()){plain}",
        "json": "(JSON.parse(JSON.stringify({old}))){plain}",
    }),
    _(CODE, "Function that calls", "call", "new Function('run', 'value', 'return run(value)')({callee}, {only})"),
    _(CODE, "Function of the callee", "callee", "(Function('run', 'return run')({old}))"),
    _(CODE, "eval of statement", "statement", "eval({code});"),
)  # fmt: skip
_HIGHER: Final = (
    *ways(HIGHER, BOTH, {
        "map": "([{old}].map((one) => one)[0])", "filter": "([{old}].filter(() => true)[0])",
        "reduce": "([null, {old}].reduce((one, two) => two))", "flatMap": "([{old}].flatMap((one) => [one])[0])",
        "thunk": "(((make) => make())(() => {old}))", "second": "(((one, two) => two)(null, {old}))",
        "from": "(Array.from([{old}], (one) => one)[0])", "call of an arrow": "((() => {old}).call(null))",
    }),
    *ways(HIGHER, "call", {
        "call": "{callee}.call(null{comma}{arguments})", "apply": "{callee}.apply(null, [{inside}])",
        "bind": "{callee}.bind(null)({inside})", "bind all": "{callee}.bind(null{comma}{arguments})()",
        "bind and call": "{callee}.bind(null).call(null{comma}{arguments})",
        "call by index": "{callee}['call'](null{comma}{arguments})",
        "call of call": "Function.prototype.call.call({callee}, null{comma}{arguments})",
        "apply of prototype": "Function.prototype.apply.call({callee}, null, [{inside}])",
        "map over the argument": "[{only}].map((one) => {callee}(one))[0]",
        "map over the callee": "[{callee}].map((run) => run({inside}))[0]",
        "map over pairs": "[[{callee}, [{inside}]]].map(([run, list]) => run(...list))[0]",
        "bound by index": "{callee}['bind'](null)({inside})", "thunk": "((make) => make())(() => {old})",
        "curried": "((run) => (...rest) => run(...rest))({callee})({inside})",
        "reduce": "[{only}].reduce((run, one) => run(one), {callee})",
    }),
    _(HIGHER, "bound callee", "callee", "({old}.bind(null))"), _(HIGHER, "bound maker", "maker", "({old}.bind(null))"),
)  # fmt: skip
_SCOPES: Final = (
    *ways(SCOPE, BOTH, {
        "globalThis written": ("{name}", "globalThis.{name} = {old};"),
        "globalThis read": ("(globalThis.{name})", "globalThis.{name} = {old};"),
        "by index": ("(globalThis['{name}'])", "globalThis['{name}'] = {old};"),
        "global": ("(global.{name})", "global.{name} = {old};"),
        "assigned": ("{name}", "Object.assign(globalThis, {{ {name}: {old} }});"),
        "Reflect": ("(Reflect.get(globalThis, '{name}'))", "Reflect.set(globalThis, '{name}', {old});"),
        "named": ("({name}.{name2})", "const {name} = globalThis;\n{name}.{name2} = {old};"),
        "pattern": ("{name2}", "globalThis.{name} = {old};\nconst {{ {name}: {name2} }} = globalThis;"),
        "defined": ("{name}", "Object.defineProperty(globalThis, '{name}', {{ value: {old}, configurable: true }});"),
    }),
    _(SCOPE, "root by index", "callee", "globalThis[{root}]"), _(SCOPE, "root of global", "callee", "global[{root}]"),
)  # fmt: skip
_CLASSES: Final = (
    *ways(CLASS, BOTH, {
        "static field": ("({name}.held)", "class {name} {{ static held = {old}; }}"),
        "field": ("(new {name}().held)", "class {name} {{ held = {old}; }}"),
        "constructor": ("(new {name}().held)", "class {name} {{ constructor() {{ this.held = {old}; }} }}"),
        "given to the constructor": ("(new {name}({old}).held)", "class {name} {{ constructor(held) {{ this.held = held; }} }}"),
        "method": ("(new {name}().give())", "class {name} {{ give() {{ return {old}; }} }}"),
        "static method": ("({name}.give())", "class {name} {{ static give() {{ return {old}; }} }}"),
        "getter": ("(new {name}().held)", "class {name} {{ get held() {{ return {old}; }} }}"),
        "static getter": ("({name}.held)", "class {name} {{ static get held() {{ return {old}; }} }}"),
        "getter of an object": "({{ get held() {{ return {old}; }} }}.held)",
        "method of an object": "({{ give() {{ return {old}; }} }}.give())",
        "inherited static": ("({name2}.held)", "class {name} {{ static held = {old}; }}\nclass {name2} extends {name} {{}}"),
        "inherited method": ("(new {name2}().give())", "class {name} {{ give() {{ return {old}; }} }}\nclass {name2} extends {name} {{}}"),
        "super": ("(new {name2}().give())", "class {name} {{ give() {{ return {old}; }} }}\nclass {name2} extends {name} {{ give() {{ return super.give(); }} }}"),
        "super constructor": ("(new {name2}().held)", "class {name} {{ constructor(held) {{ this.held = held; }} }}\nclass {name2} extends {name} {{ constructor() {{ super({old}); }} }}"),
        "prototype": ("(new {name}().held)", "function {name}() {{}}\n{name}.prototype.held = {old};"),
        "function as a class": ("(new {name}().held)", "function {name}() {{ this.held = {old}; }}"),
        "private field": ("(new {name}().give())", "class {name} {{ #held = {old}; give() {{ return this.#held; }} }}"),
        "created": "(Object.create({{ held: {old} }}).held)",
        "set from outside": ("({name}.held)", "class {name} {{}}\n{name}.held = {old};"),
        "class expression": "(new (class {{ held = {old}; }})().held)",
        "defined getter": ("({name}.held)", "const {name} = {{}};\nObject.defineProperty({name}, 'held', {{ get: () => {old} }});"),
        "this of an object": ("({name}.give())", "const {name} = {{ held: {old}, give() {{ return this.held; }} }};"),
        "static block": ("({name}.held)", "class {name} {{ static held; static {{ this.held = {old}; }} }}"),
        "symbol": ("({name2}[{name}])", "const {name} = Symbol('a');\nconst {name2} = {{ [{name}]: {old} }};"),
    }),
)  # fmt: skip
_ALIASES: Final = (
    *ways(ALIAS, BOTH, {
        "constant": ("{name}", "const {name} = {old};"),
        "twice": ("{name2}", "const {name} = {old};\nconst {name2} = {name};"), "comma": "((0, {old}))",
        "chained": ("{name}", "let {name}, {name2};\n{name} = {name2} = {old};"),
        "list": ("{name2}", "const [{name}, {name2}] = [null, {old}];"),
        "again": ("{name}", "let {name} = null;\n{name} = {old};"),
        "swapped": ("{name}", "let [{name}, {name2}] = [null, {old}];\n[{name}, {name2}] = [{name2}, {name}];"),
        "var": ("{name}", "var {name} = {old};"),
        "label": ("{name}", "let {name};\nouter: {{\n  {name} = {old};\n  break outer;\n}}"),
        "logical": ("{name}", "let {name};\n{name} ??= {old};"),
        "block": ("{name}", "let {name};\n{{ {name} = {old}; }}"), "in brackets": ("(({name} = {old}))", "let {name};"),
        "hoisted": ("{name}", "{name} = {old};\nvar {name};"),
        "or assigned": ("{name}", "let {name} = 0;\n{name} ||= {old};{truthy}"),
    }),
)  # fmt: skip
_WRITES: Final = (
    *ways(WRITE, "assign", {
        "Reflect.set": "Reflect.set({object}, {member}, {value})",
        "Object.assign": "Object.assign({object}, {{ [{member}]: {value} }})",
        "defineProperty": "Object.defineProperty({object}, {member}, {{ value: {value} }})",
        "index": "{object}[{member}] = {value}", "list target": "[{object}[{member}]] = [{value}]",
        "object target": "({{ a: {object}[{member}] }} = {{ a: {value} }})",
        "comma": "(0, {object})[{member}] = {value}",
        "arrow": "((target, held) => {{ target[{member}] = held; }})({object}, {value})",
        "defineProperties": "Object.defineProperties({object}, {{ [{member}]: {{ value: {value} }} }})",
        "forEach": "[{value}].forEach((one) => {{ {object}[{member}] = one; }})",
    }),
    *ways(WRITE, ("field",), {
        "index": ("...{name}", "const {name} = {{}};\n{name}[{key}] = {value};"),
        "assign": ("...{name}", "const {name} = {{}};\nObject.assign({name}, {{ {word}: {value} }});"),
        "Reflect.set": ("...{name}", "const {name} = {{}};\nReflect.set({name}, {key}, {value});"),
        "define": ("...{name}", "const {name} = {{}};\nObject.defineProperty({name}, {key}, {{ value: {value}, enumerable: true }});"),
        "loop": ("...{name}", "const {name} = {{}};\nfor (const {name2} of [{key}]) {name}[{name2}] = {value};"),
        "dotted": ("...{name}", "const {name} = {{ {word}: null }};\n{name}.{word} = {value};"),
    }),
    *ways(WRITE, BOTH, {
        "push": ("({name}[0])", "const {name} = [];\n{name}.push({old});"),
        "unshift": ("({name}[0])", "const {name} = [null];\n{name}.unshift({old});"),
        "put": ("({name}[0])", "const {name} = [];\n{name}[0] = {old};"),
        "property of a function": ("({name}.held)", "function {name}() {{}}\n{name}.held = {old};"),
        "field": ("({name}.a)", "const {name} = {{ a: null }};\n{name}.a = {old};"),
        "filled": ("({name}[0])", "const {name} = new Array(1).fill({old});"),
        "set in a function": ("({name}.a)", "const {name} = {{}};\n((target) => {{ target.a = {old}; }})({name});"),
        "Reflect.set": ("({name}.a)", "const {name} = {{}};\nReflect.set({name}, 'a', {old});"),
    }),
)  # fmt: skip
_SPLATS: Final = (
    *ways(SPLAT, "field", {
        "object": "...{{ {word}: {value} }}", "computed key": "[{key}]: {value}",
        "fromEntries": "...Object.fromEntries([[{key}, {value}]])",
        "assign": "...Object.assign({{}}, {{ {word}: {value} }})",
        "named": ("...{name}", "const {name} = {{ {word}: {value} }};"),
        "conditional": "...(true && {{ {word}: {value} }})", "function": "...(() => ({{ {word}: {value} }}))()",
        "quoted": "'{word}': {value}", "nested": "...{{ ...{{ {word}: {value} }} }}",
        "map": "...Object.fromEntries(new Map([[{key}, {value}]]))", "choice": "...(1 ? {{ {word}: {value} }} : {{}})",
    }),
    _(SPLAT, "list", "call", "{callee}(...[{inside}])"), _(SPLAT, "named list", "call", "{callee}(...{name})", "const {name} = [{inside}];"),
    _(SPLAT, "list of one", "call", "{callee}(...Array.of({only}))"), _(SPLAT, "list of new", "new", "new {callee}(...[{inside}])"),
    _(SPLAT, "two lists", "call", "{callee}(...[], ...[{inside}])"),
)  # fmt: skip
_CONDITIONS: Final = (
    *ways(CONDITION, BOTH, {
        "always": "(true ? {old} : null)", "computed": "('ab'.length > 1 ? {old} : null)", "or": "(null || {old})",
        "and": "(1 && {old})", "nullish": "(null ?? {old})", "index": "([null, {old}][+true])",
        "if": ("{name}", "let {name};\nif ('a'.length) {name} = {old};\nelse {name} = null;"),
        "unknown": ("{name}", "let {name} = null;\nif (typeof window === 'undefined') {name} = {old};"),
        "switch": ("{name}", "let {name};\nswitch ('a') {{\n  case 'a': {name} = {old}; break;\n  default: {name} = null;\n}}"),
        "try": ("{name}", "let {name};\ntry {{ {name} = {old}; }} catch {{ {name} = null; }}"),
        "catch": ("{name}", "let {name};\ntry {{ throw new Error('a'); }} catch {{ {name} = {old}; }}"),
        "finally": ("{name}", "let {name};\ntry {{ {name} = null; }} finally {{ {name} = {old}; }}"),
        "by key": "({{ true: {old}, false: null }}[1 < 2])",
        "thrown": ("{name}", "let {name};\ntry {{ throw {old}; }} catch (held) {{ {name} = held; }}"),
        "nested": "(0 ? null : 1 ? {old} : null)",
    }),
)  # fmt: skip
_DEFAULTS: Final = (
    *ways(DEFAULT, BOTH, {
        "arrow": "(((held = {old}) => held)())", "pattern": "((({{ go = {old} }}) => go)({{}}))",
        "pattern with a default": "((({{ go = {old} }} = {{}}) => go)())",
        "function": ("({name}())", "function {name}(held = {old}) {{ return held; }}"),
        "undefined": ("({name}(undefined))", "const {name} = (held = {old}) => held;"),
        "list pattern": ("{name}", "const [{name} = {old}] = [];"),
        "object pattern": ("{name}", "const {{ {name} = {old} }} = {{}};"),
        "second": ("({name}(1))", "const {name} = (a, held = {old}) => held;"),
    }),
    _(DEFAULT, "callee", "callee", "(((run = {old}) => (...rest) => run(...rest))())"),
)  # fmt: skip
_LOOPS: Final = (
    *ways(LOOP, BOTH, {
        "for of": ("{name}", "let {name};\nfor (const {name2} of [{old}]) {name} = {name2};"),
        "for in": ("{name}", "let {name};\nfor (const {name2} in {{ a: 1 }}) {name} = {old};"),
        "while": ("{name}", "let {name};\nwhile (true) {{ {name} = {old}; break; }}"),
        "do": ("{name}", "let {name};\ndo {{ {name} = {old}; }} while (false);"),
        "for": ("{name}", "let {name};\nfor (let i = 0; i < 1; i++) {name} = {old};"),
        "for with break": ("{name}", "let {name};\nfor (;;) {{ {name} = {old}; break; }}"),
        "forEach": ("{name}", "let {name};\n[{old}].forEach((one) => {{ {name} = one; }});"),
        "made": "(Array.from({{ length: 1 }}, () => {old})[0])",
        "entries": ("{name}", "let {name};\nfor (const [, {name2}] of Object.entries({{ a: {old} }})) {name} = {name2};"),
        "collected": ("({name}[0])", "const {name} = [];\nfor (const {name2} of [{old}]) {name}.push({name2});"),
        "state machine": ("{name}", "let {name} = null;\nfor (let {name2} = 0; {name2} < 2; {name2}++) {{\n  if ({name2} === 1) {name} = {old};\n}}"),
        "generator": "([...(function* () {{ yield {old}; }})()][0])",
        "labelled": ("{name}", "let {name};\nouter: for (;;) {{ {name} = {old}; break outer; }}"),
    }),
)  # fmt: skip


def _renamed(_tongue: Tongue, sample: Sample, spot: Spot) -> Sample | None:
    """`import x as y`, and the new name wherever the old one stood."""
    old = sample.text(spot)
    found = re.fullmatch(r"import (\w+|\* as (\w+)|\{ ?(\w+) ?\}) from (.*)", old)
    if found is None:
        return None
    name, fresh = found[3] or found[2] or found[1], sample.fresh()
    bound = f"{{ {name} as {fresh} }}" if found[3] else f"* as {fresh}" if found[2] else fresh
    return sample.renamed(spot, f"import {bound} from {found[4]}", rf"(?<![\w.'\"])\b{name}\b(?!:)", fresh)


CALLS: Final = (
    *_WRAPPERS, *_CODES, *_HIGHER, *_SCOPES, *_CLASSES, *_ALIASES, *_WRITES, *_SPLATS, *_CONDITIONS, *_DEFAULTS,
    *_LOOPS, Way(ALIAS, "import as", "import", _renamed),
)  # fmt: skip
