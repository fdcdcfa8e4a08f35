"""`reinspect` must give exactly what `inspect` gives for a text that parses, whatever was edited, in whatever order;
and while a text is broken, what stands outside the lines being typed keeps what it had.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.engine.languages import prepare
from gifthorse.engine.syntax import parse
from gifthorse.model.text import Edit, Span

CASES = Path(__file__).parent / "cases"
FILES = [
    max((path for path in sorted(folder.rglob("*")) if path.is_file()), key=lambda path: path.stat().st_size)
    for folder in sorted(CASES.iterdir())
]
"""The longest of each language."""
WORDS = [
    b"x", b"(", b")", b'"', b"'", b"\n", b":", b" ", b"    ", b"#", b"{", b"}", b"[", b"`", b"=", b",", b"\0", b"\xff",
    b"x = 1\n", b"verify=False", b"def f():\n    return 1\n", b"class C:\n    pass\n", b"import os\n", b"requests = None\n",
    b"os.system('a')\n", b"self.session = None\n", b"function f() { return 1; }\n", b"// ", b"/*", b"*/", b"return ", b"async ",
]  # fmt: skip
EXAMPLES = int(os.environ.get("GIFTHORSE_EXAMPLES", "4"))
"""For each file and property: there are many files. More are worth trying after a change of the engine."""
PROPERTY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES < 10,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
PLACES = st.floats(0, 1)
EDITS = st.lists(
    st.lists(
        st.tuples(PLACES, st.sampled_from([0, 0, 0, 1, 3, 40, 400]), st.sampled_from([b"", *WORDS])),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=4,
)


def make(content: bytes, wanted) -> tuple[list[Edit], bytes]:
    edits = []
    for place, length, new in wanted:
        start = int(place * len(content))
        span = Span(start, min(len(content), start + length))
        edits.append(Edit(span, new))
        content = content[: span.start] + new + content[span.end :]
    return edits, content


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@PROPERTY
@given(rounds=EDITS)
def test_reinspect_is_inspect(path, catalogue, rounds):
    content = path.read_bytes()
    inspection = inspect(content, path.name, None, catalogue)
    for wanted in rounds:
        edits, content = make(content, wanted)
        inspection = reinspect(inspection, edits, content)
        if parses(inspection):
            assert inspection.report == inspect(content, path.name, None, catalogue).report


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@PROPERTY
@given(rounds=EDITS)
def test_what_was_broken_is_as_before_once_it_is_mended(path, catalogue, rounds):
    content = first = path.read_bytes()
    inspection = before = inspect(content, path.name, None, catalogue)
    undo = []
    for wanted in rounds:
        for edit in make(content, wanted)[0]:
            undo.append(
                Edit(Span(edit.span.start, edit.span.start + len(edit.new)), content[edit.span.start : edit.span.end])
            )
            content = content[: edit.span.start] + edit.new + content[edit.span.end :]
            inspection = reinspect(inspection, [edit], content)
    for edit in reversed(undo):
        content = content[: edit.span.start] + edit.new + content[edit.span.end :]
        inspection = reinspect(inspection, [edit], content)
    assert content == first
    assert inspection.report == before.report


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@PROPERTY
@given(place=PLACES, new=st.sampled_from([b"(", b"x = (", b"def f(", b"function g(a,", b'"', b"]", b"if x", b"= ="]))
def test_findings_around_a_broken_line_stay(path, catalogue, place, new):
    content = path.read_bytes()
    before = inspect(content, path.name, None, catalogue)
    at = content.rfind(b"\n", 0, int(place * len(content))) + 1
    line_end = content.find(b"\n", at)
    broken = content[:at] + new + content[at:]
    after = reinspect(before, [Edit(Span(at, at), new)], broken)
    if parses(after):
        return
    line = Span(at, len(broken) if line_end < 0 else line_end + len(new))
    expected = [f for f in before.report.findings if f.span.end < at]
    expected += [moved(f, len(new)) for f in before.report.findings if f.span.start > line.end - len(new)]
    around = [bare(f) for f in after.report.findings if f.span.end < line.start or f.span.start > line.end]
    assert around == [bare(f) for f in expected]


def test_findings_in_and_after_a_call_being_typed(catalogue):
    content = b"import os\n\n\ndef f():\n    pass\n\n\ndef g():\n    os.system('a')\n"
    inspection = inspect(content, "a.py", None, catalogue)
    at = content.index(b"pass")
    for char in b"os.system(eval(x":
        edit = Edit(Span(at, at), bytes([char]))
        content, at = content[:at] + bytes([char]) + content[at:], at + 1
        inspection = reinspect(inspection, [edit], content)
        assert [f.span.start for f in inspection.report.findings if f.rule == "shell"][-1:] == [
            content.index(b"os.system('a')")
        ]
    assert not parses(inspection)


def test_a_name_whose_line_is_being_typed_keeps_its_meaning(catalogue):
    content = b"import os\nrun = os.system\n\n\ndef g():\n    run('a')\n"
    inspection = inspect(content, "a.py", None, catalogue)
    at = content.index(b"\n\n")
    broken = content[:at] + b" if (" + content[at:]
    inspection = reinspect(inspection, [Edit(Span(at, at), b" if (")], broken)
    assert not parses(inspection)
    assert [broken[f.span.start : f.span.end] for f in inspection.report.findings] == [b"run('a')"]


def test_comments_in_and_around_broken_lines(catalogue):
    content = b"# one\nx = 1\n# two\n"
    inspection = inspect(content, "a.py", None, catalogue)
    broken = content.replace(b"1", b"( # three")
    inspection = reinspect(inspection, [Edit(Span(10, 11), b"( # three")], broken)
    assert [broken[span.start : span.end] for span in inspection.report.comments] == [b"# one", b"# three", b"# two"]


def moved(finding, by):
    return replace(finding, span=finding.span.shifted(by))


def bare(finding):
    """Without what speaks of other places: their lines are those of the last sound version."""
    return replace(finding, fixes=(), steps=(), message=re.sub(r"in line \d+", "in its line", finding.message))


def parses(inspection) -> bool:
    prepared = prepare(inspection.catalogue)
    return not parse(prepared.grammar(inspection.language), inspection.content).broken


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_typing_a_line_character_by_character(path, catalogue):
    content = path.read_bytes()
    inspection = inspect(content, path.name, None, catalogue)
    at = content.index(b"\n", len(content) // 2) + 1
    for char in b"requests.get(url, verify=False)\n":
        edit = Edit(Span(at, at), bytes([char]))
        content, at = content[:at] + bytes([char]) + content[at:], at + 1
        inspection = reinspect(inspection, [edit], content)
        if parses(inspection):
            assert inspection.report == inspect(content, path.name, None, catalogue).report


def test_an_edit_above_moves_findings_and_nothing_else(catalogue):
    content = b"import os\n\n\ndef f():\n    os.system('a')\n"
    before = inspect(content, "a.py", None, catalogue)
    after = reinspect(before, [Edit(Span(0, 0), b"# \n")], b"# \n" + content)
    assert [finding.span.shifted(3) for finding in before.report.findings] == [f.span for f in after.report.findings]


def test_edits_that_do_not_lead_to_the_text_are_refused(catalogue):
    before = inspect(b"x = 1\n", "a.py", None, catalogue)
    with pytest.raises(ValueError, match="do not lead"):
        reinspect(before, [Edit(Span(0, 0), b"y")], b"z = 1\n")
