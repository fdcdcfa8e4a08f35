"""Sessions by the author against a real server over stdio, with files on disk, a git repository, hooks and `kill -9`.

What fuzz.py asks of the functions, this asks of the whole: no person's character is ever in a Region that the server
shows. Run by itself it goes on where it stopped; the tests run a few.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import pygit2

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "demo"))

from author import ACTS, PERSON, TOOL, Author, text_of
from editor import Editor

from gifthorse.model.record import Record, TextChange
from gifthorse.store.delivery import deliver

NAME = pygit2.Signature("A Person", "person@example.org", 1_700_000_000, 0)
LOOK = 10
"""After how many steps the server is asked what it holds."""
OFTEN = {**ACTS, "pause": 0, "crash": 2, "save": 6, "commit": 3, "amend": 2, "rebase": 2, "squash": 2, "stash": 2}


class BlamedError(AssertionError):
    """A person's character is in a Region."""


class Stage:
    """A folder with a repository, an editor, and the author whose steps they play."""

    def __init__(self, folder, seed):
        self.root = folder / "root"
        self.root.mkdir(parents=True)
        self.environment = {**os.environ, "GIFTHORSE_STATE_DIR": str(folder / "state")}
        self.environment["GIFTHORSE_CONFIG_DIR"] = str(folder / "config")
        self.repository = pygit2.init_repository(self.root)
        self.author = Author(seed, OFTEN)
        self.versions, self.buffers, self.files = {}, {}, {}
        self.start()
        self.counts = {"steps": 0, "looks": 0, "restarts": 0, "commits": 0, "right": 0, "lost": 0}

    def start(self):
        self.editor = Editor(self.root, self.environment)

    def end(self):
        process = self.editor.process
        process.kill()
        process.wait()
        for _ in iter(self.editor._incoming.get, None):  # up to the end of what it said
            pass
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()

    def path(self, name):
        return self.root / name.replace(".py", ".txt")  # nothing to analyse: this is about whose text it is

    def uri(self, name):
        return self.path(name).as_uri()

    def notify(self, method, name, **more):
        self.editor.notify(f"textDocument/{method}", {"textDocument": {"uri": self.uri(name)}, **more})

    def open(self, name, text):
        self.versions[name], self.buffers[name] = 1, text
        item = {"uri": self.uri(name), "languageId": "plaintext", "version": 1, "text": text}
        self.editor.notify("textDocument/didOpen", {"textDocument": item})

    def play(self, count):
        done = 0
        while done < count:
            for step in self.author.steps[done:]:
                getattr(self, f"do_{step['step']}")(step, step["document"])
            done = self.counts["steps"] = len(self.author.steps)
            if done // LOOK != self.counts["looks"]:
                self.counts["looks"] = done // LOOK
                self.look()
            self.author.act_by_chance()

    # -- steps

    def do_open(self, step, name):
        if "text" in step:
            self.put(name, step["text"])
        self.open(name, self.files[name])

    def put(self, name, text):
        self.files[name] = text
        self.path(name).write_text(text, encoding="utf-8", newline="")

    def do_change(self, step, name):
        self.versions[name] += 1
        self.buffers[name] = applied(self.buffers[name], step["changes"])
        changes = [{key: value for key, value in change.items() if key != "by"} for change in step["changes"]]
        document = {"uri": self.uri(name), "version": self.versions[name]}
        self.editor.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def do_claim(self, step, name):
        document = {"uri": self.uri(name), "version": self.versions[name] - step["back"]}
        origin = {"tool": "pilot", "kind": step["kind"], "model": "m", "session": step["insertion"]}
        said = {"textDocument": document, "ranges": step["ranges"], "origin": origin, "evidence": "reported"}
        self.editor.notify("gifthorse/didInsert", said)

    def do_write(self, step, name):
        self.put(name, applied(self.files[name], step["changes"]))

    def do_hook(self, step, name):
        edits = tuple(TextChange(edit["old"], edit["new"]) for edit in step["edits"])
        place, moment = str(self.path(name)), time.time()
        record = Record("hook", "agent", place, moment, edits, before=step["before"], after=step["after"])
        before = os.environ.get("GIFTHORSE_STATE_DIR")
        os.environ["GIFTHORSE_STATE_DIR"] = self.environment["GIFTHORSE_STATE_DIR"]
        try:
            deliver(record)
        finally:
            if before is None:
                del os.environ["GIFTHORSE_STATE_DIR"]
            else:
                os.environ["GIFTHORSE_STATE_DIR"] = before

    def do_save(self, step, name):
        self.put(name, self.buffers[name])
        self.notify("didSave", name)

    def do_close(self, step, name):
        self.notify("didClose", name)
        del self.buffers[name]

    def do_rename(self, step, name):
        old, new = self.path(name), self.path(step["to"])
        text = self.buffers.pop(name, None)
        if text is not None:
            self.notify("didClose", name)
        old.rename(new)
        self.files[step["to"]] = self.files.pop(name)
        files = [{"oldUri": old.as_uri(), "newUri": new.as_uri()}]
        self.editor.notify("workspace/didRenameFiles", {"files": files})
        if text is not None:
            self.open(step["to"], text)

    def do_crash(self, step, name):
        self.end()
        self.start()
        self.counts["restarts"] += 1
        for opened, text in list(self.buffers.items()):
            self.open(opened, text)

    def do_pause(self, step, name):
        pass

    def do_git(self, step, name):
        index = self.repository.index
        index.add_all()
        index.write()
        head = None if self.repository.head_is_unborn else self.repository.head.target
        parents = [head] if head else []
        if head and step["kind"] in ("amend", "squash"):
            parents = list(self.repository[head].parent_ids)
            if step["kind"] == "squash" and parents:
                parents = list(self.repository[parents[0]].parent_ids)
        commit = self.repository.create_commit(None, NAME, NAME, step["kind"], index.write_tree(), parents)
        branch = "refs/heads/main" if head is None else self.repository.head.name
        self.repository.references.create(branch, commit, force=True)
        if head is None:
            self.repository.set_head(branch)
        self.counts["commits"] += 1

    # -- what the server says

    def look(self):
        for name, page in self.author.pages.items():
            regions = self.editor.request("gifthorse/regions", {"textDocument": {"uri": self.uri(name)}})["regions"]
            said = {at for region in regions for range_ in region["ranges"] for at in places(page.cells, range_)}
            for at, (character, writer) in enumerate(page.cells):
                if character.isspace() or writer == TOOL:
                    continue
                if writer == PERSON and at in said:
                    around = text_of(page.cells[max(0, at - 20) : at + 20])
                    raise BlamedError(f"step {self.counts['steps']}: {character!r} in {around!r} of {name}")
                if writer != PERSON:
                    self.counts["right" if at in said else "lost"] += 1


def applied(text, changes):
    """The text after the protocol's changes."""
    for change in changes:
        start, end = (
            (place(text, change["range"][one]) for one in ("start", "end")) if "range" in change else (0, len(text))
        )
        text = text[:start] + change["text"] + text[end:]
    return text


def places(cells, range_):
    """The characters of a range of the protocol."""
    return range(*(place(cells, range_[end]) for end in ("start", "end")))


def place(cells, position):
    line = at = 0
    while line < position["line"]:
        line += cells[at][0] == "\n"
        at += 1
    units = 0
    while units < position["character"]:
        units += 2 if ord(cells[at][0]) > 0xFFFF else 1
        at += 1
    return at


def run(seed, steps):
    """One session in a folder of its own; its counts."""
    with tempfile.TemporaryDirectory(prefix="gifthorse-live-", ignore_cleanup_errors=True) as name:
        stage = Stage(Path(name).resolve(), seed)
        try:
            stage.play(steps)
        finally:
            stage.end()
        return stage.counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=200)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long; the next run goes on")
    parser.add_argument("--progress", type=Path, default=Path(".build/fuzz-provenance-live.json"))
    chosen = parser.parse_args()
    state = (
        json.loads(chosen.progress.read_text()) if chosen.progress.exists() else {"next": chosen.first, "failed": []}
    )
    began = time.monotonic()
    while state["next"] < chosen.first + chosen.sequences and time.monotonic() - began < chosen.seconds:
        try:
            for key, value in run(state["next"], chosen.steps).items():
                state[key] = state.get(key, 0) + value
        except BlamedError as fault:
            print(f"seed {state['next']}: {fault}", flush=True)
            state["failed"].append(state["next"])
        state["next"] += 1
        chosen.progress.parent.mkdir(parents=True, exist_ok=True)
        chosen.progress.write_text(json.dumps(state))
    print(state)
    return bool(state["failed"])


if __name__ == "__main__":
    sys.exit(main())
