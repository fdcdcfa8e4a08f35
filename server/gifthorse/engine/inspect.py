"""The one door of the engine: text in, Report out, and again after every edit for the cost of the edit.

`inspect` looks at a text from scratch; `reinspect` takes over all that an edit left as it was and answers the same.
It opens no file and knows nothing of editors, regions or suppressions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gifthorse.engine.evaluate.module import NOTHING_YET, Evaluation, Surroundings, evaluate
from gifthorse.engine.facts import Known, Sheaf, read_facts
from gifthorse.engine.findings import finding_of_query, findings_of
from gifthorse.engine.fixes import Workplace
from gifthorse.engine.languages import Prepared, language_of, prepare
from gifthorse.engine.match import Hit, Matcher
from gifthorse.engine.queries import Sighted, look
from gifthorse.engine.syntax import Tree, parse, reparse
from gifthorse.engine.textual import joined, scan_text
from gifthorse.model.fact import Fact
from gifthorse.model.finding import Finding, Report
from gifthorse.model.rule import Catalogue, Language
from gifthorse.model.text import Edit

MAX_CODE = 100_000
"""Characters of a string that is run as code."""


@dataclass(frozen=True, slots=True)
class _Syntax:
    """What the next version of a text in a known language may use."""

    tree: Tree
    known: Known
    evaluation: Evaluation
    sighted: Sighted


@dataclass(frozen=True, slots=True)
class Inspection:
    """One version of one text, looked at. Only `report` is for callers; the rest is for `reinspect`."""

    report: Report
    content: bytes
    path: str
    language: Language | None
    catalogue: Catalogue
    syntax: _Syntax | None


def _surroundings(prepared: Prepared, language: Language) -> Surroundings:
    grammar, index = prepared.grammar(language), prepared.index(language)

    def read_code(text: str) -> Fact | None:
        if len(text) > MAX_CODE:
            return None
        return read_facts(parse(grammar, text.encode("utf-8", "replace")), {})[0]

    return Surroundings(language, lambda: Matcher(index), read_code)


def _incomplete(whole: bool, evaluation: Evaluation) -> str:
    """Why the text was not fully analysed, in words, or nothing."""
    if not whole:
        return "not analysed in full: the code is nested too deeply or holds too many matches of a query"
    for works in (evaluation.works, evaluation.functions):
        for work in works.values():
            if work.exceeded:
                return f"not analysed in full: {work.exceeded}"
    return ""


def _hits(evaluation: Evaluation) -> list[Hit]:
    works = [*evaluation.works.values(), *evaluation.functions.values()]
    return [note for work in works for note in work.notes if isinstance(note, Hit)]


def _look(tree: Tree, before: _Syntax | None, prepared: Prepared, language: Language) -> tuple[_Syntax, Sheaf]:
    fact, sheaf, known = read_facts(tree, before.known if before else {})
    evaluation = evaluate(_surroundings(prepared, language), fact, before.evaluation if before else NOTHING_YET)
    sighted = look(tree, prepared.queries(language), before.sighted.seen if before else {})
    return _Syntax(tree, known, evaluation, sighted), sheaf


def _report(content: bytes, path: str, language: Language, catalogue: Catalogue, done: tuple[_Syntax, Sheaf]) -> Report:
    syntax, sheaf = done
    evaluation = syntax.evaluation
    place = Workplace(content, language, [item.fact for item in evaluation.items])
    found = findings_of(_hits(evaluation), evaluation.positions(), place)
    textual = scan_text(content, language, path, catalogue)
    queried = [finding_of_query(*sight) for sight in syntax.sighted.found]
    findings = _sorted(joined([*found, *queried], textual, catalogue))
    return Report(
        language.name, findings, sheaf.comments, _incomplete(sheaf.whole and syntax.sighted.whole, evaluation)
    )


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.span, finding.rule, finding.message)))


def _finish(
    content: bytes, path: str, language: Language, catalogue: Catalogue, done: tuple[_Syntax, Sheaf]
) -> Inspection:
    report = _report(content, path, language, catalogue, done)
    return Inspection(report, content, path, language, catalogue, done[0])


def _plain(content: bytes, path: str, language: Language | None, catalogue: Catalogue) -> Inspection:
    """A text without a grammar: only what needs no syntax."""
    findings = _sorted(scan_text(content, language, path, catalogue))
    report = Report(language.name if language else None, findings, ())
    return Inspection(report, content, path, language, catalogue, None)


def inspect(content: bytes, path: str, language_id: str | None, catalogue: Catalogue) -> Inspection:
    """Look at a whole text. `path` and `language_id` (the editor's word, or None) only say what language it is."""
    language = language_of(path, language_id, catalogue)
    if language is None or not language.grammar:
        return _plain(content, path, language, catalogue)
    prepared = prepare(catalogue)
    try:
        grammar = prepared.grammar(language)
    except ValueError as error:
        plain = _plain(content, path, language, catalogue)
        return replace(plain, report=replace(plain.report, incomplete=f"not analysed: {error}"))
    done = _look(parse(grammar, content), None, prepared, language)
    return _finish(content, path, language, catalogue, done)


def reinspect(previous: Inspection, edits: Sequence[Edit], content: bytes) -> Inspection:
    """Look at the text again after edits, each over the text after the one before. Gives what `inspect` would."""
    language, catalogue, syntax = previous.language, previous.catalogue, previous.syntax
    if language is None or syntax is None:
        return _plain(content, previous.path, language, catalogue)
    tree = reparse(syntax.tree, edits, content)
    done = _look(tree, syntax, prepare(catalogue), language)
    return _finish(content, previous.path, language, catalogue, done)
