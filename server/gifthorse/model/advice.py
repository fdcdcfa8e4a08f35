"""What a rule says to write instead, read into prose and examples, so that each reader sees those of their language.

Indented lines are code. A comment that begins with a language's name (or a framework's, as `language.toml` has them
under `called`) says whose example it is: alone on a line, for what follows it; at a line's end, for the lines up to it.
Pure; how it looks is decided by those who show it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gifthorse.model.rule import Language

INDENT = "    "
_COMMENT = re.compile(r"(?:^|\s)(?:#|//|--|/\*|<!--)\s*(?P<says>\S[^\n]*)$")
_BETWEEN = re.compile(r"\s*(?:,|/|&|and\b|or\b)\s*")
_AFTER = r"(?![\w+#])"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a piece of code with the languages that it is in; none: those of whoever reads it."""

    text: str
    code: bool = False
    languages: tuple[str, ...] = ()


def labelled(comment: str, languages: Mapping[str, Language]) -> tuple[str, ...]:
    """The languages whose names a comment's text begins with, several joined by commas, slashes or "and"."""
    found: list[str] = []
    at = 0
    while name := _first_name(comment[at:], languages):
        found.append(name[0])
        at += len(name[1])
        if not (between := _BETWEEN.match(comment, at)):
            break
        at = between.end()
    return tuple(dict.fromkeys(found))


def _first_name(text: str, languages: Mapping[str, Language]) -> tuple[str, str] | None:
    """(language, how it is called here) of the longest name that the text begins with."""
    names = [(name, word) for name, one in languages.items() for word in one.called]
    fitting = [pair for pair in names if re.match(re.escape(pair[1]) + _AFTER, text)]
    return max(fitting, key=lambda pair: len(pair[1]), default=None)


def pieces(instead: str, languages: Mapping[str, Language]) -> tuple[Piece, ...]:
    """The paragraphs and examples of a text, in their order."""
    found: list[Piece] = []
    for code, lines in _blocks(instead.strip("\n").split("\n")):
        if code:
            found.extend(_examples([line.removeprefix(INDENT).rstrip() for line in lines], languages))
        else:
            found.append(Piece(" ".join(" ".join(lines).split())))
    return tuple(found)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """(whether it is code, its lines) of each paragraph and each stretch of code."""
    block: list[str] = []
    code = False
    for line in lines:
        indented = line.startswith(INDENT)
        ends = not line.strip() if not code else bool(line.strip()) and not indented
        if block and (ends or indented != code) and (line.strip() or not code):
            yield code, _trimmed(block)
            block = []
        if line.strip() and not block:
            code = indented
        if line.strip() or block:
            block.append(line)
    if block:
        yield code, _trimmed(block)


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def _examples(lines: Sequence[str], languages: Mapping[str, Language]) -> Iterator[Piece]:
    """The examples of one stretch of code, cut where labels say so."""
    held: list[str] = []
    label: tuple[str, ...] = ()
    for line in lines:
        comment = _COMMENT.search(line)
        said = labelled(comment["says"], languages) if comment else ()
        heads = bool(said) and comment is not None and not line[: comment.start()].strip()
        if heads or (said and label):
            yield from _example(held, label)
            held, label = [], said if heads else ()
        held.append(line)
        if said and not heads:
            yield from _example(held, said)
            held = []
    yield from _example(held, label)


def _example(lines: Sequence[str], label: tuple[str, ...]) -> Iterator[Piece]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield Piece(text, code=True, languages=label)


def meant_for(found: Sequence[Piece], language: str | None, languages: Mapping[str, Language]) -> tuple[Piece, ...]:
    """The pieces without the examples of other languages, where there are some in this one or one that it inherits."""
    for name in _lineage(language, languages):
        if any(name in piece.languages for piece in found):
            return tuple(
                replace(piece, languages=(name,)) if name in piece.languages else piece
                for piece in found
                if not piece.languages or name in piece.languages
            )
    return tuple(found)


def _lineage(language: str | None, languages: Mapping[str, Language]) -> Iterator[str]:
    """The language, then those that it inherits; JavaScript's examples serve everything written in it."""
    while language is not None and language in languages:
        yield language
        language = languages[language].inherits


def plain(found: Sequence[Piece]) -> str:
    """The pieces as a plain text, code indented, a blank line between them."""
    return "\n\n".join(_indented(piece.text) if piece.code else piece.text for piece in found)


def _indented(code: str) -> str:
    return "\n".join(INDENT + line if line else "" for line in code.split("\n"))


def markdown(found: Sequence[Piece], language: str = "") -> str:
    """The pieces as Markdown, code fenced and named for highlighting; unlabelled code is taken for `language`."""
    return "\n\n".join(_fenced(piece, language) if piece.code else piece.text for piece in found)


def _fenced(piece: Piece, language: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", piece.text)), default=0))
    return f"{fence}{piece.languages[0] if piece.languages else language}\n{piece.text}\n{fence}"
