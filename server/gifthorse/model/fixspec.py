"""How what a rule finds is mended: the contents of `fix` in a rule file (docs/rules.md), as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gifthorse.model.finding import FixKind


@dataclass(frozen=True, slots=True)
class FixSpec:
    """How a Match or a Flow is mended, in roles, so that one implementation serves every language.

    `delete`: argument paths to remove. `set`: argument path -> source text of its new value
    (added as a keyword where it is absent). `callee`: the new dotted name of what is called.
    `wrap`: argument path, maybe behind `parts ` or `inserts `, -> template with `{}` for the present source; for a
    Flow, whose argument is the sink's, one of `value`, `parts` and `inserts`. `replace`: a template for the whole
    expression, with `{0}`, `{name}` for the source of arguments. `imports`: what the result needs. `only`: names of sinks (Flow), for which alone it is meant.
    """

    title: str
    kind: FixKind
    delete: tuple[str, ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)
    callee: str = ""
    wrap: Mapping[str, str] = field(default_factory=dict)
    replace: str = ""
    imports: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    statement: bool = False
    """`replace` gives a statement: only where the call is one."""
