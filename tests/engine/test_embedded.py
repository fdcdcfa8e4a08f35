"""Texts inside others: found in their own language, shown where they stand, looked at again only where they changed."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.engine.decoding import FORMS, decode
from gifthorse.engine.embedded import edits_between, of_literal, read_nests
from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.engine.suppress import apply_suppressions
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Edit, Span, Text

FLOW = ".github/workflows/a.yml"
PAGE = b"""<!doctype html>
<html><head><script>
let a = 1;
eval(a + name);
</script><script type="text/template">eval(x)</script></head>
<body onload="eval(location.hash)" title="eval(x)">
<a href=' javascript:eval(%6eame)'>\xc3\xa9</a>
<p onclick="eval(&quot;\xc3\xa9&quot; + name)">x</p>
</body></html>
"""
WORKFLOW = b"""on: push
jobs:
  a:
    steps:
      - run: |
          set -e
          if true; then
            eval "$(cat x)"
          fi
      - run: eval "${{ github.event.issue.title }}$X"
      - shell: python
        run: |
          import os
          os.system(input())
      - {run: eval x, shell: 'cmd'}
      - uses: actions/github-script@v7
        with:
          script: |
            eval(context.payload)
"""


@pytest.fixture(scope="module")
def everywhere(catalogue) -> Catalogue:
    """The tests' own rules, in the languages that stand inside others too."""
    more = ("bash", "powershell", "ruby", "sql")
    rules = {
        name: replace(rule, matches=tuple(replace(one, languages=(*one.languages, *more)) for one in rule.matches))
        for name, rule in catalogue.rules.items()
        if name in {"code", "shell", "grant"}
    }
    rules["code"] = replace(rules["code"], matches=tuple(replace(one, where={}) for one in rules["code"].matches))
    return Catalogue(rules, catalogue.languages, "embedded")


def found(content: bytes, path: str, catalogue: Catalogue) -> list[tuple[str, bytes]]:
    report = inspect(content, path, None, catalogue).report
    return [(finding.rule, content[finding.span.start : finding.span.end]) for finding in report.findings]


def test_scripts_handlers_and_addresses_of_a_page(everywhere):
    assert found(PAGE, "a.html", everywhere) == [
        ("code", b"eval(a + name)"),
        ("code", b"eval(location.hash)"),
        ("code", b"eval(%6eame)"),
        ("code", b"eval(&quot;\xc3\xa9&quot; + name)"),
    ]
    assert not inspect(PAGE, "a.html", None, everywhere).report.incomplete


def test_what_kind_of_script_it_is(everywhere):
    page = b'<script type="module">eval(a)</script><script lang="ts">let x: number = eval(b)</script>'
    page += b'<script type="application/json">{"a": 1}</script><script type="text/x-other">eval(</script>'
    report = inspect(page, "a.html", None, everywhere).report
    assert [page[f.span.start : f.span.end] for f in report.findings] == [b"eval(a)", b"eval(b)"]
    assert not report.incomplete


def test_commands_of_a_workflow_in_the_shell_that_it_names(everywhere):
    assert found(WORKFLOW, FLOW, everywhere) == [
        ("code", b'eval "$(cat x)"'),
        ("code", b'eval "${{ github.event.issue.title }}$X"'),
        ("shell", b"os.system(input())"),
        ("code", b"eval(context.payload)"),
    ]
    assert not found(WORKFLOW, "other.yml", everywhere)[:-1]


def test_steps_of_an_image(everywhere):
    image = (
        b'FROM a\nRUN true && \\\n  # why\n  eval "$X"\nCMD ["sh", "-c", "eval \\"$Y\\""]\nRUN <<EOF\neval $Z\nEOF\n'
    )
    assert found(image, "Dockerfile", everywhere) == [
        ("code", b'eval "$X"'),
        ("code", b'eval \\"$Y\\"'),
        ("code", b"eval $Z"),
    ]


def test_a_template_is_one_program(everywhere):
    page = b"<% a = params[:x] %>\n<b><%= eval(a) %></b><%# eval(no) %>\n<% [1].each do |i| %><i><% end %>\n"
    assert found(page, "a.html.erb", everywhere) == [("code", b"eval(a)")]
    page = b"<% if (x) { %><p onclick='eval(b)'><%- eval(a) %></p><% } %>"
    assert found(page, "a.ejs", everywhere) == [("code", b"eval(b)"), ("code", b"eval(a)")]


def test_bindings_of_a_component(everywhere):
    page = b'<template><p :title="eval(a)" @click="eval(b); c()" title="eval(c)" v-html="eval(d)"></p></template>'
    page += b'<script lang="ts">const x: string = eval(e);</script>'
    assert [text for _, text in found(page, "a.vue", everywhere)] == [b"eval(a)", b"eval(b)", b"eval(d)", b"eval(e)"]


def test_what_a_component_writes_as_it_is(everywhere):
    page = b"<p>{@html eval(a)}</p><p>{eval(b)}</p><script>eval(c)</script>"
    assert [text for _, text in found(page, "a.svelte", everywhere)] == [b"eval(a)", b"eval(c)"]


def test_a_query_in_a_string_is_looked_at(shipped):
    content = b"import os\nos.system('true; curl -k https://example.org')\n"
    report = inspect(content, "a.py", None, shipped).report
    spans = [content[f.span.start : f.span.end] for f in report.findings if f.rule == "tls-verify-off"]
    assert spans == [b"curl -k https://example.org"]


def test_what_a_template_writes_from_a_request(shipped):
    report = inspect(b"<p><%== params[:x] %></p><p><%= params[:x] %></p>", "a.html.erb", None, shipped).report
    assert [f.rule for f in report.findings] == ["unescaped-html"]


def notebook(*cells: tuple[str, list[str]], language: str = "python", **layout) -> bytes:
    made = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]
    book = {"cells": made, "metadata": {"kernelspec": {"language": language}}, "nbformat": 4}
    return json.dumps(book, **layout).encode()


CELLS = (
    ("markdown", ["os.system('no')\n"]),
    ("code", ["%matplotlib inline\n", "import os\n", "run = os.system\n", "!eval $X\n"]),
    ("code", ['# \u00e9 \\ "\n', "def f(x):\n", '    run(x + "\u00e9\\n")']),
    ("code", ["%%bash\n", "eval $Y\n"]),
    ("code", ["%%html\n", "eval(\n"]),
    ("code", ["run('b')\n"]),
)


@pytest.mark.parametrize("layout", [{}, {"indent": 1}, {"indent": 1, "ensure_ascii": False}], ids=str)
def test_cells_of_a_notebook_are_one_program(everywhere, layout):
    content = notebook(*CELLS, **layout)
    report = inspect(content, "a.ipynb", None, everywhere).report
    assert not report.incomplete
    texts = [json.loads(b'"' + content[f.span.start : f.span.end] + b'"') for f in report.findings]
    assert texts == ["eval $X", 'run(x + "\u00e9\\n")', "eval $Y", "run('b')"]


def test_a_notebook_in_another_language_is_not_taken_for_python(everywhere):
    assert not found(notebook(("code", ["import os\n", "os.system(x)"]), language="R"), "a.ipynb", everywhere)


def test_line_ends_of_windows(everywhere):
    content = WORKFLOW.replace(b"\n", b"\r\n")
    texts = [text for _, text in found(content, FLOW, everywhere)]
    assert texts == [text for _, text in found(WORKFLOW, FLOW, everywhere)]


def test_comments_inside_silence_what_they_stand_at(everywhere):
    content = WORKFLOW.replace(b'eval "$(cat x)"', b'eval "$(cat x)"  # gifthorse: allow code -- it is ours')
    report = inspect(content, FLOW, None, everywhere).report
    left = apply_suppressions(report, Text.of(content), ())
    assert len(left.silenced) == 1
    assert [f.rule for f in left.findings] == ["code", "shell", "code"]


def test_what_does_not_parse_inside_is_said(everywhere):
    content = b"<html><script>\nlet a = ((;\n</script></html>"
    assert "does not parse" in inspect(content, "a.html", None, everywhere).report.incomplete


def test_texts_in_each_other_are_looked_at_to_a_depth(everywhere):
    inner = 'document.write("<script>eval(x)<\\/script>")'
    page = f"<script>{inner}</script>".encode()
    inspect(page, "a.html", None, everywhere)
    deep = 'FROM a\nRUN sh -c \'sh -c "sh -c \\"eval x\\""\'\n'
    inspect(deep.encode(), "Dockerfile", None, everywhere)


def parses(inspection) -> bool:
    waiting = [inspection]
    while waiting:
        one = waiting.pop()
        if one.syntax is None or one.syntax.hunks or not one.syntax.row.sound:
            return False
        waiting.extend(look.inspection for look in one.syntax.inside.looks)
    return True


SAMPLES = {
    "a.html": PAGE,
    FLOW: WORKFLOW,
    "Dockerfile": b'FROM a\nRUN true && \\\n  eval "$X"\nCMD ["sh", "-c", "eval \\"$Y\\""]\n',
    "a.ejs": b"<% if (x) { %><p onclick='eval(b)'><%- eval(a) %></p><% } %>\n",
    "a.ipynb": notebook(*CELLS, indent=1),
}
WORDS = [
    b"",
    b"x",
    b"eval(y)",
    b"\n",
    b'"',
    b"'",
    b"(",
    b")",
    b"&quot;",
    b"\\n",
    b"\xc3\xa9",
    b"<% x %>",
    b"<script>",
    b"\0",
]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 7, 60]), st.sampled_from(WORDS)), min_size=1, max_size=5
)


@pytest.mark.parametrize("path", SAMPLES)
@settings(max_examples=40, deadline=None)
@given(edits=EDITS)
def test_looked_at_again_is_looked_at_afresh(path, everywhere, edits):
    content = SAMPLES[path]
    inspection = inspect(content, path, None, everywhere)
    for place, length, new in edits:
        start = int(place * len(content))
        span = Span(start, min(len(content), start + length))
        content = content[: span.start] + new + content[span.end :]
        inspection = reinspect(inspection, [Edit(span, new)], content)
        fresh = inspect(content, path, None, everywhere)
        if parses(inspection) and parses(fresh):
            assert inspection.report == fresh.report


@pytest.mark.parametrize("path", SAMPLES)
def test_cut_off_anywhere_it_answers(path, everywhere):
    content = SAMPLES[path]
    for end in range(0, len(content), 7):
        inspect(content[:end], path, None, everywhere)


def test_an_unchanged_text_inside_is_not_looked_at_again(everywhere):
    before = inspect(WORKFLOW, FLOW, None, everywhere)
    at = WORKFLOW.index(b"push")
    after = reinspect(before, [Edit(Span(at, at), b"x")], WORKFLOW[:at] + b"x" + WORKFLOW[at:])
    old = {id(look.inspection) for look in before.syntax.inside.looks}
    assert old
    assert {id(look.inspection) for look in after.syntax.inside.looks} == old


@pytest.mark.parametrize("form", FORMS)
@given(source=st.binary(max_size=60))
def test_pieces_lie_side_by_side(form, source):
    place = 0
    for piece in decode(source, form):
        assert place <= piece.start <= piece.end <= len(source)
        assert not piece.exact or piece.text == source[piece.start : piece.end]
        place = piece.end


@given(old=st.binary(max_size=30), new=st.binary(max_size=30))
def test_one_edit_makes_the_new_text(old, new):
    span, text = edits_between(old, new)
    assert old[: span.start] + text + old[span.end :] == new


def test_a_literal_has_its_own_place_or_that_of_the_call():
    source = b"os.system('curl x')"
    call = Span(0, len(source))
    assert of_literal("bash", "curl x", call, source).span(Span(5, 6)) == Span(16, 17)
    assert of_literal("bash", "curl\ty", call, source).span(Span(5, 6)) == call
    assert of_literal("bash", "s", call, source).span(Span(0, 1)) == call


def test_patterns_say_what_they_find():
    ((query, nest),) = read_nests('((code) @match (#set! language "ruby") (#set! before "f(\\"\\n"))')
    assert "#set!" not in query
    assert (nest.language, nest.before) == ("ruby", b'f("\n')
    with pytest.raises(ValueError, match="language"):
        read_nests("((code) @match)")


@pytest.mark.parametrize("path", ["a.svelte", "a.vue"])
def test_what_is_found_in_a_hole_begins_in_it(path, shipped):
    """Not in what stands before it, which only the inner text has code for."""
    hole = {"a.svelte": "<p>{@html name}</p>", "a.vue": "<template><p v-html=\"'<b>' + name\"></p></template>"}[path]
    code = f"<!-- one -->\n{hole}\n"
    report = inspect(code.encode(), path, None, shipped).report
    assert report.findings
    assert all(finding.span.start > code.index("\n") for finding in report.findings)
