"""Go: go.mod, go.sum and go.work."""

import re

from gifthorse.change.manifest import Entry, Manifest, prefixes

LOCKS = ("go.sum",)
FILES = ("go.mod", *LOCKS)


def normal(name: str) -> str:
    """Paths are compared as they are."""
    return name


def candidates(word: str) -> tuple[str, ...]:
    """A path and those above it; one whose first part has no dot is the standard library or of this module."""
    return (
        tuple(prefixes(word, "/"))
        if "." in word.split("/", maxsplit=1)[0].lstrip(".") and not word.startswith(".")
        else ()
    )


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name == "go.sum":
        return Manifest(locked=frozenset(line.split(" ")[0] for line in text.splitlines()))
    module = re.search(r'(?m)^module\s+"?([^\s"]+)', text)
    found = re.findall(r"(?m)^(?:require\s+|\s+)([\w.-]+\.[\w.~/-]+)\s+(v\S+)", text)
    replaced = re.findall(r"(?m)^(?:replace\s+|\s+)(\S+)(?:\s+v\S+)?\s+=>\s+(\S+)", text)
    sources = {old: "path" if new.startswith((".", "/")) else "url" for old, new in replaced if old != new}
    entries = (Entry(path, version, sources.get(path, "")) for path, version in found)
    return Manifest(tuple(entries), locked=frozenset(sources), own=frozenset([module[1]] if module else []))
