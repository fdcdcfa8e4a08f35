"""URIs, encodings and changes, over values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from gifthorse.lsp.convert import apply_changes, choose_encoding, path_of, range_of, same_file, smallest_edit, uri_of
from gifthorse.lsp.places import places
from gifthorse.model.smallest import edit_by_lines
from gifthorse.model.text import Edit, Span, Text


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["utf-16"], "utf-16"),
        (["utf-32", "utf-16", "utf-8"], "utf-8"),
        (["utf-32"], "utf-32"),
        (["utf-99"], "utf-16"),
        ([types.PositionEncodingKind.Utf8], "utf-8"),
    ],
)
def test_the_encoding_is_negotiated(offered, chosen):
    assert choose_encoding(offered) == chosen


@pytest.mark.parametrize(
    ("uri", "posix", "windows"),
    [
        ("file:///home/me/a%20b.py", "/home/me/a b.py", "\\home\\me\\a b.py"),
        ("file:///c%3A/Users/x.py", "/c:/Users/x.py", "c:\\Users\\x.py"),
        ("file:///C:/Users/x.py", "/C:/Users/x.py", "C:\\Users\\x.py"),
        ("file://server/share/x.py", "//server/share/x.py", "\\\\server\\share\\x.py"),
        ("file://localhost/x.py", "/x.py", "\\x.py"),
        ("FILE:///x.py", "/x.py", "\\x.py"),
        ("file:/x.py", "/x.py", "\\x.py"),
        ("file:///a%23b%3Fc.py", "/a#b?c.py", "\\a#b?c.py"),
        ("file:///a#b?c.py", "/a#b?c.py", "\\a#b?c.py"),
        ("file:///caf%C3%A9.py", "/café.py", "\\café.py"),
        ("file:///%FF.py", "/\udcff.py", "\\\udcff.py"),
        ("untitled:Untitled-1", None, None),
        ("vscode-vfs://github/a/b.py", None, None),
        ("http://[::1", None, None),
        ("", None, None),
    ],
)
def test_paths_of_uris(uri, posix, windows):
    assert path_of(uri, windows=False) == posix
    assert path_of(uri, windows=True) == windows


def test_a_path_comes_back_from_its_uri(tmp_path):
    path = tmp_path / "a b#c%d é.py"
    assert path_of(uri_of(str(path))) == str(path)


def test_spellings_of_one_file():
    assert same_file("file:///a%20b.py", "file:///a b.py")
    assert not same_file("file:///a.py", "file:///b.py")
    assert not same_file("untitled:1", "untitled:1")


def partial(start, end, text):
    range_ = types.Range(types.Position(*start), types.Position(*end))
    return types.TextDocumentContentChangePartial(range=range_, text=text)


def test_changes_are_applied_one_after_the_other():
    text, edits = apply_changes(
        Text.of("ab\ncd"), [partial((0, 1), (0, 2), "x\ny"), partial((1, 0), (1, 1), "")], "utf-16"
    )
    assert bytes(text) == b"ax\n\ncd"
    assert edits == (Edit(Span(1, 2), b"x\ny"), Edit(Span(3, 4), b""))


def test_a_whole_text_becomes_the_smallest_edit():
    whole = types.TextDocumentContentChangeWholeDocument(text="one\ntWo\n")
    text, edits = apply_changes(Text.of("one\ntwo\n"), [whole], "utf-16")
    assert bytes(text) == b"one\ntWo\n"
    assert edits == (Edit(Span(5, 6), b"W"),)
    assert apply_changes(text, [whole], "utf-16")[1] == ()


@given(st.text("aé😀\n"), st.text("aé😀\n"))
def test_the_smallest_edit_leads_from_one_to_the_other(before, after):
    old, new = before.encode(), after.encode()
    edit = smallest_edit(old, new)
    if edit is None:
        assert old == new
        return
    assert old[: edit.span.start] + edit.new + old[edit.span.end :] == new
    edit.new.decode()
    old[edit.span.start : edit.span.end].decode()


@given(st.text("aé😀\n\r\u2028"), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.lists(st.integers(-2, 60)))
def test_many_places_at_once_are_those_of_one_at_a_time(content, unit, offsets):
    text = Text.of(content)
    together, alone = places(text, unit, 100), places(text, unit, 1)
    for offset in offsets:
        span = Span(offset, offset + 3)
        assert together.range(span) == alone.range(span) == range_of(span, text, unit)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("return a\n", "return b\nreturn a\n", (0, 0, "return b\n")),
        ("return b\nreturn a\n", "return a\n", (0, 9, "")),
        ("x = f(a)\n", "y\nx = f(a, b)\n", (0, 9, "y\nx = f(a, b)\n")),
        ("x = f(a)\n", "x = f(a, b)\n", (7, 7, ", b")),
        ("a\nb\n", "a\nc\nb\n", (2, 2, "c\n")),
    ],
)
def test_lines_that_begin_or_end_alike_are_not_cut_in_two(before, after, expected):
    (start, end), new = edit_by_lines(before.encode(), after.encode())
    assert (start, end, new.decode()) == expected


@given(st.text("ab\n\r丁", max_size=9), st.text("ab\n\r丁", max_size=9))
def test_an_edit_by_lines_leads_from_one_to_the_other(before, after):
    old, new = before.encode(), after.encode()
    edit = edit_by_lines(old, new)
    if edit is None:
        assert old == new
    else:
        assert old[: edit.span.start] + edit.new + old[edit.span.end :] == new
        edit.new.decode()
