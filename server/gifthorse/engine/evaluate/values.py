"""What the evaluator knows of one expression: a Value, and how two of them are joined.

A Value is immutable and never holds another Value deeper than one level, so that comparing two costs little.
What containers and instances hold is in the Store, under their `ref`.
"""

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, Final, final

from gifthorse.engine.evaluate.taint import CLEAN, Guard, Site, Taint, blend
from gifthorse.model.fact import Fact

if TYPE_CHECKING:
    from gifthorse.engine.evaluate.program import Program

Ref = Hashable
"""The identity of a container, an instance, a class or a scope: stable from version to version of a file."""

MAX_OPTIONS = 6
MAX_PARTS = 16
MAX_NAME = 300
NONE: Final[frozenset[str]] = frozenset()


class Unknown:
    """The type of UNKNOWN: no constant is known."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = Unknown()


@final
class Scope:
    """Where names live: `ref` keys them in the Store, `names` are those bound here (None: any, the module's)."""

    __slots__ = ("is_class", "names", "parent", "ref")

    def __init__(self, ref: Ref, names: frozenset[str] | None, parent: "Scope | None", is_class: bool = False) -> None:
        self.ref = ref
        self.names = names
        self.parent = parent
        self.is_class = is_class


@final
class Function:
    """A function that the file defines. `path` names it within the file, stable while its surroundings are edited.

    `owner` is the class around it, if any. `accessor`: reading it calls it;
    `of_class`: its object is the class. `fixed`: where code in a string that it comes from is run. `program` is compiled on first use.
    """

    __slots__ = (
        "accessor", "decorated", "fact", "fixed", "name", "of_class", "owner", "path", "program", "scope", "static",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917, a Function has many sides, most of them plain
        self,
        path: str,
        name: str,
        fact: Fact,
        scope: Scope,
        owner: "Value | None" = None,
        decorated: bool = False,
        static: bool = False,
        accessor: bool = False,
        of_class: bool = False,
        fixed: Site | None = None,
    ) -> None:
        self.path = path
        self.name = name
        self.fact = fact
        self.scope = scope
        self.owner = owner
        self.decorated = decorated
        self.static = static
        self.accessor = accessor
        self.of_class = of_class
        self.fixed = fixed
        self.program: Program | None = None

    def as_accessor(self) -> "Function":
        """The same, called where it is read."""
        made = Function(
            self.path, self.name, self.fact, self.scope, self.owner, self.decorated, self.static, True, self.of_class,
            self.fixed,
        )  # fmt: skip
        made.program = self.program
        return made

    def same(self, other: "Function") -> bool:
        """Whether both would behave alike: same place, same source, same surroundings."""
        if self is other:
            return True
        return (
            self.path == other.path
            and self.scope.ref == other.scope.ref
            and (self.owner.ref if self.owner else None) == (other.owner.ref if other.owner else None)
            and (self.fact is other.fact or self.fact.text == other.fact.text)
        )


@final
class Value:
    """What is known of one expression.

    `const`: its constant, else UNKNOWN. `name`: the resolved dotted name, else "". `closed`: computed from constants
    alone. `literal`: written as a literal. `built`: a string put together from at least one part that is no constant;
    `parts` are what it is put together from. `kind`: "list", "dict", "set", "class", "instance" or "". `fn`: the
    file's own function. `receiver`: the object that a method was taken from. `bound`: arguments given in advance,
    as (position or keyword, Value). `hops`: reflective steps on the way. `taint`: the ways by which outside text came
    into it. `options`: what it may be where branches met. `plain`: a number or the like, or put together from such:
    it can carry no text. `guards`: what it says of others where it is a condition.
    """

    __slots__ = (
        "bound",
        "built",
        "closed",
        "const",
        "fn",
        "guards",
        "hops",
        "kind",
        "literal",
        "name",
        "options",
        "parts",
        "plain",
        "receiver",
        "ref",
        "taint",
    )

    def __init__(  # noqa: PLR0913, PLR0917, a Value has many sides, nearly all of them plain
        self,
        const: object = UNKNOWN,
        name: str = "",
        closed: bool = False,
        literal: bool = False,
        built: bool = False,
        kind: str = "",
        ref: Ref | None = None,
        fn: Function | None = None,
        receiver: "Value | None" = None,
        bound: "tuple[tuple[int | str, Value], ...]" = (),
        hops: frozenset[str] = NONE,
        taint: Taint = CLEAN,
        options: "tuple[Value, ...]" = (),
        parts: "tuple[Value, ...]" = (),
        plain: bool = False,
        guards: tuple[Guard, ...] = (),
    ) -> None:
        self.const = const
        self.name = name
        self.closed = closed
        self.literal = literal
        self.built = built
        self.kind = kind
        self.ref = ref
        self.fn = fn
        self.receiver = receiver
        self.bound = bound
        self.hops = hops
        self.taint = taint
        self.options = options
        self.parts = parts
        self.plain = plain
        self.guards = guards

    def _replace(self, **changes: Any) -> "Value":
        """The same with other fields."""
        made = Value(
            self.const, self.name, self.closed, self.literal, self.built, self.kind, self.ref, self.fn, self.receiver,
            self.bound, self.hops, self.taint, self.options, self.parts, self.plain, self.guards,
        )  # fmt: skip
        for name, other in changes.items():
            setattr(made, name, other)
        return made

    @property
    def known(self) -> bool:
        """Whether the constant is known."""
        return self.const is not UNKNOWN

    def flat(self) -> "Value":
        """The same without the Values inside, so that it can be held by another Value."""
        if self.receiver is None and not self.options and not self.parts and not self.bound:
            return self
        return self._replace(receiver=None, options=(), parts=(), bound=())

    def alternatives(self) -> "tuple[Value, ...]":
        """All that it may be."""
        return self.options or (self,)


NOTHING: Final = Value()


def literal(const: object) -> Value:
    """The Value of a literal in the source."""
    return Value(const=const, closed=True, literal=True)


def folded(const: object, hops: frozenset[str] = NONE) -> Value:
    """The Value of something computed from constants."""
    return Value(const=const, closed=True, hops=hops)


def mixed(values: Iterable[Value]) -> Value:
    """What is known of something computed from all these, when nothing is known of how."""
    closed, hops, seen, plain = True, NONE, False, True
    taint = CLEAN
    for value in values:
        seen = True
        if not value.closed:
            closed = False
            plain = plain and value.plain
        if value.hops:
            hops |= value.hops
        if value.taint:
            taint = blend(taint, value.taint)
    return Value(closed=closed and seen, hops=hops, taint=taint, plain=plain and not closed)


def shorten(name: str) -> str:
    """A name that is too long to mean anything is no name."""
    return name if len(name) <= MAX_NAME else ""


def same_const(one: object, other: object) -> bool:
    """Whether two constants are the same and of one type (1 is not True, and NaN is itself)."""
    return one is other or (type(one) is type(other) and one == other)


def _same_many(one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    return len(one) == len(other) and all(map(same, one, other))


def _same_inside(one: Value, other: Value) -> bool:
    """Whether what two Values hold of others is the same."""
    if (one.receiver is None) != (other.receiver is None):
        return False
    if one.receiver is not None and other.receiver is not None and not same(one.receiver, other.receiver):
        return False
    return (
        [key for key, _ in one.bound] == [key for key, _ in other.bound]
        and _same_many(tuple(value for _, value in one.bound), tuple(value for _, value in other.bound))
        and _same_many(one.options, other.options)
        and _same_many(one.parts, other.parts)
    )


def same(one: Value, other: Value) -> bool:
    """Whether nothing that the evaluator could see tells the two apart. Values inside are one level deep only."""
    if one is other:
        return True
    if one.name != other.name or one.ref != other.ref or one.kind != other.kind:
        return False
    if one.closed != other.closed or one.literal != other.literal or one.built != other.built:
        return False
    if not same_const(one.const, other.const) or one.hops != other.hops or one.taint != other.taint:
        return False
    if one.plain != other.plain or one.guards != other.guards:
        return False
    if one.fn is not other.fn and (one.fn is None or other.fn is None or not one.fn.same(other.fn)):
        return False
    return _same_inside(one, other)


def _distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    """The first MAX_OPTIONS that differ."""
    kept: list[Value] = []
    for value in values:
        if len(kept) == MAX_OPTIONS:
            break
        if not any(same(value, other) for other in kept):
            kept.append(value)
    return tuple(kept)


def join(one: Value, other: Value) -> Value:
    """What holds where two ways meet: either may be it."""
    if one is other or same(one, other):
        return one
    options = _distinct(option.flat() for value in (one, other) for option in value.alternatives())
    return Value(
        const=one.const if same_const(one.const, other.const) else UNKNOWN,
        name=one.name if one.name == other.name else "",
        closed=one.closed and other.closed,
        built=one.built or other.built,
        kind=one.kind if one.kind == other.kind else "",
        ref=one.ref if one.ref == other.ref else None,
        hops=one.hops | other.hops,
        taint=blend(one.taint, other.taint),
        options=options,
        plain=one.plain and other.plain,
        guards=tuple(found for found in one.guards if found in other.guards) if other.guards else (),
    )


def fallback(value: Value, default: Value) -> Value:
    """What holds where a default stands in for something missing: as nobody hides anything in it, it only counts where
    it is known.
    """
    return join(value, default if default.known or value.closed else default._replace(closed=False))
