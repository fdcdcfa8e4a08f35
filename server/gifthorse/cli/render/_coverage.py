"""The table of families and languages on a terminal, and what there is in all."""

from rich import box
from rich.table import Table
from rich.text import Text

from gifthorse.cli.render._rules import console_of
from gifthorse.model.coverage import COLUMNS, Row, Totals, rows, totals
from gifthorse.model.rule import Catalogue

KINDS = {
    "code": "Code",
    "configuration": "Configuration",
    "text": "Text, whatever the language",
}
EXPLAINED, MISSING = "-", "?"


def print_coverage(catalogue: Catalogue) -> bool:
    """The tables, the totals, and the cells that are empty and unexplained. Whether there is none of these."""
    console = console_of()
    found = rows(catalogue)
    for kind, title in KINDS.items():
        members = [row for row in found if row.family.kind == kind]
        if members:
            console.print(_table(title, members, catalogue))
    console.print(in_words(totals(catalogue)))
    missing = [(row.family.id, row.unexplained()) for row in found if row.unexplained()]
    console.print(f"{sum(len(names) for _, names in missing)} cells are empty without a reason.")
    for family, names in missing:
        console.print(Text(f"  {family}: {', '.join(names)}", style="yellow"))
    return not missing


def in_words(sums: Totals) -> str:
    """The totals as one sentence each."""
    share = f"{100 * sums.fixed / sums.grave:.0f} %" if sums.grave else "none"
    return (
        f"{sums.rules} rules in {sums.families} families, {sums.tests} tests. "
        f"{sums.matches:,} matches (rule, language, API): {sums.patterns:,} by patterns, {sums.sinks:,} by flows to "
        f"known sinks. {sums.fixes} rules have a fix; of the {sums.grave} of priority P0 and P1, {sums.fixed} "
        f"({share}) have one that is mechanical or behavioural."
    )


def _table(title: str, members: list[Row], catalogue: Catalogue) -> Table:
    columns = COLUMNS[members[0].family.kind]
    table = Table(title=title, title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("family", no_wrap=True)
    table.add_column("")
    for name in columns:
        table.add_column(catalogue.languages[name].title if name in catalogue.languages else name, justify="right")
    table.add_column("others")
    for row in members:
        cells = [cell(row, name) for name in columns]
        table.add_row(row.family.id, row.family.priority, *cells, elsewhere(row))
    return table


def elsewhere(row: Row) -> str:
    """How many rules read every file, and how many speak of languages that are no columns."""
    found = [f"every file {row.everywhere}"] if row.everywhere else []
    return ", ".join([*found, *(f"{name} {count}" for name, count in row.others.items())])


def cell(row: Row, name: str) -> str:
    """What stands in one cell: how many rules, or a mark for an explained or unexplained nothing."""
    return str(row.cells[name] or (EXPLAINED if name in row.family.absent else MISSING))
