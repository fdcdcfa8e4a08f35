"""The `fix` tables of rule files -> FixSpecs, with everything that is wrong in them. The format: docs/rules.md."""

import re
from collections.abc import Iterable

from gifthorse.model.finding import FixKind
from gifthorse.model.fixspec import FixSpec
from gifthorse.store.predicates import names
from gifthorse.store.table import Table

WRAPPED = ("value", "parts", "inserts")
"""What a fix of a flow may wrap: all of what arrives, its parts that are not constant, those beside constant text."""
FIX_KINDS = tuple(map(str, FixKind))
_IMPORT = re.compile(r'[^\s:"]\S*?(:\w+|:{0}( as \w+))?|"[^"]+"')


def _fix(table: Table) -> FixSpec | None:
    if not table.values:
        return None
    spec = FixSpec(
        title=table.needed("title"),
        kind=FixKind(table.one_of("kind", FIX_KINDS, "scaffold")),
        delete=table.words("delete"),
        set=table.table("set").strings(),
        callee=table.text("callee"),
        wrap=table.table("wrap").strings(),
        replace=table.text("replace"),
        imports=table.words("imports"),
        only=names(table, "only"),
        statement=table.flag("statement"),
    )
    if not table.has("kind"):
        table.problem("kind", "The fix does not say its `kind`.", f"Add kind = one of: {', '.join(FIX_KINDS)}.")
    if not (spec.delete or spec.set or spec.callee or spec.wrap or spec.replace):
        table.problem("title", "The fix changes nothing.", "Add delete, set, callee, wrap or replace.")
    for key, template in spec.wrap.items():
        if "{}" not in template:
            table.problem("wrap", f"wrap.{key} has no {{}}.", "Write {} where the present source goes.")
    _check_imports(table, spec.imports)
    table.close()
    return spec


def _check_imports(table: Table, wanted: Iterable[str]) -> None:
    for one in wanted:
        if not _IMPORT.fullmatch(one):
            remedy = "Write a module, or module:name, or module as alias."
            table.problem("imports", f"{one!r} is no import.", remedy)


def fix_of_match(table: Table) -> FixSpec | None:
    """The fix of a match, or None."""
    spec = _fix(table)
    if spec is not None and spec.only:
        table.problem("only", "A match says itself what is called.", "Remove `only`, or make two matches of it.")
    return spec


def fixes_of_flow(table: Table) -> tuple[FixSpec, ...]:
    """One fix, or several of which each is meant for some sinks only."""
    written = table.tables("fix") if isinstance(table.values.get("fix"), list) else (table.table("fix"),)
    specs = tuple(spec for one in written if (spec := _fix(one)) is not None)
    for key in sorted({key for spec in specs for key in spec.wrap} - set(WRAPPED)):
        remedy = f"Write one of: {', '.join(WRAPPED)}; the argument is the sink's."
        table.problem("fix", f"A fix of a flow cannot wrap {key!r}.", remedy)
    return specs


def offers(table: Table) -> tuple[FixKind, ...]:
    """What the detector mends; patterns and flows say so with their `fix`."""
    written = table.words("offers")
    for kind in written:
        if kind not in FIX_KINDS:
            table.problem("offers", f"{kind!r} is no kind of fix.", f"Use some of: {', '.join(FIX_KINDS)}.")
    return tuple(FixKind(kind) for kind in written if kind in FIX_KINDS)
