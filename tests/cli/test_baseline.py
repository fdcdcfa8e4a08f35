"""Baselines: written, read and held against later runs; what moved is known, and what is one more is new."""

import json
import os
import subprocess

import pytest

RISK = "requests.get(u, verify=False, timeout=3)\n"
BAD = "import requests\n" + RISK


@pytest.fixture
def folder(tmp_path, gifthorse):
    """A root with one finding that the file `base` knows; the file stands outside of it."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.py").write_text(BAD)
    made = gifthorse("scan", ".", "--write-baseline", "../base", cwd=root)
    assert (made.returncode, made.stderr) == (0, "gifthorse: ../base: 1 finding written.\n")
    return root


@pytest.fixture
def scan(gifthorse, folder):
    def run(*words):
        return gifthorse("scan", ".", "--baseline", "../base", *words, cwd=folder)

    return run


def test_what_moved_is_known_and_one_more_is_new(folder, scan):
    (folder / "a.py").unlink()
    (folder / "c/d").mkdir(parents=True)
    (folder / "c/d/b.py").write_text("import requests\n\nif x:\n    " + RISK.replace("u, ", "\n        u,\n        "))
    result = scan()
    assert result.returncode == 0, result.stdout
    assert "1 known from the baseline" in result.stdout
    assert result.stderr == ""
    (folder / "e.py").write_text(BAD)
    assert scan().returncode == 1


def test_only_what_was_looked_at_may_have_moved(gifthorse, folder):
    (folder / "b.py").write_text(BAD)
    result = gifthorse("scan", "b.py", "--baseline", "../base", cwd=folder)
    assert result.returncode == 1
    assert "not found any more" not in result.stderr


def test_what_is_gone_is_listed_and_left_out_of_the_next(gifthorse, folder, scan):
    (folder / "a.py").write_text("x = 1\n")
    assert "gone: a.py  tls-verify-off" in scan("--verbose").stderr
    assert scan("--write-baseline", "../base").returncode == 0
    assert scan().stderr == ""
    assert json.loads((folder / "../base").read_text())["findings"] == []


def test_a_baseline_is_brought_up_to_date_and_says_what_is_new(folder, scan):
    (folder / "b.py").write_text(BAD)
    assert scan("--write-baseline", "../base").returncode == 1
    assert scan().returncode == 0
    entries = json.loads((folder / "../base").read_text())["findings"]
    assert [(one["path"], one["rule"], one["count"]) for one in entries] == [
        ("a.py", "tls-verify-off", 1),
        ("b.py", "tls-verify-off", 1),
    ]


def test_a_baseline_is_one_line_a_finding_sorted_and_the_same_each_time(gifthorse, folder):
    (folder / "z.py").write_text(BAD)
    (folder / "b.py").write_text(BAD + RISK)
    for name in ("../one", "../two"):
        gifthorse("scan", ".", "--write-baseline", name, cwd=folder)
    text = (folder / "../one").read_text()
    assert text == (folder / "../two").read_text()
    assert [line.split('"')[3] for line in text.splitlines()[4:-2]] == ["a.py", "b.py", "z.py"]
    assert [file.name for file in folder.parent.iterdir() if "one" in file.name] == ["one"]


def test_all_that_is_found_is_written_whatever_is_shown(gifthorse, folder, scan):
    (folder / "b.py").write_text(BAD)
    gifthorse(
        "scan", ".", "--min-severity", "high", "--min-confidence", "high", "--write-baseline", "../base", cwd=folder
    )
    assert scan().returncode == 0


def test_secrets_of_the_same_length_are_not_alike(gifthorse, folder):
    (folder / "a.py").write_text('k = "AKIA' + 'QYLPMN5HHHFPZAM2"\n')
    gifthorse("scan", ".", "--write-baseline", "../base", cwd=folder)
    assert "QYLPMN5HHHFPZAM2" not in (folder / "../base").read_text()
    assert gifthorse("scan", ".", "--baseline", "../base", cwd=folder).returncode == 0
    (folder / "a.py").write_text('k = "AKIA' + 'QYLPMN5HHHFPZAM3"\n')
    assert gifthorse("scan", ".", "--baseline", "../base", cwd=folder).returncode == 1


@pytest.mark.parametrize(
    "entry",
    [
        {"path": "a.py"},
        "a.py",
        None,
        {"path": 1, "rule": "x", "likeness": "y"},
    ],
)
def test_what_cannot_be_read_of_a_baseline_counts_for_nothing(entry, folder, scan):
    file = folder / "../base"
    said = json.loads(file.read_text())
    said["findings"] = [entry, {**said["findings"][0], "note": "more", "count": "many"}]
    file.write_text("\ufeff" + json.dumps(said), encoding="utf-8")
    result = scan()
    assert result.returncode == 0
    assert "1 entries could not be read" in result.stderr


def test_a_baseline_of_a_newer_version_is_two(folder, scan):
    file = folder / "../base"
    file.write_text(file.read_text().replace('"version": 1', '"version": 9'))
    result = scan()
    assert result.returncode == 2
    assert "Update" in result.stderr


@pytest.mark.parametrize("trusted", [(), ("--trust",)])
def test_a_baseline_of_the_repository_counts_because_it_was_named(gifthorse, folder, trusted):
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    gifthorse("scan", ".", "--write-baseline", "base.json", cwd=folder)
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True)
    result = gifthorse("scan", ".", "--baseline", "base.json", *trusted, cwd=folder)
    assert result.returncode == 0
    assert ("decides what is not shown" in result.stderr) == (not trusted)
    assert gifthorse("scan", ".", *trusted, cwd=folder).returncode == 1


def test_a_baseline_that_cannot_be_written_is_two(gifthorse, folder):
    result = gifthorse("scan", ".", "--write-baseline", "nowhere/base", cwd=folder)
    assert result.returncode == 2
    assert "nowhere/base cannot be written" in result.stderr
