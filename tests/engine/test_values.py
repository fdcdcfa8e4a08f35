"""What is known of an expression, through every disguise: each row is code, and what `probe(...)` is handed or what
`danger.run(...)` resolves to. Read through the one door of the engine, with rules that only report.
"""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Confidence, FixKind, Severity
from gifthorse.model.fixspec import FixSpec
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule
from gifthorse.store.catalogue import load_catalogue

LANGUAGES = ("python", "javascript", "go")
NAMES = {"python": "a.py", "javascript": "a.js", "go": "a.go"}


def report_rule(name: str, callee: str, predicate: str, message: str) -> Rule:
    """A rule that says what it sees of the first argument; its fix is only offered where no detour was taken."""
    fix = FixSpec("Direct", FixKind.MECHANICAL, set={"0": "0"})
    match = Match(MatchKind.CALL, LANGUAGES, (callee,), {"0": (predicate,)} if predicate else {}, fix=fix)
    return Rule(name, "test", (1,), Severity.HIGH, Confidence.HIGH, name, message, "", "", (), (match,), ())


RULES = (
    report_rule("value", "probe", "present", "{value}"),
    report_rule("closed", "probe", "constant", ""),
    report_rule("built", "probe", "built", ""),
    report_rule("run", "**danger.run", "", "{callee}"),
)


@pytest.fixture(scope="module")
def watched() -> Catalogue:
    shipped = load_catalogue()
    return Catalogue({rule.id: rule for rule in RULES}, shipped.languages, "values")


def seen(language: str, code: str, catalogue: Catalogue) -> str:
    """The value handed to `probe`, with `closed` or `built` where it is that."""
    findings = inspect(code.encode(), NAMES[language], None, catalogue).report.findings
    shown = {finding.rule: finding.message for finding in findings}
    return " ".join([shown.get("value", "no call"), *(word for word in ("closed", "built") if word in shown)])


PYTHON = [
    # computed constants
    ("probe(not 1)", "False closed"),
    ("probe(bool(0) or 1 > 2)", "False closed"),
    ("probe('MD5'.lower())", "'md5' closed"),
    ("probe(int('2') ** 3 - 1)", "7 closed"),
    # string assembly
    ("probe(''.join(['m', 'd', '5']))", "'md5' closed"),
    ("probe(chr(109) + 'd5')", "'md5' closed"),
    ("x = 'd5'\nprobe(f'm{x}')", "'md5' closed"),
    ("probe('5dm'[::-1])", "'md5' closed"),
    ("probe(''.join(reversed('5dm')))", "'md5' closed"),
    ("import base64\nprobe(base64.b64decode('bWQ1').decode())", "'md5' closed"),
    ("probe(bytes.fromhex('6d6435').decode())", "'md5' closed"),
    ("probe('%s%d' % ('md', 5))", "'md5' closed"),
    ("probe('{}5'.format('md'))", "'md5' closed"),
    ("probe(f'SELECT {name}')", "a computed value built"),
    ("probe('SELECT ' + name)", "a computed value built"),
    ("probe('SELECT %s' % name)", "a computed value built"),
    # list and dictionary indirection
    ("flags = [True, False]\nprobe(flags[-1])", "False closed"),
    ("probe({'a': {'b': False}}['a']['b'])", "False closed"),
    ("d = {}\nd['k'] = False\nprobe(d.get('k'))", "False closed"),
    ("a, (b, *c) = 1, (2, 3, 4)\nprobe(c[1])", "4 closed"),
    # wrapper functions, lambdas, classes
    ("probe((lambda: False)())", "False closed"),
    ("def off(x):\n    return not x\nprobe(off(True))", "False closed"),
    ("class C:\n    off = False\nprobe(C.off)", "False closed"),
    ("class C:\n    def __init__(self):\n        self.off = False\nprobe(C().off)", "False closed"),
    # side-effect writes
    ("class C: pass\nsetattr(C, 'off', False)\nprobe(C.off)", "False closed"),
    ("d = {}\nd.__setitem__('k', False)\nprobe(d['k'])", "False closed"),
    ("d = {}\nd.update(k=False)\nprobe(d['k'])", "False closed"),
    # splats, partial, map, operator, scopes, code in a string
    ("def f(a, b):\n    return b\nprobe(f(*[1, False]))", "False closed"),
    ("def f(a, b):\n    return b\nprobe(f(**{'a': 1, 'b': False}))", "False closed"),
    ("from functools import partial\nprobe(partial(int, '7')())", "7 closed"),
    ("probe(list(map(bool, [0]))[0])", "False closed"),
    ("import operator\nprobe(operator.not_(1))", "False closed"),
    ("OFF = False\nprobe(globals()['OFF'])", "False closed"),
    ("probe(eval('not True'))", "False closed"),
    # what is not constant
    ("probe(name)", "name"),
    ("keys = []\nkeys.append(secret)\nprobe(keys)", "a computed value"),
    ("keys = ['a']\nkeys.append('b')\nprobe(keys)", "['a', 'b'] closed"),
    ("iv = bytearray(b'0000')\nsource.readinto(iv)\nprobe(iv)", "a computed value"),
    ("iv = bytearray(b'0000')\nprint(iv)\nprobe(iv)", "b'0000' closed"),
    ("probe(','.join('?' * n))", "'?' closed"),
    ("probe(','.join('?' for _ in ids))", "'?' closed"),
    ("probe(','.join(ids))", "a computed value built"),
]
JAVASCRIPT = [
    ("probe(!1)", "false closed"),
    ("probe(void 0)", "null closed"),
    ("probe((0, false))", "false closed"),
    ("probe('M' + 'D5'.toLowerCase())", "'Md5' closed"),
    ("probe(['m', 'd5'].join(''))", "'md5' closed"),
    ("probe(String.fromCharCode(109, 100, 53))", "'md5' closed"),
    ("probe(atob('bWQ1'))", "'md5' closed"),
    ("probe(Buffer.from('6d6435', 'hex').toString())", "'md5' closed"),
    ("probe('5dm'.split('').reverse().join(''))", "'md5' closed"),
    ("const d = 'd5'; probe(`m${d}`)", "'md5' closed"),
    ("probe(`SELECT ${name}`)", "a computed value built"),
    ("const o = { a: { b: false } }; probe(o['a']['b'])", "false closed"),
    ("const { a: [on, off] } = { a: [true, false] }; probe(off)", "false closed"),
    ("const o = {}; o['o' + 'ff'] = false; probe(o.off)", "false closed"),
    ("const o = Object.assign({}, { off: false }); probe(o.off)", "false closed"),
    ("const o = { ...{ off: false } }; probe(o.off)", "false closed"),
    ("const f = (x) => !x; probe(f(true))", "false closed"),
    ("class C { constructor() { this.off = false } }; probe(new C().off)", "false closed"),
    ("const f = (a, b) => b; probe(f(...[1, false]))", "false closed"),
    ("const f = (a, b) => b; probe(f.call(null, 1, false))", "false closed"),
    ("const f = (a, b) => b; probe(f.apply(null, [1, false]))", "false closed"),
    ("const f = (a, b) => b; probe(f.bind(null, 1)(false))", "false closed"),
    ("probe([1].map(x => !x)[0])", "false closed"),
    ("const iv = Buffer.alloc(2); fill(iv); probe(iv)", "a computed value"),
    ("const keys = []; keys.push(secret); probe(keys)", "a computed value"),
    ("probe(ids.map(() => '?').join(','))", "'?' closed"),
    ("probe('?,'.repeat(n))", "'?,' closed"),
]
GO = [
    ("off := !true; probe(off)", "false closed"),
    ('probe("md" + "5")', '"md5" closed'),
    ('probe(fmt.Sprintf("%s%d", "md", 5))', '"md5" closed'),
    ('probe(fmt.Sprintf("SELECT %s", name))', "a computed value built"),
    ('probe("SELECT " + name)', "a computed value built"),
    ('parts := []string{"m", "d5"}; probe(strings.Join(parts, ""))', '"md5" closed'),
    ('probe(strings.Repeat("?,", n))', '"?," closed'),
    ("off := func(x bool) bool { return !x }; probe(off(true))", "false closed"),
    ("iv := []byte{1, 2}; rand.Read(iv[:]); probe(iv)", "a computed value"),
    ("iv := []byte{1, 2}; probe(iv)", "[1, 2] closed"),
    ("probe(string([]byte{109, 100, 53}))", '"md5" closed'),
    ("probe(string([]rune{109, 100, 53}))", '"md5" closed'),
    ('probe(any("md5").(string))', '"md5" closed'),
    ('probe(strings.Trim("~md5~", "~"))', '"md5" closed'),
    ('probe(strings.TrimPrefix("~md5", "~"))', '"md5" closed'),
    ('x, _ := hex.DecodeString("6d6435"); probe(string(x))', '"md5" closed'),
    ('x, err := strconv.Atoi("3"); if err != nil { return }; probe(x)', "3 closed"),
    ("x := struct{ held any }{held: false}; probe(x.held)", "false closed"),
    ("var x any; for _, y := range []any{false} { x = y }; probe(x)", "false closed"),
    ('for k, v := range map[string]any{"a": 3} { probe(v, k) }', "3 closed"),
    ("type T struct{ held any }; var a, b T; a.held = true; b.held = false; probe(b.held)", "false closed"),
    ("c := make(chan any, 1); c <- 3; probe(<-c)", "a computed value closed"),
]


@pytest.mark.parametrize(("code", "expected"), PYTHON)
def test_python(code, expected, watched):
    assert seen("python", code + "\n", watched) == expected


@pytest.mark.parametrize(("code", "expected"), JAVASCRIPT)
def test_javascript(code, expected, watched):
    assert seen("javascript", code, watched) == expected


@pytest.mark.parametrize(("code", "expected"), GO)
def test_go(code, expected, watched):
    head = 'package m\n\nimport (\n\t"crypto/rand"\n\t"encoding/hex"\n\t"fmt"\n\t"strconv"\n\t"strings"\n)\n\n'
    assert seen("go", f"{head}func f(name string, n int) {{ {code} }}\n", watched) == expected


DIRECT, REFLECTIVE = True, False
CALLEES = [
    ("python", "import danger\ndanger.run(1)", DIRECT),
    ("python", "import danger as d\ngo = d.run\ngo(1)", DIRECT),
    ("python", "from danger import run as go\ngo(1)", DIRECT),
    ("python", "import danger\n[danger.run][0](1)", DIRECT),
    ("python", "import danger\ngetattr(danger, 'r' + 'un')(1)", REFLECTIVE),
    ("python", "__import__('dan' + 'ger').run(1)", REFLECTIVE),
    ("python", "import importlib\nimportlib.import_module('danger').run(1)", REFLECTIVE),
    ("python", "import danger\nvars(danger)['run'](1)", REFLECTIVE),
    ("python", "import danger\ndanger.__dict__['run'](1)", REFLECTIVE),
    ("python", "exec('import danger; danger.run(1)')", REFLECTIVE),
    ("python", "import danger, functools\nfunctools.partial(danger.run, 1)()", REFLECTIVE),
    ("python", "import danger\nlist(map(danger.run, [1]))", REFLECTIVE),
    ("python", "import danger, operator\noperator.methodcaller('run', 1)(danger)", REFLECTIVE),
    ("python", "import danger\nclass W:\n    def go(self, x):\n        return danger.run(x)\nW().go(1)", DIRECT),
    ("python", "import danger\ndanger.\uff52un(1)", DIRECT),
    ("python", "import \uff44anger\n\U0001d41danger.run(1)", DIRECT),
    ("python", "from danger import \U0001d4c7un as go\ndef f(\uff47o):\n    go(1)\nf(go)", DIRECT),
    ("python", "exec('import danger; danger.\uff52un(1)')", REFLECTIVE),
    ("javascript", "require('danger').run(1)", DIRECT),
    ("javascript", "require('danger').\\u0072un(1)", DIRECT),
    ("javascript", "const d = require('danger'); \\u{64}.run(1)", DIRECT),
    ("javascript", "const { run: go } = require('danger'); go(1)", DIRECT),
    ("javascript", "import * as d from 'danger'; const go = d.run; go(1)", DIRECT),
    ("javascript", "require('danger')['r' + 'un'](1)", REFLECTIVE),
    ("javascript", "require('dan' + 'ger').run(1)", REFLECTIVE),
    ("javascript", "require('danger').run.call(null, 1)", REFLECTIVE),
    ("javascript", "Reflect.apply(require('danger').run, null, [1])", REFLECTIVE),
    ("javascript", "(0, require('danger').run)(1)", DIRECT),
    ("javascript", "eval(\"require('danger').run(1)\")", REFLECTIVE),
    ("javascript", "new Function(\"require('danger').run(1)\")()", REFLECTIVE),
    ("go", 'package m\nimport d "x/danger"\nfunc f() { d.run(1) }', DIRECT),
    ("go", 'package m\nimport "x/danger"\nfunc f() { go1 := danger.run; go1(1) }', DIRECT),
    ("go", 'package m\nimport "x/danger"\nvar table = map[string]any{"a": danger.run}\nfunc f() { table["a"](1) }', DIRECT),
]  # fmt: skip


@pytest.mark.parametrize(("language", "code", "direct"), CALLEES)
def test_callee(language, code, direct, watched):
    findings = inspect((code + "\n").encode(), NAMES[language], None, watched).report.findings
    runs = [finding for finding in findings if finding.rule == "run"]
    assert runs
    assert runs[0].message.endswith("danger.run")
    assert bool(runs[0].fixes) == direct
