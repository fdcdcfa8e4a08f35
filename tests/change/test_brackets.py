"""In which brackets a place stands: what counting them one by one says."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.change.brackets import Blocks, opener


@given(st.text("{}a", max_size=12).map(str.encode), st.integers(0, 12))
def test_a_block_ends_where_it_is_closed(content, at):
    depth = first = 0
    for byte in content[:at]:  # what closes nothing is nothing
        depth = max(0, depth + (byte == ord("{")) - (byte == ord("}")))
    first = depth
    for place in range(at, len(content)):
        depth += (content[place] == ord("{")) - (content[place] == ord("}"))
        if depth < first:
            assert Blocks(content).end(at) == (place if first else len(content))
            return
    assert Blocks(content).end(at) == len(content)


def test_the_bracket_around_a_place_is_found():
    text = "f(a, [b], {c: d"
    assert opener(text, len(text)) == text.index("{")
    assert opener(text, text.index("{")) == 1
    assert opener(text, 1) == -1
