"""docs/coverage.md: the table of families and languages, and why there is nothing where there is nothing."""

from gifthorse.cli.render._coverage import KINDS, cell, elsewhere, in_words
from gifthorse.model.coverage import COLUMNS, rows, totals

HEAD = """\
# What the rules cover

*Made from the rules by `make docs`; `gifthorse rules coverage` prints the same.*

{totals}

A number says how many rules of that family find something in that language. Code in other text is looked at as what it is, so the languages' columns also hold for scripts in pages, shell in Dockerfiles and workflows, and cells of notebooks.
A dash is explained below the table; a question mark is a hole that nobody has explained yet.

How it is counted: a *rule* is one file. A *match* is a (rule, language, API): one pattern of a rule as it is written in the file, times the languages that it is written for (alternatives in braces such as `{{get,post}}` are one pattern, and TypeScript is not counted again where JavaScript's patterns hold for it); where a rule follows outside text to a kind of sink, one name of such a sink as it is written in `queries/knowledge/` for that language. A fix counts where it is `mechanical` or `behavioural`: one that needs finishing does not.
"""


def pages(catalogue):
    found = rows(catalogue)
    parts = [HEAD.format(totals=in_words(totals(catalogue)))]
    for kind, title in KINDS.items():
        members = [row for row in found if row.family.kind == kind]
        parts += [f"## {title}\n", table(kind, members, catalogue)]
        reasons = [line for row in members for line in why_not(row, catalogue)]
        if reasons:
            parts += [f"### {title}: why there is nothing\n", "\n".join(reasons) + "\n"]
    return {"coverage.md": "\n".join(parts)}


def table(kind, members, catalogue):
    titles = [title_of(name, catalogue) for name in COLUMNS[kind]]
    lines = ["| " + " | ".join(["family", "", *titles, "elsewhere", "what"]) + " |"]
    lines.append("| " + " | ".join(["---", "---", *["---:"] * len(titles), "---", "---"]) + " |")
    for row in members:
        cells = [cell(row, name) for name in COLUMNS[kind]]
        name = f"[{row.family.title}](rules/{row.family.id}.md)" if row.rules else row.family.title
        lines.append("| " + " | ".join([name, row.family.priority, *cells, elsewhere(row), row.family.what]) + " |")
    return "\n".join(lines) + "\n"


def why_not(row, catalogue):
    by_reason = {}
    for name, why in row.family.absent.items():
        by_reason.setdefault(why, []).append(title_of(name, catalogue))
    for why, names in by_reason.items():
        yield f"- **{row.family.title}**, {', '.join(names)}: {why}"


def title_of(name, catalogue):
    return catalogue.languages[name].title if name in catalogue.languages else name
