"""Files of traits: what several queries ask for is written once, and a name that is not there is told."""

from gifthorse.store.traitfile import read_trait

HEAD = """format = 1
id = "door"
title = "A door"

[words]
shut = '(?i)^shut\\b "now"'

[[match]]
language = ["python"]
query = '''
((identifier) @match (#match? @match "$(%s)"))
'''

[[test]]
language = "python"
has = "shut\\n"
"""


def read(name):
    return read_trait("door.toml", HEAD % name, "door", "controls", frozenset({"python"}))


def test_a_named_expression_stands_in_the_query_with_its_escapes():
    trait, problems = read("shut")
    assert problems == []
    assert trait.matches[0].patterns == ('((identifier) @match (#match? @match "(?i)^shut\\\\b \\"now\\""))\n',)


def test_a_name_that_is_not_there_is_told():
    _, problems = read("shot")
    assert [(one.line, one.message) for one in problems] == [(10, "$(shot) is not in [words].")]
