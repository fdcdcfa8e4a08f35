"""Programs are started by list, from a closed table."""
import operator
import shutil
import subprocess

TOOLS = {"format": ["ruff", "format"], "types": ["mypy", "--strict"]}


def run(which, *paths):
    command = [*operator.getitem(TOOLS, which), *map(str, paths)]
    if shutil.which(command[0]) is None:
        raise FileNotFoundError(command[0])
    return subprocess.run(command, check=True, capture_output=True, shell=False, timeout=60)


def version(which):
    return subprocess.run([TOOLS[which][0], "--version"], **{"check": True, "text": True, "timeout": 10})
