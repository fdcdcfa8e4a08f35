"""Which role every node of a tree plays: Forms held against all nodes in one pass over plain numbers.

What comes out is what running the facts query would give, without an object for every match. It knows no language
and no grammar; the numbers come from `syntax`, what is made of the roles is in `facts`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from gifthorse.engine.forms import Form, Kid, Pattern, Test
from gifthorse.engine.plans import COMMENT, OTHER, REPEATED, Plans

MATCH_LIMIT: Final = 10_000
"""Matches of one pattern at one node; of more, something is lost."""


class Flat:
    """A tree as columns, a row for each node in the order of the source, outer ones first.

    `skips` is the row behind all that is in a node; `parents` that of the node around, -1 for the first row.
    """

    def __init__(self) -> None:
        self.kinds: list[int] = []
        self.named: list[bool] = []
        self.fields: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.parents: list[int] = []
        self.skips: list[int] = []


Capture = tuple[str, int]
"""The name of a capture and the row that it caught."""


class Roles:
    """What was found of each row of a Flat: its role (or ""), and which part of the entry around it it plays.

    `repeated`: the row, the role and the parts of each match of a role of which one node may hold several.
    """

    def __init__(self, size: int) -> None:
        self.role = [""] * size
        self.number = [-1] * size
        self.part = [""] * size
        self.owner = [-1] * size
        self.repeated: list[tuple[int, str, list[Capture]]] = []
        self.whole = True


class _Claim:
    """A match that speaks of parts: it counts if its role is what the head ends up with."""

    __slots__ = ("head", "parts", "role")

    def __init__(self, head: int, role: str, parts: list[Capture]) -> None:
        self.head, self.role, self.parts = head, role, parts


class Classifier:
    """Holds the Plans of one language against one Flat of one source."""

    def __init__(self, plans: Plans, flat: Flat, source: bytes) -> None:
        self.plans, self.flat, self.source = plans, flat, source
        self.roles = Roles(len(flat.kinds))
        self.claims: list[_Claim] = []

    def run(self, only_first: bool) -> Roles:
        """The Roles of all rows, or of what the patterns of the first row alone say."""
        of_kind, loose = self.plans.of_kind, self.plans.loose
        flat, roles = self.flat, self.roles
        kinds, named = flat.kinds, flat.named
        for row in range(1 if only_first else len(kinds)):
            plan = of_kind.get(kinds[row])
            if plan is None:
                if not named[row]:
                    continue
                plan = loose
            if plan.role:
                self._play(row, plan.role, plan.number)
            for pattern in plan.patterns:
                self._try(pattern, row)
        self._settle()
        return roles

    def _play(self, row: int, role: str, number: int) -> bool:
        """Let a row have a role, if no later pattern gave it another one. Says whether it has it."""
        roles = self.roles
        before = roles.role[row]
        if before == role:
            roles.number[row] = max(roles.number[row], number)
            return True
        if before and role != COMMENT and (number < roles.number[row] or role == OTHER or before == COMMENT):
            return False
        roles.role[row] = role
        roles.number[row] = -1 if role == OTHER else number
        return True

    def _try(self, pattern: Pattern, row: int) -> None:
        """Hold one pattern against one row, and keep what it says."""
        words = self.plans.words
        if pattern.number not in self.plans.one_by_one:
            captures = self._union(pattern.form, row)
            if captures is not None:
                self._take(pattern.number, captures)
            return
        matches = self._matches(pattern.form, row)
        if len(matches) >= MATCH_LIMIT:
            self.roles.whole = False
        for match in matches:
            if all(_holds(test, match, self.flat, self.source) for test in pattern.tests):
                head = next(((words[name].role, at) for name, at in match if not words[name].part), None)
                if head is not None and head[0] in REPEATED:
                    parts = [(words[name].part, at) for name, at in match if words[name].part]
                    self.roles.repeated.append((head[1], head[0], parts))
                else:
                    self._take(pattern.number, match)

    def _take(self, number: int, captures: list[Capture]) -> None:
        """A match, or all matches of one pattern at one place: heads get the role, parts are claimed for them. Of several
        roles in one pattern the innermost counts.
        """
        words = self.plans.words
        role = ""
        heads: list[int] = []
        parts: list[Capture] = []
        for name, row in captures:
            word = words[name]
            if word.private:
                continue
            if word.part:
                parts.append((word.part, row))
            else:
                if word.role != role:
                    role, heads = word.role, []
                heads.append(row)
        for head in heads:
            if self._play(head, role, number) and parts:
                self.claims.append(_Claim(head, role, parts))

    def _settle(self) -> None:
        """Parts whose head has another role now are none."""
        role, part, owner = self.roles.role, self.roles.part, self.roles.owner
        for claim in self.claims:
            if role[claim.head] != claim.role:
                continue
            for name, row in claim.parts:
                if owner[row] <= claim.head:
                    owner[row], part[row] = claim.head, name
                if not role[row]:
                    role[row] = OTHER

    def _fits(self, form: Form, row: int) -> bool:
        """Whether a row is of the right kind and lacks what it must not have."""
        flat = self.flat
        if form.kinds is not None:
            if flat.kinds[row] not in form.kinds:
                return False
        elif form.named and not flat.named[row]:
            return False
        return not form.absent or not any(flat.fields[kid] in form.absent for kid in self._kids(row))

    def _kids(self, row: int) -> list[int]:
        """The rows directly inside."""
        skips = self.flat.skips
        found, kid, behind = [], row + 1, skips[row]
        while kid < behind:
            found.append(kid)
            kid = skips[kid]
        return found

    def _union(self, form: Form, row: int) -> list[Capture] | None:
        """What all matches of a Form at a row catch together, or None where there is none."""
        if not self._fits(form, row):
            return None
        found: list[Capture] = [(name, row) for name in form.captures]
        if not form.kids:
            return found
        if not form.free:
            inner = self._several(form, self._kids(row))
            return None if inner is None else found + inner
        for kid in form.kids:
            inner = self._single(kid, row)
            if inner is None:
                return None
            found.extend(inner)
        return found

    def _single(self, kid: Kid, row: int) -> list[Capture] | None:
        """What one child that may stand anywhere catches."""
        found: list[Capture] = []
        held = False
        fields, skips = self.flat.fields, self.flat.skips
        at, behind = row + 1, skips[row]
        while at < behind:
            if not kid.field or fields[at] == kid.field:
                caught = self._child(kid, at)
                if caught is not None:
                    held = True
                    found.extend(caught)
            at = skips[at]
        return found if held else None

    def _child(self, kid: Kid, row: int) -> list[Capture] | None:
        """What the first variant that fits catches."""
        if kid.field and self.flat.fields[row] != kid.field:
            return None
        for form in kid.variants:
            caught = self._union(form, row)
            if caught is not None:
                return caught
        return None

    def _several(self, form: Form, rows: list[int]) -> list[Capture] | None:
        """Children in order: whatever may take part in any way of placing them."""
        count, size = len(form.kids), len(rows)
        caught = [[self._child(kid, row) for row in rows] for kid in form.kids]
        # Which places can be reached with all children before placed, from the front and from the back.
        front = [[False] * size for _ in range(count)]
        for number, kid in enumerate(form.kids):
            open_before = number == 0
            for place in range(size):
                front[number][place] = open_before and caught[number][place] is not None
                placed = number > 0 and front[number - 1][place]
                if kid.next and self.flat.named[rows[place]]:
                    open_before = placed
                elif placed:
                    open_before = True
        found: list[Capture] = []
        reach = [not form.last or not any(self.flat.named[row] for row in rows[place + 1 :]) for place in range(size)]
        for number in range(count - 1, -1, -1):
            fine = [front[number][place] and reach[place] for place in range(size)]
            if not any(fine):
                return None
            for place in range(size):
                catch = caught[number][place]
                if fine[place] and catch is not None:
                    found.extend(catch)
            if number:
                reach = self._reach(form.kids[number], fine, rows)
        return found

    def _reach(self, kid: Kid, fine: list[bool], rows: list[int]) -> list[bool]:
        """From which places the next child can stand somewhere behind."""
        size = len(rows)
        reach = [False] * size
        open_behind = False
        for place in range(size - 1, -1, -1):
            reach[place] = open_behind
            if kid.next and self.flat.named[rows[place]]:
                open_behind = fine[place]
            elif fine[place]:
                open_behind = True
        return reach

    def _matches(self, form: Form, row: int) -> list[list[Capture]]:
        """Each way in which a Form holds at a row, at most MATCH_LIMIT of them."""
        if not self._fits(form, row):
            return []
        start: list[Capture] = [(name, row) for name in form.captures]
        # (what is caught so far, the place behind the last child placed)
        ways: list[tuple[list[Capture], int]] = [(start, 0)]
        rows = self._kids(row) if form.kids else []
        named = self.flat.named
        for kid in form.kids:
            grown: list[tuple[list[Capture], int]] = []
            for caught, place in ways:
                for at in range(place, len(rows)):
                    grown.extend(([*caught, *variant], at + 1) for variant in self._variants(kid, rows[at]))
                    if (kid.next and named[rows[at]]) or len(grown) > MATCH_LIMIT:
                        break
            ways = grown[:MATCH_LIMIT]
        if form.last:
            ways = [way for way in ways if not any(named[row] for row in rows[way[1] :])]
        return [caught for caught, _ in ways]

    def _variants(self, kid: Kid, row: int) -> list[list[Capture]]:
        if kid.field and self.flat.fields[row] != kid.field:
            return []
        return [match for form in kid.variants for match in self._matches(form, row)]


def _text(rows: Sequence[int], flat: Flat, source: bytes) -> list[str]:
    return [source[flat.starts[row] : flat.ends[row]].decode("utf-8", "replace") for row in rows]


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _holds(test: Test, match: list[Capture], flat: Flat, source: bytes) -> bool:
    """Whether a predicate holds of a match."""
    texts = _text([row for name, row in match if name == test.capture], flat, source)
    name = test.name.removeprefix("not-")
    if name == "match":
        held = all(_compiled(test.words[0]).search(text) for text in texts)
    else:
        wanted: list[str] = []
        for word in test.words:
            if word.startswith("@"):
                wanted.extend(_text([row for name, row in match if name == word[1:]], flat, source))
            else:
                wanted.append(word)
        held = all(text in wanted for text in texts)
    return held != test.name.startswith("not-")
