"""Java and Kotlin: Maven's pom.xml, Gradle's build files and catalogues of versions, Ivy, sbt and Bazel's coordinates."""

import re

from gifthorse.change.manifest import Entry, Manifest, prefixes, table, toml_of, without_remarks
from gifthorse.change.slots import VERSION, Slot, in_block, newline

LOCKS = ("gradle.lockfile", "*.lockfile", "maven_install.json")
FILES = (
    *("pom.xml", "build.gradle", "build.gradle.kts", "*.gradle", "*.gradle.kts", "*.versions.toml", "ivy.xml"),
    *("build.sbt", "MODULE.bazel", "WORKSPACE", *LOCKS),
)
_COORDINATES = re.compile(r"""["']([\w.-]+\.[\w.-]+|[a-z]\w+):([\w.-]+)(?::([^"'@]+))?["']""")
_MAPPED = re.compile(
    r"""group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*(?:name|module)\s*[:=]\s*["']([\w.-]+)["'](?:\s*,\s*version\s*[:=]\s*["']([^"']+)["'])?"""
)
_SBT = re.compile(r'"([\w.-]+)"\s*%{1,3}\s*"([\w.-]+)"\s*%\s*"([^"]+)"')
AT_BUILD = (
    "exec-maven-plugin",
    "maven-antrun-plugin",
    "groovy-maven-plugin",
    "gmavenplus-plugin",
    "download-maven-plugin",
)
"""Plugins that run what somebody wrote into the file."""


SHARED = frozenset({"com.google", "org.apache", "com.github", "io.github", "org.codehaus", "net.sf"})
"""Beginnings of groups that have little to do with each other."""


def normal(name: str) -> str:
    """Names are compared as they are."""
    return name


def candidates(word: str) -> tuple[str, ...]:
    """The packages around a class, down to two parts: a group's packages begin as the group does."""
    return tuple(one for one in prefixes(word, ".") if "." in one)


def _names(entries: tuple[Entry, ...]) -> frozenset[str]:
    """The groups, whole and their first two parts, where these are one owner's."""
    groups = {entry.name.split(":")[0] for entry in entries}
    return frozenset(groups | ({".".join(group.split(".")[:2]) for group in groups} - SHARED))


def _pom(text: str) -> Manifest:
    entries, own = list[Entry](), set[str]()
    text = without_remarks(text)
    if "<project" not in text or not _is_closed(text):
        raise ValueError("no project")
    for block in re.findall(r"<dependency>(.*?)</dependency>", text, re.DOTALL):
        group, artifact, version, path = (
            _tag(block, tag) for tag in ("groupId", "artifactId", "version", "systemPath")
        )
        if group and artifact:
            entries.append(Entry(f"{group}:{artifact}", version or path, "path" if path else ""))
    outer = re.sub(r"<(dependencies|build|parent)>.*?</\1>", "", text, flags=re.DOTALL)
    own |= {_tag(outer, "groupId") or _tag(text, "groupId")} - {""}
    hooks = [f"{one}: {_tag(text.split(one)[1], 'executable')}" for one in AT_BUILD if f">{one}<" in text]
    return Manifest(tuple(entries), _names(tuple(entries)), frozenset(own), tuple(hooks))


def _is_closed(text: str) -> bool:
    """Whether the elements that are looked for are closed as often as they are opened."""
    names = ("dependency", "dependencies", "dependencyManagement", "build", "parent", "profiles", "plugin", "reporting")
    return all(text.count(f"<{name}>") == text.count(f"</{name}>") for name in names)


def _tag(text: str, name: str) -> str:
    match = re.search(rf"<{name}>\s*([^<]+?)\s*</{name}>", text)
    return match[1] if match else ""


def _catalogue(text: str) -> Manifest:
    entries, versions = list[Entry](), table(toml_of(text), "versions")
    for value in table(toml_of(text), "libraries").values():
        if isinstance(value, str):
            group, _, rest = value.partition(":")
            entries.append(Entry(f"{group}:{rest.partition(':')[0]}", rest.partition(":")[2]))
        elif isinstance(value, dict):
            module = value.get("module") or f"{value.get('group')}:{value.get('name')}"
            version = value.get("version", "")
            named = versions.get(str(version.get("ref")), "") if isinstance(version, dict) else version
            entries.append(Entry(str(module), str(named)))
    return Manifest(tuple(entries), _names(tuple(entries)))


def _gradle(text: str) -> Manifest:
    code = re.sub(r"(?m)^[ \t]*//.*$|/\*.*?\*/", "", text)
    found = [*_COORDINATES.findall(code), *_MAPPED.findall(code), *_SBT.findall(code)]
    found += [("org.jetbrains.kotlin", f"kotlin-{one}", "") for one in re.findall(r"""\bkotlin\(["']([\w-]+)""", code)]
    entries = tuple(Entry(f"{group}:{artifact}", version) for group, artifact, version in found)
    named = re.search(r"""(?m)^[ \t]*group\s*=?\s*["']([\w.]+)["']""", code)
    taken = re.findall(r"""\bapply\s*\(?\s*from\s*[:=]\s*["']([^"']+)["']""", code)
    here = [re.sub(r"^\$\{?(rootDir|rootProject\.projectDir|project\.rootDir)\}?/", "/", one) for one in taken]
    unsure = bool(re.search(r"(?i)(implementation|api|compile)\w*[\s(]+(deps|libraries|dependencies|dep)\b", code))
    hooks = tuple(f"commandLine: {one}" for one in re.findall(r"\bcommandLine\b[\s(=]*([^\n]+)", code))
    own = frozenset([named[1]] if named else [])
    return Manifest(entries, _names(entries), own, hooks, unsure, tuple(one for one in here if ":" not in one))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name == "pom.xml":
        return _pom(text)
    if name.endswith(".toml"):
        return _catalogue(text)
    if name.endswith(".lockfile"):
        locked = tuple(Entry(line.rpartition(":")[0]) for line in text.splitlines() if ":" in line)
        return Manifest(locked=_names(locked))
    if name == "maven_install.json":
        locked = tuple(Entry(f"{one}:{two}") for one, two in re.findall(r'"([\w.-]+\.[\w.-]+):([\w.-]+)[:"]', text))
        return Manifest(locked=_names(locked))
    if name == "ivy.xml":
        tags = re.findall(r'<dependency\s+org="([\w.-]+)"\s+name="([\w.-]+)"(?:\s+rev="([^"]*)")?', text)
        entries = tuple(Entry(f"{group}:{artifact}", version) for group, artifact, version in tags)
        return Manifest(entries, _names(entries))
    return _gradle(text)


def slot(name: str, text: str) -> Slot | None:
    """See manifest.Ecosystem."""
    if name == "pom.xml":
        return _in_pom(text)
    if name == "build.gradle.kts":
        return in_block(text, r"^dependencies\s*\{", f'implementation("{{group}}:{{artifact}}:{VERSION}")')
    if name == "build.gradle":
        return in_block(text, r"^dependencies\s*\{", f"implementation '{{group}}:{{artifact}}:{VERSION}'")
    return None


def _in_pom(text: str) -> Slot | None:
    """In the project's own list, not in those of its profiles, plugins or its management."""
    bare = without_remarks(text)
    if not _is_closed(bare):
        return None
    others = r"<(dependencyManagement|build|profiles|plugin|reporting)>.*?</\1>"
    bare = re.sub(others, lambda one: " " * len(one[0]), bare, flags=re.DOTALL)
    found = re.search(r"(?m)^([ \t]*)</dependencies>", bare)
    if found is None:
        return None
    ending, indent = newline(text), found[1]
    inside = re.findall(r"(?m)^([ \t]*)<dependency>", bare[: found.start()])
    outer = inside[-1] if inside else indent + "    "
    step = outer[len(indent) :] or "    "
    tags = [("groupId", "{group}"), ("artifactId", "{artifact}"), ("version", VERSION)]
    lines = [
        f"{outer}<dependency>",
        *(f"{outer}{step}<{tag}>{one}</{tag}>" for tag, one in tags),
        f"{outer}</dependency>",
    ]
    return found.start(), "".join(line + ending for line in lines)


def inline(text: str) -> Manifest:
    """What scripts declare themselves; the file's own package."""
    found = re.findall(r"(?m)^//DEPS\s+([\w.-]+):([\w.-]+):(\S+)", text)
    found += re.findall(r"""@file:DependsOn\(["']([\w.-]+):([\w.-]+):([^"']+)["']""", text)
    found += re.findall(r"""@Grab\(["']([\w.-]+):([\w.-]+):([^"']+)["']""", text)
    entries = tuple(Entry(f"{group}:{artifact}", version) for group, artifact, version in found)
    own = [".".join(one.split(".")[:2]) for one in re.findall(r"(?m)^[ \t]*package\s+([\w.]+)", text)]
    return Manifest(entries, _names(entries), frozenset(own))
