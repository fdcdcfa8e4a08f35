"""Which well-known name another one may be taken for: typing errors, swapped words, other scopes and separators."""

import re
from collections.abc import Iterable

SHORTEST = 4
"""Letters from which on a name can be a near miss at all; of twice as many, two letters may differ."""


def distance(first: str, second: str, most: int) -> int:
    """Damerau's and Levenshtein's distance (of neighbours that are swapped once); `most` + 1 where it is more."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    older: list[int] = []
    row = list(range(len(second) + 1))
    for i, one in enumerate(first, 1):
        new = [i]
        for j, other in enumerate(second, 1):
            best = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (one != other))
            if i > 1 and j > 1 and one == second[j - 2] and first[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            new.append(best)
        if min(new) > most:
            return most + 1
        older, row = row, new
    return min(row[-1], most + 1)


def words(name: str) -> tuple[str, ...]:
    """The words of a name in alphabetical order, each once, without what only says where it is from."""
    return tuple(sorted({part for part in re.split(r"[-_./@\s]+", name.lower()) if part}))


def nearest(name: str, known: Iterable[str]) -> str:
    """The first of the `known` names that this one, which is none of them, is easily taken for; empty for none."""
    close = _few_letters(name)
    bag, letters = words(name), frozenset(name)
    squeezed = re.sub(r"[-_./@]", "", name.lower())
    found = ""
    for one in known:
        if one == name:
            return ""
        if close < 1 or min(len(name), len(one)) < SHORTEST:
            continue
        if abs(len(one) - len(name)) <= close and len(letters.symmetric_difference(one)) <= 2 * close:
            apart = distance(name, one, close)
            if apart == 1:
                return one
            if apart <= close and name[0] == one[0]:
                found = found or one
        if re.sub(r"[-_./@]", "", one.lower()) == squeezed or (len(bag) > 1 and words(one) == bag):
            return one
    return found


def _few_letters(name: str) -> int:
    return 0 if len(name) < SHORTEST else 1 if len(name) < 2 * SHORTEST else 2
