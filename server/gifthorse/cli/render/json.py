"""Findings as JSON for programs: a stable shape, described in docs/json.md and only ever extended.

Lines and columns count from 1, columns in characters (code points); `offset` counts UTF-8 bytes from 0.
"""

import json
from pathlib import Path
from typing import Any, TextIO

from gifthorse import __version__
from gifthorse.cli.render._outcome import Outcome, place, reason, region_of
from gifthorse.model.finding import Fix, Remote, Step
from gifthorse.model.region import Region
from gifthorse.model.text import Span, Text
from gifthorse.store.table import Problem
from gifthorse.workspace.judge import Judged
from gifthorse.workspace.survey import Surveyed

FORMAT = 1


def render(outcome: Outcome, sink: TextIO) -> None:
    """Write the whole outcome to `sink` as one JSON object, in ASCII, with a line end."""
    json.dump(shape(outcome), sink, indent=2)
    sink.write("\n")


def shape(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain data."""
    findings = [_finding(outcome, file, judged) for file, judged in outcome.findings()]
    silenced = [
        {**_finding(outcome, file, one.judged), "reason": one.reason, "comment": _range(one.comment, file.text)}
        for file in outcome.files
        for one in file.judgement.silenced
    ]
    skipped = [aside for aside in outcome.aside if not aside.unknown]
    return {
        "format": FORMAT,
        "tool": {"name": "gifthorse", "version": __version__, "catalogue": outcome.catalogue.version},
        "summary": {
            "analysed": outcome.analysed,
            "findings": len(findings),
            "silenced": len(silenced),
            "notAnalysed": len(outcome.unknown()),
            "skipped": len(skipped),
            "inBaseline": outcome.known,
            "belowThreshold": outcome.below,
        },
        "findings": findings,
        "silenced": silenced,
        "notAnalysed": [{"path": outcome.shown_path(path), "why": reason(why)} for path, why in outcome.unknown()],
        "skipped": [{"path": outcome.shown_path(aside.path), "why": aside.why} for aside in skipped],
        "configuration": {
            "problems": [_problem(problem) for problem in outcome.problems],
            "ignored": [_problem(problem) for problem in outcome.ignored],
        },
    }


def _finding(outcome: Outcome, file: Surveyed, judged: Judged) -> dict[str, Any]:
    finding = judged.finding
    rule = outcome.catalogue.rules.get(finding.rule)
    region = region_of(file, judged)
    return {
        "path": outcome.shown_path(file.path),
        "language": file.language,
        "rule": finding.rule,
        "title": rule.title if rule else "",
        "cwe": list(rule.cwe) if rule else [],
        "message": finding.message,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "certainty": str(finding.certainty),
        "level": str(judged.level),
        "range": _range(finding.span, file.text),
        "fingerprint": judged.fingerprint,
        "region": _region(region) if region else None,
        "fixes": [_fix(fix, file.text) for fix in finding.fixes],
        "steps": [_step(step, outcome, file.text) for step in finding.steps],
    }


def _step(step: Step, outcome: Outcome, text: Text) -> dict[str, Any]:
    """A step; one in another file names that, and has no offsets."""
    if step.elsewhere is None:
        return {"range": _range(step.span, text), "note": step.note}
    text, span = step.placed(text)
    (line, column), (last, end) = place(text, span.start), place(text, span.end)
    where = {"start": {"line": line, "column": column}, "end": {"line": last, "column": end}}
    return {"path": outcome.shown_path(Path(step.elsewhere.path)), "range": where, "note": step.note}


def _range(span: Span, text: Text) -> dict[str, Any]:
    return {"start": _place(span.start, text), "end": _place(span.end, text)}


def _place(offset: int, text: Text) -> dict[str, int]:
    line, column = place(text, offset)
    return {"line": line, "column": column, "offset": offset}


def _region(region: Region) -> dict[str, Any]:
    insertion = region.insertion
    return {
        "id": region.id,
        "tool": insertion.origin.tool,
        "model": insertion.origin.model,
        "session": insertion.origin.session,
        "kind": insertion.origin.kind,
        "evidence": str(insertion.evidence),
        "insertedAt": insertion.at or None,
        "retained": round(region.retained, 4),
        "standing": str(region.standing),
    }


def _fix(fix: Fix, text: Text) -> dict[str, Any]:
    edits = [{"range": _range(edit.span, text), "new": edit.new.decode("utf-8", "replace")} for edit in fix.edits]
    elsewhere = [_remote(one) for one in fix.elsewhere]
    return {
        "title": fix.title,
        "kind": str(fix.kind),
        "edits": edits,
        **({"elsewhere": elsewhere} if elsewhere else {}),
    }


def _remote(remote: Remote) -> dict[str, Any]:
    """An edit of another file: where it begins there, and what is written."""
    text, edit = remote.placed()
    line, column = place(text, edit.span.start)
    return {"path": remote.path, "line": line, "column": column, "new": edit.new.decode("utf-8", "replace")}


def _problem(problem: Problem) -> dict[str, Any]:
    version = {"version": problem.version} if problem.version else {}
    return {"file": problem.path, **version, "line": problem.line, "message": problem.message, "remedy": problem.remedy}
