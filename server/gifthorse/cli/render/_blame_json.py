"""Blame as JSON for programs: a stable shape, described in docs/git.md and only ever extended. Lines count from 1."""

import json
from typing import Any, TextIO

from gifthorse import __version__
from gifthorse.cli.render._blame import Blamed, Block, blocks, counts, moment, retained, shares, standing
from gifthorse.cli.render._outcome import place
from gifthorse.model.region import Region
from gifthorse.provenance.statements import Statement
from gifthorse.store.objects import Commit
from gifthorse.workspace.authorship import Line
from gifthorse.workspace.judge import Judged

FORMAT = 1


def render(blamed: Blamed, sink: TextIO) -> None:
    """Write the whole of it to `sink` as one JSON object, in ASCII, with a line end."""
    json.dump(shape(blamed), sink, indent=2)
    sink.write("\n")


def shape(blamed: Blamed) -> dict[str, Any]:
    """It as plain data."""
    return {
        "format": FORMAT,
        "tool": {"name": "gifthorse", "version": __version__},
        "path": blamed.path,
        "lines": {"first": blamed.first, "last": blamed.last},
        "summary": {
            "counts": {str(kind): count for kind, count in counts(blamed.lines).items()},
            "assistants": [
                {
                    "who": share.who,
                    "lines": share.lines,
                    "evidence": list(share.evidence),
                    "retained": None if share.kept is None else round(share.kept, 4),
                    "findings": share.findings,
                    "standings": dict(share.standings),
                }
                for share in shares(blamed)
            ],
        },
        "blocks": [_block(blamed, block) for block in blocks(blamed)],
        "commits": {name: _commit(commit) for name, commit in blamed.authorship.commits.items()},
        "regions": {name: _region(region) for name, region in blamed.authorship.regions.items()},
        "findings": [_finding(blamed, judged) for judged in blamed.judged],
        "analysed": blamed.analysed,
        "notices": list(blamed.notices),
    }


def _block(blamed: Blamed, block: Block) -> dict[str, Any]:
    kept = retained(blamed, block)
    return {
        "first": block.lines[0].number,
        "last": block.lines[-1].number,
        "class": str(block.kind),
        "commit": block.commit.id if block.commit else None,
        "retained": None if kept is None else round(kept, 4),
        "standing": standing(blamed, block) or None,
        "statements": [statement_shape(one) for one in block.statements],
        "lines": [_line(line) for line in block.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    cause = {"path": line.cause.path, "line": line.cause.line} if line.cause else None
    return {"number": line.number, "class": str(line.kind), "share": round(line.share, 4), "committedAs": cause}


def statement_shape(one: Statement) -> dict[str, Any]:
    """A statement as plain data."""
    return {
        "class": str(one.kind),
        "source": str(one.source),
        "evidence": str(one.evidence) if one.evidence else None,
        "tool": one.tool or None,
        "model": one.model or None,
        "session": one.session or None,
        "person": one.person or None,
        "region": one.region or None,
        "commit": one.where or None,
    }


def _commit(commit: Commit) -> dict[str, Any]:
    return {"author": commit.author, "email": commit.email, "time": moment(commit), "subject": commit.subject}


def _region(region: Region) -> dict[str, Any]:
    insertion = region.insertion
    return {
        "tool": insertion.origin.tool,
        "model": insertion.origin.model,
        "session": insertion.origin.session,
        "kind": insertion.origin.kind,
        "evidence": str(insertion.evidence),
        "insertedAt": insertion.at,
        "retained": round(region.retained, 4),
        "standing": str(region.standing),
    }


def _finding(blamed: Blamed, judged: Judged) -> dict[str, Any]:
    finding = judged.finding
    return {
        "line": blamed.line_of(judged),
        "column": place(blamed.shown, finding.span.start)[1],
        "rule": finding.rule,
        "message": finding.message,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "level": str(judged.level),
        "fingerprint": judged.fingerprint,
        "region": judged.region,
    }
