"""Text against the slow model, the fixed traps, and what an edit may cost."""

import hashlib
import itertools
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from slow_text import ClientText, SlowText

from gifthorse.model import rope
from gifthorse.model.rope import LEAF_LEAST, LEAF_MOST, PAGE_LEAST, PAGE_MOST, Leaf, Page, Rope
from gifthorse.model.text import Edit, Position, Span, Text, encode
from gifthorse.model.units import count_breaks, count_units, is_clean_cut

ENCODINGS = ("utf-8", "utf-16", "utf-32")
PIECES = [
    b"a", b"word ", b"\n", b"\r", b"\r\n", b"\x00", b"\x0b", b"\x0c", b"\x1c", b"\x1d", b"\x1e", b"\xc2\x85",
    "\u2028".encode(), "\u2029".encode(), "é".encode(), "漢".encode(), "😀".encode(), "\U00100000".encode(),
    b"\xed\xa0\xbd", b"\xed\xb8\x80", b"\x80", b"\xbf\xbf", b"\xff", b"\xe2\x82", b"\xf0\x9f", b"\xf0\x9f\x98", b"\xc3",
    b"\xc0\x80", b"\xe0\x80\x80", b"\xf4\x90\x80\x80", b"\xed", b"\xf5\x80", b"\xed\xa0", b"\xef\xbb\xbf",
]  # fmt: skip
dirty = st.lists(st.sampled_from(PIECES) | st.binary(max_size=3), max_size=40).map(b"".join)
letters = st.sampled_from("ab\n\r\x0c\x85\u2028é漢😀\U0010ffff\ud83d\ude00\udfff\ud800\x00")
strings = st.lists(letters, max_size=12).map("".join)
edits = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 30), dirty), max_size=12)


@pytest.fixture
def tiny_chunks(monkeypatch):
    """Leaves and pages so short that small texts have many: every seam is met."""
    for name, value in {"LEAF_MOST": 16, "LEAF_FILL": 12, "LEAF_LEAST": 4}.items():
        monkeypatch.setattr(rope, name, value)
    for name, value in {"PAGE_MOST": 4, "PAGE_FILL": 3, "PAGE_LEAST": 2}.items():
        monkeypatch.setattr(rope, name, value)


def check_same(text: Text, slow: SlowText) -> None:
    data = slow.data
    assert bytes(Text(text._rope)) == data
    assert len(text) == len(data)
    lines = slow.lines()
    assert text.line_count == len(lines)
    assert [tuple(text.line_span(n)) for n in range(len(lines))] == [(start, end) for start, end, _ in lines]
    check_clean(text)


def check_positions(text: Text, slow: SlowText, long_line: int) -> None:
    for encoding in ENCODINGS:
        for offset in range(-1, len(slow.data) + 2):
            assert text.position(offset, encoding) == slow.position(offset, encoding), (offset, encoding)
            assert text.line_at(offset) == slow.line_at(offset), offset
        for line in range(-1, text.line_count + 1):
            for character in range(long_line):
                place = Position(line, character)
                assert text.offset(place, encoding) == slow.offset(line, character, encoding), (place, encoding)


def check_clean(text: Text) -> None:
    leaves = [leaf for page in text._rope.pages for leaf in page.leaves]
    for left, right in itertools.pairwise(leaves):
        assert is_clean_cut(left.data, right.data)
    assert all(page.leaves for page in text._rope.pages)
    assert all(len(leaf.data) <= rope.LEAF_MOST for leaf in leaves)
    assert len(leaves) == 1 or all(len(leaf.data) >= rope.LEAF_LEAST for leaf in leaves)


@pytest.mark.usefixtures("tiny_chunks")
class TestAgainstSlowModel:
    @settings(deadline=None, max_examples=150)
    @given(dirty, edits)
    @example(b"a" * 15 + b"\r", [(16, 0, b"\n" + b"b" * 40)])
    @example(b"a" * 15 + b"\xf0" + b"b" * 40, [(16, 20, b"\x9f\x98\x80")])
    @example(b"\x80" * 100, [(50, 3, b"\xf0"), (0, 0, b"\xf4")])
    def test_edits(self, content, changes):
        text, slow = Text.of(content), SlowText(content)
        check_same(text, slow)
        for at, length, new in changes:
            start = at % (len(slow.data) + 1)
            end = min(start + length, len(slow.data))
            before, kept = text, slow.data
            text, slow = text.apply(Edit(Span(start, end), new)), slow.apply(start, end, new)
            check_same(text, slow)
            assert bytes(before) == kept

    @settings(deadline=None, max_examples=60)
    @given(dirty, edits)
    def test_positions_after_edits(self, content, changes):
        text, slow = Text.of(content), SlowText(content)
        for at, length, new in changes:
            start = at % (len(slow.data) + 1)
            end = min(start + length, len(slow.data))
            text, slow = text.apply(Edit(Span(start, end), new)), slow.apply(start, end, new)
        text, slow = Text.of(bytes(text)[:120]) if len(text) > 120 else text, SlowText(slow.data[:120])
        check_positions(text, slow, long_line=20)

    @settings(deadline=None, max_examples=60)
    @given(dirty)
    def test_positions_in_long_lines(self, content):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("gifthorse.model.text.LONG_LINE", 3)
            check_positions(Text.of(content[:150]), SlowText(content[:150]), long_line=40)

    @settings(deadline=None, max_examples=200)
    @given(strings, st.lists(st.tuples(*[st.integers(0, 6)] * 4, strings), max_size=8))
    @example("\ud83d", [(0, 1, 0, 1, "\ude00")])
    @example("😀", [(0, 1, 0, 2, ""), (0, 1, 0, 1, "\ude00")])
    @example("\ud83dx\ude00", [(0, 1, 0, 2, "")])
    def test_is_the_clients_copy(self, content, changes):
        text, client = Text.of(content), ClientText.of(content)
        for line, character, end_line, end_character, new in changes:
            start, end = sorted([(line, character), (end_line, end_character)])
            text = text.apply(text.replacing(Position(*start), Position(*end), new, "utf-16"))
            client = client.replace(start, end, new)
            assert bytes(text) == client.content()
            check_same(text, SlowText(client.content()))


@pytest.mark.usefixtures("tiny_chunks")
@pytest.mark.parametrize("place", range(60))
def test_a_lead_byte_among_continuation_bytes_moves_the_seams(place):
    data = b"\x80" * 60
    text = Text.of(data).apply(Edit(Span(place, place + 1), b"\xf1"))
    slow = SlowText(data).apply(place, place + 1, b"\xf1")
    check_same(text, slow)
    assert text.position(60, "utf-16") == slow.position(60, "utf-16")


@settings(deadline=None, max_examples=100)
@given(dirty, dirty)
def test_cuts_are_additive(left, right):
    if is_clean_cut(left, right):
        for wide in (True, False):
            parts = count_units(left, wide) + count_units(right, wide)
            assert count_units(left + right, wide) == parts
        assert count_breaks(left + right) == count_breaks(left) + count_breaks(right)


def lines_of(content: bytes | str) -> list[bytes]:
    text = Text.of(content)
    return [text.slice(text.line_span(n)) for n in range(text.line_count)]


def test_empty_text():
    text = Text.of(b"")
    assert (len(text), text.line_count, bytes(text), text.line_span(0)) == (0, 1, b"", Span(0, 0))
    for encoding in ENCODINGS:
        assert text.position(0, encoding) == Position(0, 0)
        assert text.offset(Position(7, 7), encoding) == 0
    assert bytes(text.apply(Edit(Span(0, 0), b"x"))) == b"x"
    assert bytes(Text.of(b"x").apply(Edit(Span(0, 1), b""))) == b""


def test_only_lsp_line_ends_end_a_line():
    assert lines_of("a\nb\r\nc\rd") == [b"a", b"b", b"c", b"d"]
    assert len(lines_of("a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i\x00j")) == 1
    assert lines_of("\r\r\n\n\r") == [b"", b"", b"", b"", b""]


def test_crlf_is_made_and_unmade_by_edits():
    text = Text.of(b"a\rb\n").apply(Edit(Span(2, 3), b""))
    assert (bytes(text), text.line_count) == (b"a\r\n", 2)
    assert text.apply(Edit(Span(2, 2), b"x")).line_count == 3
    assert text.apply(Edit(Span(1, 2), b"")).line_count == 2


@pytest.mark.parametrize("place", range(LEAF_MOST - 3, LEAF_MOST + 4))
def test_crlf_at_every_place_around_a_chunks_end(place):
    for ending in (b"\r\n", b"\r", b"\n"):
        content = b"a" * place + ending + b"b" * 3 * LEAF_MOST
        text = Text.of(content)
        assert text.line_count == 2
        assert text.line_span(0) == (0, place)
        assert text.line_span(1) == (place + len(ending), len(content))
        assert text.position(place + 1, "utf-16") == ((0, place) if ending == b"\r\n" else (1, 0))


def test_typing_carriage_return_and_line_feed_at_a_chunks_end():
    text = Text.of(b"a" * 4 * LEAF_MOST)
    end = len(text._rope.pages[0].leaves[0].data)
    text = text.apply(Edit(Span(end, end), b"\n")).apply(Edit(Span(end, end), b"\r"))
    assert text.line_count == 2
    check_clean(text)


def test_a_position_inside_a_line_end_is_the_lines_end():
    text = Text.of(b"ab\r\ncd")
    assert text.position(3, "utf-8") == Position(0, 2)
    assert text.offset(Position(0, 3), "utf-8") == 2
    assert text.line_at(3) == 0
    assert text.line_at(4) == 1


def test_positions_past_the_end_are_clamped():
    text = Text.of("é\nab")
    assert text.offset(Position(0, 99), "utf-16") == 2
    assert text.offset(Position(1, 99), "utf-16") == 5
    assert text.offset(Position(2, 0), "utf-16") == 5
    assert text.offset(Position(-1, 5), "utf-16") == 0
    assert text.offset(Position(1, -5), "utf-16") == 3
    assert text.position(99, "utf-16") == Position(1, 2)
    assert text.position(-99, "utf-16") == Position(0, 0)


def test_units_of_each_encoding():
    text = Text.of("aé漢😀z")
    assert [text.position(len(text), e).character for e in ENCODINGS] == [11, 6, 5]
    assert [text.offset(Position(0, 4), e) for e in ENCODINGS] == [3, 6, 10]
    assert text.position(8, "utf-32") == Position(0, 3)


def test_lone_surrogates_count_as_one_and_come_together():
    text = Text.of("\ud83d")
    assert bytes(text) == b"\xed\xa0\xbd"
    assert text.position(3, "utf-16") == Position(0, 1)
    raw = text.apply(Edit(Span(3, 3), b"\xed\xb8\x80"))
    assert raw.position(6, "utf-16") == Position(0, 2)
    joined = text.apply(text.replacing(Position(0, 1), Position(0, 1), "\ude00", "utf-16"))
    assert bytes(joined) == "😀".encode()
    halved = joined.apply(joined.replacing(Position(0, 1), Position(0, 2), "", "utf-16"))
    assert halved == text


def test_a_client_that_counts_code_points_keeps_two_surrogates_apart():
    text = Text.of("\ud83d")
    apart = text.apply(text.replacing(Position(0, 1), Position(0, 1), "\ude00", "utf-32"))
    assert apart.position(6, "utf-32") == Position(0, 2)


def test_a_range_the_wrong_way_round_is_turned():
    text = Text.of("abcdef")
    assert text.replacing(Position(0, 4), Position(0, 2), "x", "utf-16") == Edit(Span(2, 4), b"x")


def test_str_with_split_pair_is_one_character():
    assert encode("\ud83d\ude00") == "😀".encode()
    assert Text.of("\ud83d\ude00") == Text.of("😀")


def test_invalid_utf8_is_kept_and_counted_as_a_decoder_does():
    for data in (b"\xff\xfea", b"\xe2\x82a", b"\xf0\x9f\x98a", b"\xc0\x80a", b"\xf5\x80\x80\x80a", b"\xe0\x80a"):
        text = Text.of(data)
        assert bytes(text) == data
        assert text.position(len(data), "utf-32").character == len(data.decode("utf-8", "replace"))
        assert text.offset(Position(0, 10**6), "utf-16") == len(data)


def test_nul_is_a_character():
    text = Text.of(b"a\x00b\nc")
    assert text.line_span(0) == (0, 3)
    assert text.position(3, "utf-16") == Position(0, 3)


def test_equality_hash_and_repr():
    one = Text.of(b"secret")
    other = Text.of(b"sec").apply(Edit(Span(3, 3), b"ret"))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Text.of(b"other!")
    assert one != b"secret"
    assert "secret" not in repr(one)


def test_bytes_are_joined_once_and_digest_is_of_the_bytes():
    text = Text.of(b"ab").apply(Edit(Span(1, 1), b"x"))
    first = bytes(text)
    assert bytes(text) is first
    assert text.digest() == hashlib.sha256(b"axb").hexdigest()


@pytest.mark.parametrize("span", [Span(-1, 0), Span(0, 4), Span(2, 1)])
def test_an_edit_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="in a text of 3 bytes"):
        Text.of(b"abc").apply(Edit(span, b""))


@pytest.mark.parametrize("line", [-1, 2])
def test_there_is_no_such_line(line):
    with pytest.raises(IndexError):
        Text.of(b"a\nb").line_span(line)


def test_slice_is_clamped():
    for text in (Text.of(b"abc"), Text.of(b"bc").apply(Edit(Span(0, 0), b"a"))):
        assert text.slice(Span(-5, 2)) == b"ab"
        assert text.slice(Span(1, 99)) == b"bc"
        assert text.slice(Span(2, 1)) == b""


def parts(text: Text) -> tuple[set[int], set[int]]:
    pages = text._rope.pages
    return {id(page) for page in pages}, {id(leaf) for page in pages for leaf in page.leaves}


@pytest.fixture(scope="module")
def big():
    line = "    value = compute(argument, 'é漢😀')  # a line of ordinary length\n".encode()
    return Text.of(line * (20_000_000 // len(line)))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.9999, 1.0])
def test_an_edit_touches_few_chunks(big, share):
    offset = int(len(big) * share)
    pages, leaves = parts(big)
    after = big.apply(Edit(Span(offset, offset), b"x\r"))
    new_pages, new_leaves = parts(after)
    assert len(new_pages - pages) <= 2
    assert len(new_leaves - leaves) <= 4
    assert len(after) == len(big) + 2


def test_deleting_nearly_everything_touches_few_chunks(big):
    pages, leaves = parts(big)
    after = big.apply(Edit(Span(10, len(big) - 10), b""))
    new_pages, new_leaves = parts(after)
    assert (len(new_pages - pages), len(new_leaves - leaves)) == (1, 1)
    assert bytes(after) == bytes(big)[:10] + bytes(big)[-10:]


def test_bytes_made_by_many_edits_are_bounded(big, monkeypatch):
    made = 0

    class CountingLeaf(Leaf):
        __slots__ = ()

        def __init__(self, data):
            nonlocal made
            made += len(data)
            super().__init__(data)

    monkeypatch.setattr(rope, "Leaf", CountingLeaf)
    text, count = big, 2_000
    for number in range(count):
        offset = number * 7_919_111 % len(text)
        text = text.apply(Edit(Span(offset, min(len(text), offset + number % 3)), b"ab\n"[: number % 4]))
    assert made < count * 3 * LEAF_MOST


def test_ten_thousand_edits_leave_the_chunks_in_good_shape(big):
    text, slow_length = big, len(big)
    began = time.perf_counter()
    for number in range(10_000):
        offset = 5_000_000 + number if number % 2 else number * 104_729 % len(text)
        text = text.apply(Edit(Span(offset, offset), b"z"))
        slow_length += 1
    elapsed = time.perf_counter() - began
    assert len(text) == slow_length
    pages: tuple[Page, ...] = text._rope.pages
    assert all(PAGE_LEAST <= len(page.leaves) <= PAGE_MOST for page in pages)
    assert all(LEAF_LEAST <= len(leaf.data) <= LEAF_MOST for page in pages for leaf in page.leaves)
    assert elapsed < 10, "1 ms an edit, several times what it takes"


@pytest.mark.parametrize("from_the_end", [True, False])
def test_deleting_piece_by_piece_leaves_the_chunks_in_good_shape(big, from_the_end):
    text, number = big, 0
    while len(text) > 1_000_000:
        number += 1
        offset = len(text) - 150_000 if from_the_end else number * 7_919_111 % (len(text) - 150_000)
        text = text.apply(Edit(Span(offset, offset + 150_000 - number % 7), b""))
        assert all(PAGE_LEAST <= len(page.leaves) <= PAGE_MOST for page in text._rope.pages)
    check_clean(text)


def test_typing_at_the_ends_does_not_degrade():
    text = Text.of(b"")
    for number in range(5_000):
        text = text.apply(Edit(Span(0, 0) if number % 2 else Span(len(text), len(text)), b"q\r"))
    check_clean(text)
    assert len(text._rope.pages) <= 1 + len(text) // (LEAF_LEAST * PAGE_LEAST)


def test_a_minified_line_of_megabytes_has_quick_positions():
    content = ("x" * 1_000 + "é😀") * 4_000
    text = Text.of(content)
    middle = len(text) // 2
    place = text.position(middle, "utf-16")
    prefix = text.slice(Span(0, text.offset(place, "utf-16"))).decode()
    assert place == Position(0, len(prefix.encode("utf-16-le")) // 2)
    assert text.offset(text.position(middle, "utf-32"), "utf-32") == text.offset(place, "utf-16")
    assert text.offset(Position(0, 10**9), "utf-16") == len(text)


def test_an_empty_rope_is_one_leaf():
    empty = Rope.of(b"")
    assert (empty.size, empty.breaks, len(empty.pages), len(empty.pages[0].leaves)) == (0, 0, 1, 1)
