"""Open VS Code with Gifthorse on a copy of the sample workspace: `python open.py [--browser] [--port PORT]`.

Builds the extension with the installed gifthorse in it. Where there is VS Code (the command `code`), it is installed there.
Otherwise VS Code starts in the browser, on this machine only, with a folder of its own for settings and a sample assistant.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import build
import code_server
import pieces

SAMPLE = pieces.ROOT / "demo" / "workspace"
WORKSPACE = pieces.ROOT / ".build" / "vscode" / "sample"
SUGGESTIONS = pieces.ROOT / "demo" / "insertions"
ASSISTANT = Path(__file__).with_name("sample-assistant")
HOME = pieces.ROOT / ".build" / "vscode" / "browser"
SETTINGS = {
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "workbench.startupEditor": "none",
    "workbench.enableExperiments": False,
    "workbench.tips.enabled": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": True,
    "git.enabled": False,
    "files.autoSave": "off",
    "editor.minimap.enabled": False,
}
TRY = """   Open shop/app.py and go to its last, empty line: a suggestion appears in grey. Accept it with Tab.
   The text becomes an AI region; the light bulb (Ctrl+.) on an underlined line offers the fix.
   The folder opens in Restricted Mode until you trust it; Gifthorse works either way.
   Ctrl+C here ends it."""


def main() -> int:
    """Build, install, open."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--browser", action="store_true", help="VS Code in the browser even where there is a `code`")
    parser.add_argument("--port", type=int, default=0, help="its port on 127.0.0.1 (default: any that is free)")
    options = parser.parse_args()
    try:
        extension = build.build(_server())
        _fresh_sample()
        code = None if options.browser else shutil.which("code")
        return _desktop(code, extension) if code else _browser(extension, options.port)
    except pieces.MissingPieceError as missing:
        print(f"gifthorse: {missing}", file=sys.stderr)
        return 1


def _server() -> Path:
    """The gifthorse that GIFTHORSE_COMMAND names, else the one that was installed beside this Python."""
    if chosen := os.environ.get("GIFTHORSE_COMMAND"):
        return Path(chosen).absolute()
    for name in ("gifthorse", "gifthorse.exe"):
        beside = Path(sys.executable).with_name(name)
        if beside.is_file():
            return beside
    raise pieces.MissingPieceError(
        "gifthorse is not installed beside this Python: run `make vscode`, which installs it first"
    )


def _fresh_sample() -> None:
    """A copy of the sample workspace to play in: the sample itself stays as it is."""
    shutil.rmtree(WORKSPACE, ignore_errors=True)
    shutil.copytree(SAMPLE, WORKSPACE)


def _desktop(code: str, extension: Path) -> int:
    """Install into the user's VS Code and open the sample workspace there."""
    installed = subprocess.run([code, "--install-extension", str(extension), "--force"], check=False)
    if installed.returncode != 0:
        print("gifthorse: `code` could not install the extension; its message is above", file=sys.stderr)
        return 1
    print("== Gifthorse is in your VS Code. Opening a copy of the sample workspace", flush=True)
    return subprocess.run([code, str(WORKSPACE)], check=False).returncode


def _browser(extension: Path, port: int) -> int:
    """Serve VS Code on this machine only, until Ctrl+C."""
    server = code_server.install()
    (HOME / "data" / "User").mkdir(parents=True, exist_ok=True)
    (HOME / "config.yaml").write_text("auth: none\n", encoding="utf-8")
    (HOME / "data" / "User" / "settings.json").write_text(json.dumps(SETTINGS, indent=2), encoding="utf-8")
    data = ["--user-data-dir", str(HOME / "data"), "--extensions-dir", str(HOME / "extensions")]
    base = [str(server.node), str(server.entry), "--config", str(HOME / "config.yaml"), *data]
    _install([*base, "--install-extension", str(extension), "--install-extension", str(_assistant()), "--force"])
    port = port or _free_port()
    quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"]
    serving = subprocess.Popen([*base, "--bind-addr", f"127.0.0.1:{port}", *quiet], stdout=subprocess.DEVNULL)
    try:
        if _listens(port, serving):
            print(f"== VS Code with Gifthorse: http://127.0.0.1:{port}/?folder={WORKSPACE}\n{TRY}", flush=True)
        return serving.wait()
    except KeyboardInterrupt:
        serving.terminate()
        serving.wait()
        return 0


def _listens(port: int, serving: subprocess.Popen[bytes]) -> bool:
    """Whether VS Code comes to listen on the port; False when it ends before that."""
    while serving.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def _install(command: list[str]) -> None:
    done = subprocess.run(command, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise pieces.MissingPieceError(f"the extension could not be installed: {(done.stdout + done.stderr).strip()}")


def _assistant() -> Path:
    """The sample assistant as an extension, with the suggestions of the demonstration in it."""
    sources = sorted([*(path for path in ASSISTANT.iterdir() if path.is_file()), *SUGGESTIONS.glob("*.toml")])

    def make(fresh: Path) -> None:
        copy = fresh / "source"
        shutil.copytree(ASSISTANT, copy)
        shutil.copy2(build.LICENSE, copy)
        (copy / "suggestions.json").write_text(json.dumps(_suggestions(), indent=1), encoding="utf-8")
        build.tool("vsce", "package", "--no-dependencies", "--out", str(fresh / "assistant.vsix"), cwd=copy)

    target = pieces.ROOT / ".build" / "vscode" / "sample-assistant"
    key = pieces.digest(*sources)
    return pieces.ensure(target, key, "Packing the sample assistant", make) / "assistant.vsix"


def _suggestions() -> list[dict[str, str]]:
    """File and text of each insertion of the demonstration."""
    told = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SUGGESTIONS.glob("*.toml"))]
    return [{"file": one["file"], "text": one["text"].strip("\n")} for one in told]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
