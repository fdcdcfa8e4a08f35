"""One file of queries/knowledge/packages/ -> Packages. It reads text, never the disk.

Lines `key: value` come first; then sections: `[standard]` and `[known]` have words, `[imports]` has lines of what is
imported and the packages that have it.
"""

from gifthorse.model.dependency import Packages
from gifthorse.store.table import Problem

SECTIONS = ("standard", "known", "imports")
KEYS = ("source", "date", "endings")


def read_packages(file: str, text: str, stem: str) -> tuple[Packages, list[Problem]]:
    """What a file says of the ecosystem `stem`, and what is wrong with it. `file` is the name that problems carry."""
    problems, keys, section = list[Problem](), dict[str, str](), ""
    words: dict[str, list[str]] = {name: [] for name in SECTIONS}
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = line.partition(":")
        if line.startswith("[") and line.strip("[]") in SECTIONS:
            section = line.strip("[]")
        elif section and not line.startswith("#"):
            words[section].append(line)
        elif key in KEYS:
            keys[key] = value.strip()
        elif line and not line.startswith("#"):
            problems.append(Problem(file, number, "The line is not understood.", "See docs/dependencies.md."))
    for name in KEYS:
        if not keys.get(name):
            problems.append(Problem(file, 1, f"The file does not say its {name}.", f"Add a line `{name}: ...`."))
    pairs = (line.split() for line in words["imports"] if line)
    return (
        Packages(
            ecosystem=stem,
            endings=tuple(keys.get("endings", "").split()),
            source=keys.get("source", ""),
            date=keys.get("date", ""),
            standard=" ".join(words["standard"]),
            imports={first: tuple(rest) for first, *rest in pairs},
            known=" ".join(words["known"]),
        ),
        problems,
    )
