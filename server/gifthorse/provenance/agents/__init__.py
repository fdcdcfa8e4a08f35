"""One module an agent: what its hooks send, what they expect, and how they are set up. Found by their file names.

A module has `hear(payload) -> Heard`, `answer(asked, refusal) -> Answer` and `SETUP`. `refusal` is why an edit is
refused, in words for the agent, or "" to let it through; `asked` is whether the agent waits for that.
"""

import importlib
import os
from types import ModuleType


def names() -> tuple[str, ...]:
    """The names of all agents, as users write them, without importing one."""
    return tuple(sorted(_modules()))


def load(name: str) -> ModuleType:
    """The module of one agent. Raises KeyError for an unknown name."""
    return importlib.import_module(f"{__name__}.{_modules()[name]}")


def _modules() -> dict[str, str]:
    """Agent -> module: blanks of names are written differently, and words of Python with an underscore behind them."""
    files = (name for folder in __path__ for name in os.listdir(folder))  # noqa: PTH208  pathlib takes its time
    modules = (name.removesuffix(".py") for name in files if name.endswith(".py") and not name.startswith("_"))
    return {module.rstrip("_").replace("_", "-"): module for module in modules}
