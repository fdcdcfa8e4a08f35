"""What a baseline knows in a later run, whatever was done to the files in between: measured on findings themselves."""

from dataclasses import replace

import pytest

from gifthorse.cli._baseline import Baseline, Known, Present, hold
from gifthorse.engine.fingerprint import fingerprints, likeness
from gifthorse.engine.inspect import inspect
from gifthorse.model.text import Text
from gifthorse.store.catalogue import load_catalogue

RULES = ("tls-verify-off", "weak-hash", "shell-injection", "yaml-unsafe-load")
FIRST = """\
import hashlib
import requests
import yaml


def load(u):
    return requests.get(u, verify=False, timeout=3)


def read(text):
    return yaml.load(text, Loader=yaml.Loader)
"""
SECOND = """\
import hashlib

def digest(data):
    return hashlib.md5(data, 'x').hexdigest()

def twice(data):
    return hashlib.md5(data, 'x').hexdigest()
"""
FILES = {"a.py": FIRST, "lib/b.py": SECOND}
KNOWN = 4
FORMATTED = """\
import hashlib
import requests
import yaml


def load(u):
    return requests.get(
        u,
        verify=False,
        timeout=3,
    )


def read(text):
    return yaml.load(
        text, Loader=yaml.Loader
    )
"""
INDENTED = "".join(f"    {line}" if line.strip() else line for line in FIRST.splitlines(keepends=True))
LOAD = FIRST[FIRST.index("def load") : FIRST.index("def read")]
IMPORTS = FIRST[: FIRST.index("def load")]


@pytest.fixture(scope="module")
def catalogue():
    whole = load_catalogue()
    return replace(whole, rules={rule: whole.rules[rule] for rule in RULES})


@pytest.fixture
def found(catalogue):
    def look(files):
        present = []
        for path, code in files.items():
            text = Text.of(code)
            findings = inspect(code.encode(), path, None, catalogue).report.findings
            for finding, name in zip(findings, fingerprints(findings, text), strict=True):
                present.append(Present((path, path), name, likeness(finding, text), finding.rule))
        return present

    return look


@pytest.fixture(params=["likeness", "fingerprint"])
def baseline(request, found):
    """What a baseline, or a result in JSON or SARIF, knows of FILES."""
    counts = {}
    for one in found(FILES):
        known = Known(one.paths[0], getattr(one, request.param), one.rule)
        counts[known] = counts.get(known, 0) + 1
    return Baseline(counts)


def held(baseline, found, files):
    return hold(baseline, found(files), lambda path: True)


MOVES = {
    "nothing": FILES,
    "lines above": {**FILES, "a.py": "# one\n\nx = 1\n" + FIRST},
    "a file renamed": {"c.py": FIRST, "lib/b.py": SECOND},
    "a folder renamed": {"a.py": FIRST, "library/b.py": SECOND},
    "files that change their names": {"a.py": SECOND, "lib/b.py": FIRST},
    "reindented": {**FILES, "a.py": "if True:\n" + INDENTED},
    "tabs and CRLF": {**FILES, "a.py": FIRST.replace("    ", "\t").replace("\n", "\r\n")},
    "over more lines": {**FILES, "a.py": FORMATTED},
    "quotes": {**FILES, "lib/b.py": SECOND.replace("'", '"')},
    "a backslash before a line's end": {**FILES, "a.py": FIRST.replace("get(u,", "get\\\n        (u,")},
    "a function moved in its file": {**FILES, "a.py": FIRST.replace(LOAD, "") + "\n\n" + LOAD},
    "a function moved to another file": {"a.py": FIRST.replace(LOAD, ""), "lib/b.py": IMPORTS + LOAD + SECOND},
    "all in one file": {"all.py": FIRST + SECOND},
    "all in one file, the other way round": {"all.py": SECOND + FIRST},
}


@pytest.mark.parametrize("name", MOVES)
def test_what_moved_is_known_and_nothing_is_stale(name, baseline, found):
    result = held(baseline, found, MOVES[name])
    assert len(result.known) == KNOWN
    assert all(result.known)
    assert not result.stale


NEW = {
    "one more in its file": {**FILES, "a.py": FIRST + "\n\n" + LOAD.replace("load", "again")},
    "one more elsewhere": {**FILES, "c.py": IMPORTS + LOAD},
    "one more of two": {**FILES, "c.py": "import hashlib\nhashlib.md5(data, 'x').hexdigest()\n"},
    "another argument": {**FILES, "c.py": IMPORTS + "requests.get(v, verify=False, timeout=3)\n"},
    "another rule": {**FILES, "c.py": "import os\nos.system('ls ' + input())\n"},
}


@pytest.mark.parametrize("name", NEW)
def test_one_more_is_new(name, baseline, found):
    result = held(baseline, found, NEW[name])
    assert result.known.count(False) == 1
    assert result.known.count(True) == KNOWN
    assert not result.stale


def test_what_was_mended_is_stale_and_makes_room_for_nothing_else(baseline, found):
    result = held(baseline, found, {**FILES, "a.py": FIRST.replace("verify=False, ", "")})
    assert all(result.known)
    assert [(one.path, one.rule, count) for one, count in result.stale.items()] == [("a.py", "tls-verify-off", 1)]


def test_what_was_not_looked_at_has_not_moved(baseline, found):
    result = hold(baseline, found({"c.py": FIRST}), lambda path: path == "c.py")
    assert not any(result.known)
    assert not result.stale
