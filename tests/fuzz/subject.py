"""The process that the engine is tried in: reads texts on its standard input, says what it did wrong, if anything.

A text comes as one line of JSON: {"path", "canary", "text", "edits"} with bytes in Latin-1. The answer is one line:
empty, or what is wrong. A crash or a silence longer than the limit is for the other end to notice.
"""

import json
import sys
import traceback
from collections.abc import Sequence

from gifthorse.engine.inspect import Inspection, inspect, reinspect
from gifthorse.model.finding import Report
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Span
from gifthorse.store.catalogue import load_catalogue


def misplaced(report: Report, content: bytes) -> str:
    """A finding, comment or fix that does not lie in the text."""
    size = len(content)
    for finding in report.findings:
        places = [finding.span, *(edit.span for fix in finding.fixes for edit in fix.edits)]
        if any(not 0 <= place.start <= place.end <= size for place in places):
            return f"{finding.rule} lies outside of the text: {places}"
    if any(not 0 <= span.start <= span.end <= size for span in report.comments):
        return "a comment lies outside of the text"
    return ""


def tried(path: str, canary: str, text: bytes, edits: Sequence[tuple[int, int, bytes]], catalogue: Catalogue) -> str:
    """What is wrong about the answers for a text and for a few edits of it, or nothing.

    `canary`: the rule that the first lines of the text break; silence about it must be explained.
    """
    seen = inspect(text, path, None, catalogue)
    wrong = misplaced(seen.report, text)
    found = {finding.rule for finding in seen.report.findings}
    if not wrong and canary and not seen.report.incomplete and canary not in found:
        wrong = f"{canary} was not found in what is called clean"
    for start, end, new in edits:
        if wrong:
            break
        text = text[:start] + new + text[end:]
        seen = reinspect(seen, [Edit(Span(start, end), new)], text)
        wrong = misplaced(seen.report, text) or differing(seen, text, path, catalogue)
    return wrong


def differing(seen: Inspection, text: bytes, path: str, catalogue: Catalogue) -> str:
    """Whether a text that parses got another answer after edits than from scratch."""
    fresh = inspect(text, path, None, catalogue).report
    if fresh.incomplete or seen.report.incomplete or fresh.findings == seen.report.findings:
        return ""
    one, other = ({(item.rule, item.span) for item in report.findings} for report in (fresh, seen.report))
    return f"after edits: missing {sorted(one - other)}, too many {sorted(other - one)}"


def main() -> None:
    """Answer until the input ends."""
    catalogue = load_catalogue()
    for line in sys.stdin:
        said = json.loads(line)
        edits = [(start, end, new.encode("latin-1")) for start, end, new in said["edits"]]
        try:
            wrong = tried(said["path"], said["canary"], said["text"].encode("latin-1"), edits, catalogue)
        except Exception:  # noqa: BLE001 - whatever the engine raises is what is looked for
            wrong = traceback.format_exc()
        print(json.dumps(wrong), flush=True)


if __name__ == "__main__":
    main()
