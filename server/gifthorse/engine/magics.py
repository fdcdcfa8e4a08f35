"""What a notebook's cell says to the notebook and not to its language: magics and shell commands, made harmless to a parser.

Every text keeps its length in bytes and its lines, so that a place in one is the same place in the other. What these
commands do is not looked at, except that a cell that is wholly in another language says which one.
"""

import re

LANGUAGES = {b"bash": "shellscript", b"sh": "shellscript", b"html": "html", b"js": "javascript", b"ruby": "ruby"}
LANGUAGES |= {b"javascript": "javascript"}
"""Cell magics after which the cell is in another language, as editors name that."""
OF_PYTHON = frozenset((b"capture", b"debug", b"prun", b"px", b"python", b"python3", b"time", b"timeit"))
"""Cell magics after which it still is Python."""
OTHER = "plaintext"

_CELL = re.compile(rb"\s*%%(\w+)")
_LINE = re.compile(rb"^([ \t]*)(?:!|%(?=[A-Za-z%])|\?(?=[\w?%]))", re.MULTILINE)
_HELP = re.compile(rb"^([ \t]*)[A-Za-z_](?=[\w.]*\?\??[ \t]*\r?$)", re.MULTILINE)
_VALUE = re.compile(rb"^([ \t]*[\w ,.]+=[ \t]*)(?:![!-~ ]|%[A-Za-z])", re.MULTILINE)


def language_in(content: bytes, language_id: str) -> str:
    """The language, as editors name it, of a cell that its notebook calls `language_id`."""
    magic = _CELL.match(content) if language_id == "python" else None
    if magic is None or magic[1] in OF_PYTHON:
        return language_id
    return LANGUAGES.get(magic[1], OTHER)


def without_magics(content: bytes, language_id: str) -> bytes:
    """The cell with its magics made comments, or blanks where its first line says that it is in another language."""
    if language_id != "python" or not any(sign in content for sign in b"%!?"):
        return content
    if language_in(content, language_id) != language_id:
        end = content.find(b"\n", content.index(b"%%"))
        return _blank(content[: end if end >= 0 else len(content)]) + content[len(content) if end < 0 else end :]
    for pattern, harmless in ((_LINE, rb"\1#"), (_HELP, rb"\1#"), (_VALUE, rb"\g<1>0#")):
        content = pattern.sub(harmless, content)
    return content


def _blank(content: bytes) -> bytes:
    return re.sub(rb"[^\r\n]", b" ", content)
