"""The Catalogue: read from the data files under queries/, or from the one compiled file in the package.

An installed package carries the compiled file, made when the wheel was built. A checkout compiles on first use
and keeps the result in the user's cache folder, keyed by content. It does not judge code: engine/ does.
"""

import contextlib
import hashlib
import importlib.resources
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from gifthorse.model.dependency import Packages
from gifthorse.model.knowledge import Knowledge
from gifthorse.model.rule import Catalogue, Family, Language, Rule
from gifthorse.store.familyfile import read_family
from gifthorse.store.knowledgefile import read_knowledge
from gifthorse.store.languagefile import LanguageSource, read_languages
from gifthorse.store.packagefile import read_packages
from gifthorse.store.rulefile import read_rule
from gifthorse.store.table import CatalogueError, Problem
from gifthorse.store.traitfile import read_trait

COMPILED_NAME = "catalogue.bin"
COMPILED_FORMAT = 3
FAMILY_NAME = "family.toml"
"""In a folder of rules: what its family is."""


class Compiled(msgspec.Struct, frozen=True):
    """The compiled file: a format number, then the Catalogue itself."""

    format: int
    catalogue: Catalogue


def _read_text(path: Path, problems: list[Problem]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(str(path), 1, f"The file cannot be read: {error}.", "Make it readable UTF-8 text."))
        return ""


def _languages(queries: Path, problems: list[Problem]) -> dict[str, Language]:
    folders = sorted(path.parent for path in (queries / "languages").glob("*/language.toml"))
    sources = [
        LanguageSource(
            name=folder.name,
            file=str(folder / "language.toml"),
            settings=_read_text(folder / "language.toml", problems),
            facts=_read_text(folder / "facts.scm", problems) if (folder / "facts.scm").exists() else "",
            embedded=_read_text(folder / "embedded.scm", problems) if (folder / "embedded.scm").exists() else "",
        )
        for folder in folders
    ]
    languages, found = read_languages(sources)
    problems.extend(found)
    return languages


def _rules(queries: Path, names: frozenset[str], problems: list[Problem]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for path in sorted(path for path in (queries / "rules").rglob("*.toml") if path.name != FAMILY_NAME):
        text = _read_text(path, problems)
        rule, found = read_rule(str(path), text, path.stem, path.parent.name, names) if text else (None, [])
        problems.extend(found)
        if rule and rule.id in rules:
            problems.append(
                Problem(str(path), 1, f"There is a rule {rule.id!r} already.", "Give one of them another id.")
            )
        if rule:
            rules[rule.id] = rule
    return dict(sorted(rules.items()))


def _traits(queries: Path, names: frozenset[str], problems: list[Problem]) -> dict[str, Rule]:
    traits: dict[str, Rule] = {}
    for path in sorted((queries / "traits").glob("*/*.toml")):
        text = _read_text(path, problems)
        trait, found = read_trait(str(path), text, path.stem, path.parent.name, names) if text else (None, [])
        problems.extend(found)
        if trait:
            traits[trait.id] = trait
    return dict(sorted(traits.items()))


def _families(queries: Path, names: frozenset[str], problems: list[Problem]) -> dict[str, Family]:
    families: dict[str, Family] = {}
    for path in sorted((queries / "rules").glob(f"*/{FAMILY_NAME}")):
        text = _read_text(path, problems)
        family, found = read_family(str(path), text, path.parent.name, names) if text else (None, [])
        problems.extend(found)
        if family:
            families[family.id] = family
    return families


def _shared(knowledge: tuple[Knowledge, ...], languages: Mapping[str, Language]) -> tuple[Knowledge, ...]:
    """All Knowledge, and that of another language's libraries for each that uses them (the setting `knows`)."""
    more = (
        replace(known, language=name)
        for name, language in languages.items()
        for known in knowledge
        if known.language in language.settings.get("knows", "").split()
    )
    return (*knowledge, *more)


def _knowledge(queries: Path, languages: frozenset[str], problems: list[Problem]) -> tuple[Knowledge, ...]:
    read: list[Knowledge] = []
    for path in sorted((queries / "knowledge").glob("*/*.toml")):
        text = _read_text(path, problems)
        found, wrong = read_knowledge(str(path), text, path.parent.name, languages) if text else (None, [])
        problems.extend(wrong)
        read.extend([found] if found is not None else [])
    return tuple(read)


def _packages(queries: Path, problems: list[Problem]) -> dict[str, Packages]:
    packages: dict[str, Packages] = {}
    for path in sorted((queries / "knowledge" / "packages").glob("*.txt")):
        text = _read_text(path, problems)
        packages[path.stem], wrong = read_packages(str(path), text, path.stem)
        problems.extend(wrong)
    return packages


def _digest(paths: Iterable[Path], root: Path) -> str:
    """SHA-256 over names and contents, so that any change of either is another digest."""
    total = hashlib.sha256()
    for path in sorted(paths):
        name, content = path.relative_to(root).as_posix().encode(), path.read_bytes()
        total.update(b"%d %s %d " % (len(name), name, len(content)) + content)
    return total.hexdigest()


def _data_files(queries: Path) -> list[Path]:
    rules = (queries / "rules").rglob("*.toml")
    languages = (path for ending in ("toml", "scm") for path in (queries / "languages").rglob(f"*.{ending}"))
    return [
        *rules,
        *languages,
        *(queries / "knowledge" / "packages").glob("*.txt"),
        *(path for kind in ("knowledge", "traits") for path in (queries / kind).rglob("*.toml")),
    ]


def read_catalogue(queries: Path) -> Catalogue:
    """The Catalogue of a folder laid out like queries/. Raises CatalogueError with all that is wrong in it, and
    ValueError where there is no such folder: an empty catalogue would find nothing, which looks like "clean".
    """
    if not queries.is_dir():
        raise ValueError(f"The rules are missing: there is no folder {queries}. Install gifthorse again.")
    problems: list[Problem] = []
    languages = _languages(queries, problems)
    names = frozenset(folder.name for folder in (queries / "languages").glob("*/"))
    rules = _rules(queries, names, problems)
    families = _families(queries, names, problems)
    traits = _traits(queries, names, problems)
    knowledge = _shared(_knowledge(queries, names, problems), languages)
    packages = _packages(queries, problems)
    if problems:
        raise CatalogueError(problems)
    version = _digest(_data_files(queries), queries)
    return Catalogue(rules, languages, version, knowledge, families, traits, packages)


def compile_catalogue(queries: Path) -> bytes:
    """The compiled file for a folder laid out like queries/. Raises CatalogueError with all that is wrong in it."""
    return msgspec.msgpack.encode(Compiled(COMPILED_FORMAT, read_catalogue(queries)))


def decode_catalogue(content: bytes) -> Catalogue:
    """The Catalogue in a compiled file. Raises ValueError where it is damaged or of another format."""
    try:
        compiled = msgspec.msgpack.decode(content, type=Compiled)
    except msgspec.MsgspecError as error:
        raise ValueError(f"The compiled catalogue is damaged: {error}. Install gifthorse again.") from error
    if compiled.format != COMPILED_FORMAT:
        raise ValueError(f"The compiled catalogue has format {compiled.format}. Install gifthorse again.")
    return compiled.catalogue


def checkout_queries() -> Path:
    """The folder queries/ of a checkout: two levels above the package."""
    return Path(__file__).resolve().parents[3] / "queries"


def _cache_file(queries: Path) -> Path:
    """Where the compiled form of this content belongs. The loader's own source counts: it decides the result."""
    from platformdirs import user_cache_path  # noqa: PLC0415  an installed package never comes here

    loader = _digest(Path(__file__).parent.glob("*.py"), Path(__file__).parent)
    model = _digest((Path(__file__).parents[1] / "model").glob("*.py"), Path(__file__).parents[1])
    key = hashlib.sha256((loader + model + _digest(_data_files(queries), queries)).encode()).hexdigest()
    return user_cache_path("gifthorse", appauthor=False) / f"catalogue-{key[:32]}.bin"


def _write_whole(path: Path, content: bytes) -> None:
    """Write so that a reader sees nothing or all of it; a cache that cannot be written is no error."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)


def _from_checkout(queries: Path) -> Catalogue:
    if not queries.is_dir():
        raise ValueError(f"There is neither a compiled catalogue nor {queries}. Install gifthorse again.")
    cache = _cache_file(queries)
    with contextlib.suppress(OSError, ValueError):
        return decode_catalogue(cache.read_bytes())
    content = compile_catalogue(queries)
    _write_whole(cache, content)
    return decode_catalogue(content)


def load_catalogue() -> Catalogue:
    """The Catalogue that ships with this package or lies in this checkout.

    Raises CatalogueError with all problems of a checkout's data files, ValueError where there is no catalogue.
    """
    compiled = importlib.resources.files("gifthorse") / "queries" / COMPILED_NAME
    if compiled.is_file():
        return decode_catalogue(compiled.read_bytes())
    return _from_checkout(checkout_queries())
