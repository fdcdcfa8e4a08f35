"""A Region: the living set of character spans that one Insertion still has in its file."""

from dataclasses import dataclass

from gifthorse.model.insertion import Insertion
from gifthorse.model.review import Standing
from gifthorse.model.text import Span


@dataclass(frozen=True, slots=True)
class Region:
    """What is left of one Insertion in one version of one file.

    `spans` are disjoint, ascending, non-empty UTF-8 byte ranges. `substance` counts the bytes in
    them that are not white space. `standing` is the review state of exactly this content.
    """

    insertion: Insertion
    spans: tuple[Span, ...]
    substance: int
    standing: Standing

    @property
    def id(self) -> str:
        """A Region is named after its Insertion."""
        return self.insertion.id

    @property
    def retained(self) -> float:
        """The share of the inserted substance that is still there, 0 to 1."""
        if self.insertion.substance == 0:
            return 1.0
        return min(1.0, self.substance / self.insertion.substance)

    @property
    def hull(self) -> Span:
        """The one span from the Region's first byte to its last."""
        return Span(self.spans[0].start, self.spans[-1].end)
