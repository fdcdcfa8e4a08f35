"""Fixes with their exact text; what cannot be fixed safely is refused."""

from dataclasses import replace

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.engine.ruletest import apply_fixes
from gifthorse.model.finding import FixKind
from gifthorse.model.fixspec import FixSpec

HEAD = "import requests, hashlib\n"
CASES = [
    ("requests.get(u, verify=False)", "requests.get(u)"),
    ("requests.get(u, verify=False, timeout=3)", "requests.get(u, timeout=3)"),
    ("requests.get(verify=False)", "requests.get()"),
    ("requests.get(u, verify=False,)", "requests.get(u,)"),
    ("requests.get(f(a, b), verify=False)", "requests.get(f(a, b))"),
    ("requests.get(\n    u,\n    verify=False,\n)", "requests.get(\n    u,\n)"),
    ("requests.get(\r\n\tu,\r\n\tverify=False,\r\n\ttimeout=3,\r\n)", "requests.get(\r\n\tu,\r\n\ttimeout=3,\r\n)"),
    ("requests.get(\n    verify=False,  # kept\n    timeout=3,\n)", "requests.get(\n      # kept\n    timeout=3,\n)"),
    ("requests.get(\n    u,  # a\n    verify=False,  # b\n)", "requests.get(\n    u,  # a\n      # b\n)"),
    ("requests.get('\u00e9', verify=False)", "requests.get('\u00e9')"),
    ("hashlib.md5(x)", "hashlib.sha256(x)"),
]
REFUSED = [
    "requests.get(u, **{'verify': False})",
    "requests.get(u, verify=False, **more)",
    "getattr(requests, 'get')(u, verify=False)",
    "from hashlib import md5\nmd5(x)",
    "exec('requests.get(u, verify=False)')",
]


@pytest.mark.parametrize(("bad", "good"), CASES)
def test_fix(bad, good, catalogue):
    content = (HEAD + bad + "\n").encode()
    (finding,) = inspect(content, "a.py", None, catalogue).report.findings
    assert apply_fixes(content, finding.fixes).decode() == HEAD + good + "\n"


@pytest.mark.parametrize("bad", REFUSED)
def test_refused(bad, catalogue):
    report = inspect((HEAD + bad + "\n").encode(), "a.py", None, catalogue).report
    assert [finding.fixes for finding in report.findings] == [()]


def test_a_field_of_an_object(catalogue):
    content = b"const https = require('https');\nhttps.request({ host: h, rejectUnauthorized: false });\n"
    (finding,) = inspect(content, "a.js", None, catalogue).report.findings
    assert b"https.request({ host: h });" in apply_fixes(content, finding.fixes)


def flowing(catalogue, *specs):
    """The rule about shells alone, with these fixes for its flow."""
    rule = catalogue.rules["to-shell"]
    return replace(
        catalogue, rules={rule.id: replace(rule, flows=tuple(replace(one, fixes=specs) for one in rule.flows))}
    )


def mended(code, path, catalogue):
    content = code.encode()
    (finding,) = inspect(content, path, None, catalogue).report.findings
    return apply_fixes(content, finding.fixes).decode() if finding.fixes else None


WEB = "import danger, web\na, b = web.request.args, web.request.url\n"
INSERTS = [
    ('danger.run("ls " + a)', 'danger.run("ls " + web.quote(a))'),
    ('danger.run(f"ls {a} -l")', 'danger.run(f"ls {web.quote(a)} -l")'),
    ('danger.run("ls %s" % a)', 'danger.run("ls %s" % web.quote(a))'),
    ('danger.run("ls %s %s" % (a, b))', 'danger.run("ls %s %s" % (web.quote(a), web.quote(b)))'),
    ('danger.run("ls {} x".format(a))', 'danger.run("ls {} x".format(web.quote(a)))'),
    ('danger.run("ls " + (a or b))', 'danger.run("ls " + (web.quote(a or b)))'),
    ('danger.run(\n\t"\u00e9 " +  # why\n\ta,\n)', 'danger.run(\n\t"\u00e9 " +  # why\n\tweb.quote(a),\n)'),
    ('danger.run("ls " + web.quote(a) + b)', 'danger.run("ls " + web.quote(a) + web.quote(b))'),
    ('danger.run("ls \'" + a + "\'")', None),
    ("danger.run(f\"ls '{a}'\")", None),
    ("danger.run(\"ls '%s'\" % a)", None),
    ('danger.run(f"ls {a!r}")', None),
    ('danger.run("ls %(x)s" % {"x": a})', None),
    ("danger.run(a)", None),
]


@pytest.mark.parametrize(("bad", "good"), INSERTS)
def test_what_is_put_into_a_text_is_wrapped_at_the_sink(bad, good, catalogue):
    quoting = flowing(catalogue, FixSpec("Quote", FixKind.BEHAVIOURAL, wrap={"inserts": "web.quote({})"}))
    assert mended(WEB + bad + "\n", "a.py", quoting) == (good and WEB + good + "\n")


CALLED = [
    "def f():\n    out = lambda x: danger.run({})\n    out(a)\n",
    "out = lambda x: danger.run({})\nout(a)\n",
    "def out(x):\n    danger.run({})\ndef f():\n    out(a)\n",
    "def f(g):\n    g(a)\nf(lambda x: danger.run({}))\n",
]


@pytest.mark.parametrize("code", CALLED)
def test_a_sink_in_a_function_that_is_called_is_mended_where_it_is_written(code, catalogue):
    quoting = flowing(catalogue, FixSpec("Quote", FixKind.BEHAVIOURAL, wrap={"parts": "web.quote({})"}))
    bad, good = code.replace("{}", "'ls ' + x"), code.replace("{}", "'ls ' + web.quote(x)")
    assert mended(WEB + bad, "a.py", quoting) == WEB + good


def test_all_of_an_argument_or_its_parts_are_wrapped(catalogue):
    whole = flowing(catalogue, FixSpec("Quote", FixKind.BEHAVIOURAL, wrap={"value": "web.quote({})"}))
    parts = flowing(catalogue, FixSpec("Quote", FixKind.BEHAVIOURAL, wrap={"parts": "web.quote({})"}))
    assert mended(WEB + 'danger.run("x" + a)\n', "a.py", whole) == WEB + 'danger.run(web.quote("x" + a))\n'
    assert mended(WEB + "danger.run(a)\n", "a.py", parts) == WEB + "danger.run(web.quote(a))\n"
    assert mended(WEB + "danger.run_all(1, a)\n", "a.py", whole) == WEB + "danger.run_all(1, web.quote(a))\n"


def test_what_is_put_into_an_argument_of_a_match_is_wrapped(catalogue):
    rule = catalogue.rules["shell"]
    quote = FixSpec("Quote", FixKind.BEHAVIOURAL, wrap={"inserts 0|command": "web.quote({})"})
    one = replace(catalogue, rules={rule.id: replace(rule, matches=tuple(replace(m, fix=quote) for m in rule.matches))})
    head = "import os, web\n"
    assert mended(head + 'os.system("ls " + a)\n', "a.py", one) == head + 'os.system("ls " + web.quote(a))\n'
    assert (
        mended(head + 'os.system(command=f"ls {a}")\n', "a.py", one)
        == head + 'os.system(command=f"ls {web.quote(a)}")\n'
    )
    assert mended(head + "os.system(a)\n", "a.py", one) is None


def test_a_fix_is_for_the_sinks_that_it_names(catalogue):
    one = FixSpec("Quote", FixKind.BEHAVIOURAL, wrap={"value": "one({})"}, only=("danger.run_*",))
    other = FixSpec("Quote", FixKind.BEHAVIOURAL, wrap={"value": "other({})"}, only=("danger.run",))
    both = flowing(catalogue, one, other)
    assert mended(WEB + "danger.run(a)\n", "a.py", both) == WEB + "danger.run(other(a))\n"
    assert mended(WEB + "danger.run_all(a)\n", "a.py", both) == WEB + "danger.run_all(one(a))\n"
    assert mended(WEB + "danger.run(a)\n", "a.py", flowing(catalogue, one)) is None


def replacing(catalogue, template, *, statement=False):
    """A rule that writes something else in place of `hashlib.md5(..)`."""
    spec = FixSpec("Other", FixKind.BEHAVIOURAL, replace=template, statement=statement)
    (match,) = catalogue.rules["md5"].matches
    return replace(catalogue, rules={"md5": replace(catalogue.rules["md5"], matches=(replace(match, fix=spec),))})


def test_what_is_replaced_loses_no_comment(catalogue):
    other = replacing(catalogue, "digest({0})")
    assert mended(HEAD + "x = hashlib.md5(\n    b'#',\n)\n", "a.py", other) == HEAD + "x = digest(b'#')\n"
    assert mended(HEAD + "x = hashlib.md5(\n    b,  # why\n)\n", "a.py", other) is None


STATEMENTS = [
    ("hashlib.md5(b)\n", "raise Bad(b)\n"),
    ("if b:\n    hashlib.md5(b)\n", "if b:\n    raise Bad(b)\n"),
    ("keep(hashlib.md5(b))\n", None),
    ("x = hashlib.md5(b)\n", None),
    ("if b: hashlib.md5(b)\n", None),
    ("keep(\n    hashlib.md5(b)\n)\n", None),
    ("keep(\n    a,\n    hashlib.md5(b)\n)\n", None),
    ("hashlib.md5(b) or c\n", None),
]


@pytest.mark.parametrize(("bad", "good"), STATEMENTS)
def test_a_statement_stands_where_one_stood(bad, good, catalogue):
    other = replacing(catalogue, "raise Bad({0})", statement=True)
    assert mended(HEAD + bad, "a.py", other) == (good and HEAD + good)
