"""Rules of users' own: which hold, what is wrong with the others, and that none stands in for one of ours."""

from pathlib import Path

import pytest

from gifthorse.model.rule import Catalogue, Language
from gifthorse.store.ownrules import MOST_FILES, is_rule_file, joined, left_aside, read_own, read_text, rule_files

RULE = """\
format = 1
id = "{id}"
severity = "medium"
confidence = "high"
title = "Acme's legacy client is used"
message = "{{callee}} talks to the legacy gateway."

[[match]]
language = ["python"]
call = ["acme.legacy.connect"]
"""
PYTHON = Language("python", "", (".py",), (), ("python",), ("#",), (), "", "", {}, frozenset(), frozenset(), {})
SHIPPED = Catalogue({"tls-verify-off": None}, {"python": PYTHON}, "1")


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def rule(name):
    return RULE.format(id=name)


def test_rules_hold_wherever_they_lie_and_have_their_folders_family(tmp_path):
    write(tmp_path / "rules", "legacy.toml", rule("legacy"))
    write(tmp_path / "rules", "network/deep/older.toml", rule("older"))
    write(tmp_path / "rules", "named.toml", rule("named") + 'unused = ""\n')
    own = read_own([tmp_path / "rules"], SHIPPED)
    assert {name: one.family for name, one in own.rules.items()} == {"legacy": "own", "older": "deep"}
    assert own.files["older"] == tmp_path / "rules/network/deep/older.toml"
    assert [(Path(problem.file).name, problem.line) for problem in own.problems] == [("named.toml", 11)]


def test_a_family_may_be_any(tmp_path):
    path = write(tmp_path, "legacy.toml", rule("legacy").replace('severity = "m', 'family = "acme"\nseverity = "m'))
    found, _ = read_text(path, path.read_text(), SHIPPED)
    assert found.family == "acme"


def test_what_every_rule_should_have_is_advice_in_a_users_own(tmp_path):
    path = tmp_path / "legacy.toml"
    found, problems = read_text(path, rule("legacy"), SHIPPED)
    assert found is not None
    assert problems
    assert all(problem.advice for problem in problems)
    said = " ".join(problem.message for problem in problems)
    for word in ("`why`", "`instead`", "`cwe`", "No test"):
        assert word in said


def test_no_rule_stands_in_for_one_of_ours(tmp_path):
    write(tmp_path, "tls-verify-off.toml", rule("tls-verify-off"))
    own = read_own([tmp_path], SHIPPED)
    assert own.rules == {}
    (problem,) = own.problems
    assert problem.line == 2
    assert "tls-verify-off" in problem.message
    assert "another id" in problem.remedy


def test_of_two_with_one_id_the_first_holds_and_the_other_is_said(tmp_path):
    first = write(tmp_path, "a/legacy.toml", rule("legacy"))
    write(tmp_path, "b/legacy.toml", rule("legacy"))
    own = read_own([tmp_path], SHIPPED)
    assert own.files == {"legacy": first}
    assert ["already" in problem.message for problem in own.problems] == [True]


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ('[[match]]\nlanguage = ["python"]\ncall = ["acme.legacy.connect"]\n', "", 1, "[[match]]"),
        ('[[match]]\nlanguage = ["python"]\ncall = ["acme.legacy.connect"]\n', 'detector = "bidi"\n', 8, "Detectors"),
        ('["python"]', '["pyhton"]', 9, "pyhton"),
        ('severity = "medium"', 'severity = "medium', 3, "not TOML"),
        ("[[match]]", "[[tset]]\nlanguage = 'python'\n\n[[match]]", 8, "tset"),
    ],
)
def test_what_is_wrong_has_its_line(tmp_path, old, new, line, word):
    text = rule("legacy").replace(old, new)
    found, problems = read_text(tmp_path / "legacy.toml", text, SHIPPED)
    assert found is None
    wrong = [problem for problem in problems if not problem.advice]
    assert [(problem.line, word in problem.message) for problem in wrong] == [(line, True)]


def test_regular_expressions_are_re2s_alone(tmp_path):
    text = rule("legacy") + 'where = { 0 = "re:(a+)+\\\\1" }\n'
    found, problems = read_text(tmp_path / "legacy.toml", text, SHIPPED)
    assert found is None
    assert any("RE2" in problem.message for problem in problems)


def test_what_is_no_text_file_is_left_out_and_said(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "latin.toml").write_bytes(b"id = '\xff'")
    (tmp_path / "huge.toml").write_bytes(b"#" * 500_001)
    (tmp_path / "deep.toml").write_text("format = 1\nx = " + "[" * 5000 + "]" * 5000)
    own = read_own([tmp_path], SHIPPED)
    assert own.rules == {}
    assert sorted(Path(problem.file).name for problem in own.problems) == ["deep.toml", "huge.toml", "latin.toml"]


def test_only_so_many_files_are_read(tmp_path):
    for number in range(MOST_FILES + 5):
        (tmp_path / f"r{number:04}.toml").touch()
    assert len(list(rule_files(tmp_path))) == MOST_FILES


def test_a_linked_folder_is_not_followed(tmp_path):
    write(tmp_path / "elsewhere", "legacy.toml", rule("legacy"))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/link").symlink_to(tmp_path / "elsewhere")
    assert list(rule_files(tmp_path / "rules")) == []


def test_left_aside_says_how_many_and_what_to_do(tmp_path):
    assert left_aside(tmp_path) == ()
    write(tmp_path, "legacy.toml", rule("legacy"))
    (problem,) = left_aside(tmp_path)
    assert "1 rule file" in problem.message
    assert "Trust" in problem.remedy


def test_the_catalogues_version_follows_the_rules(tmp_path):
    assert joined(SHIPPED, read_own([tmp_path], SHIPPED)) is SHIPPED
    write(tmp_path, "legacy.toml", rule("legacy"))
    one = joined(SHIPPED, read_own([tmp_path], SHIPPED))
    write(tmp_path, "legacy.toml", rule("legacy").replace("medium", "high"))
    assert one.version != joined(SHIPPED, read_own([tmp_path], SHIPPED)).version != SHIPPED.version


def test_which_paths_are_rule_files(tmp_path):
    assert is_rule_file(tmp_path / "a/b.toml", [tmp_path])
    assert not is_rule_file(tmp_path / "a/family.toml", [tmp_path])
    assert not is_rule_file(tmp_path / "b.py", [tmp_path])
    assert not is_rule_file(tmp_path / "b.toml", [tmp_path / "a"])
