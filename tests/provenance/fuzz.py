"""`make fuzz-provenance`: sessions by the author, replayed; stops nowhere, keeps what fails, goes on where it stopped.

Of every session: no person's character is ever said to be an assistant's, every loss has a named cause, the books are
in order, and playing the same steps once more ends with the same Regions. A seed makes the same session always; a
failure is kept as a session file in `kept/`, which test_sessions.py replays from then on.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent))

from author import Author

from gifthorse.provenance.formats.editing import AnyStep, session_of, write_session
from gifthorse.workspace.measure import UNEXPLAINED, Measure
from gifthorse.workspace.replay import Player

KEPT = Path(__file__).parent / "kept"
CHUNK = 50


class FaultError(AssertionError):
    """A session went wrong; `at` is the number of steps up to there."""

    def __init__(self, at, words):
        super().__init__(words)
        self.at = at


def steps_of(seed, count):
    """The session of a seed, as the product reads it."""
    return [msgspec.convert(step, AnyStep) for step in Author(seed).play(count)]


def check(steps):
    """Play the steps and fail where one of them must not be so. Returns the Measure."""
    measure = Measure()
    for at, step in enumerate(steps, 1):
        for mistake in measure.step(step):
            if mistake.slip.said:
                raise FaultError(at, f"{mistake.text!r} of {mistake.slip.writer} is said to be {mistake.slip.said}'s")
            if mistake.cause == UNEXPLAINED:
                raise FaultError(at, f"{mistake.text!r} of {mistake.slip.writer} was lost without a cause")
        in_order(measure.player, at)
    again = Player()
    for step in steps:
        again.play(step)
    if outcome(again) != outcome(measure.player):
        raise FaultError(len(steps), "playing it again ends in another state")
    return measure


def in_order(player, at):
    """Spans ascend, are not empty, and lie in their text."""
    for name, holdings in player.held.items():
        end = 0
        for piece in holdings.marks:
            if not end <= piece.start < piece.end <= len(player.pages[name].text):
                raise FaultError(at, f"the marks of {name} are out of order")
            end = piece.end


def outcome(player):
    """Every document's text, and whose each part of it is."""
    return {name: (bytes(page.text), list(player.held[name].marks)) for name, page in player.pages.items()}


def keep(seed, steps, fault):
    """Write a failed session down, up to the step that failed."""
    session = session_of(steps[: fault.at], f"seed-{seed}", f"by the fuzzer, seed {seed}: {fault}")
    (KEPT / f"seed-{seed}-{fault.at}.jsonl").write_bytes(write_session(session))


def run(first, count, length):
    """Some sessions; the seeds that failed, and the steps that were played."""
    failed, played = [], 0
    for seed in range(first, first + count):
        steps = steps_of(seed, length)
        try:
            check(steps)
        except FaultError as fault:
            print(f"seed {seed}, step {fault.at}: {fault}", flush=True)
            keep(seed, steps, fault)
            failed.append(seed)
        played += len(steps)
    return failed, played


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long; the next run goes on")
    parser.add_argument("--progress", type=Path, default=Path(".build/fuzz-provenance.json"))
    chosen = parser.parse_args()
    done = json.loads(chosen.progress.read_text()) if chosen.progress.exists() else {}
    state = done.get(str(chosen.steps)) or {"next": chosen.first, "steps": 0, "failed": []}
    began, end = time.monotonic(), chosen.first + chosen.sequences
    while state["next"] < end and time.monotonic() - began < chosen.seconds:
        count = min(CHUNK, end - state["next"])
        failed, played = run(state["next"], count, chosen.steps)
        state = {"next": state["next"] + count, "steps": state["steps"] + played, "failed": state["failed"] + failed}
        chosen.progress.parent.mkdir(parents=True, exist_ok=True)
        unfinished = chosen.progress.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps({**done, str(chosen.steps): state}))
        unfinished.replace(chosen.progress)
    print(f"{state['next'] - chosen.first} sequences, {state['steps']} steps, {len(state['failed'])} failed")
    return bool(state["failed"])


if __name__ == "__main__":
    sys.exit(main())
