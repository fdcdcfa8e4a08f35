"""What a message says of arguments and values is what a reader of that language would write."""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.engine.wording import argument_name, written

MESSAGES = [
    ("a.py", "import requests\nrequests.get(u, verify=False)\n", "requests.get verify = False"),
    ("b.py", "import requests\nrequests.get(u, verify=None)\n", "requests.get verify = None"),
    ("a.js", "require('https').request({ rejectUnauthorized: false })", "https.request rejectUnauthorized = false"),
    ("b.js", "require('https').request({ rejectUnauthorized: null })", "https.request rejectUnauthorized = null"),
    ("a.ts", "import https from 'https'\nhttps.request({ rejectUnauthorized: !1 })", "https.request rejectUnauthorized = false"),
    ("c.js", "require('crypto').createHash('md5')", "crypto.createHash the first argument = 'md5'"),
    ("a.go", 'package m\nimport "crypto/tls"\nvar c = tls.Config{InsecureSkipVerify: true}\n', "crypto/tls.Config InsecureSkipVerify = true"),
]  # fmt: skip
PATHS = [
    ("0", "the first argument"),
    ("11", "the 12th argument"),
    ("0.rejectUnauthorized", "rejectUnauthorized"),
    ("1.0", "the first element"),
    ("verify", "verify"),
    ("receiver", "the object"),
    ("*", "an argument"),
]
CONSTANTS = [
    ("python", [True, None, "a'b", b"k"], "[True, None, 'a\\'b', b'k']"),
    ("javascript", {"a": False, "b": None}, "{'a': false, 'b': null}"),
    ("typescript", "x\n", "'x\\n'"),
    ("go", ["md5", None, 3], '["md5", nil, 3]'),
]


@pytest.mark.parametrize(("name", "code", "message"), MESSAGES)
def test_message(name, code, message, catalogue):
    (finding,) = inspect(code.encode(), name, None, catalogue).report.findings
    assert finding.message == message


@pytest.mark.parametrize(("path", "words"), PATHS)
def test_argument_path_in_words(path, words):
    assert argument_name(path) == words


@pytest.mark.parametrize(("language", "const", "text"), CONSTANTS)
def test_constant_as_its_language_writes_it(language, const, text, catalogue):
    assert written(const, catalogue.languages[language].settings) == text


def test_what_is_very_deep_is_left_out(catalogue):
    deep = []
    for _ in range(5_000):
        deep = [deep]
    assert written(deep, catalogue.languages["python"].settings) == "[[[[[...]]]]]"
