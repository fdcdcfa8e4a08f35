"""Near miss: a package whose name is nearly that of a declared or very well-known one, imported or asked for."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from gifthorse.change.compare import Change, Said
from gifthorse.change.dependencies import near_of, unknown
from gifthorse.change.importfixes import corrected, removed
from gifthorse.change.manifest import all_ecosystems, is_lock, reader_of
from gifthorse.change.requested import Requested, entry_line, manifests, requested
from gifthorse.model.finding import Confidence, Fix, FixKind, Severity
from gifthorse.model.text import Edit, Span

FARTHEST = 300
"""Bytes before an artifact in which its group is looked for."""
SHORT = 6
"""Letters below which a name in a manifest is only a hint."""


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each name."""
    for one in unknown(change):
        if one.near:
            fixes = (*corrected(one, change), *removed(one.trait, change.after.content))
            message = f"{one.trait.words} is nearly {one.near}, and nothing declares it: did you mean {one.near}?"
            low = None if one.is_told else Confidence.LOW
            yield Said(one.trait.span, message, None if one.is_told else Severity.LOW, low, fixes)
    file = PurePosixPath(change.path).name
    ecosystem = reader_of(file)
    if not ecosystem or is_lock(file) or ecosystem not in change.catalogue.packages:
        return
    known, packages = all_ecosystems()[ecosystem], change.catalogue.packages[ecosystem]
    before = [known.normal(one.name) for one in manifests(change)[0].entries]
    for entry in requested(change):
        near = near_of(entry.entry.name, packages, known, before)
        if near and not entry.entry.source:
            yield _asked(entry, near, change.after.content)


def _asked(asked: Requested, near: str, content: bytes) -> Said:
    """What is said of an entry. Of short names many are near each other and mean what they say."""
    name = asked.entry.name
    edit = _renamed(asked, near, content)
    fixes = [Fix(f"Write {near}", FixKind.BEHAVIOURAL, (edit,))] if edit else []
    if (line := entry_line(asked.span, content)) is not None:
        fixes.append(Fix(f"Remove {name}", FixKind.SCAFFOLD, (Edit(line, b""),)))
    confidence = Confidence.LOW if len(name) < SHORT else None
    message = f"{name} is nearly {near}, which is used a lot or declared here: did you mean {near}?"
    return Said(asked.span, message, confidence=confidence, fixes=tuple(fixes))


def _renamed(asked: Requested, near: str, content: bytes) -> Edit | None:
    """The edit that writes the other name: all of it, or where a group stands apart the part that differs."""
    written = content[asked.span.start : asked.span.end].decode("utf-8", "replace")
    group, _, artifact = asked.entry.name.partition(":")
    other, _, meant = near.partition(":")
    if not artifact or written != artifact:
        return Edit(asked.span, near.encode())
    if artifact != meant:
        return Edit(asked.span, meant.encode()) if group == other else None
    start = content.rfind(group.encode(), max(0, asked.span.start - FARTHEST), asked.span.start)
    return Edit(Span(start, start + len(group.encode())), other.encode()) if start >= 0 else None
