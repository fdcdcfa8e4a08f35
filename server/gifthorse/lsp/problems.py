"""What is wrong in configuration files, as diagnostics of these files, so that a slip of the pen is seen at once.

Pushed to every client where the file is not open: nobody pulls the diagnostics of a file that is no source.
"""

from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.announce import Announcer
from gifthorse.lsp.convert import uri_of
from gifthorse.lsp.document import Document
from gifthorse.lsp.rulefiles import RuleFiles
from gifthorse.model.text import Encoding
from gifthorse.store.config import Config
from gifthorse.store.table import Problem

WARNING, INFORMATION = 2, 3
CODE = "configuration"


class Problems:
    """The problems that are shown at present."""

    def __init__(self, announcer: Announcer, rule_files: RuleFiles) -> None:
        self._announcer = announcer
        self._rule_files = rule_files
        self._shown: dict[str, list[dict[str, Any]]] = {}

    def of(self, uri: str) -> list[dict[str, Any]]:
        """The problems in one file."""
        return self._shown.get(uri, [])

    def of_open(self, document: Document, encoding: Encoding) -> list[dict[str, Any]]:
        """The problems in an open document: of a rule file those of the text that it has in the editor."""
        live = self._rule_files.diagnostics(document, encoding)
        return self.of(document.uri) if live is None else live

    def show(self, configs: Iterable[Config], opened: Container[str]) -> None:
        """Show the problems of these configurations, and take back what is none any more.

        Files that are `opened` are left to the session, which shows them with their other diagnostics.
        """
        before, self._shown = self._shown, _by_file(configs)
        for uri in before.keys() | self._shown.keys():
            if before.get(uri) != self._shown.get(uri) and uri not in opened:
                self._announcer.publish(uri, None, self.of(uri))


def _by_file(configs: Iterable[Config]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for config in configs:
        problems = [(problem, WARNING) for problem in config.problems]
        problems += [(problem, INFORMATION) for problem in config.ignored]
        for problem, severity in problems:
            if Path(problem.file).is_absolute():
                shown, diagnostic = found.setdefault(uri_of(problem.file), []), _diagnostic(problem, severity)
                shown += [diagnostic] if diagnostic not in shown else []  # the user's own file belongs to every root
    return found


def _diagnostic(problem: Problem, severity: int) -> dict[str, Any]:
    line = max(0, problem.line - 1)
    return {
        "range": {"start": {"line": line, "character": 0}, "end": {"line": line + 1, "character": 0}},
        "severity": severity,
        "code": CODE,
        "source": protocol.SOURCE,
        "message": f"{problem.message} {problem.remedy}",
    }
