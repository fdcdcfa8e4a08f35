"""Statistics as one page of HTML without scripts."""

from typing import TextIO

from gifthorse.cli.render._outcome import counted as worded
from gifthorse.cli.render._page import escaped, page, table
from gifthorse.cli.render._stats import MOST_ROWS, Counted, cells, heads, remarks, rows, summary

LEGEND = "High, medium, low: findings per 1,000 retained lines. Reviewed: approved lines of assistants."


def render(counted: Counted, sink: TextIO) -> None:
    """Write the whole page to `sink`."""
    found = counted.statistics
    head = (
        f"<header>\n<h1>{escaped(counted.title)}</h1>\n<p>{escaped(summary(counted))}.</p>\n"
        f'<p class="soft">{worded(found.commits, "commit")}, {worded(found.files, "file")}. {LEGEND}</p>\n</header>\n'
    )
    told = "".join(f'<p class="soft">{escaped(remark)}</p>\n' for remark in remarks(counted))
    body = "".join(_section(counted, name) for name in counted.tables)
    sink.write(page(counted.title, f'{head}<main id="tables">\n{body}</main>\n{told}', "tables"))


def _section(counted: Counted, name: str) -> str:
    found = [[label, *cells(counted, name, count, ours)] for label, count, ours in rows(counted, name)]
    more = f'<p class="soft">and {len(found) - MOST_ROWS:,} more</p>\n' if len(found) > MOST_ROWS else ""
    columns = [(f"By {name}", False), *((column, True) for column in heads(name))]
    return f'<section tabindex="0" aria-label="By {name}">\n{table(columns, found[:MOST_ROWS], f"By {name}")}{more}</section>\n'
