"""What mends an import of a package that nothing declares: declare it, write another name, or take the import out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from gifthorse.change.compare import Change
from gifthorse.change.dependencies import SPACES, Unknown, ecosystem_of, imported_as
from gifthorse.change.traits import Trait
from gifthorse.model.finding import Fix, FixKind
from gifthorse.model.text import Edit, Span

FARTHEST = 4_000
"""Bytes over which a statement may go on."""
_BEGINS = re.compile(rb"(?m)^[ \t]*(?:import|export|from|use|using|extern|require)\b")
_IMPORTS = re.compile(
    rb"\b(?:import|export|use|using|extern|require\w*|__import__|import_module)\b|^\s*[\w.]*\s*[\"'`]"
)
"""What stands in every statement that does nothing but import; in Go's lists only a path does."""
_PAIRS = {b"(": b")", b"{": b"}", b"[": b"]"}


def declaring(one: Unknown, change: Change) -> Iterator[Fix]:
    """The fix that adds the package to the nearest manifest that takes one; none where its name is not sure."""
    slots = change.declared.slots if change.declared else ()
    is_loose = ecosystem_of(change.path, change.catalogue.packages) in SPACES
    group, _, artifact = one.name.partition(":")
    if not slots or not re.fullmatch(r"[\w@./:~-]+", one.name) or (is_loose and not one.is_known):
        return
    if any(b"{artifact}" in slot.edit.new for slot in slots) and not artifact:
        return
    parts = {"{name}": one.name, "{group}": group, "{artifact}": artifact}
    made = tuple(replace(slot, edit=_filled(slot.edit, parts)) for slot in slots)
    further = "" if one.is_known else ", once you know who publishes it"
    yield Fix(f"Declare {one.name} in {slots[0].path}{further}", FixKind.SCAFFOLD, (), made)


def _filled(template: Edit, parts: Mapping[str, str]) -> Edit:
    text = template.new.decode()
    for part, word in parts.items():
        text = text.replace(part, word)
    return Edit(template.span, text.encode())


def corrected(one: Unknown, change: Change) -> Iterator[Fix]:
    """The fix that writes the other name, in the import and wherever the name that it gives is used."""
    content, trait = change.after.content, one.trait
    ecosystem = ecosystem_of(change.path, change.catalogue.packages)
    if not one.written or not re.fullmatch(r"[\w@./:-]+", one.near):
        return
    name = imported_as(one.near, change.catalogue.packages[ecosystem])
    name = name.replace("-", "_") if ecosystem in {"python", "rust"} else name
    name = name.replace("/", "\\") if ecosystem == "php" else name
    span = Span(trait.span.start, trait.span.start + len(one.written.encode()))
    if content[span.start : span.end] != one.written.encode():
        return
    edits = [Edit(span, name.encode())]
    if ecosystem == "python" and not content[trait.span.end :].lstrip(b" \t").startswith((b"as ", b"import ")):
        used = re.compile(rb"(?<![\w.'\"])" + re.escape(one.written.encode()) + rb"(?=\s*\.)")
        edits += [Edit(Span(*hit.span()), name.encode()) for hit in used.finditer(content, trait.span.end)]
    yield Fix(f"Did you mean {one.near}?", FixKind.BEHAVIOURAL, tuple(edits))


def removed(trait: Trait, content: bytes) -> Iterator[Fix]:
    """The fix that takes the import out: all of its statement, or its part of one that imports several; none where a
    package is named in the midst of code.
    """
    part = _part(trait.span, content)
    span = part or _statement(trait.span, content)
    if part or _IMPORTS.search(content[span.start : span.end]):
        yield Fix(f"Remove the import of {trait.words}", FixKind.SCAFFOLD, (Edit(span, b""),))


def _part(span: Span, content: bytes) -> Span | None:
    """The part of `import a, b` that is one of several, with one comma."""
    start, end = content.rfind(b"\n", 0, span.start) + 1, content.find(b"\n", span.end)
    line = content[start : end if end >= 0 else len(content)]
    found = re.match(rb"\s*import\s+(?=[\w.])(?![^\n]*\bfrom\b)", line)
    parts = list(re.finditer(rb"[^,]+", line[found.end() :])) if found else []
    if found is None or len(parts) < 2:
        return None
    base = start + found.end()
    for number, part in enumerate(parts):
        if base + part.start() <= span.start < base + part.end():
            if number:
                return Span(base + parts[number - 1].end(), base + part.end())
            after = content[base + part.end() + 1 :]
            return Span(base, base + part.end() + 1 + len(after) - len(after.lstrip(b" ")))
    return None


def _statement(span: Span, content: bytes) -> Span:
    """The lines of the statement around a span: from where it begins to where its brackets are closed."""
    start = content.rfind(b"\n", 0, span.start) + 1
    if b"}" in content[start : span.start] and not _BEGINS.match(content, start):
        opened = content.rfind(b"{", max(0, start - FARTHEST), start)
        start = content.rfind(b"\n", 0, opened) + 1 if opened >= 0 else start
    end = _line_end(span.end, content)
    opened_by = next((mark for mark in _PAIRS if content[span.end : end].rstrip().endswith(mark)), b"")
    if opened_by and start + len(content[start:end]) == end:
        closed = content.find(_PAIRS[opened_by], end, end + FARTHEST)
        end = _line_end(closed, content) if closed >= 0 else end
    return Span(start, end)


def _line_end(offset: int, content: bytes) -> int:
    end = content.find(b"\n", offset)
    return len(content) if end < 0 else end + 1
