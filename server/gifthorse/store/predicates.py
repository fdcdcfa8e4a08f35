"""Names, predicates and regular expressions as the data files write them: what is wrong with them, and what they mean.

Rules and knowledge share them; docs/rules.md describes them. Which keys hold them is said in rulefile.py and
knowledgefile.py.
"""

import re

from gifthorse.model.knowledge import SOURCE_LABELS
from gifthorse.store.table import Table

try:
    import re2
except ImportError:  # While the package is being built only msgspec is there; a test compiles every pattern.
    re2 = None

MOST_NAMES = 2000
"""That one pattern may stand for: a rule that needs more is several."""

_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")
_CHOICE = re.compile(r"\{[^{}]*,[^{}]*\}")
"""Alternatives in a predicate, where braces without a comma mean themselves."""
_OF_NAMES = ("is:", "has:", "made-of:", "called:", "gives:")
BARE = frozenset(
    {
        "falsy",
        "truthy",
        "missing",
        "present",
        "built",
        "literal",
        "constant",
        "tainted",
        "narrow",
        "anchored",
        "number",
        "released",
        "sized",
        "unchecked",
        "array",
        "untested",
    }
)
WITH_VALUE = (
    "is:",
    "has:",
    "made-of:",
    "lt:",
    "gt:",
    "re:",
    "says:",
    "tainted:",
    "called:",
    "defines:",
    "gives:",
    "narrow:",
    "anchored:",
    "longer:",
    "beyond:",
    "of:",
    "same-as:",
    "released:",
    "marked:",
)


def expand(pattern: str) -> tuple[str, ...]:
    """All names that a pattern with `{a,b}` alternatives, also nested ones, stands for.

    Raises ValueError for a brace without its fellow and for more than MOST_NAMES names.
    """
    names = [pattern]
    while any(_ALTERNATIVES.search(name) for name in names):
        names = [one for name in names for one in _expand_first(name)]
        if len(names) > MOST_NAMES:
            raise ValueError(pattern)
    if any("{" in name or "}" in name for name in names):
        raise ValueError(pattern)
    return tuple(dict.fromkeys(names))


def _expand_first(name: str) -> list[str]:
    """The name with its first innermost alternatives written out."""
    found = _ALTERNATIVES.search(name)
    if not found:
        return [name]
    return [name[: found.start()] + choice + name[found.end() :] for choice in found[1].split(",")]


def regular_expression_problem(pattern: str) -> str:
    """Why RE2 cannot compile the pattern, or an empty string."""
    if re2 is None:
        return ""
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    return ""


def check_expression(table: Table, key: str, pattern: str) -> None:
    """Note it at `key` where RE2 cannot compile the pattern."""
    if why := regular_expression_problem(pattern):
        table.problem(
            key, f"RE2 does not take `{pattern}`: {why}.", "Use RE2 syntax (no look-around, no backreference)."
        )


def _check_predicate(table: Table, key: str, predicate: str) -> None:
    plain = predicate.removeprefix("not:")
    if plain in BARE:
        return
    kind = next((start for start in WITH_VALUE if plain.startswith(start)), "")
    value = plain.removeprefix(kind)
    if not kind:
        known = ", ".join([*sorted(BARE), *(start + "..." for start in WITH_VALUE)])
        table.problem(
            key, f"The predicate `{predicate}` is not known.", f"Use one of: {known}, or not: and one of them."
        )
    elif kind in ("re:", "says:"):
        check_expression(table, key, value)
    elif kind == "tainted:" and value not in SOURCE_LABELS:
        table.problem(key, f"The label {value!r} is not known.", f"Use one of: {', '.join(SOURCE_LABELS)}.")
    elif kind in ("lt:", "gt:"):
        try:
            float(value)
        except ValueError:
            table.problem(key, f"`{predicate}` needs a number.", "Write for example lt:2048.")


def _written_out(table: Table, key: str, predicate: str) -> tuple[str, ...]:
    """A predicate about names with its `{a,b}` alternatives written out, any of which may hold."""
    plain = predicate.removeprefix("not:")
    if not plain.startswith(_OF_NAMES) or not _CHOICE.search(plain):
        return (predicate,)
    try:
        found = expand(plain)
    except ValueError:
        table.problem(key, f"The braces of `{predicate}` do not fit.", "Write alternatives as {a,b}.")
        return (predicate,)
    if plain != predicate:
        table.problem(
            key, f"`{predicate}` has alternatives, which `not:` cannot have.", "Put them into `unless` without `not:`."
        )
    return found


def predicates(table: Table) -> dict[str, tuple[str, ...]]:
    """All keys of a table of predicates, alternatives written out; every predicate must be known."""
    found = table.word_lists()
    for key, words in found.items():
        for word in words:
            _check_predicate(table, key, word)
    return {key: tuple(one for word in words for one in _written_out(table, key, word)) for key, words in found.items()}


def names(table: Table, key: str) -> tuple[str, ...]:
    """The name patterns at a key, with their alternatives written out."""
    found: list[str] = []
    for pattern in table.words(key):
        try:
            found.extend(expand(pattern))
        except ValueError:
            table.problem(
                key,
                f"The braces of `{pattern}` do not fit.",
                f"Write alternatives as {{a,b}}, at most {MOST_NAMES} in all.",
            )
    return tuple(dict.fromkeys(found))
