"""Statistics as JSON for programs: a stable shape, described in docs/git.md and only ever extended."""

import json
from typing import Any, TextIO

from gifthorse import __version__
from gifthorse.cli.render._stats import SEVERITIES, TABLES, Counted, rows
from gifthorse.workspace.statistics import Count

FORMAT = 1


def render(counted: Counted, sink: TextIO) -> None:
    """Write everything to `sink` as one JSON object, in ASCII, with a line end."""
    json.dump(shape(counted), sink, indent=2)
    sink.write("\n")


def shape(counted: Counted) -> dict[str, Any]:
    """It as plain data. All tables are there, whichever were asked for."""
    found = counted.statistics
    return {
        "format": FORMAT,
        "tool": {"name": "gifthorse", "version": __version__},
        "title": counted.title,
        "commits": found.commits,
        "files": found.files,
        "analysed": found.analysed,
        "notAnalysed": found.unanalysed,
        "total": _count(found.total(), found.analysed),
        "by": {
            table: [
                {"name": name, **_count(count, found.analysed), "assistants": _count(ours, found.analysed)}
                for name, count, ours in rows(counted, table)
            ]
            for table in TABLES
        },
        "notices": list(found.notices),
    }


def _count(count: Count, analysed: bool) -> dict[str, Any]:
    told = {
        "inserted": count.inserted,
        "retained": count.retained,
        "mixed": count.mixed,
        "reviewed": count.reviewed,
    }
    findings = {str(one): count.findings[one] for one in SEVERITIES} if analysed else None
    per = {str(one): round(count.density(one), 2) for one in SEVERITIES} if analysed else None
    return {**told, "findings": findings, "findingsPer1000Lines": per}
