"""Which well-known name another one may be taken for: typing errors, swapped words, other scopes and separators."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SHORTEST = 4
"""Letters from which on a name can be a near miss at all; of twice as many, two letters may differ."""

LONG_WORD = 7
"""Letters of a word, among others that are the same, from which on two of them may differ."""

_AS_SPACES = str.maketrans("-_./@:", " " * 6)
_AS_NOTHING = str.maketrans("", "", "-_./@:")
_DIGITS = str.maketrans("", "", "0123456789")
_COMMON = frozenset({"com", "org", "io", "net", "dev", "apache", "github", "core", "api", "java", "kotlin", "google"})
"""Parts that groups of packages share without having anything to do with each other."""


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


@dataclass(frozen=True, slots=True)
class _Shape:
    """A name as it is compared: without separators, its words as they stand and in alphabetical order, whether one of them is there more
    than once, its letters as bits. `home` and `tail`: the host, or the group, that it is of, and the rest; where it has
    such parts.
    """

    squeezed: str
    parts: tuple[str, ...]
    words: tuple[str, ...]
    is_doubled: bool
    letters: int
    has_digits: bool
    home: str
    tail: str


@lru_cache(maxsize=20_000)
def _shape(name: str) -> _Shape:
    small = name.lower()
    parts = small.translate(_AS_SPACES).split()
    words = tuple(sorted(set(parts)))
    letters = 0
    for letter in small:
        letters |= 1 << (ord(letter) & 63)
    home, _, tail = small.partition(":" if ":" in small else "/")
    if ":" not in small and ("." not in home or "/" not in tail):
        home = tail = ""
    return _Shape(
        small.translate(_AS_NOTHING),
        tuple(parts),
        words,
        len(parts) > len(words),
        letters,
        small.translate(_DIGITS) != small,
        home,
        tail,
    )


def nearest(name: str, known: Iterable[str], closest: int = 2) -> str:
    """The first of the `known` names that this one, which is none of them, is easily taken for; empty for none.
    `closest`: the most letters in which they may differ.
    """
    close, mine = min(_few_letters(name), closest), _shape(name)
    found = ""
    for one in known:
        if one == name:
            return ""
        if close < 1 or len(one) < SHORTEST:
            continue
        other = _shape(one)
        if _is_rearranged(mine, other) or (mine.tail and mine.tail == other.tail and _is_other_home(mine, other)):
            return one
        if abs(len(one) - len(name)) <= close and (other.letters ^ mine.letters).bit_count() <= 2 * close:
            apart = distance(name, one, close)
            if apart > close or not _is_slip(mine, other, apart):
                continue
            if apart == 1:
                return one
            if name[0] == one[0]:
                found = found or one
    return found


def _is_slip(mine: _Shape, other: _Shape, apart: int) -> bool:
    """Whether names that are some letters apart are likely to be mixed up: not where only numbers differ, nor where the
    word that differs is short, as in families of packages.
    """
    if mine.squeezed.translate(_DIGITS) == other.squeezed.translate(_DIGITS) and mine.has_digits and other.has_digits:
        return False
    if len(mine.parts) != len(other.parts) or len(mine.parts) < 2:
        return True
    differing = [pair for pair in zip(mine.parts, other.parts, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return True
    one, two = sorted(map(len, differing[0]))
    if apart == 1:
        return two >= SHORTEST
    return one >= LONG_WORD


def _is_rearranged(mine: _Shape, other: _Shape) -> bool:
    """The same with other separators, the same words in another order, or one of them doubled."""
    if other.squeezed == mine.squeezed or mine.squeezed == 2 * other.squeezed:
        return True
    return (len(mine.words) > 1 or mine.is_doubled) and other.words == mine.words


def _is_other_home(mine: _Shape, other: _Shape) -> bool:
    """Whether the same path on another host, or the same artifact of another group, is likely to be taken for it: any
    host; a group with a part in common that says something, or a letter or two off.
    """
    if "/" in mine.tail:
        return True
    shared = set(mine.home.split(".")) & set(other.home.split(".")) - _COMMON
    return bool(shared) or distance(mine.home, other.home, 2) <= 2


def _few_letters(name: str) -> int:
    return 0 if len(name) < SHORTEST else 1 if len(name) < 2 * SHORTEST else 2
