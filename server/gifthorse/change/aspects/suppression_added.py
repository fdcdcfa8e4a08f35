"""Suppression added: the change silences a linter, a type checker or a count of tested lines that spoke before.

Comments silence only where they are comments, attributes and settings only where they are none. What moved with its
line, or was made narrower, silences nothing new.
"""

from collections.abc import Iterator, Sequence

from gifthorse.change.compare import Change, Said
from gifthorse.change.fresh import fresh, whole_line
from gifthorse.change.traits import Side, Trait
from gifthorse.model.finding import Confidence, Finding, Fix, FixKind, Severity, Step
from gifthorse.model.text import Edit, Span

COMMENTS, CODE = "suppressions", "exemptions"
SETTINGS = "agents"
"""The family of rules that speak of settings wherever they come from."""
_ORDER = (Severity.LOW, Severity.MEDIUM, Severity.HIGH)
_BARE = b"#/*-!<>; \t{}"


def found(change: Change) -> Iterator[Said]:
    """One thing to say for each suppression that is new."""
    before = _speaking(change.before, [hunk.old for hunk in change.hunks])
    for trait in fresh(change, before, _speaking(change.after, [hunk.new for hunk in change.hunks])):
        if _said_already(trait, change):
            continue
        beside = _beside(trait, change)
        severity = max(trait.severity, beside.severity if beside else Severity.LOW, key=_ORDER.index)
        fixes = (_taken_out(trait, change.after),) if trait.group == COMMENTS else ()
        steps = (Step(beside.span, "what it stands beside"),) if beside else ()
        confidence = Confidence.MEDIUM if change.is_new else trait.confidence
        yield Said(trait.span, _message(trait, beside, change), severity, confidence, fixes, steps)


def _said_already(trait: Trait, change: Change) -> bool:
    """Whether a rule about settings says the same of this place, and no less surely: one cause is one Finding."""
    rules = change.catalogue.rules
    return any(
        one.span.overlaps(trait.span) and one.confidence is not Confidence.LOW and rules[one.rule].family == SETTINGS
        for one in change.findings
        if one.rule in rules
    )


def _speaking(side: Side, spans: Sequence[Span]) -> list[Trait]:
    """The suppressions touched by one of these spans that count, each place once: the gravest."""
    there = (trait for trait in side.traits if trait.group in (COMMENTS, CODE))
    found = [trait for trait in there if any(trait.span.overlaps(span) for span in spans)]
    found.sort(key=lambda trait: (-_ORDER.index(trait.severity), trait.span))
    kept: list[Trait] = []
    for trait in found:
        if _counts(trait, side) and not any(one.span.overlaps(trait.span) for one in kept):
            kept.append(trait)
    return sorted(kept, key=lambda trait: trait.span)


def _counts(trait: Trait, side: Side) -> bool:
    commented = any(comment.overlaps(trait.span) for comment in side.comments)
    if trait.group != COMMENTS:
        return not commented
    return commented or (not side.comments and _marked(trait, side.content))


def _marked(trait: Trait, content: bytes) -> bool:
    """Whether a comment's mark stands right before it, outside quotes: where no grammar says what is a comment."""
    before = content[content.rfind(b"\n", 0, trait.span.start) + 1 : trait.span.start]
    quoted = any(before.count(quote) % 2 for quote in (b'"', b"'", b"`"))
    return not quoted and before.rstrip()[-1:] in (b"#", b"/", b"*", b";", b"-", b"%", b"!")


def _message(trait: Trait, beside: Finding | None, change: Change) -> str:
    title = change.catalogue.traits[trait.kind].title
    what = title[:1].lower() + title[1:]
    code = whole_line(change.after, trait.span).partition("\n")[0]
    message = f"the change silences {what}: {_short(trait.words)}"
    if beside:
        found = change.catalogue.rules[beside.rule].title if beside.rule in change.catalogue.rules else beside.rule
        return f"{message}, beside what is found here: {found}"
    return message if _short(trait.words) in code else f"{message} (line {change.after.line(trait.span.start)})"


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:77] + "..."


def _beside(trait: Trait, change: Change) -> Finding | None:
    """The first Finding on the suppression's line or the one below it."""
    line = change.after.line(trait.span.start)
    near = (one for one in change.findings if one.confidence is not Confidence.LOW)
    return next((one for one in near if change.after.line(one.span.start) in (line, line + 1)), None)


def _taken_out(trait: Trait, side: Side) -> Fix:
    """The comment goes where it says nothing else; of another only these words go."""
    span = next((one for one in side.comments if one.overlaps(trait.span)), trait.span)
    content = side.content
    rest = content[span.start : trait.span.start] + content[trait.span.end : span.end]
    start, end = (trait.span.start, trait.span.end) if rest.strip(_BARE) else (span.start, span.end)
    while start > 0 and content[start - 1 : start] in (b" ", b"\t"):
        start -= 1
    alone = content[start - 1 : start] in (b"", b"\n") and content[end : end + 1] in (b"", b"\n")
    return Fix("Let the check speak again", FixKind.MECHANICAL, (Edit(Span(start, end + 1 if alone else end), b""),))
