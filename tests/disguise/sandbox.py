"""Executing samples: a child process in which everything outside of the sample is a stub that takes down its calls.

What comes back for each sample is its record, or why it could not be run. The child has no environment, and a limit
on time for all that it runs.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
TIMEOUT = 240
Record = list[str] | str
"""What was called and set, in order; or, as a text, why the sample could not be run."""


def _run(command: Sequence[str], work: object) -> list[Record]:
    done = subprocess.run(
        command, input=json.dumps(work), capture_output=True, text=True, timeout=TIMEOUT, check=False, env={}, cwd="/"
    )
    if done.returncode:
        raise RuntimeError(f"The sandbox ended with {done.returncode}: {done.stderr[-2000:]}")
    found: list[Record] = json.loads(done.stdout)
    return found


def run_python(work: Sequence[tuple[str, Sequence[str]]]) -> list[Record]:
    """Records of Python samples: (code, names of its functions and classes, which are called after it)."""
    return _run([sys.executable, "-I", "-S", "-X", "utf8", str(HERE / "sandbox_child.py")], list(work))


def run_javascript(work: Sequence[tuple[str, Sequence[str]]]) -> list[Record]:
    """The same for JavaScript, with node."""
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("Node is needed to execute JavaScript samples: install Node 20 or newer.")
    return _run([node, str(HERE / "sandbox_child.js")], list(work))
