"""Completion and hover in rule files, over values: which place it is, what may be written there, what is explained."""

import pytest

from gifthorse.lsp.rulewords import explained, place_in, words_at
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.formatpaper import rule_format
from gifthorse.store.predicates import BARE, WITH_VALUE

CATALOGUE = load_catalogue()
SHAPE = rule_format()
HEAD = 'format = 1\nid = "a"\nwhy = """\nlong = text\n[[test]]\n"""\n'


def at(text):
    """(the lines, number, column) of the mark `|` in a text."""
    lines = text.replace("|", "").split("\n")
    before = text.partition("|")[0]
    return lines, before.count("\n"), len(before.rpartition("\n")[2])


def words(text):
    place = place_in(*at(text))
    return [] if place is None else [word.text for word in words_at(place, SHAPE, CATALOGUE, CATALOGUE.families)]


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("|", ["id", "severity", "title", "[[match]]", "[[test]]"]),
        (HEAD + "sev|", ["severity", "confidence"]),
        ('severity = "|', ["high", "medium", "low"]),
        ('severity = "|"', ["high"]),
        ("severity = |", ["high"]),
        ('family = "|', ["tls"]),
        (HEAD + "[[match]]\n|", ["call", "assign", "query", "text", "where", "fix", "language"]),
        (HEAD + '[[match]]\nlanguage = ["|', ["python", "csharp"]),
        (HEAD + '[[match]]\nlanguage = [\n    "|', ["python", "csharp"]),
        (HEAD + "[[match]]\nwhere = { |", ["receiver", "value", "*"]),
        (HEAD + '[[match]]\nwhere = { verify = "|', ["falsy", "missing", "lt:N"]),
        (HEAD + '[[match]]\nwhere = { verify = ["falsy", "|', ["falsy", "is:GLOB"]),
        (HEAD + '[[match]]\nwhere = { "0.a" = "falsy", verify = "|', ["falsy"]),
        (HEAD + "[[match]]\nfix = { |", ["title", "set", "wrap", "kind"]),
        (HEAD + '[[match]]\nfix = { title = "A, b", kind = "|', ["mechanical", "behavioural"]),
        (HEAD + "[match.fix]\n|", ["title", "set", "wrap", "kind"]),
        (HEAD + "[[flow]]\n|", ["from", "to", "unless"]),
        (HEAD + '[[flow]]\nfrom = ["|', ["request", "file"]),
        (HEAD + '[[flow]]\nto = "|', ["sql", "shell"]),
        (HEAD + "[[test]]\n|", ["bad", "good", "disguise", "path"]),
        (HEAD + '[[test]]\nlanguage = "|', ["python", "text"]),
    ],
)
def test_what_may_be_written(text, some):
    found = words(text)
    assert [word for word in some if word not in found] == []


def test_nothing_is_offered_inside_of_a_text():
    assert words('why = """\nsev|') == []
    assert "severity" not in words('title = "sev|')


@pytest.mark.parametrize(
    ("text", "word", "says"),
    [
        (HEAD + "[[match]]\nca|ll = []", "call", "resolved names"),
        (HEAD + '[[match]]\nwhere = { verify = "fal|sy" }', "falsy", "false"),
        (HEAD + '[[match]]\nwhere = { bits = "not:lt|:2048" }', "lt:2048", "number below"),
        (HEAD + '[[match]]\nwhere = { rece|iver = "falsy" }', "receiver", "method is called on"),
        (HEAD + '[[match]]\nfix = { title = "a", wr|ap = {} }', "wrap", "template"),
        (HEAD + "[[ma|tch]]", "[[match]]", "what is found"),
        ("sever|ity = 'low'", "severity", "high, medium, low"),
    ],
)
def test_what_stands_there_is_explained(text, word, says):
    lines, number, column = at(text)
    place = place_in(lines, number, len(lines[number]))
    found = explained(lines[number], column, place, SHAPE)
    assert found is not None
    assert found[0] == word
    assert says in found[1]


@pytest.mark.parametrize("text", ["", "x = 1", '[[match]]\ncall = ["fal|sy"]', "# severity"])
def test_what_means_nothing_is_not_explained(text):
    lines, number, column = at(text)
    assert explained(lines[number], column, place_in(lines, number, len(lines[number])), SHAPE) is None


def test_the_page_explains_every_predicate_and_every_key_that_is_read():
    said = {name.partition(":")[0] for name in SHAPE.predicates}
    assert sorted({word.removesuffix(":") for word in (*BARE, *WITH_VALUE)} - said) == []
    assert {"language", "call", "assign", "query", "text", "unless_later", "entropy"} <= SHAPE.keys["match"].keys()
    assert {"bad", "good", "disguise"} <= SHAPE.keys["test"].keys()
    assert {"from", "to"} <= SHAPE.keys["flow"].keys()
    assert {"set", "wrap", "replace", "imports"} <= SHAPE.keys["match.fix"].keys()
