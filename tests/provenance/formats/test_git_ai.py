"""Notes of Git AI: every oddity that its own notes have, hostile ones, and the round trip of what is written."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.provenance.formats import git_ai, git_ai_writer
from gifthorse.provenance.formats.git_ai import Attestation, Entry, Log, Speaker
from gifthorse.provenance.lines import LineClass

AGENT = {"tool": "claude", "id": "c-1", "model": "claude-sonnet-4-6"}
COMMIT = "0123456789abcdef0123456789abcdef01234567"
SESSION = "s_0123456789abcd"
KEY = f"{SESSION}::t_00000000000001"
KNOWN = Speaker(LineClass.AI, "claude", "claude-sonnet-4-6", "c-1")


def note(section, **members):
    metadata = {"schema_version": "authorship/3.0.0", "base_commit_sha": COMMIT, "prompts": {}, **members}
    return f"{section}---\n{json.dumps(metadata, indent=2)}".encode()


def said(content, path="a.py", count=40):
    return git_ai.speakers(git_ai.read(content), path, count)


def with_session(section):
    return note(section, sessions={SESSION: {"agent_id": AGENT, "human_author": None}})


def test_a_session_is_an_assistant_with_its_model():
    lines = said(with_session(f"a.py\n  {KEY} 1-2,5\nb.py\n  {KEY} 9\n"))
    assert lines == {1: KNOWN, 2: KNOWN, 5: KNOWN}


def test_a_session_may_stand_without_a_checkpoint():
    assert said(with_session(f"a.py\n  {SESSION} 1\n")) == {1: KNOWN}


@pytest.mark.parametrize("key", ["7ecb1cfe1c2cb067", "aaef1b0", "019fc5cd-5c09-7951-86b7-b151a4d0de90"])
def test_older_keys_are_prompts(key):
    prompts = {key: {"agent_id": AGENT, "messages": [], "total_additions": 1, "overriden_lines": 0}}
    assert said(note(f"a.py\n  {key} 3\n", prompts=prompts)) == {3: KNOWN}


@pytest.mark.parametrize("key", ["7ecb1cfe1c2cb067", "aaef1b0", "ai_agent", SESSION, KEY])
def test_what_the_note_does_not_describe_is_an_unnamed_assistant(key):
    assert said(note(f"a.py\n  {key} 3\n")) == {3: Speaker(LineClass.AI)}


def test_people_are_people():
    key = "h_40342f0ac75266"
    content = note(f"a.py\n  {key} 1\n  human 2\n", humans={key: {"author": "Ann <ann@example.com>"}})
    assert said(content) == {1: Speaker(LineClass.HUMAN, name="Ann <ann@example.com>"), 2: Speaker(LineClass.HUMAN)}


@pytest.mark.parametrize("key", ["019fc5cd-5c09-7951-86b7-b151a4d0de90", "whatever", "h", "t_00000000000001", "S_1"])
def test_a_key_that_nobody_knows_says_nothing(key):
    assert said(note(f"a.py\n  {key} 1-4\n")) == {}


def test_where_entries_overlap_the_last_wins():
    human = "h_40342f0ac75266"
    lines = said(with_session(f"a.py\n  {KEY} 1-9\n  {human} 3-4\n"))
    assert [line for line, who in lines.items() if who.kind is LineClass.HUMAN] == [3, 4]
    lines = said(with_session(f"a.py\n  {human} 3-4\n  {KEY} 4\n"))
    assert {line: who.kind for line, who in lines.items()} == {3: LineClass.HUMAN, 4: LineClass.AI}
    lines = said(with_session(f"a.py\n  {KEY} 3\nb.py\n  {KEY} 1\na.py\n  {human} 3\n"))
    assert lines[3].kind is LineClass.HUMAN


def test_an_unknown_key_takes_a_line_back():
    assert said(with_session(f"a.py\n  {KEY} 1-2\n  whatever 2\n")) == {1: KNOWN}


def test_ranges_may_be_out_of_order_and_within_each_other():
    log = git_ai.read(with_session(f"a.py\n  {KEY} 9,3-7,3-5,12-25,13-25\n"))
    assert log.attestations[0].entries == (Entry(KEY, ((9, 9), (3, 7), (3, 5), (12, 25), (13, 25))),)


@pytest.mark.parametrize(
    "written", ["5-3", "0", "-4", "1_0", "x", "", "1-", "1-2-3", "99999999999999999999", "+3", "٣"]
)
def test_what_is_no_range_claims_nothing(written):
    assert said(with_session(f"a.py\n  {KEY} {written},7\n")) == {7: KNOWN}


def test_lines_behind_the_end_of_the_file_are_left_out():
    assert said(with_session(f"a.py\n  {KEY} 2-999999999,5000\n"), count=3) == {2: KNOWN, 3: KNOWN}


@pytest.mark.parametrize("path", ["a b.py", "a\tb.py", "a\nb.py", '"a b"', "---", "ü ñ", "\n", 'a"b c'])
def test_paths_in_quotes(path):
    assert said(with_session(f'"{path}"\n  {KEY} 1\n'), path) == {1: KNOWN}


def test_a_path_without_its_closing_quote_takes_nothing_else_along():
    log = git_ai.read(with_session(f'"a\n  {KEY} 1\nb.py\n  {KEY} 2\n'))
    assert [attestation.path for attestation in log.attestations] == ["b.py"]
    assert "no closing quote" in log.problems[0]


def test_line_ends_of_another_system():
    content = with_session(f"a.py\n  {KEY} 1\n").replace(b"\n", b"\r\n")
    assert said(content) == {1: KNOWN}


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"---\n{}", b"{}", b'{"schema_version": "authorship/3.0.0"}', b"---\n{\n}\n"]
)
def test_empty_notes_say_nothing_and_are_no_problem(content):
    assert git_ai.read(content) in (Log(), Log((), {"schema_version": "authorship/3.0.0"}))


@pytest.mark.parametrize(
    "tail",
    ["", "{", "[]", '"x"', "{" * 100_000, "\ud800", "\xff", '{"sessions": []}', f'{{"sessions": {{"{SESSION}": 3}}}}'],
)
def test_damaged_json_leaves_the_lines(tail):
    content = f"a.py\n  {KEY} 1\n---\n{tail}".encode("utf-8", "surrogatepass")
    assert said(content) == {1: Speaker(LineClass.AI)}


def test_unknown_members_and_wrong_types_are_passed_over():
    sessions = {
        SESSION: {"agent_id": {"tool": 3, "model": None, "id": ["x"], "new": 1}, "human_author": 5, "later": {}}
    }
    content = note(f"a.py\n  {KEY} 1\n", sessions=sessions, humans=[], logical_commit_id="x")
    assert said(content) == {1: Speaker(LineClass.AI)}


def test_a_note_cut_off_claims_only_what_it_surely_said():
    whole = with_session(f"a.py\n  {KEY} 1-9\n  {KEY} 120-185\n")
    for length in range(len(whole)):
        lines = set(said(whole[:length], count=200))
        assert lines in (set(), set(range(1, 10)), set(range(1, 10)) | set(range(120, 186))), whole[:length]


def test_a_later_version_is_not_interpreted():
    log = git_ai.read(with_session(f"a.py\n  {KEY} 1\n").replace(b"3.0.0", b"4.0.0"))
    assert log.attestations == ()
    assert "update Gifthorse" in log.problems[0]
    assert said(with_session(f"a.py\n  {KEY} 1\n").replace(b"3.0.0", b"3.9.1")) == {1: KNOWN}


def test_an_entry_of_no_file_is_named():
    assert git_ai.read(with_session(f"  {KEY} 1\n")).problems == ("the first lines belong to no file",)


def test_three_megabytes_are_read_in_a_tenth_of_a_second():
    section = "".join(
        f"src/file_{n}.rs\n"
        + "".join(f"  s_{k:014x}::t_{n:014x} {k * 7 + 1}-{k * 7 + 5},{k * 7 + 7}\n" for k in range(40))
        for n in range(1560)
    )
    sessions = {f"s_{k:014x}": {"agent_id": AGENT, "human_author": None} for k in range(40)}
    content = note(section, sessions=sessions)
    assert len(content) > 3_000_000
    taken = []
    for _ in range(5):
        begin = time.process_time()
        lines = said(content, "src/file_7.rs", 300)
        taken.append(time.process_time() - begin)
    assert len(lines) == 240
    assert min(taken) < 0.1, taken


def test_overlapping_claims_cost_no_more_than_lines_and_entries():
    section = "a.py\n" + f"  {KEY} 1-999999\n" * 50_000
    begin = time.perf_counter()
    assert len(said(with_session(section), count=200_000)) == 200_000
    assert time.perf_counter() - begin < 5  # Painting each claim by itself would take hours.


@st.composite
def logs(draw):
    """Logs that may be written: disjoint lines, known keys, any path that a note has a form for."""
    path = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1, max_size=20)
    paths = draw(st.lists(path.filter(lambda one: not list(git_ai_writer.wrong_path(one))), unique=True, max_size=4))
    keys = ["s_%014x::t_%014x", "s_%014x", "h_%014x", "%016x"]
    attestations, sessions, humans, prompts = [], {}, {}, {}
    for one in paths:
        owners = draw(st.lists(st.sampled_from([0, 1, 2, 3, None]), max_size=30))
        entries = []
        for number in (0, 1, 2, 3):
            lines = [line for line, owner in enumerate(owners, 1) if owner == number]
            if not lines:
                continue
            form = keys[number]
            key = form % ((number,) * form.count("%"))
            table = humans if number == 2 else prompts if number == 3 else sessions
            table[key.partition("::")[0]] = {"author": "Ann <a@b>"} if number == 2 else {"agent_id": AGENT}
            entries.append(Entry(key, git_ai_writer.as_ranges(lines)))
        attestations.append(Attestation.of(one, entries))
    metadata = {"schema_version": git_ai_writer.SCHEMA, "base_commit_sha": COMMIT, "prompts": prompts}
    return Log(tuple(attestations), {**metadata, "sessions": sessions, "humans": humans})


@given(logs())
def test_what_is_written_is_read_again(log):
    assert git_ai.read(git_ai_writer.write(log)) == log


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content):
    for log in (git_ai.read(content), git_ai.read(b"a.py\n  " + content), git_ai.read(b'"' + content + b"\n---\n{}")):
        for attestation in log.attestations:
            for who in git_ai.speakers(log, attestation.path, 50).values():
                assert who.kind in (LineClass.AI, LineClass.HUMAN)


GOOD = {
    "schema_version": git_ai_writer.SCHEMA,
    "base_commit_sha": COMMIT,
    "prompts": {},
    "sessions": {SESSION: {"agent_id": AGENT}},
}


@pytest.mark.parametrize(
    ("path", "entries", "changes", "said"),
    [
        ("a", [Entry("claude", ((1, 1),))], {}, "no key"),
        ("a", [Entry(KEY, ((2, 1),))], {}, "ascending"),
        ("a", [Entry(KEY, ())], {}, "ascending"),
        ("a", [Entry(KEY, ((1, 2), (3, 4)))], {}, "touch"),
        ("a", [Entry(KEY, ((1, 2),)), Entry(SESSION, ((2, 4),))], {}, "twice"),
        ("a", [Entry("h_00000000000000", ((1, 2),))], {}, "who"),
        ("a", [Entry(KEY, ((1, 2),))], {"sessions": {}}, "which tool"),
        ("a\rb", [], {}, "no form"),
        ("", [], {}, "no form"),
        ("a\n---", [], {}, "no form"),
        ('a"\nb', [], {}, "another one"),
        ("a\ud800", [], {}, "no Unicode"),
        ("a", [], {"schema_version": "3"}, "version"),
        ("a", [], {"base_commit_sha": "HEAD"}, "full name"),
        ("a", [], {"prompts": None}, "prompts"),
    ],
)
def test_what_the_standard_does_not_allow_is_not_written(path, entries, changes, said):
    with pytest.raises(ValueError, match=said):
        git_ai_writer.write(Log((Attestation.of(path, entries),), {**GOOD, **changes}))


def test_a_session_key_is_made_as_the_standard_says():
    assert git_ai_writer.session_key("claude", "518eacf9-30f9-4849-b452-42cf98d706e5") == "s_be3d6789a4739f"
