"""What events add up to: the last word counts, an exact text counts more, a person's word is never undone."""

from gifthorse.model.event import Anchored, Inserted, Judged, MarkedHuman, Removed
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.review import Standing, Verdict
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
