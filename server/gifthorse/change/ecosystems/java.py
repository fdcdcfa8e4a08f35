"""Java and Kotlin: Maven's pom.xml, Gradle's build files and catalogues of versions."""

import re

from gifthorse.change.manifest import Entry, Manifest, prefixes, table, toml_of

LOCKS = ("gradle.lockfile",)
FILES = ("pom.xml", "build.gradle", "build.gradle.kts", "*.versions.toml", *LOCKS)
_COORDINATES = re.compile(r"""["']([\w.-]+\.[\w.-]+|[a-z]\w+):([\w.-]+)(?::([^"'@]+))?["']""")


def normal(name: str) -> str:
    """Names are compared as they are."""
    return name


def candidates(word: str) -> tuple[str, ...]:
    """The packages around a class, down to two parts: a group's packages begin as the group does."""
    return tuple(one for one in prefixes(word, ".") if "." in one)


def _names(entries: tuple[Entry, ...]) -> frozenset[str]:
    """The groups, whole and their first two parts."""
    groups = [entry.name.split(":")[0] for entry in entries]
    return frozenset(one for group in groups for one in (group, ".".join(group.split(".")[:2])))


def _pom(text: str) -> Manifest:
    entries, own = list[Entry](), set[str]()
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    for block in re.findall(r"<dependency>(.*?)</dependency>", text, re.DOTALL):
        group, artifact, version = (_tag(block, tag) for tag in ("groupId", "artifactId", "version"))
        if group and artifact:
            entries.append(Entry(f"{group}:{artifact}", version))
    group = _tag(re.sub(r"<(dependencies|build|parent)>.*?</\1>", "", text, flags=re.DOTALL), "groupId") or _tag(
        text, "groupId"
    )
    own |= {group} - {""}
    return Manifest(tuple(entries), _names(tuple(entries)), frozenset(own))


def _tag(text: str, name: str) -> str:
    match = re.search(rf"<{name}>\s*([^<]+?)\s*</{name}>", text)
    return match[1] if match else ""


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name == "pom.xml":
        return _pom(text)
    if name.endswith(".toml"):
        entries = list[Entry]()
        for value in table(toml_of(text), "libraries").values():
            if isinstance(value, str):
                group, _, rest = value.partition(":")
                entries.append(Entry(f"{group}:{rest.partition(':')[0]}", rest.partition(":")[2]))
            elif isinstance(value, dict):
                module = value.get("module") or f"{value.get('group')}:{value.get('name')}"
                entries.append(Entry(str(module), str(value.get("version", ""))))
        return Manifest(tuple(entries), _names(tuple(entries)))
    if name in LOCKS:
        locked = tuple(Entry(line.rpartition(":")[0]) for line in text.splitlines() if ":" in line)
        return Manifest(locked=_names(locked))
    code = re.sub(r"(?m)^\s*//.*$", "", text)
    found = tuple(Entry(f"{group}:{artifact}", version) for group, artifact, version in _COORDINATES.findall(code))
    named = re.search(r"""(?m)^\s*group\s*=?\s*["']([\w.]+)["']""", code)
    return Manifest(found, _names(found), frozenset([named[1]] if named else []))
