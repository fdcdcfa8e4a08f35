"""What an agent wants to write, looked at before it does: why that is refused, in words that it can act on.

Only what the edit itself brings counts: a finding that the file has already is no reason to refuse another edit of it.
What cannot be told or analysed is let through; it is shown as not analysed when it is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gifthorse.model.finding import Report
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Text
from gifthorse.provenance.fresh import fresh
from gifthorse.provenance.holdings import add, empty
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.folders import plain, real, root_of
from gifthorse.workspace.analysis import Analysts, Document
from gifthorse.workspace.judge import Judged, judge
from gifthorse.workspace.limits import limits_for
from gifthorse.workspace.modules import Modules, root_for
from gifthorse.workspace.owners import Held
from gifthorse.workspace.policies import DENIED, denied, words
from gifthorse.workspace.root import Workspace

MOST_SHOWN = 5
REMEDY = (
    "Write it without that, and try again. If it has to be as it is, leave this edit to a person, who can make it or "
    "switch this check off; do not write it in another way that does the same."
)

LEAVE_IT = (
    "Do not write there by any other way. Go on without this file, or say what should be changed in it, so that a "
    "person can do it; who owns the project can change the policy."
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file as it is (empty where there is none), and as an agent wants to have it."""

    path: Path
    before: bytes
    after: bytes


def refusal(proposals: Sequence[Proposal]) -> str:
    """Why these edits are refused, or "" where they are not.

    Raises AnalysisError where nothing can be analysed, ValueError where the rules cannot be loaded.
    """
    wanted = [one for one in proposals if one.before != one.after]
    if not wanted:
        return ""
    catalogue = load_catalogue()
    places = [(one, Workspace(root_of(one.path), catalogue=catalogue)) for one in wanted]
    inside = [(one, workspace) for one, workspace in places if not _is_excluded(one.path, workspace)]
    reasons = list(_reasons(inside, catalogue)) if inside else []
    return "\n".join([_summary(reasons), *reasons[:MOST_SHOWN], REMEDY]) if reasons else ""


def unwelcome(paths: Sequence[Path], origin: Origin) -> str:
    """Why an assistant may not write to one of these files at all, or "" where it may.

    Raises ValueError where the rules cannot be loaded.
    """
    insertion = Insertion("proposed", origin, Evidence.HOOKED, "", "", None, 1)
    catalogue, reasons = load_catalogue(), []
    for path in paths:
        workspace = Workspace(root_of(path), catalogue=catalogue)
        by = denied(workspace.config.policies, workspace.name_of(path) or plain(path.name), insertion)
        if by and DENIED not in workspace.config.off:
            reasons.append(f"- {plain(path.name)}: {words(by, insertion)} ({DENIED})")
    return "\n".join(["Gifthorse refuses this edit:", *reasons[:MOST_SHOWN], LEAVE_IT]) if reasons else ""


def _is_excluded(path: Path, workspace: Workspace) -> bool:
    name = workspace.name_of(path)
    return name is not None and workspace.excludes(name)


def _summary(reasons: Sequence[str]) -> str:
    more = f" (the first {MOST_SHOWN} of {len(reasons)})" if len(reasons) > MOST_SHOWN else ""
    return f"Gifthorse refuses this edit, because of what it would bring{more}:"


def _reasons(places: Sequence[tuple[Proposal, Workspace]], catalogue: Catalogue) -> Iterator[str]:
    folders = tuple(dict.fromkeys(workspace.root for _, workspace in places))
    limits = limits_for(workspace.config for _, workspace in places)

    def shelves() -> Modules:
        return Modules(catalogue.languages, lambda path: root_for(path, folders))

    with Analysts(1, limits, shelves=shelves) as analysts:
        for _, workspace in places:
            analysts.teach(str(workspace.root), tuple(workspace.own.rules.values()))
        reports = [report for _, report in analysts.analyse(_documents(places))]
    for (one, workspace), before, after in zip(places, reports[::2], reports[1::2], strict=True):
        known = {finding.fingerprint for finding in _findings(one, one.before, before, workspace, ())}
        text = Text.of(one.after)
        spans = fresh(one.before, one.after)
        for judged in _findings(one, one.after, after, workspace, [one.before]):
            finding = judged.finding
            brought = any(span.overlaps(finding.span) for span in spans)
            sure = workspace.config.refusals.cover(finding.severity, finding.confidence)
            if sure and (brought or judged.fingerprint not in known):
                yield _words(one.path, text, judged, workspace.catalogue)


def _documents(places: Sequence[tuple[Proposal, Workspace]]) -> Iterator[Document]:
    """Both texts of each file."""
    for one, workspace in places:
        name = workspace.name_of(one.path) or plain(one.path.name)
        for content in (one.before, one.after):
            yield Document(name, content, str(real(one.path)), str(workspace.root))


def _findings(
    one: Proposal, content: bytes, report: Report, workspace: Workspace, before: Iterable[bytes]
) -> Sequence[Judged]:
    """What a person would see; text that is new since `before` is an assistant's, whose comments silence nothing."""
    text, holdings = Text.of(content), empty()
    for old in before:
        insertion = Insertion("proposed", Origin("", "agent"), Evidence.HOOKED, "", "", None, 1)
        holdings = add(holdings, text, insertion, fresh(old, content))
    name = workspace.name_of(one.path) or ""
    judged = judge(report, text, Held(holdings), workspace.config, workspace.catalogue, name)
    return [found for found in judged if found.finding.rule in workspace.catalogue.rules]


def _words(path: Path, text: Text, judged: Judged, catalogue: Catalogue) -> str:
    finding = judged.finding
    rule = catalogue.rules.get(finding.rule)
    line = text.line_at(finding.span.start) + 1
    instead = f" Instead: {rule.instead}" if rule and rule.instead else ""
    return f"- {plain(path.name)}, line {line}: {finding.message} ({finding.rule}, {finding.severity}).{instead}"
