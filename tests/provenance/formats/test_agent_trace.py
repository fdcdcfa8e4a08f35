"""Records of Agent Trace: the specification's own shapes, what others write, damage, and the round trip."""

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.provenance.formats import agent_trace
from gifthorse.provenance.formats.agent_trace import Ranged, Trace, Traced
from gifthorse.provenance.lines import LineClass

RECORD = {
    "version": "0.1.0",
    "id": "550e8400-e29b-41d4-a716-446655440000",
    "timestamp": "2026-01-23T14:30:00Z",
    "vcs": {"type": "git", "revision": "A1B2C3D4E5F6A7B8C9D0E1F2A3B4C5D6E7F8A9B0"},
    "tool": {"name": "cursor", "version": "2.4.0"},
    "files": [
        {
            "path": "src/a.ts",
            "conversations": [
                {
                    "url": "https://api.example.com/c/1",
                    "contributor": {"type": "ai", "model_id": "anthropic/claude-opus-4-5"},
                    "ranges": [
                        {"start_line": 42, "end_line": 67, "content_hash": "murmur3:9f2e8a1b"},
                        {"start_line": 1, "end_line": 2, "contributor": {"type": "human"}},
                    ],
                    "related": [{"type": "session", "url": "https://api.example.com/s/1"}],
                }
            ],
        }
    ],
    "metadata": {"confidence": 0.95},
}


def one(content):
    reading = agent_trace.read(content if isinstance(content, bytes) else json.dumps(content).encode())
    assert reading.problems == ()
    (trace,) = reading.traces
    return trace


def test_the_whole_of_a_record():
    trace = one(RECORD)
    assert trace.revision == "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0"
    assert (trace.vcs, trace.tool, trace.tool_version, trace.placed) == ("git", "cursor", "2.4.0", True)
    url = "https://api.example.com/c/1"
    assert trace.files == (
        Traced(
            "src/a.ts",
            (
                Ranged(42, 67, LineClass.AI, "anthropic/claude-opus-4-5", url, "murmur3:9f2e8a1b"),
                Ranged(1, 2, LineClass.HUMAN, "", url),
            ),
        ),
    )


def test_records_of_the_reference_implementation_are_placed_nowhere():
    assert not one({**RECORD, "version": "1.0"}).placed
    assert one({**RECORD, "version": "1.0.0"}).placed


def test_missing_members_are_no_problem():
    trace = one({"files": [{"path": "a", "conversations": [{"ranges": [{"start_line": 1, "end_line": 1}]}]}]})
    assert trace.files == (Traced("a", (Ranged(1, 1, LineClass.UNKNOWN),)),)


@pytest.mark.parametrize("kind", ["mixed", "unknown", "robot", 3, None])
def test_what_is_not_called_ai_is_not_ai(kind):
    talks = [{"contributor": {"type": kind}, "ranges": [{"start_line": 1, "end_line": 9}]}]
    found = one({**RECORD, "files": [{"path": "a", "conversations": talks}]}).files[0].ranges[0].kind
    assert found is (LineClass.MIXED if kind == "mixed" else LineClass.UNKNOWN)


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (5, 3), ("1", 2), (None, 1), (True, 2), (1.5, 2), (1, 10**12), (-1, 1)]
)
def test_what_is_no_range_claims_nothing(start, end):
    talks = [{"contributor": {"type": "ai"}, "ranges": [{"start_line": start, "end_line": end}]}]
    assert one({**RECORD, "files": [{"path": "a", "conversations": talks}]}).files[0].ranges == ()


def test_lines_lists_and_pretty_printed_records():
    assert len(agent_trace.read(json.dumps(RECORD, indent=2).encode()).traces) == 1
    assert len(agent_trace.read(json.dumps([RECORD, RECORD]).encode()).traces) == 2
    lines = "\n".join([json.dumps(RECORD), "", json.dumps(RECORD) + "\r"])
    assert len(agent_trace.read(lines.encode()).traces) == 2
    assert agent_trace.read(b"\xef\xbb\xbf \n").traces == ()


def test_damage_takes_nothing_else_along():
    good = json.dumps(RECORD).encode()
    reading = agent_trace.read(b"\n".join([good, good[:-9], b"[3]", b"\xff\xfe", b"{}", b"[" * 100_000, good]))
    assert len(reading.traces) == 2
    assert reading.problems == (
        "line 2 is not JSON",
        "line 3 is no record: it has no `files`",
        "line 4 is not JSON",
        "line 5 is no record: it has no `files`",
        "line 6 is not JSON",
    )


def test_a_later_version_is_not_interpreted():
    reading = agent_trace.read(json.dumps({**RECORD, "version": "2.0.0"}).encode())
    assert reading.traces == ()
    assert "update Gifthorse" in reading.problems[0]


@pytest.mark.parametrize(
    ("model", "named"),
    [
        ("claude-sonnet-4-6", "anthropic/claude-sonnet-4-6"),
        ("gpt-5.6-sol", "openai/gpt-5.6-sol"),
        ("gpt4", "openai/gpt4"),
        ("o3-mini", "openai/o3-mini"),
        ("gemini-3-pro", "google/gemini-3-pro"),
        ("acme/own", "acme/own"),
        ("own-model", ""),
        ("", ""),
    ],
)
def test_models_have_providers(model, named):
    assert agent_trace.model_id(model) == named


TRACE = one(RECORD)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "7"}, "UUID"),
        ({"timestamp": "yesterday"}, "RFC 3339"),
        ({"timestamp": "2026-01-23T14:30:00"}, "RFC 3339"),
        ({"vcs": "cvs"}, "version control"),
        ({"files": (Traced("/etc/passwd", ()),)}, "no path"),
        ({"files": (Traced("a/../../b", ()),)}, "no path"),
        ({"files": (Traced("a", (Ranged(0, 1, LineClass.AI),)),)}, "no range"),
        ({"files": (Traced("a", (Ranged(1, 1, LineClass.AI, "opus"),)),)}, "provider/model"),
        ({"files": (Traced("a", (Ranged(1, 1, LineClass.AI, "", "no url"),)),)}, "no URL"),
        ({"files": (Traced("\ud800", ()),)}, "Unicode"),
    ],
)
def test_what_the_specification_does_not_allow_is_not_written(changes, said):
    fields = {name: getattr(TRACE, name) for name in Trace.__dataclass_fields__}
    with pytest.raises(ValueError, match=said):
        agent_trace.write(Trace(**{**fields, **changes}))


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
RANGES = st.builds(
    lambda start, length, kind, model, url, digest: Ranged(start, start + length, kind, model, url, digest),
    st.integers(1, 10**6),
    st.integers(0, 1000),
    st.sampled_from(LineClass),
    st.sampled_from(["", "a/b"]),
    st.sampled_from(["", "urn:x", "https://é"]),
    st.sampled_from(["", "sha256:00"]),
)


@given(
    st.lists(st.tuples(NAMES.map(lambda name: f"f{name.replace('/', '')}"), st.lists(RANGES, max_size=4)), max_size=4),
    st.uuids(),
    NAMES,
)
def test_what_is_written_is_read_again(files, name, tool):
    traced = tuple(Traced(path, tuple(ranges)) for path, ranges in files)
    trace = Trace(str(name), "2026-01-23T14:30:00+00:00", traced, "git", "ab" * 20, tool, "1" if tool else "")
    written = agent_trace.write(trace)
    assert written.endswith(b"\n")
    assert written.count(b"\n") == 1
    again = one(written)
    assert {file.path for file in again.files} == {file.path for file in traced}
    assert [sorted(file.ranges, key=repr) for file in again.files] == [sorted(file.ranges, key=repr) for file in traced]
    assert (again.id, again.revision, again.tool) == (trace.id, trace.revision, trace.tool)
    assert uuid.UUID(json.loads(written)["id"]) == name


def test_a_hash_tells_the_text():
    ranged = Ranged(1, 2, LineClass.AI, content_hash=agent_trace.content_hash([b"a", b"b"]))
    assert agent_trace.fits(ranged, [b"a", b"b"]) is True
    assert agent_trace.fits(ranged, [b"a", b"c"]) is False
    assert agent_trace.fits(Ranged(1, 2, LineClass.AI, content_hash="murmur3:1"), [b"a"]) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read(content):
    agent_trace.read(content)
    agent_trace.read(b'{"files":[' + content + b"]}")
