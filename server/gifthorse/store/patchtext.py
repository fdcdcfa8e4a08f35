"""A unified diff as text, as `git diff` writes it -> what it changes, held against the files that are there. libgit2 reads it.

A patch may be applied already or not: a file that has its new lines is the text after it, one that has its old lines
the text before it. Of several patches of one file, as `git format-patch` writes them, the first and the last side count.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from gifthorse.store.differences import Difference

SUBMODULE = 0o160000
_COLOUR = re.compile(rb"^\x1b\[[0-9;]*m(?:diff --git |--- |@@ )", re.MULTILINE)
_COMBINED = re.compile(rb"^diff --(?:cc|combined) ", re.MULTILINE)
_GIT = re.compile(rb'diff --git (?:(?P<bare>.+) (?P=bare)|"(?P<quoted>.+)" "(?P=quoted)")\r?')
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_FILE = re.compile(rb'(?P<sign>---|\+\+\+) (?P<quote>"?)(?P<name>.+)')
_BINARY = re.compile(rb"Binary files (.+) and (.+) differ\r?")
NONE = b"/dev/null"
"""In place of a name: there is no such file."""


class PatchError(Exception):
    """The patch cannot be read, or is of other texts. The message says what to do."""


class _Hunk(NamedTuple):
    """Lines `old` from line `old_start` on (from 1), in place of which `new` stand from line `new_start` on."""

    old_start: int
    old: bytes
    new_start: int
    new: bytes


class _Patch(NamedTuple):
    """What one patch does to one file; of an added file there is no text before, of a deleted one none after."""

    old: str
    new: str
    added: bool
    deleted: bool
    hunks: tuple[_Hunk, ...]

    def forward(self, text: bytes | None) -> bytes | None:
        """The text after it. Raises _MisfitError where it is a patch of another text."""
        if self.added:
            return b"".join(hunk.new for hunk in self.hunks)
        return None if self.deleted else _applied(text, self.hunks)

    def back(self, text: bytes | None) -> bytes | None:
        """The text before it, see `forward`."""
        if self.deleted:
            return b"".join(hunk.old for hunk in self.hunks)
        back = (_Hunk(hunk.new_start, hunk.new, hunk.old_start, hunk.old) for hunk in self.hunks)
        return None if self.added else _applied(text, back)


class _MisfitError(Exception):
    """The lines that a patch speaks of do not stand there."""


def patched_files(patch: bytes, read: Callable[[str], bytes | None]) -> Iterator[Difference]:
    """What a patch changes, file by file. `read` gives a file of the work tree, or None where there is none.

    Raises PatchError for what is no patch, and where a file has neither its old nor its new lines.
    """
    import pygit2  # noqa: PLC0415  it takes a tenth of a second

    if not patch.strip():
        return
    _refuse(patch)
    try:
        patches = [one for one in pygit2.Diff.parse_diff(_prefixed(patch)) if one is not None]
    except (pygit2.GitError, ValueError, KeyError) as error:
        why = str(error).strip("'\"")
        raise PatchError(f"This is no unified diff: {why}. Give what `git diff` prints.") from error
    if not patches:
        raise PatchError("There is no change in this patch. Give what `git diff` prints.")
    for chain in _chains(_patch(one) for one in patches if not _is_foreign(one.delta)):
        yield _followed(chain, read)


def _refuse(patch: bytes) -> None:
    """Say what to do about outputs of git that are no patches, though they look like some."""
    if _COLOUR.search(patch):
        raise PatchError("The patch has a terminal's colours in it. Give what `git diff --no-color` prints.")
    if _COMBINED.search(patch) and b"\ndiff --git " not in b"\n" + patch:
        raise PatchError(
            "This is the combined diff of a merge. Give a diff of two sides, such as `git diff HEAD^1 HEAD`."
        )


def _prefixed(patch: bytes) -> bytes:
    """The patch with `a/` and `b/` before its names where it was written without them (diff.noprefix)."""
    return b"\n".join(_with_prefixes(patch.split(b"\n")))


def _with_prefixes(lines: Sequence[bytes]) -> Iterator[bytes]:
    old = new = 0
    bare = False
    for number, line in enumerate(lines):
        if old > 0 or new > 0:  # inside of a hunk
            old -= line[:1] in {b" ", b"-", b""}
            new -= line[:1] in {b" ", b"+", b""}
            yield line
        elif found := _HUNK.match(line):
            old, new = (1 if count is None else int(count) for count in found.groups())
            yield line
        elif line.startswith(b"diff --git "):
            header = _bare(line, lines[number + 1 : number + 8])
            bare = header is not None
            yield header or line
        else:
            yield _named(line) if bare else line


def _named(line: bytes) -> bytes:
    """A line about a file with the prefixes before its names."""
    if binary := _BINARY.fullmatch(line):
        sides = [
            name if name == NONE else side + name for side, name in zip((b"a/", b"b/"), binary.groups(), strict=True)
        ]
        return b"Binary files %s and %s differ" % tuple(sides)
    found = _FILE.fullmatch(line)
    if found is None or found["name"].rstrip(b"\r\t") == NONE:
        return line
    side = b"a/" if found["sign"] == b"---" else b"b/"
    return b"%s %s%s%s" % (found["sign"], found["quote"], side, found["name"])


def _bare(line: bytes, following: Sequence[bytes]) -> bytes | None:
    """The first line of a file's patch with prefixes, or None where it has them. `following`: what comes after it."""
    told = [one.rstrip(b"\r") for one in following]
    old = next((one.removeprefix(b"rename from ") for one in told if one.startswith(b"rename from ")), b"")
    new = next((one.removeprefix(b"rename to ") for one in told if one.startswith(b"rename to ")), b"")
    if old and line.rstrip(b"\r") == b"diff --git %s %s" % (old, new):
        quote = b'"' if old.startswith(b'"') else b""
        return _header(old.strip(quote or None), new.strip(quote or None), quote)
    names = _GIT.fullmatch(line)
    if names is None:
        return None
    if names["bare"] is not None:
        return _header(names["bare"], names["bare"])
    return _header(names["quoted"], names["quoted"], b'"')


def _header(old: bytes, new: bytes, quote: bytes = b"") -> bytes:
    return b"diff --git %sa/%s%s %sb/%s%s" % (quote, old, quote, quote, new, quote)


def _is_foreign(delta: Any) -> bool:
    """Whether it is about no text: a binary file, or another repository's commit."""
    return bool(delta.is_binary) or SUBMODULE in (delta.old_file.mode, delta.new_file.mode)


def _patch(patch: Any) -> _Patch:
    delta, kind = patch.delta, patch.delta.status_char()
    hunks = tuple(_hunk(one) for one in patch.hunks)
    return _Patch(delta.old_file.path, delta.new_file.path, kind == "A", kind == "D", hunks)


def _chains(patches: Iterable[_Patch]) -> list[list[_Patch]]:
    """Patches of the same file together, in their order; what one renames the next ones may go on with."""
    chains: dict[str, list[_Patch]] = {}
    ended: list[list[_Patch]] = []
    for one in patches:
        chain = [*([] if one.added else chains.pop(one.old, [])), one]
        if one.added and one.new in chains:
            ended.append(chains.pop(one.new))
        chains[one.new] = chain
    return [*ended, *chains.values()]


def _followed(chain: Sequence[_Patch], read: Callable[[str], bytes | None]) -> Difference:
    """What a chain comes to: from what is there now, if that is one of its ends, and else from itself."""
    first, last = chain[0], chain[-1]
    here = None if last.deleted else read(last.new)
    start = None if first.added else here if first.old == last.new else read(first.old)
    for after, before in ((here, start), (_as_committed(here), _as_committed(start))):
        with suppress(_MisfitError):
            if not first.added:
                return Difference(last.new, first.old, _back(chain, after), after)
        with suppress(_MisfitError):
            return Difference(last.new, first.old, before, _forward(chain, before))
    raise PatchError(
        f"{last.new} has neither the old nor the new lines of the patch. Give a patch of the files as they are."
    )


def _as_committed(text: bytes | None) -> bytes | None:
    """A text with the line ends that git writes in patches where it writes CRLF on disk (core.autocrlf)."""
    return None if text is None else text.replace(b"\r\n", b"\n")


def _back(chain: Sequence[_Patch], text: bytes | None) -> bytes | None:
    for one in reversed(chain):
        text = one.back(text)
    return text


def _forward(chain: Sequence[_Patch], text: bytes | None) -> bytes | None:
    for one in chain:
        text = one.forward(text)
    return text


def _hunk(hunk: Any) -> _Hunk:
    """A hunk of libgit2's. The line before a note that there is no line end has none, whatever libgit2 calls that note."""
    old, new, last = list[bytes](), list[bytes](), ""
    for line in hunk.lines:
        last = line.origin if line.origin in " -+" else last
        for side, signs in ((old, " -"), (new, " +")):
            if line.origin in signs:
                side.append(line.raw_content)
            elif line.origin in "<>=" and side and last in signs:
                side.append(side.pop().removesuffix(b"\n"))
    return _Hunk(hunk.old_start, b"".join(old), hunk.new_start, b"".join(new))


def _applied(content: bytes | None, hunks: Iterable[_Hunk]) -> bytes:
    """The text with the new lines of all hunks in place of the old ones. Raises _MisfitError where those do not stand
    there.
    """
    if content is None:
        raise _MisfitError
    lines = _lines(content)
    result: list[bytes] = []
    at = 0
    for hunk in hunks:
        old = _lines(hunk.old)
        start = hunk.old_start - 1 if old else hunk.old_start
        if start < at or lines[start : start + len(old)] != old:
            raise _MisfitError
        result.extend(lines[at:start])
        result.append(hunk.new)
        at = start + len(old)
    return b"".join([*result, *lines[at:]])


def _lines(content: bytes) -> list[bytes]:
    r"""The lines as git counts them: only \n ends one."""
    lines = [line + b"\n" for line in content.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
