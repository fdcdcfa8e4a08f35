"""Blame as one page of HTML: blocks that the Tab key goes through, findings that lead to each other."""

from typing import TextIO

from gifthorse.cli.render._blame import Blamed, Block, blocks, counts, day, details, label, shares, who
from gifthorse.cli.render._outcome import WORDS, counted, place
from gifthorse.cli.render._page import escaped, page, table
from gifthorse.provenance.lines import LineClass
from gifthorse.workspace.carried import lines_of
from gifthorse.workspace.judge import Judged

NAMES = {LineClass.AI: "AI", LineClass.MIXED: "mixed", LineClass.HUMAN: "a person's", LineClass.UNKNOWN: "unknown"}


def render(blamed: Blamed, sink: TextIO) -> None:
    """Write the whole page to `sink`."""
    lines = lines_of(bytes(blamed.shown))
    numbers = {id(judged): number for number, judged in enumerate(blamed.judged, 1)}
    parts = [_head(blamed), '<main id="lines">\n<h2>Lines</h2>\n']
    parts.extend(_block(blamed, block, lines, numbers) for block in blocks(blamed))
    sink.write(page(f"Who wrote {blamed.path}", "".join([*parts, "</main>\n"]), "lines"))


def _head(blamed: Blamed) -> str:
    found = counts(blamed.lines)
    whole = sum(found.values())
    told = ", ".join(f"{count:,} {NAMES[kind]} ({count / whole:.0%})" for kind, count in found.items() if count)
    bar = "".join(
        f'<span class="{kind}" style="width:{100 * count / whole:.2f}%"></span>'
        for kind, count in found.items()
        if count
    )
    heads = [
        ("Assistant", False),
        ("Lines", True),
        ("Left", True),
        ("Findings", True),
        ("Evidence", False),
        ("Review", False),
    ]
    rows = [
        [
            share.who,
            f"{share.lines:,}",
            f"{share.kept:.0%}" if share.kept is not None else "?",
            f"{share.findings:,}",
            ", ".join(share.evidence),
            ", ".join(f"{count} {name}" for name, count in sorted(share.standings.items())),
        ]
        for share in shares(blamed)
    ]
    notices = "".join(f'<p class="soft">{escaped(notice)}</p>' for notice in blamed.notices)
    return (
        f"<header>\n<h1>{escaped(blamed.path)}</h1>\n"
        f"<p>Lines {blamed.first:,} to {blamed.last:,}, {counted(whole, 'line')} with text: {told or 'none'}.</p>\n"
        f'<div class="bar" role="img" aria-label="{escaped(told)}">{bar}</div>\n'
        f"{table(heads, rows, 'What each assistant has') if rows else ''}"
        f"{_findings(blamed)}"
        f"{notices}</header>\n"
    )


def _findings(blamed: Blamed) -> str:
    if not blamed.judged:
        return "<p>Nothing was found in these lines.</p>\n" if blamed.analysed else ""
    items = "".join(
        f'<li><a href="#f{number}">line {blamed.line_of(judged)}: {escaped(judged.finding.rule)}</a> ({WORDS[judged.level]})</li>\n'
        for number, judged in enumerate(blamed.judged, 1)
    )
    return (
        f'<nav aria-label="Findings">\n<h2>{counted(len(blamed.judged), "finding")}</h2>\n<ol>\n{items}</ol>\n</nav>\n'
    )


def _block(blamed: Blamed, block: Block, lines: list[bytes], numbers: dict[int, int]) -> str:
    first, last = block.lines[0].number, block.lines[-1].number
    name = label(block.kind, block.first)
    names = who(block.first) if block.first and block.kind is not LineClass.UNKNOWN else ""
    said = " · ".join(details(blamed, block))
    spoken = f"Lines {first} to {last}: {name} {names}"
    return (
        f'<section class="block {block.kind}" tabindex="0" aria-label="{escaped(spoken)}">\n<div class="head">'
        f'<span><span class="class">{escaped(name)}</span> {escaped(names)}</span><span>{escaped(said)}</span>'
        f'<span class="commit soft">{_commit(block)}</span></div>\n{_source(blamed, block, lines, numbers)}</section>\n'
    )


def _commit(block: Block) -> str:
    commit = block.commit
    if commit is None:
        return "not committed"
    return f'<span title="{escaped(commit.subject)}">{commit.short} {escaped(commit.author)} {day(commit)}</span>'


def _source(blamed: Blamed, block: Block, lines: list[bytes], numbers: dict[int, int]) -> str:
    """The lines, cut where a finding is told."""
    here: dict[int, list[Judged]] = {}
    for judged in blamed.judged:
        here.setdefault(blamed.line_of(judged), []).append(judged)
    parts, run = [], []
    for line in block.lines:
        content = escaped(lines[line.number - 1].rstrip(b"\r").decode("utf-8", "surrogateescape"))
        mark = ' m" title="partly AI' if line.kind is LineClass.MIXED and block.kind is not LineClass.MIXED else ""
        run.append(f'<span id="L{line.number}"><span class="n{mark}">{line.number}</span>{content}</span>\n')
        if found := here.get(line.number):
            parts.append(f"<pre>{''.join(run)}</pre>\n{''.join(_finding(blamed, one, numbers) for one in found)}")
            run = []
    return "".join(parts) + (f"<pre>{''.join(run)}</pre>\n" if run else "")


def _finding(blamed: Blamed, judged: Judged, numbers: dict[int, int]) -> str:
    number = numbers[id(judged)]
    word = WORDS[judged.level]
    line, column = place(blamed.shown, judged.finding.span.start)
    onward = (
        f' <a href="#f{number + 1}">next finding</a>' if number < len(numbers) else ' <a href="#lines">to the top</a>'
    )
    return (
        f'<p class="finding {word}" id="f{number}" tabindex="-1"><strong>{word}</strong> {escaped(judged.finding.rule)}: '
        f"{escaped(judged.finding.message)} (line {line}, column {column}){onward}</p>\n"
    )
