"""A text that is watched: looked at for its traits together with the text that it is held against, and again after edits.

Both are looked at for the cost of what changed in them, since this is done after every insertion.
"""

from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.change.beside import Beside
from gifthorse.change.compare import Change, compare
from gifthorse.change.hunks import hunks_of
from gifthorse.change.traits import Side, look, side
from gifthorse.engine.inspect import Inspection, inspect, reinspect
from gifthorse.model.dependency import Declared
from gifthorse.model.finding import Finding
from gifthorse.model.rule import Catalogue
from gifthorse.model.smallest import edit_by_lines
from gifthorse.model.text import Files


class Looked(NamedTuple):
    """One of the two texts as it was looked at, and what that says."""

    inspection: Inspection
    side: Side


@dataclass(frozen=True, slots=True)
class Watched:
    """Both texts as they were looked at last, and what the difference says."""

    before: Looked
    after: Looked
    found: tuple[Finding, ...]
    beside: Beside


class Version(NamedTuple):
    """A text as it is now: the file's path, the editor's word for its language, the bytes, the risks in it, the
    capabilities that it may have, what the manifests around it declare, and the files beside it.
    """

    path: str
    language_id: str | None
    content: bytes
    findings: tuple[Finding, ...] = ()
    allowed: frozenset[str] = frozenset()
    declared: Declared | None = None
    beside: Files = ()
    inspection: Inspection | None = None
    """The text looked at for its traits (and for what else), where that was done."""


def watch(now: Version, before: bytes, catalogue: Catalogue, previous: Watched | None = None) -> Watched:
    """Hold a text against the one `before`. `previous`: what was seen of them last."""
    new = _now(now, catalogue, previous)
    inspection = previous.before.inspection if previous else None
    if previous is None or inspection is None or not _continues(inspection, new.inspection):
        old = _beside(new, now, before)
    else:
        old = _again(previous.before, before, new.inspection)
    hunks = hunks_of(before, now.content)
    beside = previous.beside.again(now.beside) if previous else Beside(now.beside, catalogue)
    change = Change(now.path, old.side, new.side, hunks, catalogue, now.findings, now.allowed, now.declared, beside)
    return Watched(old, new, compare(change), beside)


def _now(now: Version, catalogue: Catalogue, previous: Watched | None) -> Looked:
    """The text as it is now, looked at as a whole or again."""
    last = previous.after if previous else None
    if now.inspection is not None:
        return last if last is not None and last.inspection is now.inspection else _looked(now.inspection)
    if last is None or last.inspection.path != now.path:
        return _looked(look(now.content, now.path, now.language_id, catalogue))
    return _again(last, now.content, last.inspection)


def _continues(inspection: Inspection, now: Inspection) -> bool:
    """Whether a text was looked at as this one is."""
    return inspection.path == now.path and inspection.catalogue is now.catalogue


def _looked(inspection: Inspection) -> Looked:
    return Looked(inspection, side(inspection))


def _again(previous: Looked, content: bytes, like: Inspection) -> Looked:
    """The next version of a text. It sees of other files what the Inspection `like` does."""
    edit, imports = edit_by_lines(previous.inspection.content, content), like.imports
    if edit is None and previous.inspection.imports is imports:
        return previous
    return _looked(reinspect(previous.inspection, [] if edit is None else [edit], content, imports))


def _beside(new: Looked, now: Version, before: bytes) -> Looked:
    """The text before, looked at for the first time: mostly it says what the new one says."""
    found = _again(new, before, new.inspection)
    if found.inspection.is_whole:
        return found
    seen = new.inspection
    return _looked(inspect(before, now.path, now.language_id, seen.catalogue, seen.imports))
