"""What is said of findings and Regions, and the edits that actions make, over values."""

from dataclasses import replace

import pytest

from gifthorse.engine.suppress import read_suppressions
from gifthorse.lsp.describe import STANDINGS, finding_text, harmless, left, lens_title, named, region_text, why
from gifthorse.lsp.edits import compatible, workspace_edit
from gifthorse.lsp.features.code_action import edits_by_family, mechanical_edits
from gifthorse.lsp.places import places
from gifthorse.lsp.publish import diagnostic, result_id
from gifthorse.lsp.suppression import suppression_edit
from gifthorse.model.advice import pieces
from gifthorse.model.finding import Confidence, Finding, Fix, FixKind, Severity, Step
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.rule import Language, Rule
from gifthorse.model.text import Edit, Span, Text
from gifthorse.workspace.judge import Judged, Level

RULE = Rule(
    id="tls-verify-off",
    family="tls",
    cwe=(295,),
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    title="TLS verification is off",
    message="",
    why="Anybody can listen.",
    instead="Leave it on.",
    references=(),
    matches=(),
    tests=(),
)


def finding(start=0, end=3, *, rule="tls-verify-off", message="bad", fixes=(), steps=()):
    return Finding(rule, Span(start, end), message, Severity.HIGH, Confidence.HIGH, fixes=fixes, steps=steps)


def judged(found, region=None):
    return Judged(found, Level.ERROR, region, "f" * 32)


def language(**members):
    given = {
        "name": "x",
        "grammar": "",
        "extensions": (),
        "filenames": (),
        "language_ids": (),
        "line_comments": ("#",),
        "block_comments": (),
        "inherits": "",
        "facts": "",
        "intrinsics": {},
        "pure": frozenset(),
        "pure_methods": frozenset(),
        "settings": {},
    }
    return Language(**{**given, **members})


REGION = Region(
    Insertion(
        "r1", Origin("copilot", "inline-completion", "gpt-x"), Evidence.INFERRED, "2026-01-02T03:04:05Z", "", None, 10
    ),
    (Span(0, 5),),
    5,
    Standing.UNREVIEWED,
)


def test_a_diagnostic_counts_in_the_client_s_units():
    text = Text.of("é😀 = get()")
    units = ("utf-8", "utf-16", "utf-32")
    shown = [diagnostic(judged(finding(9, 14)), places(text, unit, 1), "file:///a", RULE) for unit in units]
    assert [one["range"]["start"]["character"] for one in shown] == [9, 6, 5]
    assert shown[0]["codeDescription"] == {"href": "https://cwe.mitre.org/data/definitions/295.html"}
    assert shown[0]["data"] == {"fingerprint": "f" * 32}


def test_a_diagnostic_always_says_something():
    assert (
        diagnostic(judged(finding(message="")), places(Text.of("abc"), "utf-8", 1), "u", RULE)["message"] == RULE.title
    )
    assert (
        diagnostic(judged(finding(message="")), places(Text.of("abc"), "utf-8", 1), "u", None)["message"]
        == "tls-verify-off"
    )


def test_a_diagnostic_shows_the_way_and_the_region():
    shown = diagnostic(
        judged(finding(steps=(Step(Span(1, 2), "here"),)), "r1"), places(Text.of("abc"), "utf-8", 1), "u", RULE
    )
    assert shown["data"]["region"] == "r1"
    assert shown["relatedInformation"][0]["message"] == "here"


def test_results_have_one_name_only_if_they_are_equal():
    assert result_id([{"a": 1}]) == result_id([{"a": 1}]) != result_id([{"a": 2}])


def test_the_words_of_a_finding():
    fix = Fix("Leave verification on", FixKind.MECHANICAL, ())
    words = finding_text(judged(finding(fixes=(fix,))), RULE, pieces(RULE.instead, {}), markdown=True)
    for part in (
        "TLS verification is off",
        "Anybody can listen.",
        "Leave it on.",
        "[CWE-295](",
        "Leave verification on",
    ):
        assert part in words
    plain = finding_text(judged(finding()), RULE, pieces(RULE.instead, {}), markdown=False)
    assert "**" not in plain
    assert "CWE-295" in plain


def test_the_words_of_a_region():
    words = region_text(REGION, markdown=False)
    for part in (
        "copilot, gpt-x, an accepted suggestion",
        "2026-01-02 03:04 UTC",
        "Why: possibly",
        "50%",
        "Unreviewed: nobody",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("count", "known", "title"),
    [
        (0, True, "Possibly AI: copilot · 0 findings · unreviewed"),
        (1, True, "Possibly AI: copilot · 1 finding · unreviewed"),
        (2, True, "Possibly AI: copilot · 2 findings · unreviewed"),
        (2, False, "Possibly AI: copilot · being analysed · unreviewed"),
    ],
)
def test_the_title_of_a_lens(count, known, title):
    others = [judged(finding(), "other")]
    assert lens_title(REGION, [judged(finding(), "r1")] * count + others, known=known) == title


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain `code[0]` text", "plain `code[0]` text"),
        ("![x](http://evil)", "!\\[x\\](http://evil)"),
        ("<img src=x>", "\\<img src=x\\>"),
        ("a ` b ![x](y)", "a ' b !\\[x\\](y)"),
        ("`` ![x](y) `", "'' !\\[x\\](y) '"),
    ],
)
def test_text_of_a_repository_brings_no_markup(text, shown):
    assert harmless(text) == shown


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_suppression_goes_above_its_line_with_its_indent(ending):
    text = Text.of(f"def f():{ending}\tx = get(){ending}")
    at = bytes(text).index(b"get")
    edit = suppression_edit(finding(at, at + 5), text, language(), "it is\na test")
    assert bytes(text.apply(edit)).decode() == (
        f"def f():{ending}\t# gifthorse: allow tls-verify-off -- it is a test{ending}\tx = get(){ending}"
    )


def test_a_suppression_without_a_reason_does_not_count_yet():
    text = Text.of("get()")
    edit = suppression_edit(finding(), text, language())
    after = text.apply(edit)
    (read,) = read_suppressions(after, [Span(0, after.line_span(0).end)])
    assert (read.rules, read.valid) == (("tls-verify-off",), False)


def test_a_suppression_in_block_comments_only():
    css = language(line_comments=(), block_comments=(("/*", "*/"),))
    edit = suppression_edit(finding(), Text.of("x"), css, "a */ b")
    assert edit.new == b"/* gifthorse: allow tls-verify-off -- a  b */\n"


def test_a_comment_of_xml_holds_no_two_dashes():
    xml = language(line_comments=(), block_comments=(("<!--", "-->"),))
    edit = suppression_edit(finding(), Text.of("<a/>"), xml, "it -- is fine -")
    assert edit.new == b"<!-- gifthorse: allow tls-verify-off: it - is fine - -->\n"
    after = Text.of(edit.new + b"<a/>")
    (read,) = read_suppressions(after, [Span(0, after.line_span(0).end)])
    assert (read.rules, read.valid) == (("tls-verify-off",), True)


@pytest.mark.parametrize(
    ("before", "written"),
    [
        ("return (\n", "// gifthorse: allow tls-verify-off -- ok then\n"),
        ("const a = () =>\n", "// gifthorse: allow tls-verify-off -- ok then\n"),
        ("<div>\n", "{/* gifthorse: allow tls-verify-off -- ok then */}\n"),
        ("{name}\n\n", "{/* gifthorse: allow tls-verify-off -- ok then */}\n"),
    ],
)
def test_a_suppression_between_elements_is_no_text(before, written):
    jsx = language(line_comments=("//",), settings={"markup_comment": "{/* {} */}"})
    edit = suppression_edit(finding(len(before) + 2, len(before) + 5), Text.of(f"{before}  <p/>\n"), jsx, "ok then")
    assert edit.new.decode() == f"  {written}"


def test_no_suppression_where_it_would_be_text():
    php = language(line_comments=("//",))
    assert suppression_edit(finding(), Text.of("<p>{!! $name !!}</p>"), php, "ok then") is None


def test_no_suppression_where_none_can_be_written():
    assert suppression_edit(finding(), Text.of("x"), None) is None
    assert suppression_edit(finding(), Text.of("x"), language(line_comments=())) is None
    assert suppression_edit(finding(rule="not-analysed"), Text.of("x"), language()) is None


def test_fixes_that_touch_each_other_are_not_made_together():
    def fixed(start, end, new, kind=FixKind.MECHANICAL, extra=()):
        return judged(finding(fixes=(Fix("f", kind, (*extra, Edit(Span(start, end), new))),)))

    imported = (Edit(Span(0, 0), b"import x\n"),)
    edits = mechanical_edits(
        [
            fixed(5, 9, b"a", extra=imported),
            fixed(8, 12, b"overlaps"),
            fixed(20, 22, b"b", extra=imported),
            fixed(30, 31, b"no", kind=FixKind.BEHAVIOURAL),
            judged(finding()),
        ]
    )
    assert edits == (*imported, Edit(Span(5, 9), b"a"), Edit(Span(20, 22), b"b"))


def test_everything_is_mended_one_family_at_a_time():
    def fixed(rule, start):
        return judged(finding(rule=rule, fixes=(Fix("f", FixKind.MECHANICAL, (Edit(Span(start, start + 1), b"a"),)),)))

    families = {"a-1": "a", "a-2": "a", "b-1": "b", "c-1": "c"}
    found = edits_by_family(
        [fixed("b-1", 1), fixed("a-1", 3), fixed("a-2", 5), judged(finding(rule="c-1")), fixed("gone", 7)], families
    )
    assert {family: [edit.span.start for edit in edits] for family, edits in found.items()} == {"a": [3, 5], "b": [1]}


def test_two_different_insertions_at_one_place_are_no_pair():
    one, other = Edit(Span(3, 3), b"a"), Edit(Span(3, 3), b"b")
    assert not compatible([one], [other])
    assert compatible([one], [one])
    assert compatible([one], [Edit(Span(3, 5), b"")])
    assert not compatible([one], [Edit(Span(2, 5), b"")])


def test_edits_are_bound_to_a_version_where_the_client_can_do_that():
    edits = [{"range": {}, "newText": "x"}]
    assert workspace_edit("u", 3, edits, document_changes=False) == {"changes": {"u": edits}}
    bound = workspace_edit("u", 3, edits, document_changes=True)
    assert bound["documentChanges"][0]["textDocument"] == {"uri": "u", "version": 3}


@pytest.mark.parametrize(
    ("tool", "evidence", "name", "lens"),
    [
        ("copilot", Evidence.REPORTED, "the text of copilot", "AI: copilot · 0 findings · unreviewed"),
        ("unknown assistant", Evidence.REPORTED, "this AI text", "AI: unknown assistant · 0 findings · unreviewed"),
        ("unknown", Evidence.REPORTED, "this AI text", "AI: unknown assistant · 0 findings · unreviewed"),
        ("", Evidence.INFERRED, "this possibly AI text", "Possibly AI: unknown assistant · 0 findings · unreviewed"),
    ],
)
def test_text_of_an_assistant_that_nobody_named_is_ai_text(tool, evidence, name, lens):
    insertion = replace(REGION.insertion, origin=Origin(tool, "bulk"), evidence=evidence)
    region = replace(REGION, insertion=insertion)
    assert named(region) == name
    assert lens_title(region, [], known=True) == lens


@pytest.mark.parametrize("evidence", Evidence)
def test_every_evidence_says_why_in_words_of_its_own(evidence):
    said = {
        one: why(replace(REGION, insertion=replace(REGION.insertion, evidence=one)))
        for one in Evidence
        if one != evidence
    }
    insertion = replace(REGION.insertion, origin=replace(REGION.insertion.origin, session="s-1"))
    region = replace(REGION, insertion=replace(insertion, evidence=evidence))
    assert why(region) not in said.values()
    assert why(region) in region_text(region, markdown=True)
    assert "in session s-1" in region_text(region, markdown=True)


def test_what_was_marked_by_hand_says_so():
    insertion = replace(REGION.insertion, origin=Origin("x", "marked"), evidence=Evidence.REPORTED)
    assert "nobody proved" in region_text(replace(REGION, insertion=insertion), markdown=False)


@pytest.mark.parametrize(("substance", "shown"), [(1000, "100%"), (999, "99%"), (1, "1%"), (0, "0%")])
def test_what_is_left_is_never_rounded_to_all_or_nothing(substance, shown):
    insertion = replace(REGION.insertion, substance=1000)
    assert left(replace(REGION, insertion=insertion, substance=substance)) == shown


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_is_explained(standing):
    assert f"{standing.capitalize()}: {STANDINGS[standing]}." in region_text(
        replace(REGION, standing=standing), markdown=False
    )
