"""What events add up to: the last word counts, an exact text counts more, a person's word is never undone."""

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gifthorse.model.event import Anchored, Inserted, Judged, MarkedHuman, Removed, Renamed
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.review import Standing, Verdict
from gifthorse.store.journal import Journal
from gifthorse.workspace.memory import recall

AT = "2026-01-01T00:00:00Z"


def anchored(digest, held, dropped=()):
    return Anchored("a.py", digest, tuple(f"{one}@{digest}" for one in held), tuple(held), tuple(dropped))


def removed(region):
    return Removed("a.py", region, AT, "me")


def human(*regions):
    return MarkedHuman("a.py", regions, AT, "me")


def recalled(*events, digest="new"):
    return sorted(recall(events, digest).anchors)


def test_nothing_is_known_of_a_file_without_events():
    memory = recall((), "d")
    assert (memory.anchors, memory.regions, dict(memory.insertions), dict(memory.verdicts)) == ((), frozenset(), {}, {})


def test_the_last_word_on_each_region_counts():
    assert recalled(anchored("1", ["a", "b"]), anchored("2", ["a"])) == ["a@2", "b@1"]


def test_what_a_writer_dropped_is_gone_until_it_is_back():
    events = [anchored("1", ["a", "b"]), anchored("2", ["a"], dropped=["b"])]
    assert recalled(*events) == ["a@2"]
    assert recalled(*events, anchored("3", ["a", "b"])) == ["a@3", "b@3"]


def test_what_was_rejected_is_gone():
    assert recalled(anchored("1", ["a", "b"]), removed("a")) == ["b@1"]


def test_a_text_that_was_seen_before_has_its_regions_as_then():
    events = [anchored("1", ["a", "b"]), anchored("2", ["a"], dropped=["b"]), anchored("3", ["a", "c"])]
    assert recalled(*events, digest="1") == ["a@1", "b@1"]
    assert recalled(*events, digest="2") == ["a@2"]


def test_of_an_exact_text_the_latest_view_counts():
    assert recalled(anchored("1", ["a", "b"]), anchored("1", ["b"], dropped=["a"]), digest="1") == ["b@1"]


def test_regions_of_another_writer_are_not_forgotten_by_one_who_did_not_know_them():
    assert recalled(anchored("1", ["a"]), anchored("2", ["b"]), digest="2") == ["a@1", "b@2"]


def test_what_came_later_is_not_looked_for_in_an_earlier_text():
    assert recalled(anchored("1", ["a"]), anchored("2", ["a", "b"]), digest="1") == ["a@1"]


def test_what_a_person_called_human_does_not_come_back_with_an_earlier_text():
    events = [anchored("1", ["a", "b"]), anchored("2", ["a", "b"]), human("a"), anchored("3", ["b"], dropped=["a"])]
    assert recalled(*events, digest="1") == ["b@1"]


def test_insertions_and_the_last_verdicts_are_told():
    insertion = Insertion("a", Origin("copilot", "chat"), Evidence.REPORTED, AT, "", None, 1)
    verdicts = [
        Verdict("a", standing, "c", AT, "me", "", proven=False) for standing in (Standing.APPROVED, Standing.DISPUTED)
    ]
    memory = recall([Inserted("a.py", insertion), *(Judged("a.py", one) for one in verdicts)], "d")
    assert memory.insertions == {"a": insertion}
    assert memory.verdicts == {"a": verdicts[1]}


REGIONS = st.lists(st.sampled_from("abcd"), unique=True, max_size=3)
PATHS = st.sampled_from(["a.py", "b.py"])


@st.composite
def happenings(draw):
    path = draw(PATHS)
    kind = draw(st.sampled_from(["anchored"] * 4 + ["removed", "human", "renamed"]))
    if kind == "anchored":
        held, digest = draw(REGIONS), draw(st.sampled_from("12345"))
        dropped = tuple(one for one in draw(REGIONS) if one not in held)
        serial = draw(st.integers(0, 10**9))
        return Anchored(path, digest, tuple(f"{one}@{digest}#{serial}" for one in held), tuple(held), dropped)
    if kind == "removed":
        return Removed(path, draw(st.sampled_from("abcd")), AT, "me")
    if kind == "human":
        return MarkedHuman(path, tuple(draw(REGIONS)), AT, "me")
    return Renamed(path, draw(PATHS.filter(lambda other: other != path)))


FOUND = [  # The first word on c decides whether text 2 can hold it: folding had lost that word.
    (0, anchored("1", [], dropped=["a", "b", "c"])),
    (0, anchored("2", [], dropped=["a", "b"])),
    (0, anchored("1", ["c"])),
]
RENAMED = [  # The old name means another file after the renaming: its texts are not those of the first one.
    (0, anchored("1", ["a"])),
    (0, Renamed("a.py", "b.py")),
    (0, anchored("1", [])),
]


@example(FOUND, "2")
@example(RENAMED, "1")
@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), happenings()), max_size=25), st.sampled_from("12345x"))
def test_folding_the_journal_changes_no_memory(story, digest):
    with tempfile.TemporaryDirectory() as folder:
        writers = [Journal(Path(folder)) for _ in range(3)]
        for writer, event in story:
            writers[writer].events()  # Each knows what the others wrote, so that the order is this one.
            writers[writer].append(event)
        for writer in writers:
            writer.close()
        before, after = Journal(Path(folder)), Journal(Path(folder))
        expected = [recall(before.events(path), digest) for path in ("a.py", "b.py")]
        after.tidy(0)
        assert [recall(after.events(path), digest) for path in ("a.py", "b.py")] == expected
        assert after.tidy(0) or not story
        assert [recall(after.events(path), digest) for path in ("a.py", "b.py")] == expected
