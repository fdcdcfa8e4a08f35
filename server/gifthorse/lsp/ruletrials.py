"""The tests of a rule file, run when it is opened or saved: in a process of its own, which may take its time and die.

What they said becomes diagnostics and a lens of the file (rulefiles.py). Rules of a folder that is not trusted are not run.
"""

import json
import logging
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from gifthorse.lsp.document import Document
from gifthorse.lsp.faults import describe
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.rulefiles import Trial
from gifthorse.lsp.session import Session
from gifthorse.worker.child import environment

log = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds that the tests of one rule may take."""
COMMAND = (sys.executable, "-P", "-m", "gifthorse", "rules", "test", "--format", "json")
TOO_LONG = f"It took longer than {PATIENCE:g} s: make the rule cheaper, or the test shorter."


@dataclass(slots=True)
class RuleTrials:
    """Runs tests one file at a time; of a file that is saved again meanwhile, only the newest text."""

    pump: Pump
    session: Session
    _running: set[str] = field(default_factory=set)
    _again: set[str] = field(default_factory=set)

    def look(self, uri: str) -> None:
        """A document was opened or saved: if it holds a rule that may be run, see how its tests go."""
        document, files = self.session.find(uri), self.session.rule_files
        if document is None or files.place(document) is None:
            return
        rule = files.rule(document)
        if rule is None or not rule.tests or not files.is_believed(document) or files.trial(document) is not None:
            return
        if document.uri in self._running:
            self._again.add(document.uri)
            return
        self._running.add(document.uri)
        threading.Thread(target=self._run, args=(document, len(rule.tests)), name="rule-tests", daemon=True).start()

    def _run(self, document: Document, count: int) -> None:
        complaints: tuple[str, ...] | None = None
        try:
            complaints = outcome(Path(document.path or ""), count)
        except (OSError, ValueError, KeyError, TypeError) as fault:
            log.error("the tests of a rule file could not be run: %s", describe(fault))  # noqa: TRY400
        self.pump.post(lambda: self._ended(document, complaints))

    def _ended(self, document: Document, complaints: tuple[str, ...] | None) -> None:
        self._running.discard(document.uri)
        if complaints is not None:
            self.session.rule_files.tried(document.uri, Trial(document.text.digest(), complaints))
            if (now := self.session.find(document.uri)) is not None:
                self.session.hold(now, now.holdings)
        if document.uri in self._again:
            self._again.discard(document.uri)
            self.look(document.uri)


def outcome(path: Path, count: int) -> tuple[str, ...] | None:
    """The complaints of the `count` tests in the rule file on disk; None where it is not what was read any more.

    Raises OSError, ValueError, KeyError or TypeError where they cannot be run.
    """
    command = [*COMMAND, str(path)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            cwd=sys.prefix,
            env=environment(),
        )
    except subprocess.TimeoutExpired:
        return (TOO_LONG,) * count
    complaints = tuple(str(test["complaint"]) for test in json.loads(done.stdout)["tests"])
    return complaints if len(complaints) == count else None
