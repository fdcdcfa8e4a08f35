"""The engine as the child sees it: handed in by whoever starts the process, so that tests can stand in for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from gifthorse.model.finding import Report
from gifthorse.model.rule import Catalogue, Rule
from gifthorse.worker import wire


class Inspected(Protocol):
    """What the engine gives back: a report, and what it wants to see again for the next version."""

    @property
    def report(self) -> Report:
        """The findings of this version."""
        ...


InspectionT = TypeVar("InspectionT", bound=Inspected)
SeenT_contra = TypeVar("SeenT_contra", contravariant=True)


class Around(Protocol[SeenT_contra]):
    """What is known of the files around the open documents (shelf.py)."""

    @property
    def has_unread(self) -> bool:
        """Whether files wait to be read."""

    def imports(self, place: str) -> object:
        """What the document at a place sees of other files."""

    def read(self, place: str, content: bytes) -> object:
        """What was read of this very text before, or None."""

    def inspected(self, place: str, inspection: SeenT_contra) -> bool:
        """A document was inspected. Whether all that it refers to had been looked for before."""

    def closed(self, place: str, *, saved: bool) -> None:
        """A document was closed."""

    def take(self, message: wire.Links | wire.Texts | wire.Stale) -> None:
        """An answer, or news of files."""

    def read_one(self) -> int:
        """Read one file; its size."""

    def pursue(self, place: str, inspection: SeenT_contra) -> bool:
        """Ask for what is missing. Whether nothing is."""


@dataclass(frozen=True, slots=True)
class Engine(Generic[InspectionT]):
    """The engine's two doors, handed in by whoever starts the process, and what other files are known by, if anything.

    With `around` both doors get one more argument: what the text sees of other files.
    """

    inspect: Callable[..., InspectionT]
    reinspect: Callable[..., InspectionT]
    around: Callable[[Catalogue, Callable[[wire.Response], None]], Around[InspectionT]] | None = None
    unfit: Callable[[Rule, Catalogue], str] = lambda _rule, _catalogue: ""
    """Why a user's own rule cannot be run, in words; empty where it can."""
