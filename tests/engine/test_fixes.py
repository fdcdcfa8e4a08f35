"""Fixes with their exact text; what cannot be fixed safely is refused."""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.engine.ruletest import apply_fixes

HEAD = "import requests, hashlib\n"
CASES = [
    ("requests.get(u, verify=False)", "requests.get(u)"),
    ("requests.get(u, verify=False, timeout=3)", "requests.get(u, timeout=3)"),
    ("requests.get(verify=False)", "requests.get()"),
    ("requests.get(u, verify=False,)", "requests.get(u,)"),
    ("requests.get(f(a, b), verify=False)", "requests.get(f(a, b))"),
    ("requests.get(\n    u,\n    verify=False,\n)", "requests.get(\n    u,\n)"),
    ("requests.get(\r\n\tu,\r\n\tverify=False,\r\n\ttimeout=3,\r\n)", "requests.get(\r\n\tu,\r\n\ttimeout=3,\r\n)"),
    ("requests.get(\n    verify=False,  # kept\n    timeout=3,\n)", "requests.get(\n      # kept\n    timeout=3,\n)"),
    ("requests.get('\u00e9', verify=False)", "requests.get('\u00e9')"),
    ("hashlib.md5(x)", "hashlib.sha256(x)"),
]
REFUSED = [
    "requests.get(u, **{'verify': False})",
    "requests.get(u, verify=False, **more)",
    "getattr(requests, 'get')(u, verify=False)",
    "from hashlib import md5\nmd5(x)",
    "exec('requests.get(u, verify=False)')",
]


@pytest.mark.parametrize(("bad", "good"), CASES)
def test_fix(bad, good, catalogue):
    content = (HEAD + bad + "\n").encode()
    (finding,) = inspect(content, "a.py", None, catalogue).report.findings
    assert apply_fixes(content, finding.fixes).decode() == HEAD + good + "\n"


@pytest.mark.parametrize("bad", REFUSED)
def test_refused(bad, catalogue):
    report = inspect((HEAD + bad + "\n").encode(), "a.py", None, catalogue).report
    assert [finding.fixes for finding in report.findings] == [()]


def test_a_field_of_an_object(catalogue):
    content = b"const https = require('https');\nhttps.request({ host: h, rejectUnauthorized: false });\n"
    (finding,) = inspect(content, "a.js", None, catalogue).report.findings
    assert b"https.request({ host: h });" in apply_fixes(content, finding.fixes)
