"""What a change and its sides are asked for: the quick answers are those that looking through everything gives."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.change.compare import change_of
from gifthorse.change.traits import UNITS, Side, Trait
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Span

LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"cc\n", b"\n", b"d"]), max_size=12).map(b"".join)
SPANS = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda pair: Span(pair[0], sum(pair)))
WORDS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: Span(pair[0], sum(pair)))
NOTHING = Catalogue({}, {}, "empty")


def side(content, traits=(), units=(), comments=()):
    return Side(content, tuple(traits), tuple(units), tuple(comments), "")


@given(LINES, LINES, SPANS)
def test_a_change_says_what_it_brings_and_takes(before, after, span):
    change = change_of("a.py", side(before), side(after), NOTHING)
    assert change.brings(span) == any(span.overlaps(hunk.new) for hunk in change.hunks)
    assert change.takes(span) == next((hunk for hunk in change.hunks if span.overlaps(hunk.old)), None)


@given(st.lists(WORDS, max_size=6), WORDS)
def test_a_side_knows_its_comments(spans, asked):
    comments = [
        one for number, one in enumerate(sorted(spans)) if not any(one.overlaps(o) for o in sorted(spans)[:number])
    ]
    assert side(b"", comments=comments).is_comment(asked) == any(one.contains(asked) for one in comments)


def test_a_side_knows_its_traits_by_group_and_its_functions_by_name():
    traits = [Trait("timeout", "controls", Span(n, n + 1), "x") for n in range(3)]
    other = Trait("limit", "limits", Span(1, 2), "y")
    units = [Trait("function", UNITS, Span(0, 9), "f"), Trait("function", UNITS, Span(20, 29), "f")]
    made = side(b"", [traits[0], other, *traits[1:]], units)
    assert made.of("controls") == tuple(traits)
    assert made.of("limits") == (other,)
    assert made.of("entries") == made.of(UNITS) == ()
    assert made.unit("f") is units[0]
    assert made.unit("g") is None
