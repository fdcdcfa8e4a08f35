"""A text that is watched: looked at for its traits together with the text that it is held against, and again after edits.

Both are looked at for the cost of what changed in them, since this is done after every insertion.
"""

from dataclasses import dataclass
from typing import NamedTuple

from gifthorse.change.compare import Change, compare
from gifthorse.change.hunks import hunks_of
from gifthorse.change.traits import look, side
from gifthorse.engine.inspect import Inspection, reinspect
from gifthorse.model.dependency import Declared
from gifthorse.model.finding import Finding
from gifthorse.model.rule import Catalogue
from gifthorse.model.smallest import edit_by_lines


@dataclass(frozen=True, slots=True)
class Watched:
    """Both texts as they were looked at last, and what the difference says."""

    before: Inspection
    after: Inspection
    found: tuple[Finding, ...]


class Version(NamedTuple):
    """A text as it is now: the file's path, the editor's word for its language, the bytes, the risks in it, the
    capabilities that it may have, and what the manifests around it declare.
    """

    path: str
    language_id: str | None
    content: bytes
    findings: tuple[Finding, ...] = ()
    allowed: frozenset[str] = frozenset()
    declared: Declared | None = None


def watch(now: Version, before: bytes, catalogue: Catalogue, previous: Watched | None = None) -> Watched:
    """Hold a text against the one `before`. `previous`: what was seen of them last."""
    old = _again(previous.before if previous else None, now, before, catalogue)
    new = _again(previous.after if previous else None, now, now.content, catalogue)
    hunks = hunks_of(before, now.content)
    change = Change(now.path, side(old), side(new), hunks, catalogue, now.findings, now.allowed, now.declared)
    return Watched(old, new, compare(change))


def _again(previous: Inspection | None, now: Version, content: bytes, catalogue: Catalogue) -> Inspection:
    if previous is None or previous.path != now.path:
        return look(content, now.path, now.language_id, catalogue)
    edit = edit_by_lines(previous.content, content)
    return previous if edit is None else reinspect(previous, [edit], content)
