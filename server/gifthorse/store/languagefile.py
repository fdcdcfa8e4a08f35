"""One folder under queries/languages -> one Language. The keys are described in docs/languages.md.

A language that inherits another takes over what it does not say itself: comment tokens, intrinsics, pure
functions and settings; its facts are put behind the inherited ones. It does not compile queries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gifthorse.model.rule import Language
from gifthorse.store.embeddingfile import read_embedding
from gifthorse.store.table import Notes, Problem, Table, parse


@dataclass(frozen=True, slots=True)
class LanguageSource:
    """The two files of one language: names for error messages, and their texts."""

    name: str
    file: str
    settings: str
    facts: str
    embedded: str = ""


def _pairs(table: Table, key: str) -> tuple[tuple[str, str], ...]:
    table.taken.add(key)
    found = table.values.get(key, [])
    if not all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(end, str) for end in pair) for pair in found
    ):
        table.problem(key, f"`{key}` must be a list of pairs of strings.", 'Write for example [["/*", "*/"]].')
        return ()
    return tuple((pair[0], pair[1]) for pair in found)


def _read(source: LanguageSource) -> tuple[Language | None, Notes]:
    values, notes = parse(source.file, source.settings)
    if notes.problems:
        return None, notes
    table = Table(values, (), notes)
    name = table.text("name", source.name)
    if name != source.name:
        table.problem("name", f"The name {name!r} is not the folder's.", f'Write name = "{source.name}".')
    language = Language(
        name=source.name,
        grammar=table.needed("grammar"),
        extensions=table.words("extensions"),
        filenames=table.words("filenames"),
        language_ids=table.words("language_ids"),
        line_comments=table.words("line_comments"),
        block_comments=_pairs(table, "block_comments"),
        inherits=table.text("inherits"),
        facts=source.facts,
        intrinsics=table.table("intrinsics").strings(),
        pure=frozenset(table.words("pure")),
        pure_methods=frozenset(table.words("pure_methods")),
        settings=table.table("settings").strings(),
        embedded=source.embedded,
        embeddings=tuple(map(read_embedding, table.tables("embedded"))),
        sinks=table.words("sinks"),
        called=table.words("called"),
    )
    table.taken.add("format")
    if values.get("format", 1) != 1:
        table.problem("format", "This format is not known.", "Write format = 1.")
    table.close()
    return language, notes


def _inherit(child: Language, parent: Language) -> Language:
    """The child with the parent's knowledge under its own."""
    return replace(
        child,
        line_comments=child.line_comments or parent.line_comments,
        block_comments=child.block_comments or parent.block_comments,
        facts=parent.facts + "\n" + child.facts,
        embedded=parent.embedded + "\n" + child.embedded,
        embeddings=(*parent.embeddings, *child.embeddings),
        intrinsics={**parent.intrinsics, **child.intrinsics},
        pure=parent.pure | child.pure,
        pure_methods=parent.pure_methods | child.pure_methods,
        settings={**parent.settings, **child.settings},
    )


def _chain(name: str, known: Mapping[str, Language]) -> list[Language]:
    """The language and what it inherits, nearest first; ends before an unknown name or a circle."""
    chain: list[Language] = []
    while name in known and known[name] not in chain:
        chain.append(known[name])
        name = known[name].inherits
    return chain


def read_languages(sources: list[LanguageSource]) -> tuple[dict[str, Language], list[Problem]]:
    """All Languages by name, complete with what they inherit, and the problems of their files."""
    known: dict[str, Language] = {}
    problems: list[Problem] = []
    notes_by_name: dict[str, Notes] = {}
    for source in sources:
        language, notes = _read(source)
        notes_by_name[source.name] = notes
        if language:
            known[source.name] = language
    result = {}
    for name, language in known.items():
        chain = _chain(name, known)
        if chain[-1].inherits:
            remedy = f"Inherit one of: {', '.join(sorted(known))}, and never in a circle."
            notes_by_name[name].add(
                ("inherits",), f"`inherits` leads to {chain[-1].inherits!r}, which is no end.", remedy
            )
        whole = chain[-1]
        for child in reversed(chain[:-1]):
            whole = _inherit(child, whole)
        result[name] = replace(whole, name=name, inherits=language.inherits)
    for notes in notes_by_name.values():
        problems.extend(notes.problems)
    return result, problems
