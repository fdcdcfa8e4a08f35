"""The corpus of edits: texts before and after, by what they bring and by language; and how each of them is judged.

`pairs/<kind>/<group>.toml` has `[[pair]]` tables: `expect` names the rules (or families of rules) of which one must
speak; where it is empty the edit is harmless and no rule about changes may speak. `files` are other files of the
project after the edit, by their paths: its manifests and locks, its own modules. `known.toml` lists what is not right
yet, with the reason.

A group whose name ends in `-second` was written later than the rules and has never been looked at while they were made.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gifthorse.change.beside import Beside
from gifthorse.change.compare import change_of, compare
from gifthorse.change.pairtest import changed
from gifthorse.change.traits import look, side
from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Finding
from gifthorse.model.rule import Catalogue
from gifthorse.store.beside import beside
from gifthorse.store.manifests import declared
from gifthorse.store.trees import Disk

HERE = Path(__file__).parent
NOT_FOUND, FALSE_ALARM = "not found", "false alarm"
FAMILIES = {
    "agents": frozenset(
        {"agents", "cleartext", "containers", "remote-execution", "secrets", "suppressions", "supply-chain"}
    ),
    "dependency": frozenset({"dependencies", "supply-chain"}),
    "disagree": frozenset({"claims", "fake-security"}),
    "hidden": frozenset({"hidden-text", "agents"}),
}
"""Kinds that are judged by rules of these families, whether or not a rule needs the text before."""


@dataclass(frozen=True)
class Pair:
    """An edit, and the rules or families of which one must find something in it; none where it is harmless."""

    kind: str
    group: str
    name: str
    path: str
    before: str
    after: str
    expect: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)

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
        found = _found(pair, catalogue)
    except ValueError as error:
        return Verdict(NOT_FOUND, f"the text was not analysed in full: {error}")
    said = "; ".join(sorted({f"{one.rule}: {one.message}" for one in found}))
    if not pair.expect:
        return Verdict(FALSE_ALARM if found else "", said)
    right = any(not {one.rule, catalogue.rules[one.rule].family}.isdisjoint(pair.expect) for one in found)
    return Verdict("" if right else NOT_FOUND, said)


def _found(pair: Pair, catalogue: Catalogue) -> tuple[Finding, ...]:
    """What rules about changes say; of some kinds, what the kind's rules say of the new text that was not so before."""
    families = FAMILIES.get(pair.kind)
    if families is None:
        return _compared(pair, catalogue)
    old = Counter(_key(pair.before, one) for one in _inspected(pair.path, pair.before, catalogue))
    brought = list[Finding]()
    for one in _inspected(pair.path, pair.after, catalogue):
        key = _key(pair.after, one)
        old[key] -= 1
        if old[key] < 0:
            brought.append(one)
    said = [one for one in brought if catalogue.rules[one.rule].family in families]
    try:
        said += [one for one in _compared(pair, catalogue) if catalogue.rules[one.rule].family in families]
    except ValueError:
        if not said:
            raise
    return tuple(said)


def _compared(pair: Pair, catalogue: Catalogue) -> tuple[Finding, ...]:
    if not pair.files:
        return changed(pair.path, pair.before, pair.after, catalogue)
    old, new = (side(look(text.encode(), pair.path, None, catalogue)) for text in (pair.before, pair.after))
    if why := old.incomplete or new.incomplete:
        raise ValueError(why)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        _write(root, {**pair.files, pair.path: pair.after})
        told = declared(root / pair.path, root, catalogue.packages)
        nearby = Beside(beside(pair.path, root, Disk(root)), catalogue)
    return compare(replace(change_of(pair.path, old, new, catalogue), declared=told, nearby=nearby))


def _write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def _inspected(path: str, text: str, catalogue: Catalogue) -> tuple[Finding, ...]:
    return tuple(inspect(text.encode(), path, None, catalogue).report.findings)


def _key(text: str, finding: Finding) -> tuple[str, bytes]:
    return finding.rule, text.encode()[finding.span.start : finding.span.end]
