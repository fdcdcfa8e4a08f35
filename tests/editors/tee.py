"""Stands between an editor and a server, passes everything on byte by byte, and writes the messages to a file.

Started like the server itself. GIFTHORSE_TEST_COMMAND names the server's program, GIFTHORSE_TEST_LOG the file.
"""

import json
import os
import subprocess
import sys
import threading
from typing import Any

LOCK = threading.Lock()


def pass_on(who: str, source: Any, sink: Any, log: Any) -> None:
    """Pass one direction on until it ends; each whole message goes into the log."""
    try:
        while header := source.readline():
            parts = [header]
            while (line := source.readline()) not in (b"\r\n", b""):
                parts.append(line)
            length = next(int(part.split(b":")[1]) for part in parts if part.lower().startswith(b"content-length"))
            body = source.read(length)
            with LOCK:  # what is in the log has not been sent later than what follows it there
                log.write(json.dumps({"from": who, "message": json.loads(body)}) + "\n")
                log.flush()
            sink.write(b"".join([*parts, b"\r\n", body]))
            sink.flush()
    except (BrokenPipeError, ValueError):
        return
    finally:
        sink.close()


def main() -> int:
    """Run the server and be its editor's and its own line."""
    command = [os.environ["GIFTHORSE_TEST_COMMAND"], *sys.argv[1:]]
    with (
        open(os.environ["GIFTHORSE_TEST_LOG"], "a", encoding="utf-8") as log,  # noqa: PTH123
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server,
    ):
        log.write(json.dumps({"from": "tee", "message": {"server": server.pid}}) + "\n")
        inward = ("client", sys.stdin.buffer, server.stdin, log)
        threading.Thread(target=pass_on, args=inward, daemon=True).start()
        pass_on("server", server.stdout, sys.stdout.buffer, log)
        code = server.wait()
    os._exit(code)  # the thread may still wait for an editor that says nothing more


if __name__ == "__main__":
    main()
