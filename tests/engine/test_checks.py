"""Checks speak of all that came from the same source, wherever they stand."""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.knowledge import Knowledge, Sanitizer, Sink, Source
from gifthorse.model.rule import Catalogue, Flow, Rule
from gifthorse.store.catalogue import load_catalogue

LORE = Knowledge(
    "python",
    "test",
    sources=(Source("request", call=("web.param",)),),
    sinks=(Sink("url", call=("web.fetch",), argument="0"),),
    sanitizers=(
        Sanitizer(("url",), check=("net.is_private",), holds=False),
        Sanitizer(("url",), check=("**.is_loopback",), argument="receiver", holds=False),
        Sanitizer(("url",), part=("net.parse().host",)),
        Sanitizer(("*",), check=("net.is_number",)),
    ),
)
FLOW = Flow(("python",), ("request",), "url")
RULE = Rule("fetch", "test", (918,), Severity.HIGH, Confidence.HIGH, "F", "{callee}", "", "", (), (), (), flows=(FLOW,))
START = "import net, web\nu = web.param('u')\n"

SAFE = {
    "of a part": "if net.is_private(net.parse(u).host):\n    raise E\nweb.fetch(u)\n",
    "of something made from it": "a = net.resolve(net.parse(u).host)\nif net.is_private(a):\n    raise E\nweb.fetch(u)\n",
    "of one of two": "a = net.resolve(u)\nif net.is_private(a) or a.is_loopback():\n    raise E\nweb.fetch(u)\n",
    "in a function": "def bad(h):\n    return net.is_private(net.resolve(h))\nif bad(net.parse(u).host):\n    raise E\nweb.fetch(u)\n",
    "in a function that raises": "def check(h):\n    if net.is_private(h):\n        raise E\ncheck(net.parse(u).host)\nweb.fetch(u)\n",
    "in a loop": "for a in net.resolve(u):\n    if net.is_private(a):\n        raise E\nweb.fetch(u)\n",
    "by the host": "if net.parse(u).host == 'example.org':\n    web.fetch(u)\n",
    "by a dictionary": "KNOWN = {'a': True, 'b': True}\nif not KNOWN[u]:\n    raise E\nweb.fetch(u)\n",
    "by a list of hosts": "p = net.parse(u)\nif p.host not in ALLOWED:\n    raise E\nweb.fetch(u)\n",
    "in a function with several answers": "def bad(h):\n    a = net.resolve(h)\n    if a is None:\n        return False\n    if net.is_private(a):\n        return True\n    return False\nif bad(net.parse(u).host):\n    raise E\nweb.fetch(u)\n",
    "in a condition of several": "a = net.resolve(u)\nif a is not None and net.is_private(a):\n    raise E\nweb.fetch(u)\n",
    "in a function that gives an error": "def check(h):\n    for a in net.resolve(h):\n        if net.is_private(a):\n            return None, 'private'\n    return h, None\nv, err = check(u)\nif err is not None:\n    raise E\nweb.fetch(v)\n",
    "in a function that gives it back or an error": "def check(h):\n    p = net.parse(h)\n    if x:\n        return None, 'bad'\n    a = net.resolve(p.host)\n    if a and net.is_private(a):\n        return None, 'private'\n    return p, None\nv, err = check(u)\nif err:\n    raise E\nweb.fetch(v)\n",
    "in a function that sometimes raises": "def check(h):\n    a = net.resolve(h)\n    if a:\n        if net.is_private(a):\n            raise E\ncheck(u)\nweb.fetch(u)\n",
    "the other way round": "if not net.is_private(net.parse(u).host):\n    web.fetch(u)\n",
}
RISKY = {
    "none": "web.fetch(u)\n",
    "of something else": "v = web.param('v')\nif net.is_private(v):\n    raise E\nweb.fetch(u)\n",
    "that is ignored": "net.is_private(net.parse(u).host)\nweb.fetch(u)\n",
    "that goes on": "if net.is_private(net.parse(u).host):\n    log('private')\nweb.fetch(u)\n",
    "the wrong way": "if net.is_private(net.parse(u).host):\n    web.fetch(u)\n",
    "of the scheme only": "if net.parse(u).scheme == 'https':\n    web.fetch(u)\n",
    "afterwards": "web.fetch(u)\nif net.is_private(net.parse(u).host):\n    raise E\n",
    "in a function that forgets": "def bad(h):\n    net.is_private(h)\n    return False\nif bad(u):\n    raise E\nweb.fetch(u)\n",
    "of a part that says what it is": "if not net.is_number(net.parse(u).port):\n    raise E\nweb.fetch(u)\n",
    "whose answer is only told": "def bad(h):\n    a = net.resolve(h)\n    if a and net.is_private(a):\n        return True\n    return False\nif bad(u):\n    log('bad')\nweb.fetch(u)\n",
    "in one way only": "if x:\n    if net.is_private(u):\n        raise E\nweb.fetch(u)\n",
}


@pytest.fixture(scope="module")
def small() -> Catalogue:
    return Catalogue({RULE.id: RULE}, load_catalogue().languages, "test", (LORE,))


def indented(code: str) -> bytes:
    return ("def f():\n" + "".join(f"    {line}\n" for line in (START + code).splitlines())).encode()


@pytest.mark.parametrize("code", SAFE.values(), ids=SAFE)
def test_what_was_checked_is_silent(code, small):
    assert inspect((START + code).encode(), "a.py", None, small).report.findings == ()
    assert inspect(indented(code), "a.py", None, small).report.findings == ()


@pytest.mark.parametrize("code", RISKY.values(), ids=RISKY)
def test_what_was_not_is_found(code, small):
    assert [one.rule for one in inspect((START + code).encode(), "a.py", None, small).report.findings] == ["fetch"]
    assert [one.rule for one in inspect(indented(code), "a.py", None, small).report.findings] == ["fetch"]
