"""Shared by all rooms: nothing but what tests of several rooms need."""

import signal
import sys
import threading
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session", autouse=True)
def heard_signals():
    """Signals that whoever started the tests ignores (in the background, under nohup) reach the programs under test."""
    names = [name for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)]
    ignored = [one for one in map(signal.Signals.__getitem__, names) if signal.getsignal(one) is signal.SIG_IGN]
    if threading.current_thread() is threading.main_thread():
        for one in ignored:
            signal.signal(one, signal.default_int_handler if one is signal.SIGINT else signal.SIG_DFL)


@pytest.fixture
def repository(tmp_path):
    """A new git repository to play in (gitplay.py); its class makes more of them."""
    sys.path.insert(0, str(HERE))
    try:
        from gitplay import Repository  # noqa: PLC0415
    finally:
        sys.path.remove(str(HERE))
    return Repository(tmp_path / "repository")
