"""Rules, languages and the Catalogue that holds them: what the data under queries/ means, as values.

Reading and validating the files is the store's work (store/catalogue.py); running them is the engine's.
The file format itself is described in docs/rules.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gifthorse.model.dependency import Packages
from gifthorse.model.finding import Confidence, FixKind, Severity
from gifthorse.model.fixspec import FixSpec
from gifthorse.model.knowledge import Flow, Knowledge


class MatchKind(StrEnum):
    """What a Match looks at."""

    CALL = "call"
    ASSIGN = "assign"
    QUERY = "query"
    TEXT = "text"


SURROUNDINGS = ("root", "around", "outer")
"""What may be asked for besides a setting's value: the whole document, the mapping that its key stands in, the next."""


@dataclass(frozen=True, slots=True)
class Match:
    """One way in which a rule's pattern shows itself.

    `languages`: names; a language that inherits another one is matched too; empty means every file
    (only for TEXT). `patterns`: dotted names with `*` (within one segment), `**` (anything) and
    `{a,b}`, already expanded; for TEXT and QUERY the one RE2 pattern or tree-sitter query.
    `where`: every predicate must hold; `unless`: none may. Keys are argument paths, values are
    predicates (see docs/rules.md). `context`: an RE2 pattern that must be found in a name nearby
    (the assignment's target, the keyword, the enclosing function or class).
    `keywords` (TEXT): lower-case words of which one must occur in the file, so that others are skipped.
    `entropy` (TEXT): the least Shannon entropy, in bits a character, of the group `secret`.
    `files`: globs of file names, of which one must fit. `unless_later`, `if_later` (CALL): names of calls of which
    none may stand, or one must, further down in the file.
    """

    kind: MatchKind
    languages: tuple[str, ...]
    patterns: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    context: str = ""
    keywords: tuple[str, ...] = ()
    entropy: float = 0.0
    ignore_case: bool = False
    message: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None
    fix: FixSpec | None = None
    files: tuple[str, ...] = ()
    unless_later: tuple[str, ...] = ()
    if_later: tuple[str, ...] = ()
    written: int = 1
    """How many patterns the file has, before their alternatives were written out."""

    @property
    def around(self) -> tuple[str, ...]:
        """The paths that it asks for around a setting: `around.user`, `root.kind`."""
        ways = (way for path in (*self.where, *self.unless) for way in path.split("|"))
        return tuple(way for way in ways if way.partition(".")[0] in SURROUNDINGS)


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A test that the rule file carries: `bad` fires, `good` is silent and is what the fix makes of bad.

    Without `good` no fix may be offered for `bad`; without `bad` only silence is tested. `path` is the
    name of the pretended file. `before`: of a rule about changes, the text that `bad` or `good` came in place of.
    """

    language: str
    bad: str | None
    good: str | None
    path: str = ""
    note: str = ""
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One risky pattern in all its languages: the contents of one file under queries/rules/."""

    id: str
    family: str
    cwe: tuple[int, ...]
    severity: Severity
    confidence: Confidence
    title: str
    message: str
    why: str
    instead: str
    references: tuple[str, ...]
    matches: tuple[Match, ...]
    tests: tuple[RuleTest, ...]
    detector: str = ""
    """Name of a detector in engine/textual.py for what no pattern can say (hidden text); else empty."""
    flows: tuple[Flow, ...] = ()
    offers: tuple[FixKind, ...] = ()
    """The kinds of fixes that its detector offers, or what else finds what no pattern can say."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it names, in the order of the file; none where it reads every file."""
        if any(not match.languages for match in self.matches):
            return ()
        named = [*(match.languages for match in self.matches), *(flow.languages for flow in self.flows)]
        return tuple(dict.fromkeys(name for names in named for name in names))

    @property
    def fixes(self) -> frozenset[FixKind]:
        """The kinds of fixes that it can offer."""
        specs = [*(match.fix for match in self.matches), *(spec for flow in self.flows for spec in flow.fixes)]
        return frozenset([*(spec.kind for spec in specs if spec), *self.offers])


PRIORITIES = ("P0", "P1", "P2")
FAMILY_KINDS = ("code", "configuration", "text")
NEEDS = ("text", "syntax", "constants", "dataflow")


@dataclass(frozen=True, slots=True)
class Family:
    """A weakness in all its forms: the contents of queries/rules/<id>/family.toml.

    `priority`: one of PRIORITIES. `kind`: what its rules read, one of FAMILY_KINDS. `needs`: what of the engine they
    take, out of NEEDS. `absent`: language -> why there is nothing to find in it, a sentence.
    """

    id: str
    title: str
    priority: str
    kind: str
    cwe: tuple[int, ...]
    needs: tuple[str, ...]
    what: str
    absent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Embedding:
    """Where a program or a configuration holds a text in another language: what `match` says, of a call its `argument`.

    `joined`: all of a file are one program. `strip`: an expression for what is left out at the beginning; `hole`: for
    what another program fills in.
    """

    match: Match
    language: str
    argument: str = "0"
    joined: bool = False
    strip: str = ""
    hole: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """What the engine must know of one language: the contents of queries/languages/<name>/.

    `grammar` is "module:function" of the grammar wheel. `facts` is the tree-sitter query text, with
    inherited queries already in front. `intrinsics` names reflective operators and their meaning,
    `pure` the functions and `pure_methods` the methods that compute from their arguments alone.
    """

    name: str
    grammar: str
    extensions: tuple[str, ...]
    filenames: tuple[str, ...]
    language_ids: tuple[str, ...]
    line_comments: tuple[str, ...]
    block_comments: tuple[tuple[str, str], ...]
    inherits: str
    facts: str
    intrinsics: Mapping[str, str]
    pure: frozenset[str]
    pure_methods: frozenset[str]
    settings: Mapping[str, str]
    """Further switches of the evaluator for this language, each explained in docs/languages.md."""
    embedded: str = ""
    """Which nodes hold texts in other languages: queries, each with what it means (engine/embedded.py)."""
    embeddings: tuple[Embedding, ...] = ()
    """Which calls and settings hold texts in other languages."""
    sinks: tuple[str, ...] = ()
    """Labels of sinks: what a program hands to such a sink is a text in this language."""
    called: tuple[str, ...] = ()
    """What people call it, its title first, then frameworks whose name stands for it in a label."""

    @property
    def title(self) -> str:
        """Its name as people write it."""
        return self.called[0] if self.called else self.name


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rules, languages and knowledge of libraries that apply, as one value. `version` is a digest of what it was made from."""

    rules: Mapping[str, Rule]
    languages: Mapping[str, Language]
    version: str
    knowledge: tuple[Knowledge, ...] = ()
    families: Mapping[str, Family] = field(default_factory=dict)
    traits: Mapping[str, Rule] = field(default_factory=dict)
    """What texts can do and what they keep, described like rules (queries/traits/); see change/traits.py."""
    packages: Mapping[str, Packages] = field(default_factory=dict)
    """What is known of packages, by ecosystem (queries/knowledge/packages/)."""
