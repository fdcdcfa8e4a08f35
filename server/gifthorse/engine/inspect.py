"""The one door of the engine: text in, Report out, and again after every edit for the cost of the edit.

`inspect` looks at a text from scratch; `reinspect` takes over all that an edit left as it was. A text that parses
always gets what `inspect` gives. While a text is broken, what stands outside the lines being typed (mask.py) keeps
what it had in the last sound version, so the answer may depend on the edits before.
It opens no file and knows nothing of editors, regions or suppressions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

from gifthorse.engine.abroad import adopted, not_told_there
from gifthorse.engine.claims import claims
from gifthorse.engine.drafts import Drafts, moved, placed_asides, read_drafts
from gifthorse.engine.echoes import joined
from gifthorse.engine.elements import Lines, Workplace
from gifthorse.engine.embedded import Embedded
from gifthorse.engine.evaluate.imports import NO_IMPORTS, Imports
from gifthorse.engine.evaluate.module import NOTHING_YET, Evaluation, evaluate
from gifthorse.engine.evaluate.work import Surroundings
from gifthorse.engine.findings import EMPTY_ALBUM, Album, findings_of, retold, span_of
from gifthorse.engine.glimpses import NOTHING_SEEN, Glimpses, glimpses_of
from gifthorse.engine.inner import (
    DEPTH,
    NOTHING_INSIDE,
    TOO_DEEP,
    Inside,
    Looking,
    bring,
    brought_asides,
    inner_texts,
    look_inside,
)
from gifthorse.engine.languages import language_of, prepare
from gifthorse.engine.legible import ENDLESS, illegible
from gifthorse.engine.linking import linked_notes
from gifthorse.engine.mask import Hunk, Passage, carry
from gifthorse.engine.match import Hit, Mark, standing
from gifthorse.engine.parts import Row, read_text
from gifthorse.engine.surroundings import Read, placed_of, reading_of, settings_of, surroundings
from gifthorse.engine.syntax import EndlessError, readable
from gifthorse.engine.textual import scan_inner, scan_text
from gifthorse.engine.window import advance
from gifthorse.model.finding import Finding, Report
from gifthorse.model.rule import Catalogue, Language
from gifthorse.model.text import Edit, Span


@dataclass(frozen=True, slots=True)
class _Syntax:
    """What the next version of a text in a known language may use: its base, and what was found in that."""

    row: Row
    hunks: tuple[Hunk, ...]
    evaluation: Evaluation
    findings: Sequence[Finding]
    album: Album
    glimpses: Glimpses
    comments: Sequence[Span]
    incomplete: str
    inside: Inside


@dataclass(frozen=True, slots=True)
class Inspection:
    """One version of one text, looked at. Only `report` is for callers; the rest is for `reinspect`."""

    report: Report
    content: bytes
    path: str
    language: Language | None
    catalogue: Catalogue
    syntax: _Syntax | None
    imports: Imports = NO_IMPORTS
    seeks: frozenset[tuple[str, str]] = frozenset()
    """References to other files that the text makes, with the file (empty: this one) in which each stands."""

    def asides(self) -> list[tuple[int, Finding]]:
        """What queries of rules that are an ASIDE found, each with the bytes by which it is to be moved. Some more of
        it may be in the report.
        """
        syntax = self.syntax
        return placed_asides(syntax.glimpses, brought_asides(syntax.inside), syntax.hunks) if syntax else []

    @property
    def is_whole(self) -> bool:
        """Whether this is what `inspect` gives, and not what holds around lines that are being typed."""
        return self.syntax is None or not self.syntax.hunks

    @property
    def row(self) -> Row | None:
        """The last sound version of the text as it was read, where that is known."""
        return self.syntax.row if self.syntax is not None else None


def _incomplete(whole: bool, evaluation: Evaluation) -> str:
    """Why the text was not fully analysed, in words, or nothing."""
    if not whole:
        return "not analysed in full: the code is nested too deeply or holds too many matches of a query"
    exceeded = next((work.exceeded for work in evaluation.all_works() if work.exceeded), "")
    return f"not analysed in full: {exceeded}" if exceeded else ""


class _Found(NamedTuple):
    """What was found, what it was made of, whether all ways of outside text were followed, and texts of others."""

    findings: list[Finding]
    album: Album
    glimpses: Glimpses
    whole: bool
    texts: list[Embedded]


def _findings(
    row: Row, evaluation: Evaluation, question: "_Question", before: _Syntax | None, around: Surroundings
) -> _Found:
    """All that syntax finds in a text, and what it was made of."""
    language, path = question.language, question.path
    items = [(start, item.fact) for start, item in zip(evaluation.starts, evaluation.items, strict=True)]
    place = Workplace(row.content, language, items, Lines(row.content), path, question.depth > 0)
    notes = [note for work in evaluation.all_works() for note in work.notes]
    positions = evaluation.positions()
    linked = linked_notes([*notes, *adopted(notes, around)], evaluation)
    hits = standing(
        not_told_there([*(note for note in notes if isinstance(note, Hit)), *linked.hits], around),
        [note for note in notes if isinstance(note, Mark)],
        lambda site: span_of(site, positions),
    )
    found, album = findings_of(hits, positions, place, before.album if before else EMPTY_ALBUM, question.imports)
    seen = glimpses_of(row, path, before.glimpses if before else NOTHING_SEEN)
    found.extend(seen.findings)
    texts = inner_texts(row, notes, lambda site: span_of(site, positions), path)
    return _Found(found, album, seen, linked.whole, texts)


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=attrgetter("span", "rule", "message")))


@dataclass(frozen=True, slots=True)
class _Question:
    """A text to look at."""

    content: bytes
    path: str
    language: Language
    catalogue: Catalogue
    imports: Imports = NO_IMPORTS
    depth: int = 0
    """How many texts this one stands inside of."""
    read: Read | None = None


def _look(question: _Question, row: Row, hunks: tuple[Hunk, ...], before: _Syntax | None) -> Inspection:
    """Evaluate the base, unless it is the one before, and report."""
    prepared, language = prepare(question.catalogue), question.language
    around = surroundings(prepared, language, question.path, question.imports)
    if before is not None and row is before.row and before.evaluation.imports is question.imports:
        syntax = replace(before, hunks=hunks)
    else:
        placed = placed_of(row, language.settings.get("shown_behind", "").encode())
        placed = settings_of(row, placed, around)
        evaluation = evaluate(around, placed, before.evaluation if before else NOTHING_YET)
        found = _findings(row, evaluation, question, before, around)
        incomplete = _incomplete(all(part.whole for part in row.parts), evaluation)
        if not found.whole:
            incomplete = incomplete or "not analysed in full: outside text takes too many ways through functions"
        if not row.sound:
            incomplete = incomplete or "not analysed in full: some of the code does not parse"
        inside = look_inside(found.texts, before.inside if before else NOTHING_INSIDE, _looking(question))
        inner = bring(inside, found.findings)
        seen = found.glimpses
        comments = sorted([*seen.comments, *inner.comments]) if inner.comments else seen.comments
        findings, incomplete = [*found.findings, *inner.findings], incomplete or inner.incomplete
        syntax = _Syntax(row, hunks, evaluation, findings, found.album, seen, comments, incomplete, inside)
    said = _Seen(syntax.findings, syntax.comments, syntax.incomplete)
    seeks = syntax.evaluation.seeks()
    if hunks:
        text = readable(question.content)
        drafts = read_drafts(hunks, text, reading_of(prepared, language), around, syntax.evaluation)
        said = _around(said, drafts, Passage(hunks), (syntax.row.content, text))
        seeks |= drafts.evaluation.seeks()
    report, imports = _report(question, said), question.imports
    return Inspection(report, question.content, question.path, language, question.catalogue, syntax, imports, seeks)


def _looking(question: _Question) -> Looking:
    """How a text inside this one is looked at."""
    catalogue = question.catalogue

    def within(text: Embedded) -> Inspection:
        language = catalogue.languages.get(text.language)
        inner = replace(question, content=text.text, language=language or question.language, depth=question.depth + 1)
        if language is None:
            return _unread(inner, f"not analysed: the language {text.language} is not known")
        return _unread(inner, TOO_DEEP) if inner.depth > DEPTH else _inspect(inner)

    def again(previous: Inspection, edit: Edit, content: bytes) -> Inspection:
        language = previous.language or question.language
        inner = replace(question, content=content, language=language, depth=question.depth + 1)
        return _reinspect(previous, [edit], inner)

    return Looking(within, again)


class _Seen(NamedTuple):
    """What syntax says of one text."""

    findings: Sequence[Finding]
    comments: Sequence[Span]
    incomplete: str


def _around(base: _Seen, drafts: Drafts, passage: Passage, contents: tuple[bytes, bytes]) -> _Seen:
    """What holds of the base around the Hunks, and what is found in them. `contents`: the base's text, and this."""
    pairs = [(finding, moved(finding, passage)) for finding in base.findings]
    lines = Lines(contents[0]), Lines(contents[1])
    kept = (retold(old, new, *lines) if new is not None else None for old, new in pairs)
    places = (passage.span(span) for span in base.comments)
    return _Seen(
        [*(finding for finding in kept if finding is not None), *drafts.findings],
        sorted([*(span for span in places if span is not None), *drafts.comments]),
        base.incomplete or _incomplete(drafts.whole, drafts.evaluation),
    )


def _report(question: _Question, seen: _Seen) -> Report:
    """The Report of what syntax says and of the raw text."""
    language, catalogue = question.language, question.catalogue
    scan = scan_inner if question.depth else scan_text
    textual = scan(question.content, language, question.path, catalogue)
    found = _sorted(joined(seen.findings, textual, catalogue))
    if not question.depth:
        claimed = claims(question.content, found, seen.comments, catalogue)
        found = _sorted((*found, *claimed)) if claimed else found
    return Report(language.name, found, tuple(seen.comments), seen.incomplete)


def _plain(content: bytes, path: str, language: Language | None, catalogue: Catalogue) -> Inspection:
    """A text without a grammar: only what needs no syntax."""
    findings = _sorted(scan_text(content, language, path, catalogue))
    report = Report(language.name if language else None, findings, ())
    return Inspection(report, content, path, language, catalogue, None)


def _unread(question: _Question, why: str) -> Inspection:
    """A text whose syntax is not looked at, and why in words."""
    plain = _plain(question.content, question.path, question.language, question.catalogue)
    if question.depth:
        plain = replace(plain, report=Report(question.language.name, (), ()))
    return replace(plain, report=replace(plain.report, incomplete=why))


def inspect(  # noqa: PLR0913, what is known of other files, and of this one, may be left out
    content: bytes,
    path: str,
    language_id: str | None,
    catalogue: Catalogue,
    imports: Imports = NO_IMPORTS,
    *,
    read: Read | None = None,
) -> Inspection:
    """Look at a whole text. `path` and `language_id` (the editor's word, or None) only say what language it is.

    `imports`: what is known of the files that it refers to, see library.py. `read`: the very text, read before.
    """
    language = language_of(path, language_id, catalogue)
    if language is None or not language.grammar:
        return _plain(content, path, language, catalogue)
    return _inspect(_Question(content, path, language, catalogue, imports, read=read))


def _inspect(question: _Question) -> Inspection:
    prepared, language = prepare(question.catalogue), question.language
    try:
        prepared.grammar(language)
    except ValueError as error:
        return _unread(question, f"not analysed: {error}")
    why = illegible(language, question.content)
    if why:
        return _unread(question, why)
    read = question.read
    if read is not None and read.language is language:
        return _look(question, read.row, (), None)
    try:
        row, _ = read_text(question.content, reading_of(prepared, language))
    except EndlessError:
        return _unread(question, ENDLESS)
    return _look(question, row, (), None)


def reinspect(previous: Inspection, edits: Sequence[Edit], content: bytes, imports: Imports = NO_IMPORTS) -> Inspection:
    """Look at the text again after edits, each over the text after the one before, or with other `imports`.

    Gives what `inspect` would if the text parses. If not, the lines being typed are looked at by themselves, and
    around them holds what was found when the text parsed last, moved to where it is now. ValueError where the edits
    do not lead to `content`.
    """
    language, catalogue = previous.language, previous.catalogue
    if language is None or not language.grammar:
        return _plain(content, previous.path, language, catalogue)
    return _reinspect(previous, edits, _Question(content, previous.path, language, catalogue, imports))


def _reinspect(previous: Inspection, edits: Sequence[Edit], question: _Question) -> Inspection:
    """Look at a text in a known language again."""
    language, syntax, content = question.language, previous.syntax, question.content
    if syntax is None or illegible(language, content):
        return _inspect(question)
    prepared = prepare(question.catalogue)
    text = readable(content)
    clean = [Edit(span, readable(new)) for span, new in edits]
    hunks = carry(syntax.row.content, syntax.hunks, clean, text)
    try:
        row, left = advance(syntax.row, hunks, text, reading_of(prepared, language))
    except EndlessError:
        return _unread(question, ENDLESS)
    return _look(question, row, left, syntax)
