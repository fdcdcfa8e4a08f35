"""What agents' hooks tell becomes Regions: while the server runs, through its socket; else from the inbox at the start."""

import hashlib
import json
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from gifthorse.model.record import Record, TextChange, encode
from gifthorse.store import inbox
from gifthorse.store.delivery import deliver
from gifthorse.store.doorbell import folder, hand_over
from gifthorse.store.folders import state_folder

BEFORE = "import os\n\n\ndef mine():\n    return 'human'\n"
NEW = "def theirs(path):\n    os.system(path)\n    return 'machine'\n"
AFTER = f"{BEFORE}\n\n{NEW}"


def edit(path, old, new, original, session="s"):
    return {
        "session_id": session,
        "cwd": str(path.parent),
        "hook_event_name": "PostToolUse",
        "tool_name": "Edit",
        "tool_input": {"file_path": str(path), "old_string": old, "new_string": new},
        "tool_response": {"originalFile": original, "userModified": False},
    }


def hook(environment, payload, agent="claude-code"):
    done = subprocess.run(
        [sys.executable, "-P", "-m", "gifthorse", "hook", agent],
        input=json.dumps(payload).encode(),
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def texts(editor, uri, content):
    """The texts of the Regions, cut out of the lines of the document."""
    lines = content.split("\n")
    found = []
    for region in editor.regions(uri):
        for span in region.ranges:
            first, last = span.start, span.end
            part = lines[first.line : last.line + 1]
            part[-1] = part[-1][: last.character]
            part[0] = part[0][first.character :]
            found.append("\n".join(part))
    return found


def hooked(params):
    return params.unreviewed > 0


@pytest.fixture
def kept(root, environment, monkeypatch):
    """The private folder of the root, as the server and the hooks of these tests know it."""
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", environment["GIFTHORSE_STATE_DIR"])
    return state_folder(root)


@pytest.mark.parametrize("reloaded_first", [False, True])
def test_an_agents_edit_of_an_open_file_is_a_region_whoever_comes_first(
    editor, root, environment, kept, reloaded_first
):
    file = root / "app.py"
    editor.start()
    uri = editor.open("app.py", BEFORE)
    file.write_text(AFTER)
    if not reloaded_first:
        hook(environment, edit(file, BEFORE, AFTER, BEFORE))
    editor.change(uri, (5, 0), (5, 0), f"\n\n{NEW}")
    if reloaded_first:
        hook(environment, edit(file, BEFORE, AFTER, BEFORE))
    editor.wait("gifthorse/status", hooked)
    (region,) = editor.regions(uri)
    assert (region.evidence, region.origin.tool, region.origin.kind) == ("hooked", "claude-code", "agent")
    assert "".join(texts(editor, uri, AFTER)).split() == NEW.split()
    assert not inbox.waiting(kept)


def test_an_agents_edit_of_a_closed_file_is_a_region_at_once(editor, root, environment, kept):
    file = root / "app.py"
    editor.start()
    file.write_text(AFTER)
    hook(environment, edit(file, BEFORE, AFTER, BEFORE))
    editor.wait("gifthorse/status", hooked)
    (region,) = editor.regions()
    assert region.evidence == "hooked"
    assert not inbox.waiting(kept)


def test_what_was_told_while_nobody_ran_is_found_by_the_next_start(launch, root, environment, kept):
    file = root / "app.py"
    constant = "MOST_ATTEMPTS = retries_of(configuration)\n"
    middle = f"{constant}{AFTER}"
    file.write_text(middle)
    hook(environment, edit(file, BEFORE, AFTER, BEFORE))
    hook(environment, edit(file, "import os\n", f"{constant}import os\n", AFTER))
    assert len(inbox.take(kept)) == 2
    editor = launch()
    editor.start()
    editor.wait("gifthorse/status", lambda params: params.unreviewed == 2)
    assert not inbox.waiting(kept)
    file.write_text(f"# by hand\n{middle}")  # A person goes on before anybody opens it.
    uri = editor.open("app.py", f"# by hand\n{middle}")
    found = "".join(texts(editor, uri, f"# by hand\n{middle}"))
    assert "".join(found.split()) == "".join(f"{constant}{NEW}".split())


def test_two_hundred_records_at_once_are_two_hundred_regions(editor, root, kept):
    editor.start()
    records = []
    for number in range(200):
        file = root / f"m{number}.py"
        text = f"value_{number} = compute({number})\n"
        file.write_text(text)
        change = TextChange("", text, 0)
        records.append(Record("hook", "codex", str(file), 1e9 + number, (change,), whole=True, created=True))
    with ThreadPoolExecutor(32) as pool:
        list(pool.map(deliver, records))
    editor.wait("gifthorse/status", lambda params: params.unreviewed == 200)
    assert not inbox.waiting(kept)


def test_a_record_that_cannot_be_left_is_kept_by_the_server_that_runs(editor, root, kept):
    editor.start()
    editor.regions()  # Now it listens.
    file = root / "app.py"
    file.write_text(NEW)
    change = TextChange("", NEW, 0)
    record = Record("hook", "codex", str(file), 1e9, (change,), whole=True, created=True)
    assert hand_over(encode(record), 30.0)
    editor.wait("gifthorse/status", hooked)


def test_a_person_who_typed_the_same_keeps_it(editor, root, environment, kept):
    """The agent's new text stands in the document already: only what the edit itself brought is the agent's."""
    file = root / "app.py"
    editor.start()
    uri = editor.open("app.py", AFTER)
    twice = f"{AFTER}\n\n{NEW}"
    file.write_text(twice)
    hook(environment, edit(file, AFTER, twice, AFTER))
    editor.change(uri, (10, 0), (10, 0), f"\n\n{NEW}")
    editor.wait("gifthorse/status", hooked)
    (region,) = editor.regions(uri)
    assert min(span.start.line for span in region.ranges) >= 10


def rewritten(root, every, lines=10_000):
    """A long file of which an agent has written every so many lines one anew, and the Record of that."""
    before = "".join(f"    value_{n} = compute(source_{n}, {n % 97}) + offset_{n % 13}\n" for n in range(lines))
    after = "".join(
        line if n % every else f"    item_{n}, rest = build_{n % 1000}(thing_{n}, key={n})\n"
        for n, line in enumerate(before.splitlines(keepends=True))
    )
    file = root / "long.txt"
    file.write_text(after)
    change = TextChange(before, after, 0)
    digests = (hashlib.sha256(text.encode()).hexdigest() for text in (before, after))
    return after, Record("hook", "codex", str(file), 1e9, (change,), "", "s", "", *digests, whole=True)


def test_requests_are_answered_while_a_long_file_is_joined_that_an_agent_wrote_anew(editor, root, kept):
    editor.start()
    after, record = rewritten(root, every=2)
    editor.open("long.txt", after, language="plaintext")
    short = editor.open("short.txt", "", language="plaintext")
    editor.regions(short)
    deliver(record)
    answered = [time.monotonic()]
    while not any(map(hooked, editor.said("gifthorse/status"))):
        editor.regions(short)
        answered.append(time.monotonic())
    longest = max(later - earlier for earlier, later in pairwise(answered))
    assert longest < (answered[-1] - answered[0]) / 4
    assert not inbox.waiting(kept)


def test_a_person_who_types_while_a_long_file_is_joined_keeps_what_they_type(editor, root, kept):
    editor.start()
    after, record = rewritten(root, every=200)
    uri = editor.open("long.txt", after, language="plaintext")
    editor.regions(uri)
    deliver(record)
    editor.change(uri, (0, 0), (0, 0), "typed\n")
    for number in range(5):
        editor.regions(uri)
        editor.change(uri, (0, number), (0, number + 1), "x")
    editor.wait("gifthorse/status", hooked)
    (region,) = editor.regions(uri)
    assert min(one.start.line for one in region.ranges) == 1
    assert not inbox.waiting(kept)


def test_a_document_that_is_closed_while_it_is_joined_has_its_region_all_the_same(editor, root, kept):
    editor.start()
    after, record = rewritten(root, every=200)
    uri = editor.open("long.txt", after, language="plaintext")
    editor.regions(uri)
    deliver(record)
    editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    editor.wait("gifthorse/status", hooked)
    assert not inbox.waiting(kept)
    uri = editor.open("long.txt", after, language="plaintext")
    assert len(editor.regions(uri)) == 1


@pytest.mark.parametrize("line", [b"", b"{", b"[" * 200_000, b'{"format": 2}', b"\0" * 100])
def test_nonsense_on_the_socket_disturbs_nobody(editor, root, environment, kept, line):
    editor.start()
    editor.regions()  # Now it listens.
    assert not hand_over(line, 30.0)
    file = root / "app.py"
    file.write_text(AFTER)
    hook(environment, edit(file, BEFORE, AFTER, BEFORE))
    editor.wait("gifthorse/status", hooked)


def test_the_socket_is_the_users_alone_and_goes_with_the_server(editor, kept):
    editor.start()
    editor.regions()
    (place,) = folder().glob("*.sock")
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert editor.stop() == 0
    assert list(folder().iterdir()) == []


def test_a_server_that_was_killed_loses_nothing(launch, root, environment, kept):
    first = launch()
    first.start()
    uri = first.open("app.py", BEFORE)
    first.diagnostics(uri)
    (root / "app.py").write_text(AFTER)
    hook(environment, edit(root / "app.py", BEFORE, AFTER, BEFORE))
    first.process.kill()  # Before its editor has read the file again.
    second = launch()
    second.start()
    second.wait("gifthorse/status", hooked)
    assert not inbox.waiting(kept)


def test_a_file_that_is_open_by_a_link_from_elsewhere_has_its_region_in_both(launch, root, environment, kept):
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "app.py").write_text(AFTER)
    (root / "app.py").symlink_to(outside / "app.py")
    editor = launch()
    editor.start()
    uri = editor.open("app.py", AFTER)
    other = editor.open("../outside/other.py", "x = 1\n")  # Now the other folder is known.
    hook(environment, edit(root / "app.py", BEFORE, AFTER, BEFORE))
    editor.wait("gifthorse/status", hooked)
    assert len(editor.regions(uri)) == 1
    assert editor.regions(other) == []
    again = launch()
    again.start()
    assert len(again.regions(again.open("../outside/app.py", AFTER))) == 1
