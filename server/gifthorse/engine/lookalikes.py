"""Names that are not what they look like: letters of other scripts among Latin ones, and letters in other forms.

Which letters look alike says Unicode's confusables data (confusables.py). That they do is no attack: people write in
Cyrillic, in Greek formulas and in Turkish. So a word is seen where letters that nobody can tell from Latin ones stand
among Latin ones, or where another word of the same text, or a keyword, looks just like it.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, final

from gifthorse.engine.confusables import LETTERS, OPERATORS
from gifthorse.engine.sighting import (
    Hidden,
    Manner,
    Sighting,
    name_of,
    name_written_out,
    quoted,
    surely_comment,
)
from gifthorse.engine.spelling import normal
from gifthorse.model.finding import Confidence

_SHOWN_AS: Final = {"\u0399": "I", "\u0406": "I", "\u04c0": "I", "\u04cf": "l", "\u051a": "Q"}
"""Where the data says a letter's smallest likeness, and people read another; and a letter that it leaves out."""
LOOKALIKES: Final[dict[str, str]] = {other: one for one, others in LETTERS.items() for other in others} | _SHOWN_AS
_CLICKS: Final[dict[str, str]] = {other: one for one, others in OPERATORS.items() for other in others}
"""Letters, so they may stand in names, that look like an operator."""
_ACCENTED: Final[dict[str, str]] = {
    letter: parts
    for letter in map(chr, (*range(0x0370, 0x0530), *range(0x1F00, 0x2000)))
    if len(parts := unicodedata.normalize("NFD", letter)) > 1 and parts[0] in LOOKALIKES
}
LOOKALIKE: Final = re.compile("[" + "".join([*LOOKALIKES, *_ACCENTED]) + "]+")
OPERATOR: Final = re.compile("[" + "".join(_CLICKS) + "]")
COMPATIBLE: Final = re.compile(
    "[\u2102-\u2134\u2160-\u217f\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06\U0001d400-\U0001d7ff]+"
)
_STYLED: Final = re.compile("[\U0001d400-\U0001d7ff]")
COMPOSED: Final = re.compile("(?<=[A-Za-z])[\u0300-\u036f]+")
COMPOSED_MARK: Final = re.compile("[\u0300-\u036f]")
_ADDRESS: Final = re.compile(r"(?i)(?:https?|wss?|ssh|git|ftp)://[^\s\"'`<>()\[\]{}|\\]{3,200}")
_DELIMITERS: Final = "\u2044\u2215\u2571\u29f8\uff0f\u2024\uff0e\uff20\ufe6b\uff1f\ufe56\uff03\ufe5f"
DELIMITER: Final = re.compile(f"[{_DELIMITERS}]")
_TOP: Final = re.compile(r"(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w-])")
_IN_NAMES: Final = r"[\w\u0300-\u036f]"
_RUN: Final = re.compile(r"[^\W\x00-\x7f]+")
_REST: Final = re.compile(f"{_IN_NAMES}*")
_LATIN: Final = "\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0300-\u036f\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab6f"
_KNOWN: Final = re.compile(f"[\\w{_LATIN}]+".replace("\\w", "\\x00-\\x7f" + "".join([*LOOKALIKES, *_ACCENTED])))
"""Words of Latin letters and of letters that look like them: where another stands among them, nobody is deceived."""
LONGEST_NAME: Final = 80
_SHORTEST_TWIN: Final = 3
"""Letters of a name of another script that is held against the Latin ones: of two letters many are words of their own."""
MOST_NAMES: Final = 5_000
MOST_ASKED: Final = 200
"""Different names of other letters that a strange one is held against, and strange ones that are held against others."""

# Letters that a reader can tell from the Latin ones, or that stand among them in honest words: mathematics writes
# Greek ones, and digits of many scripts are round. Turkish, African languages and those who write down how words are
# spoken have Latin letters of their own, of which but a few look just like those of ASCII.
_LATIN_ALIKE: Final = frozenset("\u0251\u0261\u1d04\u1d0f\u1d20\u1d21\u1d22")
_SPOKEN: Final = re.compile("[\u0250\u0252-\u0260\u0262-\u02ff]")
_TOLD_APART: Final = frozenset(
    "\u03b1\u03b3\u03b9\u03bd\u03c1\u03c3\u03c5\u03fa\u03dc\u0393\u0433\u0431\u0417\u04e0\u044c\u042c\u0461\u3007"
)
MIN_COMMON: Final = 4
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_KEYWORDS: Final = (
    "if else elif elseif for foreach while do until switch case match when default break continue return yield def func"
    " function fn fun class struct enum interface trait impl import from package module include require export public"
    " private protected static final const let var val new delete try catch except finally throw throws raise async"
    " await with as is in not and or eval exec assert self this super true false True False None null nil void int"
    " string bool echo print sudo"
)
KEYWORDS: Final = frozenset(_KEYWORDS.split())
_COMMON: Final = (
    "read write open close load save send receive fetch call start stop check test verify validate parse create update"
    " remove delete insert append query select admin user users account login logout auth authorize password passwd secret"
    " token session cookie email role permission access data value values name names path file files folder host address"
    " port server client request response header headers body param params args option options config setting settings"
    " key keys item items list index count size length limit status state result error message text number date time"
    " price amount total balance payment transfer order orders product source target input output event handler service"
    " model view route router context buffer stream socket process thread lock hash sign encrypt decrypt encode decode"
)
COMMON: Final = frozenset(word for word in (*_COMMON.split(), *KEYWORDS) if len(word) >= MIN_COMMON)
"""Words of which names are made: one that reads so, by letters that are not Latin, is meant to be taken for it."""


def _skeleton(word: str) -> str:
    """What a word looks like: the same for words that look the same."""
    plain = unicodedata.normalize("NFD", normal(word))
    return "".join(_ROUGH.get(letter, letter) for letter in plain).replace("rn", "m")


_SAME: Final = {**dict.fromkeys("lI1", "[lI1]"), **dict.fromkeys("O0", "[O0]"), "m": "(?:m|rn)"}
_ROUGH: Final[dict[str, str]] = LOOKALIKES | {"I": "l", "1": "l", "0": "O", "\u0399": "l", "\u0406": "l", "\u04c0": "l"}


def latin(word: str) -> str:
    """The Latin word that a word looks like; accents stay."""
    plain = "".join(LOOKALIKES.get(letter, letter) for letter in unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", normal(plain))


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole word around [start, end), cut at a length that no name has."""
    first, last = start, end
    while first > 0 and start - first < LONGEST_NAME and _in_name(text[first - 1]):
        first -= 1
    while last < len(text) and last - end < LONGEST_NAME and _in_name(text[last]):
        last += 1
    return first, last


def _words(text: str) -> Iterator[tuple[int, str]]:
    """The words with a letter that is not of ASCII, with where they begin."""
    done = 0
    for run in _RUN.finditer(text):
        first = run.start()
        if first < done:
            continue
        while first > done and run.start() - first < LONGEST_NAME and _in_name(text[first - 1]):
            first -= 1
        rest = _REST.match(text, run.end())
        done = rest.end() if rest else run.end()
        yield first, text[first:done]


def _in_name(character: str) -> bool:
    return character.isalnum() or character == "_" or "\u0300" <= character <= "\u036f"


@final
class _Names:
    """The names of a text that may look like a strange one. Whoever asks pays; who asks again does not."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._told: dict[str, str] = {}
        self._others: dict[str, list[str]] | None = None

    def twin(self, word: str) -> str:
        """Another name of the text, or a keyword, that looks just like a word; nothing where there is none."""
        found = self._told.get(word)
        if found is None:
            found = self._told[word] = self._twin(word) if len(self._told) < MOST_ASKED else ""
        return found

    def _twin(self, word: str) -> str:
        plain = latin(word)
        if plain in KEYWORDS and plain != word:
            return plain
        if plain.isascii():
            alike = "".join(_SAME.get(letter, re.escape(letter)) for letter in plain)
            found = re.search(rf"(?<!\w){alike}(?!\w)", self._text)
            if found:
                return found[0]
        if self._others is None:
            self._others = {}
            for name in sorted({word for _, word in _words(self._text)})[:MOST_NAMES]:
                self._others.setdefault(_skeleton(name), []).append(name)
        others = (name for name in self._others.get(_skeleton(word), ()) if normal(name) != normal(word))
        return min(others, default="")


def lookalikes(text: str, manner: Manner) -> Iterator[Sighting]:
    """Names that read as Latin and are not: letters of another script among Latin ones, or a Latin name's twin."""
    names = _Names(text)
    for start, whole in _words(text):
        if not _KNOWN.fullmatch(whole) or not LOOKALIKE.search(whole):
            continue
        escaped = whole[0] in "nrtbfva0" and text[max(0, start - 1) : start] == "\\"  # a letter of an escape sequence
        word = whole[1:] if escaped else whole
        judged = _mixed if re.search("[A-Za-z]", word) else _whole
        if sighting := judged(text, start + escaped, word[:LONGEST_NAME], manner, names):
            yield sighting


def _strange(word: str) -> list[str]:
    """The letters of a word that are not what they look like, each once."""
    return list(dict.fromkeys(letter for letter in word if letter in LOOKALIKES or letter in _ACCENTED))


def _mixed(text: str, start: int, word: str, manner: Manner, names: _Names) -> Sighting | None:
    """A word of Latin letters and others: always said where nobody can tell these apart."""
    strange = _strange(word)
    if _ends_in_range(text, start + len(word)):
        return None
    plain = any(part.lower() in COMMON and part not in word for part in _PARTS.findall(latin(word)))
    sure = not _SPOKEN.search(word) and (plain or all(map(_deceives, strange)))
    aside = surely_comment(text, start, manner)
    if not sure and (aside or not manner.code or quoted(text, start)):
        return None
    twin = names.twin(word) if manner.code and not aside else ""
    if not twin and not sure:
        return None
    mostly_latin = sum(letter in strange for letter in word) * 2 < sum(map(str.isalpha, word)) or len(word) < 4
    harm = manner.code and not aside and (mostly_latin or bool(twin))
    return _sighting(start, word, strange, twin, Confidence.HIGH if harm else Confidence.LOW)


def _ends_in_range(text: str, end: int) -> bool:
    """Whether a word's last letter begins a range of letters, as patterns write them behind Latin ones."""
    behind = text[end : end + 2]
    return behind[:1] == "-" and len(behind) == 2 and not behind[1].isascii() and not text[end - 1].isascii()


def _deceives(letter: str) -> bool:
    """Whether nobody can tell a letter from a Latin one."""
    plain = (_ACCENTED.get(letter) or letter)[0]
    if plain in _TOLD_APART or plain.isdecimal():
        return False
    return plain in _LATIN_ALIKE or not unicodedata.name(plain).startswith("LATIN")


def _whole(text: str, start: int, word: str, manner: Manner, names: _Names) -> Sighting | None:
    """A word wholly of another script: said where a name or keyword looks like it, or where it is an address."""
    end = start + len(word)
    if re.search(r"(?://|@|\bwww\.)(?:[\w-]+\.)*$", text[max(0, start - 80) : start]) and _TOP.match(text, end):
        sure = Confidence.HIGH if manner.code else Confidence.MEDIUM
        return _sighting(start, word, _strange(word), "", sure)
    if (
        sum(map(str.isalpha, word)) < _SHORTEST_TWIN
        or not manner.code
        or surely_comment(text, start, manner)
        or quoted(text, start)
    ):
        return None
    twin = names.twin(word)
    return _sighting(start, word, _strange(word), twin, Confidence.HIGH) if twin else None


def _sighting(start: int, word: str, strange: list[str], twin: str, confidence: Confidence) -> Sighting:
    letters = ", ".join(name_of(letter) for letter in strange)
    plain = latin(word)
    reads = (
        f"{plain}, which {'is a keyword' if twin in KEYWORDS else 'stands here, too'}"
        if twin == plain
        else twin or plain
    )
    said = f"{name_written_out(word)} reads as {reads} ({letters})"
    return Sighting(
        Hidden.LOOKALIKE, start, start + len(word), said, confidence, plain if plain.isascii() else twin or None
    )


def composed(text: str, manner: Manner) -> Iterator[Sighting]:
    """Names with accents that are letters and marks of their own, beside the same name in whole letters."""
    done = 0
    for run in COMPOSED.finditer(text):
        if run.start() < done or not manner.code or manner.folds_names:
            continue
        start, end = _word_around(text, run.start(), run.end())
        done, word = end, text[start:end]
        if surely_comment(text, start, manner) or quoted(text, start):
            continue
        whole = unicodedata.normalize("NFC", word)
        if whole != word and len(whole) >= _SHORTEST_TWIN and re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", text):
            said = f"{name_written_out(word)} is another name than {whole}, which stands here, too"
            yield Sighting(Hidden.LOOKALIKE, start, end, said, Confidence.HIGH, whole)


def operators(text: str, manner: Manner) -> Iterator[Sighting]:
    """Letters that look like an operator, outside of texts and comments: what looks like a test is a name."""
    for found in OPERATOR.finditer(text):
        start, end = _word_around(text, found.start(), found.end())
        word = text[start:end]
        plain = all(letter.isascii() or letter in _CLICKS for letter in word)
        if not plain or len(word) == 1 or not manner.code or surely_comment(text, start, manner) or quoted(text, start):
            continue
        said = f"{name_written_out(word)}: {name_of(found[0])} is a letter and looks like {_CLICKS[found[0]]}"
        yield Sighting(Hidden.LOOKALIKE, start, end, said, Confidence.HIGH)


def delimiters(text: str, manner: Manner) -> Iterator[Sighting]:
    """Addresses in whose host stands what looks like the end of the host, so that they lead elsewhere than they say."""
    for address in _ADDRESS.finditer(text):
        host = re.split(r"[/?#]", address[0].partition("://")[2], maxsplit=1)[0]
        strange = DELIMITER.search(host)
        if strange and re.match(r"[\w.-]*\.[A-Za-z]{2,}", host[strange.end() :]):
            start = address.start() + address[0].index("://") + 3
            said = f"{name_written_out(host)} is one host ({name_of(strange[0])})"
            sure = Confidence.HIGH if manner.code else Confidence.MEDIUM
            yield Sighting(Hidden.LOOKALIKE, start, start + len(host), said, sure)


def folded(text: str, manner: Manner) -> Iterator[Sighting]:
    """Names in letters of other forms, which Python reads as the plain ones (PEP 3131: NFKC) and others as other names."""
    done = 0
    for run in COMPATIBLE.finditer(text):
        start, end = _word_around(text, run.start(), run.end())
        word = text[start:end]
        plain = normal(word)
        if start < done or not manner.code or not (plain.isascii() and plain.isidentifier()):
            continue
        aside = surely_comment(text, start, manner) or quoted(text, start)
        said = _other_form(text, start, end, manner) if not aside else ""
        if said:
            done = end
            yield Sighting(Hidden.LOOKALIKE, start, end, f"{name_written_out(word)}, {said}", Confidence.HIGH, plain)


def _other_form(text: str, start: int, end: int, manner: Manner) -> str:
    """What is to say of a name in letters of other forms; nothing where it is as honest as mathematics."""
    word = text[start:end]
    plain = normal(word)
    called = text[end : end + 1] in ("(", ".", "=") or text[start - 1 : start] == "."
    if manner.folds_names:
        return f"which is read as {plain}" if called else ""
    styled = [part for part in word.split("_") if re.search("[A-Za-z]", part) and _STYLED.search(part)]
    twin = plain in KEYWORDS or re.search(rf"(?<!\w){plain}(?!\w)", text) is not None
    if any(len(part) > 3 for part in styled) or (twin and called and len(word) >= _SHORTEST_TWIN):
        return f"which is another name than {plain}"
    return ""
