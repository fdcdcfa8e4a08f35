"""The editors on this machine. A test of a missing one is left out and named in the summary; with CI=true it fails."""

import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "editors" / "vscode"))

import build
import install
import pieces
from places import HERE, ROOT

LEFT_OUT: dict[str, tuple[str, int]] = {}


def pytest_configure(config):
    config.addinivalue_line("markers", "editor(name): the test runs in this real editor")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    if os.environ.get("CI") == "true":
        return  # each fixture fails with the reason
    missing = {name: reason for name in install.EDITORS if (reason := _missing(name))}
    left_out = [item for item in items if _editor(item) in missing]
    for item in left_out:
        name = _editor(item)
        LEFT_OUT[name] = (missing[name], LEFT_OUT.get(name, ("", 0))[1] + 1)
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter):
    for name, (reason, count) in LEFT_OUT.items():
        tests = "1 test" if count == 1 else f"{count} tests"
        terminalreporter.write_line(f"not tried here: {install.EDITORS[name][0]} ({tests}). {reason}", yellow=True)


def _editor(item):
    mark = item.get_closest_marker("editor")
    return mark.args[0] if mark else None


def _missing(name):
    try:
        install.EDITORS[name][1]()
    except install.MissingPieceError as problem:
        return str(problem)
    return ""


def _here(name):
    try:
        return install.EDITORS[name][1]()
    except install.MissingPieceError as problem:
        pytest.fail(str(problem), pytrace=False)


@pytest.fixture(scope="session")
def vscode():
    return _here("vscode")


@pytest.fixture(scope="session")
def neovim():
    return _here("neovim")


@pytest.fixture(scope="session")
def emacs():
    return _here("emacs")


@pytest.fixture(scope="session")
def copilot():
    return _here("copilot")


@pytest.fixture(scope="session")
def command():
    """The installed gifthorse: GIFTHORSE_COMMAND, else the one beside this Python, else the one on the PATH."""
    beside = Path(sys.executable).with_name("gifthorse")
    chosen = os.environ.get("GIFTHORSE_COMMAND") or (str(beside) if beside.is_file() else shutil.which("gifthorse"))
    assert chosen, "gifthorse is not installed: run `make editors`, or name it in GIFTHORSE_COMMAND"
    return Path(chosen).absolute()


@pytest.fixture(scope="session")
def artefacts():
    """Where pictures are kept for people to look at."""
    folder = Path(os.environ.get("GIFTHORSE_ARTEFACTS") or ROOT / "artefacts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def extensions(command):
    """The built extension with the installed server in it, as `make vscode` makes it, and the pretended assistant."""
    return [str(build.build(command)), str(assistant())]


def assistant():
    folder = HERE / "assistant"
    key = pieces.digest(*sorted(path for path in folder.iterdir() if path.is_file()))

    def make(fresh):
        copy = fresh / "source"
        shutil.copytree(folder, copy)
        shutil.copy2(build.LICENSE, copy)
        build.tool("vsce", "package", "--no-dependencies", "--out", str(fresh / "assistant.vsix"), cwd=copy)

    target = ROOT / ".build" / "vscode" / "test-assistant"
    return pieces.ensure(target, key, "Packing the test assistant", make) / "assistant.vsix"
