"""The corpus of edits: texts before and after, by what they bring and by language; and how each of them is judged.

`pairs/<kind>/<group>.toml` has `[[pair]]` tables: `expect` names the rules of which one must speak; where it is empty
the edit is harmless and no rule about changes may speak. `known.toml` lists what is not right yet, with the reason.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gifthorse.change.pairtest import changed
from gifthorse.model.rule import Catalogue

HERE = Path(__file__).parent
NOT_FOUND, FALSE_ALARM = "not found", "false alarm"


@dataclass(frozen=True)
class Pair:
    """An edit, and the rules of which one must find something in it; none where it is harmless."""

    kind: str
    group: str
    name: str
    path: str
    before: str
    after: str
    expect: tuple[str, ...]

    @property
    def id(self) -> str:
        """What names a pair in the list of those that are not right yet."""
        return f"{self.kind}/{self.group}: {self.name}"


@dataclass(frozen=True)
class Verdict:
    """What is wrong with what is said of a pair; nothing where it is right."""

    wrong: str
    said: str


def pairs() -> Iterator[Pair]:
    """Every pair of the corpus, in the order of its files."""
    for file in sorted((HERE / "pairs").glob("*/*.toml")):
        for one in tomllib.loads(file.read_text("utf-8"))["pair"]:
            yield Pair(file.parent.name, file.stem, **{**one, "expect": tuple(one["expect"])})


def known() -> Mapping[str, str]:
    """Pairs that are not right yet, by their ids: the reason begins with what is wrong."""
    entries = tomllib.loads((HERE / "known.toml").read_text("utf-8")).get("known", [])
    return {one["pair"]: one["why"] for one in entries}


def judge(pair: Pair, catalogue: Catalogue) -> Verdict:
    """Compare the two texts, and hold what is said against what was expected."""
    try:
        found = changed(pair.path, pair.before, pair.after, catalogue)
    except ValueError as error:
        return Verdict(NOT_FOUND, f"the text was not analysed in full: {error}")
    said = "; ".join(sorted({f"{one.rule}: {one.message}" for one in found}))
    if not pair.expect:
        return Verdict(FALSE_ALARM if found else "", said)
    right = any(one.rule in pair.expect for one in found)
    return Verdict("" if right else NOT_FOUND, said)
