"""PHP: composer.json and composer.lock."""

from typing import Any

from gifthorse.change.manifest import Entry, Manifest, json_of, prefixes, table

LOCKS = ("composer.lock",)
FILES = ("composer.json", *LOCKS)
HOOKS = ("pre-install-cmd", "post-install-cmd", "pre-update-cmd", "post-update-cmd", "post-autoload-dump")


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


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    data = json_of(text)
    if name in LOCKS:
        packages = [one for key in ("packages", "packages-dev") for one in data.get(key) or [] if isinstance(one, dict)]
        spaces = frozenset(space for one in packages for space in _spaces(one))
        return Manifest(locked=_names([str(one.get("name", "")) for one in packages]) | spaces)
    required = [(one, str(version)) for key in ("require", "require-dev") for one, version in table(data, key).items()]
    entries = tuple(Entry(one, version) for one, version in required if "/" in one)
    hooks = tuple(f"{key}: {value}" for key, value in table(data, "scripts").items() if key in HOOKS)
    return Manifest(entries, _names([one.name for one in entries]), _spaces(data), hooks)
