"""Which language a file is in, and each language made ready for use once for each Catalogue.

It reads nothing of the file but its name.
"""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from gifthorse.engine.evaluate.lore import Lore, lore_of
from gifthorse.engine.filenames import fits
from gifthorse.engine.match import RuleIndex, index_rules, lineage
from gifthorse.engine.queries import QueryIndex, index_queries
from gifthorse.engine.syntax import Grammar, load_grammar
from gifthorse.model.rule import Catalogue, Language

MAX_CATALOGUES = 8


@dataclass(slots=True)
class Prepared:
    """A Catalogue with the grammars and indexes that were needed so far."""

    catalogue: Catalogue
    grammars: dict[str, Grammar] = field(default_factory=dict)
    indexes: dict[str, RuleIndex] = field(default_factory=dict)
    query_indexes: dict[str, QueryIndex] = field(default_factory=dict)
    lores: dict[str, Lore] = field(default_factory=dict)

    def grammar(self, language: Language) -> Grammar:
        """The language's grammar, loaded on first use. Raises ValueError where it cannot be."""
        found = self.grammars.get(language.name)
        if found is None:
            found = self.grammars[language.name] = load_grammar(language)
        return found

    def queries(self, language: Language) -> QueryIndex:
        """The language's query rules, compiled on first use. Raises ValueError where one does not compile."""
        found = self.query_indexes.get(language.name)
        if found is None:
            found = index_queries(language, self.catalogue, self.grammar(language))
            self.query_indexes[language.name] = found
        return found

    def index(self, language: Language) -> RuleIndex:
        """The language's rules by name, made on first use."""
        found = self.indexes.get(language.name)
        if found is None:
            found = self.indexes[language.name] = index_rules(language, self.catalogue)
        return found

    def lore(self, language: Language) -> Lore:
        """What is known of the language's libraries, made on first use."""
        found = self.lores.get(language.name)
        if found is None:
            found = lore_of(lineage(language, self.catalogue), self.catalogue.knowledge)
            self.lores[language.name] = found
        return found


_PREPARED: dict[int, Prepared] = {}
"""By identity of the Catalogue, which is held here, so that an identity is never used again meanwhile."""


def prepare(catalogue: Catalogue) -> Prepared:
    """A Catalogue made ready; compiling queries costs tens of milliseconds, so it is kept for the process."""
    found = _PREPARED.get(id(catalogue))
    if found is None:
        while len(_PREPARED) >= MAX_CATALOGUES:
            _PREPARED.pop(next(iter(_PREPARED)))
        found = _PREPARED[id(catalogue)] = Prepared(catalogue)
    return found


def language_of(path: str, language_id: str | None, catalogue: Catalogue) -> Language | None:
    """The language of a file: by what the editor calls it, then its name, then its extension (the longest first)."""
    languages = catalogue.languages.values()
    if language_id:
        for language in languages:
            if language_id in language.language_ids:
                return language
    name = PurePosixPath(path.replace("\\", "/")).name
    for language in languages:
        patterns = [one for one in language.filenames if "*" in one or "/" in one]
        if name in language.filenames or any(fits(path, (one,)) for one in patterns):
            return language
    best: tuple[int, Language] | None = None
    for language in languages:
        for extension in language.extensions:
            if name.lower().endswith(extension) and (best is None or len(extension) > best[0]):
                best = len(extension), language
    return best[1] if best else None
