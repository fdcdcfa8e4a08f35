"""What other files of the workspace give to a file: Values that lie under its own in the Store's base.

Every file evaluated for others has a home: a prefix of all its places, so that those of many files lie side by side
in one Layer. What a reference (`.db`, `./db.js`) stands for is a place as well. So a part that asked for a reference
has read that place, and is done again when it holds something else. It does not know how files are found.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from gifthorse.engine.evaluate.store import Entry, Field, Place
from gifthorse.engine.evaluate.values import Function, Ref, Value, same

OWN: Final = ""
"""The home of the file that is looked at itself."""

PACKAGE: Final = ":"
"""The reference to the files whose names a file knows without importing them; `:Name` to the one that defines Name."""

STARS: Final = "<stars>"
"""The field of a home that lists what was imported from as a whole, last first."""

_END: Final = "\0"
_LINK: Final = "import"
_FREE: Final = "?"
_MARKS: Final = frozenset({_LINK, "stars", "<imports>"})
"""What stands before a home in the identity of something that belongs to it."""


def home_of(path: str) -> str:
    """The home of a file of the workspace."""
    return path + _END


def file_of(path: str) -> str:
    """The file in which a part of that path (see Site) stands; empty for the one that is looked at."""
    return path.partition(_END)[0] if _END in path else OWN


def link(home: Ref, reference: str) -> Place:
    """The place of what a reference in the file of that home stands for."""
    return (_LINK, home), reference


def reference_of(place: Place) -> tuple[str, str] | None:
    """The file (as `file_of`) and the reference of a place that `link` made; None for any other place."""
    ref, reference = place
    if ref.__class__ is tuple and isinstance(ref, tuple) and ref[0] == _LINK and isinstance(reference, str):
        return file_of(str(ref[1])), reference
    return None


def is_abroad(place: Place, home: str) -> bool:
    """Whether a place belongs to another file than that of this home, or says what a reference stands for."""
    ref: object = place[0]
    if ref == home:
        return False
    while ref.__class__ is tuple and isinstance(ref, tuple):
        if ref[0] == _LINK:
            return True
        ref = ref[1] if ref[0] in _MARKS else ref[0]
    return isinstance(ref, str) and _END in ref and not (home and ref.removeprefix(_FREE).startswith(home))


def free_ref(home: Ref, name: str) -> Ref:
    """The identity of a name that the file of that home does not bind: what files write into it stays apart."""
    return (_FREE, name) if home == OWN else (f"{_FREE}{home}", name)


def own_places(places: Mapping[Place, Entry]) -> dict[Place, Entry]:
    """What a file leaves for others: not what it put into libraries that it imports."""
    return {place: entry for place, entry in places.items() if not _is_library(place[0])}


def _is_library(ref: Ref) -> bool:
    while isinstance(ref, tuple) and ref and isinstance(ref[0], tuple):
        ref = ref[0]
    return isinstance(ref, tuple) and bool(ref) and ref[0] == "module"


class File(Protocol):
    """Another file, as far as it takes to tell where something stands in it."""

    @property
    def content(self) -> bytes:
        """Its text."""
        ...

    def positions(self) -> Mapping[str, int]:
        """Where each of its parts starts, in bytes."""
        ...

    def functions(self) -> Mapping[str, Function]:
        """Its functions by their paths."""
        ...


class Layers(Mapping[Place, Entry]):
    """Layers of many files as one, found by the home that every place bears; `own` are the links of the file itself."""

    __slots__ = ("files", "own")

    def __init__(self, own: Mapping[Place, Entry], files: Mapping[str, Mapping[Place, Entry]]) -> None:
        """`files`: by the path of a file, or by the name of a package."""
        self.own, self.files = own, files

    def _of(self, place: Place) -> Mapping[Place, Entry]:
        ref: object = place[0]
        while ref.__class__ is tuple and isinstance(ref, tuple):
            ref = ref[1] if ref[0] in _MARKS else ref[0]
        if isinstance(ref, str) and _END in ref:
            return self.files.get(ref.partition(_END)[0].removeprefix(_FREE), self.own)
        return self.own

    def names(self, ref: Ref) -> tuple[Field, ...]:
        """The names of a file or the fields of a container."""
        layer = self._of((ref, None))
        held = layer.get((ref, None))
        if isinstance(held, tuple) and not isinstance(held, Value):
            return held
        return tuple(name for one, name in layer if one == ref and name is not None)

    def get(self, place: Place, default: Any = None) -> Any:
        """What is there, else `default`."""
        return self._of(place).get(place, default)

    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and place in self._of(place)

    def __getitem__(self, place: Place) -> Entry:
        return self._of(place)[place]

    def __iter__(self) -> Iterator[Place]:
        for layer in (self.own, *self.files.values()):
            yield from layer

    def __len__(self) -> int:
        return len(self.own) + sum(map(len, self.files.values()))


@dataclass(frozen=True, slots=True, eq=False)
class Imports:
    """All that a file can see of others. `files`: these by their paths.

    `looks` belongs to the engine: what functions of other files were found to do by themselves.
    """

    layer: Layers
    files: Mapping[str, File] = field(default_factory=dict)
    looks: dict[str, Any] = field(default_factory=dict)


NO_IMPORTS: Final = Imports(Layers({}, {}))


def changed_places(read: Iterable[Place], before: Imports, after: Imports) -> set[Place]:
    """Those of the places that were read which hold something else now."""
    if before is after:
        return set()
    return {place for place in read if _differs(before.layer.get(place), after.layer.get(place))}


def _differs(one: Entry | None, other: Entry | None) -> bool:
    if isinstance(one, Value) and isinstance(other, Value):
        return not same(one, other)
    return one is not other and one != other
