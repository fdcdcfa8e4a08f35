"""Python: pyproject.toml of every tool, requirements, setup.cfg, setup.py, Pipfile, locks, conda's environment."""

import ast
import configparser
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from gifthorse.change.manifest import Entry, Manifest, json_of, prefixes, source_of, table, texts, toml_of
from gifthorse.change.slots import VERSION, Slot, at_end, closing, in_array, in_brackets, in_section, newline, section

LOCKS = ("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pylock*.toml", "conda-lock.yml")
FILES = (
    *("pyproject.toml", "requirements.txt", "*requirements*.txt", "*requirements*.in", "*constraints*.txt"),
    *("setup.cfg", "setup.py", "Pipfile", "tox.ini", "hatch.toml", "pixi.toml"),
    *("environment*.yml", "environment*.yaml", "conda.yml", "conda.yaml", *LOCKS),
)
ASKING = frozenset({"install_requires", "extras_require", "tests_require", "setup_requires"})
AT_INSTALLATION = frozenset({"install", "develop", "egg_info", "build_py", "bdist_wheel", "sdist", "build_ext"})
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


def _listed(text: str) -> Manifest:
    """requirements.txt and its like, with the files that it takes in."""
    lines = re.sub(r"\\\r?\n", " ", text).splitlines()
    taken = [re.match(r"\s*(?:-r|-c|--requirement|--constraint)[ =]*(\S+)", line) for line in lines]
    return Manifest(tuple(_requirements(lines)), includes=tuple(one[1] for one in taken if one))


def _tables(data: dict[str, Any]) -> Iterator[Entry]:
    """Poetry's and Pipfile's: name = version, or name = { version, git, url, path }."""
    for name, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            kinds = [kind for kind in ("git", "url", "path", "file") if isinstance(one, dict) and one.get(kind)]
            source = {"file": "url"}.get(kinds[0], kinds[0]) if kinds else ""
            version = one.get("version", one.get(kinds[0], "") if kinds else "") if isinstance(one, dict) else one
            yield Entry(name, str(version), source)


def _groups(data: dict[str, Any]) -> Iterator[str]:
    """The requirements of all tables that have lists of them by name."""
    tool = table(data, "tool")
    groups: list[Any] = [table(data, "project").get("optional-dependencies"), data.get("dependency-groups")]
    groups += [table(tool, "pdm", "dev-dependencies"), {"dev": table(tool, "uv").get("dev-dependencies")}]
    groups += _hatch(table(tool, "hatch", "envs"))
    return (line for group in groups if isinstance(group, dict) for value in group.values() for line in texts(value))


def _hatch(environments: dict[str, Any]) -> list[dict[str, Any]]:
    keys = ("dependencies", "extra-dependencies")
    return [{key: one.get(key) for key in keys} for one in environments.values() if isinstance(one, dict)]


def _pyproject(text: str) -> Manifest:
    data = toml_of(text)
    project, tool = table(data, "project"), table(data, "tool")
    poetry, dynamic = table(tool, "poetry"), table(tool, "setuptools", "dynamic")
    lines = [*texts(project.get("dependencies")), *texts(table(data, "build-system").get("requires")), *_groups(data)]
    found = [*_requirements(lines), *_tables(table(poetry, "dependencies"))]
    found += _tables(table(poetry, "dev-dependencies"))
    for group in table(poetry, "group").values():
        found += _tables(table(group, "dependencies"))
    for key in ("dependencies", "pypi-dependencies"):
        found += _tables(table(tool, "pixi", key))
    own = [name for name in (project.get("name"), poetry.get("name")) if isinstance(name, str)]
    entries = tuple(one for one in found if one.name != "python")
    read = [
        *_files(table(dynamic, "dependencies")),
        *(
            one
            for key in table(dynamic, "optional-dependencies")
            for one in _files(table(dynamic, "optional-dependencies", key))
        ),
    ]
    read += texts(table(tool, "hatch", "metadata", "hooks", "requirements_txt").get("files"))
    unsure = "dependencies" in texts(project.get("dynamic")) and not read
    names = frozenset(normal(name) for name in own)
    return Manifest(entries, own=names, hooks=tuple(_hooks(data)), unsure=unsure, includes=tuple(read))


def _files(data: dict[str, Any]) -> list[str]:
    named = data.get("file")
    return [named] if isinstance(named, str) else texts(named)


def _hooks(data: dict[str, Any]) -> Iterator[str]:
    """What of the project itself runs when it is installed or built."""
    tool, built = table(data, "tool"), table(data, "build-system")
    if built.get("backend-path"):
        yield f"backend-path: {built.get('build-backend', '')}"
    poetry = table(tool, "poetry")
    script = table(poetry, "build").get("script") or poetry.get("build")
    if isinstance(script, str):
        yield f"{'script' if table(poetry, 'build') else 'build'}: {script}"
    for name, value in table(tool, "pdm", "scripts").items():
        if name in {"post_install", "pre_install", "post_lock"}:
            yield f"{name}: {value}"


def _read_into(parser: configparser.RawConfigParser, text: str) -> None:
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ValueError(str(error)) from error


def _setup_cfg(text: str) -> Manifest:
    parser = configparser.RawConfigParser(strict=False)
    _read_into(parser, text)
    lines = parser.get("options", "install_requires", fallback="").splitlines()
    lines += parser.get("options", "setup_requires", fallback="").splitlines()
    if parser.has_section("options.extras_require"):
        lines += [line for _, value in parser.items("options.extras_require") for line in value.splitlines()]
    name = parser.get("metadata", "name", fallback="")
    taken = tuple(one[5:].strip() for one in lines if one.strip().startswith("file:"))
    found = _requirements(line for line in lines if not line.strip().startswith("file:"))
    return Manifest(tuple(found), own=frozenset({normal(name)} - {""}), includes=taken)


def _setup_py(text: str) -> Manifest:
    """The texts that are written out in it; not sure where it works out what it asks for."""
    tree = ast.walk(_program(text))
    nodes = list(tree)
    lists = {name.id: one.value for one in nodes for name in _named(one) if isinstance(one, ast.Assign)}
    lines, own, hooks, unsure = list[str](), set[str](), list[str](), False
    for node in nodes:
        if isinstance(node, ast.keyword) and (node.arg or "") in ASKING:
            value = lists.get(node.value.id, node.value) if isinstance(node.value, ast.Name) else node.value
            lines += _constants(value)
            unsure = unsure or any(isinstance(one, (ast.Call, ast.Name, ast.Starred)) for one in ast.walk(value))
        elif isinstance(node, ast.keyword) and node.arg == "name" and isinstance(node.value, ast.Constant):
            own.add(normal(str(node.value.value)))
        elif isinstance(node, ast.keyword) and node.arg == "cmdclass":
            hooks += [f"cmdclass: {one}" for one in _constants(node.value) if one in AT_INSTALLATION]
    return Manifest(tuple(_requirements(lines)), own=frozenset(own), hooks=tuple(hooks), unsure=unsure)


def _named(node: ast.AST) -> Iterator[ast.Name]:
    """The name that an assignment gives."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        yield node.targets[0]


def _constants(node: ast.AST) -> list[str]:
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _program(text: str) -> ast.Module:
    """Its tree. What Python has to say of its style is not heard. Raises ValueError where it is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, RecursionError, MemoryError) as error:
            raise ValueError("no Python") from error


def _lock(file: str, text: str) -> Manifest:
    if file == "Pipfile.lock":
        data = json_of(text)
        return Manifest(locked=frozenset(normal(name) for key in ("default", "develop") for name in table(data, key)))
    if file == "conda-lock.yml":
        return Manifest(
            locked=frozenset(map(normal, re.findall(r"(?m)^[ \t]{0,20}(?:- {1,5})?name:[ \t]*['\"]?([\w.-]+)", text)))
        )
    data = toml_of(text)
    packages = next((value for key in ("package", "packages") if isinstance(value := data.get(key), list)), [])
    return Manifest(locked=frozenset(normal(str(one.get("name", ""))) for one in packages if isinstance(one, dict)))


def _conda(text: str) -> Manifest:
    """The lines of its list, and of pip's in it."""
    found = re.search(r"(?m)^dependencies:[^\n]*\n((?:[ \t-][^\n]*(?:\n|$)|\s*#[^\n]*\n|\s*\n)*)", text)
    lines = [line.strip() for line in (found[1] if found else "").splitlines()]
    items = [line[1:].strip().strip("'\"") for line in lines if line.startswith("-") and not line.endswith(":")]
    taken = tuple(one.split(maxsplit=1)[1] for one in items if re.match(r"-r\s+\S", one))
    return Manifest(tuple(_requirements(re.sub(r"^[\w/-]+::", "", one) for one in items)), includes=taken)


def _tox(text: str) -> Manifest:
    parser = configparser.RawConfigParser(strict=False)
    _read_into(parser, text)
    lines = [line for name in parser.sections() for line in parser.get(name, "deps", fallback="").splitlines()]
    return _listed("\n".join(re.sub(r"^[\w,!{}.-]+:\s*(?!//)", "", line.strip()) for line in lines if "{" not in line))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name.endswith((".lock", "-lock.yml")) or name.startswith("pylock"):
        return _lock(name, text)
    if name in {"setup.py", "setup.cfg", "pyproject.toml", "tox.ini"}:
        kinds = {"setup.py": _setup_py, "setup.cfg": _setup_cfg, "pyproject.toml": _pyproject, "tox.ini": _tox}
        return kinds[name](text)
    if name == "Pipfile":
        data = toml_of(text)
        return Manifest((*_tables(table(data, "packages")), *_tables(table(data, "dev-packages"))))
    if name == "hatch.toml":
        lists = [
            line for one in _hatch(table(toml_of(text), "envs")) for value in one.values() for line in texts(value)
        ]
        return Manifest(tuple(_requirements(lists)))
    if name == "pixi.toml":
        data = toml_of(text)
        return Manifest((*_tables(table(data, "dependencies")), *_tables(table(data, "pypi-dependencies"))))
    return _conda(text) if name.endswith((".yml", ".yaml")) else _listed(text)


def slot(name: str, text: str) -> Slot | None:
    """See manifest.Ecosystem."""
    if name == "pyproject.toml":
        return _in_project(text)
    if name == "Pipfile":
        return in_section(text, "packages", f'{{name}} = "{VERSION}"')
    if name == "setup.py":
        found = re.search(r"install_requires\s*=\s*(?=\[)", text)
        close = closing(text, found.end()) if found else None
        return in_brackets(text, found.end(), close, '"{name}"') if found and close is not None else None
    if name == "setup.cfg":
        found = re.search(r"(?m)^install_requires\s*=[ \t]*\r?\n((?:[ \t]+\S[^\n]*\n?)+)", text)
        indent = re.match(r"[ \t]*", found[1]) if found else None
        return (found.start(1), f"{indent[0]}{{name}}{newline(text)}") if found and indent else None
    if name.endswith((".yml", ".yaml")):
        found = re.search(r"(?m)^dependencies:[ \t]*\r?\n([ \t]*)-", text)
        return (found.start(1), f"{found[1]}- {{name}}{newline(text)}") if found and name not in LOCKS else None
    return at_end(text, "{name}") if re.fullmatch(r"(requirements.*|.*requirements)\.(txt|in)", name) else None


def _in_project(text: str) -> Slot | None:
    span = section(text, "project")
    if span is not None:
        if re.search(r"(?m)^[ \t]*dynamic\s*=[^\]]*[\"']dependencies[\"']", text[span[0] : span[1]]):
            return None
        listed = in_array(text, *span, "dependencies", '"{name}"')
        return listed or in_section(text, "project", 'dependencies = ["{name}"]')
    return in_section(text, "tool.poetry.dependencies", f'{{name}} = "{VERSION}"')


def inline(text: str) -> Manifest:
    """A script's own block of metadata."""
    found = re.search(r"(?m)^# /// script[ \t]*\r?\n((?:#[^\n]*\n)+?)# ///", text)
    if found is None:
        return Manifest()
    data = toml_of(re.sub(r"(?m)^#[ ]?", "", found[1]))
    return Manifest(tuple(_requirements(texts(data.get("dependencies")))))
