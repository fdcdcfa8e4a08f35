"""Fixes hold wherever the code stands: with other line ends and tabs, without a last line end, behind other letters;
inside a call, and over several lines with comments. For every test of every rule that shows what its fix makes.
"""

import re
from itertools import pairwise

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.engine.ruletest import apply_fixes
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
CASES = [
    (rule, number)
    for rule in CATALOGUE.rules.values()
    for number, test in enumerate(rule.tests)
    if test.bad is not None and test.good is not None and rule.fixes and test.before is None
]
NAMES = [f"{rule.id}-{number + 1}-{rule.tests[number].language}" for rule, number in CASES]
COMMA_BEHIND = {"python", "javascript", "typescript", "tsx", "go", "rust", "kotlin", "php"}
"""Languages in which a comma may stand behind the last argument."""
NO_TABS = {"yaml"}
BRACKETS = {"(": ")", "[": "]", "{": "}"}
STRING = re.compile(r'"""(?:[^\\]|\\.)*?"""|"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|`(?:[^`\\]|\\.)*`', re.DOTALL)
KEPT = "kept"


def looked_at(rule, code, test):
    """The rule's findings in a text, and why it was not fully analysed."""
    language = CATALOGUE.languages.get(test.language)
    path = test.path or "module" + (language.extensions[0] if language and language.extensions else ".txt")
    report = inspect(code.encode("utf-8", "surrogatepass"), path, None, CATALOGUE).report
    return [one for one in report.findings if one.rule == rule.id], report.incomplete


def is_broken(test):
    """Whether it is for what it finds that a text does not parse: a character that stands nowhere else."""
    return not test.bad.isascii() and test.good.isascii()


def mended(code, found):
    fixes = [one.fixes[0] for one in found if one.fixes]
    return apply_fixes(code.encode("utf-8", "surrogatepass"), fixes).decode("utf-8", "surrogatepass")


def other_line_ends(code, language):
    """The same with tabs and the line ends of Windows, and none behind the last line."""
    if language not in NO_TABS:
        code = re.sub(r"(?m)^(?:    )+", lambda found: "\t" * (len(found[0]) // 4), code)
    return code.removesuffix("\n").replace("\r\n", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize(("rule", "number"), CASES, ids=NAMES)
def test_a_fix_is_the_same_with_other_line_ends(rule, number):
    test = rule.tests[number]
    code, expected = (other_line_ends(one, test.language) for one in (test.bad, test.good))
    if "\r\n" not in code:  # a single line says nothing of line ends
        expected = expected.replace("\r\n", "\n")
    found, why = looked_at(rule, code, test)
    assert not why or is_broken(test)
    fixed = mended(code, found)
    assert fixed == expected
    assert looked_at(rule, fixed, test) == ([], "")


def spliced(code, span, text):
    content = code.encode()
    return (content[: span.start] + text.encode() + content[span.end :]).decode()


def arguments(source):
    """The texts of a call's last arguments and where they begin and end, or None where that is not plain to see."""
    plain = STRING.sub(lambda found: "_" * len(found[0]), source)
    if not plain.endswith(")") or "\n" in source:
        return None
    depth, start = 0, len(plain)
    for place in range(len(plain) - 1, -1, -1):
        depth += {**dict.fromkeys(")]}", 1), **dict.fromkeys("([{", -1)}.get(plain[place], 0)
        if not depth:
            start = place
            break
    cuts, depth = [start], 0
    for place in range(start + 1, len(plain) - 1):
        depth += {**dict.fromkeys(")]}", -1), **dict.fromkeys("([{", 1)}.get(plain[place], 0)
        if plain[place] == "," and not depth:
            cuts.append(place)
    cuts.append(len(plain) - 1)
    return start, [source[one + 1 : other].strip() for one, other in pairwise(cuts)]


def over_lines(source, language, indent):
    """A call with each argument on a line of its own and a comment with other letters behind it."""
    found = arguments(source)
    mark = CATALOGUE.languages[language].line_comments[:1]
    if found is None or not mark or not all(found[1]):
        return None
    start, given = found
    more = "," if language in COMMA_BEHIND else ""
    lines = [f"{one}{',' if one is not given[-1] else more}  {mark[0]} {KEPT} \u00e9\U0001f40e" for one in given]
    inside = "".join(f"{indent}    {line}\n" for line in lines)
    return f"{source[: start + 1]}\n{inside}{indent})"


def variants(test, found):
    """The code of a test with the first finding inside of a call, and over several lines."""
    span = found[0].span
    content = test.bad.encode()
    source = content[span.start : span.end].decode()
    line = content[content.rfind(b"\n", 0, span.start) + 1 :].decode()
    if test.language in CATALOGUE.languages and source.endswith(")"):
        yield spliced(test.bad, span, f"keep({source}, 1)")
        lines = over_lines(source, test.language, line[: len(line) - len(line.lstrip(" \t"))])
        if lines is not None:
            yield spliced(test.bad, span, lines)


@pytest.mark.parametrize(("rule", "number"), CASES, ids=NAMES)
def test_a_fix_inside_a_call_and_over_lines_parses_and_is_silent(rule, number):
    """Where it is offered. What stands around is as it was, and no comment is lost."""
    test = rule.tests[number]
    found, why = looked_at(rule, test.bad, test)
    assert found
    assert not why or is_broken(test)
    for code in variants(test, found):
        again, why = looked_at(rule, code, test)
        if why:  # it was a statement, which cannot stand there
            continue
        fixed = mended(code, again)
        left, why = looked_at(rule, fixed, test)
        assert not why, f"{code}\n->\n{fixed}"
        assert len(left) == sum(1 for one in again if not one.fixes), f"{code}\n->\n{fixed}"
        assert fixed.count(KEPT) == code.count(KEPT)
        assert fixed.count("keep(") == code.count("keep(")


def test_the_variants_are_tried():
    """Most calls are put into others and over lines, and mended there."""
    tried = offered = 0
    for rule, number in CASES[::5]:
        test = rule.tests[number]
        for code in variants(test, looked_at(rule, test.bad, test)[0]):
            again, why = looked_at(rule, code, test)
            tried += not why
            offered += any(one.fixes for one in again)
    assert tried >= len(CASES) // 10
    assert offered >= tried * 0.9
