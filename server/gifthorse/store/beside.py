"""The files beside a file whose routes, handlers and migrations may be compared with its own: a few, and small ones.

Those of the same folder whose names end in the same word come first (`user_controller`, `order_controller`), then all of
the folder in the same language, then those of the same kind in the folders around it (`orders/views.py`). It only reads;
what has not changed is not read again.
"""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from gifthorse.model.text import Files
from gifthorse.store.trees import Tree

MOST_FILES = 8
MOST_FOLDERS = 60
LARGEST = 40_000
"""Bytes of a file; larger ones are not looked into."""
SUFFIXES = frozenset(
    {"py", "js", "mjs", "cjs", "jsx", "ts", "tsx", "go", "java", "kt", "cs", "php", "rb", "rs", "swift"}
)

MOST_KNOWN = 200
_KNOWN: dict[tuple[str, str], bytes] = {}
"""What was read, by name and stamp."""
_TEST = re.compile(r"(?i)(^|[._-])(test|tests|spec|mock|conftest)([._-]|$)|Tests?\.\w+$")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ASIDE = frozenset({"test", "tests", "__tests__", "spec", "node_modules", "vendor"})


def beside(name: str, root: Path, tree: Tree) -> Files:
    """The files beside one, by their paths in the root, with what is in them. `name`: that one's in the tree."""
    if name.rpartition(".")[2].lower() not in {*SUFFIXES, "sql"}:
        return ()
    found: dict[str, bytes] = {}
    for other in _names(name, tree):
        if other != name and other not in found and (content := _read(other, tree)):
            found[other] = content
        if len(found) == MOST_FILES:
            break
    return tuple((str(root / other), content) for other, content in found.items())


def _names(name: str, tree: Tree) -> Iterator[str]:
    folder, _, own = name.rpartition("/")
    folders, files = tree.listing(folder)
    alike = [one for one in files if one.rpartition(".")[2] == own.rpartition(".")[2] and not _TEST.search(one)]
    same = _nearest([one for one in alike if _kind(one) == _kind(own)], own)
    near = same or _nearest(alike, own)
    yield from (_join(folder, one) for one in near)
    if not folder:
        return
    above = folder.rpartition("/")[0]
    around = chain(
        [above], (_join(above, one) for one in tree.listing(above)[0]), (_join(folder, one) for one in folders)
    )
    for place in list(around)[:MOST_FOLDERS]:
        if place != folder and place.rpartition("/")[2] not in _ASIDE:
            yield from (_join(place, one) for one in tree.listing(place)[1] if _is_alike(one, own))


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _kind(name: str) -> str:
    """The last word of a file's name, and all that ends it."""
    stem, _, rest = name.partition(".")
    return f"{_WORD.findall(stem)[-1:]}.{rest}".lower()


def _is_alike(name: str, own: str) -> bool:
    """Whether files of different folders are of a kind: `views.py`, or `orders.controller.ts` and `users.controller.ts`."""
    kind = own.partition(".")[2]
    return name == own or ("." in kind and name.partition(".")[2] == kind and not _TEST.search(name))


def _nearest(names: list[str], own: str) -> list[str]:
    """The names that come nearest in order: of migrations the latest."""
    ordered = sorted({*names, own})
    at = ordered.index(own)
    by_distance = sorted(range(len(ordered)), key=lambda number: abs(number - at))
    return [ordered[number] for number in by_distance if number != at][:MOST_FILES]


def _read(name: str, tree: Tree) -> bytes:
    stamp = tree.stamp(name)
    if not stamp:
        return b""
    if (name, stamp) not in _KNOWN:
        while len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)), None)
        _KNOWN[name, stamp] = _content(name, tree)
    return _KNOWN.get((name, stamp), b"")


def _content(name: str, tree: Tree) -> bytes:
    try:
        content = tree.read(name, LARGEST)
    except OSError:
        return b""
    return b"" if b"\0" in content else content
