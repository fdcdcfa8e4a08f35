"""C#: project files, central versions, packages.config and the lock."""

import re

from gifthorse.change.manifest import Entry, Manifest, json_of, prefixes, table

LOCKS = ("packages.lock.json",)
FILES = ("*.csproj", "Directory.Packages.props", "Directory.Build.props", "packages.config", *LOCKS)


def normal(name: str) -> str:
    """Case does not count."""
    return name.lower()


def candidates(word: str) -> tuple[str, ...]:
    """A namespace and those around it: a package's begin as it does."""
    return tuple(normal(one) for one in prefixes(word.removeprefix("global::"), "."))


def _names(packages: list[str]) -> frozenset[str]:
    """Packages, and the first part of their names."""
    return frozenset(one for name in packages for one in (normal(name), normal(name).split(".")[0]))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name in LOCKS:
        frameworks = table(json_of(text), "dependencies")
        return Manifest(locked=_names([one for key in frameworks for one in table(frameworks, key)]))
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    entries = list[Entry]()
    for tag in re.findall(r"<(?:PackageReference|PackageVersion|package)\b[^>]*>", text):
        found = dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', tag))
        package = found.get("Include") or found.get("Update") or found.get("id") or ""
        if package:
            entries.append(Entry(package, found.get("Version") or found.get("version") or ""))
    own = re.findall(r"<(?:RootNamespace|AssemblyName)>\s*([\w.]+)\s*<", text)
    own += [
        re.split(r"[\\/]", one)[-1].removesuffix(".csproj")
        for one in re.findall(r'<ProjectReference\s+Include="([^"]+)"', text)
    ]
    own += [name.removesuffix(".csproj")] if name.endswith(".csproj") else []
    return Manifest(tuple(entries), _names([one.name for one in entries]), frozenset(map(normal, own)))
