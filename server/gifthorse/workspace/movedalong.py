"""Controls that moved into another file of the same change: what is gone here and was brought there is not gone.

Each file is held against what it was by itself; only who knows all files of a change can tell that one took over.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gifthorse.change.hunks import hunks_of
from gifthorse.model.finding import Finding, Report
from gifthorse.store.differences import Difference

REMOVED = "control-removed"
MOST_LINES = 20_000
"""So many brought lines of a change are looked through: one that is larger moves whole folders."""
_NAMES = re.compile(r"[A-Za-z_]\w*")
_FEW = 2
"""A line that has at least so many names of a control, and all of them, says the same."""


class MovedAlong:
    """What the files of a change bring, by their names."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        self._brought: Mapping[str, list[str]] = {one.name: _brought(one) for one in differences}

    def without(self, name: str, report: Report) -> Report:
        """The report of a file without what only moved from it into another one."""
        others = [line for other, lines in self._brought.items() if other != name for line in lines]
        if not others or len(others) > MOST_LINES:
            return report
        kept = tuple(one for one in report.findings if one.rule != REMOVED or not _is_among(one, others))
        return report if len(kept) == len(report.findings) else replace(report, findings=kept)


def _brought(difference: Difference) -> list[str]:
    before, after = difference.before or b"", difference.after or b""
    lines = (after[hunk.new.start : hunk.new.end].decode("utf-8", "replace") for hunk in hunks_of(before, after))
    return [line.strip() for text in lines for line in text.splitlines() if line.strip()]


def _is_among(finding: Finding, lines: Sequence[str]) -> bool:
    step = finding.steps[0] if finding.steps else None
    if step is None or step.elsewhere is None:
        return False
    words = step.elsewhere.lines[step.span.start : step.span.end].decode("utf-8", "replace")
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    names = set(_NAMES.findall(first))
    return len(names) >= _FEW and any(first in line or names <= set(_NAMES.findall(line)) for line in lines)
