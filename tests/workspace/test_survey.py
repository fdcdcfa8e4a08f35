"""Whole folders with roots inside roots: each file is judged by the root that it belongs to."""

import pytest

from gifthorse.model.finding import Severity
from gifthorse.store.catalogue import load_catalogue
from gifthorse.workspace.survey import Aside, Roots, Surveyed, gather, survey

BAD = "import requests\nrequests.get(u, verify=False, timeout=3)\n"


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("GIFTHORSE_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "folder" / "inner" / ".git").mkdir(parents=True)
    for name in ("folder/a.py", "folder/inner/b.py"):
        (tmp_path / name).write_text(BAD)
    return tmp_path / "folder"


def looked_into(*paths, trusted=False):
    roots = Roots(load_catalogue(), trusted=trusted, configured=True)
    results = list(survey(list(gather(paths, roots)), roots))
    files = {one.path.name: one for one in results if isinstance(one, Surveyed)}
    return files, {one.path.name: one for one in results if isinstance(one, Aside)}


def severities(file):
    return [judged.finding.severity for judged in file.judgement.shown]


def test_a_root_inside_has_its_own_configuration(folder):
    (folder / "inner" / "gifthorse.toml").write_text('[rules.severity]\ntls-verify-off = "low"\n')
    files, _ = looked_into(folder, trusted=True)
    assert severities(files["a.py"]) == [Severity.HIGH]
    assert severities(files["b.py"]) == [Severity.LOW]
    files, _ = looked_into(folder)
    assert severities(files["b.py"]) == [Severity.HIGH]


def test_a_file_that_is_named_is_looked_at_though_it_is_excluded(folder):
    (folder / "gifthorse.toml").write_text('exclude = ["*.py"]\n')
    files, aside = looked_into(folder, trusted=True)
    assert "a.py" not in files
    assert aside["a.py"].why == "left out by the configuration"
    assert list(looked_into(folder / "a.py", trusted=True)[0]) == ["a.py"]


def test_a_path_that_is_missing_stops_it_before_anything_is_done(folder):
    with pytest.raises(FileNotFoundError):
        looked_into(folder, folder / "missing")


def test_what_is_binary_is_set_aside_but_not_a_program_with_a_nul(folder):
    (folder / "a.bin").write_bytes(b"\0" * 100)
    (folder / "nul.py").write_bytes(b"x = 1\0\n" + BAD.encode())
    files, aside = looked_into(folder)
    assert (aside["a.bin"].why, aside["a.bin"].unknown) == ("binary", False)
    assert files["nul.py"].judgement.shown


def test_a_larger_limit_is_given_to_the_process_too(folder):
    (folder / "a.py").write_text(BAD + ("#" * 99_999 + "\n") * 90)
    assert looked_into(folder)[1]["a.py"].unknown
    (folder / "gifthorse.toml").write_text("[limits]\nfile-bytes = 10_000_000\nseconds = 60\n")
    files, _ = looked_into(folder, trusted=True)
    assert severities(files["a.py"]) == [Severity.HIGH]
    assert files["a.py"].incomplete == ""
