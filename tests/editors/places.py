"""Where things stand, and programs that an editor can start. No tests, no fixtures."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def launcher(folder, name, script, environment):
    """A program that an editor can start without arguments of its own: `script` with these environment variables."""
    path = folder / name
    lines = [f"export {key}='{value}'" for key, value in environment.items()]
    path.write_text("\n".join(["#!/bin/sh", *lines, f"exec '{sys.executable}' -P '{HERE / script}' \"$@\"", ""]))
    path.chmod(0o755)
    return path
