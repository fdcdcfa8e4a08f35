"""Any bytes in any pieces: whole messages come out, and what is none is left out and said."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.proxy.frames import LONGEST_BODY, LONGEST_HEADER, Frames


def frame(body):
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def cut(data, places):
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[a:b] for a, b in itertools.pairwise(edges)]


def fed(chunks):
    frames = Frames()
    return [body for chunk in chunks for body in frames.feed(chunk)]


BODIES = st.lists(st.binary(max_size=40), max_size=6)
PLACES = st.lists(st.integers(0, 500), max_size=12)


@given(BODIES, PLACES)
def test_messages_come_out_whatever_the_pieces(bodies, places):
    data = b"".join(map(frame, bodies))
    assert fed(cut(data, places)) == bodies


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_no_bytes_are_a_fault(chunks):
    fed(chunks)


@pytest.mark.parametrize(
    "header",
    [
        b"content-length: 2\r\n\r\n",
        b"Content-Length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
        b"Content-Type: x\r\nContent-Length: 2\r\n\r\n",
        b"Content-Length: 2\n\n",
        b"Content-Length: 5\r\nContent-Length: 2\r\n\r\n",
    ],
)
def test_headers_that_servers_write(header):
    assert fed([header + b"{}"]) == [b"{}"]


@pytest.mark.parametrize(
    "noise",
    [
        b"Starting the server ...\n",
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: %d\r\n\r\n" % (LONGEST_BODY + 1),
        b"\r\n\r\n",
        b"\0" * 100,
        b"x" * (LONGEST_HEADER + 1),
        b"Content-Type: x\r\n\r\n",
    ],
)
def test_after_noise_the_next_message_is_read(noise):
    found = fed([frame(b"[1]") + noise + frame(b"[2]") + frame(b"[3]")])
    assert [body for body in found if body is not None] == [b"[1]", b"[2]", b"[3]"]
    assert None in found
