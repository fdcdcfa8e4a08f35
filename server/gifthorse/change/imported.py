"""What text from another file needs there: its imports are copied, too; nothing is copied where they are not found."""

import re

from gifthorse.change.traits import Side
from gifthorse.model.text import Edit, Span

_IMPORT = re.compile(rb"(?m)^(import|from|use|using|const|require|require_relative)\b[^\n]*$")
_STRING = re.compile(rb"\"[^\"\n]*\"|'[^'\n]*'|#[^\n\[]*$")
_NAME = re.compile(rb"(?<![\w.$>:])[A-Za-z_]\w*")
_FIRST = re.compile(rb"(?m)\A(?:#![^\n]*\n|<\?php[^\n]*\n|package [^\n]*\n|\s*\n)*")
_KEYWORDS = frozenset(
    b"if not return new Response null None nil true false const let var await async self this err ok raise throw status"
    b" public private end do then unless guard else try in is and or use user session ctx".split()
)


def imported(edits: tuple[Edit, ...], side: Side, other: Side) -> tuple[Edit, ...]:
    """The edits with the imports that they need; none where it is not known what to import."""
    text = _STRING.sub(b"", b"\n".join(edit.new for edit in edits))
    given = set(re.findall(rb"(?:let|const|var|val)?\s*(\w+)\s*:?=[^=]", text))
    needed = [
        name
        for name in dict.fromkeys(_NAME.findall(text))
        if name not in _KEYWORDS and name not in given and not re.search(rb"\b" + name + rb"\b", side.content)
    ]
    lines: dict[bytes, None] = {}
    for name in needed:
        found = [one[0] for one in _IMPORT.finditer(other.content) if re.search(rb"\b" + name + rb"\b", one[0])]
        if not found:
            return ()
        lines[found[0].rstrip()] = None
    if not lines:
        return edits
    at = _place(side.content)
    newline = b"\r\n" if b"\r\n" in side.content else b"\n"
    return (Edit(Span(at, at), b"".join(line + newline for line in lines)), *edits)


def _place(content: bytes) -> int:
    """After the last import at the top, or before everything but what must come first."""
    last = None
    for match in _IMPORT.finditer(content):
        last = match
        if match.start() > 20_000:
            break
    if last is not None and last[1] != b"const":
        return min(len(content), last.end() + 1)
    found = _FIRST.match(content)
    return found.end() if found else 0
