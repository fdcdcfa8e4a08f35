"""JavaScript and TypeScript: package.json, the locks of npm, Yarn, pnpm and Bun, aliases of paths, import maps."""

import re
from itertools import islice
from typing import Any

from gifthorse.change.manifest import Entry, Manifest, json_of, source_of, table, texts
from gifthorse.change.slots import VERSION, Slot, closing, in_json

LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "deno.lock")
FILES = (
    *("package.json", "tsconfig*.json", "jsconfig*.json", "deno.json", "deno.jsonc", "import_map.json"),
    *("importmap.json", ".babelrc", ".babelrc.json", "pnpm-workspace.yaml", *LOCKS),
)
ALIASES = tuple(
    f"{one}.{ending}"
    for one in (
        *("*webpack*", "vite.config", "*.vite.config", "vitest.config", "jest.config", "next.config", "rollup.config"),
        *("babel.config", "metro.config", "svelte.config", "astro.config", "nuxt.config", "vue.config", "main"),
        *("craco.config", "rspack.config", "rsbuild.config", "quasar.config", "*.config.base", "alias", "aliases"),
    )
    for ending in ("js", "ts", "mjs", "cjs", "mts")
)
"""Code that says which names are paths. `main` is Storybook's, in its own folder."""
SECTIONS = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
HOOKS = ("preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare", "dependencies")
_OURS = re.compile(r"[./#~$]|@/|[a-z][a-z+.-]*:|.*!|\w:\\|.*[?*\s]")
_ALIASED = re.compile(r"""["']?\b(?:alias(?:es)?|moduleNameMapper|extraNodeModules)["']?\s*[:=]\s*(?=[{\[])""")
MOST_ALIASED = 20
"""Objects that are called so in one file."""
FARTHEST = 2_000
"""Characters that are looked through where it is not sure where an object ends."""
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
    if match is None or (word.startswith("@") and "/" not in word):
        return ()
    name = match[0]
    types = f"@types/{name[1:].replace('/', '__')}" if name.startswith("@") else f"@types/{name}"
    return name, types, word.split("/", maxsplit=1)[0]


def _package(text: str) -> Manifest:
    data = json_of(text)
    asked = [(name, str(value)) for key in SECTIONS for name, value in table(data, key).items()]
    entries = [_entry(name, value) for name, value in asked]
    own = {str(data["name"])} if isinstance(data.get("name"), str) else set()
    hooks = [f"{name}: {value}" for name, value in table(data, "scripts").items() if name in HOOKS]
    trusted = [*texts(data.get("trustedDependencies")), *texts(table(data, "pnpm").get("onlyBuiltDependencies"))]
    hooks += [f"{name}: its scripts, which are trusted now" for name in trusted]
    own |= {_stem(name) for key in ("_moduleAliases", "alias") for name in table(data, key)}
    own |= {_pattern(one) for one in table(data, "jest", "moduleNameMapper")} | _aliases(text)
    return Manifest(tuple(entries), frozenset(name for name, _ in asked), frozenset(own - {""}), tuple(hooks))


def _entry(name: str, value: str) -> Entry:
    other = re.match(r"npm:((?:@[\w.~-]+/)?[\w.~-]+)(?:@(.+))?$", value)
    return Entry(other[1], other[2] or "") if other else Entry(name, value, source_of(value))


def _stem(alias: str) -> str:
    return alias.removesuffix("*").rstrip("/$")


def _pattern(pattern: str) -> str:
    """What the regular expression of an alias begins with."""
    found = re.match(r"\^?\(?([@\w~-]+(?:/[\w-]+)*)", pattern)
    return found[1] if found else ""


def _aliases(text: str) -> set[str]:
    """The names in objects and lists that are called `alias` and the like, in code or in JSON."""
    found = set[str]()
    for head in islice(_ALIASED.finditer(text), MOST_ALIASED):
        close = closing(text, head.end())
        inner = text[head.end() : close if close is not None else head.end() + FARTHEST]
        found |= {_pattern(one) for one in re.findall(r"""["']([^"'\n]+)["']\s*:""", inner)}
        found |= {_pattern(one) for one in re.findall(r"""\bfind\s*:\s*["'/]([^"'\n]+)""", inner)}
        found |= set(re.findall(r"(?:[{,]|\n)\s*([\w$]+)\s*:", inner))
    return found - {""}


def _lock(name: str, text: str) -> Manifest:
    if name == "deno.lock":
        return Manifest(locked=frozenset(re.findall(r'"(?:npm:)?((?:@[\w.~-]+/)?[\w.~-]+)@\d', text)))
    if name.endswith(".json"):
        data = json_of(text)
        paths = {path.rpartition("node_modules/")[2] for path in table(data, "packages") if path}
        return Manifest(locked=frozenset(paths | set(table(data, "dependencies"))))
    if name == "yarn.lock":
        names = re.findall(r'(?m)^"?((?:@[\w.~-]+/)?[\w.~-]+)@', text)
    else:
        names = re.findall(r"""["'/ \t]((?:@[\w.~-]+/)?[\w.~-]+)@\d""", text)
    return Manifest(locked=frozenset(names))


def _settings(data: dict[str, Any]) -> Manifest:
    """tsconfig.json, deno.json and import maps: names of paths, and folders whose files are imported by their names."""
    options = table(data, "compilerOptions")
    paths = table(options, "paths")
    aliases = {*paths, *table(data, "imports"), *(one for scope in table(data, "scopes").values() for one in scope)}
    base = options.get("baseUrl")
    bases = [base] if isinstance(base, str) else []
    bases += [f"{base or '.'}/{one.removesuffix('*')}" for one in texts(paths.get("*")) if "node_modules" not in one]
    extended = data.get("extends")
    above = [extended] if isinstance(extended, str) else texts(extended)
    taken = [one if one.endswith(".json") else f"{one}.json" for one in above if one.startswith(".")]
    own = frozenset(_stem(one) for one in aliases) - {""}
    return Manifest(own=own, includes=tuple(taken), bases=tuple(bases))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name == "package.json":
        return _package(text)
    if name in LOCKS:
        return _lock(name, text)
    if name == "pnpm-workspace.yaml":
        return Manifest()
    if name.endswith(".d.ts"):
        return inline(text)
    if name.endswith((".js", ".ts", ".mjs", ".cjs", ".mts", ".babelrc", ".babelrc.json")):
        return Manifest(own=frozenset(_aliases(text)))
    return _settings(json_of(text))


def slot(name: str, text: str) -> Slot | None:
    """See manifest.Ecosystem."""
    return in_json(text, "dependencies", f'"{{name}}": "{VERSION}"') if name == "package.json" else None


def inline(text: str) -> Manifest:
    """Modules whose types the code declares by itself."""
    return Manifest(own=frozenset(re.findall(r"""\bdeclare\s+module\s+["']([^"'*]+)["']""", text)))
