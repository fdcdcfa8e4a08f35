"""A function put around what is written: around a whole argument, or around the parts of a text that are not constant.

What is written as a text with holes, put together by an operator or by a formatting function is taken apart. A part
between quotes that belong to the text is refused: what quotes it would end them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gifthorse.engine.elements import Draft, Refused, Workplace
from gifthorse.engine.evaluate.compiler import word_of
from gifthorse.model.fact import Fact
from gifthorse.model.rule import Language
from gifthorse.model.text import Span

WHOLE, PARTS, INSERTS = "value", "parts", "inserts"
"""All of what arrives; its parts that are not constant; only those that stand beside constant text."""
_TEXTS = frozenset({"str", "text", "word", "strcat", "chars", "escape"})
_CONSTANT = frozenset({"num", "true", "false", "null", "regex"})
_QUOTES = ("'", '"', "`")
_OPENING = re.compile(r"[A-Za-z@$#]*(\"{3,}|'{3}|[\"'`])?")
_HOLE = re.compile(r"%%|%[-+ #0-9.]*[a-zA-Z@]|\{[^{}]*\}")


class Part(NamedTuple):
    """One part of a text as it is written: constant, or the span that says it. `hole`: all of the hole it stands in."""

    constant: str | None
    span: Span
    hole: Span | None = None
    simple: bool = True


def wrap(draft: Draft, kind: str, fact: Fact, base: int, template: str) -> None:
    """Put a template around what an argument says, or around its parts; `base` is where the Fact around it starts."""
    place = draft.place
    span = Span(base + fact.start, base + fact.end)
    if kind == WHOLE:
        _put(draft, Part(None, span), template)
        return
    parts = list(_parts(fact, base, place))
    loose = [number for number, part in enumerate(parts) if part.constant is None]
    if not loose or ((kind == INSERTS or draft.handed_on) and len(loose) == len(parts)):
        raise Refused
    for number in loose:
        if kind == INSERTS and _quoted(parts, number):
            raise Refused
        _put(draft, parts[number], template)


def _put(draft: Draft, part: Part, template: str) -> None:
    place = draft.place
    source = place.source(part.span)
    head = template.partition("{}")[0]
    if head and source.startswith(head):
        return
    if not part.simple and not head.endswith("("):
        source = f"({source})"
    new = template.replace("{}", source)
    if part.hole is None:
        draft.replace(part.span, new)
        return
    if any(quote in new.replace(source, "") for quote in _QUOTES) or "\n" in new:
        raise Refused
    opening, _, closing = place.language.settings.get("hole_written", "").partition(" ")
    if not opening:
        raise Refused
    if place.source(part.hole).startswith(opening) and part.hole.end - part.span.end >= len(closing):
        draft.replace(part.span, new)
    else:
        draft.replace(part.hole, opening + new + closing)


def _quoted(parts: list[Part], number: int) -> bool:
    """Whether the constant text on either side ends, or begins, with a quote."""
    before = parts[number - 1].constant if number else None
    after = parts[number + 1].constant if number + 1 < len(parts) else None
    return bool(before and before.rstrip("\\").endswith(_QUOTES)) or bool(
        after and after.lstrip("\\").startswith(_QUOTES)
    )


def _parts(fact: Fact, base: int, place: Workplace) -> Iterator[Part]:
    """The parts of an expression in their order. `base`: where the Fact around it starts."""
    at = base + fact.start
    op = fact.part("op")
    if fact.role == "wrap":
        inner = fact.part("value") or (fact.kids[-1] if fact.kids else None)
        if inner is None:
            raise Refused
        yield from _parts(inner, at, place)
    elif fact.role == "binop" and op is not None:
        yield from _joined(fact, op.text, at, place)
    elif fact.role in _TEXTS:
        yield from _pieces(fact, at, place)
    elif fact.role in _CONSTANT:
        yield Part("", Span(at, at + fact.end - fact.start))
    elif fact.role == "call" and (given := _formatted(fact, at, place.language)) is not None:
        yield from _filled(given[0], given[1:], place)
    else:
        span = Span(at, at + fact.end - fact.start)
        yield Part(None, span, None, fact.role in {"name", "member", "index", "call", "var", "path", "this", "own"})


def _joined(fact: Fact, op: str, at: int, place: Workplace) -> Iterator[Part]:
    """Two texts side by side, or a template and what fills it."""
    left, right = fact.part("left"), fact.part("right")
    if left is None or right is None:
        raise Refused
    if op in {"+", place.language.settings.get("joins", "+")}:
        yield from _parts(left, at, place)
        yield from _parts(right, at, place)
    elif op == "%" and left.role in _TEXTS:
        values = [(right, at)] if right.role != "list" else [(one, at + right.start) for one in right.kids]
        yield from _filled((left, at), values, place)
    else:
        yield Part(None, Span(at, at + fact.end - fact.start), None, simple=False)


def _formatted(call: Fact, at: int, language: Language) -> list[tuple[Fact, int]] | None:
    """What a formatting function is given, the template first, each with where the Fact around it starts; None where
    it is no such function.
    """
    func, args = call.part("func"), call.part("args")
    if func is None or args is None:
        return None
    name = word_of(func.part("prop") or func)
    meanings = (meaning for key, meaning in language.intrinsics.items() if key.rpartition(".")[2] == name)
    if not any(meaning.startswith("format") for meaning in meanings):
        return None
    host = func.part("object")
    given = [(kid, at + args.start) for kid in args.kids]
    if host is not None and host.role in _TEXTS:
        given.insert(0, (host, at + func.start))
    return given if given and given[0][0].role in _TEXTS else None


def _filled(template: tuple[Fact, int], values: list[tuple[Fact, int]], place: Workplace) -> Iterator[Part]:
    """A template and what fills it, in its order. Refused where its holes are not the values one by one."""
    fact, base = template
    start = base + fact.start
    text = place.source(Span(start, base + fact.end))
    holes = list(_HOLE.finditer(text))
    if len(holes) != len(values) or any(hole[0] == "%%" for hole in holes):
        raise Refused
    end = 0
    for hole, (value, at) in zip(holes, values, strict=True):
        constant = text[end : hole.start()]
        yield Part(constant if end else _opened(constant), Span(start, start))
        yield from _parts(value, at, place) if value.role not in {"kwarg", "splat", "kwsplat"} else _refuse()
        end = hole.end()
    yield Part(_closed(text[end:], text), Span(start, start))


def _refuse() -> Iterator[Part]:
    raise Refused


def _pieces(fact: Fact, at: int, place: Workplace) -> Iterator[Part]:
    """A text as it is written, with its holes."""
    end = at + fact.end - fact.start
    if fact.role == "strcat":
        for kid in fact.kids:
            yield from _parts(kid, at, place)
        return
    holes = [kid for kid in fact.kids if kid.role == "interp"]
    last, opened = at, True
    for hole in holes:
        value = hole.part("value") or (hole.kids[0] if len(hole.kids) == 1 else None)
        if value is None or hole.part("format") is not None:
            raise Refused
        constant = place.source(Span(last, at + hole.start))
        yield Part(_opened(constant) if opened else constant, Span(last, at + hole.start))
        inside = Span(at + hole.start + value.start, at + hole.start + value.end)
        yield Part(None, inside, Span(at + hole.start, at + hole.end))
        last, opened = at + hole.end, False
    constant, whole = place.source(Span(last, end)), place.source(Span(at, end))
    constant = _opened(constant) if opened else constant
    yield Part(_closed(constant, whole), Span(last, end))


def _opened(text: str) -> str:
    """What is behind the quotes with which a text begins."""
    found = _OPENING.match(text)
    return text[found.end() :] if found and found[1] else text


def _closed(text: str, whole: str) -> str:
    """What is before the quotes with which a text ends; `whole` says which they are."""
    found = _OPENING.match(whole)
    return text.removesuffix(found[1]) if found and found[1] else text
