"""Counting lines quickly says what counting them one by one says."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.provenance.counting import counted, summed
from gifthorse.provenance.lines import Tally, classify, tally


def regions_of(cuts, size):
    """Disjoint spans between the cuts, given to three Regions in turn."""
    edges = sorted({min(cut, size) for cut in cuts})
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    insertion = Insertion("", Origin("tool", "chat"), Evidence.REPORTED, "2026-01-01T00:00:00Z", "", None, 1)
    shares = [tuple(spans[number::3]) for number in range(3)]
    return [Region(insertion, share, 1, Standing.UNREVIEWED) for share in shares if share]


@given(
    st.lists(st.sampled_from([b"ab", b" ", b"\n", b"\r\n", b"\r", b"\t", b"\f", b"\v", b"x"])),
    st.lists(st.integers(0, 60)),
)
def test_counting_quickly_is_counting(pieces, cuts):
    text = Text.of(b"".join(pieces))
    regions = regions_of(cuts, len(text))
    assert counted(text, regions) == tally(classify(text, regions))


def test_the_sum_of_none_is_nothing():
    assert summed([]) == Tally()
