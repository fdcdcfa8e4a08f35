"""A few sessions against a real server, with git, hooks and `kill -9`; live.py plays as many more as one likes."""

import os
from pathlib import Path

import pytest
from live import run

import gifthorse

SEEDS = (1, 2, 9, 12)


@pytest.fixture
def package(monkeypatch):
    """Servers run the package that these tests import."""
    given = [str(Path(folder).absolute()) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(gifthorse.__file__).parents[1]), *given]))


def test_no_persons_text_is_said_to_be_an_agents_whatever_happens_to_the_server_and_the_repository(package):
    counts = [run(seed, 30) for seed in SEEDS]
    for happened in ("looks", "restarts", "commits", "right"):
        assert sum(count[happened] for count in counts) > 0
