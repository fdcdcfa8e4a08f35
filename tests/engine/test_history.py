"""What was done with an object before it is used decides whether that is risky: the predicate `called:`."""

from dataclasses import replace

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule
from gifthorse.store.catalogue import load_catalogue

UNLESS_SAFE = {"receiver": ("called:setFeature(dtd,false)", "called:harden(**")}
MATCH = Match(MatchKind.CALL, ("python", "javascript"), ("**.parse",), unless=UNLESS_SAFE)
RULE = Rule("parser", "test", (1,), Severity.HIGH, Confidence.HIGH, "Parser", "{callee}", "", "", (), (MATCH,), ())


@pytest.fixture(scope="module")
def small() -> Catalogue:
    return Catalogue({RULE.id: RULE}, load_catalogue().languages, "test")


SAFE = {
    "beforehand": "p = xml.Parser()\np.setFeature('dtd', False)\np.parse(x)\n",
    "computed": "p = xml.Parser()\np.setFeature('d' + 'td', not 1)\np.parse(x)\n",
    "by the maker": "f = xml.Factory()\nf.setFeature('dtd', False)\nf.new().parse(x)\n",
    "when it was made": "p = xml.harden(1)\np.parse(x)\n",
    "by what it is told": "c = xml.Config()\nc.setFeature('dtd', False)\np = xml.Parser()\np.init(c)\np.parse(x)\n",
    "in a chain": "xml.Parser().setFeature('dtd', False).parse(x)\n",
    "given to a constructor": "c = xml.Config()\nc.harden(1)\nxml.Parser(c).parse(x)\n",
    "through a part": "p = xml.Parser()\np.settings().setFeature('dtd', False)\np.parse(x)\n",
    "by the constructor": "class C:\n    def __init__(self):\n        self.p = xml.Parser()\n        self.p.setFeature('dtd', False)\n    def go(self, x):\n        self.p.parse(x)\n",
    "where it may fail": "p = xml.Parser()\ntry:\n    p.setFeature('dtd', False)\nexcept E:\n    pass\np.parse(x)\n",
    "by a function of the file": "def h(p):\n    p.setFeature('dtd', False)\np = xml.Parser()\nh(p)\np.parse(x)\n",
}
RISKY = {
    "never": "p = xml.Parser()\np.parse(x)\n",
    "afterwards": "p = xml.Parser()\np.parse(x)\np.setFeature('dtd', False)\n",
    "another object": "q = xml.Parser()\nq.setFeature('dtd', False)\np = xml.Parser()\np.parse(x)\n",
    "another value": "p = xml.Parser()\np.setFeature('dtd', True)\np.parse(x)\n",
}


@pytest.mark.parametrize("code", SAFE.values(), ids=SAFE)
def test_what_was_made_safe_is_silent(code, small):
    assert inspect(code.encode(), "a.py", None, small).report.findings == ()


@pytest.mark.parametrize("code", RISKY.values(), ids=RISKY)
def test_what_was_not_is_found(code, small):
    assert [one.rule for one in inspect(code.encode(), "a.py", None, small).report.findings] == ["parser"]


def test_the_language_does_not_matter(small):
    code = b"const p = xml.create(); p.setFeature('dtd', false); p.parse(x);\nxml.create().parse(x);\n"
    assert [one.span.start for one in inspect(code, "a.js", None, small).report.findings] == [code.rindex(b"xml.")]


def test_an_own_class_that_defines_a_method(small):
    match = Match(MatchKind.CALL, ("python",), ("**.load",), unless={"receiver": ("defines:find_class",)})
    catalogue = Catalogue({RULE.id: replace(RULE, matches=(match,))}, small.languages, "test")
    code = "import pickle\nclass U(pickle.Unpickler):\n    def {}(self, m, n):\n        return None\nU(f).load()\n"
    found = [inspect(code.format(name).encode(), "a.py", None, catalogue) for name in ("find_class", "other")]
    assert [len(one.report.findings) for one in found] == [0, 1]
