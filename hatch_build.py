"""Build hook: compiles the rules under queries/ into one versioned file, and the engine's modules into native code.

Reading one compiled file takes milliseconds where hundreds of TOML files take a good part of a second,
and a broken rule fails the build instead of a user's start.

The engine is compiled by mypyc from the very sources that also run as they are. GIFTHORSE_COMPILE says whether:
`auto` (the default) does without where it cannot be done and says so, `yes` fails then, `no` does not try.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
SERVER = ROOT / "server"
COMPILED = ROOT / ".build" / "catalogue.bin"
NATIVE = ROOT / ".build" / "native"
KEPT = 3
"""Compiled engines of other sources that are kept, so that going back to one costs nothing."""

COMPILE = """
import os, sys
os.environ["CFLAGS"] = os.environ.get("CFLAGS", "") + " -w"
from mypyc.build import mypycify
from setuptools import setup
flags = ["--ignore-missing-imports", "--config-file", "", "--python-version", "3.11"]
native = mypycify([*flags, *sys.argv[1:]], opt_level="1", debug_level="0", group_name="gifthorse")
setup(name="gifthorse", packages=[], ext_modules=native, script_args=["build_ext", "--inplace", "--quiet"])
"""


class CompileCatalogue(BuildHookInterface[Any]):
    """Adds gifthorse/queries/catalogue.bin and, where it can be made, the native engine to the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what there is to compile; raises with file, line and remedy if a rule is wrong."""
        sys.path.insert(0, str(SERVER))
        from gifthorse.store.catalogue import compile_catalogue  # noqa: PLC0415

        COMPILED.parent.mkdir(exist_ok=True)
        COMPILED.write_bytes(compile_catalogue(ROOT / "queries"))
        build_data["force_include"][str(COMPILED)] = "gifthorse/queries/catalogue.bin"
        wanted = os.environ.get("GIFTHORSE_COMPILE", "auto")
        if version != "editable" and wanted != "no":
            self._add_native(build_data, forced=wanted == "yes")

    def _add_native(self, build_data: dict[str, Any], *, forced: bool) -> None:
        try:
            folder = native_engine(self.config.get("native", []), self.config.get("interpreted", []))
        except (OSError, RuntimeError, metadata.PackageNotFoundError) as error:
            if forced:
                raise
            self.app.display_warning(f"The engine is not compiled and will be slower: {error}")
            return
        for file in sorted(folder.rglob("*")):
            if file.suffix in {".so", ".pyd"}:
                build_data["force_include"][str(file)] = file.relative_to(folder).as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def native_engine(patterns: Sequence[str], interpreted: Sequence[str]) -> Path:
    """The folder with the modules compiled, from an earlier build if nothing has changed.

    `patterns`: globs under server/; `interpreted`: those that stay as they are. RuntimeError where they cannot be
    compiled, with the reason.
    """
    sources = sorted(_found(patterns) - _found(interpreted))
    folder = NATIVE / _digest(sources)
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(SERVER / "gifthorse", folder / "gifthorse", ignore=shutil.ignore_patterns("__pycache__"))
        command = [sys.executable, "-c", COMPILE, *map(str, sources)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = [line for line in (done.stdout + done.stderr).splitlines() if "error" in line.lower()]
            raise RuntimeError("; ".join(lines[:5]) or f"the compiler ended with {done.returncode}")
        shutil.rmtree(folder / "build", ignore_errors=True)
        (folder / "done").touch()
        for old in sorted(NATIVE.iterdir(), key=lambda path: path.stat().st_mtime)[: -KEPT - 1]:
            shutil.rmtree(old)
    return folder


def _found(patterns: Sequence[str]) -> set[Path]:
    return {path.relative_to(SERVER) for pattern in patterns for path in SERVER.glob(pattern)}


def _digest(sources: Sequence[Path]) -> str:
    """What the compiled modules depend on: their sources, the types around them, Python and the compiler."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update(f"{sys.version} {platform.platform()} {metadata.version('mypy')} {sources}".encode())
    for path in sorted((SERVER / "gifthorse").glob("[em]*/**/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
