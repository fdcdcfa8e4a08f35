"""C#: project files, central versions, packages.config, Paket and the lock."""

import re

from gifthorse.change.manifest import Entry, Manifest, json_of, prefixes, table, without_remarks
from gifthorse.change.slots import VERSION, Slot, newline

LOCKS = ("packages.lock.json", "paket.lock")
FILES = (
    *("*.csproj", "Directory.Packages.props", "Directory.Build.props", "Directory.Build.targets", "packages.config"),
    *("paket.dependencies", *LOCKS),
)
FRAMEWORKS = {"web": ("microsoft.aspnetcore", "microsoft.extensions"), "worker": ("microsoft.extensions",)}
"""What comes with the kinds of projects that name another SDK than the plain one."""
_TAG = re.compile(r"<(?:PackageReference|PackageVersion|GlobalPackageReference|package)\b[^>]*?(?:/>|>)")


def normal(name: str) -> str:
    """Case does not count."""
    return name.lower()


def candidates(word: str) -> tuple[str, ...]:
    """A namespace and those around it: a package's begin as it does."""
    return tuple(normal(one) for one in prefixes(word.removeprefix("global::"), "."))


def _names(packages: list[str]) -> frozenset[str]:
    """Packages, and the first part of their names."""
    return frozenset(one for name in packages for one in (normal(name), normal(name).split(".")[0]))


def _entries(text: str) -> list[Entry]:
    entries = list[Entry]()
    for tag in _TAG.finditer(text):
        found = {key.lower(): value for key, value in re.findall(r'(\w+)\s*=\s*"([^"]*)"', tag[0])}
        package = found.get("include") or found.get("update") or found.get("id") or ""
        inner = re.match(r"\s*<Version>\s*([^<]*?)\s*</Version>", text[tag.end() :])
        version = found.get("version") or found.get("versionoverride") or (inner[1] if inner else "")
        if package:
            entries.append(Entry(package, version))
    return entries


def _project(name: str, text: str) -> Manifest:
    text = without_remarks(text)
    if not re.search(r"<(Project|packages)\b", text):
        raise ValueError("no project")
    entries = _entries(text)
    own = re.findall(r"<(?:RootNamespace|AssemblyName)>\s*([\w.]+)\s*<", text)
    projects = re.findall(r'<ProjectReference\s+Include="([^"]+)"', text)
    own += [re.split(r"[\\/]", one)[-1].removesuffix(".csproj") for one in projects]
    own += [name.removesuffix(".csproj")] if name.endswith(".csproj") else []
    more = re.findall(r'<Reference\s+Include="([\w.]+)', text)
    sdk = re.search(r'Sdk="Microsoft\.NET\.Sdk\.(\w+)', text)
    implied = FRAMEWORKS.get(sdk[1].lower(), ()) if sdk else ()
    implied += FRAMEWORKS["web"] if "Microsoft.AspNetCore.App" in text else ()
    hooks = tuple(f"Exec: {one}" for one in re.findall(r'<Exec\s[^>]*?Command\s*=\s*"([^"]*)"', text))
    taken = [one.replace("\\", "/") for one in re.findall(r'<Import\s+Project="([^"$]+)"', text)]
    locked = _names([*(one.name for one in entries), *more]) | frozenset(implied)
    return Manifest(tuple(entries), locked, frozenset(map(normal, own)), hooks, includes=tuple(taken))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name == "packages.lock.json":
        frameworks = table(json_of(text), "dependencies")
        return Manifest(locked=_names([one for key in frameworks for one in table(frameworks, key)]))
    if name == "paket.dependencies":
        found = re.findall(r"(?m)^[ \t]*nuget\s+([\w.-]+)[ \t]*([^\n]*)", text)
        remote = re.findall(r"(?m)^[ \t]*(git|github|gist|http)\s+(\S+)", text)
        entries = [Entry(one, version.strip()) for one, version in found]
        entries += [Entry(one, one, "url" if kind == "http" else "git") for kind, one in remote]
        return Manifest(tuple(entries), _names([one for one, _ in found]))
    if name == "paket.lock":
        return Manifest(locked=_names(re.findall(r"(?m)^ {4,6}([\w.-]+) \(", text)))
    return _project(name, text)


def slot(name: str, text: str) -> Slot | None:
    """See manifest.Ecosystem."""
    central = name == "Directory.Packages.props"
    if not central and not name.endswith(".csproj"):
        return None
    kind = "PackageVersion" if central else "PackageReference"
    tags = list(re.finditer(rf"(?m)^([ \t]*)<{kind}\b([^>]*)/>", text))
    version = f' Version="{VERSION}"' if central or not tags or any("Version=" in one[2] for one in tags) else ""
    line = f'<{kind} Include="{{name}}"{version} />'
    if tags:
        return tags[-1].end(), f"{newline(text)}{tags[-1][1]}{line}"
    end = re.search(r"(?m)^[ \t]*</Project>", text)
    if end is None or f"<{kind}" in text:
        return None
    ending = newline(text)
    return end.start(), f"  <ItemGroup>{ending}    {line}{ending}  </ItemGroup>{ending}"


def inline(text: str) -> Manifest:
    """The directives of a program in one file; its own namespaces."""
    found = re.findall(r"(?m)^#:package\s+([\w.]+)(?:@(\S+))?", text)
    own = re.findall(r"(?m)^[ \t]*namespace\s+(\w+)", text)
    entries = tuple(Entry(one, version) for one, version in found)
    return Manifest(entries, _names([one for one, _ in found]), frozenset(map(normal, own)))
