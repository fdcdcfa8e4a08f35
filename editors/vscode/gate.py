"""The gate of proposed APIs, put back into a copy of VS Code in the browser.

code-server lets every extension use every proposed API; VS Code as people have it does not. Tests of what an extension
can see prove nothing unless they run in a copy with the gate. This edits such a copy; it never touches the original.
"""

import os
import re
import shutil
from pathlib import Path

HOST = "vs/workbench/api/node/extensionHostProcess.js"
WORKBENCH = "vs/code/browser/workbench/workbench.js"
OPEN = re.compile(r"function (\w+)\((\w+),(\w+)\)\{return!0\}(?=function \w+\(\w+,\w+\)\{if\(!\1\()")
FOR_ALL = "this._envEnablesProposedApiForAll=!0"


def gated(original: Path, copy: Path) -> None:
    """Make `copy` from `original` (an installed folder) with the gate in place; files are shared by hard links."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(original, copy, copy_function=_link, symlinks=True, ignore=shutil.ignore_patterns(".complete"))
    out = copy / "node_modules/code-server/lib/vscode/out"
    _rewrite(out / HOST, *_closed((out / HOST).read_text(encoding="utf-8")))
    none_by_default = "this._envEnablesProposedApiForAll=!1"
    _rewrite(out / WORKBENCH, FOR_ALL, none_by_default)


def _closed(source: str) -> tuple[str, str]:
    """The function that always says yes, and what it was before: only for an extension that declares the proposal."""
    found = OPEN.search(source)
    if found is None:
        raise SystemExit(
            "this version of code-server opens its proposed APIs in another way: gate.py must be taught it"
        )
    name, extension, proposal = found.groups()
    declared = f"{extension}.enabledApiProposals"
    body = f"return!!({declared}&&{declared}.includes({proposal}))"
    return found[0], f"function {name}({extension},{proposal}){{{body}}}"


def _rewrite(path: Path, old: str, new: str) -> None:
    source = path.read_text(encoding="utf-8")
    if source.count(old) != 1:
        raise SystemExit(
            f"{path.name} holds {old!r} {source.count(old)} times, not once: gate.py must be taught this version"
        )
    path.unlink()  # the link, so that the original stays as it is
    path.write_text(source.replace(old, new), encoding="utf-8")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target)
