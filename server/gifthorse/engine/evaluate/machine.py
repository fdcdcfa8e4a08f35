"""The machine: runs Programs on abstract Values with a stack of its own.

It keeps frames (one for each function being run), the operand stack, loops and the budget. What each instruction
means is in `operations`, `containers` and `calls`; who listens to calls and assignments is a Listener.
"""

import functools
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, final

from gifthorse.engine.evaluate.happenings import Assignment, Call, Made, Passed, Returned, Toward
from gifthorse.engine.evaluate.lore import Lore
from gifthorse.engine.evaluate.program import Op, Program
from gifthorse.engine.evaluate.store import Layer, Place, Store
from gifthorse.engine.evaluate.taint import Guard, Origin, Site
from gifthorse.engine.evaluate.values import NONE, NOTHING, Function, Ref, Scope, Value, join
from gifthorse.model.fact import Fact
from gifthorse.model.rule import Language

MAX_STEPS = 200_000
"""Instructions that one unit (an item or a function) may take, with all that it calls."""

MAX_INLINED = 1_000
"""Instructions of other functions that one unit may run through."""

MAX_DEPTH = 3
MAX_CALL_SIZE = 400
"""Instructions of a function that is run through at a call; a longer one is taken as unknown."""


class Listener(Protocol):
    """Whoever wants to know of calls and assignments, as they happen. `words`: the last words of the names that
    matter most, so that a function without any of them need not be run through at every call.
    """

    words: AbstractSet[str]
    harms: AbstractSet[str]
    """The same of names that matter where outside text is given to a function."""
    remembered: AbstractSet[str] = frozenset()
    """Methods of which a call is remembered with its object (history.py)."""

    def hears_call(self, name: str) -> bool:
        """Whether a call of this name is wanted at all: asked for every call, so it must be quick."""

    def hears_assignment(self, name: str) -> bool:
        """The same for an assignment."""

    def type_named(self, name: str) -> str:
        """The whole name of the one type of this name that is spoken of; empty where there is none, or several."""

    def knows(self, name: str) -> bool:
        """Whether something of this name, or with it in front, is spoken of anywhere."""

    roots: AbstractSet[str]

    def asks(self, name: str) -> AbstractSet[str]:
        """What is asked for besides the value that is assigned to this name: `root.kind`, `around.user`."""

    def call(self, machine: "Machine", call: Call) -> None:
        """A call of something with a name."""

    def assign(self, machine: "Machine", assignment: Assignment) -> None:
        """An assignment to a field of something with a name."""

    def returned(self, machine: "Machine", returned: Returned) -> None:
        """What a function gives back that the library calls."""

    def passed(self, passed: Passed) -> None:
        """Outside text given to a function of the file that is not run through."""

    def made(self, machine: "Machine", made: Made) -> None:
        """A longer text that is put together or decoded from constants."""


Finish = Callable[["Machine", Value], "Value | None"]


@dataclass(slots=True)
class Loop:
    """One loop being run: where its body starts, the elements that are left, and whether it may not be run at all.

    `depth`: the number of its branch. `sure`: its test is known to hold; `turns`: how often it was. `skips`: this
    element is left out. `nexts`: what holds where a turn was left. `start` is -1 for a choice that can be left.
    """

    start: int
    waiting: list[Value]
    perhaps: bool
    element: Value | None = None
    passes: int = 0
    depth: int = 0
    frames: int = 0
    sure: bool = False
    turns: int = 0
    skips: bool = False
    label: str = ""
    nexts: "list[Layer]" = field(default_factory=list)


@final
class Frame:
    """One Program being run. `finish` gets the result and may put another in its place (None: it has pushed).

    `level`: how deep in branches it began; `exits`: what holds where it returned from deeper inside, `ended`: it did so at its end;
    `failed`: it was left by an error.
    `given`: where the arguments of plain parameters are kept by the caller. `verdicts`: what each result says of them.
    """

    __slots__ = (
        "arguments", "dead", "ended", "exits", "failed", "finish", "fixed", "function", "given", "height", "hops",
        "jumps", "last", "level", "path", "pc", "program", "results", "scope", "site", "verdicts",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917, a Frame has many sides, most of them plain
        self,
        program: Program,
        scope: Scope,
        path: str,
        height: int,
        dead: bool = False,
        site: Site | None = None,
        arguments: list[Value] | None = None,
        finish: Finish | None = None,
        function: Function | None = None,
        hops: frozenset[str] = NONE,
        last: bool = False,
        fixed: Site | None = None,
        level: int = 0,
    ) -> None:
        self.program = program
        self.scope = scope
        self.path = path
        self.height = height
        self.pc = 0
        self.dead = dead
        self.site = site
        self.arguments: list[Value] = [] if arguments is None else arguments
        self.results: list[Value] = []
        self.finish = finish
        self.function = function
        self.hops = hops
        self.last = last
        self.fixed = fixed
        self.jumps: list[tuple[str, tuple[Layer, ...]]] = []
        self.given: dict[Place, Place] = {}
        self.level = level
        self.exits: list[Layer] = []
        self.ended = False
        self.failed = False
        self.verdicts: list[tuple[bool | None, tuple[Guard, ...]]] = []


class Setting(NamedTuple):
    """What every Machine of one file is given: `read_code` turns code in a string into its outermost Fact."""

    language: Language
    listener: Listener
    operations: "Mapping[str, Operation]"
    read_code: Callable[[str], Fact | None]
    lore: Lore


class Defined(NamedTuple):
    """A function that was defined while its unit was run, to be looked at by itself."""

    function: Function
    at: int


@functools.lru_cache(maxsize=64)
def _operators(words: str) -> Mapping[str, str]:
    """Pairs of an operator and the one that means the same, as a setting writes them."""
    found = words.split()
    return dict(zip(found[::2], found[1::2], strict=True))


class Machine:
    """Runs one unit. Everything that it leaves behind is in `store`, `defined` and what the Listener took down."""

    def __init__(self, setting: "Setting", store: Store) -> None:
        self.language, self.store, self.listener = setting.language, store, setting.listener
        self.operations, self.read_code, self.lore = setting.operations, setting.read_code, setting.lore
        self.loose = setting.language.settings.get("coercion") == "loose"
        self.text_calls = setting.language.settings.get("text_calls", "")
        self.options = setting.language.settings.get("options", "")
        self.operators = _operators(setting.language.settings.get("operators", ""))
        self.counted = any(setting.language.settings.get(word) for word in ("numbered", "block"))
        self.all_arguments = frozenset(setting.language.settings.get("all_arguments", "").split())
        self.absent_name = setting.language.settings.get("absent_name", "")
        self.thrown: list[list[Value]] = []
        self.parent_name = setting.language.settings.get("parent_name", "")
        self.joins = setting.language.settings.get("joins", "")
        self.written = setting.language.settings.get("written") == "true"
        self.getters = setting.language.settings.get("getters") == "true"
        self.last_value = setting.language.settings.get("last_value") == "true"
        self.sized, self.released = "sizes" in setting.language.settings, False
        self.stack: list[Value] = []
        self.frames: list[Frame] = []
        self.loops: list[Loop] = []
        self.bags: list[tuple[list[Value], list[tuple[Value, Value]]]] = []
        self.tests: list[Value] = []
        self.defined: list[Defined] = []
        self.decorators: list[str] = []
        self.decorating: list[str] = []
        self.callers: tuple[str, ...] = ()
        self.classes: list[tuple[Value, Scope, tuple[Value, ...]]] = []
        self.bases: tuple[Value, ...] = ()
        self.steps = 0
        self.inlined = 0
        self.count = 0
        self.codes = 0
        self.exceeded = ""
        self.towards: list[Toward] = []
        self.aside: list[Value] = []
        self.kept: list[list[Value]] = []
        self.doubted: list[dict[Place, Value]] = []
        self.looked: dict[Origin, frozenset[str]] = {}
        self.asked: dict[str, Value] = {}
        self.false_words = frozenset(setting.language.settings.get("false_words", "").split())

    @property
    def frame(self) -> Frame:
        """The innermost function being run."""
        return self.frames[-1]

    def fresh(self) -> Ref:
        """A new identity, the same whenever this unit is run again."""
        self.count += 1
        return self.frames[0].path, self.count

    def unnamed(self, program: Program) -> bool:
        """Whether a function may use its arguments by other names than those of its parameters."""
        return self.counted or not self.all_arguments.isdisjoint(program.words)

    def push(self, value: Value) -> None:
        """Leave a Value."""
        self.stack.append(value)

    def pop(self) -> Value:
        """Take the last Value."""
        return self.stack.pop()

    def take(self, number: int) -> list[Value]:
        """Take the last few Values, in order."""
        if not number:
            return []
        taken = self.stack[-number:]
        del self.stack[-number:]
        return taken

    def nearby(self) -> tuple[str, ...]:
        """Names around the instruction being run: what its value is for, the functions and the class around it."""
        words = [toward.word for toward in self.towards]
        for frame in self.frames:
            if frame.function is not None:
                owner = frame.function.owner
                words.extend(
                    [frame.function.name, str(owner.ref[-1]) if owner and isinstance(owner.ref, tuple) else ""]
                )
        words.extend(str(kind.ref[-1]) for kind, _, _ in self.classes if isinstance(kind.ref, tuple))
        return tuple(words)

    def site(self, op: Op) -> Site:
        """Where an instruction stands in the file."""
        frame = self.frames[-1]
        return frame.fixed or Site(frame.path, op.start, op.end)

    def run(self, frame: Frame) -> Value:
        """Run one frame, and all that it calls, to the end."""
        self.frames.append(frame)
        operations, result = self.operations, NOTHING
        while self.frames:
            frame = self.frames[-1]
            code = frame.program.code
            size, depth = len(code), len(self.frames)
            while frame.pc < size:
                op = code[frame.pc]
                frame.pc += 1
                self.steps += 1
                operations[op.code](self, op)
                if len(self.frames) != depth:
                    break
            else:
                result = self._leave(frame)
                continue
            if self.steps > MAX_STEPS:
                self.exceeded = "a function takes too many steps to evaluate"
                break
        return result

    def _leave(self, frame: Frame) -> Value:
        """End a finished frame: its result goes onto the stack of the one that called it."""
        result = self.stack[-1] if frame.last and not self.store.dead and len(self.stack) > frame.height else NOTHING
        del self.stack[frame.height :]
        if frame.last and frame.results and not self.store.dead:
            frame.results.append(result)
        for number, value in enumerate(frame.results):
            result = value if not number else join(result, value)
        if frame.results or frame.last:
            result = result._replace(literal=False, hops=result.hops | frame.hops)
        self.frames.pop()
        if frame.exits:
            self.store.dead = self.store.dead and not frame.ended
            self.store.rejoin(frame.exits)
        self.store.dead = frame.dead
        given: Value | None = result
        if frame.finish is not None:
            given = frame.finish(self, result)
        if self.frames and given is not None:
            self.stack.append(given)
        return result


Operation = Callable[[Machine, Op], None]
