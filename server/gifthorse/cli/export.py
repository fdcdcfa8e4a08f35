"""`gifthorse export git-ai|agent-trace [RANGE]`: what Gifthorse knows of commits, for other programs.

It prints; only --write writes into the repository, adds to what is there and never replaces anything.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from gifthorse.cli._output import CannotError, attempted, show

if TYPE_CHECKING:
    from gifthorse.store.objects import Commit
    from gifthorse.workspace.exporting import Brought
    from gifthorse.workspace.history import Git, History

HELP = "write what is known of commits as Git AI notes or Agent Trace records"
DONE = 0
FORMATS = ("agent-trace", "git-ai")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = (
        "Without --write nothing is changed. Lines that are an assistant's only in part are in no note; "
        "what was only declared or inferred is left out."
    )
    parser.add_argument("form", choices=FORMATS, metavar="FORM", help="git-ai or agent-trace")
    parser.add_argument("range", nargs="?", metavar="RANGE", help="A..B, or one commit (default: HEAD alone)")
    parser.add_argument("--root", metavar="FOLDER", default=".", help="a folder of the repository (default: this one)")
    parser.add_argument("--output", metavar="FILE", help="write it to this file instead of printing it")
    parser.add_argument(
        "--notes", metavar="REF", default="refs/notes/ai", help="where notes are (default: refs/notes/ai)"
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="add the notes to the reference, or the records to .agent-trace/traces.jsonl",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print or write; 0 where that could be done."""
    return attempted("export", arguments.root, lambda: _export(arguments))


def _export(arguments: argparse.Namespace) -> int:
    from gifthorse.store.folders import real, root_of  # noqa: PLC0415
    from gifthorse.workspace.exporting import brought, checked, journal_paths  # noqa: PLC0415
    from gifthorse.workspace.history import open_history  # noqa: PLC0415
    from gifthorse.workspace.root import Workspace  # noqa: PLC0415

    if not Path(arguments.root).is_dir():
        raise CannotError(f"{arguments.root} is no folder. Name a folder of the repository.")
    history = open_history(Workspace(root_of(real(Path(arguments.root))), configured=False), arguments.notes)
    git = checked(history.git, history.notices)
    paths = journal_paths(history)
    found = [(commit, list(brought(history, git, commit, paths))) for commit in _commits(git, arguments.range)]
    if arguments.form == "git-ai":
        return _notes(arguments, git, found)
    return _traces(arguments, history, found)


def _commits(git: "Git", words: str | None) -> "list[Commit]":
    from gifthorse.workspace.exporting import commits_of  # noqa: PLC0415

    if words is None or ".." not in words:
        return [git.objects.commit(git.objects.resolve(words or "HEAD"))]
    if "..." in words:
        raise CannotError(f"{words!r:.80}: three dots are not understood. Write A..B for the commits after A up to B.")
    first, _, last = words.partition("..")
    return commits_of(git, git.objects.resolve(last or "HEAD"), git.objects.resolve(first or "HEAD"))


def _notes(arguments: argparse.Namespace, git: "Git", found: "list[tuple[Commit, list[Brought]]]") -> int:
    from gifthorse.workspace.exporting import note_of  # noqa: PLC0415

    notes = {commit.id: note for commit, known in found if (note := note_of(commit, known))}
    if not arguments.write:
        show(lambda sink: _print_notes(sink, notes), arguments.output)
        return _nothing(bool(notes))
    written = git.notes.add(notes)
    had = [commit for commit in notes if commit not in written]
    print(f"{len(written)} of {len(found)} commits got a note in {arguments.notes}.")
    if had:
        print(f"{len(had)} had one already, which was left as it is: {' '.join(one[:7] for one in had[:10])}")
    if written:
        print(f"Share them with `git push origin {arguments.notes}`.")
    return _nothing(bool(notes))


def _print_notes(sink: TextIO, notes: dict[str, bytes]) -> None:
    several = len(notes) > 1
    sink.writelines(f"commit {name}\n{note.decode()}\n" if several else note.decode() for name, note in notes.items())


def _nothing(some: bool) -> int:
    if not some:
        print("gifthorse: nothing is known of lines that these commits brought.", file=sys.stderr)
    return DONE


def _traces(arguments: argparse.Namespace, history: "History", found: "list[tuple[Commit, list[Brought]]]") -> int:
    from gifthorse.cli.render._blame import moment  # noqa: PLC0415
    from gifthorse.workspace.exporting import traces_of  # noqa: PLC0415

    records = [record for commit, known in found for record in traces_of(commit, known, moment(commit))]
    if not arguments.write:
        show(lambda sink: sink.writelines(record.decode() for record in records), arguments.output)
        return _nothing(bool(records))
    added = _append(history.workspace.root, records)
    print(f"{added} of {len(records)} records were added to .agent-trace/traces.jsonl; the others were there already.")
    return _nothing(bool(records))


def _append(root: Path, records: list[bytes]) -> int:
    """Add the records that are not in the root's file yet, by one write. How many these were."""
    from gifthorse.provenance.formats.agent_trace import read  # noqa: PLC0415
    from gifthorse.store.folders import real  # noqa: PLC0415
    from gifthorse.store.regular import read_regular  # noqa: PLC0415
    from gifthorse.workspace.history import LARGEST_TRACES, TRACES  # noqa: PLC0415

    path = root / TRACES
    if real(path) != real(root) / TRACES:
        raise CannotError(f"{path} is a symbolic link, and is not written to.")
    before = read_regular(path, LARGEST_TRACES) if path.exists() else b""
    known = {trace.id for trace in read(before).traces}
    new = list(_unknown(records, known))
    if not new:
        return 0
    path.parent.mkdir(exist_ok=True)
    content = (b"\n" if before and not before.endswith(b"\n") else b"") + b"".join(new)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o644)
    try:
        if os.write(handle, content) != len(content):
            raise CannotError(f"{path} could not be written in full: look at the disk's space.")
    finally:
        os.close(handle)
    return len(new)


def _unknown(records: list[bytes], known: set[str]) -> Iterator[bytes]:
    from gifthorse.provenance.formats.agent_trace import read  # noqa: PLC0415

    for record in records:
        if read(record).traces[0].id not in known:
            yield record
