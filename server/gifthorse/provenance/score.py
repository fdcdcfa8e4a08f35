"""Score: what Holdings say of a text, held against the truth about every byte of it. Pure counting.

Counted are characters that are not white space, each once: when it arrives, and again only when what is said of it
changes. So every mistake counts for the step that made it, and not for all the steps after it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

from gifthorse.model.text import Edit, Text
from gifthorse.provenance.formats.editing import PERSON, TOOL
from gifthorse.provenance.marks import Owned

NEW, RIGHT, WRONG, PENDING = "n", "r", "w", "p"
WHITE = frozenset(b" \t\n\r\f\v")
NEAR = 8
"""Bytes between two mistakes of the same sort that are shown as one."""


class Slip(NamedTuple):
    """A stretch with `size` characters of one writer that are said to be another's ("" for nobody's) from now on."""

    start: int
    end: int
    writer: str
    said: str
    size: int = 1


class Slice(NamedTuple):
    """Text that was taken away, who wrote each byte of it, and how the last answer about each was."""

    text: bytes
    truth: list[str]
    states: list[str]


@dataclass(slots=True)
class Page:
    """A document as it is, who wrote each byte of it, and how the last answer about each byte was."""

    text: Text
    truth: list[str]
    states: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.states = self.states or [NEW] * len(self.truth)

    def splice(
        self, edit: Edit, writers: Sequence[str], waiting: Collection[str], before: Iterable["Slice | Page"]
    ) -> list["Slice"]:
        """What `edit` does. Returns what it took away of which the answer was wrong.

        What those write who are `waiting` counts once somebody has told of them. What was answered wrong and is written again, in
        its place or as in something that was there `before`, stays so: that is not this edit's mistake.
        """
        start, end = edit.span
        states = [PENDING if writer in waiting else NEW for writer in writers]
        old = Slice(self.text.slice(edit.span), self.truth[start:end], self.states[start:end])
        for at in _wrong_before(old, edit.new, writers, before):
            states[at] = WRONG
        self.text = self.text.apply(edit)
        self.truth[start:end] = writers
        self.states[start:end] = states
        return [old] if WRONG in old.states else []

    def asked_again(self) -> None:
        """Everything that was right has to prove itself again: the Regions of the whole page are looked for."""
        self.states = [NEW if state == RIGHT else state for state in self.states]

    def copy(self) -> "Page":
        """The same page, to be changed by itself."""
        return Page(self.text, list(self.truth), list(self.states))

    def told(self, insertion: str) -> None:
        """Somebody has told of an insertion: what waited for that counts from now on."""
        for at, state in enumerate(self.states):
            if state == PENDING and self.truth[at] == insertion:
                self.states[at] = NEW


@dataclass(slots=True)
class Tally:
    """Characters at stake: `right` and `lost` ones of assistants, a person's `spared` and `blamed`, and the rest.

    `mixed_up` are an assistant's that are said to be of another insertion; `tools` a tool's that are said to be AI.
    """

    steps: int = 0
    right: int = 0
    lost: int = 0
    mixed_up: int = 0
    spared: int = 0
    blamed: int = 0
    tools: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what is said to be an assistant's that is; None where nothing is said to be."""
        said = self.right + self.mixed_up + self.blamed + self.tools
        return self.right / said if said else None

    @property
    def recall(self) -> float | None:
        """The share of what is an assistant's that is said to be; None where nothing is."""
        written = self.right + self.mixed_up + self.lost
        return self.right / written if written else None

    def add(self, other: "Tally") -> None:
        """Count the other's characters, too."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def _wrong_before(old: Slice, new: bytes, writers: Sequence[str], before: Iterable["Slice | Page"]) -> Iterator[int]:
    """The bytes of `new` that were answered wrong where they stood before: in `old`, or else in something else."""
    if old.text.strip() and WRONG in old.states:
        yield from _inherited(old, new, writers)
    if not new or (len(set(writers)) == 1 and writers[0] in (PERSON, TOOL)):
        return
    for source in before:
        if WRONG in source.states:
            content, size = bytes(source.text), len(new)
            at = content.find(new)
            if at >= 0 and source.truth[at : at + size] == list(writers):
                yield from (k for k in range(size) if source.states[at + k] == WRONG)
                return


def _inherited(old: Slice, new: bytes, writers: Sequence[str]) -> Iterator[int]:
    """The bytes of `new` that are bytes of `old` which were answered wrong, as far as texts and writers tell."""
    lines, its = _signs_by_line(old.text, old.truth), _signs_by_line(new, writers)
    keys, its_keys = [[sign for sign, _ in line] for line in lines], [[sign for sign, _ in line] for line in its]
    matcher = SequenceMatcher(None, list(map(tuple, keys)), list(map(tuple, its_keys)), autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        one, other = list(chain(*lines[a:b])), list(chain(*its[c:d]))
        if what == "equal":
            pairs: Iterable[tuple[int, int]] = ((k, k) for k in range(len(one)))
        else:
            inner = SequenceMatcher(None, list(chain(*keys[a:b])), list(chain(*its_keys[c:d])), autojunk=False)
            pairs = ((x + k, y + k) for x, y, size in inner.get_matching_blocks() for k in range(size))
        yield from (other[y][1] for x, y in pairs if old.states[one[x][1]] == WRONG)


def _signs_by_line(content: bytes, writers: Sequence[str]) -> list[list[tuple[tuple[int, str], int]]]:
    """The bytes that are not white space, each with its writer and its place, line by line."""
    lines: list[list[tuple[tuple[int, str], int]]] = [[]]
    for at, byte in enumerate(content):
        if byte == 10:
            lines.append([])
        elif byte not in WHITE:
            lines[-1].append(((byte, writers[at]), at))
    return lines


def assess(
    page: Page, said: Iterable[Owned], owners: Mapping[str, str], sources: Mapping[str, str]
) -> tuple[dict[str, Tally], tuple[Slip, ...]]:
    """What changed on this page, counted by source, and the mistakes that are new. Marks the bytes as answered.

    `said` are the parts that Regions hold, `owners` the insertion that each Region is of, `sources` who told of each
    insertion. A person's character counts for PERSON, or for the source of what it is said to be.
    """
    labels = [""] * len(page.truth)
    for start, end, owner in said:
        labels[start:end] = [owners.get(owner, owner)] * (end - start)
    tallies, slips = dict[str, Tally](), list[Slip]()
    content = bytes(page.text)
    for at, (state, writer, label) in enumerate(zip(page.states, page.truth, labels, strict=True)):
        answer = RIGHT if label == ("" if writer in (PERSON, TOOL) else writer) else WRONG
        if answer == state or (state == PENDING and answer == WRONG):
            continue
        page.states[at] = answer
        if state == WRONG or content[at] in WHITE or content[at] & 0xC0 == 0x80:
            continue
        source = sources.get(writer) or sources.get(label) or PERSON
        _count(tallies.setdefault(source, Tally()), writer, label, answer)
        if answer == WRONG:
            _slip(slips, Slip(at, at + 1, writer, label))
    return tallies, tuple(slips)


def _count(tally: Tally, writer: str, label: str, answer: str) -> None:
    if writer == PERSON:
        tally.spared += answer == RIGHT
        tally.blamed += answer == WRONG
    elif writer == TOOL:
        tally.tools += answer == WRONG
    elif answer == RIGHT:
        tally.right += 1
    else:
        tally.lost += not label
        tally.mixed_up += bool(label)


def _slip(slips: list[Slip], slip: Slip) -> None:
    """Add a character's mistake to the stretch before it, if it is of the same sort."""
    last = slips[-1] if slips else None
    if last and slip.start - last.end <= NEAR and last[2:4] == slip[2:4]:
        slips[-1] = last._replace(end=slip.end, size=last.size + 1)
    else:
        slips.append(slip)
