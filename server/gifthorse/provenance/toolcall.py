"""A call of a tool by an agent -> the Changes that it means, whichever agent's tool it is.

Agents' tools for editing differ in spelling, not in kind: replace a text, write a file, apply a patch. A tool is known
by what it is given, so one that is new tomorrow is understood as long as it is given a path and texts.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gifthorse.provenance.heard import Change, Replacement, said, table, text
from gifthorse.provenance.patches import is_patch, patched, searched

PATHS = (
    "file_path",
    "filePath",
    "notebook_path",
    "path",
    "filepath",
    "filePathAbsolute",
    "absolute_path",
    "target_file",
    "TargetFile",
    "filename",
    "file",
)
OLD = ("old_string", "oldString", "old_str", "oldStr", "oldText", "old_text", "old")
NEW = ("new_string", "newString", "new_str", "newStr", "newText", "new_text", "new")
CONTENT = ("content", "contents", "file_text", "fileText", "newContent")
PATCH = ("patch", "patchText", "patch_text", "input", "command", "cmd", "diff")
ORIGINAL = ("originalContent", "originalFile", "original_file")
EVERY = ("replace_all", "replaceAll", "allow_multiple")
LISTS = ("edits", "replacements")


def changes(tool: str, given: Any, edits: Iterable[str] = ()) -> tuple[Change, ...]:
    """The Changes that a call of `tool` with the input `given` means; none where it is no edit.

    A tool named in `edits` is one even where it is given a path alone.
    """
    if isinstance(given, str) and is_patch(given):
        return patched(given)
    members = table(given)
    for name in PATCH:
        if isinstance(words := members.get(name), list):
            words = "\n".join(word for word in words if isinstance(word, str))
        if isinstance(words, str) and is_patch(words):
            return patched(words)
    return tuple(_merged(_told(members, tool in set(edits))))


def _told(members: Mapping[str, Any], edits: bool) -> Iterator[Change]:
    path = text(members, *PATHS)
    several = [table(one) for name in LISTS if isinstance(members.get(name), list) for one in members[name]]
    if several:
        for one in several:
            if change := _one(text(one, *PATHS) or path, one):
                yield change
    elif change := _one(path, members):
        yield change
    elif path and edits:
        yield Change(path)


def _one(path: str, members: Mapping[str, Any]) -> Change | None:
    """The Change of one replacement, one written file, or one diff in blocks; None where there is neither."""
    new, old = said(members, NEW), said(members, OLD)
    if not path:
        return None
    if new is not None:
        return Change(path, (Replacement(old or "", new, any(members.get(name) is True for name in EVERY)),))
    if blocks := searched(text(members, "diff")):
        return Change(path, blocks)
    content = said(members, CONTENT)
    return None if content is None else Change(path, content=content, original=said(members, ORIGINAL))


def _merged(told: Iterable[Change]) -> Iterator[Change]:
    """Replacements in one file are one Change of it."""
    found: dict[str, Change] = {}
    for change in told:
        before = found.get(change.path)
        if before and before.content is None and change.content is None:
            change = Change(change.path, (*before.replacements, *change.replacements))  # noqa: PLW2901
        found[change.path] = change
    yield from found.values()
