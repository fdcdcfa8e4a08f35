"""What a change brings that was not there before: traits that are neither what stood there nor moved along."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from gifthorse.change.compare import Change
from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Span

ALIKE = 0.6
"""From which likeness on (0 to 1) two lines are the same one, edited."""


def fresh(change: Change, before: Iterable[Trait], after: Iterable[Trait]) -> Iterator[Trait]:
    """Those of `after` that the change brought, without those that one of `before` became: the same words on the same
    line, wherever it went, or on a line in the same place or much like it.
    """
    old = [(trait, hunk) for trait in before if (hunk := change.takes(trait.span))]
    new = [trait for trait in after if change.brings(trait.span)]
    lines = Counter((trait.kind, trait.words, whole_line(change.before, trait.span)) for trait, _ in old)
    left: list[Trait] = []
    for trait in new:
        key = (trait.kind, trait.words, whole_line(change.after, trait.span))
        if lines[key] > 0:
            lines[key] -= 1
        else:
            left.append(trait)
    rest = [(trait, hunk) for trait, hunk in old if _take(lines, trait, change.before)]
    for trait in left:
        place = next((n for n, (one, hunk) in enumerate(rest) if _became(one, hunk.new, trait, change)), None)
        if place is None:
            yield trait
        else:
            del rest[place]


def whole_line(side: Side, span: Span) -> str:
    """The line on which a span begins, and the line below it where nothing but the span stands there."""
    content = side.content
    start = content.rfind(b"\n", 0, span.start) + 1
    end = content.find(b"\n", span.end)
    line = content[start : end if end >= 0 else len(content)].strip()
    if end >= 0 and len(line) <= span.end - span.start + 12:
        below = content.find(b"\n", end + 1)
        line += b"\n" + content[end + 1 : below if below >= 0 else len(content)].strip()
    return line.decode("utf-8", "replace")


def no_wider(old: str, new: str) -> bool:
    """Whether words that silence say no more than others did: fewer things named, or some where it was everything."""
    was, now = set(_words(old)), set(_words(new))
    return (now <= was and len(now) > 1) or was == now or (len(was) == 1 and was < now)


def _words(text: str) -> list[str]:
    joined = text.replace("type: ", "type-").replace("type:", "type-")
    return [
        word for word in joined.replace(",", " ").replace(":", " ").replace("[", " ").replace("]", " ").split() if word
    ]


def _take(lines: Counter[tuple[str, str, str]], trait: Trait, side: Side) -> bool:
    key = (trait.kind, trait.words, whole_line(side, trait.span))
    lines[key] -= 1
    return lines[key] >= 0


def _became(old: Trait, place: Span, new: Trait, change: Change) -> bool:
    if old.kind != new.kind or not (old.words == new.words or no_wider(old.words, new.words)):
        return False
    if place.overlaps(new.span) and old.words == new.words:
        return True
    was, now = whole_line(change.before, old.span), whole_line(change.after, new.span)
    return SequenceMatcher(None, was, now, autojunk=False).ratio() >= ALIKE
