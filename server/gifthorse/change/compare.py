"""Before and after an insertion: the Findings that only the difference shows. One module an aspect, found by its name.

An aspect is a module of `aspects/` with a function `found(change)`; its Findings carry the id of the rule whose
`detector` is the module's name with dashes.
"""

import importlib
import pkgutil
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from gifthorse.change import aspects
from gifthorse.change.hunks import Hunk, hunks_of
from gifthorse.change.traits import Side
from gifthorse.model.dependency import Declared
from gifthorse.model.finding import Confidence, Finding, Fix, Severity, Step
from gifthorse.model.rule import Catalogue, Rule
from gifthorse.model.text import Span


def _nobody() -> tuple[tuple[str, Side], ...]:
    """No files beside it are known."""
    return ()


@dataclass(frozen=True, slots=True)
class Change:
    """A text before and after, and where they differ. `findings` are the risks in the new text, as far as somebody
    looked. `allowed`: the capabilities (ids of traits) that this path may have. `declared`: what the manifests around the
    file say, None where nobody looked. `nearby`: the texts of files beside it with their paths, looked at when asked for.
    """

    path: str
    before: Side
    after: Side
    hunks: tuple[Hunk, ...]
    catalogue: Catalogue
    findings: tuple[Finding, ...] = ()
    allowed: frozenset[str] = frozenset()
    declared: Declared | None = None
    nearby: Callable[[], tuple[tuple[str, Side], ...]] = _nobody
    _ends: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def is_new(self) -> bool:
        """Whether there was nothing before."""
        return not self.before.content.strip()

    def brings(self, span: Span) -> bool:
        """Whether some of a span of the new text came with the change."""
        ends = self._ends.get("new") or self._ends.setdefault("new", [hunk.new.end for hunk in self.hunks])
        number = bisect_right(ends, span.start)
        return number < len(ends) and self.hunks[number].new.start < span.end

    def takes(self, span: Span) -> Hunk | None:
        """The first hunk that took some of a span of the old text away, if any did."""
        ends = self._ends.get("old") or self._ends.setdefault("old", [hunk.old.end for hunk in self.hunks])
        number = bisect_right(ends, span.start)
        return self.hunks[number] if number < len(ends) and self.hunks[number].old.start < span.end else None


def change_of(path: str, before: Side, after: Side, catalogue: Catalogue) -> Change:
    """The change that leads from one text to the other."""
    return Change(path, before, after, hunks_of(before.content, after.content), catalogue)


@dataclass(frozen=True, slots=True)
class Said:
    """What an aspect says: where in the new text, in which words, and how sure it is (None: as the rule says)."""

    span: Span
    message: str
    severity: Severity | None = None
    confidence: Confidence | None = None
    fixes: tuple[Fix, ...] = ()
    steps: tuple[Step, ...] = ()


Aspect = Callable[[Change], Iterable[Said]]


@cache
def _aspects() -> tuple[tuple[str, Aspect], ...]:
    """All aspects by the name that their rules give as `detector`, ascending."""
    names = sorted(module.name for module in pkgutil.iter_modules(aspects.__path__) if not module.name.startswith("_"))
    loaded = [(name, importlib.import_module(f"{aspects.__name__}.{name}")) for name in names]
    return tuple((name.replace("_", "-"), module.found) for name, module in loaded)


def detectors() -> frozenset[str]:
    """The names that rules about changes may give as their `detector`."""
    return frozenset(name for name, _ in _aspects())


def compare(change: Change) -> tuple[Finding, ...]:
    """The Findings of all aspects that have a rule, ascending by span. A side that was not analysed in full says
    nothing for sure, so nothing is said.
    """
    if change.before.incomplete or change.after.incomplete:
        return ()
    rules = {rule.detector: rule for rule in change.catalogue.rules.values() if rule.detector}
    found = [
        finding for name, aspect in _aspects() if name in rules for finding in _findings(aspect(change), rules[name])
    ]
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.rule, finding.message)))


def _findings(said: Iterable[Said], rule: Rule) -> Sequence[Finding]:
    return [
        Finding(
            rule=rule.id,
            span=one.span,
            message=one.message,
            severity=one.severity or rule.severity,
            confidence=one.confidence or rule.confidence,
            fixes=one.fixes,
            steps=one.steps,
        )
        for one in said
    ]
