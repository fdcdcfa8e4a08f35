"""FixSpec -> Fix: edits made on roles (arguments, keywords, the callee), so that one implementation serves every language.

A Fix is refused (None) where what it would change is not written in the very call: a splat, reflection, an object
made elsewhere; and where another name for the callee would need an import that the rule does not name. How a
language writes keywords and imports is in its settings.
"""

import re
from collections.abc import Iterator, Sequence

from gifthorse.engine.bringing import bring
from gifthorse.engine.elements import (
    Draft,
    Elements,
    Refused,
    Workplace,
    delete,
    elements_of,
    first_written,
    no_comment_lost,
    replaceable,
    set_value,
    span_of,
)
from gifthorse.engine.evaluate.program import AssignShape, CallShape
from gifthorse.engine.wrapping import INSERTS, PARTS, WHOLE, wrap
from gifthorse.model.finding import Fix
from gifthorse.model.fixspec import FixSpec
from gifthorse.model.text import Edit, Span

__all__ = ["Workplace", "fix_of"]

_KINDS = frozenset({WHOLE, PARTS, INSERTS})
_GOES_ON = (b")", b"else", b"do", b"=", b"(", b",", b">", b"&", b"|", b"?")
"""What a line ends with whose statement the next one belongs to."""
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def _rename(draft: Draft, spec: FixSpec, shape: CallShape, start: int, name: str) -> None:
    """Another callee: only the last word where the rest stays; the whole dotted name where imports bring it."""
    func, method = shape.fact.part("func"), shape.fact.part("method")
    head, _, tail = spec.callee.rpartition(".")
    same = not head or head == name.rpartition(".")[0]
    if method is not None and same:
        draft.replace(span_of(method, start), tail)
        return
    if func is None:
        raise Refused
    prop = func.part("prop") if func.role == "member" else None
    if prop is not None and same:
        draft.replace(span_of(prop, start + func.start), tail)
    elif spec.imports or (func.role == "name" and not head and "." not in name):
        draft.replace(span_of(func, start), spec.callee)
    else:
        raise Refused


def _sources(elements: Elements, place: Workplace) -> dict[str, str]:
    return {key: place.source(entry.value) for entry in elements.entries for key in entry.keys}


def _replaced(template: str, sources: dict[str, str]) -> str:
    def fill(found: re.Match[str]) -> str:
        if found.group(1) not in sources:
            raise Refused
        return sources[found.group(1)]

    return _PLACEHOLDER.sub(fill, template)


def _is_statement(span: Span, place: Workplace) -> bool:
    """Whether a call is all of its statement, on lines of its own, and not the only one of a branch."""
    content = place.content
    line = content.rfind(b"\n", 0, span.start) + 1
    before, behind = content[max(0, line - 200) : line].rstrip(), content[span.end : span.end + 200].lstrip(b" \t")
    ended = behind[:1] in {b"", b"\r", b"\n", b";", b"}"} and not behind[1:].lstrip().startswith(b"else")
    return not content[line : span.start].strip() and not before.endswith(_GOES_ON) and ended


def _on_call(draft: Draft, spec: FixSpec, shape: CallShape, start: int, names: tuple[str, str]) -> None:
    name, argument = names
    elements = elements_of(shape, start, draft.place)
    if spec.replace:
        no_comment_lost(elements, draft.place)
        whole = Span(start, start + shape.fact.end - shape.fact.start)
        if spec.statement and not _is_statement(whole, draft.place):
            raise Refused
        draft.replace(whole, _replaced(spec.replace, _sources(elements, draft.place)))
        return
    for path in spec.delete:
        inner, entry, _ = first_written(elements, path, draft.place)
        if entry is None:
            raise Refused
        delete(draft, inner, entry)
    for path, text in spec.set.items():
        set_value(draft, elements, argument if argument and path == WHOLE else path, text)
    for key, template in spec.wrap.items():
        kind, _, path = (key, "", argument) if argument and key in _KINDS else key.rpartition(" ")
        _, entry, _ = first_written(elements, path, draft.place)
        if entry is None:
            raise Refused
        fact = entry.fact.part("value") if entry.fact.role == "kwarg" else entry.fact
        if fact is None:
            raise Refused
        wrap(draft, kind if kind in _KINDS else WHOLE, fact, entry.value.start - fact.start, template)
    if spec.callee:
        _rename(draft, spec, shape, start, name)


def _on_assignment(draft: Draft, spec: FixSpec, shape: AssignShape, start: int) -> None:
    value, target = shape.fact.part("value"), shape.fact.part("target") or shape.fact.part("key")
    if value is None or target is None or target.role in {"list", "dict"} or spec.delete or spec.callee:
        raise Refused
    span = span_of(value, start)
    for path, text in spec.set.items():
        if path != "value":
            raise Refused
        replaceable(span, draft.place)
        draft.replace(span, text)
    for path, template in spec.wrap.items():
        wrap(draft, path if path in _KINDS else WHOLE, value, start, template)


def _ordered(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Ascending, and refused where two would touch the same bytes."""
    end = -1
    for edit in sorted(edits):
        if edit.span.start < end:
            raise Refused
        end = max(edit.span.end, edit.span.start)
        yield edit


def fix_of(  # noqa: PLR0913, PLR0917  what is called, where, and what arrives there
    spec: FixSpec,
    shape: CallShape | AssignShape,
    start: int,
    name: str,
    place: Workplace,
    argument: str = "",
    handed_on: bool = False,
) -> Fix | None:
    """The Fix for a call or an assignment that starts at byte `start`; `name` is the resolved name of what is called,
    `argument` the path of what arrives there where the FixSpec does not name it, `handed_on` whether that came through
    a call.

    None where it cannot be made safely.
    """
    draft = Draft(place, handed_on=handed_on)
    try:
        if isinstance(shape, CallShape):
            _on_call(draft, spec, shape, start, (name, argument))
        else:
            _on_assignment(draft, spec, shape, start)
        for module in spec.imports:
            bring(draft, module)
        edits = tuple(_ordered(draft.edits))
    except Refused:
        return None
    return Fix(spec.title, spec.kind, edits) if edits else None
