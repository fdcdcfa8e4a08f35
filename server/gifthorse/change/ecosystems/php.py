"""PHP: composer.json and composer.lock."""

import re
from typing import Any

from gifthorse.change.manifest import Entry, Manifest, json_of, prefixes, table, texts
from gifthorse.change.slots import VERSION, Slot, in_json

LOCKS = ("composer.lock",)
FILES = ("composer.json", *LOCKS)
HOOKS = (
    *("pre-install-cmd", "post-install-cmd", "pre-update-cmd", "post-update-cmd", "pre-autoload-dump"),
    *("post-autoload-dump", "post-root-package-install", "post-create-project-cmd"),
)


def normal(name: str) -> str:
    """Case does not count; a namespace is written with `/` as a package is."""
    return name.replace("\\", "/").strip("/").lower()


def candidates(word: str) -> tuple[str, ...]:
    """The namespaces around a class; one without a namespace is PHP's own or of the project."""
    found = [normal(one) for one in prefixes(word, "\\")]
    return tuple(found[1:]) if len(found) > 1 else ()


def _names(packages: list[str]) -> frozenset[str]:
    """Packages, and their owners: most put the owner's name in front of their namespaces."""
    return frozenset(one for name in packages for one in (normal(name), normal(name).split("/")[0]))


def _spaces(data: dict[str, Any]) -> frozenset[str]:
    autoload = [table(data, key, kind) for key in ("autoload", "autoload-dev") for kind in ("psr-4", "psr-0")]
    return frozenset(normal(space) for one in autoload for space in one) - {""}


def _locked(data: dict[str, Any]) -> Manifest:
    packages = [one for key in ("packages", "packages-dev") for one in data.get(key) or [] if isinstance(one, dict)]
    spaces = frozenset(space for one in packages for space in _spaces(one))
    others = [name for one in packages for key in ("replace", "provide") for name in table(one, key)]
    return Manifest(locked=_names([*(str(one.get("name", "")) for one in packages), *others]) | spaces)


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    data = json_of(text)
    if name in LOCKS:
        return _locked(data)
    required = [(one, str(version)) for key in ("require", "require-dev") for one, version in table(data, key).items()]
    entries = tuple(Entry(one, version) for one, version in required if "/" in one)
    hooks = [f"{key}: {value}" for key, value in table(data, "scripts").items() if key in HOOKS]
    if table(data, "config").get("allow-plugins") is True:
        hooks.append("allow-plugins: true, any plugin")
    taken = texts(table(data, "extra", "merge-plugin").get("include"))
    spaces = _spaces(data)
    own = spaces | ({normal(str(data["name"]))} if isinstance(data.get("name"), str) else set())
    unsure = not spaces  # nobody says which namespaces are its own
    return Manifest(entries, _names([one.name for one in entries]), own, tuple(hooks), unsure, tuple(taken))


def slot(name: str, text: str) -> Slot | None:
    """See manifest.Ecosystem."""
    return in_json(text, "require", f'"{{name}}": "{VERSION}"') if name == "composer.json" else None


def inline(text: str) -> Manifest:
    """Its own namespaces."""
    return Manifest(own=frozenset(map(normal, re.findall(r"(?m)^[ \t]*namespace\s+(\w+)", text))))
