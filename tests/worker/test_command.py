"""The real command with the real engine: the same answers as the engine gives in this process."""

import sys

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.text import Edit, Span, Text
from gifthorse.store.catalogue import load_catalogue
from gifthorse.worker.desk import with_marked_comments

COMMAND = (sys.executable, "-P", "-m", "gifthorse", "worker")
PYTHON = b"import requests\n\n\ndef get(url):  # get it\n    return requests.get(url, verify=False)\n"
JAVASCRIPT = b"const https = require('https');\nhttps.request({ rejectUnauthorized: false });\n"
GO = b'package a\n\nimport "crypto/tls"\n\nvar c = &tls.Config{InsecureSkipVerify: true}\n'


@pytest.mark.parametrize(
    ("name", "language_id", "content"),
    [("a.py", "python", PYTHON), ("a.js", None, JAVASCRIPT), ("a.go", "go", GO), ("a.unknown", None, b"\xff\x00")],
)
def test_answers_are_the_engines(start, name, language_id, content):
    probe = start(command=COMMAND)
    uri, catalogue = f"file:///{name}", load_catalogue()
    probe.worker.open(uri, 1, language_id, content)
    report = probe.reply(1, uri).report
    assert report == with_marked_comments(inspect(content, name, language_id, catalogue).report, content)
    assert report.incomplete == "" or name == "a.unknown"
    edit = Edit(Span(0, 0), b"\n\n")
    probe.worker.change(uri, 2, [edit])
    after = bytes(Text.of(content).apply(edit))
    report = probe.reply(2, uri).report
    assert report == with_marked_comments(inspect(after, name, language_id, catalogue).report, after)


def test_a_risky_call_is_found_while_it_is_typed(start):
    probe = start(command=COMMAND)
    probe.worker.open("file:///a.py", 0, "python", b"import pickle\n\nvalue = ")
    assert probe.reply(0).report.findings == ()
    typed = b"pickle.loads(blob)"
    for version, letter in enumerate(typed, start=1):
        probe.worker.change("file:///a.py", version, [Edit(Span(22 + version, 22 + version), bytes([letter]))])
    [finding] = probe.reply(len(typed)).report.findings
    assert (finding.rule, finding.span) == ("unsafe-deserialization", Span(23, 41))
