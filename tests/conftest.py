"""Shared by all rooms: nothing but what tests of several rooms need."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def repository(tmp_path):
    """A new git repository to play in (gitplay.py); its class makes more of them."""
    sys.path.insert(0, str(HERE))
    try:
        from gitplay import Repository  # noqa: PLC0415
    finally:
        sys.path.remove(str(HERE))
    return Repository(tmp_path / "repository")
