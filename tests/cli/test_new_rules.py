"""`gifthorse rules new` and `gifthorse rules import`: what they write, and what they refuse."""

import pytest

from gifthorse.__main__ import main
from gifthorse.engine.ruletest import run_tests
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.newrule import starting_rule
from gifthorse.store.ownrules import OwnRules, joined, read_text

CATALOGUE = load_catalogue()
STARTED = [name for name in CATALOGUE.languages if starting_rule("my-rule", name)]
WRITTEN_BY_PEOPLE = {
    "python", "javascript", "typescript", "go", "java", "kotlin", "csharp", "c", "cpp", "rust", "swift", "php", "ruby",
    "bash", "powershell", "dockerfile", "yaml", "hcl", "json",
}  # fmt: skip


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_a_beginning_in_every_language_of_the_table():
    assert set(STARTED) >= WRITTEN_BY_PEOPLE


@pytest.mark.parametrize("language", STARTED)
def test_a_rule_begins_without_problems_and_with_tests_that_pass(language, tmp_path):
    rule, problems = read_text(tmp_path / "my-rule.toml", starting_rule("my-rule", language), CATALOGUE)
    assert problems == []
    outcomes = run_tests(rule, joined(CATALOGUE, OwnRules({rule.id: rule})))
    assert [one.complaint for one in outcomes if not one.passed] == []
    assert any(one.test.bad for one in outcomes)


def test_a_new_rule_lies_in_the_projects_own_folder_and_can_be_tested_at_once(project, capsys):
    assert main(["rules", "new", "acme-cleartext", "--language", "go"]) == 0
    file = project / ".gifthorse" / "rules" / "acme-cleartext.toml"
    assert 'id = "acme-cleartext"' in file.read_text()
    assert "gifthorse rules test" in capsys.readouterr().out
    assert main(["rules", "test", str(file)]) == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Acme"], "no id"),
        (["../acme"], "no id"),
        (["tls-verify-off"], "Gifthorse's"),
        (["acme", "--language", "cobol"], "Known: bash"),
    ],
)
def test_what_cannot_be_started_is_said(project, words, said, capsys):
    assert main(["rules", "new", *words]) == 2
    assert said in capsys.readouterr().err
    assert not (project / ".gifthorse").exists()


def test_a_rule_that_is_there_is_never_written_over(project, capsys):
    assert main(["rules", "new", "acme", "--directory", "mine"]) == 0
    (project / "mine" / "acme.toml").write_text("mine")
    assert main(["rules", "new", "acme", "--directory", "mine"]) == 2
    assert (project / "mine" / "acme.toml").read_text() == "mine"
    assert "already" in capsys.readouterr().err


def test_import_writes_what_maps_and_lists_what_does_not(project, capsys):
    (project / "rules.yaml").write_text(
        "rules:\n"
        "  - {id: one, languages: [python], severity: ERROR, message: m, pattern: f(...)}\n"
        "  - {id: two, languages: [python], severity: ERROR, message: m, pattern-regex: a}\n"
    )
    assert main(["rules", "import", "semgrep", "rules.yaml", "--directory", "imported"]) == 1
    shown = capsys.readouterr().out
    assert "rules.yaml:3: two: `pattern-regex` has no counterpart" in shown
    assert "1 of 2 rules were imported." in shown
    assert [path.name for path in (project / "imported").iterdir()] == ["one.toml"]
    assert main(["rules", "import", "semgrep", "rules.yaml", "--directory", "imported"]) == 2
    assert "there already" in capsys.readouterr().err


def test_import_of_what_is_no_file_of_rules(project, capsys):
    assert main(["rules", "import", "semgrep", "nowhere.yaml"]) == 2
    (project / "odd.yaml").write_text("a: [")
    assert main(["rules", "import", "semgrep", "odd.yaml"]) == 2
    assert "not YAML" in capsys.readouterr().err
