"""The supervisor's decisions, with a clock that the test turns and children that only note what they are told."""

import pytest

from gifthorse.model.finding import Confidence, Report, Severity
from gifthorse.model.rule import Rule
from gifthorse.model.text import Edit, Span
from gifthorse.worker import wire
from gifthorse.worker.documents import File
from gifthorse.worker.librarian import MOST_DEADLY
from gifthorse.worker.limits import LONGEST_PAUSE, MIB, Limits, pause_after
from gifthorse.worker.state import Condition
from gifthorse.worker.supervisor import Supervisor

REPORT = Report("python", (), ())


class FakeChild:
    def __init__(self):
        self.sent = []
        self.is_killed = False
        self.memory = 0

    def send(self, message):
        assert not self.is_killed
        self.sent.append(message)

    def kill(self):
        self.is_killed = True

    def finish(self):
        self.is_killed = True

    def resident(self):
        return self.memory


class World:
    """A supervisor, its clock, all children it ever started, and all that it said."""

    def __init__(self):
        self.now = 1000.0
        self.children = []
        self.replies = []
        self.states = []
        self.refuses = False
        self.limits = Limits(seconds=10, memory=100 * MIB, startup=60, content=1000)
        self.supervisor = Supervisor(self.start, self.limits, self.replies.append, self.states.append, lambda: self.now)
        self.supervisor.tick()

    def start(self):
        if self.refuses:
            raise FileNotFoundError(2, "No such file or directory")
        self.children.append(FakeChild())
        return self.children[-1]

    @property
    def child(self):
        return self.children[-1]

    def hear(self, *messages):
        for message in messages:
            self.supervisor.heard(self.child, message)
            self.supervisor.tick()

    def lose(self, cause="ended"):
        self.supervisor.lost(self.child, cause)
        self.supervisor.tick()

    def wait(self, seconds, step=1.0):
        """Let time pass as the pool's thread does: never longer without a tick than it was asked for."""
        end = self.now + seconds
        while self.now < end:
            asked = self.supervisor.wait()
            self.now = min(end, self.now + (step if asked is None else max(asked, 0.001)))
            self.supervisor.tick()

    def ready(self):
        self.hear(wire.Ready())
        return self

    def opened(self, name="a", content=b"x", version=1):
        self.supervisor.open(name, version, None, content)
        self.supervisor.tick()
        return self.key(name)

    def key(self, name):
        return self.supervisor._documents.get(name).key


@pytest.fixture
def world():
    return World()


def test_the_child_is_given_its_limits_first_and_then_everything(world):
    world.supervisor.open("file:///x/a%20b.py", 3, "python", b"x")
    begin, document = world.child.sent
    assert begin == wire.Begin(10, 100 * MIB)
    assert document == wire.Open(1, 3, "/x/a b.py", "python", b"x")


def test_only_edits_are_sent_after_the_first_time(world):
    world.ready().opened("a", b"abc")
    world.supervisor.change("a", 2, (Edit(Span(0, 1), b"z"),))
    assert world.child.sent[-1] == wire.Change(1, 2, (Edit(Span(0, 1), b"z"),))


def test_a_late_child_is_killed_and_the_document_at_hand_gets_the_strike(world):
    world.ready()
    key = world.opened()
    world.hear(wire.Started(key, 1))
    world.wait(9.9)
    assert not world.child.is_killed
    world.wait(0.3)
    assert world.children[0].is_killed
    assert len(world.children) == 2
    assert world.replies == []
    world.ready().hear(wire.Started(key, 1))
    world.wait(10.3)
    assert "took longer than 10 s, 2 times" in world.replies[-1].report.incomplete
    assert world.states[-1].not_analysed == ("a",)
    assert [type(message) for message in world.ready().child.sent] == [wire.Begin]


def test_the_machine_slept_and_the_document_is_not_to_blame(world):
    world.ready()
    key = world.opened()
    world.hear(wire.Started(key, 1))
    world.now += 3600
    world.supervisor.tick()
    assert not world.child.is_killed
    world.wait(10.5)
    assert world.children[0].is_killed


def test_a_child_idle_for_long_is_not_late(world):
    world.ready()
    key = world.opened()
    world.hear(wire.Started(key, 1), wire.Answer(key, 1, REPORT))
    world.wait(36_000, step=600)
    assert len(world.children) == 1
    world.supervisor.change("a", 2, (Edit(Span(0, 0), b"z"),))
    world.wait(50)
    world.hear(wire.Started(key, 2))
    world.wait(9)
    assert len(world.children) == 1


def test_a_child_that_says_nothing_is_replaced_and_nobody_is_blamed(world):
    world.ready().opened()
    world.wait(60.5)
    assert world.children[0].is_killed
    assert len(world.children) == 2
    assert world.supervisor._documents.get("a").strikes == 0


def test_too_much_memory_while_working(world):
    world.ready()
    key = world.opened()
    for _ in range(2):
        world.ready().hear(wire.Started(key, 1))
        world.child.memory = 101 * MIB
        world.wait(0.3)
    assert "needed more than 100 MiB" in world.replies[-1].report.incomplete


def test_too_much_memory_at_rest_is_nobodys_fault(world):
    world.ready()
    key = world.opened()
    world.hear(wire.Started(key, 1))
    world.now += 1
    world.child.memory = 101 * MIB
    world.hear(wire.Answer(key, 1, REPORT))
    assert world.children[0].is_killed
    assert world.supervisor._documents.get("a").strikes == 0


def test_the_suspect_is_given_first_so_that_it_is_looked_at_last(world):
    world.ready().opened("a")
    suspect = world.opened("b")
    world.opened("c")
    world.hear(wire.Started(suspect, 1))
    world.lose()
    assert [message.path for message in world.child.sent[1:]] == ["b", "a", "c"]


def test_answers_about_closed_documents_and_from_former_children_are_dropped(world):
    world.ready()
    key = world.opened()
    world.supervisor.close("a")
    world.hear(wire.Answer(key, 1, REPORT))
    former, again = world.child, world.opened()
    world.lose()
    world.supervisor.heard(former, wire.Answer(again, 1, REPORT))
    assert world.replies == []
    assert key != again


def test_a_document_closed_while_it_kills_the_child_harms_nothing(world):
    world.ready()
    key = world.opened()
    world.hear(wire.Started(key, 1))
    world.supervisor.close("a")
    world.lose()
    assert (len(world.children), world.supervisor._failures) == (2, 0)


def test_pauses_grow_and_end_at_a_minute():
    assert [pause_after(n) for n in range(6)] == [0, 0, 0.5, 1, 2, 4]
    assert pause_after(10_000) == LONGEST_PAUSE


def test_a_crash_loop_does_not_spin_and_recovers(world):
    world.opened()
    for _ in range(4):
        world.lose("broke")
        world.wait(30)
    started = len(world.children)
    assert world.states[-1].condition is Condition.DEGRADED
    assert world.replies[-1].report.incomplete == "not analysed: the analysis process broke"
    assert len(world.replies) == 1
    world.lose("broke")
    world.wait(3)
    assert len(world.children) == started
    world.wait(2)
    assert len(world.children) == started + 1
    key = world.key("a")
    world.ready().hear(wire.Started(key, 1), wire.Answer(key, 1, REPORT))
    assert world.states[-1].condition is Condition.READY
    assert world.replies[-1].report == REPORT


def test_a_program_that_is_not_there_is_looked_for_less_and_less_often(world):
    world.refuses = True
    world.lose()
    world.wait(600)
    assert world.states[-1].condition is Condition.DEGRADED
    assert "No such file or directory" in world.states[-1].detail
    assert world.supervisor._failures < 25


def test_a_long_life_makes_good_for_earlier_failures(world):
    world.lose()
    world.wait(1)
    world.ready().wait(11)
    world.lose()
    assert world.supervisor._failures == 1


def test_busy_is_told_only_when_a_person_would_notice(world):
    world.ready()
    key = world.opened()
    world.hear(wire.Started(key, 1), wire.Answer(key, 1, REPORT), wire.Started(key, 1))
    conditions = [state.condition for state in world.states]
    assert conditions == [Condition.STARTING, Condition.READY]
    world.wait(0.5)
    world.hear(wire.Answer(key, 1, REPORT))
    conditions = [state.condition for state in world.states]
    assert conditions == [Condition.STARTING, Condition.READY, Condition.BUSY, Condition.READY]


def test_what_is_too_large_is_named_among_the_refused_and_given_when_it_shrinks(world):
    world.ready().opened("a", b"x" * 1001)
    assert world.replies[-1].report.incomplete.startswith("not analysed: larger than")
    assert world.states[-1].not_analysed == ("a",)
    world.supervisor.change("a", 2, (Edit(Span(0, 1), b""),))
    world.supervisor.tick()
    assert isinstance(world.child.sent[-1], wire.Open)
    assert world.states[-1].not_analysed == ()


def test_what_is_closed_is_neither_owed_nor_refused(world):
    world.ready().opened("a", b"x" * 1001)
    world.opened("b")
    for name in ("a", "b"):
        world.supervisor.close(name)
    world.wait(120)
    assert len(world.children) == 1
    assert world.states[-1].not_analysed == ()


def test_typing_does_not_put_off_the_end_of_a_silent_child(world):
    world.ready().opened()
    for version in range(2, 62):
        world.supervisor.change("a", version, (Edit(Span(0, 0), b"z"),))
        world.wait(1.1)
    assert world.children[0].is_killed


def test_what_grows_too_large_while_there_is_no_child_is_given_whole_when_it_shrinks(world):
    world.opened()
    world.lose()
    world.lose()
    world.supervisor.change("a", 2, (Edit(Span(0, 0), b"z" * 1001),))
    world.wait(1)
    assert len(world.children) == 3
    world.supervisor.change("a", 3, (Edit(Span(0, 1001), b""),))
    assert world.child.sent[1:] == [wire.Open(world.key("a"), 3, "a", None, b"x")]


def test_reopening_the_same_text_keeps_strikes_and_quarantine(world):
    key = world.ready().opened()
    for _ in range(2):
        world.ready().hear(wire.Started(key, 1))
        world.lose()
    world.ready().opened(version=2)
    assert world.replies[-1].version == 2
    assert "2 times" in world.replies[-1].report.incomplete
    assert [type(message) for message in world.child.sent] == [wire.Begin]
    world.opened(content=b"other", version=3)
    assert world.child.sent[-1].version == 3


def test_stop_is_the_last_word(world):
    world.ready().opened()
    child = world.child
    world.supervisor.stop()
    world.supervisor.lost(child, "ended")
    assert child.is_killed
    assert world.states[-1].condition is Condition.STOPPED
    assert len(world.children) == 1


def test_other_limits_hold_at_once_and_for_what_was_refused(world):
    world.ready().opened("a", b"x" * 1001)
    key = world.opened("b", b"x" * 900)
    world.supervisor.allow(Limits(seconds=3, memory=50 * MIB, content=5000))
    assert wire.Begin(3, 50 * MIB) in world.child.sent
    assert isinstance(world.child.sent[-1], wire.Open)
    world.hear(wire.Started(key, 1))
    world.wait(3.1)
    assert len(world.children) == 2
    assert world.child.sent[0] == wire.Begin(3, 50 * MIB)
    world.supervisor.allow(Limits(content=10))
    assert [reply.report.incomplete for reply in world.replies[-2:]] == ["not analysed: larger than 10 bytes"] * 2


def test_the_same_limits_again_are_no_news(world):
    world.ready()
    before = list(world.child.sent)
    world.supervisor.allow(world.limits)
    assert world.child.sent == before


class Shelves:
    """Answers at once, on the thread of who asks."""

    def __init__(self):
        self.asked = []

    def ask(self, question, answer):
        self.asked.append(question)
        if isinstance(question, wire.Seek):
            answer(wire.Links(question.place, tuple((one, (f"/w/{one}.py",)) for one in question.references)))
        else:
            answer(wire.Texts(tuple((place, b"x = 1") for place in question.places)))


@pytest.fixture
def reading(world):
    """A world in which the child may ask for files."""
    shelves = Shelves()
    world.supervisor.follow(shelves, world.supervisor.found)
    world.supervisor.lost(world.child, "was exchanged")
    world.supervisor.tick()
    world.shelves = shelves
    world.hear(wire.Ready())
    return world


def sent(world, kind):
    return [message for message in world.child.sent if isinstance(message, kind)]


def test_a_child_that_nobody_answers_is_told_not_to_ask(world):
    assert sent(world, wire.Begin)[-1].follows is False


def test_questions_are_answered(reading):
    assert sent(reading, wire.Begin)[-1].follows is True
    reading.hear(wire.Seek("/w/a.py", "python", ("b",)), wire.Fetch(("/w/b.py",)))
    assert sent(reading, wire.Links) == [wire.Links("/w/a.py", (("b", ("/w/b.py",)),))]
    assert sent(reading, wire.Texts) == [wire.Texts((("/w/b.py", b"x = 1"),))]


def test_an_answer_for_a_former_child_is_dropped(reading):
    former = reading.child
    reading.supervisor.lost(former, "ended")
    reading.supervisor.tick()
    reading.supervisor.found(former, wire.Texts(()))
    assert not sent(reading, wire.Texts)


def test_a_file_that_kills_the_child_is_not_given_again(reading):
    reading.supervisor.open("file:///w/a.py", 1, None, b"import b")
    reading.hear(wire.Reading("/w/b.py"))
    reading.supervisor.lost(reading.child, "ended with exit code -11")
    reading.supervisor.tick()
    reading.hear(wire.Ready(), wire.Fetch(("/w/b.py", "/w/c.py")))
    assert sent(reading, wire.Texts) == [wire.Texts((("/w/b.py", None),)), wire.Texts((("/w/c.py", b"x = 1"),))]
    assert [state.condition for state in reading.states if state.condition is Condition.DEGRADED] == []
    reading.supervisor.stale(["/w/b.py"])
    reading.hear(wire.Fetch(("/w/b.py",)))
    assert sent(reading, wire.Texts)[-1] == wire.Texts((("/w/b.py", b"x = 1"),))


def test_a_child_that_hangs_over_a_file_is_ended(reading):
    reading.hear(wire.Reading("/w/b.py"))
    reading.now += 11
    reading.supervisor.tick()
    reading.supervisor.tick()
    reading.hear(wire.Ready(), wire.Fetch(("/w/b.py",)))
    assert sent(reading, wire.Texts) == [wire.Texts((("/w/b.py", None),)), wire.Texts(())]


def test_after_many_deadly_files_none_is_given(reading):
    for number in range(MOST_DEADLY):
        reading.hear(wire.Reading(f"/w/m{number}.py"))
        reading.supervisor.lost(reading.child, "ended")
        reading.supervisor.tick()
    assert sent(reading, wire.Begin)[-1].follows is False


def test_what_is_not_settled_says_so(reading):
    reading.supervisor.open("file:///w/a.py", 1, None, b"import b")
    key = sent(reading, wire.Open)[-1].key
    reading.hear(wire.Answer(key, 1, REPORT, settled=False), wire.Answer(key, 1, REPORT))
    assert [reply.settled for reply in reading.replies] == [False, True]


RULES = (Rule("own-rule", "own", (), Severity.LOW, Confidence.LOW, "Title", "Message", "", "", (), (), ()),)


def own(world, name="a", root="/r"):
    """A document of a root that has rules of its own, open in a child that is ready."""
    world.ready().supervisor.rules(root, RULES)
    world.supervisor.open(name, 1, None, b"x", File(root=root))
    world.supervisor.tick()
    return world.key(name)


def test_a_child_is_told_a_roots_own_rules_before_its_documents_and_only_when_they_change(world):
    own(world)
    world.supervisor.rules("/r", RULES)
    assert [type(message) for message in world.child.sent] == [wire.Begin, wire.Rules, wire.Open]
    assert world.child.sent[2].root == "/r"
    world.lose()
    assert [type(message) for message in world.child.sent] == [wire.Begin, wire.Rules, wire.Open]
    world.supervisor.rules("/r", ())
    assert world.child.sent[-1] == wire.Rules("/r", ())


def test_own_rules_over_which_a_child_dies_are_left_out_and_its_documents_say_so(world):
    key = own(world)
    world.hear(wire.Started(key, 1))
    world.wait(10.3)
    assert len(world.children) == 2
    assert [type(message) for message in world.ready().child.sent] == [wire.Begin, wire.Open]
    world.hear(wire.Started(key, 1), wire.Answer(key, 1, REPORT))
    said = world.replies[-1].report.incomplete
    assert "own rules are left out" in said
    assert "took longer than 10 s" in said
    assert world.states[-1].not_analysed == ()


def test_a_document_that_kills_without_the_own_rules_is_quarantined_itself(world):
    key = own(world)
    for _ in range(3):
        world.hear(wire.Started(key, 1))
        world.wait(10.3)
        world.ready()
    assert "2 times" in world.replies[-1].report.incomplete
    assert world.states[-1].not_analysed == ("a",)


def test_own_rules_that_were_left_out_are_tried_again_when_they_change_or_somebody_asks(world):
    key = own(world)
    world.hear(wire.Started(key, 1))
    world.wait(10.3)
    world.ready()
    world.supervisor.rules("/r", RULES)
    assert not any(isinstance(message, wire.Rules) for message in world.child.sent)
    world.supervisor.release("a")
    assert wire.Rules("/r", RULES) in world.child.sent
    world.supervisor.rules("/r", RULES * 2)
    assert world.child.sent[-1] == wire.Rules("/r", RULES * 2)
    world.hear(wire.Started(key, 1), wire.Answer(key, 1, REPORT))
    assert world.replies[-1].report.incomplete == ""
