"""A Finding: a risky construct in one version of one text, with its explanation and Fixes."""

from dataclasses import dataclass
from enum import StrEnum

from gifthorse.model.text import Edit, Span, Text

CWE = "https://cwe.mitre.org/data/definitions/{}.html"
"""The page of a weakness of that number."""


class Severity(StrEnum):
    """How bad it is if the Finding is right."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Confidence(StrEnum):
    """How sure the engine is that the construct is what the rule describes."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Certainty(StrEnum):
    """How the evaluator got there.

    UNSAFE: the unsafe value was computed. OBSCURED: the value comes from constants only, is not
    written as one, and could not be computed: suspicious in itself.
    """

    UNSAFE = "unsafe"
    OBSCURED = "obscured"


class FixKind(StrEnum):
    """What a Fix may change: nothing but the risk, the program's behaviour, or it needs finishing."""

    MECHANICAL = "mechanical"
    BEHAVIOURAL = "behavioural"
    SCAFFOLD = "scaffold"


@dataclass(frozen=True, slots=True)
class Remote:
    """An Edit of another file: `path` in the root, `lines` that file's text from the start of its line `first` (counted
    from 0). It is right as long as just these lines stand there; `edit` counts from their start.
    """

    path: str
    first: int
    lines: bytes
    edit: Edit

    def placed(self) -> tuple[Text, Edit]:
        """A text in which the edit is on its line, and the edit in it; of the file no more than that is known."""
        return Text.of(b"\n" * self.first + self.lines), Edit(self.edit.span.shifted(self.first), self.edit.new)


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that takes the risk away. `edits` are disjoint and ascending, over the same text; `elsewhere` are those
    of other files.
    """

    title: str
    kind: FixKind
    edits: tuple[Edit, ...]
    elsewhere: tuple[Remote, ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a Step is that stands in another file: `lines` are that file's text from the start of its line `first`
    (counted from 0) to the end of the line in which the Step ends, so that nobody needs the file to tell where it is.
    """

    path: str
    first: int
    lines: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the way to a Finding (an assignment, an alias, a step of taint).

    `span` counts from the start of the Finding's text; where `elsewhere` says so, from the start of its `lines`.
    """

    span: Span
    note: str
    elsewhere: Elsewhere | None = None

    def placed(self, text: Text) -> tuple[Text, Span]:
        """The text in which it stands and its span there; of another file no more than the right place is known.

        `text` is that of the Finding.
        """
        where = self.elsewhere
        if where is None:
            return text, self.span
        return Text.of(b"\n" * where.first + where.lines), self.span.shifted(where.first)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's hit at one place: `span` is the whole risky expression, in UTF-8 bytes."""

    rule: str
    span: Span
    message: str
    severity: Severity
    confidence: Confidence
    certainty: Certainty = Certainty.UNSAFE
    fixes: tuple[Fix, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that an inspection of one text says.

    `findings` ascend by span. `comments` are the spans of all comments, for suppressions.
    `incomplete` says in words why the text was not fully analysed, or is empty: a text with a
    non-empty `incomplete` must never be shown as clean.
    """

    language: str | None
    findings: tuple[Finding, ...]
    comments: tuple[Span, ...]
    incomplete: str = ""
