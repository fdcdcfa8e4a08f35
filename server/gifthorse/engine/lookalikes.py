"""Names that are not what they look like: letters of other scripts among Latin ones, and letters that Python folds.

The letters are those that common fonts draw exactly like a Latin one, after Unicode's confusables data (UTS 39), cut
down to what a reader cannot tell apart: no accents, no letters that mathematics writes beside Latin ones. Written as
escapes, so that this file hides nothing itself.
"""

import re
from collections.abc import Iterator

from gifthorse.engine.sighting import Hidden, Manner, Sighting, line_around, name_of, surely_comment
from gifthorse.engine.spelling import normal
from gifthorse.model.finding import Confidence

_CYRILLIC = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u04cf\u0410"
        "\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u050c\u051a"
        "\u051c",
        "aeopcyxijshdqwlABEKMHOPCTYXIJSGQW",
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "\u03bf\u03f2\u03f3\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
        "ocjABEZHIKMNOPTYX",
        strict=True,
    )
)
_OTHERS = dict(
    zip(
        "\u0578\u057d\u0581\u0585\u0570\u1d00\u1d04\u1d0f\u1d20\u1d21\u1d22\u0251\u0261\u217c\u217d\u217e"
        "\u217f\ua4d0\ua4da\ua4d3\ua4f0\ua4d6\ua4e7\ua4e1\ua4df\ua4f3\ua4d1\ua4e2\ua4d4",
        "nugohacovwzaglcdmBCDEGHLMOPST",
        strict=True,
    )
)
LOOKALIKES = {**_CYRILLIC, **_GREEK, **_OTHERS}
LOOKALIKE = re.compile("[" + "".join(LOOKALIKES) + "]+")
COMPATIBLE = re.compile("[\uff21-\uff3a\uff41-\uff5a\u2102-\u2134\U0001d400-\U0001d7ff\ufb00-\ufb06]+")
_NON_ASCII = re.compile("[^\x00-\x7f]")
_LONGEST_NAME = 80
_SHORTEST_TWIN = 3
"""Letters of a name of another script that is held against the Latin ones: of two letters many are words of their own."""


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole word around [start, end), cut at a length that no name has."""
    first, last = start, end
    while first > 0 and start - first < _LONGEST_NAME and (text[first - 1].isalnum() or text[first - 1] == "_"):
        first -= 1
    while last < len(text) and last - end < _LONGEST_NAME and (text[last].isalnum() or text[last] == "_"):
        last += 1
    return first, last


def lookalikes(text: str, manner: Manner) -> Iterator[Sighting]:
    """Names that read as Latin and are not: a letter or two of another script among Latin ones."""
    done = 0
    for run in LOOKALIKE.finditer(text):
        start, end = _word_around(text, run.start(), run.end())
        word = text[start:end]
        foreign = _NON_ASCII.findall(word)
        if start < done or any(letter not in LOOKALIKES for letter in foreign):
            continue
        if not re.search("[A-Za-z]", word):
            if _is_twin(text, start, word, manner):
                done = end
                said = f"{word} beside {_latin(word)} (it begins with {name_of(word[0])})"
                yield Sighting(Hidden.LOOKALIKE, start, end, said, Confidence.HIGH)
            continue
        done = end
        letters = ", ".join(name_of(letter) for letter in dict.fromkeys(foreign))
        mostly_latin = len(foreign) * 2 < sum(map(str.isalpha, word)) or len(word) < 4
        harm = manner.code and mostly_latin and not surely_comment(text, start, manner)
        yield Sighting(Hidden.LOOKALIKE, start, end, f"{word} ({letters})", Confidence.HIGH if harm else Confidence.LOW)


def _latin(word: str) -> str:
    """The Latin word that a word looks like."""
    return "".join(LOOKALIKES.get(letter, letter) for letter in word)


def _is_twin(text: str, start: int, word: str, manner: Manner) -> bool:
    """Whether a name wholly of another script looks like a Latin name or keyword that stands in the same text."""
    if not manner.code or len(word) < _SHORTEST_TWIN or surely_comment(text, start, manner):
        return False
    line, _ = line_around(text, start)
    quoted = any(text.count(quote, line, start) % 2 for quote in "\"'`")
    return not quoted and re.search(rf"(?<!\w){re.escape(_latin(word))}(?!\w)", text) is not None


def folded(text: str, manner: Manner) -> Iterator[Sighting]:
    """Names in fancy letters, which Python reads as the plain ones (PEP 3131: NFKC)."""
    if not manner.folds_names:
        return
    done = 0
    for run in COMPATIBLE.finditer(text):
        start, end = _word_around(text, run.start(), run.end())
        plain = normal(text[start:end])
        line, _ = line_around(text, start)
        called = text[end : end + 1] in ("(", ".", "=") or text[start - 1 : start] == "."
        quoted = re.search("[\"'#]", text[line:start])
        if start >= done and called and not quoted and plain.isascii() and plain.isidentifier():
            done = end
            yield Sighting(
                Hidden.LOOKALIKE, start, end, f"{text[start:end]}, which is read as {plain}", Confidence.HIGH
            )
