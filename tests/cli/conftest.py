"""What the tests of the command line share."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def sample():
    sys.path.insert(0, str(HERE))
    try:
        from sample import sample as made  # noqa: PLC0415

        yield made
    finally:
        sys.path.remove(str(HERE))


@pytest.fixture(scope="session")
def sarif_schema():
    return json.loads((HERE.parent / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


@pytest.fixture
def gifthorse(tmp_path):
    """Run the real command in a folder, with state and configuration of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "GIFTHORSE_STATE_DIR": str(tmp_path / "state"),
        "GIFTHORSE_CONFIG_DIR": str(tmp_path / "config"),
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "PYTHONUTF8": "1",
    }

    def run(*words, cwd, given=None, **changes):
        return subprocess.run(
            [sys.executable, "-P", "-m", "gifthorse", *map(str, words)],
            cwd=cwd,
            env={**environment, **changes},
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run
