"""Whatever an agent does with a person's lines: none of their characters is ever claimed to be the agent's."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.record import as_bytes
from gifthorse.provenance.account import Earlier, Seen, account
from gifthorse.provenance.heard import Change, Heard, Replacement
from gifthorse.provenance.join import after_of, claim_after

HUMAN = "αβγδεζηθικ"
AGENT = "абвгдежзик"


def line(sign, indent=""):
    """A line in which every word carries its writer's sign."""
    return f"{indent}{sign}one = {sign}two({sign}three, {sign}four)\n"


def short(sign):
    return f"{sign}\n"


@st.composite
def rewrites(draw):
    """(a person's file, the same with an agent's lines: kept, moved, left out, indented, changed)."""
    makers = [draw(st.sampled_from([line, short])) for _ in HUMAN]
    before = [make(sign) for make, sign in zip(makers, HUMAN, strict=True)]
    kept = draw(st.lists(st.sampled_from(before), unique=True, max_size=len(before)))
    after = [f"    {one}" if draw(st.booleans()) else one for one in kept]
    after = [re.sub(r"\wtwo", f"{AGENT[0]}two", one) if draw(st.integers(0, 4)) == 0 else one for one in after]
    for sign in AGENT[1 : draw(st.integers(1, len(AGENT)))]:
        at = draw(st.integers(0, len(after)))
        after.insert(at, draw(st.sampled_from([line, short]))(sign))
    return "".join(before), "".join(after)


def claimed(record):
    content = after_of(record)
    if content is None:  # One of the old texts stood there twice, so no agent would have made this edit.
        return ""
    claim = claim_after(record, content)
    return b"".join(claim.text.slice(span) for span in claim.spans).decode()


@settings(max_examples=400)
@given(rewrites())
def test_a_rewritten_file_claims_no_persons_character_and_every_whole_line_of_the_agents(texts):
    before, after = texts
    record = account(Heard("codex"), Change("a", content=after), Seen("/w/a", 1.0, Earlier(as_bytes(before)), None))
    found = claimed(record)
    assert not set(found) & set(HUMAN)
    for sign in AGENT[1:]:
        assert found.count(sign) == after.count(sign)


@settings(max_examples=200)
@given(rewrites(), st.data())
def test_so_do_edits_in_several_places(texts, data):
    before, after = texts
    lines = before.splitlines(keepends=True)
    cut = data.draw(st.integers(1, len(lines) - 1))
    brought = after.splitlines(keepends=True)
    middle = data.draw(st.integers(0, len(brought)))
    swaps = (
        Replacement("".join(lines[:cut]), "".join(brought[:middle])),
        Replacement("".join(lines[cut:]), "".join(brought[middle:])),
    )
    record = account(Heard("codex"), Change("a", swaps, original=before), Seen("/w/a", 1.0, None, None))
    assert not set(claimed(record)) & set(HUMAN)
