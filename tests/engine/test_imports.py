"""What one file gives another: several texts in, findings of one of them out."""

import pytest
from tests.engine.conftest import make_rule

from gifthorse.engine import exports, library
from gifthorse.engine.evaluate.imports import NO_IMPORTS
from gifthorse.engine.exports import read_source
from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.engine.library import Library
from gifthorse.model.rule import Catalogue, Match, MatchKind
from gifthorse.model.text import Edit, Span
from gifthorse.store.catalogue import load_catalogue

TLS, SHELL = "tls", "shell"
LANGUAGES = ("python", "javascript", "go")
RULES = (
    make_rule(TLS, Match(MatchKind.CALL, LANGUAGES, ("requests.get",), {"verify": ("falsy",)})),
    make_rule(
        TLS + "-go", Match(MatchKind.CALL, LANGUAGES, ("crypto/tls.Config",), {"InsecureSkipVerify": ("truthy",)})
    ),
    make_rule(SHELL, Match(MatchKind.CALL, LANGUAGES, ("os.popen", "child_process.exec"), {"0": ("built",)})),
)


class Workspace:
    """Some files; `links`: where each reference leads, whoever makes it."""

    def __init__(self, catalogue, files, links):
        self.catalogue, self.files, self.links = catalogue, dict(files), links
        self.library = Library(catalogue)

    def write(self, path, text):
        self.files[path] = text
        if self.library.knows(path):
            self.library.place(path, read_source(path, text.encode(), self.catalogue))

    def settle(self, path, inspection):
        """Bring what is missing until nothing is."""
        rounds = 0
        while True:
            missing = self.library.missing(path, inspection.seeks)
            if not missing.references and not missing.files:
                break
            rounds += 1
            assert rounds < 20
            for importer, references in missing.references.items():
                self.library.lead(importer, [(one, self.links.get(one, ())) for one in references])
            for place in missing.files:
                text = self.files.get(place)
                self.library.place(place, read_source(place, text.encode(), self.catalogue) if text else None)
        return self.library.sight(path).imports

    def inspect(self, path):
        content = self.files[path].encode()
        found = inspect(content, path, None, self.catalogue)
        imports = self.settle(path, found)
        return inspect(content, path, None, self.catalogue, imports)

    def found(self, path):
        return [(finding.rule, self._line(path, finding)) for finding in self.inspect(path).report.findings]

    def _line(self, path, finding):
        return self.files[path].encode().count(b"\n", 0, finding.span.start) + 1


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue({rule.id: rule for rule in RULES}, load_catalogue().languages, "imports")


@pytest.fixture
def workspace(catalogue):
    return lambda files, **links: Workspace(
        catalogue, files, {name: tuple(to) for name, to in links.pop("links", links).items()}
    )


PYTHON = {
    "a wrapper": ("from tools import sh\nsh('rm ' + name)\n", "import os\ndef sh(c):\n    os.popen(c)\n", [(SHELL, 2)]),
    "a module": ("import tools\ntools.sh('rm ' + name)\n", "import os\ndef sh(c):\n    os.popen(c)\n", [(SHELL, 2)]),
    "an alias": ("import tools as t\nt.sh('rm ' + name)\n", "import os\ndef sh(c):\n    os.popen(c)\n", [(SHELL, 2)]),
    "everything": ("from tools import *\nsh('rm ' + name)\n", "import os\ndef sh(c):\n    os.popen(c)\n", [(SHELL, 2)]),
    "dynamic": (
        "import importlib\nimportlib.import_module('to' + 'ols').sh('rm ' + name)\n",
        "import os\ndef sh(c):\n    os.popen(c)\n",
        [(SHELL, 2)],
    ),
    "a constant": (
        "from tools import VERIFY\nimport requests\nrequests.get(u, verify=VERIFY, timeout=3)\n",
        "VERIFY = not 'x'\n",
        [(TLS, 3)],
    ),
    "a callable": (
        "from tools import get\nget(u, verify=False, timeout=3)\n",
        "import requests\nget = requests.get\n",
        [(TLS, 2)],
    ),
    "a class attribute": (
        "from tools import Config\nimport requests\nrequests.get(u, verify=Config.verify, timeout=3)\n",
        "class Config:\n    verify = False\n",
        [(TLS, 3)],
    ),
    "an instance": (
        "from tools import client\nclient.fetch(u)\n",
        (
            "import requests\nclass Client:\n    def __init__(self, check):\n        self.check = check\n"
            "    def fetch(self, u, check=True):\n        return requests.get(u, verify=check, timeout=3)\n"
            "client = Client(True)\n"
        ),
        [],
    ),
    "an inherited method": (
        "from tools import Client\nclass Mine(Client):\n    pass\nMine().fetch(u, False)\n",
        (
            "import requests\nclass Client:\n    def fetch(self, u, check):\n"
            "        return requests.get(u, verify=check, timeout=3)\n"
        ),
        [(TLS, 4)],
    ),
    "what its constructor sets": (
        "from tools import Client\nimport requests\nrequests.get(u, verify=Client().check, timeout=3)\n",
        "class Client:\n    def __init__(self):\n        self.check = False\n",
        [(TLS, 3)],
    ),
    "its own fault": (
        "from tools import fetch\nfetch(u)\nfetch('x')\n",
        "import requests\ndef fetch(u):\n    return requests.get(u, verify=False, timeout=3)\n",
        [],
    ),
    "two calls": (
        "from tools import sh\ndef f(name):\n    sh('rm ' + name)\n    sh('ls ' + name)\n",
        "import os\ndef sh(c):\n    os.popen(c)\n",
        [(SHELL, 3), (SHELL, 4)],
    ),
    "a name that it has not": ("from tools import other\nother('rm ' + name)\n", "import os\n", []),
    "its names are its own": (
        "import os\nfrom tools import run\ndef go(c):\n    os.popen('ls ' + c)\nrun('x')\n",
        "def go(c):\n    pass\ndef run(c):\n    go(c)\n",
        [(SHELL, 4)],
    ),
    "what it writes stays there": (
        "import requests\nimport tools\nrequests.get(u, verify=requests.flag, timeout=3)\n",
        "import requests\nrequests.flag = False\n",
        [],
    ),
}


@pytest.mark.parametrize("case", PYTHON.values(), ids=PYTHON.keys())
def test_python(workspace, case):
    main, other, expected = case
    files = workspace({"/w/main.py": main, "/w/tools.py": other}, tools=["/w/tools.py"])
    assert files.found("/w/main.py") == expected


JAVASCRIPT = {
    "exports": ("const {run} = require('./db');\nrun('ls ' + x);\n", "exports.run = c => cp.exec(c);", True),
    "module.exports": ("require('./db').run('ls ' + x);\n", "module.exports = { run(c) { cp.exec(c); } };", True),
    "a function": ("const run = require('./db');\nrun('ls ' + x);\n", "module.exports = c => cp.exec(c);", True),
    "a named import": (
        "import {run as go} from './db';\ngo('ls ' + x);\n",
        "export function run(c) { cp.exec(c); }",
        True,
    ),
    "a namespace": ("import * as db from './db';\ndb.run('ls ' + x);\n", "export const run = c => cp.exec(c);", True),
    "the default": ("import run from './db';\nrun('ls ' + x);\n", "export default function (c) { cp.exec(c); }", True),
    "a default value": (
        "import db from './db';\ndb.run('ls ' + x);\n",
        "export default { run: c => cp.exec(c) };",
        True,
    ),
    "a default name": (
        "import go from './db';\ngo('ls ' + x);\n",
        "function run(c) { cp.exec(c); }\nexport default run;",
        True,
    ),
    "a list": (
        "import {go} from './db';\ngo('ls ' + x);\n",
        "function run(c) { cp.exec(c); }\nexport { run as go };",
        True,
    ),
    "harmless": ("import {run} from './db';\nrun('ls ' + x);\n", "export function run(c) { console.log(c); }", False),
}


@pytest.mark.parametrize("case", JAVASCRIPT.values(), ids=JAVASCRIPT.keys())
@pytest.mark.parametrize("ending", ["js", "ts"])
def test_javascript(workspace, case, ending):
    main, other, fires = case
    files = {f"/w/main.{ending}": main, f"/w/db.{ending}": f"const cp = require('child_process');\n{other}\n"}
    found = workspace(files, links={"./db": [f"/w/db.{ending}"]}).found(f"/w/main.{ending}")
    assert bool([rule for rule, _ in found if rule == SHELL]) == fires


def test_re_exports(workspace):
    python = workspace(
        {
            "/w/main.py": "from pkg import sh\nsh('rm ' + name)\n",
            "/w/pkg/__init__.py": "from .deep import run as sh\n",
            "/w/pkg/deep.py": "import os\ndef run(c):\n    os.popen(c)\n",
        },
        links={"pkg": ["/w/pkg/__init__.py"], ".deep": ["/w/pkg/deep.py"]},
    )
    assert python.found("/w/main.py") == [(SHELL, 2)]
    for how in ("export { run } from './db';", "export * from './db';", "export { run as run } from './db';"):
        script = workspace(
            {
                "/w/main.js": "import {run} from './lib';\nrun('ls ' + x);\n",
                "/w/lib.js": f"{how}\n",
                "/w/db.js": "import cp from 'child_process';\nexport function run(c) { cp.exec(c); }\n",
            },
            links={"./lib": ["/w/lib.js"], "./db": ["/w/db.js"]},
        )
        assert script.found("/w/main.js") == [(SHELL, 2)], how


def test_files_of_a_package_know_each_other(workspace):
    files = workspace(
        {
            "/w/main.go": 'package main\nimport "crypto/tls"\nvar c = &tls.Config{InsecureSkipVerify: insecure}\n',
            "/w/flags.go": "package main\nconst insecure = true\n",
            "/w/more.go": "package main\nconst other = 1\n",
        },
        links={":": ["/w/flags.go", "/w/more.go"]},
    )
    assert files.found("/w/main.go") == [(TLS + "-go", 3)]


def test_a_step_tells_where_it_is_in_the_other_file(workspace):
    other = "# é\r\nimport os\rdef sh(c):\n    x = 'ü'; os.popen(c)\n"
    files = workspace(
        {"/w/main.py": "from tools import sh\nsh('rm ' + name)\n", "/w/tools.py": other}, tools=["/w/tools.py"]
    )
    [finding] = files.inspect("/w/main.py").report.findings
    step = finding.steps[-1]
    text, span = step.placed(None)
    assert step.elsewhere.path == "/w/tools.py"
    assert text.slice(span) == b"os.popen(c)"
    assert text.position(span.start, "utf-16") == (3, 13)
    assert not finding.fixes


def chain(length):
    files = {f"/w/m{n}.py": f"from m{n + 1} import sh\n" for n in range(length)}
    files[f"/w/m{length}.py"] = "import os\ndef sh(c):\n    os.popen(c)\n"
    files["/w/main.py"] = "from m0 import sh\nsh('rm ' + name)\n"
    return files, {f"m{n}": [f"/w/m{n}.py"] for n in range(length + 1)}


@pytest.mark.parametrize(("length", "fires"), [(0, True), (library.DEPTH - 1, True), (library.DEPTH, False)])
def test_imports_are_followed_to_a_depth(workspace, length, fires):
    files, links = chain(length)
    found = workspace(files, links=links).found("/w/main.py")
    assert (SHELL in [rule for rule, _ in found]) == fires


def test_files_that_import_each_other(workspace):
    files = {
        "/w/a.py": "from b import y, sh\nx = y + 'a'\nsh('rm ' + name)\n",
        "/w/b.py": "from a import x\nimport os\ny = x + 'b'\ndef sh(c):\n    os.popen(c)\n",
    }
    pair = workspace(files, a=["/w/a.py"], b=["/w/b.py"])
    assert pair.found("/w/a.py") == [(SHELL, 3)]
    myself = workspace(
        {"/w/a.py": "import a\nimport requests\nv = False\nrequests.get(u, verify=a.v, timeout=3)\n"}, a=["/w/a.py"]
    )
    assert myself.inspect("/w/a.py").report.incomplete == ""


def test_more_references_than_are_followed(workspace):
    names = [f"m{n}" for n in range(10_000)]
    text = "".join(f"import {name}\n" for name in names) + "import requests\nrequests.get(u, verify=False)\n"
    files = workspace({"/w/main.py": text, "/w/m.py": "x = 1\n"}, links={key: ["/w/m.py"] for key in names})
    assert files.found("/w/main.py") == [(TLS, len(names) + 2)]


def test_files_that_are_not_read(workspace, catalogue):
    assert read_source("/w/a.py", b"x = 1\n" * exports.MAX_BYTES, catalogue) is None
    assert read_source("/w/a.py", b"x = '" + b"a" * 500_000 + b"'\n", catalogue) is None
    assert read_source("/w/a.bin", b"x", catalogue) is None
    files = workspace({"/w/main.py": "from tools import sh\nsh(1)\n"}, tools=["/w/tools.py"])
    assert files.found("/w/main.py") == []


def test_a_library_keeps_within_its_room(catalogue, monkeypatch):
    monkeypatch.setattr(library, "MAX_BYTES", 100)
    shelf = Library(catalogue)
    for number in range(10):
        shelf.place(f"/w/m{number}.py", read_source(f"/w/m{number}.py", b"x = 1 # " + b"." * 40 + b"\n", catalogue))
    assert [shelf.source(f"/w/m{number}.py") is not None for number in range(10)] == [False] * 8 + [True] * 2


EDITS = [
    "import os\ndef sh(c):\n    os.popen(c)\n",
    "import os\ndef sh(c):\n    print(c)\n",
    "import os\n\n# moved\ndef sh(c):\n    os.popen(c)\n",
    "from subprocess import getoutput as sh\n",
    "sh = None\n",
    "",
    "import os\ndef sh(c, d=1):\n    os.system(c)\n",
]


def test_an_edit_elsewhere_gives_what_a_fresh_look_gives(workspace):
    main = "from tools import sh\nimport requests\ndef f(name):\n    sh('rm ' + name)\ndef g():\n    requests.get(u, verify=False)\n"
    files = workspace({"/w/main.py": main, "/w/tools.py": EDITS[0]}, tools=["/w/tools.py"])
    found = files.inspect("/w/main.py")
    for text in (*EDITS, *reversed(EDITS)):
        files.write("/w/tools.py", text)
        found = reinspect(found, (), main.encode(), files.settle("/w/main.py", found))
        fresh = Workspace(files.catalogue, files.files, files.links).inspect("/w/main.py")
        assert found.report == fresh.report
    without = reinspect(found, (Edit(Span(0, 0), b"\n"),), b"\n" + main.encode(), NO_IMPORTS)
    assert without.report == inspect(b"\n" + main.encode(), "/w/main.py", None, files.catalogue).report


def test_only_what_depends_on_it_is_done_again(workspace):
    main = "from tools import sh\nimport requests\ndef f(name):\n    sh('rm ' + name)\ndef g():\n    requests.get(u, verify=False)\n"
    files = workspace({"/w/main.py": main, "/w/tools.py": EDITS[0]}, tools=["/w/tools.py"])
    before = files.inspect("/w/main.py")
    files.write("/w/tools.py", EDITS[1])
    after = reinspect(before, (), main.encode(), files.settle("/w/main.py", before))
    old, new = before.syntax.evaluation.functions, after.syntax.evaluation.functions
    assert [old[path] is new[path] for path in old] == [False, True]


LARGE = "".join(f"    x{number} = len(c) + {number}\n" for number in range(150))
TAINT = {
    "a small sink": ("import os\ndef sh(c):\n    os.system(c)\n", "sh(request.args['x'])", True),
    "a large sink": (f"import os\ndef sh(c):\n{LARGE}    os.system(c)\n", "sh(request.args['x'])", True),
    "a large sink behind another": (
        f"import os\ndef run(c):\n{LARGE}    os.system(c)\ndef sh(c):\n{LARGE}    run(c)\n",
        "sh(request.args['x'])",
        True,
    ),
    "a source": (
        "from flask import request as r\ndef sh():\n    return r.args['x']\n",
        "os.system('ls ' + sh())",
        True,
    ),
    "a sanitizer": (
        "import shlex\ndef sh(c):\n    return shlex.quote(c)\n",
        "os.system('ls ' + sh(request.args['x']))",
        False,
    ),
    "a constant": ("import os\ndef sh(c):\n    os.system(c)\n", "sh('x')", False),
}


@pytest.mark.parametrize("case", TAINT.values(), ids=TAINT.keys())
def test_outside_text_through_other_files(case):
    other, call, fires = case
    main = f"import os\nfrom flask import request\nfrom tools import sh\ndef view():\n    {call}\n"
    files = Workspace(load_catalogue(), {"/w/main.py": main, "/w/tools.py": other}, {"tools": ("/w/tools.py",)})
    found = [one for one in files.inspect("/w/main.py").report.findings if one.rule == "shell-injection"]
    assert [(one.confidence.value, main.encode()[: one.span.start].count(b"\n")) for one in found] == (
        [("high", 4)] if fires else []
    )
    if fires:
        places = [step.placed(None)[0].position(0, "utf-8") for step in found[0].steps if step.elsewhere]
        assert places
