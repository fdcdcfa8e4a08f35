"""Measure: an editing session replayed, and every character of it held against the truth after every step.

What is lost gets the name of its cause here; a loss without one is UNEXPLAINED, and a fault of ours.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gifthorse.model.text import Span
from gifthorse.provenance.copies import is_unmistakable
from gifthorse.provenance.formats.editing import PERSON, TOOL, AnyStep, Rename, Session, Write
from gifthorse.provenance.marks import Owned
from gifthorse.provenance.score import Slip, Tally, assess
from gifthorse.workspace.replay import Player
from gifthorse.workspace.staging import Effect

UNEXPLAINED = "unexplained"
SHORT = "pasted text too short to be told from what a person types"
FORGOTTEN = "nobody remembers that it was deleted or copied"
UNLIKE = "most of what it stood in was rewritten at once"
UNWRITTEN = "the server was killed before it could write down where it stood"
UNTOLD = "nobody told of it"
OLD_WORD = "the claimed text has a word that stood there before, and nobody can say which of the two is the old one"
BROUGHT = frozenset({"move", "copy", "undo", "redo"})
REWRITTEN = frozenset(
    {"format", "rewrite", "agent", "merge", "rebase", "stash", "switch", "revert", "reload", "resolve", "next-edit"}
)


class Mistake(NamedTuple):
    """A Slip with where it happened; `cause` is said of what was lost, and "" of what was said too much."""

    step: int
    kind: str
    document: str
    slip: Slip
    text: str
    cause: str

    @property
    def blames(self) -> bool:
        """Whether a person's characters are said to be an assistant's."""
        return self.slip.writer == PERSON


@dataclass(slots=True)
class Measure:
    """A session on its way, and what came out so far: by kind of step, by source, the losses by (kind, cause)."""

    player: Player = field(default_factory=Player)
    kinds: dict[str, Tally] = field(default_factory=dict)
    sources: dict[str, Tally] = field(default_factory=dict)
    causes: Counter[tuple[str, str]] = field(default_factory=Counter)
    steps: int = 0
    outside: set[str] = field(default_factory=set)
    """The files that were rewritten while they were closed: what is lost of them shows when they are opened."""

    def step(self, step: AnyStep) -> tuple[Mistake, ...]:
        """Play one step and count; the mistakes that it made."""
        effect = self.player.play(step)
        self.steps += 1
        self._rewritten(effect, step)
        tally = self.kinds.setdefault(effect.kind, Tally())
        tally.steps += 1
        self.player.told.update(effect.told)
        for insertion in effect.told:
            for page in (*self.player.pages.values(), *self.player.disk.values()):
                page.told(insertion)
        found = [mistake for name in effect.documents for mistake in self._assessed(effect, name, tally)]
        for mistake in found:
            if not mistake.slip.said:
                self.causes[mistake.kind, mistake.cause] += mistake.slip.size
        self.outside.difference_update(effect.documents)
        return tuple(found)

    def _rewritten(self, effect: Effect, step: AnyStep) -> None:
        if isinstance(step, Write) and effect.kind in REWRITTEN:
            self.outside.add(step.document)
        if isinstance(step, Rename) and step.document in self.outside:
            self.outside = (self.outside - {step.document}) | {step.to}

    def _assessed(self, effect: Effect, name: str, tally: Tally) -> Iterable[Mistake]:
        page = self.player.pages.get(name) or self.player.disk[name]
        counted, slips = assess(page, self.said(name), self.player.owners, self.player.told)
        for source, part in counted.items():
            self.sources.setdefault(source, Tally()).add(part)
            tally.add(part)
        for slip in slips:
            content = page.text.slice(Span(slip.start, slip.end))
            cause = "" if slip.said or slip.writer in (PERSON, TOOL) else self._cause(effect, name, slip, content)
            yield Mistake(self.steps, effect.kind, name, slip, content.decode(errors="replace"), cause)

    def said(self, name: str) -> list[Owned]:
        """What the product says of a document's bytes now."""
        holdings = self.player.held.get(name) or self.player.at_rest[name]
        return [piece for piece in holdings.marks if holdings.records[piece.owner].substance > 0]

    def _cause(self, effect: Effect, name: str, slip: Slip, content: bytes) -> str:
        if name in effect.unwritten:
            return UNWRITTEN
        if slip.writer in effect.lost:
            return effect.lost[slip.writer]
        if slip.writer in effect.told:
            return UNTOLD if effect.kind == "silent" else OLD_WORD
        if effect.kind in BROUGHT:
            return FORGOTTEN if is_unmistakable(content) else SHORT
        if effect.kind in REWRITTEN or name in self.outside:
            return UNLIKE
        return UNEXPLAINED


def measured(session: Session, name: str, *, infer: bool = False) -> tuple[Measure, tuple[Mistake, ...]]:
    """A whole session of that file name. ValueError that names the line of a step which cannot be played."""
    measure, mistakes = Measure(Player(infer=infer)), list[Mistake]()
    for number, step in enumerate(session.steps, 2):
        try:
            mistakes.extend(measure.step(step))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{name}, line {number}: {error}") from error
    return measure, tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What some sessions come to: by source and by kind of edit, the losses by (kind, cause), each mistake with its
    session.
    """

    infer: bool
    sessions: int
    steps: int
    sources: dict[str, Tally]
    kinds: dict[str, Tally]
    causes: Counter[tuple[str, str]]
    mistakes: tuple[tuple[str, Mistake], ...]


def outcome_of(sessions: Sequence[tuple[str, Measure, tuple[Mistake, ...]]], *, infer: bool) -> Outcome:
    """The sum of sessions (name, measure, mistakes)."""
    sources: dict[str, Tally] = {}
    kinds: dict[str, Tally] = {}
    causes: Counter[tuple[str, str]] = Counter()
    for _, measure, _ in sessions:
        for total, part in ((sources, measure.sources), (kinds, measure.kinds)):
            for name, tally in part.items():
                total.setdefault(name, Tally()).add(tally)
        causes += measure.causes
    steps = sum(measure.steps for _, measure, _ in sessions)
    mistakes = tuple((name, mistake) for name, _, found in sessions for mistake in found)
    return Outcome(infer, len(sessions), steps, sources, kinds, causes, mistakes)
