"""Risky entry: a change of a manifest that asks for any version, for code from an address, or runs at installation."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from gifthorse.change.compare import Change, Said
from gifthorse.change.manifest import Entry, is_lock, reader_of
from gifthorse.change.requested import manifests, place, requested
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.text import Span

ELSEWHERE = frozenset({"java", "csharp"})
"""Ecosystems in which another file often has the version."""
BETWEEN = 6
"""Bytes between a name and its value: quotes, a colon, spaces."""
OPEN = frozenset({"", "*", "latest", "x", "any", "next", "+", "LATEST", "RELEASE"})


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each entry and each hook, where no other rule says something of the same."""
    if is_lock(PurePosixPath(change.path).name):
        return
    for asked in requested(change):
        reason = _reason(asked.entry, reader_of(PurePosixPath(change.path).name))
        low = not asked.entry.source
        if reason and not _is_said(asked.span, asked.entry.version, change, low=low):
            severity, confidence = (Severity.LOW, Confidence.LOW) if low else (None, None)
            yield Said(asked.span, f"{asked.entry.name} {reason}", severity, confidence)
    before, after = manifests(change)
    for hook in after.hooks:
        name, _, command = hook.partition(": ")
        span = place(change, name) if hook not in before.hooks else None
        if span is not None and name != "prepare" and not _is_said(span, command, change, low=False):
            yield Said(span, f"{name} runs at every installation: {command[:80]}")


def _reason(entry: Entry, ecosystem: str) -> str:
    if entry.source == "git":
        return f"comes from a repository, not from the registry: {entry.version[:80]}"
    if entry.source == "url":
        return f"comes from an address, not from the registry: {entry.version[:80]}"
    if entry.source or ecosystem in ELSEWHERE:
        return ""
    return "is asked for in any version: name one" if entry.version.strip() in OPEN else ""


def _is_said(span: Span, value: str, change: Change, *, low: bool) -> bool:
    """Whether a risk in the text itself is told of the name, or of the value behind it, as surely as this would be."""
    whole = Span(span.start, span.end + len(value.encode()) + BETWEEN)
    told = (one for one in change.findings if one.span.overlaps(whole))
    return any(low or one.confidence is not Confidence.LOW for one in told)
