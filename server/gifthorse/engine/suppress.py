"""Comments that silence a Finding: `gifthorse: allow RULE[, RULE] -- reason`, or `allow RULE: reason` where two dashes
may not stand.

They count only as comments, with a rule's id and a reason, on the Finding's first line or alone above it. One that
touches a text of an AI assistant silences nothing: it is itself a Finding. It does not read other tools' comments.
"""

import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from gifthorse.model.finding import Confidence, Finding, Fix, FixKind, Report, Severity
from gifthorse.model.text import Edit, Span, Text

IN_AI_TEXT = "suppression-in-ai-text"
UNUSED = "unused-suppression"
MALFORMED = "malformed-suppression"
MARK = b"gifthorse:"
"""What every suppression comment holds: a comment without it need not be read."""
SPEAKING = re.compile(
    rb"gifthorse:|nosec|nosem|nolint|NOLINT|noqa:|eslint-disable|checkov:skip|tfsec:|trivy:|kics-scan|hadolint|shellcheck|"
    rb"zizmor:|brakeman:|lgtm|codeql\[|NOSONAR|allowlist|gitleaks:|lawfinder:"
)
"""One of these is in every comment by which somebody wants silence, from us or from another tool."""
REASON_PLACEHOLDER = "<say why this is safe here>"
"""What stands for the reason where an editor could not ask for one: it does not count until it is replaced."""

_DIRECTIVE = re.compile(
    r"(?:^|[#*/]\s)[\s#/*;!<{%-]*gifthorse:[ \t]*(.*?)[ \t]*(?:\*/\}?|-->|\})?[ \t]*$", re.MULTILINE
)
_ALLOW = re.compile(r"allow\b[ \t]*(.*?)(?:[ \t]+(?:--|[\u2013\u2014])[ \t]*(.*)|:[ \t]+(.*))?$")
_RULE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EMPTY_REASON = re.compile(r"<.*>|(?:todo|fixme|tbd|reason|why|explain|because|xxx?)\b[\s:.!?]*|[\W_]*", re.IGNORECASE)
_OTHERS = re.compile(r"dispute|(?:ai|end)\b")
"""Words that begin other comments of ours: what was disputed, and which lines somebody declares to be an assistant's."""
_FORM = "Write `gifthorse: allow RULE -- reason`."


@dataclass(frozen=True, slots=True)
class Suppression:
    """One suppression comment: its span, what it names, and where it does not count the `problem` in words."""

    span: Span
    rules: tuple[str, ...]
    reason: str
    valid: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """`findings` stay, those about suppressions among them, ascending; `silenced` were taken away, each with why."""

    findings: tuple[Finding, ...]
    silenced: tuple[tuple[Finding, Suppression], ...]


def _read(span: Span, words: str) -> Suppression:
    parsed = _ALLOW.match(words)
    if not parsed:
        return Suppression(span, (), "", False, f"It says neither `allow` nor a rule. {_FORM}")
    rules = tuple(name for name in re.split(r"[\s,]+", parsed[1]) if name)
    reason = (parsed[2] or parsed[3] or "").strip()
    wrong = [name for name in rules if not _RULE.fullmatch(name)]
    if not rules:
        problem = f"It names no rule. {_FORM}"
    elif wrong:
        problem = f"{wrong[0]!r} is not a rule's id. {_FORM}"
    elif _EMPTY_REASON.fullmatch(reason):
        problem = f"It gives no reason. {_FORM}"
    else:
        problem = ""
    return Suppression(span, rules, reason, not problem, problem)


def read_suppressions(text: Text, comments: Sequence[Span]) -> tuple[Suppression, ...]:
    """All suppression comments among the comment spans of a text, also those that do not count."""
    found: list[Suppression] = []
    for span in comments:
        content = text.slice(span)
        if MARK in content:
            directives = _DIRECTIVE.findall(content.decode("utf-8", "replace"))
            found.extend(_read(span, words) for words in directives if not _OTHERS.match(words))
    return tuple(found)


def _alone(text: Text, span: Span) -> bool:
    """Whether nothing but white space (or the braces of JSX) shares the comment's lines."""
    first, last = text.line_at(span.start), text.line_at(max(span.start, span.end - 1))
    before = text.slice(Span(text.line_span(first).start, span.start))
    after = text.slice(Span(span.end, max(span.end, text.line_span(last).end)))
    return before.strip() in (b"", b"{") and after.strip() in (b"", b"}")


def _lines(text: Text, suppressions: Sequence[Suppression]) -> dict[int, list[Suppression]]:
    """Line of code -> the Suppressions that speak of it. Comments that stand alone are passed on downwards."""
    speaking: dict[int, list[Suppression]] = {}
    for suppression in sorted(suppressions, key=lambda one: one.span):
        first = text.line_at(suppression.span.start)
        last = text.line_at(max(suppression.span.start, suppression.span.end - 1))
        if _alone(text, suppression.span):
            above = [one for one in speaking.get(first, []) if one.span != suppression.span]
            speaking.setdefault(last + 1, []).extend([*above, suppression])
        else:
            speaking.setdefault(first, []).append(suppression)
    return speaking


def _unknown(rules: Sequence[str], known: Collection[str]) -> str:
    """What is wrong with a rule's name that no rule has, in words, or nothing."""
    wrong = next((rule for rule in rules if rule not in known), None)
    if wrong is None or not known:
        return ""
    near = difflib.get_close_matches(wrong, known, 1)
    return f"There is no rule {wrong!r}{f': did you mean {near[0]!r}?' if near else '; `gifthorse rules` lists all.'}"


def _taken_out(one: Suppression, text: Text) -> Fix:
    """The comment goes, with the blanks before it, and with its line if nothing else stands there."""
    line = text.line_span(text.line_at(one.span.start))
    before = text.slice(Span(line.start, one.span.start))
    start = line.start + len(before.rstrip(b" \t"))
    alone = start == line.start and one.span.end == line.end
    rest = text.line_at(one.span.end) + 1
    end = text.line_span(rest).start if alone and rest < text.line_count else one.span.end
    return Fix("Remove this comment", FixKind.MECHANICAL, (Edit(Span(start, end), b""),))


def _about(  # noqa: PLR0913, PLR0917  all that is known of one text
    suppressions: Sequence[Suppression],
    used: set[Suppression],
    ai: Sequence[Span],
    whole: bool,
    known: Collection[str],
    text: Text,
) -> Iterator[Finding]:
    """The Findings about the Suppressions themselves. `whole`: the text was fully analysed, so unused is unused."""
    for one in suppressions:
        problem = one.problem or _unknown(one.rules, known)
        named = ", ".join(one.rules) or "a rule"
        if any(span.overlaps(one.span) for span in ai):
            message = f"An AI assistant wrote this comment to silence {named}: it does not count, and needs a look."
            yield Finding(IN_AI_TEXT, one.span, message, Severity.HIGH, Confidence.HIGH, fixes=(_taken_out(one, text),))
        elif problem and one not in used:
            message = f"This comment silences nothing. {problem}"
            yield Finding(MALFORMED, one.span, message, Severity.LOW, Confidence.HIGH, fixes=(_taken_out(one, text),))
        elif one not in used and whole:
            message = f"Nothing here is found by {named}: the comment can go, or stands in the wrong place."
            yield Finding(UNUSED, one.span, message, Severity.LOW, Confidence.HIGH, fixes=(_taken_out(one, text),))


def apply_suppressions(report: Report, text: Text, ai_spans: Sequence[Span], known: Collection[str] = ()) -> Suppressed:
    """Take the Findings away that a counting Suppression names; add those about the Suppressions themselves.

    `ai_spans` are the spans of all AI Regions of this text, which is the one that `report` was made from. `known` are
    the ids of all rules, so that a misspelt one is named; empty where nobody knows them.
    """
    suppressions = read_suppressions(text, report.comments)
    if not suppressions:
        return Suppressed(report.findings, ())
    counting = [one for one in suppressions if one.valid and not any(span.overlaps(one.span) for span in ai_spans)]
    speaking = _lines(text, counting)
    kept: list[Finding] = []
    silenced: list[tuple[Finding, Suppression]] = []
    for finding in report.findings:
        here = speaking.get(text.line_at(finding.span.start), [])
        by = next((one for one in here if finding.rule in one.rules), None)
        if by:
            silenced.append((finding, by))
        else:
            kept.append(finding)
    about = _about(suppressions, {by for _, by in silenced}, ai_spans, not report.incomplete, known, text)
    return Suppressed(tuple(sorted([*kept, *about], key=lambda f: (f.span, f.rule))), tuple(silenced))
