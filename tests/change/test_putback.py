"""A control that is gone is put back where it stood, byte for byte, and what else was changed stays changed."""

import pytest

from gifthorse.change.pairtest import changed
from gifthorse.engine.ruletest import apply_fixes
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
GUARD = "def f(u):\n    if not u.is_admin:\n        raise Denied()\n    a(u)\n    b(u)\n"
BARE = "def f(u):\n    a(u)\n    b(u)\n"


def found(path, before, after):
    return [one for one in changed(path, before, after, CATALOGUE) if one.rule.startswith("control-")]


def fixed(path, before, after):
    fixes = [one.fixes[0] for one in found(path, before, after)]
    assert fixes
    return apply_fixes(after.encode(), fixes).decode()


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.py", GUARD, BARE),
        ("a.py", GUARD.replace("\n", "\r\n"), BARE.replace("\n", "\r\n")),
        ("a.py", "def f(u):\n    a(u)\n    assert u.ok", "def f(u):\n    a(u)"),
        ("a.py", "def f(u):\n    with lock:\n        a(u)\n    b(u)\n", BARE),
        (
            "a.py",
            "def f(u):\n    if not u.is_admin:\n        raise A()\n    if u.n > 5:\n        raise B()\n    a(u)\n",
            "def f(u):\n    a(u)\n",
        ),
        ("a.py", "import requests\nrequests.get(u, timeout=5)\n", "import requests\nrequests.get(u)\n"),
        ("a.py", "@app.route('/x')\n@login_required\ndef f(u): ...\n", "@app.route('/x')\ndef f(u): ...\n"),
        ("a.js", "function f(u) {\n  if (u.isAdmin) {\n    del(u);\n  }\n}\n", "function f(u) {\n  del(u);\n}\n"),
        (
            "a.go",
            "package a\n\nfunc f(u User) {\n\tif !u.IsAdmin {\n\t\treturn\n\t}\n\tdel(u)\n}\n",
            "package a\n\nfunc f(u User) {\n\tdel(u)\n}\n",
        ),
        (
            "A.java",
            'class A {\n    @PreAuthorize("x")\n    void f() {\n    }\n}\n',
            "class A {\n    void f() {\n    }\n}\n",
        ),
        (
            "a.py",
            "def f(u):\n    if not u.is_admin or u.locked:\n        raise A()\n    a(u)\n",
            "def f(u):\n    if not u.is_admin:\n        raise A()\n    a(u)\n",
        ),
    ],
)
def test_the_fix_makes_the_old_text_again(path, before, after):
    assert fixed(path, before, after) == before


def test_what_else_was_changed_stays():
    assert fixed("a.py", GUARD, BARE.replace("a(u)", "a2(u)")) == GUARD.replace("a(u)", "a2(u)")
    before = "def f(u):\n    log(u)\n    return requests.get(u, timeout=5)\n"
    after = "def f(u):\n    log('x', u)\n    return requests.get(u)\n"
    assert fixed("a.py", before, after) == before.replace("log(u)", "log('x', u)")


def test_it_stands_behind_the_line_behind_which_it_stood():
    before = "def f(u):\n    x = load(u)\n    if not u.is_admin:\n        raise Denied()\n    a(x)\n"
    after = "def f(u):\n    x = load(u, 1)\n    a(x)\n"
    assert fixed("a.py", before, after) == before.replace("load(u)", "load(u, 1)")


def test_it_is_indented_as_what_stands_beside_it_is_now():
    before = "def f(u):\n    if not u.is_admin:\n        raise Denied()\n    a(u)\n"
    after = "def f(u):\n    for i in x:\n        a(u)\n"
    wanted = "def f(u):\n    for i in x:\n        if not u.is_admin:\n            raise Denied()\n        a(u)\n"
    assert fixed("a.py", before, after) == wanted


def test_the_old_lines_are_shown_with_where_they_stood():
    (one,) = found("a.py", GUARD, BARE)
    (step,) = one.steps
    assert (step.elsewhere.path, step.elsewhere.first) == ("a.py", 1)
    assert step.elsewhere.lines == b"    if not u.is_admin:\n        raise Denied()\n"
    assert step.elsewhere.lines[step.span.start : step.span.end].startswith(b"if not u.is_admin")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "a.js",
            "app.get('/a', requireAuth, h);\napp.post('/b', requireAdmin, k);\n",
            "app.get('/a', requireAuth, h);\n",
        ),
        (
            "a.py",
            "def f(u):\n    ping(u)\n    requests.post(u, timeout=5)\n    return 1\n",
            "def f(u):\n    ping(u)\n    return 1\n",
        ),
        (
            "a.rb",
            "class A < B\n  before_action :authenticate_user!\n\n  def f\n  end\nend\n\nclass C\nend\n",
            "class C\nend\n",
        ),
        (
            "A.java",
            "class A {\n  @NotNull\n  private String name;\n\n  @Size(max = 3)\n  private String code;\n}\n",
            "class A {\n  @Size(max = 3)\n  private String code;\n}\n",
        ),
    ],
)
def test_what_is_gone_as_a_whole_took_its_controls_along(path, before, after):
    assert found(path, before, after) == []
