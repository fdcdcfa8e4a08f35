"""Ruby: Gemfile, Gemfile.lock and gemspecs."""

import re

from gifthorse.change.manifest import Entry, Manifest, prefixes
from gifthorse.change.slots import Slot, at_end

LOCKS = ("Gemfile.lock", "gems.locked")
FILES = ("Gemfile", "gems.rb", "*.gemspec", *LOCKS)
_GEM = re.compile(
    r"""(?m)^[ \t]*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[ \t(]+["']([\w.-]+)["']([^\n]*(?:,[ \t]*\n[^\n]*)*)"""
)


def normal(name: str) -> str:
    """Gems are required with _ and / for -."""
    return re.sub(r"[/_]", "-", name).lower()


def candidates(word: str) -> tuple[str, ...]:
    """`a/b` may be in `a`, `a-b`; Rails and its parts have names of their own."""
    if not word or word.startswith((".", "/")):
        return ()
    top = word.split("/", maxsplit=1)[0]
    found = [top, *prefixes(word, "/"), f"ruby-{top}", f"{top}-ruby", f"{top}-rb", f"rb-{top}"]
    return tuple(dict.fromkeys(normal(name) for name in found))


def read(name: str, text: str) -> Manifest:
    """See manifest.Ecosystem."""
    if name in LOCKS:
        return Manifest(locked=frozenset(normal(one) for one in re.findall(r"(?m)^ {4}([\w.-]+)(?: \(|$)", text)))
    text = re.sub(r"(?m)^[ \t]*#.*$", "", text)
    entries = [_entry(gem, rest) for gem, rest in _GEM.findall(text)]
    required = re.findall(r"""require\s*(?::|=>)\s*["']([\w./-]+)["']""", text)
    own = {normal(one) for one in re.findall(r"""\.name\s*=\s*["']([\w.-]+)["']""", text)}
    hooks = [f"extensions: {one}" for one in re.findall(r"\.extensions\s*(?:=|<<)\s*([^\n]+)", text)]
    computed = bool(re.search(r"(?m)^[ \t]*gem[ (]+(?![\"'(])\S|add_\w*dependency[ (]+(?![\"'(])\S", text))
    taken = tuple(re.findall(r"""eval_gemfile[\s(]+["']([^"'#]+)["']""", text))
    locked = frozenset(normal(one) for one in required)
    return Manifest(tuple(entries), locked, frozenset(own), tuple(hooks), computed, taken)


def _entry(gem: str, rest: str) -> Entry:
    version = re.match(r"""\s*,\s*["']([^"']+)["']""", rest)
    kind = re.search(r"""\b(git|github|gist|bitbucket|path)\s*(?::|=>)\s*["']([^"']+)""", rest)
    if kind is not None:
        return Entry(gem, kind[2], "path" if kind[1] == "path" else "git")
    plain = re.search(r"""\bsource\s*(?::|=>)\s*["'](http://[^"']+)""", rest)
    return Entry(gem, plain[1], "url") if plain else Entry(gem, version[1] if version else "")


def slot(name: str, text: str) -> Slot | None:
    """See manifest.Ecosystem."""
    return at_end(text, 'gem "{name}"') if name in {"Gemfile", "gems.rb"} else None


def inline(text: str) -> Manifest:
    """What a script asks of Bundler by itself."""
    if "bundler/inline" not in text:
        return Manifest()
    return Manifest(tuple(_entry(gem, rest) for gem, rest in _GEM.findall(text)))
