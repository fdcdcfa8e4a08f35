"""Comments that say of code that it is safe, where something was found in it: the two cannot both be right.

Whoever hides a weakness writes such comments, and whoever reads them looks no further. It looks at comments beside
Findings alone, so that a text without Findings costs nothing; what a Finding is about decides nothing.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gifthorse.engine.patterns import compiled
from gifthorse.model.finding import Confidence, Finding, Step
from gifthorse.model.rule import Catalogue, Rule
from gifthorse.model.text import Span

DETECTOR: Final = "claim"
"""What the rule about such comments names as its detector."""

MOST_LINES: Final = 12
"""Lines of a Finding whose comments all speak of it; of a longer one those on its first line do, and those above."""

FARTHEST: Final = 8
"""Lines above a Finding in which the head of its function is looked for."""

LONGEST: Final = 2_000
"""Bytes of a comment that are read."""

CLAIM: Final = (
    r"(?i)(?:^[^\w]*|\b(?:is|are|it's|its|stays?|totally|completely|perfectly|fully|quite|now|already|thus|therefore|so|and"
    r"|but|considered|known(?: to be)?|guaranteed(?: to be)?|been|inputs?|data|values?|query|url|path|html|sql|users?|was|were)"
    r"[\s:,-]+)(?:safe|secured?|harmless|trusted|trustworthy|saniti[sz]ed|validated|verified|escaped|vetted|audited"
    r"|tamper-?proof|hardened)\b|\b(?:"
    r"(?:safely|securely)\b|(?:safe|secure|ok|okay|fine|harmless) (?:here|because|since|as|to|for|from|against|by|in|way|version"
    r"|enough|comparison|query|command|call|deseriali[sz]ation|random\w*|token|hash\w*|encrypt\w*)\b"
    r"|no (?:risk|danger|sql|command|code|shell|xss|injection|vulnerabilit\w+|user input|untrusted)\b"
    r"|(?:injection|xss|csrf|ssrf|traversal|tamper|bullet|hack)[- ](?:safe|proof|free)\b"
    r"|(?:not|never|isn't|aren't|cannot be|can't be|can not be) (?:user[- ]controlled|exploitable|vulnerable|attacker|injected"
    r"|exploited|tampered|abused|bypassed|forged|guessed)\b"
    r"|(?:prevents?|avoids?|stops?|blocks?|mitigates?|protect(?:s|ed|ing)?(?: us)?(?: against| from)) [\w /-]{0,30}"
    r"(?:injection|xss|csrf|ssrf|traversal|timing|attacks?|tampering|forgery|exploit\w*|brute)\b"
    r"|(?:safe|secure|protected) (?:from|against)\b|constant[- ]time\b|timing[- ]safe\b|cryptographically (?:secure|strong|random)\b"
    r"|(?:already|properly|carefully|fully|correctly) (?:escaped|sanitized|sanitised|validated|verified|checked|authenticated"
    r"|authorized|authorised|encrypted|hashed|filtered|cleaned|parameteri[sz]ed|reviewed)\b"
    r"|(?:approved|reviewed|audited|checked|cleared|verified) by\b|security (?:reviewed|approved|audited|team)\b"
    r"|parameteri[sz]ed|prepared statement|military[- ]grade|false positive|(?:input|data|values?|arguments?) (?:is|are|was|were)"
    r" (?:clean|trusted|internal|checked))"
)
"""Words that say that there is no danger."""

OTHERWISE: Final = (
    r"(?i)\b(?:unsafe|insecure|untrusted|unsanitized|unescaped|unvalidated|unverified|vulnerab\w+|not (?:yet |really |at all )?"
    r"(?:safe|secure|sanitized|sanitised|escaped|validated|verified|trusted|parameterized)|isn't (?:safe|secure)|never trust"
    r"|todo|fixme|xxx|hack:|should|must|need(?:s|ed)? to|ought|instead|rather than|better|consider|warning|danger\w*|careful"
    r"|without|lacks?|missing|no (?:escaping|validation|sanitization|check)|thread|type|memory|null|async|signal|exception|fork"
    r"|reentran\w+|gc|concurren\w+|locale|unicode|unless|only if|make sure|ensure|flaw\w*|weak\w*|broken|bad|risky|attacker can"
    r"|nosec|noqa|nolint|nosemgrep|lint|nosonar|codeql|gifthorse)\b|\?\s*(?:\*/|-->)?\s*$"
)
"""Words of comments that warn, ask, speak of another kind of safety, or speak to tools."""


def rule_of(catalogue: Catalogue) -> Rule | None:
    """The rule about such comments, where there is one."""
    return next((rule for rule in catalogue.rules.values() if rule.detector == DETECTOR), None)


def claims(
    content: bytes, findings: Sequence[Finding], comments: Sequence[Span], catalogue: Catalogue
) -> tuple[Finding, ...]:
    """A Finding for each comment that claims safety beside one of `findings` (not beside hints), ascending.

    `comments` are ascending.
    """
    grave = [finding for finding in findings if finding.confidence is not Confidence.LOW]
    rule = rule_of(catalogue) if grave else None
    if rule is None:
        return ()
    starts = [comment.start for comment in comments]
    found: dict[Span, Finding] = {}
    for finding in grave:
        about = catalogue.rules.get(finding.rule)
        if about is None or about.detector:
            continue
        for comment in (*_beside(content, finding, comments, starts), *_head(content, finding, comments, starts)):
            if comment not in found and _says_so(content[comment.start : min(comment.end, comment.start + LONGEST)]):
                found[comment] = _claim(rule, comment, finding, catalogue.rules)
    return tuple(found[comment] for comment in sorted(found))


def still(
    content: bytes, findings: Sequence[Finding], comments: Sequence[Span], catalogue: Catalogue
) -> tuple[Finding, ...]:
    """`findings` but for the claims that stand beside none of them any more: what they spoke of was taken away."""
    rule = rule_of(catalogue)
    if rule is None or not any(finding.rule == rule.id for finding in findings):
        return tuple(findings)
    others = [finding for finding in findings if finding.rule != rule.id]
    standing = {claim.span for claim in claims(content, others, comments, catalogue)}
    return tuple(finding for finding in findings if finding.rule != rule.id or finding.span in standing)


def _claim(rule: Rule, comment: Span, finding: Finding, rules: Mapping[str, Rule]) -> Finding:
    title = rules[finding.rule].title
    message = rule.message.replace("{value}", f"{title} ({finding.rule})")
    steps = (Step(finding.span, "what was found"),)
    return Finding(
        rule.id,
        comment,
        message,
        rule.severity,
        min(rule.confidence, finding.confidence, key=_ORDER.index),
        steps=steps,
    )


_ORDER: Final = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def _says_so(raw: bytes) -> bool:
    text = " ".join(raw.decode("utf-8", "replace").split())
    return compiled(CLAIM).search(text) is not None and compiled(OTHERWISE).search(text) is None


def _beside(content: bytes, finding: Finding, comments: Sequence[Span], starts: Sequence[int]) -> Iterator[Span]:
    """The comments that speak of a Finding, and of where outside text came from on its way."""
    places = [finding.span, *(step.span for step in finding.steps if not step.elsewhere)]
    for span in places:
        first = content.rfind(b"\n", 0, span.start) + 1
        end = span.end if content.count(b"\n", span.start, span.end) < MOST_LINES else span.start
        last = content.find(b"\n", end)
        after = bisect_right(starts, first - 1)
        yield from comments[after : bisect_right(starts, last if last >= 0 else len(content))]
        yield from _above(content, comments[:after], first)


def _above(content: bytes, comments: Sequence[Span], line: int) -> Iterator[Span]:
    """The last of these comments, as long as each stands alone right above the next; the last one above `line`."""
    for comment in reversed(comments):
        if not _touches(content, comment, line):
            return
        yield comment
        line = _line(content, comment.start)


def _line(content: bytes, at: int) -> int:
    """Where the line of this byte begins."""
    return content.rfind(b"\n", 0, at) + 1


def _depth(content: bytes, line: int) -> int:
    """How far the text of a line is indented, in bytes."""
    return len(content[line : line + 200]) - len(content[line : line + 200].lstrip(b" \t"))


def _head(content: bytes, finding: Finding, comments: Sequence[Span], starts: Sequence[int]) -> Iterator[Span]:
    """What is said of the function around a Finding: comments above its first lines, which are indented less, or the
    text that stands first in it in Python. No blank line may be between, so that it speaks of this very code.
    """
    line = _line(content, finding.span.start)
    depth = _depth(content, line)
    for _ in range(FARTHEST):
        above = _line(content, line - 1) if line else 0
        if not content[above:line].strip():
            return
        number = bisect_right(starts, line - 1)
        if number and _touches(content, comments[number - 1], line):
            comment = comments[number - 1]
            above = _line(content, comment.start)
            if _depth(content, above) < depth:
                yield from _above(content, comments[:number], line)
                return
        elif (told := _docstring(content, above, line)) is not None:
            yield told
            return
        line = above


def _docstring(content: bytes, start: int, end: int) -> Span | None:
    """The text in three quotes, first in a block of Python, that ends on this line."""
    stop = start + len(content[start:end].rstrip())
    mark = content[max(start, stop - 3) : stop]
    if mark not in {b'"""', b"'''"}:
        return None
    for _ in range(MOST_LINES):
        begins = start + _depth(content, start)
        if content.startswith(mark, begins) and begins < stop - 3:
            return Span(begins, stop) if content[max(0, start - 200) : start].rstrip().endswith(b":") else None
        if not start:
            return None
        start = _line(content, start - 1)
    return None


def _touches(content: bytes, comment: Span, line: int) -> bool:
    """Whether a comment stands alone on the lines right above the one that starts at `line`."""
    begins = content.rfind(b"\n", 0, comment.start) + 1
    between = content[comment.end : line] if comment.end <= line else b"\n\n"
    return not content[begins : comment.start].strip(b" \t{") and between.strip(b" \t\r}") in (b"\n", b"")
