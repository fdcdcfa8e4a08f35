"""Edits written as text: the patch envelope of `apply_patch`, and blocks of SEARCH and REPLACE.

A hunk is read as the replacement of its old lines, context and all, by its new ones: that is what it means.
"""

import re
from collections.abc import Iterator, Sequence

from gifthorse.provenance.heard import Change, Replacement

_BEGIN = "*** Begin Patch"
_FILE = re.compile(r"\*\*\* (Add|Update|Delete) File: (.*)")
_MOVE = "*** Move to: "
_BLOCK = re.compile(
    r"^(?:-{5,}|<{5,}) ?SEARCH>?[^\n]*\n(?P<old>.*?)^={5,}[^\n]*\n(?P<new>.*?)^(?:\+{5,}|>{5,}) ?REPLACE[^\n]*$",
    re.DOTALL | re.MULTILINE,
)


def is_patch(words: str) -> bool:
    """Whether there is a patch envelope in it, perhaps inside a shell command."""
    return _BEGIN in words


def patched(words: str) -> tuple[Change, ...]:
    """The Changes of a patch envelope; what was moved is told under its new name, what was deleted not at all."""
    lines = words[words.index(_BEGIN) :].splitlines()[1:]
    changes = (_change(kind, path, body) for kind, path, body in _files(lines))
    return tuple(change for change in changes if change)


def searched(words: str) -> tuple[Replacement, ...]:
    """The replacements in blocks of SEARCH and REPLACE, in order."""
    blocks = _BLOCK.finditer(words.replace("\r\n", "\n"))
    return tuple(Replacement(_unended(block["old"]), _unended(block["new"])) for block in blocks)


def _unended(block: str) -> str:
    """Without the last line end, which belongs to the marker behind it."""
    return block.removesuffix("\n")


def _files(lines: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    """(what is done, path, lines) of each file."""
    kind, path, body = "", "", list[str]()
    for line in lines:
        header = _FILE.fullmatch(line.rstrip())
        ends = line.startswith("*** End Patch")
        if header or ends:
            if kind:
                yield kind, path, body
            kind, path, body = (header[1], header[2].strip(), []) if header else ("", "", [])
        if ends:
            return
        if not header:
            body.append(line)
    if kind:
        yield kind, path, body


def _change(kind: str, path: str, body: list[str]) -> Change | None:
    if kind == "Delete":
        return None
    if kind == "Add":
        added = [line[1:] for line in body if line.startswith("+")]
        return Change(path, content="".join(f"{line}\n" for line in added), created=True)
    moved = next((line.removeprefix(_MOVE).strip() for line in body if line.startswith(_MOVE)), path)
    hunks = (_hunk(lines) for lines in _hunks(body))
    return Change(moved, tuple(hunk for hunk in hunks if hunk.old != hunk.new))


def _hunks(body: Sequence[str]) -> Iterator[list[str]]:
    hunk: list[str] = []
    for line in body:
        if line.startswith(("@@", "*** ")):
            if hunk:
                yield hunk
            hunk = []
        else:
            hunk.append(line)
    if hunk:
        yield hunk


def _hunk(lines: Sequence[str]) -> Replacement:
    """An empty line of a hunk is an empty line of context: editors strip the blank in front of it."""
    old = [line[1:] for line in lines if not line.startswith("+")]
    new = [line[1:] for line in lines if not line.startswith("-")]
    return Replacement("\n".join(old), "\n".join(new))
