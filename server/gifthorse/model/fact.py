"""A Fact: something the syntax says, in words that are the same for every language.

The roles are listed in docs/languages.md. A Fact is not a syntax node: it knows nothing of grammars, and nothing in
it names a risk. Facts must never be compared with `==` or hashed: they nest as deep as the code does.
"""

from collections.abc import Iterator
from typing import Any, final


@final
class Fact:
    """One classified piece of syntax.

    `start` and `end` are UTF-8 byte offsets from the start of the Fact around this one (a file's outermost Fact:
    from the start of the file), so that equal source gives equal Facts wherever it stands. `text` is the source of
    a leaf, of a string and of a function, else empty. `names` says for each of `kids` which part it plays.
    """

    __slots__ = ("end", "kids", "names", "role", "start", "text")

    def __init__(  # noqa: PLR0913, PLR0917, a Fact is made for every node
        self,
        role: str,
        start: int,
        end: int,
        text: str,
        names: tuple[str, ...] = (),
        kids: tuple["Fact", ...] = (),
    ) -> None:
        self.role = role
        self.start = start
        self.end = end
        self.text = text
        self.names = names
        self.kids = kids

    def _replace(self, **changes: Any) -> "Fact":
        """The same with other fields."""
        made = Fact(self.role, self.start, self.end, self.text, self.names, self.kids)
        for name, other in changes.items():
            setattr(made, name, other)
        return made

    def part(self, name: str) -> "Fact | None":
        """The first kid that plays this part."""
        return self.kids[self.names.index(name)] if name in self.names else None

    def parts(self, name: str) -> Iterator["Fact"]:
        """All kids that play this part, in the order of the source."""
        return (kid for own, kid in zip(self.names, self.kids, strict=True) if own == name)
