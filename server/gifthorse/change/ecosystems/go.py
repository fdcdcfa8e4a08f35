"""Go: go.mod, go.sum and go.work."""

import re

from gifthorse.change.manifest import Entry, Manifest, prefixes
from gifthorse.change.slots import VERSION, Slot, at_end, in_block, newline

LOCKS = ("go.sum", "go.work.sum")
FILES = ("go.mod", "go.work", *LOCKS)
PARTS = {"gopkg.in": 2, "k8s.io": 2, "sigs.k8s.io": 2, "go.uber.org": 2, "google.golang.org": 2, "gorm.io": 2}
"""How many parts of a path on that host name the module; three on others."""


def normal(name: str) -> str:
    """Paths are compared as they are."""
    return name


def candidates(word: str) -> tuple[str, ...]:
    """The module as its host names it, the path and those above it; one whose first part has no dot is the standard
    library or of this module.
    """
    host = word.split("/", maxsplit=1)[0]
    if "." not in host.lstrip(".") or word.startswith("."):
        return ()
    module = "/".join(word.split("/")[: PARTS.get(host, 3)])
    return tuple(dict.fromkeys((module, *prefixes(word, "/"))))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name in LOCKS:
        return Manifest(locked=frozenset(line.split(" ")[0] for line in text.splitlines()))
    text = re.sub(r"(?m)//.*$", "", text)
    module = re.search(r'(?m)^module\s+"?([^\s"]+)', text)
    if module is None and name == "go.mod" and text.strip():
        raise ValueError("no module")
    found = re.findall(r'(?m)^(?:require[ \t]+|[ \t]+)"?([\w.-]+\.[\w.~/-]+)"?\s+(v\S+|VERSION)\s*$', text)
    replaced = re.findall(r"(?m)^(?:replace[ \t]+|[ \t]+)(\S+)(?:\s+v\S+)?\s+=>\s+(\S+)", text)
    asked = dict(found)
    entries = [Entry(path, version) for path, version in found if path not in dict(replaced)]
    entries += [Entry(old, *_instead(old, new, asked.get(old, ""))) for old, new in replaced]
    return Manifest(tuple(entries), own=frozenset([module[1]] if module else []))


def _instead(old: str, new: str, version: str) -> tuple[str, str]:
    """The version and the source of a module in whose place another one stands."""
    if new.startswith((".", "/")) or re.match(r"[A-Za-z]:[\\/]", new):
        return new, "path"
    return (new, "git") if new != old else (version, "")


def slot(name: str, text: str) -> Slot | None:
    """See manifest.Ecosystem."""
    if name != "go.mod":
        return None
    block = in_block(text, r"^require \(", f"{{name}} {VERSION}")
    return block or at_end(text, f"{newline(text)}require {{name}} {VERSION}")


def inline(text: str) -> Manifest:
    """Code declares nothing."""
    del text
    return Manifest()
