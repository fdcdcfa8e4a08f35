"""Secrets that stand in pieces, or in an encoding: found where they are first whole, once, and never shown."""

import base64

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
HEAD, TAIL = "gh" + "p_", "1a2B3c4D5e6F7g8H9i0J" + "kLmNoPqRsTuVwX0z"
ENCODED = base64.b64encode((HEAD + TAIL).encode()).decode()
BACKWARDS = (HEAD + TAIL)[::-1]


def found(code, path):
    content = code.replace("HEAD", HEAD).replace("TAIL", TAIL).replace("ENCODED", ENCODED).replace("BACK", BACKWARDS)
    report = inspect(content.encode(), path, None, CATALOGUE).report
    assert not any(HEAD + TAIL in finding.message for finding in report.findings)
    return [
        content.encode()[slice(*finding.span)].decode()
        for finding in report.findings
        if finding.rule == "code-host-token"
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", "token = 'HEAD' + 'TAIL'\n"),
        ("a.py", "token = ('HEAD'\n 'TAIL')\n"),
        ("a.py", "part = 'TAIL'\ntoken = f'HEAD{part}'\n"),
        ("a.py", "token = ''.join(['HEAD', 'TAIL'])\n"),
        ("a.py", "token = 'HEAD'\ntoken += 'TAIL'\n"),
        ("a.py", "import base64\nx = base64.b64decode('ENCODED')\n"),
        ("a.js", "const token = 'HEAD' + 'TAIL';\n"),
        ("a.js", "const token = ['HEAD', 'TAIL'].join('');\n"),
        ("a.js", "const token = atob('ENCODED');\n"),
        ("a.ts", "const tail: string = 'TAIL';\nconst token = `HEAD${tail}`;\n"),
        ("a.js", "const token = 'BACK'.split('').reverse().join('');\n"),
        ("a.go", 'package a\n\nvar token = "HEAD" + "TAIL"\n'),
        ("a.go", 'package a\n\nimport "strings"\n\nvar token = strings.Join([]string{"HEAD", "TAIL"}, "")\n'),
        ("A.java", 'class A {\n    String token = "HEAD" + "TAIL";\n}\n'),
        ("A.java", 'class A {\n    String token = "HEAD".concat("TAIL");\n}\n'),
        ("a.kt", 'val token = "HEAD" + "TAIL"\n'),
        ("a.cs", 'class A\n{\n    string token = "HEAD" + "TAIL";\n}\n'),
        ("a.php", "<?php\n$token = 'HEAD' . 'TAIL';\n"),
        ("a.php", "<?php\n$token = base64_decode('ENCODED');\n"),
        ("a.php", "<?php\n$token = strrev('BACK');\n"),
        ("a.rb", "token = 'HEAD' + 'TAIL'\n"),
        ("a.rb", "token = %w[HEAD TAIL].join\n"),
        ("a.rs", 'const TOKEN: &str = concat!("HEAD", "TAIL");\n'),
        ("a.swift", 'let token = "HEAD" + "TAIL"\n'),
        ("a.cpp", '#include <string>\nauto token = std::string("HEAD") + "TAIL";\n'),
        ("a.c", 'const char *token = "HEAD" "TAIL";\n'),
        ("a.sh", 'head=HEAD\ntoken="${head}TAIL"\n'),
        ("a.ps1", "$token = 'HEAD' + 'TAIL'\n"),
    ],
)  # fmt: skip
def test_a_secret_in_pieces_is_found_where_it_is_put_together(path, code):
    assert len(found(code, path)) == 1


def test_a_text_that_only_holds_a_secret_says_nothing_new():
    assert len(found("token = 'HEAD' + 'TAIL'\nurl = 'https://' + token + '@github.com/a/b'\n", "a.py")) == 1
    assert len(found("token = 'HEADTAIL'\nurl = f'https://{token}@github.com/a/b'\n", "a.py")) == 1
    assert len(found("import base64\ntoken = base64.b64decode('ENCODED').decode('ascii')\n", "a.py")) == 1


def test_a_secret_that_goes_on_is_one_secret():
    assert found("token = 'HEAD' + 'TAIL' + 'MoreOfIt12'\n", "a.py") == [f"'{HEAD}' + '{TAIL}' + 'MoreOfIt12'"]


def test_placeholders_in_pieces_stay_silent():
    assert found("token = 'HEAD' + 'x' * 36\n", "a.py") == []
    assert found("token = 'HEAD' + os.environ['TAIL']\n", "a.py") == []


def test_it_is_found_through_a_function_and_told_who_calls_it():
    code = "def whole(tail):\n    return 'HEAD' + tail\n\nwhole('TAIL')\n"
    assert found(code, "a.py") == [f"'{HEAD}' + tail"]
