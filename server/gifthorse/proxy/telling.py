"""Landings -> Records: who is named as their author, and what of the texts goes along. Pure."""

from dataclasses import dataclass
from pathlib import PurePath

from gifthorse.model.record import Record, TextChange, as_text
from gifthorse.model.text import Text
from gifthorse.proxy.documents import whole
from gifthorse.proxy.landing import Landing

LARGEST_TEXT = 4_000_000
"""Bytes of a file up to which a Record brings its whole text along."""
LONGEST_NAME = 100
_KNOWN = ("copilot", "tabby", "codeium", "supermaven", "tabnine", "cody")
"""Assistants that are called by one word, whatever their servers' full names are."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who speaks: what the user calls the `tool` and `model`, and what the `server` calls itself; each may be ""."""

    session: str
    command: str
    tool: str = ""
    model: str = ""
    server: str = ""

    @property
    def name(self) -> str:
        """The tool's name: the user's word, else the server's, else that of its program."""
        return self.tool or self.server or short_name(PurePath(self.command).stem) or "unknown"


def short_name(name: str) -> str:
    """The name by which an assistant is known."""
    lower = name.casefold()
    known = next((one for one in _KNOWN if one in lower), None)
    return known or " ".join(name.split())[:LONGEST_NAME]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a Record says beside the text: of which file, how the text arrived, the item's `model`, when (seconds)."""

    teller: Teller
    path: str
    kind: str
    model: str
    time: float


def record_of(telling: Telling, edits: tuple[TextChange, ...], before: Text | None, after: Text) -> Record:
    """The Record of text that was taken; `before` is None where the file is new."""
    teller = telling.teller
    return Record(
        source="proxy",
        tool=teller.name,
        path=telling.path,
        time=telling.time,
        edits=edits,
        model=teller.model or telling.model,
        session=teller.session,
        before="" if before is None else before.digest(),
        after=after.digest(),
        text=as_text(whole(after)) if len(after) <= LARGEST_TEXT else None,
        kind=telling.kind,
    )


def record_of_landing(telling: Telling, landing: Landing) -> Record:
    """The Record of a landing."""
    change = TextChange(as_text(landing.old), as_text(landing.new), landing.span.start)
    return record_of(telling, (change,), landing.step.before, landing.step.after)
