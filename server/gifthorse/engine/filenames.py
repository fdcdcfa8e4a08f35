"""Globs of file names: which files a rule speaks of. It knows paths as text only, never a file.

A glob fits the end of a path, at a folder's edge: `*.yml`, `.github/workflows/*`. `*` is any characters but `/`,
`**` any characters.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

_WILD = re.compile(r"\*\*/?|\*|\?")
_MEANING = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    parts, place = ["(?:^|.*/)"], 0
    for wild in _WILD.finditer(glob):
        parts += [re.escape(glob[place : wild.start()]), _MEANING[wild.group()]]
        place = wild.end()
    return re.compile("".join([*parts, re.escape(glob[place:])]), re.DOTALL)


@lru_cache(maxsize=4096)
def fits(path: str, globs: Sequence[str]) -> bool:
    """Whether a path ends as one of the globs says; without any it does. `globs` is a tuple, so that it is kept."""
    plain = path.replace("\\", "/")
    return not globs or any(_compiled(glob).fullmatch(plain) for glob in globs)
