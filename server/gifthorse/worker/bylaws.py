"""Rules of users' own as the server knows them: enough to give a new child all of them again, and which are left out.

A user's query may take for ever. The child that dies over a document is started again without the rules of that root;
they stay out, and its documents say so, until the rules change or somebody asks for another try.
"""

from dataclasses import replace

from gifthorse.model.finding import Report
from gifthorse.model.rule import Rule
from gifthorse.worker import wire
from gifthorse.worker.child import Link
from gifthorse.worker.documents import Document


class Bylaws:
    """Root -> its own rules."""

    def __init__(self) -> None:
        self._rules: dict[str, tuple[Rule, ...]] = {}
        self._out: dict[str, str] = {}

    def learn(self, root: str, rules: tuple[Rule, ...], child: Link | None) -> None:
        """These rules count for a root from now on: tell the child, unless they are those that it has."""
        if self._rules.get(root, ()) != rules:
            self._rules[root] = rules
            self._out.pop(root, None)
            _tell(child, root, rules)

    def tell(self, child: Link) -> None:
        """Tell a new child all rules that are not left out."""
        for root, rules in self._rules.items():
            if rules and root not in self._out:
                _tell(child, root, rules)

    def suspect(self, document: Document, cause: str) -> bool:
        """The child died over a document. Whether rules of its root's own are held to be the reason, and left out
        from now on: they are the first suspects, once for each document that has not killed without them.
        """
        root = document.file.root
        if document.strikes or not self._rules.get(root) or root in self._out:
            return False
        self._out[root] = cause
        return True

    def pardon(self, document: Document, child: Link | None) -> None:
        """Somebody wants another try: the child gets the rules of the document's root again, if they were left out."""
        root = document.file.root
        if self._out.pop(root, None) is not None:
            _tell(child, root, self._rules[root])

    def marked(self, document: Document, report: Report) -> Report:
        """The report, which says so where rules were left out: what they would have found is not known."""
        cause = self._out.get(document.file.root)
        if cause is None or report.incomplete:
            return report
        why = f"not analysed in full: your own rules are left out, since the analysis {cause} with them"
        return replace(report, incomplete=why)


def _tell(child: Link | None, root: str, rules: tuple[Rule, ...]) -> None:
    if child is not None:
        child.send(wire.Rules(root, rules))
