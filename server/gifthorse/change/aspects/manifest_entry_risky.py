"""Risky entry: a change of a manifest that asks for any version, for code from an address, or runs at installation."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from gifthorse.change.compare import Change, Said
from gifthorse.change.manifest import Entry, is_lock, reader_of
from gifthorse.change.requested import manifests, place, requested
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.text import Span

ELSEWHERE = frozenset({"java", "csharp"})
"""Ecosystems in which another file often has the version."""
RANGES = ("Gemfile", "gems.rb", "*.gemspec", "pyproject.toml", "setup.py", "setup.cfg", "*.yml", "*.yaml")
"""Manifests in which people often leave the version to the lock beside them."""
BUILT = frozenset({"java", "csharp", "rust"})
"""Ecosystems in which what a manifest runs is run when the project is built."""
BETWEEN = 6
"""Bytes between a name and its value: quotes, a colon, spaces."""
_OPEN = re.compile(
    r"(\*|x|any|next|canary|nightly|latest|release|latest\.\w+|>=?\s*v?0(\.0)*|\+|\[\s*0?\s*,\s*\)|\*@dev|@dev)",
    re.IGNORECASE,
)
_MOVING = re.compile(r"(?i)dev-[\w./-]+(?!.*#)|[\w.]+\.x-dev|.*-SNAPSHOT")


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each entry and each hook, where no other rule says something of the same."""
    file = PurePosixPath(change.path).name
    if is_lock(file):
        return
    ecosystem = reader_of(file)
    for asked in requested(change):
        reason = _reason(asked.entry, ecosystem)
        low = not asked.entry.source
        if reason and not _is_said(asked.span, asked.entry.version, change, low=low):
            often = not asked.entry.version and any(fnmatchcase(file, one) for one in RANGES)
            yield Said(
                asked.span,
                f"{asked.entry.name} {reason}",
                Severity.LOW if low else None,
                Confidence.LOW if often else None,
            )
    yield from _hooks(change, ecosystem)


def _hooks(change: Change, ecosystem: str) -> Iterator[Said]:
    before, after = manifests(change)
    when = "build" if ecosystem in BUILT else "installation"
    for hook in after.hooks:
        name, _, command = hook.partition(": ")
        span = (place(change, name) or place(change, command)) if hook not in before.hooks else None
        if span is not None and name != "prepare" and not _is_said(span, command, change, low=False):
            yield Said(span, f"{name} runs at every {when}: {command[:80]}")


def _reason(entry: Entry, ecosystem: str) -> str:
    if entry.source == "git":
        return f"comes from a repository, not from the registry: {entry.version[:80]}"
    if entry.source == "url":
        return f"comes from an address, not from the registry: {entry.version[:80]}"
    if entry.source == "path" and ecosystem == "java":
        return f"is a file that lies about, not a release from the registry: {entry.version[:80]}"
    version = entry.version.strip()
    if entry.source or (ecosystem in ELSEWHERE and not version):
        return ""
    if _MOVING.fullmatch(version):
        return f"is asked for as {version[:80]}, which is something else tomorrow: name a release"
    return "is asked for in any version: name one" if not version or _OPEN.fullmatch(version) else ""


def _is_said(span: Span, value: str, change: Change, *, low: bool) -> bool:
    """Whether a risk in the text itself is told of the name, or of the value behind it, as surely as this would be."""
    whole = Span(span.start, span.end + len(value.encode()) + BETWEEN)
    told = (one for one in change.findings if one.span.overlaps(whole))
    return any(low or one.confidence is not Confidence.LOW for one in told)
