"""Semgrep's rules read into ours: what maps finds the same, what does not is told with its reason."""

import tomllib

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.rule import MatchKind
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.ownrules import OwnRules, joined, read_text
from gifthorse.store.semgrep.files import read_semgrep
from gifthorse.store.semgrep.patterns import UnmappedError, read_pattern, split
from gifthorse.store.semgrep.translate import Unmapped

CATALOGUE = load_catalogue()
HEAD = "rules:\n  - id: Acme.Check\n    severity: ERROR\n    message: Acme is used. It listens.\n"


def outcome(body, languages="[python]"):
    (one,) = read_semgrep(f"{HEAD}    languages: {languages}\n{body}", "rules.yaml", CATALOGUE)
    return one


def imported(tmp_path, body, languages="[python]"):
    one = outcome(body, languages)
    assert not isinstance(one, Unmapped), one
    rule, _ = read_text(tmp_path / one[0], one[1], CATALOGUE)
    return rule


def finds(rule, code, path="a.py"):
    report = inspect(code.encode(), path, None, joined(CATALOGUE, OwnRules({rule.id: rule}))).report
    return [one.span.start for one in report.findings if one.rule == rule.id]


@pytest.mark.parametrize(
    ("pattern", "name", "where", "unless"),
    [
        ("acme.run(...)", "acme.run", {}, {}),
        ("acme.run()", "acme.run", {}, {"0": "present"}),
        ("acme.run($X)", "acme.run", {"0": "present"}, {"1": "present"}),
        ("acme.run($X, ...)", "acme.run", {"0": "present"}, {}),
        ('acme.run("a, b", 2)', "acme.run", {"0": "is:a, b", "1": "is:2"}, {"2": "present"}),
        ("acme.run(..., shell=True, ...)", "acme.run", {"shell": "truthy"}, {}),
        ("acme.run(..., mode=acme.WEAK)", "acme.run", {"mode": "is:acme.WEAK"}, {}),
        ("$X.run(..., False)", "**.run", {"*": "falsy"}, {}),
        ("new acme.Client({verify: false, ...}, ...)", "acme.Client", {"0.verify": "falsy"}, {}),
        ('acme.run("...", ...)', "acme.run", {"0": "constant"}, {}),
        ("Acme::run(null, ...);", "Acme.run", {"0": "is:null"}, {}),
        ("acme.run(acme.make(...), ...)", "acme.run", {"0": "is:acme.make()"}, {}),
    ],
)
def test_calls(pattern, name, where, unless):
    found = read_pattern(pattern)
    assert (found.kind, found.name, dict(found.where), dict(found.unless)) == ("call", name, where, unless)


def test_an_assignment():
    found = read_pattern("acme.config.DEBUG = True")
    assert (found.kind, found.name, dict(found.where)) == ("assign", "acme.config.DEBUG", {"value": "truthy"})


@pytest.mark.parametrize(
    "pattern",
    ["$F(...)", "foo(...) + 1", "if x: ...", "a()\nb()", "f(<... x ...>)", "f(a + b)", "$X = foo()", "(f)(...)", ""],
)
def test_what_has_no_counterpart_says_why(pattern):
    with pytest.raises(UnmappedError, match=r"\w"):
        read_pattern(pattern)


def test_arguments_are_split_outside_of_brackets_and_quotes():
    assert list(split("a, f(b, c), {d: 1, e: [2, 3]}, 'x, y', ...")) == [
        "a",
        "f(b, c)",
        "{d: 1, e: [2, 3]}",
        "'x, y'",
        "...",
    ]


def test_an_imported_rule_finds_what_it_found_and_more_disguises(tmp_path):
    rule = imported(tmp_path, "    pattern: acme.get(..., verify=False, ...)\n")
    assert (rule.id, rule.severity, rule.title) == ("acme-check", "high", "Acme is used")
    assert finds(rule, "import acme\nacme.get(1, verify=False)\n") == [12]
    assert finds(rule, "from acme import get as g\ng(1, verify=not True)\n")
    assert finds(rule, "import acme\nacme.get(1, verify=True)\nacme.get(1)\n") == []


def test_alternatives_conditions_and_exceptions(tmp_path):
    body = """\
    patterns:
      - pattern-either:
          - pattern: acme.hash($ALG)
          - pattern: acme.digest($ALG, ...)
      - metavariable-regex: {metavariable: $ALG, regex: (md5|sha1)}
      - pattern-not: acme.digest("sha1", ...)
      - focus-metavariable: $ALG
"""
    assert isinstance(outcome(body), Unmapped)  # the exception is about one of the alternatives only
    rule = imported(tmp_path, body.replace("          - pattern: acme.hash($ALG)\n", ""))
    assert finds(rule, 'import acme\nacme.digest("md5")\n')
    assert finds(rule, 'import acme\nacme.digest("sha1")\nacme.digest("sha256")\n') == []


@pytest.mark.parametrize(("comparison", "hit", "miss"), [("$N < 10", 9, 10), ("$N <= 10", 10, 11), ("$N >= 3", 3, 2)])
def test_comparisons(tmp_path, comparison, hit, miss):
    body = f"""\
    patterns:
      - pattern: acme.size($N)
      - metavariable-comparison:
          metavariable: $N
          comparison: {comparison}
"""
    rule = imported(tmp_path, body)
    assert finds(rule, f"import acme\nacme.size({hit})\n")
    assert finds(rule, f"import acme\nacme.size({miss})\n") == []


def test_a_list_of_words_for_a_method_becomes_names(tmp_path):
    body = """\
    patterns:
      - pattern: $C.$M(...)
      - metavariable-regex: {metavariable: $M, regex: ^(fetch|load)$}
"""
    rule = imported(tmp_path, body)
    assert rule.matches[0].patterns == ("**.fetch", "**.load")
    assert finds(rule, "import acme\nacme.load()\n")


def test_names_are_as_the_code_writes_them_and_as_they_are_in_full(tmp_path):
    rule = imported(tmp_path, "    pattern: md5.New()\n", "[go]")
    assert finds(rule, 'package a\n\nimport "crypto/md5"\n\nvar h = md5.New()\n', "a.go")
    rule = imported(tmp_path, '    pattern: Cipher.getInstance("DES")\n', "[java]")
    code = 'import javax.crypto.Cipher;\nclass A { void f() throws Exception { Cipher.getInstance("DES"); } }\n'
    assert finds(rule, code, "A.java")


def test_any_function_of_a_module_and_an_exception_for_constants(tmp_path):
    body = """\
    patterns:
      - pattern: acme.$FUNC(..., shell=True, ...)
      - pattern-not: acme.$FUNC("...", shell=True, ...)
"""
    rule = imported(tmp_path, body)
    assert finds(rule, "import acme\ndef f(x):\n    acme.run(x, shell=True)\n")
    assert finds(rule, "import acme\nacme.run('ls', shell=True)\n") == []
    assert isinstance(outcome("    pattern: $X.$FUNC(...)\n"), Unmapped)


def test_taint_from_a_known_source(tmp_path):
    body = """\
    mode: taint
    pattern-sources:
      - pattern: flask.request.args.get(...)
    pattern-sinks:
      - pattern: acme.run($CMD, ...)
"""
    rule = imported(tmp_path, body)
    assert finds(rule, "import acme, flask\nx = flask.request.args.get('a')\nacme.run('b' + x)\n")
    assert finds(rule, "import acme\nacme.run('b')\n") == []
    unknown = outcome(body.replace("flask.request.args.get(...)", "acme.secret_door(...)"))
    assert "acme.secret_door" in unknown.why


def test_typescript_goes_without_saying_beside_javascript(tmp_path):
    rule = imported(tmp_path, "    pattern: acme.run(...)\n", "[js, ts]")
    assert rule.matches[0].languages == ("javascript",)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("    patterns:\n      - pattern: f(...)\n      - pattern-inside: g(...)\n", "`pattern-inside`"),
        ("    pattern-regex: abc\n", "`pattern-regex`"),
        ("    mode: join\n    pattern: f(...)\n", "'join'"),
        ("    pattern: f(...)\n    paths: {include: [a]}\n", "paths"),
        ("    patterns:\n      - pattern: f(...)\n      - pattern: g(...)\n", "several"),
        (
            "    patterns:\n      - pattern: f($X)\n      - metavariable-regex: {metavariable: $X, regex: (a)\\1}\n",
            "RE2",
        ),
        (
            "    mode: taint\n    pattern-sinks: [{pattern: f(...)}]\n    pattern-sanitizers: [{pattern: g(...)}]\n",
            "sanit",
        ),
        ("    pattern: f('*')\n", "pattern"),
        ("", "without patterns"),
    ],
)
def test_what_does_not_map_is_told_with_its_line_and_reason(body, why):
    one = outcome(body)
    assert isinstance(one, Unmapped)
    assert (one.id, one.line) == ("Acme.Check", 2)
    assert why in one.why


def test_an_id_of_ours_gets_another_name():
    text = f"{HEAD}    languages: [python]\n    pattern: f(...)\n".replace("Acme.Check", "tls-verify-off")
    ((name, written, _),) = read_semgrep(text, "rules.yaml", CATALOGUE)
    assert name == "tls-verify-off-imported.toml"
    assert tomllib.loads(written)["id"] == "tls-verify-off-imported"


def test_odd_words_survive_being_written():
    text = 'rules:\n  - id: "ä \\" x"\n    severity: INFO\n    message: "a {b} \\" \\x7f \\u2028 $X"\n'
    ((_, written, _),) = read_semgrep(text + "    languages: [python]\n    pattern: f(...)\n", "a\nb.yaml", CATALOGUE)
    values = tomllib.loads(written)
    assert values["message"] == 'a (b) " \x7f X'
    assert values["match"] == [{"language": ["python"], "call": ["f"]}]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rules: 3",
        "[",
        "rules:\n\t- x",
        "x: !!python/object:os.system {}",
    ],
)
def test_what_is_no_file_of_rules_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"YAML|rules|large"):
        list(read_semgrep(text, "rules.yaml", CATALOGUE))


def test_aliases_that_grow_are_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(ValueError, match="large"):
        list(read_semgrep("\n".join([*lines, "rules: *a8"]), "rules.yaml", CATALOGUE))


def test_kinds_of_what_is_imported(tmp_path):
    rule = imported(tmp_path, "    pattern: acme.DEBUG = True\n")
    assert rule.matches[0].kind is MatchKind.ASSIGN
    assert finds(rule, "import acme\nacme.DEBUG = True\n")


def test_a_text_that_holds_itself_is_no_trap():
    assert [type(one) for one in read_semgrep("rules: &a [*a]", "rules.yaml", CATALOGUE)] == [Unmapped]
