"""Judged findings -> the protocol's diagnostics, as plain data. Pure; sending them is session.py's.

Plain dictionaries, because this runs for every keystroke; the tests put every message through lsprotocol's types.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.convert import uri_of
from gifthorse.lsp.places import Places, places
from gifthorse.model.finding import CWE, Finding, Step
from gifthorse.model.rule import Catalogue, Rule
from gifthorse.model.text import Encoding, Text
from gifthorse.workspace.judge import Judged, Level

SEVERITIES = {Level.ERROR: 1, Level.WARNING: 2, Level.INFORMATION: 3, Level.HINT: 4}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


def diagnostics(
    judged: Sequence[Judged], text: Text, uri: str, catalogue: Catalogue, encoding: Encoding
) -> list[dict[str, Any]]:
    """One diagnostic for each judged finding, in their order."""
    where = places(text, encoding, len(judged))
    return [diagnostic(one, where, uri, catalogue.rules.get(one.finding.rule)) for one in judged]


def diagnostic(one: Judged, where: Places, uri: str, rule: Rule | None) -> dict[str, Any]:
    """The diagnostic of one finding. Its message is never empty: VS Code would drop all of the file's otherwise."""
    finding = one.finding
    shown: dict[str, Any] = {
        "range": where.range(finding.span),
        "severity": SEVERITIES[one.level],
        "code": finding.rule,
        "source": protocol.SOURCE,
        "message": finding.message or (rule.title if rule else "") or finding.rule,
        "data": {"fingerprint": one.fingerprint},
    }
    if one.region is not None:
        shown["data"]["region"] = one.region
    if rule is not None and (href := explanation(rule)):
        shown["codeDescription"] = {"href": href}
    if finding.steps:
        shown["relatedInformation"] = _steps(finding, where, uri)
    return shown


def explanation(rule: Rule) -> str:
    """The address where a rule is explained: its first reference, else its CWE's page, else nothing."""
    if rule.references:
        return rule.references[0]
    return CWE.format(rule.cwe[0]) if rule.cwe else ""


def result_id(items: Sequence[dict[str, Any]]) -> str:
    """A name for exactly these diagnostics, so that a client that has them need not get them again."""
    return hashlib.blake2b(json.dumps(items, sort_keys=True).encode(), digest_size=12).hexdigest()


def _steps(finding: Finding, where: Places, uri: str) -> list[dict[str, Any]]:
    return [{"location": _location(step, where, uri), "message": step.note} for step in finding.steps]


def _location(step: Step, where: Places, uri: str) -> dict[str, Any]:
    """Where a step is: in this text, or in that of another file."""
    if step.elsewhere is None:
        return {"uri": uri, "range": where.range(step.span)}
    text, span = step.placed(where.text)
    path = step.elsewhere.path  # another cell of a notebook has an address and no path
    there = path if _ADDRESS.match(path) else uri_of(path)
    return {"uri": there, "range": places(text, where.encoding, 1).range(span)}
