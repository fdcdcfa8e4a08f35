"""A text that is watched: looked at for its traits together with the text that it is held against, and again after edits.

Both are looked at for the cost of what changed in them, since this is done after every insertion.
"""

from dataclasses import dataclass

from gifthorse.change.compare import Change, compare
from gifthorse.change.hunks import hunks_of
from gifthorse.change.traits import look, side
from gifthorse.engine.inspect import Inspection, reinspect
from gifthorse.model.finding import Finding
from gifthorse.model.rule import Catalogue
from gifthorse.model.smallest import edit_by_lines


@dataclass(frozen=True, slots=True)
class Watched:
    """Both texts as they were looked at last, and what the difference says."""

    before: Inspection
    after: Inspection
    found: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Whose texts they are: the file's path, the editor's word for its language, the capabilities that it may have."""

    path: str
    language_id: str | None
    allowed: frozenset[str] = frozenset()


def watch(  # noqa: PLR0913, a pair of texts, where they are, what is known of them
    place: Place,
    before: bytes,
    after: bytes,
    catalogue: Catalogue,
    *,
    findings: tuple[Finding, ...] = (),
    previous: Watched | None = None,
) -> Watched:
    """Hold `after` against `before`. `findings`: the risks in `after`. `previous`: what was seen of them last."""
    old = _again(previous and previous.before, place, before, catalogue)
    new = _again(previous and previous.after, place, after, catalogue)
    change = Change(
        place.path, side(old), side(new), hunks_of(before, after), catalogue, findings, allowed=place.allowed
    )
    return Watched(old, new, compare(change))


def _again(previous: Inspection | None, place: Place, content: bytes, catalogue: Catalogue) -> Inspection:
    if previous is None or previous.path != place.path:
        return look(content, place.path, place.language_id, catalogue)
    edit = edit_by_lines(previous.content, content)
    return previous if edit is None else reinspect(previous, [edit], content)
