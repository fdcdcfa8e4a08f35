"""Unknown dependency: an import of what is neither the language's nor the project's own, and in no manifest or lock."""

from collections.abc import Iterator

from gifthorse.change.compare import Change, Said
from gifthorse.change.dependencies import SPACES, Unknown, unknown
from gifthorse.change.importfixes import declaring, removed
from gifthorse.model.finding import Confidence, Severity


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each package; none where no manifest is known, and none for a near miss."""
    for one in unknown(change):
        if one.is_told and not one.near:
            yield _said(one, change)


def _said(one: Unknown, change: Change) -> Said:
    declared = change.declared
    files = declared.files if declared else ()
    where = " and ".join(files[:2]) + (f" and {len(files) - 2} more" if len(files) > 2 else "")
    verb = "do not declare" if len(files) > 1 else "does not declare"
    package = "" if one.name == one.trait.words else f" (the package {one.name})"
    message = f"{where} {verb} {one.trait.words}{package}"
    message += ": declare it, if it is wanted." if one.is_known else ", and it is no well-known name."
    loose = declared is not None and declared.ecosystem in SPACES
    tried = loose or _is_tried(one, change.after.content)
    severity = Severity.LOW if one.is_known or tried else None
    fixes = (*declaring(one, change), *removed(one.trait, change.after.content))
    shown = fixes if one.is_known else fixes[::-1]
    return Said(one.trait.span, message, severity, Confidence.LOW if tried else None, shown)


def _is_tried(one: Unknown, content: bytes) -> bool:
    """Whether the line before only tries: the program does without it then."""
    before = content[: content.rfind(b"\n", 0, one.trait.span.start) + 1].rstrip()
    return before.rsplit(b"\n", 1)[-1].strip() in {b"try:", b"try {", b"begin"}
