"""The files beside a text, looked at for their traits when a new entry of the text has too few siblings in it."""

from dataclasses import dataclass, field

from gifthorse.change.traits import Side, look, side
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Files


@dataclass(frozen=True, slots=True)
class Beside:
    """Some files by their paths. `seen`: what was seen of them so far."""

    texts: Files
    catalogue: Catalogue
    seen: dict[tuple[str, bytes], Side] = field(default_factory=dict)

    def __call__(self) -> tuple[tuple[str, Side], ...]:
        """Those that could be looked at in full."""
        for path, content in self.texts:
            if (path, content) not in self.seen:
                self.seen[path, content] = side(look(content, path, None, self.catalogue))
        found = ((path, self.seen[path, content]) for path, content in self.texts)
        return tuple((path, one) for path, one in found if not one.incomplete)

    def again(self, texts: Files) -> "Beside":
        """The files as they are now; what was seen of those that have not changed is kept."""
        return (
            self
            if texts == self.texts
            else Beside(texts, self.catalogue, {one: self.seen[one] for one in texts if one in self.seen})
        )
