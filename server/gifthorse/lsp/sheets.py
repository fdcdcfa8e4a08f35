"""The cells of notebooks on their way to the worker: those of one notebook in one language are analysed as one text.

A name that one cell gives is known in those below it, as in the notebook. The session knows single documents only, and
so do clients: what is found is handed back cell by cell. Documents that are no cells go through as they are.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from gifthorse.engine.magics import language_in, without_magics
from gifthorse.lsp.convert import smallest_edit
from gifthorse.model.finding import Elsewhere, Finding, Fix, Report, Step
from gifthorse.model.terms import NO_TERMS, Terms
from gifthorse.model.text import Edit, Span, Text
from gifthorse.worker.documents import NOWHERE, File
from gifthorse.worker.limits import Limits
from gifthorse.worker.pool import Worker
from gifthorse.worker.state import Reply

GAP = b"\n"


@dataclass(slots=True, eq=False)
class _Cell:
    uri: str
    version: int
    language_id: str
    content: bytes
    file: File
    notebook: str = ""
    sheet: str = ""
    said: tuple[int, Report] | None = None

    @property
    def language(self) -> str:
        return language_in(self.content, self.language_id)

    @property
    def plain(self) -> bytes:
        return without_magics(self.content, self.language_id)


@dataclass(slots=True)
class _Sheet:
    """Cells of one language in their order; `starts` are where they begin in the text that the worker has."""

    language: str
    version: int
    cells: tuple[_Cell, ...]
    pieces: list[bytes]
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.measure()

    def measure(self) -> None:
        at, self.starts = 0, []
        for piece in self.pieces:
            self.starts.append(at)
            at += len(piece) + len(GAP)

    def find(self, offset: int) -> int:
        """The number of the cell in which an offset of the whole text lies."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def local(self, number: int, span: Span) -> Span:
        """A span of the whole text as one of a cell, cut off at the cell's ends."""
        start, end = self.starts[number], self.starts[number] + len(self.pieces[number])
        return Span(min(max(span.start, start), end) - start, min(max(span.end, start), end) - start)


class Sheets:
    """Stands before a worker and is called as it is, on the loop's thread."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._cells: dict[str, _Cell | None] = {}
        self._orders: dict[str, tuple[str, ...]] = {}
        self._sheets: dict[str, _Sheet] = {}
        self._versions = count(1)

    def expect(self, uris: Iterable[str]) -> None:
        """The documents of these URIs, which will be opened, are cells."""
        self._cells |= dict.fromkeys(uris)

    def arrange(self, notebook: str, order: Sequence[str]) -> None:
        """The notebook (its URI) has these cells, which are open, in this order; none when it is closed."""
        self._orders.pop(notebook, None)
        groups: dict[str, list[_Cell]] = {}
        for uri in order:
            if cell := self._cells.get(uri):
                cell.notebook, cell.sheet = notebook, f"{notebook}#{cell.language}"
                groups.setdefault(cell.language, []).append(cell)
        if order:
            self._orders[notebook] = tuple(order)
        sheets = {f"{notebook}#{language}": self._sheet(language, cells) for language, cells in groups.items()}
        for name in [name for name in self._sheets if name.startswith(f"{notebook}#")]:
            del self._sheets[name]
            if name not in sheets:
                self._worker.close(name)
        self._sheets |= sheets
        for name, sheet in sheets.items():
            content, file = GAP.join(sheet.pieces), sheet.cells[0].file
            self._worker.open(name, sheet.version, sheet.language, content, file)

    def open(self, uri: str, version: int, language_id: str, content: bytes, file: File = NOWHERE) -> None:
        """As the worker's; a cell is not looked at before it is arranged."""
        if uri in self._cells:
            self._cells[uri] = _Cell(uri, version, language_id, content, file)
        else:
            self._worker.open(uri, version, language_id, content, file)

    def change(self, uri: str, version: int, edits: Sequence[Edit]) -> None:
        """As the worker's."""
        cell = self._cells.get(uri)
        if cell is None:
            self._worker.change(uri, version, edits)
            return
        language, cell.version = cell.language, version
        for span, new in edits:
            cell.content = cell.content[: span.start] + new + cell.content[span.end :]
        if cell.language == language:
            self._change(cell)
        else:
            self.arrange(cell.notebook, self._orders.get(cell.notebook, ()))

    def against(self, uri: str, version: int, before: bytes | None, terms: Terms = NO_TERMS) -> None:
        """As the worker's; a cell is held against nothing."""
        if uri not in self._cells:
            self._worker.against(uri, version, before, terms)

    def close(self, uri: str) -> None:
        """As the worker's; the notebook is arranged anew afterwards."""
        if uri in self._cells:
            del self._cells[uri]
        else:
            self._worker.close(uri)

    def release(self, uri: str) -> None:
        """As the worker's: for a cell, the text that it is part of is looked at again."""
        cell = self._cells.get(uri)
        self._worker.release(cell.sheet if cell else uri)

    def allow(self, limits: Limits) -> None:
        """As the worker's."""
        self._worker.allow(limits)

    def replies(self, reply: Reply) -> Iterator[Reply]:
        """A reply of the worker's as replies about documents; for cells, those of which there is something new."""
        sheet = self._sheets.get(reply.uri)
        if sheet is None:
            yield reply
        elif sheet.version == reply.version:
            for number, cell in enumerate(sheet.cells):
                report = _part(sheet, number, reply.report)
                if cell.said != (cell.version, report):
                    cell.said = (cell.version, report)
                    yield Reply(cell.uri, cell.version, report, reply.settled)

    def _sheet(self, language: str, cells: Sequence[_Cell]) -> _Sheet:
        return _Sheet(language, next(self._versions), tuple(cells), [cell.plain for cell in cells])

    def _change(self, cell: _Cell) -> None:
        """Give the worker what is new in one cell."""
        sheet = self._sheets.get(cell.sheet)
        if sheet is None:
            return  # it is arranged in a moment
        number = sheet.cells.index(cell)
        start, before, after = sheet.starts[number], sheet.pieces[number], cell.plain
        edit = smallest_edit(before, after)
        sheet.pieces[number] = after
        sheet.measure()
        sheet.version = next(self._versions)
        edits = () if edit is None else (Edit(edit.span.shifted(start), edit.new),)
        self._worker.change(cell.sheet, sheet.version, edits)


def _part(sheet: _Sheet, number: int, report: Report) -> Report:
    """What a report says of one cell."""
    findings = tuple(_finding(sheet, number, one) for one in report.findings if sheet.find(one.span.start) == number)
    comments = tuple(sheet.local(number, one) for one in report.comments if sheet.find(one.start) == number)
    return replace(report, findings=findings, comments=comments)


def _finding(sheet: _Sheet, number: int, finding: Finding) -> Finding:
    return replace(
        finding,
        span=sheet.local(number, finding.span),
        fixes=tuple(_fix(sheet, number, fix) for fix in finding.fixes if _is_within(sheet, number, fix)),
        steps=tuple(_step(sheet, number, step) for step in finding.steps),
    )


def _is_within(sheet: _Sheet, number: int, fix: Fix) -> bool:
    """Whether the fix changes this cell alone: an edit of another document cannot be part of it."""
    return all(
        sheet.find(start) == number
        and sheet.local(number, Span(start, end)) == Span(start, end).shifted(-sheet.starts[number])
        for (start, end), _ in fix.edits
    )


def _fix(sheet: _Sheet, number: int, fix: Fix) -> Fix:
    return replace(fix, edits=tuple(Edit(sheet.local(number, edit.span), edit.new) for edit in fix.edits))


def _step(sheet: _Sheet, number: int, step: Step) -> Step:
    """The step in this cell, or in the one where it stands, which is a document of its own."""
    if step.elsewhere is not None:
        return step
    other = sheet.find(step.span.start)
    span = sheet.local(other, step.span)
    if other == number:
        return replace(step, span=span)
    cell = sheet.cells[other]
    text = Text.of(cell.content)
    first, last = text.position(span.start, "utf-8").line, text.position(span.end, "utf-8").line
    lines = Span(text.line_span(first).start, text.line_span(last).end)
    where = Elsewhere(cell.uri, first, text.slice(lines))
    return Step(span.shifted(-lines.start), step.note, where)
