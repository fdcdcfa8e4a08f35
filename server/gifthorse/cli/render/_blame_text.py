"""Blame for people at a terminal: a rule with the origin above each block of lines, findings below theirs.

Nothing is said by colour alone: what is an assistant's has a heavy bar, what is partly so a broken one.
"""

import os
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from gifthorse.cli.render._blame import Blamed, Block, Share, blocks, counts, day, details, label, shares, who
from gifthorse.cli.render._excerpt import rows, visible
from gifthorse.cli.render._outcome import WORDS, counted, place
from gifthorse.cli.render.text import STYLES
from gifthorse.model.text import Span
from gifthorse.provenance.lines import LineClass
from gifthorse.workspace.carried import line_spans
from gifthorse.workspace.judge import Judged

NARROWEST, WIDEST, UNSEEN = 60, 160, 104
FANCY = {LineClass.AI: "┃", LineClass.MIXED: "╏", LineClass.HUMAN: "│", LineClass.UNKNOWN: "│"}
PLAIN = {LineClass.AI: "#", LineClass.MIXED: "%", LineClass.HUMAN: "|", LineClass.UNKNOWN: "|"}
COLOURS = {LineClass.AI: "magenta", LineClass.MIXED: "yellow", LineClass.HUMAN: "green", LineClass.UNKNOWN: "dim"}


def render(blamed: Blamed, sink: TextIO) -> None:
    """Write the whole of it to `sink`, in colour where it is a terminal that has it."""
    person = sink.isatty() or "COLUMNS" in os.environ
    width = None if person else UNSEEN
    console = Console(file=sink, width=width, highlight=False, soft_wrap=True, emoji=False, markup=False)
    look = _Look(blamed, console)
    lines = look.everything()
    if not console.is_terminal:
        sink.writelines(f"{line.plain.rstrip()}\n" for line in lines)
        return
    with console:  # It is written at once, not line by line.
        for line in lines:
            line.rstrip()
            console.print(line)


class _Look:
    """How it looks on one terminal: its width, and which characters it can show."""

    def __init__(self, blamed: Blamed, console: Console) -> None:
        self.blamed = blamed
        self.console = console
        self.encoding = console.encoding or "ascii"
        fancy = self.encoding.lower().replace("_", "-") in ("utf-8", "utf8", "utf-16", "utf-32")
        self.bars = FANCY if fancy else PLAIN
        self.dash, self.dot, self.under, self.more = ("─", "·", "━", "…") if fancy else ("-", "-", "^", "...")
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self.gutter = len(str(blamed.last))
        self.spans = line_spans(bytes(blamed.shown))

    def safe(self, text: str) -> str:
        """Nothing that a terminal would obey."""
        return visible(text, self.encoding)

    def everything(self) -> Iterator[Styled]:
        """All lines of the output."""
        by_line: dict[int, list[Judged]] = {}
        for judged in self.blamed.judged:
            by_line.setdefault(self.blamed.line_of(judged), []).append(judged)
        for block in blocks(self.blamed):
            yield from self.head(block)
            for line in block.lines:
                yield self.source(line.number, line.kind)
                marked: Span | None = None
                for judged in by_line.get(line.number, ()):
                    yield from self.finding(judged, line.kind, marked=judged.finding.span == marked)
                    marked = judged.finding.span
        yield Styled()
        yield from self.summary()

    def head(self, block: Block) -> Iterator[Styled]:
        """The rule above a block: class and who at the left, the commit at the right, the rest below where it is long."""
        style = COLOURS[block.kind]
        name = label(block.kind, block.first)
        names = who(block.first) if block.first and block.kind is not LineClass.UNKNOWN else ""
        commit = self.commit(block)
        room = self.width - cell_len(commit) - 8
        left = self.cut(self.safe(f"{name}  {names}" if names else name), room)
        said = [self.safe(words) for words in details(self.blamed, block)]
        joined = f"  {f' {self.dot} '.join(said)}" if said else ""
        inline = cell_len(left) + cell_len(joined) <= room
        rule = Styled.assemble((f"{self.dash * 2} ", style), (left, f"bold {style}"), joined if inline else "", " ")
        fill = self.dash * max(1, self.width - rule.cell_len - cell_len(commit) - 1)
        yield rule + Styled.assemble((fill, style), " ", (commit, "dim"))
        if said and not inline:
            yield from self.wrapped(f" {self.dot} ".join(said), block.kind)

    def commit(self, block: Block) -> str:
        """The commit in at most half of the width."""
        commit = block.commit
        if commit is None:
            return "not committed"
        about = f" {day(commit)}"
        author = self.cut(self.safe(commit.author), self.width // 2 - len(about) - len(commit.short) - 2)
        return f"{commit.short} {author}{about}"

    def cut(self, text: str, width: int) -> str:
        """As much of it as fits."""
        if cell_len(text) <= width:
            return text
        while text and cell_len(text) > width - len(self.more):
            text = text[:-1]
        return text + self.more

    def wrapped(self, text: str, kind: LineClass) -> Iterator[Styled]:
        """Words below a rule, in as many lines as they need."""
        begin = f" {'':>{self.gutter}} {self.bars[kind]} "
        parts = Styled(text).wrap(self.console, max(20, self.width - len(begin)))
        yield from (Styled.assemble((begin, COLOURS[kind]), part) for part in parts)

    def source(self, number: int, kind: LineClass) -> Styled:
        """One line of the file."""
        span = self.spans[number - 1]
        shown = rows(self.blamed.shown, Span(span.start, span.start), self.width - self.gutter - 4, self.encoding)
        begin = Styled.assemble((f" {number:>{self.gutter}} ", "dim"), (self.bars[kind], COLOURS[kind]))
        return begin + f" {shown[0].shown}" if shown and shown[0].shown else begin

    def finding(self, judged: Judged, kind: LineClass, *, marked: bool) -> Iterator[Styled]:
        """What is wrong with the line above. `marked`: its place is underlined already."""
        style = STYLES[judged.level]
        row = rows(self.blamed.shown, judged.finding.span, self.width - self.gutter - 4, self.encoding)[0]
        begin = Styled.assemble(f" {'':>{self.gutter}} ", (self.bars[kind], COLOURS[kind]), " ")
        if row.end > row.start and not marked:
            yield begin + Styled.assemble(" " * row.start, (self.under * (row.end - row.start), style))
        column = place(self.blamed.shown, judged.finding.span.start)[1]
        words = Styled.assemble(
            (f"{WORDS[judged.level]} {judged.finding.rule}", style),
            f"  {self.safe(judged.finding.message)} (column {column})",
        )
        for part in words.wrap(self.console, max(20, self.width - self.gutter - 4)):
            yield begin + part

    def summary(self) -> Iterator[Styled]:
        """The last lines: what the file is, by class and by assistant, and what one should know of it."""
        found = counts(self.blamed.lines)
        whole = sum(found.values())
        names = {LineClass.AI: "AI", LineClass.MIXED: "mixed", LineClass.HUMAN: "a person's"}
        parts = [
            f"{count:,} {names.get(kind, str(kind))} ({count / whole:.0%})" for kind, count in found.items() if count
        ]
        head = Styled(f"{self.safe(self.blamed.path)}  ", "bold")
        if (self.blamed.first, self.blamed.last) != (1, len(self.blamed.authorship.lines)):
            head += Styled(f"lines {self.blamed.first}-{self.blamed.last}  ")
        yield head + Styled(f"{counted(whole, 'line')}: {', '.join(parts) or 'none with text'}")
        yield from self.table()
        for notice in self.blamed.notices:
            yield from Styled(self.safe(notice), "dim").wrap(self.console, self.width)

    def table(self) -> Iterator[Styled]:
        """One line for each assistant."""
        found = shares(self.blamed)
        if not found:
            return
        heads = ("assistant", "lines", "left", "findings", "evidence", "review")
        cells = [tuple(map(self.safe, self.cells(share))) for share in found]
        widths = [max(cell_len(row[n]) for row in (heads, *cells)) for n in range(len(heads))]
        widths[0] = max(len(heads[0]), min(widths[0], self.width - sum(widths[1:]) - 2 * len(heads)))
        yield Styled(self.row(heads, widths), "dim")
        for row in cells:
            yield Styled(self.row(row, widths))

    def row(self, cells: Sequence[str], widths: Sequence[int]) -> str:
        """One line of the table: names to the left, numbers to the right."""
        name = self.cut(cells[0], widths[0])
        begin = f"  {name}{' ' * (widths[0] - cell_len(name))}"
        return f"{begin}  {cells[1]:>{widths[1]}}  {cells[2]:>{widths[2]}}  {cells[3]:>{widths[3]}}  {cells[4]:<{widths[4]}}  {cells[5]}"

    @staticmethod
    def cells(share: Share) -> tuple[str, ...]:
        """What the table says of one assistant."""
        kept = f"{share.kept:.0%}" if share.kept is not None else "?"
        states = ", ".join(f"{count} {name}" for name, count in sorted(share.standings.items()))
        return (share.who, f"{share.lines:,}", kept, f"{share.findings:,}", ", ".join(share.evidence), states)
