"""What a language's reflective and built-in operators mean, by words that language.toml uses for them.

An intrinsic takes the machine, the callee, the arguments and what stands behind the colon. It gives a Value, a
Redirect to what is really called, a Start (frames to run), or PASS where it does not apply.
"""

from collections.abc import Mapping
from typing import Final

from gifthorse.engine.evaluate import (
    buffers,
    collecting,
    hooks,
    memory,
    referring,
    reflection,
    running,
    sequences,
    texts,
    writing,
)
from gifthorse.engine.evaluate.outcomes import Intrinsic
from gifthorse.model.rule import Language


def meaning_of(language: Language, name: str) -> str:
    """What language.toml says of a name: by the whole name, else by its last segment (`*.bind`)."""
    if not name:
        return ""
    found = language.intrinsics.get(name)
    if found is not None:
        return found
    head, dot, tail = name.rpartition(".")
    return language.intrinsics.get(f"*.{tail}", "") if dot and (head or tail) else ""


INTRINSICS: Final[Mapping[str, Intrinsic]] = {
    **reflection.INTRINSICS, **referring.INTRINSICS, **collecting.INTRINSICS, **texts.INTRINSICS, **running.INTRINSICS, **sequences.INTRINSICS,
    **buffers.INTRINSICS, **writing.INTRINSICS, **memory.INTRINSICS, **hooks.INTRINSICS,
}  # fmt: skip
