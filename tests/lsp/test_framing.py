"""Frames of the base protocol, over values."""

import io

import pytest

from gifthorse.lsp.framing import BadFrameError, frame, read_frame


def frames(data: bytes) -> list[bytes]:
    source = io.BufferedReader(io.BytesIO(data))
    found = []
    while (body := read_frame(source)) is not None:
        found.append(body)
    return found


def test_what_is_framed_is_read_again():
    assert frames(frame(b"{}") + frame("é".encode())) == [b"{}", "é".encode()]


@pytest.mark.parametrize(
    "header",
    [
        b"content-length: 2\r\n\r\n",
        b"CONTENT-LENGTH:2\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n",
        b"\r\n\r\nContent-Length: 2\r\n\r\n",
        b"Content-Length: 2\n\n",
    ],
)
def test_headers_as_clients_write_them(header):
    assert frames(header + b"{}") == [b"{}"]


@pytest.mark.parametrize("data", [b"", b"Content-Le", b"Content-Length: 10\r\n\r\n{}"])
def test_the_end_of_the_stream_is_an_ordinary_end(data):
    assert frames(data) == []


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: 99999999999999999999\r\n\r\n",
        b"X: " + b"a" * 9000 + b"\r\n",
        b"X: y\r\n" * 100,
    ],
)
def test_a_header_that_cannot_be_followed_says_so(data):
    with pytest.raises(BadFrameError):
        frames(data)
