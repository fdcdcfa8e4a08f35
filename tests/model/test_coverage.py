"""The table of families and languages: what counts, what is explained, what is a hole."""

from gifthorse.model.coverage import rows, totals
from gifthorse.model.finding import Confidence, FixKind, Severity
from gifthorse.model.fixspec import FixSpec
from gifthorse.model.knowledge import Flow, Knowledge, Sink
from gifthorse.model.rule import Catalogue, Family, Language, Match, MatchKind, Rule


def language(name, inherits=""):
    return Language(
        name, "", (), (), (), (), (), inherits, "", {}, frozenset(), frozenset(), {}, called=(name.title(),)
    )


def rule(name, family, *matches, flows=()):
    given = (Severity.HIGH, Confidence.HIGH, "Title", "Message", "Why.", "Instead.", (), matches, ())
    return Rule(name, family, (1,), *given, flows=flows)


def match(*languages, written=1, fix=None):
    return Match(MatchKind.CALL, languages, ("f",), written=written, fix=fix)


def family(name, kind="code", priority="P1", **absent):
    return Family(name, name.title(), priority, kind, (1,), ("syntax",), "What it is.", absent)


def catalogue(rules, families, knowledge=()):
    languages = [language("javascript"), language("typescript", "javascript"), language("go"), language("sql")]
    languages += [language("yaml"), language("json"), language("notebook", "json")]
    named = {one.name: one for one in languages}
    by_id = {one.id: one for one in rules}
    return Catalogue(by_id, named, "1", tuple(knowledge), {one.id: one for one in families})


def test_a_cell_counts_rules_and_typescript_has_what_javascript_has():
    (row,) = rows(catalogue([rule("a", "x", match("javascript")), rule("b", "x", match("javascript"))], [family("x")]))
    assert (row.cells["javascript"], row.cells["typescript"], row.cells["go"]) == (2, 2, 0)


def test_an_empty_cell_is_explained_or_a_hole():
    given = family("x", go="No such thing in Go.")
    (row,) = rows(catalogue([rule("a", "x", match("javascript"))], [given]))
    assert "go" not in row.unexplained()
    assert {"java", "python"} <= set(row.unexplained())
    assert not {"javascript", "typescript"} & set(row.unexplained())


def test_a_reason_for_what_is_there_is_contradicted():
    given = family("x", javascript="None.", sql="No column.")
    (row,) = rows(catalogue([rule("a", "x", match("javascript"))], [given]))
    assert row.contradicted() == ("javascript", "sql")


def test_a_rule_that_reads_every_file_fills_every_cell():
    text = Match(MatchKind.TEXT, (), ("secret",), keywords=("secret",))
    (row,) = rows(catalogue([rule("a", "x", text)], [family("x")]))
    assert row.everywhere == 1
    assert not {"javascript", "typescript", "go"} & set(row.unexplained())


def test_a_rule_for_some_file_names_fills_no_cell_by_that():
    text = Match(MatchKind.TEXT, (), ("secret",), keywords=("secret",), files=("*.plist",))
    (row,) = rows(catalogue([rule("a", "x", text, match("go"))], [family("x")]))
    assert (row.everywhere, row.cells["go"], row.cells["javascript"]) == (0, 1, 0)


def test_languages_that_are_no_columns_are_counted_beside_but_not_those_that_inherit_one():
    (row,) = rows(catalogue([rule("a", "x", match("yaml", "json", "sql"))], [family("x", "configuration")]))
    assert row.others == {"sql": 1}
    assert (row.cells["yaml"], row.cells["dockerfile"]) == (1, 0)


def test_patterns_count_as_written_times_languages_and_flows_by_the_sinks_they_lead_to():
    flow = Flow(("javascript", "go"), ("request",), "sql")
    sinks = Knowledge("go", "a library", sinks=(Sink("sql", call=("a", "b", "c"), written=2), Sink("html", written=9)))
    given = [rule("a", "x", match("javascript", "go", written=3)), rule("b", "x", flows=(flow,))]
    sums = totals(catalogue(given, [family("x")], [sinks]))
    assert (sums.patterns, sums.flows, sums.sinks, sums.matches) == (6, 2, 2, 8)


def test_only_grave_families_and_sure_fixes_count_for_the_share():
    sure = FixSpec("Do it", FixKind.MECHANICAL, delete=("a",))
    unsure = FixSpec("Begin it", FixKind.SCAFFOLD, delete=("a",))
    given = [
        rule("a", "x", match("go", fix=sure)),
        rule("b", "x", match("go", fix=unsure)),
        rule("c", "y", match("go", fix=sure)),
    ]
    sums = totals(catalogue(given, [family("x"), family("y", priority="P2")]))
    assert (sums.fixes, sums.grave, sums.fixed) == (3, 2, 1)
