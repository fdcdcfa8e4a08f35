"""Pieces that are installed once into a cache folder: each knows its key, and is made anew when the key changes.

It is not a package manager: npm does the installing, by lock files with hashes.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class MissingPieceError(Exception):
    """Something that this machine lacks. The message is one line: what, and how to get it."""


def cache() -> Path:
    """Where editors are installed: GIFTHORSE_EDITORS, or .build/editors in the checkout."""
    return Path(os.environ.get("GIFTHORSE_EDITORS") or ROOT / ".build" / "editors")


def digest(*paths: Path) -> str:
    """One short digest of these files' contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def ensure(folder: Path, key: str, say: str, make: Callable[[Path], None]) -> Path:
    """`folder`, made by `make` unless it is there with this key. A half-made folder is never taken for a whole one."""
    if _complete(folder, key):
        return folder
    print(f"== {say}", flush=True)
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    make(fresh)
    (fresh / ".complete").write_text(key, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return folder


def found(folder: Path, key: str, remedy: str) -> Path:
    """`folder` where it is whole and has this key; MissingPieceError with the remedy otherwise. Installs nothing."""
    if not _complete(folder, key):
        raise MissingPieceError(f"{folder.name} is not installed in {folder.parent}: {remedy}")
    return folder


def _complete(folder: Path, key: str) -> bool:
    stamp = folder / ".complete"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == key


def program(name: str, remedy: str) -> str:
    """The path of a program of this machine, or MissingPieceError with the remedy."""
    found = shutil.which(name)
    if found is None:
        raise MissingPieceError(f"{name} is missing: {remedy}")
    return found


def output(*command: str) -> str:
    """What a program prints, as text; empty where it fails."""
    return subprocess.run(command, text=True, capture_output=True, check=False).stdout


def npm(folder: Path, *arguments: str) -> None:
    """Run npm in a folder, without install scripts and without chatter."""
    program("node", "install Node 20 or newer (https://nodejs.org, or your system's package `nodejs`)")
    command = [program("npm", "install Node 20 or newer with npm (https://nodejs.org)"), *arguments]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run([*command, *quiet], cwd=folder, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise MissingPieceError(
            f"npm {arguments[0]} failed in {folder.name}: {_first_line(done.stderr or done.stdout)}"
        )


def npm_ci(folder: Path, manifest: Path) -> None:
    """Install into `folder` exactly what the lock file beside `manifest` names, hashes checked."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy2(manifest.with_name(name), folder / name)
    npm(folder, "ci")


def _first_line(text: str) -> str:
    """The first line that says something: npm begins with warnings and codes."""
    lines = [line.removeprefix("npm error").strip() for line in text.splitlines() if not line.startswith("npm warn")]
    return next((line for line in lines if line and not line.startswith("code ")), "no message")
