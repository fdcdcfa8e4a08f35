"""A server that only listens: it writes every message of its client to the file that GIFTHORSE_TEST_LOG names.

It is no Gifthorse. It shows what a client really sends, in which order, whatever the server would make of it.
"""

import json
import os
import sys
from typing import Any

CAPABILITIES = {"textDocumentSync": {"openClose": True, "change": 2}}


def read(source: Any) -> dict[str, Any] | None:
    """The next message, or None at the end of the input."""
    length = 0
    while (line := source.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(source.read(length)) if length else None


def write(sink: Any, message: dict[str, Any]) -> None:
    """Send one message."""
    body = json.dumps(message).encode()
    sink.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    sink.flush()


def answer(method: str) -> Any:
    """What this server has to say to a request."""
    if method == "initialize":
        return {"capabilities": CAPABILITIES, "serverInfo": {"name": "recorder"}}
    return {"regions": []} if method == "gifthorse/regions" else None


def main() -> None:
    """Listen until the client is gone."""
    with open(os.environ["GIFTHORSE_TEST_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123
        while (message := read(sys.stdin.buffer)) is not None and message.get("method") != "exit":
            log.write(json.dumps({"from": "client", "message": message}) + "\n")
            log.flush()
            if "id" in message and "method" in message:
                result = answer(message["method"])
                write(sys.stdout.buffer, {"jsonrpc": "2.0", "id": message["id"], "result": result})


if __name__ == "__main__":
    main()
