"""Rule files of users' own as a language: what is wrong with an open one, and how its tests went.

A file is read as it is in the editor (reading takes a few milliseconds and runs nothing). Its tests are run by ruletrials.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.convert import range_of, whole
from gifthorse.lsp.document import Document
from gifthorse.lsp.roots import Roots
from gifthorse.model.rule import Rule
from gifthorse.model.text import Encoding, Position, Span, Text
from gifthorse.store.folders import real
from gifthorse.store.ownrules import FOLDER, LARGEST_FILE, UNTRUSTED, is_rule_file, line_with, read_text
from gifthorse.store.places import key_lines
from gifthorse.store.table import Problem
from gifthorse.workspace.root import Workspace

ERROR, INFORMATION = 1, 3
LONGEST_LINE = 2**31 - 1
CODE, CODE_OF_TESTS = "rule-file", "rule-test"


@dataclass(frozen=True, slots=True)
class Trial:
    """How the tests of a rule file went: for each its complaint, empty where it passed. `digest`: of the text."""

    digest: str
    complaints: tuple[str, ...]


@dataclass(slots=True)
class _Read:
    """What one version of a rule file says."""

    serial: int
    rule: Rule | None
    problems: Sequence[Problem]


@dataclass(slots=True)
class RuleFiles:
    """The open rule files. All methods are called on the loop's thread."""

    roots: Roots
    _read: dict[str, _Read] = field(default_factory=dict)
    _trials: dict[str, Trial] = field(default_factory=dict)

    def place(self, document: Document) -> Path | None:
        """The path of an open rule file, or None for any other document."""
        return Path(document.path) if document.path is not None and self.holds(document.path) else None

    def holds(self, path: str) -> bool:
        """Whether this is the path of a rule file, or of a folder that holds some."""
        if not path.endswith(".toml") and FOLDER.parts[0] not in path:
            return False
        place, folders = real(Path(path)), _folders(self.roots.of(path))
        return is_rule_file(place, folders) or any(folder.is_relative_to(place) for folder in folders)

    def is_believed(self, document: Document) -> bool:
        """Whether the rule in a rule file is run at all."""
        workspace = self.roots.of(document.path)
        return is_rule_file(real(Path(document.path or "")), map(real, workspace.rule_folders))

    def rule(self, document: Document) -> Rule | None:
        """The rule in an open rule file, as it is in the editor; None where it cannot be used."""
        return self._of(document).rule

    def tried(self, uri: str, trial: Trial) -> None:
        """The tests of a rule file were run."""
        self._trials[uri] = trial

    def trial(self, document: Document) -> Trial | None:
        """How the tests of exactly this text went."""
        trial = self._trials.get(document.uri)
        return trial if trial is not None and trial.digest == document.text.digest() else None

    def diagnostics(self, document: Document, encoding: Encoding) -> list[dict[str, Any]] | None:
        """What is to be said of an open rule file; None where it is none."""
        if self.place(document) is None:
            return None
        text, problems = document.text, self._of(document).problems
        found = [_diagnostic(one, text, INFORMATION if one.advice else ERROR, encoding) for one in problems]
        if not self.is_believed(document):
            message = "This rule is not run: it belongs to a folder that is not trusted."
            found.append(_diagnostic(Problem("", 1, message, UNTRUSTED), text, INFORMATION, encoding))
        return found + self._complaints(document, encoding)

    def _complaints(self, document: Document, encoding: Encoding) -> list[dict[str, Any]]:
        """The tests that failed, at their places."""
        trial = self.trial(document)
        if trial is None:
            return []
        places = key_lines(text_of(document))
        failed = [(number, said) for number, said in enumerate(trial.complaints) if said]
        problems = [
            Problem("", places.get(("test", number), 1), f"This test fails. {said}", "") for number, said in failed
        ]
        return [_diagnostic(one, document.text, ERROR, encoding, CODE_OF_TESTS) for one in problems]

    def _of(self, document: Document) -> _Read:
        known = self._read.get(document.uri)
        if known is None or known.serial != document.serial:
            known = self._read[document.uri] = _Read(document.serial, *self._look(document))
        return known

    def _look(self, document: Document) -> tuple[Rule | None, Sequence[Problem]]:
        path, text = Path(document.path or ""), text_of(document)
        if len(text) > LARGEST_FILE:
            return None, [Problem("", 1, "The file is too large for a rule.", f"At most {LARGEST_FILE:,} bytes.")]
        workspace = self.roots.of(document.path)
        rule, problems = read_text(path, text, workspace.shipped)
        if rule is not None and (other := workspace.own.files.get(rule.id)) and real(other) != real(path):
            message = f"There is a rule {rule.id!r} already, in {other}."
            problems = [*problems, Problem("", line_with(text, "id"), message, "Give one of them another id.")]
        return rule, problems


def text_of(document: Document) -> str:
    """The text of a rule file with the line ends that its reader wants."""
    return whole(document.text).decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")


def lines_before(document: Document, at: int) -> list[str]:
    """The lines of a rule file up to an offset; the last one is cut off there."""
    return document.text.slice(Span(0, at)).decode("utf-8", "replace").split("\n")


def _folders(workspace: Workspace) -> list[Path]:
    """Where rule files of a root lie, believed or not."""
    return [real(folder) for folder in (*workspace.rule_folders, workspace.root / FOLDER)]


def _diagnostic(problem: Problem, text: Text, severity: int, encoding: Encoding, code: str = CODE) -> dict[str, Any]:
    """The diagnostic of a problem: its whole line, without the white space around it."""
    line = max(0, problem.line - 1)
    start, end = text.offset(Position(line, 0), encoding), text.offset(Position(line, LONGEST_LINE), encoding)
    content = text.slice(Span(start, end))
    begin = start + len(content) - len(content.lstrip())
    return {
        "range": range_of(Span(begin, max(begin, start + len(content.rstrip()))), text, encoding),
        "severity": severity,
        "code": code,
        "source": protocol.SOURCE,
        "message": f"{problem.message} {problem.remedy}".strip(),
    }
