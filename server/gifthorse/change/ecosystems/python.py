"""Python: pyproject.toml of every tool, requirements, setup.cfg, setup.py, Pipfile, locks, conda's environment."""

import ast
import configparser
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from gifthorse.change.manifest import Entry, Manifest, json_of, prefixes, source_of, table, texts, toml_of

LOCKS = ("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pylock*.toml")
FILES = (
    *("pyproject.toml", "*requirements*.txt", "*requirements*.in", "constraints*.txt", "setup.cfg", "setup.py"),
    *("Pipfile", "environment.yml", "environment.yaml", "conda.yml", "conda.yaml", *LOCKS),
)
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(@\s*\S+|[=<>!~^(][^;#]*)?")


def normal(name: str) -> str:
    """As the index compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def candidates(word: str) -> tuple[str, ...]:
    """`a.b` may be in `a`, `a-b`, or where others put such names."""
    if not word or word.startswith("."):
        return ()
    top = word.split(".", maxsplit=1)[0]
    found = [top, *prefixes(word, ".")]
    found += [pattern.format(top) for pattern in ("python-{}", "{}-python", "py{}", "{}-py", "{}-stubs", "types-{}")]
    return tuple(dict.fromkeys(normal(name) for name in found))


def requirement(line: str) -> Entry | None:
    """One requirement as PEP 508 and pip's files write it."""
    line = re.split(r"\s#|\s--", line.strip())[0].strip()
    editable = re.match(r"(?:-e|--editable)[ =]*(.*)", line)
    line = editable[1] if editable else line
    if not line or line.startswith(("#", "-")):
        return None
    egg = re.search(r"#egg=([\w.-]+)", line)
    if source_of(line) and "@" not in line.split("/")[0].split("+")[0]:
        name = egg[1] if egg else re.sub(r"(\.git)?([@#].*)?$", "", line).rstrip("/").rpartition("/")[2]
        return Entry(name, line, source_of(line))
    match = _REQUIREMENT.match(line)
    if match is None:
        return None
    version = (match[2] or "").strip(" ()")
    return Entry(match[1], version, (source_of(version[1:].strip()) or "url") if version.startswith("@") else "")


def _requirements(lines: Iterable[str]) -> Iterator[Entry]:
    return (entry for line in lines if (entry := requirement(line)))


def _tables(data: dict[str, Any]) -> Iterator[Entry]:
    """Poetry's and Pipfile's: name = version, or name = { version, git, url, path }."""
    for name, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            kinds = [kind for kind in ("git", "url", "path", "file") if isinstance(one, dict) and one.get(kind)]
            source = {"file": "url"}.get(kinds[0], kinds[0]) if kinds else ""
            version = one.get("version", one.get(kinds[0], "") if kinds else "") if isinstance(one, dict) else one
            yield Entry(name, str(version), source)


def _pyproject(text: str) -> Manifest:
    data = toml_of(text)
    project, tool = table(data, "project"), table(data, "tool")
    poetry = table(tool, "poetry")
    lines = [*texts(project.get("dependencies")), *texts(table(data, "build-system").get("requires"))]
    groups = [project.get("optional-dependencies"), data.get("dependency-groups")]
    groups += [table(tool, "pdm", "dev-dependencies"), {"dev": table(tool, "uv").get("dev-dependencies")}]
    groups += [
        {"hatch": one.get(key)}
        for one in table(tool, "hatch", "envs").values()
        if isinstance(one, dict)
        for key in ("dependencies", "extra-dependencies")
    ]
    lines += [line for group in groups if isinstance(group, dict) for value in group.values() for line in texts(value)]
    found = [
        *_requirements(lines),
        *_tables(table(poetry, "dependencies")),
        *_tables(table(poetry, "dev-dependencies")),
    ]
    for group in table(poetry, "group").values():
        found += _tables(table(group, "dependencies"))
    own = [name for name in (project.get("name"), poetry.get("name")) if isinstance(name, str)]
    entries = (one for one in found if one.name != "python")
    return Manifest(tuple(entries), own=frozenset(normal(name) for name in own))


def _setup_cfg(text: str) -> Manifest:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return Manifest()
    lines = parser.get("options", "install_requires", fallback="").splitlines()
    lines += parser.get("options", "setup_requires", fallback="").splitlines()
    if parser.has_section("options.extras_require"):
        lines += [line for _, value in parser.items("options.extras_require") for line in value.splitlines()]
    name = parser.get("metadata", "name", fallback="")
    return Manifest(tuple(_requirements(lines)), own=frozenset({normal(name)} - {""}))


def _setup_py(text: str) -> Manifest:
    lines, own = list[str](), set[str]()
    for node in ast.walk(_program(text)):
        if isinstance(node, ast.keyword) and (node.arg or "") in {
            "install_requires",
            "extras_require",
            "tests_require",
        }:
            lines += [
                one.value
                for one in ast.walk(node.value)
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
        elif isinstance(node, ast.keyword) and node.arg == "name" and isinstance(node.value, ast.Constant):
            own.add(normal(str(node.value.value)))
    return Manifest(tuple(_requirements(lines)), own=frozenset(own))


def _program(text: str) -> ast.Module:
    """Its tree; an empty one where it is none. What Python has to say of its style is not heard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module([], [])


def _lock(file: str, text: str) -> Manifest:
    if file == "Pipfile.lock":
        data = json_of(text)
        return Manifest(locked=frozenset(normal(name) for key in ("default", "develop") for name in table(data, key)))
    packages = next((value for key in ("package", "packages") if isinstance(value := toml_of(text).get(key), list)), [])
    return Manifest(locked=frozenset(normal(str(one.get("name", ""))) for one in packages if isinstance(one, dict)))


def _conda(text: str) -> Manifest:
    """Only the lines of its lists are read: channels and keys are no packages."""
    lines = [line.strip()[1:].strip().strip("'\"") for line in text.splitlines() if line.strip().startswith("-")]
    return Manifest(tuple(_requirements(re.sub(r"^[\w-]+::", "", line) for line in lines if not line.endswith(":"))))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name in LOCKS or name.startswith("pylock"):
        return _lock(name, text)
    if name == "pyproject.toml":
        return _pyproject(text)
    if name == "Pipfile":
        data = toml_of(text)
        return Manifest((*_tables(table(data, "packages")), *_tables(table(data, "dev-packages"))))
    if name == "setup.py":
        return _setup_py(text)
    if name == "setup.cfg":
        return _setup_cfg(text)
    if name.endswith((".yml", ".yaml")):
        return _conda(text)
    return Manifest(tuple(_requirements(re.sub(r"\\\n", " ", text).splitlines())))
