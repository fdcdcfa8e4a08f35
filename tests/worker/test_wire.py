"""Frames and messages: what goes in comes out, and rubbish is known as such without being quoted."""

import io

import pytest

from gifthorse.model.finding import Certainty, Confidence, Finding, Fix, FixKind, Report, Severity, Step
from gifthorse.model.text import Edit, Span
from gifthorse.worker import wire
from gifthorse.worker.documents import path_of

FIX = Fix("mend", FixKind.MECHANICAL, (Edit(Span(1, 2), b"\xff\x00"),))
FINDING = Finding(
    "rule",
    Span(3, 9),
    "message \U0001f40e",
    Severity.HIGH,
    Confidence.LOW,
    Certainty.OBSCURED,
    (FIX,),
    (Step(Span(0, 1), "n"),),
)
REPORT = Report("python", (FINDING,), (Span(4, 5),), "partly")


def body(message):
    return wire.read_frame(io.BytesIO(wire.pack(message)))


@pytest.mark.parametrize(
    "message",
    [
        wire.Begin(1.5, 10),
        wire.Open(1, 2, "/a b", None, b"\x00\xff"),
        wire.Change(1, -3, (Edit(Span(0, 0), b"\xed\xa0\x80"), Edit(Span(2, 3), b""))),
        wire.Close(7),
    ],
)
def test_requests(message):
    assert wire.request(body(message)) == message


@pytest.mark.parametrize("message", [wire.Ready(), wire.Started(1, 2), wire.Answer(1, 2, REPORT)])
def test_responses(message):
    got = wire.response(body(message))
    assert got == message


def test_types_survive_the_way():
    [finding] = wire.response(body(wire.Answer(1, 2, REPORT))).report.findings
    assert isinstance(finding.span, Span)
    assert isinstance(finding.fixes[0].edits[0], Edit)
    assert finding.severity is Severity.HIGH


def test_frames_follow_each_other_and_end():
    stream = io.BytesIO(wire.pack(wire.Ready()) + wire.pack(wire.Started(1, 2)))
    assert wire.response(wire.read_frame(stream)) == wire.Ready()
    assert wire.response(wire.read_frame(stream)) == wire.Started(1, 2)
    assert wire.read_frame(stream) is None


@pytest.mark.parametrize("rubbish", [b"\x00", b"\x00\x00\x00\x05hell", b"Traceback (most recent call last)"])
def test_rubbish_is_no_frame(rubbish):
    with pytest.raises(wire.GarbledError):
        wire.read_frame(io.BytesIO(rubbish))


@pytest.mark.parametrize("rubbish", [b"", b"hunter2", b"\x91\xa7hunter2", b"\xc1"])
def test_rubbish_is_no_message_and_is_not_quoted(rubbish):
    for read in (wire.request, wire.response):
        with pytest.raises(wire.GarbledError) as caught:
            read(rubbish)
        assert "hunter2" not in str(caught.value)
        assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/a%20b/c.py", "/home/a b/c.py"),
        ("file:///c%3A/x/y.go", "/c:/x/y.go"),
        ("untitled:Untitled-1", "Untitled-1"),
        ("C:\\x\\y.py", "C:\\x\\y.py"),
        ("/tmp/100%25.py", "/tmp/100%25.py"),
        ("untitled://[", "untitled://["),
    ],
)
def test_path_of(uri, path):
    assert path_of(uri) == path
