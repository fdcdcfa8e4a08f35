"""Findings that need no syntax: hidden characters, and the text patterns of rules (secrets above all).

One pass over the raw bytes of any file, also of one in no known language. Ordinary ASCII text costs one search for
all keywords of all rules and one look for control characters. A secret is never shown whole in a message.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from gifthorse.engine.filenames import fits
from gifthorse.engine.hidden import find_hidden
from gifthorse.engine.secrets import entropy, is_example_path, is_placeholder, masked
from gifthorse.engine.sighting import Hidden, Manner, Sighting, decoded, written_out
from gifthorse.engine.spelling import NORMAL
from gifthorse.engine.steering import steers
from gifthorse.model.finding import Confidence, Finding, Fix, FixKind
from gifthorse.model.rule import Catalogue, Language, Match, MatchKind, Rule
from gifthorse.model.text import Edit, Span

_RANK = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}
_SECRETS = "secrets"
SECRET = "secret"  # noqa: S105, the name of a group
"""The group of a pattern that holds what may never be shown."""

_PROSE = (".md", ".markdown", ".txt", ".rst", ".adoc", ".tex", ".html", ".htm", ".po", ".pot", ".csv", ".tsv", ".srt")
MOST_MATCHES = 200
"""Findings of one text pattern in one file."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One text match, compiled: the rule that owns it and where its named groups are."""

    rule: Rule
    match: Match
    compiled: Any
    groups: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a Catalogue means for one language's texts."""

    detectors: Mapping[str, Rule]
    patterns: Sequence[Pattern]
    keywords: Any
    owners: Sequence[tuple[int, ...]]
    """Per keyword: which patterns it lets run."""


MOST_CATALOGUES = 8
_PLANS: dict[int, tuple[Catalogue, dict[str, _Plan]]] = {}
"""Of the last catalogues, by identity: each is kept alive here, so that identities stay true."""


def _lineage(language: Language | None, catalogue: Catalogue) -> list[str]:
    """The language's name and those that it inherits."""
    names: list[str] = []
    while language and language.name not in names:
        names.append(language.name)
        language = catalogue.languages.get(language.inherits)
    return names


def _compile(match: Match, pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not match.ignore_case
    return re2.compile(pattern.encode(), options)


def patterns_of(catalogue: Catalogue, names: Iterable[str]) -> Iterator[Pattern]:
    """The text patterns of all rules for a language that has these names, and those for every file."""
    names = set(names)
    for rule in catalogue.rules.values():
        for match in rule.matches:
            if match.kind is MatchKind.TEXT and (not match.languages or set(match.languages) & names):
                for pattern in match.patterns:
                    compiled = _compile(match, pattern)
                    groups = {name.decode(): number for name, number in compiled.groupindex.items()}
                    yield Pattern(rule, match, compiled, groups)


def keyword_set(words: Sequence[str]) -> Any:
    """One automaton that says in one pass which words occur; None where there are none."""
    options = re2.Options()
    options.case_sensitive = False
    found = re2.Set.SearchSet(options)
    for word in words:
        found.Add(re2.escape(word))
    if not words:
        return None
    found.Compile()
    return found


def _manner(language: Language | None, path: str) -> Manner:
    """How to read a file. One in no known language is taken for code unless its name says that it is prose."""
    tokens: tuple[str, ...] = ("#", "//", "--", ";", "/*")
    if language:
        tokens = (*language.line_comments, *(start for start, _ in language.block_comments))
    prose = language is None and path.lower().endswith(_PROSE) and not steers(path)
    return Manner(_comment(tokens), not prose, language is not None and language.settings.get("names") == NORMAL)


@functools.lru_cache(maxsize=64)
def _comment(tokens: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(re.escape, tokens))) if tokens else None


def _plan(catalogue: Catalogue, name: str) -> _Plan:
    """What a Catalogue means for a language, made when it is first asked for."""
    if id(catalogue) not in _PLANS:
        while len(_PLANS) >= MOST_CATALOGUES:
            _PLANS.pop(next(iter(_PLANS)))
        _PLANS[id(catalogue)] = (catalogue, {})
    plans = _PLANS[id(catalogue)][1]
    if name not in plans:
        plans[name] = _made_plan(catalogue, name)
    return plans[name]


def _made_plan(catalogue: Catalogue, name: str) -> _Plan:
    language = catalogue.languages.get(name)
    patterns = list(patterns_of(catalogue, _lineage(language, catalogue)))
    words = sorted({word for pattern in patterns for word in pattern.match.keywords})
    owners = [tuple(n for n, pattern in enumerate(patterns) if word in pattern.match.keywords) for word in words]
    detectors = {rule.detector: rule for rule in catalogue.rules.values() if rule.detector in set(Hidden)}
    return _Plan(detectors, patterns, keyword_set(words), owners)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """A message with its placeholders filled, and nothing in it that is not seen; one without a value stays as it is."""
    filled = re.sub(r"\{(\w+)\}", lambda slot: values.get(slot[1], slot[0]), template)
    return filled if filled.isascii() and filled.isprintable() else written_out(filled, kept="\n")


def _sighted(sighting: Sighting, rule: Rule, span: Span) -> Finding:
    confidence = min(sighting.confidence, rule.confidence, key=_RANK.__getitem__)
    message = _filled(rule.message, {"value": sighting.value})
    return Finding(rule.id, span, message, rule.severity, confidence, fixes=_mended(sighting, span))


def _mended(sighting: Sighting, span: Span) -> tuple[Fix, ...]:
    """What to write in place of what is hidden, where somebody can say."""
    if sighting.instead is None:
        return ()
    title = f"Write {sighting.instead}" if sighting.kind is Hidden.LOOKALIKE else "Delete what cannot be seen"
    return (Fix(title, FixKind.BEHAVIOURAL, (Edit(span, sighting.instead.encode("utf-8", "surrogateescape")),)),)


def _hidden(content: bytes, plan: _Plan, manner: Manner) -> Iterator[Finding]:
    sightings = find_hidden(content, manner)
    text = decoded(content) if sightings else ""
    characters = offset = 0
    for sighting in sightings:
        if rule := plan.detectors.get(sighting.kind):
            offset += len(text[characters : sighting.start].encode("utf-8", "surrogateescape"))
            characters = sighting.start
            length = len(text[sighting.start : sighting.end].encode("utf-8", "surrogateescape"))
            yield _sighted(sighting, rule, Span(offset, offset + length))


def _holds(predicate: str, value: str) -> bool:
    """Whether a text value meets a predicate; only those that speak of text (`re:`, `is:`) mean anything here."""
    plain = predicate.removeprefix("not:")
    if plain.startswith("re:"):
        met = bool(re2.search(plain.removeprefix("re:"), value))
    else:
        met = plain.startswith("is:") and value == plain.removeprefix("is:")
    return met != predicate.startswith("not:")


def _wanted(match: Match, named: Mapping[str, str], secret: str) -> bool:
    if SECRET in named and (is_placeholder(secret) or entropy(secret) < match.entropy):
        return False
    met = all(any(_holds(one, named.get(key, "")) for one in some) for key, some in match.where.items())
    return met and not any(_holds(one, named.get(key, "")) for key, some in match.unless.items() for one in some)


def read_hit(pattern: Pattern, hit: Any) -> tuple[str, dict[str, str]] | None:
    """What a pattern found and the words for its message, in which no secret is whole; None where it is not wanted."""
    named = {name: (hit.group(number) or b"").decode("utf-8", "replace") for name, number in pattern.groups.items()}
    secret = hit.group(pattern.groups.get(SECRET, 0)).decode("utf-8", "replace")
    if not _wanted(pattern.match, named, secret):
        return None
    shown = {**named, "value": masked(secret) if pattern.rule.family == _SECRETS else secret[:60]}
    shown.pop(SECRET, None)
    return secret, shown


def _found(pattern: Pattern, hit: Any, example: bool) -> Finding | None:
    read = read_hit(pattern, hit)
    if read is None:
        return None
    rule, match, group = pattern.rule, pattern.match, pattern.groups.get(SECRET, 0)
    confidence = match.confidence or rule.confidence
    if example and rule.family == _SECRETS:
        confidence = Confidence.LOW
    message = _filled(match.message or rule.message, read[1])
    return Finding(rule.id, Span(*hit.span(group)), message, match.severity or rule.severity, confidence)


def _textual(content: bytes, path: str, plan: _Plan, inner: bool = False) -> Iterator[Finding]:
    words = plan.keywords.Match(content) if plan.keywords else None
    chosen = sorted({owner for word in words or () for owner in plan.owners[word]})
    example = bool(chosen) and is_example_path(path)
    for number in chosen:
        match = plan.patterns[number].match
        if not fits(path, match.files) or (inner and not match.languages):
            continue
        hits = plan.patterns[number].compiled.finditer(content)
        for _, hit in zip(range(MOST_MATCHES), hits, strict=False):
            if finding := _found(plan.patterns[number], hit, example):
                yield finding


def _strongest(findings: Sequence[Finding], secrets: frozenset[str]) -> list[Finding]:
    """One Finding for one secret: of those that overlap, the most confident, then the longest."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-_RANK[f.confidence], f.span.start - f.span.end, f.span, f.rule)):
        clash = finding.rule in secrets and any(
            other.rule in secrets and other.span.overlaps(finding.span) for other in kept
        )
        if not clash:
            kept.append(finding)
    return kept


def scan_inner(content: bytes, language: Language, path: str, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Findings of the text patterns for one language alone, in a text inside another, which was scanned for the rest."""
    plan = _plan(catalogue, language.name)
    found = _textual(content, path, plan, inner=True)
    return tuple(sorted(found, key=lambda f: (f.span, f.rule)))


def scan_text(content: bytes, language: Language | None, path: str, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Findings of hidden characters and of all text patterns in a whole file, ascending by span.

    `language` may be None: then only patterns for every file apply. `path` only tells tests and examples, where a
    secret is reported with low confidence, and prose from code. Bytes that are not UTF-8 are no obstacle.
    """
    plan = _plan(catalogue, language.name if language else "")
    secrets = frozenset(pattern.rule.id for pattern in plan.patterns if pattern.rule.family == _SECRETS)
    findings = [
        *_hidden(content, plan, _manner(language, path)),
        *_strongest(list(_textual(content, path, plan)), secrets),
    ]
    return tuple(sorted(findings, key=lambda f: (f.span, f.rule)))
