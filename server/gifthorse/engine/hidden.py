"""What stands in a text and is not seen, or is not what it looks like: the detectors behind the hidden-text rules.

Text in, sightings out; what they are worth as Findings textual.py says. The attacks: Boucher and Anderson,
"Trojan Source" (2021, bidirectional controls and lookalikes); tag characters and variation selectors that carry
data a reader never sees. Legitimate uses stay silent: emoji sequences, joiners inside scripts that need them,
right-to-left text without controls, a byte order mark at the start, foreign words in comments.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from gifthorse.engine.carried import of_blanks, of_selectors, of_tags
from gifthorse.engine.lookalikes import (
    COMPATIBLE,
    COMPOSED_MARK,
    DELIMITER,
    LOOKALIKE,
    OPERATOR,
    composed,
    delimiters,
    folded,
    lookalikes,
    operators,
)
from gifthorse.engine.sighting import (
    Hidden,
    Manner,
    Sighting,
    around,
    decoded,
    line_around,
    maybe_comment,
    name_of,
    other_encoding,
    written_out,
)
from gifthorse.engine.terminals import ACTING, SEQUENCE, effect, is_colour
from gifthorse.model.finding import Confidence

MOST_SIGHTINGS = 100
"""Of one kind in one text: a text full of them needs no second hundred."""


_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS = "\u202a\u202b" + _OVERRIDES
_ISOLATES = "\u2066\u2067\u2068"
_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"
_MARKS = "\u200e\u200f\u061c"
_BIDI = re.compile(f"[{_EMBEDDINGS}{_ISOLATES}{_POP_EMBEDDING}{_POP_ISOLATE}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CODE_MARKS = re.compile(r"""["'`;{}]|/\*|\*/|//|#|--""")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    f"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a{_MARKS}]+",
)
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]+")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]|\r(?!\n)")
_ESCAPED = re.compile(r"[\udc80-\udcff]+")

# Scripts whose writing needs the zero-width joiner and non-joiner: Arabic and its extensions, Indic, Mongolian ...
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]")
_PICTURE = re.compile("[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff\U000e0061-\U000e007f]")
_IDEOGRAPH = re.compile("[\u1820-\u18aa\u2e80-\u9fff\uf900-\ufaff\U00020000-\U000323af\ua840-\ua87f]")
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aaf\u3040-\u30ff\u4e00-\u9fff\ua9e0-\ua9ff]")
_BRAILLE = re.compile("[\u2801-\u28ff]")
_REGION = re.compile("[a-z]{2}[a-z0-9]{1,3}")
"""What the tags behind a black flag spell: a country's part, as gbsct."""
_LETTERS_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_QUOTES = ("'", '"', "`")
_SCATTERED = 4
"""Selectors behind letters of one line from which on they are taken for data."""
_WORD = re.compile(r"\w", re.ASCII)


def _unclosed(line: str) -> bool:
    """Whether a control opened in this line is still open at its end."""
    open_controls: list[str] = []
    for character in line:
        if character in _EMBEDDINGS:
            open_controls.append(_POP_EMBEDDING)
        elif character in _ISOLATES:
            open_controls.append(_POP_ISOLATE)
        elif character == _POP_EMBEDDING and open_controls[-1:] == [_POP_EMBEDDING]:
            open_controls.pop()
        elif character == _POP_ISOLATE and _POP_ISOLATE in open_controls:
            while open_controls.pop() != _POP_ISOLATE:
                pass
    return bool(open_controls)


def _bidi(text: str, manner: Manner) -> Iterator[Sighting]:
    """Lines whose display order is not their reading order: overrides, controls left open, controls around code."""
    position = 0
    while found := _BIDI.search(text, position):
        start, end = line_around(text, found.start())
        last = max(match.end() for match in _BIDI.finditer(text, found.start(), end))
        line, inside = text[start:end], text[found.start() : last]
        names = ", ".join(dict.fromkeys(name_of(character) for character in _BIDI.findall(inside)))
        position = max(end, last)
        unsafe = any(character in line for character in _OVERRIDES) or _unclosed(line)
        if unsafe or (_CODE_MARKS.search(inside) and manner.code):
            said = f"{names} in {around(text, found.start(), last)}"
            sure = Confidence.HIGH if unsafe else Confidence.MEDIUM
            yield Sighting(Hidden.BIDI, found.start(), last, said, sure, _BIDI.sub("", inside))


def _needed(text: str, run: re.Match[str]) -> bool:
    """Whether invisible characters stand where writing needs them."""
    before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
    characters = set(run[0])
    if characters <= set(_MARKS):
        start, end = line_around(text, run.start())
        return bool(_RIGHT_TO_LEFT.search(text, start, end))
    if len(run[0]) == 1 and run[0] in "\u200c\u200d":
        joins = _JOINING.match(before) or _JOINING.match(after)
        return bool(joins or (_PICTURE.match(before) and _PICTURE.match(after)))
    if len(run[0]) == 1 and run[0] in "\u200b\u2060\ufeff":  # Scripts without blanks say so where a line may break.
        return bool(_UNSPACED.match(before) and _UNSPACED.match(after))
    if characters == {"\u2800"}:
        return bool(_BRAILLE.match(before) or _BRAILLE.match(after))
    if run[0] in "\u115f\u1160":
        return "\u1100" <= (before or after) <= "\u11ff"
    return "\u180b" <= run[0][0] <= "\u180e" and bool(_IDEOGRAPH.match(before))


def _invisible(text: str, manner: Manner) -> Iterator[Sighting]:
    """Characters without width: they split words that look whole, and long runs of them carry data."""
    for run in _INVISIBLE.finditer(text):
        if run.start() == 0 and run[0] == "\ufeff":
            continue
        hyphens = not manner.code and run[0] == "\u00ad"  # where a word of prose may be divided
        if hyphens or _needed(text, run):
            continue
        before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
        inside = bool(_WORD.match(before) or _WORD.match(after)) and run[0] != "\u00ad"
        carries = len(run[0]) >= 8
        letter = run[0][0] in _LETTERS_UNSEEN and not (before in _QUOTES and after in _QUOTES)
        confidence = Confidence.HIGH if carries or ((inside or letter) and manner.code) else Confidence.LOW
        instead = None if letter and not inside else ""  # A name by itself cannot just be left out.
        yield Sighting(Hidden.INVISIBLE, run.start(), run.end(), _told(text, run), confidence, instead)


def _told(text: str, run: re.Match[str]) -> str:
    """Which invisible characters stand where, and what they say."""
    count = "" if len(run[0]) == 1 else f" and {len(run[0]) - 1} more"
    said = of_blanks(run[0])
    spelled = f"; as bits they say: {said}" if said else ""
    return f"{name_of(run[0][0])}{count} in {around(text, run.start(), run.end())}{spelled}"


def _tags(text: str, _: Manner) -> Iterator[Sighting]:
    """Tag characters outside a flag: invisible letters that a language model reads and a person does not."""
    for run in _TAGS.finditer(text):
        if not (text[run.start() - 1 : run.start()] == "\U0001f3f4" and _REGION.fullmatch(of_tags(run[0][:-1]))):
            yield Sighting(Hidden.TAG, run.start(), run.end(), of_tags(run[0]), Confidence.HIGH, "")


def _selectors(text: str, _: Manner) -> Iterator[Sighting]:
    """Variation selectors that select nothing: two in a row, or behind a character that has no variants."""
    done = 0
    for run in _SELECTORS.finditer(text):
        before = text[max(0, run.start() - 1) : run.start()]
        if run.start() < done:
            continue
        if len(run[0]) > 1:
            kept = "\ufe0f" if run[0][0] == "\ufe0f" and _PICTURE.match(before) else ""
            said = f"{len(run[0])} of them: {of_selectors(run[0])}"
            confidence = Confidence.HIGH if len(run[0]) > 2 else Confidence.MEDIUM
            yield Sighting(Hidden.SELECTOR, run.start(), run.end(), said, confidence, kept)
        elif _idle(before, run[0]) and (sighting := _scattered(text, run.start(), before)):
            done = sighting.end
            yield sighting


def _idle(before: str, selector: str) -> bool:
    """Whether a single selector selects nothing: behind a letter that has no variants, or of a kind that it has not."""
    if selector in "\ufe0e\ufe0f":
        return bool(_WORD.match(before)) and not before.isdigit()
    if selector > "\ufe0f":
        return not _IDEOGRAPH.match(before)
    return bool(_WORD.match(before) and before != "0") or "\U0001f300" <= before <= "\U0001faff"


def _scattered(text: str, index: int, before: str) -> Sighting | None:
    """A selector that selects nothing, with the others of its line: one behind each letter carries data, too."""
    _, end = line_around(text, index)
    others = [one for one in _SELECTORS.finditer(text, index, end) if _idle(text[one.start() - 1], one[0])]
    if len(others) < _SCATTERED or any(len(one[0]) > 1 for one in others):
        if not (before.isalnum() or _PICTURE.match(before)):
            return None  # a range in a table of characters, an accent of somebody's
        shown = written_out(before)
        return Sighting(Hidden.SELECTOR, index, index + 1, f"one behind {shown!r}", Confidence.MEDIUM, "")
    said = of_selectors("".join(one[0] for one in others))
    inside = _SELECTORS.sub("", text[index : others[-1].end()])
    told = f"{len(others)} of them, one behind each letter: {said}"
    return Sighting(Hidden.SELECTOR, index, others[-1].end(), told, Confidence.HIGH, inside)


def _controls(text: str, manner: Manner) -> Iterator[Sighting]:
    """Control characters: terminals obey them, editors hide them."""
    done = 0
    for run in _CONTROL.finditer(text):
        if run.start() < done:
            continue
        sequence = SEQUENCE.match(text, run.end() - 1)
        end = sequence.end() if sequence else run.end()
        done = end
        whole = text[run.end() - 1 : end]
        few = len(set(run[0])) < 3  # More different ones in a row are a table of characters.
        acts = manner.code and few and any(character in ACTING for character in run[0]) and not is_colour(whole)
        does = effect(whole) or effect(run[0])
        shown = ", ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(run[0]))
        said = f"{shown}{f', which {does},' if does else ''} in {around(text, run.start(), end)}"
        confidence = Confidence.MEDIUM if acts else Confidence.LOW
        yield Sighting(Hidden.CONTROL, run.start(), end, said, confidence, "")


_BREAK_NAMES = {
    "\r": "a carriage return alone",
    "\x0b": "U+000B LINE TABULATION",
    "\x0c": "U+000C FORM FEED",
    "\x85": "U+0085 NEXT LINE",
    "\u2028": "U+2028 LINE SEPARATOR",
    "\u2029": "U+2029 PARAGRAPH SEPARATOR",
}


def _breaks(text: str, manner: Manner) -> Iterator[Sighting]:
    """Characters that end a line for some programs and not for others, with text on both sides."""
    returns_alone = "\n" not in text
    for found in _BREAKS.finditer(text):
        start, end = line_around(text, found.start())
        divides = text[start : found.start()].strip() and text[found.end() : end].strip()
        if not divides or (found[0] == "\r" and returns_alone):
            continue
        among = _CONTROL.match(text, found.start() - 1) or _CONTROL.match(text, found.end())  # a table of characters
        hides = manner.code and not among and maybe_comment(text, found.start(), manner)
        confidence = Confidence.HIGH if hides else Confidence.LOW
        said = f"{_BREAK_NAMES[found[0]]} in {around(text, found.start(), found.end())}"
        yield Sighting(Hidden.LINE_BREAK, found.start(), found.end(), said, confidence)


def _encoding(text: str, _: Manner) -> Iterator[Sighting]:
    """Bytes that are not UTF-8 (decoded as lone surrogates): one sighting a file, since such files have many."""
    if found := _ESCAPED.search(text):
        shown = found[0].encode("utf-8", "surrogateescape")[:8].hex(" ")
        yield Sighting(Hidden.ENCODING, found.start(), found.end(), shown, Confidence.LOW)


_DETECTORS = (
    (_bidi, _BIDI),
    (_invisible, _INVISIBLE),
    (_tags, _TAGS),
    (_selectors, _SELECTORS),
    (lookalikes, LOOKALIKE),
    (folded, COMPATIBLE),
    (composed, COMPOSED_MARK),
    (operators, OPERATOR),
    (delimiters, DELIMITER),
    (_controls, _CONTROL),
    (_breaks, re.compile("[\x0b\x0c\x85\u2028\u2029\r]")),
    (_encoding, _ESCAPED),
)
"""Each with what must occur for it to have work."""
# Every byte that ordinary ASCII text has: all but control characters.
_ORDINARY = bytes(byte for byte in range(128) if byte in b"\t\n\r" or (byte >= 0x20 and byte != 0x7F))
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def _different(content: bytes) -> str:
    """Each unusual character of a text once: two fast passes, whatever the detectors are."""
    rest = content.removeprefix(_BYTE_ORDER_MARK).translate(None, _ORDINARY)
    alone = "\r" if content.count(b"\r") != content.count(b"\r\n") else ""
    return "".join(set(rest.decode("utf-8", "surrogateescape"))) + alone


def find_hidden(content: bytes, manner: Manner) -> list[Sighting]:
    """All sightings in a text, ascending, in characters of `decoded`; at most MOST_SIGHTINGS of each detector."""
    different = _different(content)
    chosen = [detector for detector, needs in _DETECTORS if different and needs.search(different)]
    if not chosen:
        return []
    text = decoded(content)
    found = [one for detector in chosen for one in itertools.islice(detector(text, manner), MOST_SIGHTINGS)]
    weighed = [_weighed(text, one) for one in found] if _ESCAPED.search(different) else found
    return sorted(weighed, key=lambda sighting: (sighting.start, sighting.end))


_BY_CHANCE = frozenset({Hidden.INVISIBLE, Hidden.LOOKALIKE, Hidden.CONTROL, Hidden.SELECTOR, Hidden.LINE_BREAK})
"""What the bytes of another encoding may look like by chance. Bidirectional controls and tags are three or four bytes."""


def _weighed(text: str, sighting: Sighting) -> Sighting:
    """What stands among bytes of another encoding is a hint only."""
    if sighting.kind in _BY_CHANCE and other_encoding(text, sighting.start):
        return replace(sighting, confidence=Confidence.LOW)
    return sighting
