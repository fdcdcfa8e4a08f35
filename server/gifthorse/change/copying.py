"""What a sibling has, for an entry that lacks it: the edits that copy it. Nothing where it is not sure how.

A decorator, annotation or attribute goes to the same place in front; an argument (a middleware, a parameter, a base) to
the same number; a call at the end of a chain to the end; a statement to the beginning of the body.
"""

import re

from gifthorse.change.entries import Entry
from gifthorse.change.imported import imported
from gifthorse.change.placing import argument
from gifthorse.change.traits import Side, Trait
from gifthorse.model.text import Edit, Span

LONGEST = 600
_FRONT = re.compile(r"\s*(@|#\[|\[)")
_OPENS = re.compile(
    r"(\{(\s*\|[^|]*\||[^{}\n]*\bin)?|:|=>\s*\{|\bdo(\s*\|[^|]*\|)?|^\s*(def|class|module)\s[^\n:{]*)\s*$"
)
_LISTED = re.compile(r"\b(only|except)\b")
_WORD = re.compile(r"[A-Za-z_]\w*")
_PREFIX = re.compile(r"(\$?\w+(?:\.|::|->))(\w+\((?:[^()]|\([^()]*\))*\)(?:\.|->))\w+\(")
_GUARD = re.compile(r"\s*(if|unless|guard)\b.*([{:]|\bthen)?\s*$")
_FREES = re.compile(r"(?i)\s*defer\b.*(unlock|rollback|release)")
_HOLDS = re.compile(r"(?i)mutex_lock|mtx_lock|\.acquire\(|\.lock\(\)")
_ASSIGNED = re.compile(r"\s*(?:let|var|const|val)?\s*([\w, ]+?)\s*(?::\s*\w+\s*)?:?=[^=]")


def copied(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """The edits that give the entry in `side` what the sibling in `other` has."""
    edits = _copied(entry, sibling, model, side, other)
    if side is other or not edits:
        return edits
    return imported(edits, side, other)


def _copied(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    text = other.content[model.span.start : model.span.end]
    if len(text) > LONGEST or entry.kind in ("query", "migration"):
        return ()
    lines = _lines(other.content, model.span)
    whole = other.content[lines.start : lines.end].strip() == text.strip().rstrip(b";")
    if _FRONT.match(text.decode("utf-8", "replace")):
        return _in_front(entry, sibling, model, side, other) if whole else _before_same(entry, model, side, other)
    if _LISTED.search(text.decode("utf-8", "replace")):
        return _listed(entry, model, side) if side is other else ()
    if not sibling.span.contains(model.span):
        return ()
    return (
        _prefixed(entry, sibling, model)
        or _chained(entry, sibling, model, other)
        or _instead(entry, model, side, other)
        or argument(entry, sibling, model, side, other)
        or _statement(entry, sibling, model, side, other)
    )


def _listed(entry: Entry, model: Trait, side: Side) -> tuple[Edit, ...]:
    """The entry's name, where a control says for which entries it is: in `only`, or no more in `except`."""
    text, name = side.source(model.span), entry.name.rpartition(".")[2]
    found = re.search(r"\bonly\b[^\[\]]*\[[^\[\]]*(?=\])", text)
    if found is None:
        return ()
    sign = ":" if re.search(r":\w+\s*$", found[0]) else ""
    quote = "'" if found[0].rstrip().endswith("'") else '"' if found[0].rstrip().endswith('"') else ""
    at = model.span.start + len(text[: found.end()].rstrip().encode())
    return (Edit(Span(at, at), f", {sign}{quote}{name}{quote}".encode()),) if sign or quote else ()


def _lines(content: bytes, span: Span) -> Span:
    """The whole lines of a span."""
    end = content.find(b"\n", max(span.end - 1, span.start))
    return Span(content.rfind(b"\n", 0, span.start) + 1, len(content) if end < 0 else end + 1)


def _newline(content: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in content else b"\n"


def _indent(line: bytes) -> bytes:
    return line[: len(line) - len(line.lstrip(b" \t"))]


def _in_front(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """A decorator on a line of its own: above what is below it there, if this has that, too; else below its first."""
    first = _lines(side.content, Span(entry.span.start, entry.span.start))
    indent = _indent(side.content[first.start : first.end])
    text = other.content[model.span.start : model.span.end]
    above = other.content[sibling.span.start : model.span.start].strip()
    has_front = _FRONT.match(side.content[first.start : first.end].decode("utf-8", "replace"))
    at = first.end if above and has_front else first.start
    return (Edit(Span(at, at), indent + text + _newline(side.content)),)


def _before_same(entry: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """An annotation in front of another one that the entry has, too, on the same line: `@Valid @RequestBody`."""
    found = re.match(rb"[ \t]+@\w+", other.content[model.span.end : model.span.end + 80])
    mine = side.content[entry.span.start : entry.span.end]
    if found is None or len(re.findall(re.escape(found[0].strip()) + rb"\b", mine)) != 1:
        return ()
    at = entry.span.start + mine.index(found[0].strip())
    return (Edit(Span(at, at), other.content[model.span.start : model.span.end] + b" "),)


def _instead(entry: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """What a chain begins with, in place of what this one begins with: `protectedProcedure` for `publicProcedure`."""
    text = other.source(model.span)
    last = re.search(r"[A-Z][a-z]+$", text)
    if last is None or not _WORD.fullmatch(text) or other.content[model.span.end : model.span.end + 1] != b".":
        return ()
    found = re.findall(rf"\b\w*{last[0]}\b(?=\.)", entry.text)
    if len(found) != 1:
        return ()
    at = side.content.index(found[0].encode(), entry.span.start)
    return (Edit(Span(at, at + len(found[0].encode())), text.encode()),)


def _chained(entry: Entry, sibling: Entry, model: Trait, other: Side) -> tuple[Edit, ...]:
    """A call at the end of a chain: `.RequireAuthorization()`, `->middleware('auth')`, `.layer(auth)`."""
    found = re.search(r"\)\s*((?:\.|->)\w+)\s*$", other.source(Span(sibling.span.start, model.span.start)))
    if other.source(model.span).startswith(sibling.text[:8]) and model.span.start == sibling.span.start:
        chain = last_call(other.source(model.span))
    elif (
        found is None
        and other.content[model.span.end : model.span.end + 1] == b")"
        and (found := re.search(r"\)\s*((?:\.|->)\w+\()$", _before(sibling, model, other)))
    ):
        chain = found[1] + other.source(model.span) + ")"
    else:
        return ()
    if not chain:
        return ()
    inner = entry.text.startswith("(")
    at = entry.span.end - 1 if inner else entry.span.end
    return (Edit(Span(at, at), chain.encode()),)


def _before(sibling: Entry, model: Trait, other: Side) -> str:
    return other.source(Span(sibling.span.start, model.span.start))


def _prefixed(entry: Entry, sibling: Entry, model: Trait) -> tuple[Edit, ...]:
    """A call at the beginning of a chain: `r.With(auth).Get(...)`, `Route::middleware('auth')->get(...)`."""
    found = _PREFIX.match(sibling.text)
    if found is None or not entry.text.startswith(found[1]) or _PREFIX.match(entry.text):
        return ()
    if model.span.end > sibling.span.start + len(sibling.text[: found.end(2)].encode()):
        return ()
    at = entry.span.start + len(found[1].encode())
    return (Edit(Span(at, at), found[2].encode()),)


def last_call(text: str) -> str:
    """The last call of a chain, with what joins it to the rest."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in ")]}") - (text[at] in "([{")
        if depth == 0 and (text.startswith("->", at) or text[at] == ".") and at > 0:
            return text[at:]
    return ""


def _names(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _statement(entry: Entry, sibling: Entry, model: Trait, side: Side, other: Side) -> tuple[Edit, ...]:
    """The sibling's first statement as the first one here, where all that it names of its parameters is here, too."""
    body = _body(sibling, other.content)
    mine = _body(entry, side.content)
    lines = _lines(other.content, model.span)
    if body is None or mine is None or body > lines.start:
        return ()
    if other.content[body : lines.start].strip() and entry.kind != "view-class":
        return ()
    text = _with_guard(other.content, lines, sibling)
    if text is None or _defines(text, side.content[mine : entry.span.end]):
        return ()
    parameters = _names(other.content[sibling.span.start : body].decode("utf-8", "replace").split("\n")[-2])
    here = _names(side.content[entry.span.start : mine].decode("utf-8", "replace"))
    if not (parameters & _names(text.decode("utf-8", "replace"))) - {sibling.name} <= here:
        return ()
    line = _lines(side.content, Span(mine, mine))
    old, new = _indent(text), _indent(side.content[line.start : line.end])
    if re.match(rb"\s*(?!if\b)[\w, ]+:=", text):
        text = _without_unused(text, side.content[mine : entry.span.end])
    moved = b"".join(
        new + one[len(old) :] if one.startswith(old) and one.strip() else one for one in text.splitlines(keepends=True)
    )
    return (Edit(Span(mine, mine), moved),)


def _defines(text: bytes, body: bytes) -> bool:
    """Whether a body has an assignment to the same name as the text already."""
    found = re.match(rb"\s*(?:let|var|const|val)?\s*(\w+)\b[^=(\n]*:?=[^=]", text)
    return bool(
        found and re.search(rb"(?m)^\s*(?:let |var |const |val )?" + re.escape(found[1]) + rb"\b[^=(\n]*:?=[^=]", body)
    )


def _without_unused(text: bytes, body: bytes) -> bytes:
    """The text with nothing defined that nobody uses, which Go forbids."""
    left, _, right = text.partition(b":=")
    names = [one.strip() for one in left.split(b",")]
    kept = [one if re.search(rb"\b" + re.escape(one) + rb"\b", right + body) else b"_" for one in names]
    if kept == names:
        return text
    indent = left[: len(left) - len(left.lstrip())]
    return indent + b", ".join(kept) + (b" :=" if any(one != b"_" for one in kept) else b" =") + right


def _body(entry: Entry, content: bytes) -> int | None:
    """Where the first line of the body begins; None where the body stands on the line of the head."""
    at, depth = entry.span.start, 0
    while at < entry.span.end:
        end = content.find(b"\n", at)
        if end < 0 or end >= entry.span.end:
            return None
        line = content[at:end].decode("utf-8", "replace").rstrip()
        depth += line.count("(") - line.count(")")
        front = _FRONT.match(line) is not None
        if not front and (_OPENS.search(line)) and (depth <= 0 or entry.kind == "route"):
            return end + 1
        at = end + 1
    return None


def _with_guard(content: bytes, lines: Span, sibling: Entry) -> bytes | None:
    """The lines of a control, with those that belong to it: what it says when it fails, and what frees it again."""
    text = content[lines.start : lines.end].decode("utf-8", "replace")
    first = text.partition("\n")[0].strip()
    end = _block_end(content, lines, sibling.span.end) if _GUARD.match(first) else lines.end
    following = _lines(content, Span(end, end))
    after = content[following.start : following.end].decode("utf-8", "replace")
    assigned = _ASSIGNED.match(text)
    names = _names(assigned[1]) if assigned and not _GUARD.match(first) else set[str]()
    if _FREES.match(after) or (_GUARD.match(after) and names & _names(after)):
        end = _block_end(content, following, sibling.span.end)
    elif _HOLDS.search(text) and not text.lstrip().startswith(("let ", "auto ")):
        return None
    whole = content[lines.start : end]
    if first.startswith(("return", "with ")) or (b"{" in whole and not _GUARD.match(first) and end == lines.end):
        return None
    return whole if end <= _lines(content, sibling.span).end else None


def _block_end(content: bytes, lines: Span, limit: int) -> int:
    """Where the block ends that the last of these lines opens; the end of the lines if it opens none."""
    last = content[: lines.end].rstrip().rpartition(b"\n")[2].rstrip()
    indent, end = len(last) - len(last.lstrip()), lines.end
    if not last.endswith((b"{", b":", b"then")) and not last.lstrip().startswith(b"unless "):
        return end
    while end < limit:
        line = _lines(content, Span(end, end))
        text = content[line.start : line.end]
        inner = len(text) - len(text.lstrip()) > indent or not text.strip()
        if not inner and text.lstrip()[:1] != b"}" and text.strip() != b"end":
            return end
        end = line.end
        if not inner:
            return end
    return end
