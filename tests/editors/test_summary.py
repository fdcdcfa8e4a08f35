"""An editor that is missing is named: in the summary on a person's machine, as a failure where CI=true."""

import os
import subprocess
import sys

import pytest
from places import HERE, ROOT


@pytest.fixture
def without_neovim(tmp_path):
    """The tests for Neovim, run where no Neovim is."""

    def run(**environment):
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-p",
                "no:cacheprovider",
                "-c",
                str(ROOT / "pyproject.toml"),
                str(HERE / "test_neovim.py"),
            ],
            env={**os.environ, "GIFTHORSE_EDITORS": str(tmp_path), "PATH": "/usr/bin:/bin", "CI": "", **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def test_left_out_and_named(without_neovim):
    done = without_neovim()
    line = next(line for line in done.stdout.splitlines() if line.startswith("not tried here"))
    assert line.startswith(
        "not tried here: Neovim (5 tests). Neovim 0.11 or newer is missing: run: python tests/editors/install.py"
    )


def test_a_failure_in_ci(without_neovim):
    done = without_neovim(CI="true")
    assert done.returncode == 1
    assert "Neovim 0.11 or newer is missing" in done.stdout
