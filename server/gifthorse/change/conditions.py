"""Conditions of guards as formulas, so that two of them can be held against each other.

What stands between `and`, `or` and `not` is an atom, known by its text; comparisons with numbers also know that who is
above 20 is above 10. Two formulas are compared for every way in which their atoms can be true.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

MOST_ATOMS = 10
"""Formulas of more atoms than this are not compared: each one doubles the work."""
_TOKENS = re.compile(
    r"""[rbfuR]?"(?:\\.|[^"\\])*"|[rbfu]?'(?:\\.|[^'\\])*'|`[^`]*`|&&|\|\||!==|===|!=|==|<=|>=|<>|=~|!~|<<|->|=>|::"""
    r"""|\d[\w.]*|[$@]?\w+[?!]?(?=\()|[$@]?\w+\??|-(?:and|or|not\w*|eq|ne|gt|ge|lt|le|z|n|in|match)\b|\S"""
)
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_OR, _AND = frozenset(("||", "or", "-or")), frozenset(("&&", "and", "-and", ","))
_NOT = frozenset(("!", "not", "-not"))
_SAME = {"==": True, "===": True, "!=": False, "!==": False, "<>": False, "is": True, "in": True}
_SAME |= {"-eq": True, "-ne": False, "=~": True, "!~": False, "-in": True, "-notin": False}
_SAME |= {"-match": True, "-notmatch": False}
_ORDER = {"<": "<", ">": ">", "<=": "<=", ">=": ">=", "-lt": "<", "-gt": ">", "-le": "<=", "-ge": ">="}
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_NUMBER = re.compile(r"\d[\d_]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Formula:
    """`op` is "atom", "not", "and" or "or". An atom has its `text`; one that compares with a number has the least (whole)
    number for which it holds, too.
    """

    op: str
    parts: tuple["Formula", ...] = ()
    text: str = ""
    least: float | None = None


def negated(formula: Formula) -> Formula:
    """What holds where a formula does not."""
    return formula.parts[0] if formula.op == "not" else Formula("not", (formula,))


def any_of(formulas: Sequence[Formula]) -> Formula:
    """What holds where one of them does; nothing does where there are none."""
    return Formula("or", tuple(formulas))


def read(condition: str, names: Mapping[str, str] | None = None) -> Formula:
    """The formula of a condition as it is written. `names`: what variables stand for, so that they can be looked into."""
    return _formula(_TOKENS.findall(condition.rpartition(";")[2].strip()), names or {})


def number(text: str) -> float | None:
    """The number that a text of digits, products and shifts stands for, if it is one."""
    result = 1.0
    for part in re.sub(r"[\s()]", "", text).split("*"):
        base, _, shift = part.partition("<<")
        if not _NUMBER.fullmatch(base) or (shift and not shift.isdigit()) or len(shift) > 2:
            return None
        result *= float(base.replace("_", "")) * 2 ** int(shift or 0)
    return result


def relation(old: Formula, new: Formula) -> tuple[bool, bool] | None:
    """Whether all that `old` holds for `new` holds for, and the other way round; None where that is too much to ask."""
    atoms = sorted({*_atoms(old), *_atoms(new)}, key=lambda atom: (atom.text, atom.least or 0))
    if len(atoms) > MOST_ATOMS:
        return None
    covers = covered = True
    for values in product((False, True), repeat=len(atoms)):
        world = dict(zip(atoms, values, strict=True))
        if _possible(world):
            one, other = _holds(old, world), _holds(new, world)
            covers, covered = covers and (other or not one), covered and (one or not other)
    return covers, covered


def atoms_of(formula: Formula) -> frozenset[str]:
    """The texts of its atoms; of those that compare, whichever way round."""
    return frozenset(">=".join(sorted(atom.text.split(">="))) for atom in _atoms(formula))


def _atoms(formula: Formula) -> Iterator[Formula]:
    if formula.op == "atom":
        yield formula
    for part in formula.parts:
        yield from _atoms(part)


def _possible(world: Mapping[Formula, bool]) -> bool:
    """Whether nothing is above a number and not above a smaller one, and of any two one is at least the other."""
    false = {atom.text for atom, holds in world.items() if not holds and atom.least is None}
    if any(">=" in text and ">=".join(text.split(">=")[::-1]) in false for text in false):
        return False
    bounds = [(atom.text, atom.least, holds) for atom, holds in world.items() if atom.least is not None]
    return not any(
        text == other and holds and not also and least >= below
        for text, least, holds in bounds
        for other, below, also in bounds
    )


def _holds(formula: Formula, world: Mapping[Formula, bool]) -> bool:
    if formula.op == "atom":
        return world[formula]
    if formula.op == "not":
        return not _holds(formula.parts[0], world)
    truths = (_holds(part, world) for part in formula.parts)
    return all(truths) if formula.op == "and" else any(truths)


def _formula(tokens: list[str], names: Mapping[str, str]) -> Formula:
    tokens = _bare(tokens)
    for op, signs in (("or", _OR), ("and", _AND)):
        parts = _split(tokens, signs)
        if len(parts) > 1:
            return Formula(op, tuple(_formula(part, names) for part in parts if part))
    if tokens and tokens[0] in _NOT:
        return negated(_formula(tokens[1:], names))
    if len(tokens) == 1 and tokens[0] in names:
        return _formula(_TOKENS.findall(names[tokens[0]]), {})
    return _atom(tokens)


def _bare(tokens: list[str]) -> list[str]:
    """Without the brackets that stand around all of it."""
    while len(tokens) > 1 and tokens[0] in {"(", "["}:
        if _closed(tokens) < len(tokens) - 1:
            break
        tokens = tokens[1:-1]
    return tokens


def _closed(tokens: list[str]) -> int:
    """Where the bracket closes that the first token opens."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token in _OPEN) - (token in _CLOSE)
        if not depth:
            return at
    return len(tokens)


def _split(tokens: list[str], signs: frozenset[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token in _OPEN) - (token in _CLOSE)
        if not depth and token in signs:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _atom(tokens: list[str]) -> Formula:
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth or not at or at == len(tokens) - 1:
            continue
        if token in _SAME or tokens[at : at + 2] == ["not", "in"]:
            return _equal(tokens, at)
        if token in _ORDER:
            return _ordered("".join(tokens[:at]), _ORDER[token], "".join(tokens[at + 1 :]))
    if tokens[:1] == ["-z"]:
        return negated(Formula("atom", text="-n" + "".join(tokens[1:])))
    return Formula("atom", text="".join(tokens))


def _equal(tokens: list[str], at: int) -> Formula:
    """An atom that asks whether two things are the same, or one is in the other; the order of the same is the same."""
    sign, left, right = tokens[at], tokens[:at], tokens[at + 1 :]
    holds = _SAME.get(sign, False)
    if right[:1] == ["not"] and sign == "is":
        holds, right = False, right[1:]
    elif sign == "not":
        sign, right = "in", right[1:]
    kind = {"in": " in ", "-in": " in ", "-notin": " in "}.get(sign, "~" if sign in {"=~", "!~"} else "==")
    sides = ["".join(left), "".join(right)]
    atom = Formula("atom", text=kind.join(sorted(sides) if kind == "==" else sides))
    return atom if holds else negated(atom)


def _ordered(left: str, sign: str, right: str) -> Formula:
    if number(left) is not None and number(right) is None:
        left, sign, right = right, _TURNED[sign], left
    bound = number(right)
    if bound is not None:
        atom = Formula("atom", text=left, least=bound + (sign in {">", "<="}))
        return atom if sign in {">", ">="} else negated(atom)
    if sign in {">", "<="}:
        left, right = right, left
    atom = Formula("atom", text=f"{left}>={right}")
    return atom if sign in {">=", "<="} else negated(atom)
