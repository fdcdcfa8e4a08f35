"""What is gone is shown with its own words: where it stood, another text stands now."""

import pytest

from gifthorse.change.pairtest import changed
from gifthorse.store.catalogue import load_catalogue

GUARDED = """def cancel(number):
    order = find(number)
    if order.owner != g.user:
        abort(403)
    order.cancel()
"""


@pytest.mark.parametrize(
    ("rule", "before", "after", "line"),
    [
        (
            "control-removed",
            GUARDED,
            "def cancel(number):\n    find(number).cancel()\n",
            "if order.owner != g.user: abort(403)",
        ),
        ("control-weakened", "get(a, timeout=3)\n", "get(a, timeout=None)\n", "get(a, timeout=3)"),
        (
            "test-weakened",
            "def test_a():\n    assert f(1) == 2\n",
            "def test_a():\n    assert f(1) == 3\n",
            "assert f(1) == 2",
        ),
    ],
)
def test_the_note_has_the_lines_that_stood_there(rule, before, after, line):
    found = [one for one in changed("a.py", before, after, load_catalogue()) if one.rule == rule]
    notes = [step.note for one in found for step in one.steps]
    assert notes[:1] == [f"stood here before: {line}"], found


def test_a_long_text_is_cut():
    before = f"def test_a():\n    assert total({list(range(60))}) == 2\n"
    found = changed("test_a.py", before, before.replace("== 2", "== 3"), load_catalogue())
    (note,) = {step.note for one in found for step in one.steps}
    assert note.startswith("stood here before: assert total([0, 1, 2")
    assert note.endswith("...")
    assert len(note) < 150
