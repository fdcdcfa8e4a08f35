"""docs/rules/<family>.md: one page a family with all that its rules say."""

import re

from gifthorse.model.advice import markdown, pieces
from gifthorse.model.finding import CWE

HEAD = """\
# {title}

*Made from the rules by `make docs`. [All families](../coverage.md) · [the format of rules](../rules.md)*

{what}
"""


def pages(catalogue):
    found = {}
    for family in catalogue.families.values():
        rules = [rule for rule in catalogue.rules.values() if rule.family == family.id]
        if rules:
            head = HEAD.format(title=family.title, what=family.what)
            found[f"rules/{family.id}.md"] = "\n".join([head, *(section(rule, catalogue) for rule in rules)])
    return found


def section(rule, catalogue):
    languages = ", ".join(catalogue.languages[name].title for name in rule.languages) or "every file"
    weaknesses = ", ".join(f"[CWE-{number}]({CWE.format(number)})" for number in rule.cwe)
    parts = [
        f"## {rule.id}",
        f"**{escaped(rule.title)}.** Severity {rule.severity}, confidence {rule.confidence}. {weaknesses}. In {languages}.",
        f"> {escaped(rule.message)}",
        "### What can happen\n\n" + "\n\n".join(escaped(piece.text) for piece in pieces(rule.why, {})),
        "### What to write instead\n\n"
        + markdown([shown(piece) for piece in pieces(rule.instead, catalogue.languages)]),
        "### Fixes\n\n" + fixes(rule),
        f"### Where it is wrong about your code\n\n`gifthorse: allow {rule.id} -- why this is safe here`, in a comment",
        "### Read on\n\n" + "\n".join(f"- <{reference}>" for reference in rule.references),
    ]
    return "\n\n".join(parts) + "\n"


def shown(piece):
    return piece if piece.code else type(piece)(escaped(piece.text))


def fixes(rule):
    found = {fix.title: fix.kind for fix in (*(match.fix for match in rule.matches if match.fix), *flow_fixes(rule))}
    return (
        "\n".join(f"- {escaped(title)} ({kind})" for title, kind in found.items())
        or "None: it takes a person to decide."
    )


def flow_fixes(rule):
    return (fix for flow in rule.flows for fix in flow.fixes)


def escaped(text):
    """Words that Markdown would take for HTML or emphasis, outside of code."""
    parts = text.strip().split("`")
    if len(parts) % 2 == 0:
        return re.sub(r"([<>*_\\[\]`])", r"\\\1", text.strip())
    return "`".join(
        part if number % 2 else re.sub(r"([<>*_\\[\]])", r"\\\1", part) for number, part in enumerate(parts)
    )
