"""A unified diff as text, as `git diff` writes it -> what it changes, held against the files that are there. libgit2 reads it.

A patch may be applied already or not: a file that has its new lines is the text after it, one that has its old lines
the text before it.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from gifthorse.store.differences import Difference


class PatchError(Exception):
    """The patch cannot be read, or is of other texts. The message says what to do."""


class _Hunk(NamedTuple):
    """Lines `old` from line `old_start` on (from 1), in place of which `new` stand from line `new_start` on."""

    old_start: int
    old: bytes
    new_start: int
    new: bytes


def patched_files(patch: bytes, read: Callable[[str], bytes | None]) -> Iterator[Difference]:
    """What a patch changes, file by file. `read` gives a file of the work tree, or None where there is none.

    Raises PatchError for what is no patch, and where a file has neither its old nor its new lines.
    """
    import pygit2  # noqa: PLC0415  it takes a tenth of a second

    try:
        patches = [one for one in pygit2.Diff.parse_diff(patch) if one is not None]
    except (pygit2.GitError, ValueError) as error:
        raise PatchError(f"This is no unified diff: {error}. Give what `git diff` prints.") from error
    if not patches and patch.strip():
        raise PatchError("There is no change in this patch. Give what `git diff` prints.")
    for one in patches:
        if not one.delta.is_binary:
            yield _held_against(one, read)


def _held_against(patch: Any, read: Callable[[str], bytes | None]) -> Difference:
    delta, hunks = patch.delta, [_hunk(one) for one in patch.hunks]
    old, new = delta.old_file.path, delta.new_file.path
    added, deleted = delta.status_char() == "A", delta.status_char() == "D"
    here = read(new)
    backwards = [_Hunk(hunk.new_start, hunk.new, hunk.old_start, hunk.old) for hunk in hunks]
    if added:
        return Difference(new, new, None, b"".join(hunk.new for hunk in hunks))
    if deleted:
        return Difference(old, old, b"".join(hunk.old for hunk in hunks), None)
    if here is not None and (before := _applied(here, backwards)) is not None:
        return Difference(new, old, before, here)
    there = here if here is not None else read(old)
    if there is not None and (after := _applied(there, hunks)) is not None:
        return Difference(new, old, there, after)
    raise PatchError(
        f"{new} has neither the old nor the new lines of the patch. Give a patch of the files as they are."
    )


def _hunk(hunk: Any) -> _Hunk:
    lines = list(hunk.lines)
    old = b"".join(line.raw_content for line in lines if line.origin in " -")
    new = b"".join(line.raw_content for line in lines if line.origin in " +")
    unended = {line.origin for line in lines if line.origin in "<>="}
    old = old.removesuffix(b"\n") if unended & {"<", "="} else old
    new = new.removesuffix(b"\n") if unended & {">", "="} else new
    return _Hunk(hunk.old_start, old, hunk.new_start, new)


def _applied(content: bytes, hunks: list[_Hunk]) -> bytes | None:
    """The text with the new lines of all hunks in place of the old ones; None where those do not stand there."""
    lines = content.splitlines(keepends=True)
    result: list[bytes] = []
    at = 0
    for hunk in hunks:
        old = hunk.old.splitlines(keepends=True)
        start = hunk.old_start - 1 if old else hunk.old_start
        if start < at or lines[start : start + len(old)] != old:
            return None
        result.extend(lines[at:start])
        result.append(hunk.new)
        at = start + len(old)
    return b"".join([*result, *lines[at:]])
