"""Fixed examples: Regions found again by content, through the plain data of a journal."""

import json
import time
from dataclasses import asdict

import pytest
from play import after, held, insertion, shown

from gifthorse.model.review import Standing
from gifthorse.model.text import Span, Text
from gifthorse.provenance.anchor import anchors, search
from gifthorse.provenance.follow import add, empty

LINES = [
    b"import os\n",
    b"\n",
    b"def load(path):\n",
    b"    data = read_everything(path)\n",
    b"    return None\n",
    b"\n",
]
LINES += [b"def save(path):\n", b"    write(path)\n", b"    return None\n", b"}\n"]
CONTENT = b"".join(LINES)
LONG = b"    data = read_everything(path)\n"


def found(text, holdings, changed):
    """The Regions in another text, and the causes of what was lost; by way of JSON."""
    plain = json.loads(json.dumps([asdict(anchor) for anchor in anchors(holdings, text)]))
    text = Text.of(changed)
    result = search(plain, text)
    return shown(text, result.holdings), [loss.cause for loss in result.lost], result.holdings


def region(start, end, content=CONTENT, **more):
    text = Text.of(content)
    return text, add(empty(), text, insertion(content=content[start:end], **more), [Span(start, end)])


def line(number, lines=LINES):
    start = len(b"".join(lines[:number]))
    return region(start, start + len(lines[number]), b"".join(lines))


def test_the_same_text_has_the_same_regions_to_the_byte():
    text, holdings = after(*held(b"aa bb\n  cc", b"bb\n  cc"), (4, 4, b"H"))
    regions, lost, again = found(text, holdings, bytes(text))
    assert (regions, lost) == (shown(text, holdings), [])
    assert again.marks == holdings.marks
    assert again.records == holdings.records


def test_lines_elsewhere_move_it():
    regions, lost, _ = found(*line(3), b"# new\n" * 5 + CONTENT + b"# new\n")
    assert (regions, lost) == ({"r1": [LONG]}, [])


def test_a_short_line_with_the_neighbours_of_one_side():
    content = b"import requests\n\n"
    text, holdings = region(0, 16, content)
    regions, lost, _ = found(text, holdings, b"# new head\n# line\n" + content)
    assert (regions, lost) == ({"r1": [b"import requests\n"]}, [])


def test_another_indentation_keeps_all_but_white_space():
    text, holdings = line(3)
    regions, lost, _ = found(text, holdings, CONTENT.replace(b"    ", b"\t"))
    assert (regions, lost) == ({"r1": [b"data", b"=", b"read_everything(path)"]}, [])


def test_other_line_ends():
    regions, lost, _ = found(*line(3), CONTENT.replace(b"\n", b"\r\n"))
    assert (b"".join(regions["r1"]), lost) == (b"data=read_everything(path)", [])


@pytest.mark.parametrize("number", [4, 9])
def test_a_trivial_line_is_found_by_its_neighbours(number):
    text, holdings = line(number)
    regions, lost, _ = found(text, holdings, b"# new\n" + CONTENT)
    assert (regions, lost) == ({"r1": [LINES[number]]}, [])
    assert anchors(holdings, text)[0].stretches[0].alone is (number == 9)


def test_a_persons_identical_trivial_line_is_not_taken_for_it():
    text, holdings = line(4)
    changed = CONTENT.replace(b"    return None\n\n", b"    return data\n\n")
    regions, lost, _ = found(text, holdings, changed)
    assert (regions, lost) == ({}, ["only a text that looks like it is there"])


def test_a_persons_brace_is_not_taken_for_it():
    text, holdings = held(b"f() {\n}\n", b"}\n")
    regions, lost, _ = found(text, holdings, b"f() {\n  mine();\n}\nother\n")
    assert (regions, lost) == ({}, ["only a text that looks like it is there"])


def test_of_two_identical_places_the_one_with_its_neighbours():
    twice = [b"a()\n", LONG, b"b()\n", b"c()\n", LONG, b"d()\n"]
    text, holdings = line(4, twice)
    changed = b"z()\n" + b"".join(twice)
    regions, lost, again = found(text, holdings, changed)
    assert (regions, lost) == ({"r1": [LONG]}, [])
    assert again.regions()[0].spans[0].start == changed.rindex(LONG)


def test_of_two_identical_lines_the_persons_one_alone_is_not_it():
    twice = [b"a()\n", LONG, b"b()\n", b"c()\n", LONG, b"d()\n"]
    text, holdings = line(4, twice)
    regions, lost, _ = found(text, holdings, b"".join(twice[:4]) + b"d()\n")
    assert (regions, lost) == ({}, ["only a text that looks like it is there"])


def test_deleted_text_is_dropped_with_its_cause():
    text, holdings = line(3)
    regions, lost, _ = found(text, holdings, CONTENT.replace(LONG, b""))
    assert (regions, lost) == ({}, ["its text is no longer there"])


def test_a_stretch_that_was_edited_in_between_is_found_line_by_line():
    lines = [
        b"human one\n",
        b"first_value = compute(1)\n",
        b"second_value = compute(2)\n",
        b"third = compute(3, 4, 5)\n",
    ]
    content = b"".join(lines) + b"human two\n"
    text, holdings = held(content, b"".join(lines[1:]))
    regions, lost, again = found(text, holdings, content.replace(lines[2], b"a human line instead\n"))
    assert regions == {"r1": [lines[1], lines[3]]}
    assert lost == ["its text is no longer there"]
    assert again.regions()[0].retained < 1.0


def test_part_of_a_line():
    text, holdings = held(b"one\nmine = ai_made(everything, here)\ntwo\n", b"ai_made(everything, here)")
    regions, _, _ = found(text, holdings, b"new\n\none\nmine = ai_made(everything, here)\ntwo\n")
    assert regions == {"r1": [b"ai_made(everything, here)"]}
    regions, _, _ = found(text, holdings, b"new\n\none\nmine   =  ai_made(everything,here)\ntwo\n")
    assert regions == {"r1": [b"ai_made(everything,here)"]}


def test_regions_of_one_line_do_not_hinder_each_other():
    text, holdings = held(b"x\nf(first_argument, own, second_argument)\ny\n", b"first_argument", b"second_argument")
    regions, lost, _ = found(text, holdings, b"z\nx\nf(first_argument, own, second_argument)\ny\n")
    assert (regions, lost) == ({"r1": [b"first_argument"], "r2": [b"second_argument"]}, [])


def test_an_approval_holds_as_long_as_the_content():
    text, holdings = held(CONTENT, LONG, standing=Standing.APPROVED)
    _, _, again = found(text, holdings, b"new\n" + CONTENT.replace(b"data = read", b"data =  read"))
    assert again.regions()[0].standing is Standing.APPROVED
    text, holdings = held(CONTENT, b"def load(path):\n" + LONG, standing=Standing.APPROVED)
    _, _, again = found(text, holdings, CONTENT.replace(b"def load(path):\n", b""))
    assert again.regions()[0].standing is Standing.REOPENED


@pytest.mark.parametrize("damage", [None, 7, [], {}, {"digest": "x"}, "anchor"])
def test_damaged_records_are_dropped_and_say_so(damage):
    result = search([damage], Text.of(CONTENT))
    assert result.holdings.regions() == ()
    assert [loss.cause for loss in result.lost] == ["its record is damaged"]


def test_a_record_with_spans_out_of_order_is_damage():
    text, holdings = line(3)
    plain = json.loads(json.dumps([asdict(anchor) for anchor in anchors(holdings, text)]))
    plain[0]["spans"] = [[9, 5]]
    assert [loss.cause for loss in search(plain, text).lost] == ["its record is damaged"]


@pytest.mark.parametrize("changed", [b"", b"\n", b"\xff\xfe\x00", b"\r", b"x" * 10])
def test_any_other_text(changed):
    regions, lost, _ = found(*line(3), changed)
    assert (regions, len(lost)) == ({}, 1)


def test_ten_thousand_lines_in_less_than_the_time_of_a_blink():
    lines = [b"value_%d = compute(%d, flag)\n" % (number, number) for number in range(10_000)]
    content = b"".join(lines)
    text, holdings = Text.of(content), empty()
    for number in range(0, 10_000, 100):
        start = content.index(lines[number])
        spans = [Span(start, start + len(lines[number]) + len(lines[number + 1]))]
        holdings = add(holdings, text, insertion(f"r{number}"), spans)
    kept = anchors(holdings, text)
    changed = Text.of(b"# rewritten\n" + content.replace(b"value_777 ", b"other "))
    durations = []
    for _ in range(5):
        began = time.process_time()
        result = search(kept, changed)
        durations.append(time.process_time() - began)
    assert len(result.holdings.regions()) == 100
    assert min(durations) < 0.05
