"""One self-contained page of HTML: no scripts, nothing from outside, everything from a file escaped.

It knows the frame and the looks; what is on the page is the callers'.
"""

import html

from gifthorse import __version__
from gifthorse.cli.render._excerpt import visible

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
TAB = "    "
STYLE = """
:root { color-scheme: light dark; --ink: #1c1b22; --paper: #fdfcfa; --soft: #6a6772; --rule: #dcd8d2; --ai: #8b2fa8;
  --mixed: #9a6700; --person: #1a7f37; --unknown: #8c8a93; --error: #b3261e; --warning: #9a5b00; --card: #f5f2ed; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6ee; --paper: #17161c; --soft: #a29fab; --rule: #35333d;
  --ai: #d58bee; --mixed: #e0b050; --person: #6fce8a; --unknown: #85828e; --error: #ff8a80; --warning: #f0b35a;
  --card: #201f27; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
a { color: inherit; } a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--ai); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
.soft { color: var(--soft); } .number { text-align: right; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; margin: .5rem 0; } th, td { padding: .2rem .9rem .2rem 0; text-align: left;
  vertical-align: top; border-bottom: 1px solid var(--rule); } .scroll { overflow-x: auto; }
td:first-child { overflow-wrap: anywhere; min-width: 8rem; }
th { font-weight: 600; color: var(--soft); } th.number, td.number { text-align: right; white-space: nowrap; }
.bar { display: flex; height: .8rem; border-radius: .4rem; overflow: hidden; background: var(--rule); margin: .6rem 0; }
.bar span { display: block; } .bar .ai { background: var(--ai); } .bar .human { background: var(--person); }
.bar .mixed { background: repeating-linear-gradient(45deg, var(--mixed) 0 4px, transparent 4px 8px); }
section.block { margin: 0 0 .6rem; border-left: .35rem solid var(--unknown); background: var(--card); }
section.ai { border-left-color: var(--ai); } section.mixed { border-left: .35rem dashed var(--mixed); }
section.human { border-left-color: var(--person); }
.head { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .3rem .8rem; border-bottom: 1px solid var(--rule);
  font-size: .9rem; } .head .class { font-weight: 700; } .ai .class { color: var(--ai); }
.mixed .class { color: var(--mixed); } .human .class { color: var(--person); } .head .commit { margin-left: auto; }
pre { margin: 0; overflow-x: auto; padding: .3rem 0; font: .875rem/1.45 ui-monospace, monospace; }
pre .n { display: inline-block; width: 4.5em; padding-right: 1em; text-align: right; color: var(--soft); user-select: none; }
pre .m { color: var(--mixed); } .finding { margin: 0; padding: .2rem .8rem .2rem 5rem; font-size: .9rem; }
.finding strong { color: var(--soft); } .finding.error strong { color: var(--error); }
.finding.warning strong { color: var(--warning); }
footer { margin-top: 2rem; color: var(--soft); font-size: .85rem; }
@media print { body { max-width: none; } section.block { break-inside: avoid; } }
"""


def escaped(text: str) -> str:
    """Text from anywhere, fit to stand on a page: nothing in it is markup, nothing invisible stays invisible."""
    return html.escape(visible(text.expandtabs(len(TAB))), quote=True)


def page(title: str, body: str, target: str) -> str:
    """The whole page. `title` is plain text, `body` is HTML, `target` the id that the skip link leads to."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#{target}">Skip to the content</a>\n{body}\n'
        f"<footer>Made by Gifthorse {escaped(__version__)}. Unknown means unknown, not written by a person.</footer>\n"
        "</body>\n</html>\n"
    )


def table(heads: list[tuple[str, bool]], rows: list[list[str]], caption: str) -> str:
    """A table of plain texts. `heads`: (name, whether its column holds numbers)."""
    style = ['class="number"' if number else "" for _, number in heads]
    head = "".join(f'<th scope="col" {how}>{escaped(name)}</th>' for (name, _), how in zip(heads, style, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td {how}>{escaped(cell)}</td>" for cell, how in zip(row, style, strict=True)) + "</tr>\n"
        for row in rows
    )
    label = escaped(caption)
    whole = f'<table aria-label="{label}">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n'
    return f'<div class="scroll" tabindex="0">\n{whole}</div>\n'
