"""What stood in the text before, shown beside what is said of the change: its place, and its words in the note.

An editor shows a note and jumps to a place, which by now has another text: so the note says what is not there any more.
"""

from gifthorse.change.compare import Change
from gifthorse.change.putback import whole_lines
from gifthorse.model.finding import Elsewhere, Step
from gifthorse.model.text import Span

LONGEST = 120
"""Characters of the lines that a note shows."""


def stood(change: Change, span: Span) -> Step:
    """The step that shows what a span of the text before had."""
    lines = whole_lines(change.before.content, span)
    old = change.before.content[lines.start : lines.end]
    shown = Elsewhere(change.path, change.before.line(lines.start) - 1, old)
    return Step(span.shifted(-lines.start), f"stood here before: {_in_one(old)}", shown)


def _in_one(lines: bytes) -> str:
    """The lines' words in one line, as far as a note has room for them."""
    words = " ".join(lines.decode("utf-8", "replace").split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 3]}..."
