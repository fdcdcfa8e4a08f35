"""Findings as SARIF 2.1.0, for code scanning services and viewers.

Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS Standard, 27 March 2020. What was
not analysed is a notification of the run, never a result.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from gifthorse import __version__
from gifthorse.cli.render._outcome import SCORES, Outcome, author, reason, region_of
from gifthorse.model.advice import markdown, pieces, plain
from gifthorse.model.finding import CWE, Fix, Step
from gifthorse.model.rule import Language, Rule
from gifthorse.model.text import Span, Text
from gifthorse.store.table import Problem
from gifthorse.workspace.judge import Judged, Level, Silenced
from gifthorse.workspace.survey import Surveyed

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "gifthorse/v1"
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFORMATION: "note", Level.HINT: "note"}
NOT_ANALYSED, SKIPPED, CONFIGURATION = "not-analysed", "skipped", "configuration"
NOTIFICATIONS = {
    NOT_ANALYSED: "A file was not, or not fully, analysed: it is not known to be clean.",
    SKIPPED: "A file or folder was left out on purpose.",
    CONFIGURATION: "Something in the configuration is wrong, or was ignored for want of trust.",
}


def render(outcome: Outcome, sink: TextIO) -> None:
    """Write the whole outcome to `sink` as one SARIF log, in ASCII, with a line end."""
    json.dump(shape(outcome), sink, indent=2)
    sink.write("\n")


def shape(outcome: Outcome) -> dict[str, Any]:
    """The SARIF log as plain data."""
    judged = [
        *((file, one, None) for file, one in outcome.findings()),
        *((file, one.judged, one) for file in outcome.files for one in file.judgement.silenced),
    ]
    names = sorted({one.finding.rule for _, one, _ in judged})
    bases = _Bases(outcome)
    run = {
        "tool": {"driver": _driver(names, outcome)},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": bases.declared,
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(outcome, bases)}],
        "results": [_result(file, one, silenced, names, bases) for file, one, silenced in judged],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


class _Bases:
    """The roots, each with its own name, that the URIs of files are relative to.

    A root below the working directory gives way to that: `scan src` speaks of `src/app.py`, as people and other
    tools do.
    """

    def __init__(self, outcome: Outcome) -> None:
        roots = [*(file.root for file in outcome.files), *(aside.root for aside in outcome.aside)]
        found = dict.fromkeys(outcome.base if root.is_relative_to(outcome.base) else root for root in roots)
        self._roots = sorted(found, key=lambda root: len(root.parts), reverse=True)
        self._ids = {root: f"ROOT{number}" if number else "SRCROOT" for number, root in enumerate(found)}
        self.declared = {name: {"uri": _folder_uri(root)} for root, name in self._ids.items()}

    def location(self, path: Path) -> dict[str, str]:
        """The artifactLocation of a path."""
        for root in self._roots:
            if path.is_relative_to(root):
                relative = path.relative_to(root).as_posix()
                return {"uri": quote(relative.encode("utf-8", "surrogateescape")), "uriBaseId": self._ids[root]}
        return {"uri": path.absolute().as_uri()}


def _folder_uri(folder: Path) -> str:
    uri = folder.as_uri()
    return uri if uri.endswith("/") else uri + "/"


def _driver(names: list[str], outcome: Outcome) -> dict[str, Any]:
    rules, languages = outcome.catalogue.rules, outcome.catalogue.languages
    return {
        "name": "gifthorse",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rules[name], languages) if name in rules else {"id": name} for name in names],
        "notifications": [{"id": name, "shortDescription": {"text": says}} for name, says in NOTIFICATIONS.items()],
    }


def _rule(rule: Rule, languages: Mapping[str, Language]) -> dict[str, Any]:
    why = rule.why.strip()
    described: dict[str, Any] = {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": why or rule.title},
        "help": _help(rule, languages),
        "properties": {
            "tags": ["security", rule.family, *(f"external/cwe/cwe-{number}" for number in rule.cwe)],
            "precision": str(rule.confidence),
            "security-severity": SCORES[rule.severity],
        },
    }
    if rule.references:
        described["helpUri"] = rule.references[0]
    return described


def _help(rule: Rule, languages: Mapping[str, Language]) -> dict[str, str]:
    """The whole explanation, for viewers that show it beside a result: as plain text, and as Markdown."""
    advice = pieces(rule.instead, languages)
    allow = f"gifthorse: allow {rule.id} -- why this is safe here"
    weaknesses = [f"CWE-{number}" for number in rule.cwe]
    text = [rule.why.strip(), "Instead:", plain(advice), "Where it is wrong about your code, say so in a comment:"]
    text += [f"    {allow}", "Read on: " + ", ".join([*weaknesses, *rule.references])]
    links = [f"[{word}]({CWE.format(number)})" for word, number in zip(weaknesses, rule.cwe, strict=True)]
    shown = [f"**What can happen.** {rule.why.strip()}", "**Instead.**", markdown(advice)]
    shown += [f"**Where it is wrong about your code**, say so in a comment: `{allow}`"]
    shown += ["**Read on:** " + ", ".join([*links, *(f"<{one}>" for one in rule.references)])]
    return {"text": "\n\n".join(text), "markdown": "\n\n".join(shown)}


def _result(
    file: Surveyed, judged: Judged, silenced: Silenced | None, names: list[str], bases: _Bases
) -> dict[str, Any]:
    finding, text, where = judged.finding, file.text, bases.location(file.path)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": names.index(finding.rule),
        "level": LEVELS[judged.level],
        "message": {"text": finding.message},
        "locations": [_location(finding.span, text, where)],
        "partialFingerprints": {FINGERPRINT: judged.fingerprint},
        "properties": _properties(file, judged),
    }
    if finding.fixes:
        result["fixes"] = [_fix(fix, file, where, bases) for fix in finding.fixes]
    if finding.steps:
        steps = [{"location": _step(step, text, where, bases)} for step in finding.steps]
        if finding.steps[-1].elsewhere or finding.steps[-1].span != finding.span:
            steps.append({"location": _location(finding.span, text, where, finding.message)})
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if silenced is not None:
        place = _location(silenced.comment, text, where)
        result["suppressions"] = [
            {"kind": "inSource", "status": "accepted", "justification": silenced.reason, "location": place}
        ]
    return result


def _step(step: Step, text: Text, where: dict[str, str], bases: _Bases) -> dict[str, Any]:
    """Where a step is. Of another file nothing is quoted: nobody has looked for secrets in it here."""
    if step.elsewhere is None:
        return _location(step.span, text, where, step.note)
    other, span = step.placed(text)
    place = {"artifactLocation": bases.location(Path(step.elsewhere.path)), "region": _region(span, other)}
    return {"physicalLocation": place, "message": {"text": step.note}}


def _properties(file: Surveyed, judged: Judged) -> dict[str, Any]:
    finding, region = judged.finding, region_of(file, judged)
    said: dict[str, Any] = {
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "certainty": str(finding.certainty),
    }
    if region:
        origin = region.insertion.origin
        said["region"] = {
            "id": region.id,
            "author": author(region.insertion),
            "kind": origin.kind,
            "evidence": str(region.insertion.evidence),
            "standing": str(region.standing),
        }
    return said


def _location(span: Span, text: Text, where: dict[str, str], says: str = "") -> dict[str, Any]:
    region = _region(span, text)
    snippet = text.slice(span)[:2_000].decode("utf-8", "replace")
    physical = {"artifactLocation": where, "region": {**region, "snippet": {"text": snippet}}}
    return {"physicalLocation": physical, **({"message": {"text": says}} if says else {})}


def _region(span: Span, text: Text) -> dict[str, int]:
    start, end = text.position(span.start, "utf-16"), text.position(span.end, "utf-16")
    return {
        "startLine": start.line + 1,
        "startColumn": start.character + 1,
        "endLine": end.line + 1,
        "endColumn": end.character + 1,
    }


def _fix(fix: Fix, file: Surveyed, where: dict[str, str], bases: _Bases) -> dict[str, Any]:
    made = [(where, file.text, edit) for edit in fix.edits]
    made += [(bases.location(file.root / one.path), *one.placed()) for one in fix.elsewhere]
    changes: dict[str, dict[str, Any]] = {}
    for place, text, edit in made:
        change = changes.setdefault(place["uri"], {"artifactLocation": place, "replacements": []})
        written = {"text": edit.new.decode("utf-8", "replace")}
        change["replacements"].append({"deletedRegion": _region(edit.span, text), "insertedContent": written})
    return {"description": {"text": fix.title}, "artifactChanges": list(changes.values())}


def _notifications(outcome: Outcome, bases: _Bases) -> list[dict[str, Any]]:
    return [
        *(_notice(NOT_ANALYSED, "warning", reason(why), bases.location(path)) for path, why in outcome.unknown()),
        *(_notice(SKIPPED, "note", one.why, bases.location(one.path)) for one in outcome.aside if not one.unknown),
        *(_about(problem, "warning") for problem in outcome.problems),
        *(_about(problem, "note") for problem in outcome.ignored),
    ]


def _notice(kind: str, level: str, says: str, where: dict[str, str]) -> dict[str, Any]:
    place = {"physicalLocation": {"artifactLocation": where}}
    return {
        "descriptor": {"id": kind, "index": list(NOTIFICATIONS).index(kind)},
        "level": level,
        "message": {"text": says},
        "locations": [place],
    }


def _about(problem: Problem, level: str) -> dict[str, Any]:
    says = f"{problem.file}:{problem.line}: {problem.message} {problem.remedy}"
    return {
        "descriptor": {"id": CONFIGURATION, "index": list(NOTIFICATIONS).index(CONFIGURATION)},
        "level": level,
        "message": {"text": says},
    }
