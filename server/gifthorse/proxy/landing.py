"""Landings: changes of a document that brought words of an offer to where it was offered, and what they prove. Pure.

A landing by itself is no acceptance: a person may type what is suggested. It is one where the client says so; else
only where nobody can have typed it, no menu of completions brings such text, and it never stood in a document before,
so that it was neither pasted nor brought back.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gifthorse.model.smallest import smallest_edit
from gifthorse.model.text import Span, Text
from gifthorse.provenance.substance import WHITE, pith
from gifthorse.provenance.tokens import TOKEN
from gifthorse.proxy.documents import Step, whole

TYPED_PER_SECOND = 30
"""Characters that nobody types in a second."""
LEAST = 12
"""Bytes that are not white space, and ..."""
LEAST_TOKENS = 3
"""... different words and signs, without which a text proves nothing by itself."""

_INDENT = re.compile(rb"(?m)^[ \t]+")
_MENU = re.compile(rb"[\w$@.:>!?-]*(?:\s*\([^()]*\)|<[^<>]*>|\{[^{}]*\}|\[[^\[\]]*\])?[;,: ]*")
"""One word, perhaps with its arguments: what menus of completions bring."""


@dataclass(frozen=True, slots=True)
class Landing:
    """One change that brought words of an offer.

    `span` is where `old` became `new` in the text before. `head` is all of the offer that stands there since, `full`
    whether that is the whole of it.
    """

    step: Step
    span: Span
    old: bytes
    new: bytes
    head: bytes
    full: bool


def landing_of(words: bytes, place: Span, now: Span, step: Step) -> Landing | None:
    """What a Step brought of an offer's words at `place` of the text before, which is `now` in the text after it."""
    before, after = step.before.slice(place), step.after.slice(now)
    edit = smallest_edit(before, after)
    if edit is None or not edit.new.strip(WHITE):
        return None
    head = after[: edit.span.start + len(edit.new)]
    wanted = pith(words)
    full = pith(after) == wanted
    if not full and (not wanted.startswith(pith(head)) or not pith(head)):
        return None
    old = before[edit.span.start : edit.span.end]
    return Landing(step, edit.span.shifted(place.start), old, edit.new, after if full else head, full)


def is_meant(landing: Landing, head: bytes) -> bool:
    """Whether a landing left exactly `head` of an offer; line ends and indentation are the editor's."""
    return _INDENT.sub(b"", _lines(landing.head)) == _INDENT.sub(b"", _lines(head))


def proves_itself(landing: Landing, texts: Iterable[Text], gone: Iterable[bytes]) -> bool:
    """Whether nothing but an assistant brings such text, if nobody can have typed it.

    `texts` are all open documents before the change, `gone` is what was deleted from any of them.
    """
    return (
        is_unmistakable(landing.new)
        and (landing.full or _is_whole_part(landing))
        and not _stood_before(landing.new.strip(WHITE), texts, gone)
    )


def could_be_typed(landing: Landing, since: float) -> bool:
    """Whether a person can have typed it since the change before it, or since it was offered if that was later."""
    step = landing.step
    seconds = max(0.0, step.time - max(step.since, since))
    return len(landing.new.decode(errors="replace")) <= TYPED_PER_SECOND * seconds


def is_unmistakable(new: bytes) -> bool:
    """Whether a text is neither short nor what a menu of completions brings."""
    varied = len({match[0] for match in TOKEN.finditer(new)})
    return len(pith(new)) >= LEAST and varied >= LEAST_TOKENS and not _MENU.fullmatch(new.strip(WHITE))


def _is_whole_part(landing: Landing) -> bool:
    """Whether a part of an offer ends with a line: words alone come from other places, too."""
    return b"\n" in landing.new.strip(WHITE) or landing.new.endswith((b"\n", b"\r"))


def _stood_before(words: bytes, texts: Iterable[Text], gone: Iterable[bytes]) -> bool:
    plain = _lines(words)
    return any(plain in _lines(whole(text)) for text in texts) or any(plain in _lines(one) for one in gone)


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
