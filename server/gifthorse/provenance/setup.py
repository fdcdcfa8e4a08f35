"""How an agent is told to run our hook: which of its files holds what. Values only; store/agentconfig.py writes them.

An agent either reads entries from lists in a JSON file that is also somebody else's, or whole files that are ours.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Command:
    """What an agent is to run. `shell`: the words as a shell command; `words`: one by one.

    `block`: whether risky edits are refused. `shared`: whether others will find it in a project, who may not have
    Gifthorse: then its absence must do no harm.
    """

    shell: str
    words: tuple[str, ...]
    block: bool = False
    shared: bool = False

    @property
    def guarded(self) -> str:
        """The shell command; where it is shared, one that does nothing on machines without Gifthorse."""
        return f"command -v {self.words[0]} >/dev/null 2>&1 || exit 0; {self.shell}" if self.shared else self.shell


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries in lists of one JSON file: `hooks` -> event -> list.

    `user` and `project` are the file, relative to the user's home folder and to the project; `home` is the environment
    variable that names another folder instead of the first part of `user`. `entries`: event -> what is put into its list.
    `base` is what a new file needs beside them.
    """

    user: str
    project: str
    entries: Callable[[Command], Mapping[str, Any]]
    home: str = ""
    base: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """Whole files that are ours: name -> what makes its content. `user` and `project` are their folders.

    `executable`: whether they are programs.
    """

    user: str
    project: str
    files: Mapping[str, Callable[[Command], str]]
    home: str = ""
    executable: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ByHand:
    """Nothing that we could write: `note` says what to do."""

    note: str


Setup = Entries | Files | ByHand


def claude_like(command: Command, before: str, after: str, matcher: str, *, asks: bool, **more: Any) -> dict[str, Any]:
    """Entries as Claude Code reads them, which others have taken over: for `after` edits, and `before` them if `asks`
    (or if risky ones are to be refused).
    """
    entry = {"matcher": matcher, "hooks": [{"type": "command", "command": command.guarded, **more}]}
    return {before: entry, after: entry} if asks or command.block else {after: entry}
