"""Honest code with the constructs that disguises are made of: nothing is found in it."""

from pathlib import Path

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.store.catalogue import load_catalogue

FOLDER = Path(__file__).parent / "harmless"
FILES = sorted(path for path in FOLDER.iterdir() if path.is_file())


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_honest_code_is_silent(path, catalogue):
    report = inspect(path.read_bytes(), path.name, None, catalogue).report
    assert not report.incomplete
    assert [(finding.rule, finding.confidence, finding.message) for finding in report.findings] == []


def test_there_are_enough_of_them():
    assert len(FILES) >= 40
    assert {path.suffix for path in FILES} >= {".py", ".js", ".ts"}
