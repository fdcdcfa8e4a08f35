"""What an assistant's part of a change brings: risks in its lines, and what only the difference shows. No output.

A line is an assistant's by all that is known of it (authorship.py). What nobody wrote down is unknown, and is only
looked at where the whole change is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gifthorse.change.compare import detectors
from gifthorse.change.dependencies import ecosystem_of
from gifthorse.change.hunks import Hunk, hunks_of
from gifthorse.model.dependency import Declared
from gifthorse.model.finding import Report
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.provenance.lines import LineClass
from gifthorse.store.beside import beside
from gifthorse.store.differences import Difference
from gifthorse.store.files import BINARY, SNIFFED
from gifthorse.store.folders import real
from gifthorse.store.manifests import declared
from gifthorse.store.regular import read_regular
from gifthorse.store.trees import Disk
from gifthorse.workspace.analysis import Analysts, Document, cores
from gifthorse.workspace.authorship import Line, authorship
from gifthorse.workspace.carried import line_spans
from gifthorse.workspace.history import History
from gifthorse.workspace.judge import NOT_ANALYSED, Judged, Judgement, judge_all
from gifthorse.workspace.limits import limits_for
from gifthorse.workspace.modules import Modules, root_for
from gifthorse.workspace.movedalong import MovedAlong
from gifthorse.workspace.owners import Owners
from gifthorse.workspace.policies import DENIED, allowed
from gifthorse.workspace.root import Workspace
from gifthorse.workspace.survey import Aside, Surveyed, is_program

ASSISTANTS = frozenset({LineClass.AI, LineClass.MIXED})
NEAR = 3
"""Lines between an assistant's and a place where something was only taken away, that count as the same edit."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file's part of a change that is looked at: its text, the spans that are new in it, what it is held against,
    its Regions, what only others say is an assistant's (notes, traces, comments) as if it were Regions, and how many
    lines are new and how many of them an assistant's.
    """

    difference: Difference
    text: Text
    spans: tuple[Span, ...]
    before: bytes
    regions: tuple[Region, ...]
    new_lines: int
    ai_lines: int
    stated: tuple[Region, ...] = ()

    @property
    def touched(self) -> tuple[Region, ...]:
        """All that is an assistant's and has text in what is new."""
        known = (*self.regions, *self.stated)
        return tuple(one for one in known if any(a.overlaps(b) for a in one.spans for b in self.spans))

    def first(self, region: Region) -> Span:
        """The first of a Region's spans with text in what is new."""
        return next(one for one in region.spans if any(one.overlaps(span) for span in self.spans))


def set_aside(workspace: Workspace, difference: Difference) -> Aside | None:
    """Why a changed file is not looked into, if it is not."""
    largest, after = workspace.config.bounds.file_bytes, difference.after or b""
    name, path = difference.name, workspace.root / difference.name
    if max(len(after), len(difference.before or b"")) > largest:
        return Aside(path, workspace.root, name, f"larger than {largest:,} bytes", unknown=True)
    if b"\0" in after[:SNIFFED] and not is_program(workspace.catalogue, name):
        return Aside(path, workspace.root, name, BINARY, unknown=False)
    return None


def part_of(history: History, difference: Difference, *, whole: bool) -> Part | None:
    """An assistant's part of what changed in one file, or (`whole`) all of it; None where there is none."""
    after = difference.after
    if after is None:
        return None
    before, text = difference.before or b"", Text.of(after)
    hunks = hunks_of(before, after)
    known = authorship(history, difference.name, text)
    spans = line_spans(after)
    ai = {line.number for line in known.lines if line.kind in ASSISTANTS}
    lines = [[number for number, span in enumerate(spans, 1) if span.overlaps(hunk.new)] for hunk in hunks]
    pairs = zip(hunks, lines, strict=True)
    wanted = hunks if whole else [hunk for hunk, numbers in pairs if _is_ai(hunk, numbers, ai, spans)]
    new = [number for numbers in lines for number in numbers]
    if not wanted:
        return None
    parts = [spans[number - 1] for numbers in lines for number in numbers if whole or number in ai]
    regions = tuple(known.regions.values())
    held = before if whole else _without(before, after, wanted)
    stated = tuple(_stated(known.lines, spans))
    return Part(difference, text, tuple(parts), held, regions, len(new), len(ai.intersection(new)), stated)


def _stated(lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[Region]:
    """Lines that notes, traces or comments call an assistant's, as if they were Regions: one of each writer."""
    found: dict[tuple[str, str, Evidence], list[Span]] = {}
    for line, span in zip(lines, spans, strict=False):
        first = line.first
        if first and line.kind in ASSISTANTS and not (first.region or line.blank):
            found.setdefault((first.tool, first.model, first.evidence or Evidence.DECLARED), []).append(span)
    for number, ((tool, model, evidence), pieces) in enumerate(found.items()):
        insertion = Insertion(f"stated-{number}", Origin(tool, "recorded", model or None), evidence, "", "", None, 0)
        yield Region(insertion, tuple(pieces), 0, Standing.UNREVIEWED)


def _is_ai(hunk: Hunk, numbers: Sequence[int], ai: set[int], spans: Sequence[Span]) -> bool:
    """Whether an assistant's line is in a hunk; of one that only took something away, whether one is beside it."""
    if numbers:
        return not ai.isdisjoint(numbers)
    at = next((number for number, span in enumerate(spans, 1) if span.start >= hunk.new.start), len(spans))
    return any(number in ai for number in range(at - NEAR, at + NEAR + 1))


def _without(before: bytes, after: bytes, hunks: Sequence[Hunk]) -> bytes:
    """The new text with the old lines in place of these hunks'."""
    pieces, at = list[bytes](), 0
    for hunk in hunks:
        pieces += [after[at : hunk.new.start], before[hunk.old.start : hunk.old.end]]
        at = hunk.new.end
    return b"".join([*pieces, after[at:]])


def check(history: History, parts: Sequence[Part]) -> Iterator[tuple[Part, Surveyed]]:
    """Each part with what it brings, in order. Raises AnalysisError where nothing can be analysed."""
    if not parts:
        return
    workspace = history.workspace
    root, languages = real(workspace.root), workspace.catalogue.languages
    limits, others = limits_for([workspace.config]), partial(Modules, languages, lambda path: root_for(path, (root,)))
    with Analysts(min(cores(), len(parts)), limits, shelves=others) as analysts:
        analysts.teach(str(real(workspace.root)), tuple(workspace.own.rules.values()))
        declarations, moved = _Declarations(workspace), MovedAlong([part.difference for part in parts])
        documents = (_document(workspace, part, declarations) for part in parts)
        for part, (_, report) in zip(parts, analysts.analyse(documents), strict=True):
            yield part, _surveyed(history, part, moved.without(part.difference.name, report))


class _Declarations:
    """What the manifests around changed files say after the change; what holds for a folder is looked for once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[tuple[str, str], Declared | None] = {}

    def of(self, name: str) -> Declared | None:
        """What is declared for a file of that name."""
        root, packages = self._workspace.root, self._workspace.catalogue.packages
        key = name.rpartition("/")[0], ecosystem_of(name.rpartition("/")[2], packages)
        if key not in self._known:
            tree = self._workspace.versions.after if self._workspace.versions else None
            self._known[key] = declared(root / name, root, packages, tree)
        return self._known[key]


def _document(workspace: Workspace, part: Part, declarations: _Declarations) -> Document:
    name, root = part.difference.name, str(real(workspace.root))
    may = allowed(workspace.config.grants, name)
    near = beside(name, workspace.root, workspace.versions.after if workspace.versions else Disk(workspace.root))
    return Document(
        name, bytes(part.text), _place(workspace, part), root, part.before, may, declarations.of(name), near
    )


def _place(workspace: Workspace, part: Part) -> str:
    """The real path of a file, if what it imports can be looked for on disk: if it and all around it is as on disk."""
    if workspace.versions is None or not workspace.versions.on_disk:
        return ""
    path, text = real(workspace.root / part.difference.name), bytes(part.text)
    try:
        return str(path) if read_regular(path, len(text)) == text else ""
    except OSError:
        return ""


def _surveyed(history: History, part: Part, report: Report) -> Surveyed:
    """What a part brings: findings in its lines, and what only the difference shows."""
    workspace, name = history.workspace, part.difference.name
    owners = Owners(part.regions, part.stated)
    judgement = judge_all(report, part.text, owners, workspace.config, workspace.catalogue, name)
    of_changes = {rule.id for rule in workspace.catalogue.rules.values() if rule.detector in detectors()}
    changed = {one.id for one in part.touched}
    shown = tuple(
        _at_home(one, name, workspace.root / name)
        for one in judgement.shown
        if one.finding.rule in (NOT_ANALYSED, *of_changes)
        or (one.finding.rule == DENIED and one.region in changed)
        or any(one.finding.span.overlaps(span) for span in part.spans)
    )
    silenced = tuple(
        one
        for one in judgement.silenced
        if any(one.judged.finding.span.overlaps(span) or one.comment.overlaps(span) for span in part.spans)
    )
    judgement = Judgement(shown, silenced)
    path = workspace.root / name
    regions = (*part.regions, *part.stated)
    return Surveyed(path, workspace.root, name, part.text, report.language, judgement, regions, report.incomplete)


def _at_home(judged: Judged, name: str, path: Path) -> Judged:
    """The finding with its steps in the file itself: the analysis process knows no more than the file's name."""
    here = tuple(
        replace(step, elsewhere=replace(step.elsewhere, path=str(path)))
        if step.elsewhere and step.elsewhere.path.lstrip("/") == name
        else step
        for step in judged.finding.steps
    )
    return replace(judged, finding=replace(judged.finding, steps=here))
