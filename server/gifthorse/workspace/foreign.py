"""Comments by which other tools are told to keep silent: `# nosec B602`, `// NOLINT(..)`, `# noqa: S105` and their kin.

They silence nothing here unless somebody asks for it; then those ids count of which is known what they are about, and
an id that is not known stands for everything on its lines. What is never theirs to silence is in NEVER. One that an
assistant wrote never counts, and is itself a finding.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gifthorse.engine.suppress import IN_AI_TEXT, SPEAKING, Suppressed, Suppression
from gifthorse.model.finding import Confidence, Finding, Severity
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Span, Text
from gifthorse.store.profiles import NEVER
from gifthorse.workspace.foreignids import about

LINE, NEXT, EITHER, BLOCK, BELOW, REST = "line", "next", "either", "block", "below", "rest"
"""What a comment speaks of: its line, the next one, both, the block around it, what is declared below, all behind it."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one tool is silenced: the group `ids` names what, without it everything. `sure`: only ids that are known
    to be about security count, since the tool speaks of other things too.
    """

    tool: str
    pattern: re.Pattern[str]
    reach: str
    sure: bool = False


def _form(tool: str, pattern: str, reach: str, *, sure: bool = False) -> Form:
    return Form(tool, re.compile(pattern), reach, sure)


_IDS: Final = r"(?P<ids>[\w./,\-* \t@]*?)(?:[ \t]*(?:--|#|\*/|//).*)?$"
FORMS: Final = (
    _form("bandit", r"#[ \t]*nosec\b(?![ \t]*G\d)[: \t]*(?P<ids>(?:B\d+|[a-z_]+)(?:[, \t]+(?:B\d+|[a-z_]+))*)?", LINE),
    _form("gosec", r"#nosec[ \t]+(?P<ids>G\d+(?:[, \t]+G\d+)*)", EITHER),
    _form("gosec", r"#nosec\b[ \t]*(?:--.*)?$", EITHER),
    _form("golangci-lint", r"nolint:[\w,]*\b(?P<ids>gosec)\b", LINE),
    _form("semgrep", r"nosem(?:grep)?\b:?[ \t]*" + _IDS, EITHER),
    _form("clang-tidy", r"NOLINTNEXTLINE(?:\((?P<ids>[^)]*)\))?", NEXT, sure=True),
    _form("clang-tidy", r"NOLINT(?!NEXT|BEGIN|END)(?:\((?P<ids>[^)]*)\))?", LINE, sure=True),
    _form("flawfinder", r"(?i:flawfinder):[ \t]*ignore", EITHER),
    _form("ruff", r"noqa:[ \t]*(?P<ids>[A-Z]+\d+(?:[, \t]+[A-Z]+\d+)*)", LINE, sure=True),
    _form("eslint", r"eslint-disable-line\b[ \t]*" + _IDS, LINE, sure=True),
    _form("eslint", r"eslint-disable-next-line\b[ \t]*" + _IDS, NEXT, sure=True),
    _form("eslint", r"eslint-disable(?!-)[ \t]+" + _IDS, REST, sure=True),
    _form("checkov", r"checkov:skip=(?P<ids>[\w,]+)", BLOCK),
    _form("tfsec", r"(?:tfsec|trivy):ignore:(?P<ids>[\w\-]+)", EITHER),
    _form("kics", r"kics-scan[ \t]+ignore-line", NEXT),
    _form("hadolint", r"hadolint[ \t]+ignore=(?P<ids>[\w, \t]+)", NEXT),
    _form("hadolint", r"hadolint[ \t]+global[ \t]+ignore=(?P<ids>[\w, \t]+)", REST),
    _form("shellcheck", r"shellcheck[ \t]+disable=(?P<ids>[\w, \t]+)", NEXT, sure=True),
    _form("zizmor", r"zizmor:[ \t]*ignore\[(?P<ids>[\w, \t\-]+)\]", EITHER),
    _form("brakeman", r"brakeman:[ \t]*ignore\b:?[ \t]*" + _IDS, EITHER),
    _form("lgtm", r"\blgtm\b(?:\[(?P<ids>[^\]]*)\])?", LINE),
    _form("codeql", r"codeql\[(?P<ids>[^\]]*)\]", EITHER),
    _form("sonar", r"\bNOSONAR\b", LINE),
    _form("detect-secrets", r"pragma:[ \t]*allowlist(?:[ \t]+nextline)?[ \t]+(?P<ids>secret)", EITHER),
    _form("gitleaks", r"(?P<ids>gitleaks:allow)", LINE),
)
ANNOTATIONS: Final = (
    _form("annotation", r"^[ \t]*@Suppress(?:FB)?Warnings?\((?P<ids>[^)\n]*)\)", BELOW, sure=True),
    _form("annotation", r"^[ \t]*\[(?:\w+\.)*SuppressMessage\((?P<ids>[^)\n]*)\)\]", BELOW, sure=True),
    _form("pragma", r"^[ \t]*#pragma[ \t]+warning[ \t]+disable[ \t]+(?P<ids>[\w, \t]+)", REST, sure=True),
)  # fmt: skip
_ANNOTATED: Final = re.compile(rb"@Suppress(?:FB)?Warning|SuppressMessage\(|#pragma\s+warning")
_WORD: Final = re.compile(r"[\w./:@\-*]+")


@dataclass(frozen=True, slots=True)
class Foreign:
    """One such comment. `families`: what it is about, None for everything; `lines`: where it holds, both inclusive."""

    span: Span
    said: str
    families: frozenset[str] | None
    lines: tuple[int, int]


def read_foreign(text: Text, comments: Sequence[Span], *, annotations: bool = True) -> tuple[Foreign, ...]:
    """All comments of other tools among the comment spans of a text, and annotations of the same meaning."""
    found: list[Foreign] = []
    for span in comments:
        content = text.slice(span)
        if SPEAKING.search(content):
            found.extend(_in_comment(text, span, content.decode("utf-8", "replace")))
    if annotations:
        found.extend(_annotated(text))
    return tuple(found)


def _in_comment(text: Text, span: Span, written: str) -> Iterator[Foreign]:
    for form in FORMS:
        said = form.pattern.search(written)
        if said is None:
            continue
        families = _families(form, said.groupdict().get("ids"))
        if families is None or families:
            yield Foreign(span, " ".join(said[0].split()), families, _lines(text, span, form.reach))
            return


def _annotated(text: Text) -> Iterator[Foreign]:
    content = text.slice(Span(0, len(text)))
    if not _ANNOTATED.search(content):
        return
    for number in range(text.line_count):
        span = text.line_span(number)
        written = content[span.start : span.end].decode("utf-8", "replace")
        for form in ANNOTATIONS if "Suppress" in written or "#pragma" in written else ():
            said = form.pattern.search(written)
            families = _families(form, said["ids"]) if said else frozenset[str]()
            if said and families:
                yield Foreign(span, said[0].strip(), families, _lines(text, span, form.reach))


def _families(form: Form, ids: str | None) -> frozenset[str] | None:
    """What the ids are about; None for everything, empty for nothing of ours."""
    words = _WORD.findall(ids or "")
    if not words:
        return None if not form.sure or form.tool == "clang-tidy" else frozenset()
    known = [about(form.tool, word) for word in words]
    if not form.sure and any(families is None for families in known):
        return None
    return frozenset(family for families in known if families for family in families)


def _lines(text: Text, span: Span, reach: str) -> tuple[int, int]:
    first, last = text.line_at(span.start), text.line_at(max(span.start, span.end - 1))
    alone = not text.slice(Span(text.line_span(first).start, span.start)).strip()
    if reach == REST:
        return first, text.line_count
    if reach in {BLOCK, BELOW}:
        return _block(text, first, below=reach == BELOW)
    if reach == NEXT or (reach == EITHER and alone):
        return (first, last + 1) if reach == EITHER else (last + 1, last + 1)
    return first, last


def _indent(text: Text, line: int) -> int | None:
    """The width of the white space that a line begins with; None for an empty line."""
    content = text.slice(text.line_span(line))
    return len(content) - len(content.lstrip()) if content.strip() else None


def _block(text: Text, line: int, *, below: bool) -> tuple[int, int]:
    """The lines of the block around a line, or of what is declared below it, by how they are indented."""
    own = _indent(text, line) or 0
    first = line
    if not below:
        first = next((one for one in range(line - 1, -1, -1) if (i := _indent(text, one)) is not None and i < own), 0)
        own = (_indent(text, first) or 0) if own else -1
    opened = False
    for one in range(line + 1, text.line_count):
        indent = _indent(text, one)
        if indent is None:
            continue
        if indent <= own and (opened or not below):
            return first, one
        opened = opened or indent > own
    return first, text.line_count


def apply_foreign(
    suppressed: Suppressed, text: Text, comments: Sequence[Span], ai: Sequence[Span], catalogue: Catalogue
) -> Suppressed:
    """Take away what comments of other tools silence, where they are asked for; those of assistants never count."""
    found = [one for one in read_foreign(text, comments) if not any(span.overlaps(one.span) for span in ai)]
    if not found or not suppressed.findings:
        return suppressed
    kept: list[Finding] = []
    silenced = list(suppressed.silenced)
    for finding in suppressed.findings:
        rule = catalogue.rules.get(finding.rule)
        family = rule.family if rule is not None else finding.rule
        by = None if family in NEVER else _speaking(found, family, text.line_at(finding.span.start))
        if by is None:
            kept.append(finding)
        else:
            silenced.append((finding, Suppression(by.span, (finding.rule,), by.said, True, "")))
    if len(kept) == len(suppressed.findings):
        return suppressed
    return Suppressed(tuple(kept), tuple(silenced))


def _speaking(found: Sequence[Foreign], family: str, line: int) -> Foreign | None:
    for one in found:
        if one.lines[0] <= line <= one.lines[1] and (one.families is None or family in one.families):
            return one
    return None


def of_assistants(text: Text, comments: Sequence[Span], ai: Sequence[Span]) -> tuple[Finding, ...]:
    """A Finding for each comment of an assistant's by which another tool is to keep silent."""
    found = read_foreign(text, list(_touching(comments, ai)), annotations=False) if ai else ()
    message = "An AI assistant wrote {said!r}, which tells another tool to keep silent: it needs a look."
    return tuple(
        Finding(IN_AI_TEXT, one.span, message.replace("{said!r}", repr(one.said)), Severity.HIGH, Confidence.HIGH)
        for one in found
    )


def _touching(comments: Sequence[Span], ai: Sequence[Span]) -> Iterator[Span]:
    """The comments that share bytes with a span; both are gone through once."""
    spans, at = sorted(ai), 0
    for comment in sorted(comments):
        while at < len(spans) and spans[at].end <= comment.start:
            at += 1
        if at < len(spans) and spans[at].overlaps(comment):
            yield comment
