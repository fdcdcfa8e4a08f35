"""What is said of hidden text in files that nobody hid anything in: `python tests/score/hidden.py FOLDER...`.

Prints each finding of medium or high confidence, to be looked at, and at the end how many there are by rule in how many
lines. Documentation, translations and libraries in many languages are what shows whether honest text stays silent.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gifthorse.engine.languages import language_of
from gifthorse.engine.textual import scan_text
from gifthorse.model.finding import Confidence, Finding
from gifthorse.model.rule import Catalogue
from gifthorse.store.catalogue import load_catalogue

FAMILY = "hidden-text"
LARGEST = 1_000_000
LOOKED_AT = 4096
"""Bytes in which a NUL says that a file is no text."""


def texts(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """All texts below a folder, links not followed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
            content = path.read_bytes()
            if b"\0" not in content[:LOOKED_AT]:
                yield path, content


def found(path: Path, content: bytes, catalogue: Catalogue) -> list[Finding]:
    """What the rules about hidden text say of a file."""
    language = language_of(str(path), None, catalogue)
    return [
        one for one in scan_text(content, language, str(path), catalogue) if catalogue.rules[one.rule].family == FAMILY
    ]


def main(folders: list[str]) -> None:
    """Look at all files, and count."""
    catalogue, counted, files, lines = load_catalogue(), Counter[tuple[str, str]](), 0, 0
    for folder in folders:
        for path, content in texts(Path(folder)):
            files, lines = files + 1, lines + content.count(b"\n")
            for one in found(path, content, catalogue):
                counted[one.rule, one.confidence.value] += 1
                if one.confidence is not Confidence.LOW:
                    line = content[: one.span.start].count(b"\n") + 1
                    print(f"{path}:{line}: {one.confidence.value} {one.rule}: {one.message}")
    print(f"{files:,} files, {lines:,} lines")
    for (rule, confidence), number in sorted(counted.items()):
        print(f"{number:6,} {confidence:6} {rule}")


if __name__ == "__main__":
    main(sys.argv[1:])
