"""What .gitignore files say about a path, read by us: safely, in linear time, and the same with or without git.

They speak of untracked files only; the caller asks about nothing else. A .gitignore that is no ordinary text file
says nothing.
"""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.store.regular import read_regular

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FILE_NAME = ".gitignore"
LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ignores:
    """The patterns that apply in one folder: its own and those of the folders above it, nearest first.

    Each comes with the name of the folder that it is written in (with `/` at its end, empty for the root).
    """

    specs: tuple[tuple[str, "GitIgnoreSpec"], ...] = ()

    def inside(self, folder: Path, prefix: str) -> "Ignores":
        """What applies in `folder`, whose name is `prefix` (with `/` at its end), if `self` applies around it."""
        return self.with_patterns(read_patterns(folder / FILE_NAME), prefix)

    def with_patterns(self, lines: list[str], prefix: str) -> "Ignores":
        """These patterns on top, written as in .gitignore and meant for what is under `prefix`."""
        spec = _compiled(lines)
        return Ignores(((prefix, spec), *self.specs)) if spec else self

    def ignores(self, name: str) -> bool:
        """Whether the path is ignored; a folder's name ends in `/`. Its own folder is not ignored."""
        for prefix, spec in self.specs:
            verdict = spec.check_file(name.removeprefix(prefix)).include
            if verdict is not None:
                return verdict
        return False


def read_patterns(file: Path) -> list[str]:
    """The lines of a .gitignore, none where there is no such file or it cannot be read."""
    try:
        content = read_regular(file, LARGEST_FILE)
    except OSError:
        return []
    return content.decode("utf-8", "backslashreplace").removeprefix("\ufeff").splitlines()


def is_pattern(line: str) -> bool:
    """Whether a line of a .gitignore can be understood."""
    return _compile([line]) is not None


def _compiled(lines: list[str]) -> "GitIgnoreSpec | None":
    """The patterns, of which wrong ones are left out, as git does; None where there are none."""
    if not lines:
        return None
    return _compile(lines) or _compile([line for line in lines if is_pattern(line)])


def _compile(lines: list[str]) -> "GitIgnoreSpec | None":
    """The patterns compiled for RE2, which is never slow whatever they say; None where one of them is wrong."""
    import re2  # noqa: PLC0415  a folder without patterns does not pay for the imports
    from pathspec import GitIgnoreSpec  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # About odd sets in brackets: what a stranger wrote there is not news.
            return GitIgnoreSpec.from_lines(lines, backend="re2")
    except (ValueError, OverflowError, RuntimeError, re.error, re2.error):
        return None
