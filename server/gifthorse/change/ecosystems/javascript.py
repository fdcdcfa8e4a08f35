"""JavaScript and TypeScript: package.json, the locks of npm, Yarn and pnpm, aliases of paths, import maps."""

import re

from gifthorse.change.manifest import Entry, Manifest, json_of, source_of, table

LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock")
FILES = (
    "package.json",
    "tsconfig*.json",
    "jsconfig.json",
    "deno.json",
    "deno.jsonc",
    "import_map.json",
    "importmap.json",
    *LOCKS,
)
SECTIONS = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
HOOKS = ("preinstall", "install", "postinstall", "prepare")
_OURS = re.compile(r"[./#~$]|@/|[a-z][a-z+.-]*:|.*!")
_NAME = re.compile(r"(@[\w.~-]+/)?[\w.-][\w.~-]*")


def normal(name: str) -> str:
    """Names are compared as they are."""
    return name


def candidates(word: str) -> tuple[str, ...]:
    """The package of a path in it; types for it declare it too."""
    if word.startswith("node:"):
        return (word[5:],)
    if _OURS.match(word):
        return ()
    match = _NAME.match(word)
    if match is None:
        return ()
    name = match[0]
    types = f"@types/{name[1:].replace('/', '__')}" if name.startswith("@") else f"@types/{name}"
    return name, types, word.split("/", maxsplit=1)[0]


def _package(text: str) -> Manifest:
    data = json_of(text)
    entries = [
        Entry(name, str(value), source_of(str(value))) for key in SECTIONS for name, value in table(data, key).items()
    ]
    own = {str(data["name"])} if isinstance(data.get("name"), str) else set()
    hooks = [f"{name}: {value}" for name, value in table(data, "scripts").items() if name in HOOKS]
    own |= {_stem(name) for name in table(data, "_moduleAliases")}
    return Manifest(tuple(entries), own=frozenset(own), hooks=tuple(hooks))


def _stem(alias: str) -> str:
    return alias.removesuffix("*").rstrip("/")


def _lock(name: str, text: str) -> Manifest:
    if name.endswith(".json"):
        data = json_of(text)
        paths = {path.rpartition("node_modules/")[2] for path in table(data, "packages") if path}
        return Manifest(locked=frozenset(paths | set(table(data, "dependencies"))))
    if name == "yarn.lock":
        names = re.findall(r'(?m)^"?((?:@[\w.~-]+/)?[\w.~-]+)@', text)
    else:
        names = re.findall(r"""["'/ \t]((?:@[\w.~-]+/)?[\w.~-]+)@\d""", text)
    return Manifest(locked=frozenset(names))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name == "package.json":
        return _package(text)
    if name in LOCKS:
        return _lock(name, text)
    data = json_of(text)
    aliases = {*table(data, "compilerOptions", "paths"), *table(data, "imports")}
    return Manifest(own=frozenset(_stem(one) for one in aliases) - {""})
