"""Findings and Regions in words, for hovers, lenses and titles. Pure; markdown or plain text as the client can show."""

import re
from collections.abc import Sequence

from gifthorse.model.advice import Piece, plain
from gifthorse.model.advice import markdown as as_markdown
from gifthorse.model.finding import CWE
from gifthorse.model.insertion import Evidence, Origin
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.rule import Rule
from gifthorse.workspace.judge import Judged

UNKNOWN_TOOL = "unknown assistant"
EVIDENCE = {
    Evidence.REPORTED: "reported by the editor or the assistant",
    Evidence.HOOKED: "seen by the agent's hook, matched by content",
    Evidence.RECORDED: "recorded in the repository (a git note or an Agent Trace record)",
    Evidence.DECLARED: "declared in a commit or a comment",
    Evidence.COPIED: "copied from text of that origin",
    Evidence.INFERRED: "possibly: inferred from the shape of the edit only",
}
MARKED = "marked by hand: somebody said so afterwards, which nobody proved"
KINDS = {
    "inline-completion": "an accepted suggestion",
    "partial": "a part of a suggestion",
    "next-edit": "a suggested edit",
    "chat": "an edit from a chat",
    "agent": "an agent's edit",
    "marked": "marked by hand",
}
STANDINGS = {
    Standing.UNREVIEWED: "nobody has reviewed it",
    Standing.APPROVED: "a person has reviewed exactly this text",
    Standing.DISPUTED: "a reviewer objects to it",
    Standing.REOPENED: "it was changed after its review",
}
"""What a standing means. Over this protocol every review is an unsigned click, and the record says so."""


def finding_text(one: Judged, rule: Rule | None, advice: Sequence[Piece], *, markdown: bool) -> str:
    """What a hover says of a finding: what, why, what instead, the CWE, and the fix that there is.

    `advice`: what to write instead, as far as it is meant for the file's language.
    """
    finding = one.finding
    bold, code = ("**", "`") if markdown else ("", "")
    message = harmless(finding.message) if markdown else finding.message
    parts = [f"{bold}{rule.title if rule else finding.rule}{bold} ({code}{finding.rule}{code})", message]
    if rule is not None:
        parts += [f"{bold}Why:{bold} {rule.why.strip()}" if rule.why else ""]
        parts += [f"{bold}Instead:{bold} {as_markdown(advice) if markdown else plain(advice)}" if advice else ""]
        parts += [", ".join(_weakness(number, markdown=markdown) for number in rule.cwe)]
    parts += [f"{bold}Fix:{bold} {fix.title}" for fix in finding.fixes]
    parts.append(f"Severity {finding.severity}, confidence {finding.confidence}.")
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _weakness(number: int, *, markdown: bool) -> str:
    return f"[CWE-{number}]({CWE.format(number)})" if markdown else f"CWE-{number}"


def region_text(region: Region, *, markdown: bool, asked: str = "") -> str:
    """What a hover says of a Region: who, how, when, on what evidence, how much is left, its standing, and who is
    `asked` for a review that is missing.
    """
    bold = "**" if markdown else ""
    shown = harmless if markdown else str
    insertion, origin = region.insertion, region.insertion.origin
    session = f" in session {shown(origin.session)}" if origin.session else ""
    return "\n\n".join(
        [
            f"{bold}{_ai(region)}: {shown(who(origin))}{bold}, {shown(KINDS.get(origin.kind, origin.kind))}{session}",
            f"{when(insertion.at)}. {bold}Why:{bold} {why(region)}.",
            f"{left(region)} of it is still there.",
            f"{bold}{region.standing.capitalize()}:{bold} {STANDINGS[region.standing]}.",
            *([f"{bold}To be reviewed{bold} by {shown(asked)}."] if asked else []),
        ]
    )


def why(region: Region) -> str:
    """Why its origin is believed, in plain words."""
    said = region.insertion.origin.kind == "marked" and region.insertion.evidence is Evidence.REPORTED
    return MARKED if said else EVIDENCE[region.insertion.evidence]


def left(region: Region) -> str:
    """The share that is still there: "100%" is said of nothing less than all of it, "0%" of nothing at all."""
    percent = round(100 * region.retained)
    return f"{percent if region.retained in (0.0, 1.0) else min(99, max(1, percent))}%"


def who(origin: Origin) -> str:
    """The tool, and its model where that is known."""
    return f"{tool(origin)}, {origin.model}" if origin.model else tool(origin)


def tool(origin: Origin) -> str:
    """The tool, or what is said where nobody knows it."""
    return UNKNOWN_TOOL if is_unknown(origin) else origin.tool


def is_unknown(origin: Origin) -> bool:
    """Whether nobody said which tool it was; clients have several ways not to say it."""
    return origin.tool.strip().lower() in {"", "unknown", UNKNOWN_TOOL}


def named(region: Region) -> str:
    """The Region's text as titles of actions call it."""
    origin, ai = region.insertion.origin, "possibly AI" if _is_guess(region) else "AI"
    return f"this {ai} text" if is_unknown(origin) else f"the text of {origin.tool}"


def when(at: str) -> str:
    """A time of RFC 3339 as people read it, to the minute."""
    return f"{at[:16].replace('T', ' ')} UTC"


def lens_title(region: Region, judged: Sequence[Judged], *, known: bool, asked: str = "") -> str:
    """The line over a Region: "AI: tool · 2 findings · unreviewed". `known`: whether this version was analysed; `asked`:
    whose review is missing.
    """
    count = sum(one.region == region.id for one in judged)
    findings = f"{count} finding{'' if count == 1 else 's'}" if known else "being analysed"
    whose = f" · to be reviewed by {asked}" if asked else ""
    return f"{_ai(region)}: {tool(region.insertion.origin)} · {findings} · {region.standing}{whose}"


def _ai(region: Region) -> str:
    """Evidence that is the shape of an edit only is never shown as if somebody had said so."""
    return "Possibly AI" if _is_guess(region) else "AI"


def _is_guess(region: Region) -> bool:
    return region.insertion.evidence is Evidence.INFERRED


def harmless(text: str) -> str:
    """Markdown that shows the text and nothing else: text from a repository must not bring links, images or HTML.

    What stands between backticks is code already and stays as it is.
    """
    if "``" in text or text.count("`") % 2:
        return _escaped(text.replace("`", "'"))
    parts = text.split("`")
    return "`".join(part if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]<>*_#|])", r"\\\1", text)
