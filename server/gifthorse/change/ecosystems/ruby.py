"""Ruby: Gemfile, Gemfile.lock and gemspecs."""

import re

from gifthorse.change.manifest import Entry, Manifest, prefixes

LOCKS = ("Gemfile.lock", "gems.locked")
FILES = ("Gemfile", "gems.rb", "*.gemspec", *LOCKS)
_GEM = re.compile(r"""(?m)^\s*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[\s(]+["']([\w.-]+)["']([^\n]*)""")


def normal(name: str) -> str:
    """Gems are required with _ and / for -."""
    return re.sub(r"[/_]", "-", name).lower()


def candidates(word: str) -> tuple[str, ...]:
    """`a/b` may be in `a`, `a-b`; Rails and its parts have names of their own."""
    if not word or word.startswith((".", "/")):
        return ()
    top = word.split("/", maxsplit=1)[0]
    found = [top, *prefixes(word, "/"), f"ruby-{top}", f"{top}-ruby", f"{top}-rb"]
    return tuple(dict.fromkeys(normal(name) for name in found))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name in LOCKS:
        return Manifest(locked=frozenset(normal(one) for one in re.findall(r"(?m)^ {4}([\w.-]+) \(", text)))
    entries = list[Entry]()
    for gem, rest in _GEM.findall(text):
        version = re.match(r"""\s*,\s*["']([^"']+)["']""", rest)
        kind = re.search(r"\b(git|github|path)\s*(?::|=>)", rest)
        entries.append(
            Entry(gem, version[1] if version else "", {"github": "git"}.get(kind[1], kind[1]) if kind else "")
        )
    own = {normal(one) for one in re.findall(r"""\.name\s*=\s*["']([\w.-]+)["']""", text)}
    return Manifest(tuple(entries), own=frozenset(own))
