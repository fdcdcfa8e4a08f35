"""Rust: Cargo.toml, with workspaces and targets, and Cargo.lock."""

import re
from typing import Any

from gifthorse.change.manifest import Entry, Manifest, table, toml_of
from gifthorse.change.slots import VERSION, Slot, at_end, in_section, newline

LOCKS = ("Cargo.lock",)
FILES = ("Cargo.toml", *LOCKS)
SECTIONS = ("dependencies", "dev-dependencies", "build-dependencies")


def normal(name: str) -> str:
    """As code writes a crate's name."""
    return name.replace("-", "_")


def candidates(word: str) -> tuple[str, ...]:
    """The crate of a path; what begins with a capital is a type of the file."""
    top = word.removeprefix("::").removeprefix("r#").split("::")[0]
    return (normal(top),) if top and (top[0].islower() or top[0] == "_") else ()


def _entry(name: str, value: Any) -> Entry:
    if not isinstance(value, dict):
        return Entry(name, str(value))
    name = str(value.get("package") or name)
    source = next((kind for kind in ("git", "path") if value.get(kind)), "")
    version = value.get("version") or value.get("rev") or value.get("tag") or value.get(source)
    return Entry(name, str(version or ("workspace" if value.get("workspace") else "")), source)


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    data = toml_of(text)
    if name in LOCKS:
        packages = data.get("package", [])
        return Manifest(locked=frozenset(normal(str(one.get("name"))) for one in packages))
    tables = [data, table(data, "workspace"), *(table(data, "target", key) for key in table(data, "target"))]
    asked = [(key, value) for one in tables for section in SECTIONS for key, value in table(one, section).items()]
    patched = [(key, value) for one in table(data, "patch") for key, value in table(data, "patch", one).items()]
    own = [table(data, "package").get("name"), table(data, "lib").get("name")]
    build = table(data, "package").get("build")
    return Manifest(
        tuple(_entry(key, value) for key, value in (*asked, *patched)),
        locked=frozenset(normal(key) for key, _ in asked),
        own=frozenset(normal(one) for one in own if isinstance(one, str)),
        hooks=(f"build: {build}",) if isinstance(build, str) else (),
    )


def slot(name: str, text: str) -> Slot | None:
    """See manifest.Ecosystem."""
    if name != "Cargo.toml" or not re.search(r"(?m)^\[package\]", text):
        return None
    line = f'{{name}} = "{VERSION}"'
    return in_section(text, "dependencies", line) or at_end(text, f"{newline(text)}[dependencies]{newline(text)}{line}")


def inline(text: str) -> Manifest:
    """What code brings into scope itself: modules, and names that other imports end with."""
    own = set(re.findall(r"\bmod\s+(?:r#)?(\w+)", text))
    own |= set(re.findall(r"\bas\s+(\w+)\s*[;,}]", text))
    for path in re.findall(r"(?m)^[ \t]*(?:pub(?:\([^)]*\))?\s+)?use\s+([^;]+);", text):
        own |= set(re.findall(r"(?:::|[{,])\s*(\w+)\s*(?=[,}]|$)", path))
    return Manifest(own=frozenset(own))
