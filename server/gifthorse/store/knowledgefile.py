"""One file under queries/knowledge/ -> the Knowledge of one library. The format is described in docs/knowledge.md.

It reads text, never the disk: catalogue.py finds the files. What the labels do is the engine's business.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from gifthorse.model.finding import Confidence
from gifthorse.model.knowledge import (
    EVERYTHING,
    PARAMETER,
    QUOTED,
    SINK_LABELS,
    SOURCE_LABELS,
    Alias,
    Handler,
    Knowledge,
    Propagator,
    Sanitizer,
    Sink,
    Source,
)
from gifthorse.store.predicates import names, predicates
from gifthorse.store.table import Problem, Table, opened

FORMAT = 1
LABEL = "label:"
"""In front of a label in the `parameters` of a handler."""
_CONFIDENCES = tuple(map(str, Confidence))
_GIVEN_LABELS = tuple(label for label in SOURCE_LABELS if label != PARAMETER)
_Entry = TypeVar("_Entry")


def _label(table: Table, key: str, known: Sequence[str]) -> str:
    label = table.needed(key)
    if label and label not in known:
        table.problem(key, f"The label {label!r} is not known.", f"Use one of: {', '.join(known)}.")
    return label


def _ways(table: Table, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The name patterns of several keys, of which at least one must say something."""
    found = {key: names(table, key) for key in keys}
    if not any(found.values()):
        table.notes.add(table.path, "The entry names nothing.", f"Add one of: {', '.join(keys)}.")
    return found


def _source(table: Table) -> Source:
    label, found = _label(table, "label", _GIVEN_LABELS), _ways(table, ("read", "call"))
    source = Source(label, found["read"], found["call"], table.text("to"), predicates(table.table("where")))
    if source.to and not source.call:
        table.problem("to", "`to` says what a call writes, and there is no `call`.", "Add call = [...], or drop `to`.")
    return source


def _handler(table: Table) -> Handler:
    functions = ("given_to", "annotated", "overrides", "named")
    single = ("parameter_annotated", "parameter_typed")
    found = _ways(table, (*functions, *single))
    handler = Handler(
        given_to=found["given_to"],
        annotated=found["annotated"],
        overrides=found["overrides"],
        named=found["named"],
        parameters=table.table("parameters").strings(),
        parameter_annotated=found["parameter_annotated"],
        parameter_typed=found["parameter_typed"],
        label=_label(table, "label", _GIVEN_LABELS) if any(found[key] for key in single) else "",
    )
    table.taken.add("label")
    if any(found[key] for key in functions) and not handler.parameters:
        table.problem(functions[0], "The handler does not say what arrives.", 'Add parameters = { "0" = "..." }.')
    for arriving in handler.parameters.values():
        if arriving.startswith(LABEL) and arriving.removeprefix(LABEL) not in _GIVEN_LABELS:
            table.problem("parameters", f"{arriving!r} is no known label.", f"Known: {', '.join(_GIVEN_LABELS)}.")
    return handler


def _sink(table: Table) -> Sink:
    confidence = table.one_of("confidence", _CONFIDENCES)
    ways = ("call", "assign", "returned_by")
    found = _ways(table, ways)
    return Sink(
        label=_label(table, "label", SINK_LABELS),
        call=found["call"],
        assign=found["assign"],
        returned_by=found["returned_by"],
        argument=table.text("argument", "*"),
        where=predicates(table.table("where")),
        unless=predicates(table.table("unless")),
        confidence=Confidence(confidence) if confidence else None,
        written=sum(len(table.words(key)) for key in ways),
    )


def _sanitizer(table: Table) -> Sanitizer:
    found = _ways(table, ("call", "read", "check", "part"))
    clears = table.words("clears")
    for label in clears:
        if label not in SINK_LABELS and label not in {EVERYTHING, QUOTED}:
            known = ", ".join([EVERYTHING, QUOTED, *SINK_LABELS])
            table.problem("clears", f"The label {label!r} is not known.", f"Use some of: {known}.")
    if not clears:
        table.problem("clears", "`clears` is missing or empty.", 'Name sinks, as in clears = ["html"], or ["*"].')
    for key in ("argument", "holds"):
        if table.has(key) and not found["check"]:
            table.problem(key, f"`{key}` belongs to a `check`.", f"Add check = [...], or drop `{key}`.")
    holds = table.flag("holds") if table.has("holds") else True
    argument = table.text("argument", "0")
    return Sanitizer(
        clears, found["call"], found["read"], found["check"], found["part"], argument, holds, _conditions(table, found)
    )


def _conditions(table: Table, found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    if table.has("where") and not (found["call"] or found["check"]):
        table.problem("where", "`where` speaks of the arguments of a call.", "Add call or check, or drop `where`.")
    return predicates(table.table("where"))


def _propagator(table: Table) -> Propagator:
    for key in ("from", "to"):
        if not table.has(key):
            table.problem("call", f"`{key}` is missing.", f'Add {key} = ["0"], or [] for nothing.')
    return Propagator(_ways(table, ("call",))["call"], table.words("from"), table.words("to"))


def _alias(table: Table) -> Alias:
    return Alias(table.needed("name"), table.needed("is"))


def _entries(table: Table, key: str, read: Callable[[Table], _Entry]) -> tuple[_Entry, ...]:
    found = []
    for entry in table.tables(key):
        found.append(read(entry))
        entry.close()
    return tuple(found)


def read_knowledge(
    file: str, text: str, language: str, languages: frozenset[str]
) -> tuple[Knowledge | None, list[Problem]]:
    """The Knowledge in a file's `text`, or None, and the problems found. It is of use only without problems.

    `file` is the name that problems carry, `language` the folder's name, `languages` the names of all languages.
    """
    table, problems = opened(file, text, FORMAT)
    if table is None:
        return None, problems
    if language not in languages:
        known = ", ".join(sorted(languages))
        table.problem("library", f"The folder {language!r} is no language.", f"Move the file; known: {known}.")
    found = Knowledge(
        language=language,
        library=table.needed("library"),
        references=table.words("references"),
        sources=_entries(table, "source", _source),
        handlers=_entries(table, "handler", _handler),
        sinks=_entries(table, "sink", _sink),
        sanitizers=_entries(table, "sanitizer", _sanitizer),
        propagators=_entries(table, "propagator", _propagator),
        aliases=_entries(table, "alias", _alias),
    )
    table.close()
    return found, problems
