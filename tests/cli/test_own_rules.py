"""Rules of users' own on the command line: who is believed, what is said, how they are tested."""

import json

import pytest

RULE = """\
format = 1
id = "acme-legacy"
severity = "medium"
confidence = "high"
title = "Acme's legacy client is used"
message = "{callee} talks to the legacy gateway."
why = "It speaks without encryption."
instead = "Use `acme.client`."

[[match]]
language = ["python"]
call = ["acme.legacy.connect"]

[[test]]
language = "python"
bad = "import acme.legacy as l\\nl.connect()\\n"
"""
QUERY = RULE.replace('call = ["acme.legacy.connect"]', 'query = "(call function: (nonsense) @match)"')


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    rules = root / ".gifthorse" / "rules"
    rules.mkdir(parents=True)
    (root / ".git").mkdir()
    (rules / "acme-legacy.toml").write_text(RULE)
    (root / "a.py").write_text("from acme.legacy import connect\n\nconnect()\n")
    return root


def found(done):
    return [one["rule"] for one in json.loads(done.stdout)["findings"]]


def test_a_roots_own_rules_count_once_it_is_trusted_and_until_then_that_is_said(project, gifthorse):
    done = gifthorse("scan", "a.py", "--format", "json", cwd=project)
    assert (done.returncode, found(done)) == (0, [])
    assert "1 rule file was ignored" in done.stderr
    assert "--trust" in done.stderr
    done = gifthorse("scan", "a.py", "--format", "json", "--trust", cwd=project)
    assert (done.returncode, found(done), done.stderr) == (1, ["acme-legacy"], "")
    done = gifthorse("scan", "a.py", "--format", "json", "--trust", "--no-config", cwd=project)
    assert (done.returncode, found(done)) == (0, [])


def test_sarif_and_text_explain_a_users_own_rule(project, gifthorse):
    done = gifthorse("scan", "a.py", "--format", "sarif", "--trust", cwd=project)
    (rule,) = json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == "acme-legacy"
    assert "It speaks without encryption." in rule["help"]["markdown"]
    assert "acme.legacy.connect talks to" in gifthorse("scan", "a.py", "--trust", cwd=project).stdout


def test_directories_of_the_users_own_configuration_are_believed_everywhere(project, gifthorse, tmp_path):
    rules = tmp_path / "config" / "mine"
    rules.mkdir(parents=True)
    (project / ".gifthorse" / "rules" / "acme-legacy.toml").rename(rules / "acme-legacy.toml")
    (tmp_path / "config" / "gifthorse.toml").write_text('[rules]\ndirectories = ["mine"]\n')
    done = gifthorse("scan", "a.py", "--format", "json", cwd=project)
    assert (found(done), done.stderr) == (["acme-legacy"], "")


def test_a_roots_configuration_names_directories_only_where_it_is_trusted(project, gifthorse):
    (project / "checks").mkdir()
    (project / ".gifthorse" / "rules" / "acme-legacy.toml").rename(project / "checks" / "acme-legacy.toml")
    (project / "gifthorse.toml").write_text('[rules]\ndirectories = ["checks"]\n')
    done = gifthorse("scan", "a.py", "--format", "json", cwd=project)
    assert found(done) == []
    assert "Reading rules from checks was ignored" in done.stderr
    done = gifthorse("scan", "a.py", "--format", "json", "--trust", cwd=project)
    assert (found(done), done.stderr) == (["acme-legacy"], "")


def test_own_rules_can_be_configured_as_ours_are(project, gifthorse):
    (project / "gifthorse.toml").write_text('[rules]\noff = ["acme-legacy"]\n')
    done = gifthorse("scan", "a.py", "--format", "json", "--trust", cwd=project)
    assert (found(done), done.stderr) == ([], "")


def test_a_broken_rule_is_said_with_its_line_and_the_others_hold(project, gifthorse):
    broken = project / ".gifthorse" / "rules" / "broken.toml"
    broken.write_text(RULE.replace("acme-legacy", "broken").replace('"python"', '"pyhton"'))
    done = gifthorse("scan", "a.py", "--format", "json", "--trust", cwd=project)
    assert found(done) == ["acme-legacy"]
    assert f"{broken}:11: The language 'pyhton' is not known." in done.stderr


def test_a_rule_whose_query_does_not_compile_stops_no_other(project, gifthorse):
    (project / ".gifthorse" / "rules" / "odd.toml").write_text(QUERY.replace("acme-legacy", "odd"))
    done = gifthorse("scan", "a.py", "--format", "json", "--trust", cwd=project)
    assert found(done) == ["acme-legacy"]
    (unknown,) = json.loads(done.stdout)["notAnalysed"]
    assert "your rule odd" in unknown["why"]
    done = gifthorse("rules", "test", ".gifthorse/rules/odd.toml", cwd=project)
    assert done.returncode == 1
    assert "does not compile" in done.stdout


def test_rule_files_and_folders_that_are_named_are_tested(project, gifthorse):
    for named in (".gifthorse/rules/acme-legacy.toml", ".gifthorse/rules"):
        done = gifthorse("rules", "test", named, cwd=project)
        assert (done.returncode, done.stderr) == (0, "")
        assert "1 of 1 tests of 1 rules passed." in done.stdout
    done = gifthorse("rules", "test", "--format", "json", ".gifthorse/rules", cwd=project)
    assert json.loads(done.stdout)["tests"] == [
        {"rule": "acme-legacy", "test": 1, "language": "python", "complaint": ""}
    ]
    assert gifthorse("rules", "test", "nowhere.toml", cwd=project).returncode == 2


def test_ids_of_own_rules_are_known_where_the_folder_is_trusted(project, gifthorse):
    assert gifthorse("rules", "test", "acme-legacy", cwd=project).returncode == 2
    assert gifthorse("rules", "--trust", "test", "acme-legacy", cwd=project).returncode == 0
    assert "acme-legacy" in gifthorse("rules", "--trust", cwd=project).stdout
    assert "acme-legacy" not in gifthorse("rules", cwd=project).stdout


def test_an_own_rule_is_explained(project, gifthorse):
    done = gifthorse("explain", "acme-legacy", cwd=project)
    assert done.returncode == 0
    assert "It speaks without encryption." in done.stdout
    assert "Read on" not in done.stdout
