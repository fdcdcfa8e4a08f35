"""Comments by which other tools are silenced: read in every form, taken for suppressions on request, an assistant's never."""

from dataclasses import replace

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.engine.suppress import IN_AI_TEXT
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.config import Config
from gifthorse.workspace.foreignids import _BANDIT, _GOSEC, _WORDS
from gifthorse.workspace.judge import judge_all
from gifthorse.workspace.owners import Owners

RULES = load_catalogue()
ASKED = Config(foreign=True)


def judged(code, path, config=ASKED, regions=()):
    content = code.encode()
    report = inspect(content, path, None, RULES).report
    return judge_all(report, Text.of(content), Owners(regions), config, RULES)


def shown(code, path, config=ASKED):
    return {one.finding.rule for one in judged(code, path, config).shown}


def silenced(code, path):
    return {one.judged.finding.rule for one in judged(code, path).silenced}


PY = "import hashlib\nx = hashlib.md5(b).hexdigest()"
TLS = "import requests\nrequests.get(u, verify=False, timeout=3)"
JAVA = """\
    @SuppressFBWarnings("WEAK_MESSAGE_DIGEST_MD5")
    Object f() throws Exception {
        return MessageDigest.getInstance("MD5");
    }
}
"""
SILENT = {
    "bandit": ("a.py", f"{PY}  # nosec\n"),
    "bandit, the rule": ("a.py", f"{PY}  # nosec B324\n"),
    "bandit, several": ("a.py", f"{TLS}  # nosec: B101, B501 its own certificate\n"),
    "bandit, a rule that nobody knows": ("a.py", f"{PY}  # nosec B999\n"),
    "ruff": ("a.py", f"{PY}  # noqa: E501, S324\n"),
    "semgrep": ("a.py", f"{PY}  # nosemgrep: python.lang.security.insecure-hash\n"),
    "semgrep above": ("a.py", "import hashlib\n# nosemgrep\nx = hashlib.md5(b).hexdigest()\n"),
    "sonar": ("a.py", f"{TLS}  # NOSONAR\n"),
    "lgtm": ("a.py", f"{TLS}  # lgtm[py/request-without-cert-validation]\n"),
    "codeql": ("a.py", "import requests\n# codeql[py/x]\nrequests.get(u, verify=False, timeout=3)\n"),
    "gosec": ("a.go", 'package a\n\nimport "crypto/md5"\n\nvar h = md5.New() // #nosec G401 -- a checksum\n'),
    "gosec above": ("a.go", 'package a\n\nimport "crypto/md5"\n\n// #nosec G401\nvar h = md5.New()\n'),
    "golangci-lint": ("a.go", 'package a\n\nimport "crypto/md5"\n\nvar h = md5.New() //nolint:errcheck,gosec\n'),
    "eslint": ("a.js", "const x = eval(y); // eslint-disable-line no-eval\n"),
    "eslint, the next line": ("a.js", "// eslint-disable-next-line no-console, no-eval -- trusted\nconst x = eval(y);\n"),
    "eslint, the file": ("a.js", "/* eslint-disable no-eval */\nf();\nconst x = eval(y);\n"),
    "clang-tidy": ("a.c", "void f(char *a) { char b[4]; strcpy(b, a); } // NOLINT(clang-analyzer-security.insecureAPI.strcpy)\n"),
    "clang-tidy, the next line": ("a.c", "// NOLINTNEXTLINE\nvoid f(char *a) { char b[4]; strcpy(b, a); }\n"),
    "findsecbugs": (
        "A.java",
        "import java.security.*;\nclass A {\n" + JAVA,
    ),
    "analyzers of .NET": (
        "a.cs",
        "using System.Security.Cryptography;\nclass A {\n#pragma warning disable CA5351\n    object F() { return DES.Create(); }\n}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_a_foreign_comment_silences_only_on_request(name):
    path, code = SILENT[name]
    asked, by_itself = shown(code, path), shown(code, path, Config())
    assert by_itself
    assert asked < by_itself
    assert silenced(code, path) == by_itself - asked


LOUD = {
    "another rule": ("a.py", f"{PY}  # nosec B602\n"),
    "another line": ("a.py", f"# nosec\n{PY}\n"),
    "in a text": ("a.py", 'import requests\nrequests.get("# nosec", verify=False, timeout=3)\n'),
    "something about style": ("a.py", f"{TLS}  # noqa: E501\n"),
    "everything about style": ("a.py", f"{TLS}  # noqa\n"),
    "another linter": ("a.go", 'package a\n\nimport "crypto/md5"\n\nvar h = md5.New() //nolint:errcheck\n'),
    "a rule about style": ("a.js", "const x = eval(y); // eslint-disable-line no-console\n"),
    "another check": ("a.c", "void f(char *a) { char b[4]; strcpy(b, a); } // NOLINT(readability-magic-numbers)\n"),
    "hidden text": ("a.py", "x = 1  # nosec \u202e\u2066 gnihton\u2069\n"),
    "an annotation about something else": ("A.java", '@SuppressWarnings("unchecked")\nclass A {\n    Object f() throws Exception { return java.security.MessageDigest.getInstance("MD5"); }\n}\n'),
}  # fmt: skip


@pytest.mark.parametrize("name", LOUD)
def test_a_foreign_comment_does_not_silence(name):
    path, code = LOUD[name]
    assert shown(code, path)
    assert shown(code, path) == shown(code, path, Config())


def test_the_reason_names_the_comment():
    (one,) = judged(f"{PY}  # nosec B324\n", "a.py").silenced
    assert one.reason == "# nosec B324"


def test_terraform_and_yaml_are_silenced_by_blocks():
    one = 'resource "aws_s3_bucket" "a" {\n  # checkov:skip=CKV_AWS_20:public by design\n  acl = "public-read"\n}\n'
    other = one + '\nresource "aws_s3_bucket" "b" {\n  acl = "public-read"\n}\n'
    assert shown(one, "a.tf", Config())
    assert not shown(one, "a.tf")
    assert shown(other, "a.tf")


@pytest.mark.parametrize("asked", [True, False])
def test_one_that_an_assistant_wrote_never_counts_and_is_a_finding(asked):
    code = f"{TLS}  # nosec\n"
    start = code.index("# nosec")
    insertion = Insertion("r", Origin("copilot", "chat"), Evidence.REPORTED, "2026-01-01T00:00:00Z", "", None, 1)
    region = Region(insertion, (Span(start + 2, start + 7),), 1, Standing.UNREVIEWED)
    result = judged(code, "a.py", replace(ASKED, foreign=asked), [region])
    assert [one.finding.rule for one in result.shown] == ["tls-verify-off", IN_AI_TEXT]
    assert "'# nosec'" in result.shown[1].finding.message
    assert result.silenced == ()


def test_every_family_is_one_of_ours():
    words = {family for table in _WORDS.values() for family in table.values()}
    assert words | set(_BANDIT.values()) | set(_GOSEC.values()) <= set(RULES.families)
