"""`reinspect` must give exactly what `inspect` gives, whatever is edited, in whatever order."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.model.text import Edit, Span

CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.rglob("*") if path.is_file())
WORDS = [
    b"x", b"(", b")", b'"', b"'", b"\n", b":", b" ", b"    ", b"#", b"{", b"}", b"[", b"`", b"=", b",", b"\0", b"\xff",
    b"x = 1\n", b"verify=False", b"def f():\n    return 1\n", b"class C:\n    pass\n", b"import os\n", b"requests = None\n",
    b"os.system('a')\n", b"self.session = None\n", b"function f() { return 1; }\n", b"// ", b"/*", b"*/", b"return ", b"async ",
]  # fmt: skip
PLACES = st.floats(0, 1)
EDITS = st.lists(
    st.lists(st.tuples(PLACES, st.sampled_from([0, 0, 0, 1, 3, 40, 400]), st.sampled_from([b"", *WORDS])), min_size=1, max_size=3),
    min_size=1,
    max_size=6,
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
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=EDITS)
def test_reinspect_is_inspect(path, catalogue, rounds):
    content = path.read_bytes()
    inspection = inspect(content, path.name, None, catalogue)
    for wanted in rounds:
        edits, content = make(content, wanted)
        inspection = reinspect(inspection, edits, content)
        assert inspection.report == inspect(content, path.name, None, catalogue).report


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_typing_a_line_character_by_character(path, catalogue):
    content = path.read_bytes()
    inspection = inspect(content, path.name, None, catalogue)
    at = content.index(b"\n", len(content) // 2) + 1
    for char in b"requests.get(url, verify=False)\n":
        edit = Edit(Span(at, at), bytes([char]))
        content, at = content[:at] + bytes([char]) + content[at:], at + 1
        inspection = reinspect(inspection, [edit], content)
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
