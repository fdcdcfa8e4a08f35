"""What a keystroke may cost. Processor time of this process, best of several, so that a busy machine does not matter."""

import time

from play import insertion

from gifthorse.model.review import Standing
from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.anchor import anchors, search
from gifthorse.provenance.diff import outside_change
from gifthorse.provenance.follow import add, carry, empty, set_standing

LINES = 20_000
REGIONS = 1_000


def crowded():
    """A text of 20,000 lines with 1,000 Regions of three spans each, some of them approved."""
    line = b"value = compute(one, two)\n"
    text, holdings = Text.of(line * LINES), empty()
    step = LINES // REGIONS * len(line)
    for number in range(REGIONS):
        start = number * step
        spans = [Span(start, start + 60), Span(start + 70, start + 80), Span(start + 100, start + 130)]
        holdings = add(holdings, text, insertion(f"r{number}", b"x" * 90), spans)
        if number % 10 == 0:
            holdings = set_standing(holdings, text, f"r{number}", Standing.APPROVED)
    return text, holdings


def cost(text, holdings, edits):
    """The median processor time of an edit, in seconds."""
    durations = []
    for edit in edits:
        after = text.apply(edit)
        began = time.process_time()
        holdings = carry(holdings, text, [edit], after)
        durations.append(time.process_time() - began)
        text = after
    return sorted(durations)[len(durations) // 2]


def test_a_keystroke_among_a_thousand_regions_costs_well_under_a_millisecond():
    text, holdings = crowded()
    middle = len(text) // 2
    typed = [Edit(Span(at, at), b"H") for at in range(30, 230)]
    deleted = [Edit(Span(at, at + 1), b"") for at in range(middle + 200, middle, -1)]
    elsewhere = [Edit(Span(at * 97 % middle, at * 97 % middle), b"H") for at in range(200)]
    for edits in (typed, deleted, elsewhere):
        assert cost(text, holdings, edits) < 0.0005


def test_a_long_file_rewritten_outside_is_followed_at_once():
    lines = [b"    value_%d = compute(%d, 'x', other_%d)\n" % (number, number, number * 7) for number in range(10_000)]
    text, holdings = Text.of(b"".join(lines)), empty()
    for number in range(0, 10_000, 100):
        start = sum(map(len, lines[:number]))
        size = sum(map(len, lines[number : number + 8]))
        holdings = add(holdings, text, insertion(f"r{number}", b"x" * 200), [Span(start, start + size)])
    changed = [line.replace(b"compute", b"calc") if number % 500 == 3 else line for number, line in enumerate(lines)]
    after = Text.of(b"# above\n" + b"".join(changed[:4_000] + changed[4_010:]))
    found = anchors(holdings, text)
    after.digest()
    assert best(lambda: carry(holdings, text, outside_change(text, after), after)) < 0.05
    assert best(lambda: search(found, after)) < 0.1  # without knowing the old text; half of that on an idle machine


def best(work):
    """The least processor time of five, in seconds."""
    durations = []
    for _ in range(5):
        began = time.process_time()
        work()
        durations.append(time.process_time() - began)
    return min(durations)


def test_a_large_approved_region_does_not_slow_typing_in_it():
    text = Text.of(b"value = compute(one, two)\n" * LINES)
    holdings = add(empty(), text, insertion(content=bytes(text)), [Span(0, len(text))])
    holdings = set_standing(holdings, text, "r1", Standing.APPROVED)
    typed = [Edit(Span(at, at), b"H") for at in range(100_000, 100_200)]
    assert cost(text, holdings, typed) < 0.001


def test_a_whole_document_replaced_is_bounded():
    old = b"".join(b"value_%d = compute(%d, 'x')\n" % (number, number) for number in range(3_000))
    text = Text.of(old)
    holdings = add(empty(), text, insertion(content=old), [Span(0, len(old))])
    for new in (old.replace(b"'", b'"').replace(b" = ", b"="), b"x\n" * 3_000, old[::-1], b"x" * len(old)):
        assert cost(text, holdings, [Edit(Span(0, len(old)), new)]) < 2.0


def test_a_formatter_that_restyles_every_line_of_a_large_file_costs_little():
    old = b"".join(b"    value_%d = compute(%d, 'x')\n" % (number, number) for number in range(10_000))
    text = Text.of(old)
    holdings = add(empty(), text, insertion(content=old), [Span(0, len(old))])
    quotes, breaks = old.replace(b"'", b'"'), old.replace(b"(", b"(\n        ").replace(b")", b",\n    )")
    for new in (quotes, breaks, old.replace(b"    ", b"\t"), old.replace(b"\n", b"\r\n")):
        assert cost(text, holdings, [Edit(Span(0, len(old)), new)]) < 1.5  # about 0.15 s on an idle machine
