"""Every language that there is: code cut off, merged, nested and packed gets an answer or is said not to be analysed."""

from pathlib import Path

import pytest

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.model.text import Edit, Span
from gifthorse.store.catalogue import load_catalogue

CASES = Path(__file__).parent / "cases"
SHIPPED = load_catalogue()
LANGUAGES = sorted(name for name, language in SHIPPED.languages.items() if language.grammar and language.extensions)
DEPTH = 3_000
"""Some grammars take time that grows with the square of the depth; the worker's limit stops those."""


def path_of(name: str) -> str:
    return "module" + SHIPPED.languages[name].extensions[0]


def samples(name: str) -> list[bytes]:
    files = [path.read_bytes() for path in sorted((CASES / name).rglob("*")) if path.is_file()]
    tests = [test.bad for rule in SHIPPED.rules.values() for test in rule.tests if test.language == name and test.bad]
    return [*files[:2], *(text.encode("utf-8", "surrogatepass") for text in tests[:3])] or [b"a\nb\n"]


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_file_that_is_cut_off(name):
    for text in samples(name):
        for end in range(0, len(text), max(1, len(text) // 12)):
            report = inspect(text[:end], path_of(name), None, SHIPPED).report
            assert all(0 <= one.span.start <= one.span.end <= end for one in report.findings)


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_file_as_it_is_typed(name):
    text = samples(name)[-1][:300]
    seen = inspect(b"", path_of(name), None, SHIPPED)
    for end in range(1, len(text) + 1):
        seen = reinspect(seen, [Edit(Span(end - 1, end - 1), text[end - 1 : end])], text[:end])
    whole = inspect(text, path_of(name), None, SHIPPED).report
    assert whole.incomplete or seen.report.findings == whole.findings


@pytest.mark.parametrize("name", LANGUAGES)
def test_merge_markers(name):
    for text in samples(name):
        lines = text.split(b"\n")
        half = len(lines) // 2
        merged = [*lines[:half], b"<<<<<<< HEAD", *lines[half:], b"=======", b"other", b">>>>>>> theirs", b""]
        assert inspect(b"\n".join(merged), path_of(name), None, SHIPPED).report.language is not None


@pytest.mark.parametrize("pair", [b"()", b"[]", b"{}", b"<>"])
@pytest.mark.parametrize("name", LANGUAGES)
def test_deep_nesting(name, pair):
    for text in (pair[:1] * DEPTH, pair[:1] * DEPTH + b"x" + pair[1:] * DEPTH):
        assert inspect(text, path_of(name), None, SHIPPED).report.language is not None


@pytest.mark.parametrize("name", LANGUAGES)
def test_one_line_of_two_megabytes(name):
    report = inspect(b"x = 1; " * 300_000, path_of(name), None, SHIPPED).report
    assert report.incomplete == "not analysed in full: a line of more than 200 kB"


@pytest.mark.parametrize("name", LANGUAGES)
def test_other_encodings(name):
    for text in samples(name):
        for coded in (text.decode("utf-8", "replace").encode("utf-16"), b"\xef\xbb\xbf" + text, text + b"\xff\xfe\0"):
            assert inspect(coded, path_of(name), None, SHIPPED).report.language is not None
