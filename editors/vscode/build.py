"""Build the VS Code extension: `python build.py [--bundle COMMAND]` prints the path of the .vsix file.

Quick when nothing changed. `--bundle` puts the start script of an installed gifthorse into the extension, so that it
finds that one without any setting: for use on this machine, not for publishing.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pieces

CLIENT = pieces.ROOT / "vscode-client"
SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "esbuild.mjs", "README.md", ".vscodeignore")
LICENSE = pieces.ROOT / "LICENSE"


def build(bundle: Path | None = None) -> Path:
    """The extension's .vsix, built if its sources are newer. `bundle`: the start script of a gifthorse to put in."""
    _dependencies()
    target = pieces.ROOT / ".build" / "vscode" / ("bundled" if bundle else "plain")
    key = _key(bundle)
    folder = pieces.ensure(target, key, "Building the VS Code extension", lambda fresh: _make(fresh, bundle))
    return folder / "gifthorse.vsix"


def tool(name: str, *arguments: str, cwd: Path = CLIENT) -> None:
    """Run one of the client's own development tools, for instance tsc; its words are shown where it fails."""
    scripts = {"tsc": "typescript/bin/tsc", "vsce": "@vscode/vsce/vsce", "build": "../esbuild.mjs"}
    command = [
        pieces.program("node", "install Node 20 or newer"),
        str(CLIENT / "node_modules" / scripts[name]),
        *arguments,
    ]
    done = subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")


def _dependencies() -> None:
    key = pieces.digest(CLIENT / "package-lock.json")
    stamp = CLIENT / "node_modules" / ".complete"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == key:
        return
    print("== Installing what the VS Code extension is built with (hashes checked)", flush=True)
    pieces.npm(CLIENT, "ci")
    stamp.write_text(key, encoding="utf-8")


def _key(bundle: Path | None) -> str:
    files = sorted([LICENSE, *(CLIENT / name for name in SOURCES)] + [path for path in _assets() if path.is_file()])
    total = hashlib.sha256()
    for path in [*files, *([bundle] if bundle else [])]:
        total.update(str(path.name).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _assets() -> list[Path]:
    return [path for folder in ("src", "media") for path in (CLIENT / folder).rglob("*")]


def _make(fresh: Path, bundle: Path | None) -> None:
    tool("tsc", "--noEmit")
    bundled, licence = CLIENT / "bundled", CLIENT / LICENSE.name
    shutil.rmtree(bundled, ignore_errors=True)
    try:
        shutil.copy2(LICENSE, licence)
        if bundle is not None:
            bundled.mkdir()
            shutil.copy2(bundle, bundled / bundle.name)
        tool("build")
        tool("vsce", "package", "--no-dependencies", "--out", str(fresh / "gifthorse.vsix"))
    finally:
        licence.unlink(missing_ok=True)
        shutil.rmtree(bundled, ignore_errors=True)


def main() -> int:
    """Build and say where the file is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bundle", type=Path, metavar="COMMAND", help="the start script of an installed gifthorse")
    bundle = parser.parse_args().bundle
    try:
        print(os.fspath(build(bundle.absolute() if bundle else None)))
    except pieces.MissingPieceError as missing:
        print(f"gifthorse: {missing}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
