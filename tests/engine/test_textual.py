"""Hidden characters and text patterns: what is found where, what stays silent, what it costs."""

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.engine import textual
from gifthorse.engine.hidden import _DETECTORS, MOST_SIGHTINGS, find_hidden
from gifthorse.engine.inspect import inspect
from gifthorse.engine.secrets import covered, entropy, is_example_path, is_placeholder, masked
from gifthorse.engine.sighting import Manner, decoded
from gifthorse.engine.textual import MOST_MATCHES, scan_text
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Catalogue, Language, Match, MatchKind, Rule
from gifthorse.model.text import Span, Text
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
TOKEN = "gh" + "p_1a2B3c4D5e6F7g8H9i0JkLmNoPqRsTuVwX0z"


def scan(content, path="module.py", language="python"):
    content = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return scan_text(content, CATALOGUE.languages.get(language), path, CATALOGUE)


def rules(content, *arguments):
    return [finding.rule for finding in scan(content, *arguments)]


def test_span_counts_bytes_also_behind_longer_characters():
    content = "# é € 🐎\nname\u200bd = 1\n".encode()
    (finding,) = scan(content)
    assert content[finding.span.start : finding.span.end] == "\u200b".encode()


def test_span_is_right_behind_bytes_that_are_not_utf8():
    content = b"x = '\xff\xfe'\nname\xe2\x80\x8bd = 1\n"
    found = {finding.rule: finding.span for finding in scan(content)}
    assert content[slice(*found["invisible-character"])] == b"\xe2\x80\x8b"
    assert content[slice(*found["invalid-encoding"])] == b"\xff\xfe"


def test_surrogates_written_as_bytes_are_no_obstacle():
    assert rules(b"x = '\xed\xa0\x80'\n") == ["invalid-encoding"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeffx = 1\r\ny = 2\r\n",
        "x = 1\ry = 2\r",
        "# \u043a\u043e\u043c\u043c\u0435\u043d\u0442\u0430\u0440\u0438\u0439\n# \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd\n# \u0645\u0631\u062d\u0628\u0627\n# \u65e5\u672c\u8a9e\n# na\u00efve caf\u00e9\n",
        "a = '👨‍👩‍👧 👍🏽 ❤️ 🏳️‍🌈 1️⃣ ©️'\n",
        "w = 'می‌خواهم' + 'क्‍ष'\n",
        "m = '\u200f\u05e2\u05d1\u05e8\u05d9\u05ea\u200e (x)'\n",
        "Δt = λ * µ\n",
        "def f():\n    pass\n\f\ndef g():\n    pass\n",
        "flag = '🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f'\n",
    ],
)
def test_legitimate_text_stays_silent(text):
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("x = 'a\u202eb'\n", "bidi-control"),
        ("x = 'a\u2066b'\n", "bidi-control"),
        ("x = '\u2067a' ; y = 'b\u2069'\n", "bidi-control"),
        ("a\u00adb = 1\n", "invisible-character"),
        ("x = 1\ufeff\n", "invisible-character"),
        ("is\u2064Admin = 1\n", "invisible-character"),
        ("x = 'a\U000e0041b'\n", "tag-character"),
        ("x = 'a\ufe0f\ufe0e'\n", "variation-selector"),
        ("\u0440\u0430ssword = 1\n", "mixed-script-identifier"),
        ("x = 1 \x08\n", "control-character"),
        ("x = '\x00'\n", "control-character"),
        ("# a\u2028b = 1\n", "unusual-line-break"),
        ("# a\x0cb = 1\nc = 1\n", "unusual-line-break"),
        ("# a\rb = 1\nc = 1\n", "unusual-line-break"),
    ],
)
def test_hidden_text_is_found(text, rule):
    assert rule in rules(text)


def test_file_in_no_known_language_is_read_too():
    (finding,) = scan("mov eax, s\u0430yHello\n", "boot.s", "")
    assert (finding.rule, finding.confidence) == ("mixed-script-identifier", Confidence.HIGH)


def test_lookalike_in_prose_or_comment_is_a_hint_only():
    assert {finding.confidence for finding in scan("the w\u043erd\n", "notes.md", "")} == {Confidence.LOW}
    assert {finding.confidence for finding in scan("# the w\u043erd\n")} == {Confidence.LOW}


@pytest.mark.parametrize("before", ["u = 'https://a.io' + ", "u = '#' + ", 'u = "//" + '])
def test_token_of_a_comment_in_a_string_calms_nobody(before):
    assert {finding.confidence for finding in scan(before + "w\u043erd()\n", "a.js", "javascript")} == {Confidence.HIGH}


def test_apostrophe_before_a_comment_hides_no_line_break():
    (finding,) = scan('x = "it\'s" // a\u2028evil()\n', "a.js", "javascript")
    assert finding.confidence is Confidence.HIGH


def test_flood_of_hidden_characters_is_cut():
    assert 0 < len(scan("a\u200bb\n" * 5000)) <= 100


def test_long_line_of_letters_costs_no_more_than_its_length():
    started = time.perf_counter()
    scan("x = '" + "\u043e" * 400_000 + "'\n")
    assert time.perf_counter() - started < 5


def test_secret_is_never_shown_whole():
    (finding,) = scan(f'token = "{TOKEN}"\n')
    assert finding.rule == "code-host-token"
    assert TOKEN[:4] in finding.message
    assert TOKEN[:8] not in finding.message
    (finding,) = scan("db_password = 'Wn4kZp8sQy3'\n")
    assert "Wn4k" not in finding.message


def test_secret_span_is_the_secret():
    content = f'é = "{TOKEN}"\n'.encode()
    (finding,) = scan(content)
    assert content[slice(*finding.span)].decode() == TOKEN


def test_one_secret_one_finding():
    assert rules(f'github_access_token = "{TOKEN}"\n') == ["code-host-token"]


def test_secret_in_tests_and_examples_is_a_hint():
    (finding,) = scan(f'token = "{TOKEN}"\n', "tests/test_login.py")
    assert finding.confidence is Confidence.LOW


def test_secrets_are_found_in_any_file():
    assert rules(f"token: {TOKEN}\n", "deploy.yaml", "") == ["code-host-token"]


@pytest.mark.parametrize(
    "value",
    ["your-api-key", "xxxxxxxxxxxx", "changeme", "<token>", "${TOKEN}", "{{ token }}", "password123", "AKIAIOSFODNN7EXAMPLE",
     "aaaaaaaaaaaaaaaaaaaa", "test", "os.environ['A']", "%(secret)s", "dummy-value", "1234567890abcdef"],
)  # fmt: skip
def test_placeholders_are_known(value):
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["Wn4kZp8sQy3", "k9#Lm2xQv7!pRt", TOKEN, "b7f3e9a1c5d24f608e7b"])
def test_real_values_are_no_placeholders(value):
    assert not is_placeholder(value)


def test_entropy_and_masks():
    assert entropy("") == 0
    assert entropy("aaaa") == 0
    assert entropy("abcd") == 2
    assert masked("short") == "(5 characters, not shown)"
    assert masked("abcdefghijklmnopqrst") == "abcd... (20 characters)"


def test_example_paths():
    assert is_example_path("src/tests/login.py")
    assert is_example_path("login_test.go") or is_example_path("login.test.js")
    assert not is_example_path("src/latest/contest.py")


def rule_with(match):
    return Rule(
        "odd", "odd", (1,), Severity.LOW, Confidence.HIGH, "t", "found {name} {value}", "w", "i", (), (match,), ()
    )


def one_rule(match, languages=None):
    return Catalogue({"odd": rule_with(match)}, languages or {}, "1")


def language(name, inherits=""):
    return Language(name, "", (), (), (), ("//",), (), inherits, "", {}, frozenset(), frozenset(), {})


def test_text_match_follows_language_and_inheritance():
    languages = {"js": language("js"), "ts": language("ts", "js"), "go": language("go")}
    catalogue = one_rule(Match(MatchKind.TEXT, ("js",), ("evil",), keywords=("evil",)), languages)
    found = {name: len(scan_text(b"evil", languages[name], "a", catalogue)) for name in languages}
    assert found == {"js": 1, "ts": 1, "go": 0}
    assert scan_text(b"evil", None, "a", catalogue) == ()


def test_predicates_over_groups():
    match = Match(
        MatchKind.TEXT, (), (r"(?P<name>\w+)=(?P<rest>\w+)",), where={"name": ("re:^a", "is:b")}, unless={"rest": ("is:no",)},
        keywords=("=",), ignore_case=True,
    )  # fmt: skip
    catalogue = one_rule(match)
    assert [f.message for f in scan_text(b"ab=1 b=2 c=3 a=no", None, "x", catalogue)] == [
        "found ab ab=1",
        "found b b=2",
    ]


def test_catalogues_are_not_mixed_up():
    first = one_rule(Match(MatchKind.TEXT, (), ("aaa",), keywords=("aaa",)))
    second = one_rule(Match(MatchKind.TEXT, (), ("bbb",), keywords=("bbb",)))
    assert [len(scan_text(b"aaa", None, "x", one)) for one in (first, second, first)] == [1, 0, 1]


def test_matches_of_one_pattern_are_bounded():
    catalogue = one_rule(Match(MatchKind.TEXT, (), ("a",), keywords=("a",)))
    assert len(scan_text(b"a " * 5000, None, "x", catalogue)) == MOST_MATCHES


def test_findings_ascend():
    found = scan(f'a = "{TOKEN}"\nb\u200bc = 1\nd = "{TOKEN}"\n')
    assert list(found) == sorted(found, key=lambda finding: finding.span)
    assert len(found) == 3


PIECES = ["x", "Hello", " ", "\n", "\r\n", "\r", "'", "# ", "(", "\u0430", "\u041f", "\u05d0", "\u0643", "\u00e9", "\U0001f468",
          "\u200d", "\u200b", "\u202e", "\u202c", "\u2066", "\u2069", "\ufe0f", "\U000e0041", "\U000e0101", "\ufeff",
          "\x00", "\x1b", "\x0c", "\u2028", "\u0085", "\uff45", "\U0001d626", "\u03bf"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.booleans())
def test_shortcut_past_ordinary_text_misses_nothing(pieces, code):
    content = "".join(pieces).encode()
    manner = Manner(re.compile("#"), code, True)
    slow = [one for detector, _ in _DETECTORS for one in list(detector(decoded(content), manner))[:MOST_SIGHTINGS]]
    assert find_hidden(content, manner) == sorted(slow, key=lambda one: (one.start, one.end))


@given(st.binary(max_size=60))
def test_any_bytes_can_be_scanned(content):
    for finding in scan(content):
        assert 0 <= finding.span.start <= finding.span.end <= len(content)


def test_covered_text_keeps_every_offset_and_shows_no_secret():
    content = f'é = "{TOKEN}"\npw = "Wn4kZp8sQy3"\nkey = """ab\ncdefghijklmnopq"""\n'.encode()
    spans = [Span(content.index(part), content.index(part) + len(part)) for part in (TOKEN.encode(), b"Wn4kZp8sQy3")]
    spans.append(Span(content.index(b"ab\n"), content.index(b'"""\n', -4)))
    shown = bytes(covered(Text.of(content), spans))
    assert len(shown) == len(content)
    assert [at for at, byte in enumerate(shown) if byte == 10] == [at for at, byte in enumerate(content) if byte == 10]
    assert TOKEN[:4].encode() + b"*" * (len(TOKEN) - 4) in shown
    assert b"Wn4k" not in shown
    assert b"cdef" not in shown


def test_one_cause_is_one_finding():
    code = "from openai import OpenAI\n\nr = OpenAI().chat.completions.create(model='m')\neval(r.choices[0].message.content)\n"
    found = [finding.rule for finding in inspect(code.encode(), "a.py", None, CATALOGUE).report.findings]
    assert found == ["model-output-executed"]
    code = "const s = require('express-session');\napp.use(s({ secret: 'k9Lm2xQv7pRt' }));\n"
    found = [finding.rule for finding in inspect(code.encode(), "a.js", None, CATALOGUE).report.findings]
    assert found == ["hard-coded-key"]


def test_queries_that_fit_one_place_in_several_ways_are_one_finding():
    code = b"function isAllowed(a) {\n  switch (a) {\n    case 1:\n      return false;\n    default:\n      log(a);\n      return true;\n  }\n}\n"
    found = inspect(code, "a.js", None, CATALOGUE).report.findings
    assert len({(finding.rule, finding.span) for finding in found}) == len(found)
    gpg = inspect(b"gpg --verify app.sig app || true\n", "a.sh", None, CATALOGUE).report.findings
    assert len({(finding.rule, finding.span) for finding in gpg}) == len(gpg) == 1


def test_only_what_the_last_catalogues_mean_is_kept():
    """Each save of a user's own rule makes another one."""
    for number in range(3 * textual.MOST_CATALOGUES):
        textual.scan_text(b"x", None, "a.txt", replace(CATALOGUE, version=str(number)))
    assert len(textual._PLANS) <= textual.MOST_CATALOGUES
