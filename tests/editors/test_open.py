"""What `make vscode` does: into the user's VS Code where there is one, otherwise VS Code in the browser."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
from places import ROOT

SCRIPT = ROOT / "editors" / "vscode" / "open.py"
pytestmark = pytest.mark.editor("vscode")


def test_into_the_users_own_vscode(vscode, command, tmp_path):
    told = tmp_path / "told"
    code = tmp_path / "code"
    code.write_text(f'#!/bin/sh\nfor word in "$@"; do echo "$word"; done >> "{told}"\n')
    code.chmod(0o755)
    environment = {
        **os.environ,
        "GIFTHORSE_COMMAND": str(command),
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        [sys.executable, "-P", str(SCRIPT)], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    install, extension, force, workspace = told.read_text().splitlines()
    assert (install, force) == ("--install-extension", "--force")
    assert extension.endswith("gifthorse.vsix")
    assert workspace == str(ROOT / ".build" / "vscode" / "sample")
    assert (ROOT / ".build" / "vscode" / "sample" / "shop" / "app.py").is_file()


def test_in_the_browser_on_this_machine_only(vscode, command):
    environment = {**os.environ, "GIFTHORSE_COMMAND": str(command)}
    arguments = [sys.executable, "-P", str(SCRIPT), "--browser"]
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True) as opened:
        try:
            line = next(line for line in opened.stdout if "http" in line)
            address = re.search(r"http://127\.0\.0\.1:\d+/\?folder=\S+/\.build/vscode/sample", line)
            assert address, line
            with urllib.request.urlopen(address[0], timeout=60) as page:
                assert b"workbench" in page.read()
        finally:
            opened.send_signal(signal.SIGINT)
        assert opened.wait(timeout=60) == 0


def test_without_an_installed_gifthorse_the_remedy_is_named(vscode, tmp_path):
    python = tmp_path / "python"
    python.symlink_to(sys.executable)
    environment = {key: value for key, value in os.environ.items() if key != "GIFTHORSE_COMMAND"}
    done = subprocess.run(
        [str(python), "-P", str(SCRIPT)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "run `make vscode`" in done.stderr
    assert "Traceback" not in done.stderr
