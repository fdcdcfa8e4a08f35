"""Rust: Cargo.toml, with workspaces and targets, and Cargo.lock."""

from typing import Any

from gifthorse.change.manifest import Entry, Manifest, table, toml_of

LOCKS = ("Cargo.lock",)
FILES = ("Cargo.toml", *LOCKS)
SECTIONS = ("dependencies", "dev-dependencies", "build-dependencies")


def normal(name: str) -> str:
    """As code writes a crate's name."""
    return name.replace("-", "_")


def candidates(word: str) -> tuple[str, ...]:
    """The crate of a path; what begins with a capital is a type of the file."""
    top = word.removeprefix("r#").removeprefix("::").split("::")[0]
    return (normal(top),) if top and top[0].islower() else ()


def _entry(name: str, value: Any) -> Entry:
    if not isinstance(value, dict):
        return Entry(name, str(value))
    source = next((kind for kind in ("git", "path") if value.get(kind)), "")
    workspace = "workspace" if value.get("workspace") else ""
    return Entry(name, str(value.get("version") or value.get("rev") or value.get("tag") or workspace), source)


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    data = toml_of(text)
    if name in LOCKS:
        packages = data.get("package", [])
        return Manifest(locked=frozenset(normal(str(one.get("name"))) for one in packages))
    tables = [data, table(data, "workspace"), *(table(data, "target", key) for key in table(data, "target"))]
    found = [_entry(key, value) for one in tables for section in SECTIONS for key, value in table(one, section).items()]
    own = [table(data, "package").get("name"), table(data, "lib").get("name")]
    return Manifest(tuple(found), own=frozenset(normal(one) for one in own if isinstance(one, str)))
