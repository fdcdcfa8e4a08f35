"""Where Gifthorse keeps things: one private folder for each root, and the names of files inside a root.

A root is the nearest folder with a `.git`, else the nearest with rules of its own, else the nearest with a
configuration, else the file's own folder. Nothing is ever kept inside the root itself.
"""

import hashlib
import os
import sys
from pathlib import Path, PurePosixPath

PRIVATE = 0o700
OWN_RULES = ".gifthorse/rules"
"""Below a root: where rules of its own lie."""
CONFIGURATION = "gifthorse.toml"
LARGEST_NAME = 32_768


def state_home() -> Path:
    """The folder of everything that must not be lost; the environment variable GIFTHORSE_STATE_DIR names another."""
    if chosen := os.environ.get("GIFTHORSE_STATE_DIR"):
        return Path(chosen).absolute()
    from platformdirs import user_state_path  # noqa: PLC0415  commands without state do not pay for it

    return user_state_path("gifthorse", appauthor=False)


def private_folder(folder: Path) -> Path:
    """Make a folder, and all above it that are missing, for the user alone. Returns it."""
    missing = [one for one in (folder, *folder.parents) if not _exists(one)]
    for one in reversed(missing):
        one.mkdir(mode=PRIVATE, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_mode & 0o077:
        folder.chmod(PRIVATE)
    return folder


def real(path: Path) -> Path:
    """The path without symbolic links and `..`, as far as it exists; it is never an error."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path.absolute()


def root_of(path: Path) -> Path:
    """The root that a file or folder belongs to: the nearest folder with a `.git`, else the nearest with rules of its
    own, else the nearest with a configuration, else its own folder.
    """
    here = real(path)
    folder = here if here.is_dir() else here.parent
    above = (folder, *folder.parents)
    marked = (one for mark in (".git", OWN_RULES, CONFIGURATION) for one in above if _exists(one / mark))
    return next(marked, folder)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def ignores_case(folder: Path) -> bool:
    """Whether `folder`'s file system takes A and a for the same name."""
    other = folder.parent / folder.name.swapcase()
    if other == folder or not folder.name:
        return os.path.normcase("A") == "a"
    try:
        return folder.samefile(other)
    except OSError:
        return False


def state_folder(root: Path) -> Path:
    """The private folder in which everything about one root is kept. It is named, not made."""
    here = real(root)
    name = os.fsencode(str(here).casefold() if ignores_case(here) else here)
    return state_home() / "roots" / hashlib.sha256(name).hexdigest()[:32]


def name_in(root: Path, path: Path) -> str | None:
    r"""The name of a file inside `root`: relative, with `/`; None for one that is elsewhere.

    Folders are followed through symbolic links, the file itself is not. Bytes that are no UTF-8 are written \xNN.
    """
    inside = real(path.parent) / path.name
    try:
        relative = inside.relative_to(real(root))
    except ValueError:
        return None
    name = plain(relative.as_posix())
    return name if is_name(name) else None


def file_of(name: str) -> str:
    """The name of the file that something known as `name` is in: for a cell of a notebook (`book.ipynb#id`) the notebook's,
    for all else its own.
    """
    notebook, sign, _ = name.partition(".ipynb#")
    return f"{notebook}.ipynb" if sign else name


def plain(name: str) -> str:
    r"""A file name as text that can be written anywhere: bytes that are no UTF-8 become \xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def is_name(name: str) -> bool:
    """Whether this can be the name of a file inside a root: relative, and nowhere leading out of it."""
    parts = name.split("/")
    bad = "\0" in name or len(name) > LARGEST_NAME or PurePosixPath(name).is_absolute()
    return not bad and all(part not in ("", ".", "..") for part in parts)
