"""Build hook: compiles the rules under queries/ into the one versioned file that the wheel carries.

Reading one compiled file takes milliseconds where hundreds of TOML files take a good part of a second,
and a broken rule fails the build instead of a user's start.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
COMPILED = ROOT / ".build" / "catalogue.bin"


class CompileCatalogue(BuildHookInterface[Any]):
    """Adds gifthorse/queries/catalogue.bin to the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (the base class's signature)
        """Compile the catalogue and ship it; raises with file, line and remedy if a rule is wrong."""
        sys.path.insert(0, str(ROOT / "server"))
        from gifthorse.store.catalogue import compile_catalogue  # noqa: PLC0415

        COMPILED.parent.mkdir(exist_ok=True)
        COMPILED.write_bytes(compile_catalogue(ROOT / "queries"))
        build_data["force_include"][str(COMPILED)] = "gifthorse/queries/catalogue.bin"
