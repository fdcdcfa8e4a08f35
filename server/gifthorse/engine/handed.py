"""Texts in another language that a program hands to something that reads them, or that a setting holds: taken down while the text is
evaluated, and placed when it is known where everything stands.

`os.system("curl .. | sh")` hands a shell its code; `jobs.build.steps[].run` of a workflow is one. What is one is data:
the tables `[[embedded]]` of a language, and the labels that another language has in `sinks`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gifthorse.engine.decoding import Cuts
from gifthorse.engine.embedded import Embedded, Found, Nest, of_literal, pattern_of
from gifthorse.engine.evaluate.happenings import Arguments, Assignment, Call
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.taint import Site
from gifthorse.engine.filenames import fits
from gifthorse.engine.patterns import NameIndex
from gifthorse.engine.predicates import Subject, judge
from gifthorse.model.finding import Certainty
from gifthorse.model.rule import Catalogue, Embedding, Language, Match, MatchKind
from gifthorse.model.text import Span

MAX_TEXT = 100_000
"""Characters of a text that is looked at."""

FORMS = {"str": "quoted", "word": "plain", "lines": "lines"}
"""How a setting's value is written, by the role of its Fact."""


class Handed(NamedTuple):
    """A note: a text of another language, handed over at `site`, or held by a setting that is written there."""

    embedding: Embedding
    site: Site
    text: str
    form: str


@dataclass(frozen=True, slots=True)
class HandIndex:
    """What holds texts of other languages, by name of the call or path of the setting."""

    calls: NameIndex[Embedding] = field(default_factory=NameIndex)
    assigns: NameIndex[Embedding] = field(default_factory=NameIndex)


def index_handed(language: Language, names: frozenset[str], catalogue: Catalogue) -> HandIndex:
    """The index of one language, from what it says itself and from what is known of the sinks of its libraries."""
    index = HandIndex()
    for one in (*language.embeddings, *_of_sinks(names, catalogue)):
        table = index.calls if one.match.kind is MatchKind.CALL else index.assigns
        for pattern in one.match.patterns:
            table.add(pattern, one)
    return index


def _of_sinks(names: frozenset[str], catalogue: Catalogue) -> Iterator[Embedding]:
    readers = {label: language.name for language in catalogue.languages.values() for label in language.sinks}
    for known in catalogue.knowledge:
        for sink in known.sinks if known.language in names else ():
            if sink.label in readers and sink.call:
                match = Match(MatchKind.CALL, (), sink.call, sink.where, sink.unless)
                yield Embedding(match, readers[sink.label], sink.argument)


class Hands:
    """Takes down what is handed over while one unit is evaluated."""

    def __init__(self, index: HandIndex, path: str) -> None:
        self.index, self.path = index, path
        self.notes: dict[tuple[Site, str], Handed] = {}

    def hears(self, name: str) -> bool:
        """Whether a call of this name hands something over."""
        return bool(self.index.calls.find(name))

    def call(self, machine: Machine, call: Call, subject: Subject) -> None:
        """Take down constant texts that a call hands over."""
        for one in self.index.calls.find(call.name):
            if call.shape is None or machine.frame.fixed is not None:
                continue
            texts = [
                option.const for value in subject.values(one.argument) for option in value.alternatives()
                if isinstance(option.const, str) and len(option.const) <= MAX_TEXT
            ]  # fmt: skip
            if texts and judge(machine, one.match, subject, call.nearby) is Certainty.UNSAFE:
                for text in texts:
                    self.notes[call.site, text] = Handed(one, call.site, text, "literal")

    def assign(self, machine: Machine, assignment: Assignment) -> None:
        """Take down what a setting holds. Of several entries the last one that holds says what it is."""
        if assignment.written is None:
            return
        role, start, end = assignment.written
        if role not in FORMS:
            return
        subject = Subject(machine, Arguments([], {}), {"value": assignment.value, **assignment.named})
        for one in self.index.assigns.find(assignment.name):
            if not fits(self.path, one.match.files):
                continue
            if judge(machine, one.match, subject, assignment.nearby) is Certainty.UNSAFE:
                site = Site(assignment.site.path, start, end)
                self.notes[site, ""] = Handed(one, site, "", FORMS[role])


def settled(
    notes: Iterable[object], place: Callable[[Site], Span | None], content: bytes
) -> tuple[list[Found], list[Embedded]]:
    """The places that hold texts, and the texts that are put together and only handed over in a place."""
    places: list[Found] = []
    texts: list[Embedded] = []
    for note in notes:
        span = place(note.site) if isinstance(note, Handed) else None
        if not isinstance(note, Handed) or span is None:
            continue
        one = note.embedding
        if note.form == "literal":
            texts.append(of_literal(one.language, note.text, span, content))
            continue
        form = "single" if note.form == "quoted" and content[span.start : span.start + 1] == b"'" else note.form
        nest = Nest(one.language, form, joined=one.joined, cuts=Cuts(pattern_of(one.strip), None, pattern_of(one.hole)))
        places.append(Found(nest, span.start, span.end))
    return places, texts
