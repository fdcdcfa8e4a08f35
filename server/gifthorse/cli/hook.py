"""`gifthorse hook AGENT`: what an agent runs before and after it edits a file, with its JSON on standard input.

It never breaks the agent: whatever is wrong with us is said on standard error, and the answer is the one by which the
agent goes on. Imports the standard library only, unless risky edits are to be refused.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gifthorse.provenance.account import Seen, account, proposed
from gifthorse.provenance.heard import LARGEST_PAYLOAD, Answer, Change, Heard, PayloadError, read_payload
from gifthorse.store.folders import real, root_of, state_folder

if TYPE_CHECKING:
    from types import ModuleType

HELP = "tell Gifthorse of an agent's edit; agents run this themselves"
LARGEST_FILE = 4_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command. What later versions may add must not make an agent stumble."""
    parser.epilog = "`gifthorse hooks install AGENT` has an agent run this. The agents: see `gifthorse hooks --help`."
    parser.add_argument("agent", metavar="AGENT", help="whose JSON comes on standard input, for example claude-code")
    parser.add_argument("--block", action="store_true", help="before an edit: refuse it if it is too risky")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Read what the agent says, keep it, and answer. The exit code is 0 unless an edit is refused."""
    from gifthorse.provenance import agents  # noqa: PLC0415

    try:
        agent = agents.load(arguments.agent)
    except KeyError:
        _say(f"there is no agent {arguments.agent!r}; there are {', '.join(agents.names())}")
        return 0
    block = arguments.block or "--block" in arguments.rest
    given = _answer(agent, block=block)
    sys.stdout.write(given.output)
    sys.stdout.flush()
    if given.words:
        sys.stderr.write(f"{given.words}\n")
    return given.code


def _answer(agent: "ModuleType", *, block: bool) -> Answer:
    """What to answer; a fault of ours must not reach the agent as anything but words."""
    asked = False
    try:
        heard: Heard = agent.hear(read_payload(_read()))
        asked = heard.asked
        refusal = _look(heard, block=block) if asked else _tell(heard)
        given: Answer = agent.answer(asked, refusal)
    except PayloadError as fault:
        _say(f"{fault}; nothing was recorded")
    except Exception as fault:  # noqa: BLE001  whatever it is, the agent goes on
        _say(f"nothing was recorded: internal error: {type(fault).__name__}: {fault!s:.300}")
    else:
        return given
    return agent.answer(asked, "")  # type: ignore[no-any-return]


def _read() -> bytes:
    """Everything on standard input, or as much as any agent would send."""
    if sys.stdin is None or sys.stdin.isatty():
        raise PayloadError("the agent's JSON is expected on standard input")
    raw = sys.stdin.buffer.read(LARGEST_PAYLOAD + 1)
    if len(raw) > LARGEST_PAYLOAD:
        raise PayloadError(f"the payload has more than {LARGEST_PAYLOAD:,} bytes")
    return raw


def _look(heard: Heard, *, block: bool) -> str:
    """Before an edit: remember what the files are, and say why it is refused if it is."""
    from gifthorse.store.earlier import keep  # noqa: PLC0415

    files: list[tuple[Change, Path, bytes | None]] = []
    for change, path in _placed(heard):
        try:
            content = _content(path)
            files.append((change, path, content))
            keep(state_folder(root_of(path)), heard.tool, heard.session, str(path), content)
        except OSError as fault:
            _say(f"what {path.name!r} is before this edit cannot be kept: {fault.strerror or fault}")
    return _unwelcome(heard, [path for _, path, _ in files]) or _refusal(files) if block else ""


def _unwelcome(heard: Heard, paths: list[Path]) -> str:
    """Why a policy has this agent write to none of these files, or nothing."""
    from gifthorse.model.insertion import Origin  # noqa: PLC0415
    from gifthorse.workspace.policy import unwelcome  # noqa: PLC0415

    return unwelcome(paths, Origin(heard.tool, heard.kind, heard.model or None))


def _refusal(files: Iterable[tuple[Change, Path, bytes | None]]) -> str:
    """Why the edits are refused, or nothing. What cannot be looked at beforehand is let through."""
    from gifthorse.workspace.policy import Proposal, refusal  # noqa: PLC0415  the engine takes its time

    proposals: list[Proposal] = []
    for change, path, content in files:
        after = proposed(change, content)
        if after is None:
            _say(f"what would become of {path.name!r} is not known beforehand, so it was not looked at")
        else:
            proposals.append(Proposal(path, content or b"", after))
    return refusal(proposals)


def _tell(heard: Heard) -> str:
    """After an edit: a Record of each file. There is nothing to refuse any more."""
    from gifthorse.store.delivery import deliver  # noqa: PLC0415
    from gifthorse.store.earlier import recall  # noqa: PLC0415

    for change, path in _placed(heard):
        try:
            now = _content(path)
        except OSError as fault:
            _say(f"{path.name!r} cannot be read: {fault.strerror or fault}")
            now = None
        try:
            earlier = recall(state_folder(root_of(path)), heard.tool, heard.session, str(path))
            deliver(account(heard, change, Seen(str(path), time.time(), earlier, now)))
        except OSError as fault:
            _say(str(fault))
        except ValueError as fault:
            _say(f"{path.name!r}: {fault}; nothing was recorded")
    return ""


def _placed(heard: Heard) -> Iterator[tuple[Change, Path]]:
    """The Changes with the real paths of their files: absolute, without symbolic links and `..`."""
    for change in heard.changes:
        if not change.path or "\0" in change.path:
            _say("the path of a file cannot be read; nothing was recorded of it")
            continue
        yield change, real(Path(heard.folder, change.path))


def _content(path: Path) -> bytes | None:
    """What the file is; None where there is none. Raises OSError for one that cannot be read or is very large."""
    from gifthorse.store.regular import read_regular  # noqa: PLC0415

    try:
        return read_regular(path, LARGEST_FILE)
    except FileNotFoundError:
        return None


def _say(words: str) -> None:
    """A message to whoever looks at what the agent's hooks say, without anything that a terminal would obey."""
    visible = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in f"gifthorse hook: {words}")
    sys.stderr.write(visible.encode("ascii", "backslashreplace").decode() + "\n")
