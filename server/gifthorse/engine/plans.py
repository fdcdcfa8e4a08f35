"""A language's facts query sorted by node kinds: what is tried at which node, and what a kind says by itself.

Holding it against a tree is in `classify`, reading it in `forms`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gifthorse.engine.forms import Form, Names, Pattern, read_forms

COMMENT: Final = "comment"
OTHER: Final = "other"
REPEATED: Final = frozenset({"import"})
"""Roles of which one node may hold several, one for each match."""


class Word:
    """A capture's name taken apart: `@role` makes a node that role, `@role.part` says which part of it a node plays."""

    def __init__(self, name: str) -> None:
        self.role, _, self.part = name.partition(".")
        self.private = name.startswith("_")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is tried at nodes of one kind: `patterns`, and besides `role` where the kind alone says it (`number`: of
    which pattern).
    """

    role: str
    number: int
    patterns: tuple[Pattern, ...]


class Plans:
    """The facts query of a language, by kind. `loose`: patterns that may begin at any named node; `idle`: kinds that
    only matter where they have a field.
    """

    def __init__(self, patterns: Sequence[Pattern], unnamed: Sequence[int]) -> None:
        self.words = {name: Word(name) for pattern in patterns for name in _names(pattern.form)}
        kinds = sorted({kind for pattern in patterns for kind in pattern.form.kinds or ()})
        self.of_kind: dict[int, Plan] = {kind: self._plan(kind, patterns) for kind in kinds}
        self.loose = self._plan(-1, patterns)
        forms = [form for pattern in patterns for form in _forms(pattern.form)]
        spoken = {kind for form in forms for kind in form.kinds or ()}
        any_of = any(form.kinds is None and not form.named for form in _unplaced(patterns))
        self.idle = frozenset() if any_of else frozenset(unnamed) - spoken
        self.one_by_one = frozenset(pattern.number for pattern in patterns if self._is_one_by_one(pattern))

    def _is_one_by_one(self, pattern: Pattern) -> bool:
        """Whether it matters which captures come from one match."""
        words = [self.words[name] for name in _names(pattern.form)]
        outer = any(not self.words[name].part for name in pattern.form.captures)
        parts = any(word.part for word in words)
        return bool(pattern.tests) or any(word.role in REPEATED for word in words) or (parts and not outer)

    def _plan(self, kind: int, patterns: Sequence[Pattern]) -> Plan:
        role, number, kept = "", -1, []
        for pattern in patterns:
            form = pattern.form
            if form.kinds is not None and kind not in form.kinds:
                continue
            bare = not form.kids and not form.absent and not pattern.tests and len(form.captures) == 1
            word = self.words[form.captures[0]] if bare else None
            if word is not None and not word.part and word.role not in REPEATED and word.role != COMMENT:
                if word.role != OTHER or not role:
                    role, number = word.role, pattern.number if word.role != OTHER else -1
            else:
                kept.append(pattern)
        return Plan(role, number, tuple(kept))

    def depth(self, kind: int) -> int:
        """How many levels below a node of this kind its patterns look at."""
        patterns = self.of_kind.get(kind, self.loose).patterns
        return max((_depth(pattern.form) for pattern in patterns), default=0)


def _forms(form: Form) -> list[Form]:
    """A Form and all inside."""
    return [form, *(inner for kid in form.kids for variant in kid.variants for inner in _forms(variant))]


def _unplaced(patterns: Sequence[Pattern]) -> list[Form]:
    """What children without a field must be like."""
    forms = [form for pattern in patterns for form in _forms(pattern.form)]
    return [variant for form in forms for kid in form.kids if not kid.field for variant in kid.variants]


def _names(form: Form) -> list[str]:
    return [*form.captures, *(name for kid in form.kids for variant in kid.variants for name in _names(variant))]


def _depth(form: Form) -> int:
    return max((1 + _depth(variant) for kid in form.kids for variant in kid.variants), default=0)


def plans_of(query: str, names: Names) -> Plans:
    """The Plans of a facts query. Raises ValueError where it is not understood."""
    return Plans(read_forms(query, names), names.unnamed)
