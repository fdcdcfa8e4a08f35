"""An agent's own configuration, with our hook in it or without: nothing else in it is touched.

What was put in is noted in the state folder, so that exactly that is taken out again, as long as nobody has changed the
file since; where somebody has, our entries are found by their commands. Every write is atomic.
"""

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gifthorse.provenance.setup import Command, Entries, Files
from gifthorse.store import jsonedit
from gifthorse.store.agentnotes import Note, forget, note, noted_of
from gifthorse.store.folders import real
from gifthorse.store.jsonedit import JsonError
from gifthorse.store.regular import read_regular

LARGEST = 10_000_000
HEADER = "Written by `gifthorse hooks install"
LIST = "hooks"


class SetupError(Exception):
    """It cannot be done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agent's configuration is: `base` is the user's home folder, or the project's, which nothing leaves."""

    agent: str
    base: Path
    shared: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `deed` is what was done with it, in words."""

    path: Path
    deed: str


def install(setup: Entries | Files, place: Place, command: Command) -> list[Outcome]:
    """Have the agent run `command`. Doing it again changes nothing. Raises SetupError, OSError."""
    if isinstance(setup, Files):
        files = {name: make(command) for name, make in setup.files.items()}
        return [_write_own(_file(setup, place) / name, content, setup, place) for name, content in files.items()]
    path = _file(setup, place)
    before = _text(path)
    entries = setup.entries(command)
    if before is not None and _present(before, entries, place.agent):
        return [Outcome(path, "is set up already")]
    noted = noted_of(path, before or "") or Note([], before is None, [])
    text = noted.without(before or "") if noted.spans else _taken_out(path, before, place.agent) if before else ""
    start = text if text.strip() else json.dumps(dict(setup.base), indent=2) + "\n"
    after, spans = _put_in(path, start, entries)
    folders = _write(path, after)
    note(path, after, Note(spans if text.strip() else [(0, len(after))], noted.made, [*folders, *noted.folders]))
    return [Outcome(path, "was made" if before is None else "was changed: our entries are in it now")]


def uninstall(setup: Entries | Files, place: Place) -> list[Outcome]:
    """Take out what `install` put in, and nothing else. Raises SetupError, OSError."""
    if isinstance(setup, Files):
        removed = [_remove_own(_file(setup, place) / name, place) for name in setup.files]
        _remove_folders([folder for _, folders in removed for folder in folders])
        return [outcome for outcome, _ in removed]
    path = _file(setup, place)
    before = _text(path)
    if before is None or not _ours(before, place.agent):
        return [Outcome(path, "has nothing of ours in it")]
    noted = noted_of(path, before)
    if noted is not None and noted.made:
        path.unlink()
        forget(path)
        _remove_folders(noted.folders)
        return [Outcome(path, "was removed: there was nothing but our entries in it")]
    _write(path, _taken_out(path, before, place.agent) if noted is None else noted.without(before))
    forget(path)
    return [Outcome(path, "was changed: our entries are out of it")]


def status(setup: Entries | Files, place: Place) -> list[Outcome]:
    """What is there of ours."""
    folder = _file(setup, place)
    paths = [folder / name for name in setup.files] if isinstance(setup, Files) else [folder]
    found: list[Outcome] = []
    for path in paths:
        text = _text(path)
        commands = [] if text is None else list(_commands(text, place.agent, whole=isinstance(setup, Files)))
        block = any("--block" in command for command in commands)
        deed = ("set up, and refuses risky edits" if block else "set up") if commands else "not set up"
        found.append(Outcome(path, deed))
    return found


def _file(setup: Entries | Files, place: Place) -> Path:
    """The file (or folder of files). Raises SetupError for one that leads out of a project."""
    name = setup.project if place.shared else setup.user
    home = os.environ.get(setup.home, "") if setup.home and not place.shared else ""
    path = Path(home, *Path(name).parts[1:]) if home else place.base / name
    if place.shared and not real(path).is_relative_to(real(place.base)):
        raise SetupError(f"{path} leads out of the project, by a symbolic link; nothing was changed")
    return real(path)


def _text(path: Path) -> str | None:
    """The text of a file; None where there is none. Raises SetupError for what is no text."""
    try:
        return read_regular(path, LARGEST).decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as fault:
        raise SetupError(f"{path} is not UTF-8; nothing was changed. Save it as UTF-8") from fault


def _pattern(agent: str) -> re.Pattern[str]:
    return re.compile(rf"\bgifthorse\b.*\bhook\b[\s\"',]+{re.escape(agent)}(?![\w-])", re.DOTALL)


def _is_ours(value: Any, agent: str) -> bool:
    return any(_pattern(agent).search(text) for text in jsonedit.strings(value))


def _commands(text: str, agent: str, *, whole: bool) -> Iterator[str]:
    if whole:
        yield from [text] if _pattern(agent).search(text) else []
        return
    with contextlib.suppress(JsonError):
        yield from (one for one in jsonedit.strings(jsonedit.plain(text, jsonedit.read(text))) if _is_ours(one, agent))


def _ours(text: str, agent: str) -> bool:
    return any(True for _ in _commands(text, agent, whole=False))


def _present(text: str, entries: Mapping[str, Any], agent: str) -> bool:
    """Whether exactly these entries are in the text, and no others of ours."""
    try:
        whole = jsonedit.plain(text, jsonedit.read(text))
    except JsonError:
        return False
    lists = whole.get(LIST) if isinstance(whole, dict) else None
    if not isinstance(lists, dict):
        return False
    mine = [
        (event, entry)
        for event, values in lists.items()
        if isinstance(values, list)
        for entry in values
        if _is_ours(entry, agent)
    ]
    return sorted(mine, key=repr) == sorted(entries.items(), key=repr)


def _put_in(path: Path, text: str, entries: Mapping[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The text with the entries, and what of it they brought."""
    spans: list[tuple[int, int]] = []
    try:
        for event, entry in entries.items():
            insertions = jsonedit.appended(text, [LIST, event], entry)
            text, spans = jsonedit.apply(text, insertions), jsonedit.shifted(spans, insertions)
    except JsonError as fault:
        raise SetupError(f"{path}: {fault}; nothing was changed. Mend it and try again") from fault
    return text, spans


def _taken_out(path: Path, text: str, agent: str) -> str:
    """The text without our entries, and without the lists that held nothing else."""
    try:
        while (found := _first(text, agent)) is not None:
            text = jsonedit.without(text, found)
            for empty in ([LIST, found[1]], [LIST]):
                whole = jsonedit.plain(text, jsonedit.read(text))
                inner = whole[LIST] if len(empty) == 1 else whole[LIST][empty[1]]
                if not inner:
                    text = jsonedit.without(text, empty)
                else:
                    break
    except JsonError as fault:
        raise SetupError(f"{path}: {fault}; nothing was changed. Mend it and try again") from fault
    return text


def _first(text: str, agent: str) -> list[str | int] | None:
    """The path of the first entry that is ours: a whole one, or a command of ours among others in one."""
    whole = jsonedit.plain(text, jsonedit.read(text))
    lists = whole.get(LIST) if isinstance(whole, dict) else None
    for event, entries in (lists if isinstance(lists, dict) else {}).items():
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            if not _is_ours(entry, agent):
                continue
            inner = entry.get(LIST) if isinstance(entry, dict) else None
            if not isinstance(inner, list) or all(_is_ours(one, agent) for one in inner):
                return [LIST, event, number]
            place = next(index for index, one in enumerate(inner) if _is_ours(one, agent))
            return [LIST, event, number, LIST, place]
    return None


def _write_own(path: Path, content: str, setup: Files, place: Place) -> Outcome:
    before = _text(path)
    if before == content:
        return Outcome(path, "is set up already")
    if before is not None and not _is_own(path, before, place.agent):
        call = f"gifthorse hook {place.agent}"
        raise SetupError(f"{path} is somebody else's; nothing was changed in it. Have it run `{call}` with its input")
    noted = noted_of(path, before or "") or Note([], made=True, folders=[])
    folders = _write(path, content, executable=setup.executable)
    note(path, content, Note([], made=True, folders=[*folders, *noted.folders]))
    return Outcome(path, "was made" if before is None else "was renewed")


def _remove_own(path: Path, place: Place) -> tuple[Outcome, Sequence[str]]:
    """What became of a file of ours, and the folders that were made for it."""
    text = _text(path)
    if text is None or not _is_own(path, text, place.agent):
        return Outcome(path, "is not there" if text is None else "is somebody else's and stays"), ()
    noted = noted_of(path, text)
    path.unlink()
    forget(path)
    return Outcome(path, "was removed"), noted.folders if noted else ()


def _is_own(path: Path, text: str, agent: str) -> bool:
    """Whether a whole file is ours: we noted it, it says so, or every command in it is ours."""
    noted = noted_of(path, text)
    if HEADER in text or (noted is not None and noted.made):
        return True
    try:
        whole = jsonedit.plain(text, jsonedit.read(text))
    except JsonError:
        return False
    lists = whole.get(LIST) if isinstance(whole, dict) else None
    entries = [entry for values in lists.values() for entry in values] if isinstance(lists, dict) else []
    return bool(entries) and all(_is_ours(entry, agent) for entry in entries)


def _write(path: Path, content: str, *, executable: bool = False) -> list[str]:
    """Write a file so that nobody ever finds half of it, with the rights that it had. The folders made for it."""
    made = [one for one in path.parents if not one.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o755 if executable else 0o644
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".gifthorse-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8"))
        Path(unfinished).chmod(mode)
        Path(unfinished).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(unfinished).unlink()
        for one in made:
            with contextlib.suppress(OSError):
                one.rmdir()
        raise
    return [str(one) for one in made]


def _remove_folders(folders: Iterable[str]) -> None:
    """Remove folders that were made for our files, unless something else came into them. Inner ones come first."""
    for folder in sorted(folders, key=len, reverse=True):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
