"""Ways of outside text: what a finding tells of them, what weak labels are worth, and bounds that are said."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.engine.evaluate.taint import MAX_TRACES, Site, Stage, Trace, blend, cleared
from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.model.finding import Confidence
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Span

WAY = b"""\
import danger
from web import request


def run(command):
    danger.run("ls " + command)


def handler():
    name = request.args["name"]
    run(name)
"""


def look(code, catalogue, path="m.py"):
    return inspect(code, path, None, catalogue).report


def lines(code, finding):
    return [code.count(b"\n", 0, step.span.start) + 1 for step in finding.steps]


def test_way_is_told_from_source_to_sink(catalogue):
    (finding,) = look(WAY, catalogue).findings
    assert finding.message.endswith(" (request.args in line 10 → danger.run)")
    notes = [step.note for step in finding.steps]
    assert notes == ["request.args comes from outside", "assigned to name", "given to run()", "reaches danger.run"]
    assert lines(WAY, finding) == [10, 10, 11, 6]
    assert finding.steps[-1].span == finding.span


def test_way_through_a_function_that_is_not_run_through(catalogue):
    large = WAY.replace(b"    danger.run", b"    x = unknown(1) + unknown(2) + unknown(3)\n" * 60 + b"    danger.run")
    (finding,) = look(large, catalogue).findings
    assert [step.note for step in finding.steps] == [
        "request.args comes from outside",
        "assigned to name",
        "given to run()",
        "arrives as command",
        "reaches danger.run",
    ]


def test_shortest_way_is_told(catalogue):
    code = b"import danger\nfrom web import request\n\nlong = request.args\nif long:\n    other = long\n    long = other\ndanger.run(long)\n"
    (finding,) = look(code, catalogue).findings
    assert lines(code, finding) == [4, 4, 8]


def test_moved_finding_names_the_line_of_its_source(catalogue):
    before = inspect(WAY, "m.py", None, catalogue)
    for new in (b"# one\n# two\n", b"def broken(:\n"):
        content = new + WAY
        after = reinspect(before, [Edit(Span(0, 0), new)], content)
        (finding,) = [one for one in after.report.findings if one.rule == "to-shell"]
        line = 10 + new.count(b"\n")
        assert f"in line {line} →" in finding.message
        assert lines(content, finding)[0] == line


def test_parameters_are_weak(catalogue):
    code = b"import danger\n\ndef run(command):\n    danger.run(command)\n"
    assert look(code, catalogue).findings == ()
    rule = catalogue.rules["to-shell"]
    weak = replace(rule, flows=tuple(replace(flow, origins=(*flow.origins, "parameter")) for flow in rule.flows))
    wide = Catalogue({weak.id: weak}, catalogue.languages, "weak", catalogue.knowledge)
    (finding,) = look(code, wide).findings
    assert finding.confidence is Confidence.LOW
    both = look(code + b"\nimport web\nrun(web.secret_source())\n", wide).findings
    assert [one.confidence for one in both] == [Confidence.HIGH]


def test_guessed_sinks_lower_the_confidence(catalogue):
    known = [
        replace(one, sinks=tuple(replace(sink, confidence=Confidence.MEDIUM) for sink in one.sinks))
        for one in catalogue.knowledge
    ]
    guessed = replace(catalogue, knowledge=tuple(known))
    (finding,) = look(WAY, guessed).findings
    assert finding.confidence is Confidence.MEDIUM


@pytest.mark.parametrize("predicate", ["tainted", "tainted:request"])
def test_matches_may_ask_for_taint(predicate, catalogue):
    rule = catalogue.rules["code"]
    asked = replace(rule, matches=(replace(rule.matches[0], where={"0": (predicate,)}),))
    some = Catalogue({rule.id: asked}, catalogue.languages, "asked", catalogue.knowledge)
    code = b"from web import request\n\ndef f(x):\n    eval(x)\n    eval(request.args)\n    eval('1')\n"
    assert [lines_of(code, one) for one in look(code, some).findings] == [5]


def lines_of(code, finding):
    return code.count(b"\n", 0, finding.span.start) + 1


def test_a_loop_that_does_not_settle_is_said(catalogue):
    names = [f"a{number}" for number in range(12)]
    moves = "".join(f"        {one} = {other}\n" for one, other in pairwise(names))
    code = (
        "import danger\nimport web\n\ndef f(many):\n    " + " = ".join(names) + " = ''\n    for _ in many:\n"
        f"        danger.run(a0)\n{moves}        a11 = web.secret_source()\n"
    ).encode()
    report = look(code, catalogue)
    assert report.findings or report.incomplete.startswith("not analysed in full:")


def stages(count):
    return tuple(Stage(Site("1", number, number + 1), str(number)) for number in range(count))


TRACES = st.builds(
    Trace,
    label=st.sampled_from(["request", "argument", "parameter"]),
    stages=st.integers(1, 4).map(stages),
    slot=st.none(),
    cleared=st.sets(st.sampled_from(["html", "shell", "sql"])).map(lambda found: tuple(sorted(found))),
)
TAINTS = st.lists(TRACES, max_size=4).map(lambda found: blend((), tuple(found[:1])) if len(found) < 2 else fold(found))


def fold(found):
    taint = ()
    for trace in found:
        taint = blend(taint, (trace,))
    return taint


@given(TAINTS, TAINTS)
def test_joining_loses_no_harm(one, other):
    both = blend(one, other)
    assert len(both) <= MAX_TRACES
    for sink in ("html", "shell", "sql"):
        for label in ("request", "argument", "parameter"):
            harms = any(trace.label == label and trace.harms(sink) for trace in (*one, *other))
            assert any(trace.label == label and trace.harms(sink) for trace in both) == harms


@given(TAINTS)
def test_joining_with_itself_changes_nothing(taint):
    assert blend(taint, taint) is taint
    assert blend(taint, taint[:1]) is taint


@given(TAINTS)
def test_cleared_text_does_no_harm(taint):
    assert not any(trace.harms("html") for trace in cleared(taint, ("html",)))
    assert cleared(taint, ("*",)) == ()
