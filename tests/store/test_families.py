"""family.toml: what is right becomes a Family, what is wrong is named with line and remedy."""

import pytest

from gifthorse.store.familyfile import read_family

LANGUAGES = frozenset({"python", "bash", "powershell"})
FAMILY = """\
format = 1
title = "Template injection"
priority = "P1"
kind = "code"
cwe = [1336]
needs = ["constants", "dataflow"]
what = "Text from outside becomes a template."

[[absent]]
languages = ["bash", "powershell"]
why = "A shell has no templates of its own."
"""


def test_a_family_is_read_with_its_reasons():
    family, problems = read_family("family.toml", FAMILY, "template-injection", LANGUAGES)
    assert problems == []
    assert (family.id, family.title, family.priority, family.kind) == (
        "template-injection",
        "Template injection",
        "P1",
        "code",
    )
    assert family.cwe == (1336,)
    assert family.needs == ("constants", "dataflow")
    assert family.absent == dict.fromkeys(["bash", "powershell"], "A shell has no templates of its own.")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('priority = "P1"', 'priority = "P3"', 3, "'P3'"),
        ('priority = "P1"\n', "", 1, "priority"),
        ('kind = "code"', 'kind = "codes"', 4, "'codes'"),
        ("cwe = [1336]", "cwe = []", 5, "cwe"),
        ('"dataflow"]', '"magic"]', 6, "'magic'"),
        ('what = "Text from outside becomes a template."\n', "", 1, "what"),
        ('kind = "code"', 'kind = "code"\nkinds = "code"', 5, "kinds"),
        ('["bash", "powershell"]', '["bash", "zsh"]', 10, "'zsh'"),
        ('why = "A shell has no templates of its own."', "", 9, "why"),
        ("[[absent]]", '[[absent]]\nlanguages = ["bash"]\nwhy = "None."\n\n[[absent]]', 14, "already"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old, new, line, message):
    assert old in FAMILY
    _, problems = read_family("family.toml", FAMILY.replace(old, new), "template-injection", LANGUAGES)
    assert [(problem.line, message in problem.message) for problem in problems] == [(line, True)]
    assert all(problem.remedy for problem in problems)
