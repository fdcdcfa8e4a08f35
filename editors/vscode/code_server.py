"""VS Code in the browser (code-server) and the Node that it runs on, installed into the cache folder.

Nothing is compiled and no install script runs: the native parts that matter come prebuilt.
"""

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

import gate
import pieces

MANIFEST = Path(__file__).with_name("npm") / "package.json"
GATE = Path(gate.__file__)
SIZE = "about 600 MB"
NODE = 24
PLAIN, GATED = "code-server", "code-server-gated"


@dataclass(frozen=True)
class CodeServer:
    """An installed VS Code in the browser: run `node entry`."""

    node: Path
    entry: Path


def install() -> CodeServer:
    """VS Code in the browser, as people get it. Installed on first use."""
    _supported()
    say = f"Installing VS Code in the browser (code-server, {SIZE}, once)"
    return _at(pieces.ensure(pieces.cache() / PLAIN, _key(), say, _make))


def install_gated() -> CodeServer:
    """The same with the gate of proposed APIs put back: what an extension sees in VS Code on a desktop."""
    install()
    original = pieces.cache() / PLAIN
    say = "Putting the gate of proposed APIs back into a copy of it"
    return _at(pieces.ensure(pieces.cache() / GATED, _key(GATE), say, lambda copy: gate.gated(original, copy)))


def find(remedy: str) -> CodeServer:
    """VS Code in the browser if it is installed; MissingPieceError with the remedy otherwise."""
    return _at(pieces.found(pieces.cache() / PLAIN, _key(), remedy))


def find_gated(remedy: str) -> CodeServer:
    """The gated copy if it is there; MissingPieceError with the remedy otherwise."""
    return _at(pieces.found(pieces.cache() / GATED, _key(GATE), remedy))


def _key(*more: Path) -> str:
    return pieces.digest(MANIFEST, MANIFEST.with_name("package-lock.json"), *more)


def _supported() -> None:
    if sys.platform not in ("linux", "darwin"):
        raise pieces.MissingPieceError(
            "VS Code in the browser runs on Linux and macOS: here, install VS Code with its `code` command"
        )


def _make(folder: Path) -> None:
    pieces.npm_ci(folder, MANIFEST)
    vscode = folder / "node_modules/code-server/lib/vscode"
    # code-server's own lock files pin what these need, but `npm ci` finds them incomplete.
    for part in (vscode, vscode / "extensions"):
        pieces.npm(part, "install", "--omit=dev")


def _at(folder: Path) -> CodeServer:
    return CodeServer(_node(folder), folder / "node_modules/code-server/out/node/entry.js")


def _node(folder: Path) -> Path:
    """The Node that was installed along, or the machine's own where that is the version that code-server wants."""
    processor = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    along = folder / "node_modules" / f"node-{sys.platform}-{processor}" / "bin" / "node"
    if along.is_file():
        return along
    own = pieces.program("node", f"install Node {NODE}")
    if not pieces.output(own, "--version").startswith(f"v{NODE}."):
        raise pieces.MissingPieceError(
            f"VS Code in the browser runs on Node {NODE}: install that version, or VS Code with its `code` command"
        )
    return Path(own)
