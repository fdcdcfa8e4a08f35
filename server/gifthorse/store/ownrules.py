"""Rules of users' own: where they lie, which of them can be used, and what is wrong with the others.

A file that is wrong is left out by itself and said; the others hold. Whether a folder may be believed is the caller's
to know (workspace/root.py). The format is that of our rules (rulefile.py), with a free family.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from gifthorse.model.rule import Catalogue, Rule
from gifthorse.store.catalogue import FAMILY_NAME
from gifthorse.store.folders import OWN_RULES
from gifthorse.store.regular import NotRegularError, TooLargeError, read_regular
from gifthorse.store.rulefile import read_rule
from gifthorse.store.table import Problem
from gifthorse.store.trees import Tree

FOLDER = Path(OWN_RULES)
FAMILY = "own"
"""Of a rule that names none."""
LARGEST_FILE = 500_000
MOST_FILES = 1_000
MOST_FOLDERS = 1_000
Reading = Callable[[Path, int], bytes]
UNTRUSTED = "Trust the folder (in the editor, or with --trust)."


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The rules that hold, by id, and the file that each is in; what is wrong; what was left aside, and why."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()

    @property
    def version(self) -> str:
        """A digest of the rules that hold; empty for none."""
        if not self.rules:
            return ""
        return hashlib.sha256(msgspec.msgpack.encode(list(self.rules.values()))).hexdigest()[:16]


NONE = OwnRules()


class Kept(NamedTuple):
    """The rules of a root while a change of it is judged: those that were there `before` as they were, and those that
    come with it. So it can add rules, and neither change one nor take one away.
    """

    root: Path
    before: Tree
    after: Tree

    def has(self, path: Path) -> bool:
        """Whether a path is one of the root's."""
        return path.is_relative_to(self.root)

    def files(self, folder: Path) -> Iterator[Path]:
        """As `rule_files`."""
        found = dict.fromkeys([*self._files(self.before, folder), *self._files(self.after, folder)])
        yield from islice(found, MOST_FILES)

    def _files(self, tree: Tree, folder: Path) -> Iterator[Path]:
        waiting = [folder]
        for _ in range(MOST_FOLDERS):
            if not waiting:
                return
            here = waiting.pop(0)
            folders, names = tree.listing(self._name(here))
            yield from (here / name for name in names if name.endswith(".toml") and name != FAMILY_NAME)
            waiting[:0] = [here / name for name in folders if not name.startswith(".")]

    def read(self, path: Path, limit: int) -> bytes:
        """As `read_regular`, which reads what is not in the root."""
        if not self.has(path):
            return read_regular(path, limit)
        name = self._name(path)
        return (self.before if self.before.stamp(name) else self.after).read(name, limit)

    def _name(self, path: Path) -> str:
        return "" if path == self.root else path.relative_to(self.root).as_posix()


def rule_files(folder: Path) -> Iterator[Path]:
    """The rule files in a folder and those below it, in the order of their names, at most MOST_FILES of them in
    MOST_FOLDERS. A link to a folder is not followed, and hidden folders are left out.
    """
    count = 0
    for number, (here, folders, names) in enumerate(os.walk(folder)):
        if number >= MOST_FOLDERS:
            return
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(".toml") and name != FAMILY_NAME:
                count += 1
                if count > MOST_FILES:
                    return
                yield Path(here, name)


def is_rule_file(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a path names a rule file in one of the folders."""
    fits = path.suffix == ".toml" and path.name != FAMILY_NAME
    return fits and any(path.is_relative_to(folder) for folder in folders)


def read_own(folders: Sequence[Path], shipped: Catalogue, kept: Kept | None = None) -> OwnRules:
    """All rules in the folders, in their order; of two with one id the first one holds. `kept`: where the files of a root
    are read that are not to be read on disk.
    """
    if kept is None:
        return read_files([file for folder in folders for file in rule_files(folder)], shipped)
    places = [Path(os.path.normpath(folder)) for folder in folders]
    files = [file for folder in places for file in (kept.files(folder) if kept.has(folder) else rule_files(folder))]
    return read_files(files, shipped, kept.read)


def read_files(paths: Iterable[Path], shipped: Catalogue, read: Reading = read_regular) -> OwnRules:
    """All rules in the files; of two with one id the first one holds."""
    rules: dict[str, Rule] = {}
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        rule, found = read_file(path, shipped, read)
        problems.extend(found)
        if rule is None:
            continue
        if rule.id in rules:
            remedy = "Give one of them another id and file name."
            problems.append(Problem(str(path), 1, f"There is a rule {rule.id!r} already, in {files[rule.id]}.", remedy))
            continue
        rules[rule.id], files[rule.id] = rule, path
    return OwnRules(rules, files, tuple(problems))


def read_file(path: Path, shipped: Catalogue, read: Reading = read_regular) -> tuple[Rule | None, list[Problem]]:
    """The rule in a file, or None where it cannot be used, and what is wrong, without advice."""
    try:
        text = read(path, LARGEST_FILE).decode("utf-8-sig")
    except (NotRegularError, TooLargeError):
        remedy = f"Make it a text file of at most {LARGEST_FILE:,} bytes."
        return None, [Problem(str(path), 1, "This is no rule file.", remedy)]
    except OSError as error:
        return None, [Problem(str(path), 1, f"The file cannot be read: {error.strerror}.", "Make it readable.")]
    except UnicodeDecodeError as error:
        return None, [Problem(str(path), 1, f"The file is not UTF-8: {error.reason}.", "Save it as UTF-8.")]
    rule, problems = read_text(path, text, shipped)
    return rule, [problem for problem in problems if not problem.advice]


def read_text(path: Path, text: str, shipped: Catalogue) -> tuple[Rule | None, list[Problem]]:
    """The rule in a rule file's text, or None where it cannot be used, and all that is wrong or wanted."""
    text = text.replace("\r\n", "\n")
    try:
        rule, problems = read_rule(str(path), text, path.stem, None, frozenset(shipped.languages))
    except RecursionError:
        return None, [Problem(str(path), 1, "The file is nested too deeply.", "Write it flatter.")]
    if rule is not None:
        problems = [*problems, *_more_problems(rule, path, text, shipped)]
    if rule is None or any(not problem.advice for problem in problems):
        return None, problems
    return replace(rule, family=rule.family or _family(path)), problems


def _family(path: Path) -> str:
    """The family of a rule that names none: its folder's name."""
    return FAMILY if path.parent.name == FOLDER.name else path.parent.name


def _more_problems(rule: Rule, path: Path, text: str, shipped: Catalogue) -> Iterator[Problem]:
    """What is wrong in a rule of a user's own only."""
    if rule.id in shipped.rules:
        what = f"{rule.id!r} is a rule of Gifthorse's, which no other can stand in for."
        remedy = "Choose another id and file name; gifthorse.toml changes severities and switches rules off."
        yield Problem(str(path), line_with(text, "id"), what, remedy)
    if rule.detector:
        remedy = "Write a [[match]] or [[flow]] instead."
        yield Problem(str(path), line_with(text, "detector"), "Detectors belong to Gifthorse's own rules.", remedy)
    elif not rule.matches and not rule.flows:
        yield Problem(str(path), 1, "The rule has no [[match]] and no [[flow]].", "Say what is to be found.")


def line_with(text: str, key: str) -> int:
    """The first line that begins with a key, from 1; 1 where there is none."""
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.partition("=")[0].strip() == key), 1)


def left_aside(folder: Path) -> tuple[Problem, ...]:
    """What is said of the rules in a folder that nobody trusts: nothing where there are none."""
    count = sum(1 for _ in rule_files(folder))
    if not count:
        return ()
    rules = "1 rule file was ignored: it belongs" if count == 1 else f"{count} rule files were ignored: they belong"
    return (Problem(str(folder), 1, f"{rules} to a folder that is not trusted.", UNTRUSTED),)


def joined(catalogue: Catalogue, own: OwnRules) -> Catalogue:
    """The Catalogue with a user's own rules in it; the same one where there are none."""
    if not own.rules:
        return catalogue
    return replace(catalogue, rules={**catalogue.rules, **own.rules}, version=f"{catalogue.version}+{own.version}")
