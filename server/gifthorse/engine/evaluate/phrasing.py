"""What instructions make of the expressions that only some languages have; how they come about is in `phrases`."""

import re
from typing import Final

from gifthorse.engine.evaluate import arithmetic, calls, containers, history, literals
from gifthorse.engine.evaluate.arithmetic import Regex
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Machine, Operation
from gifthorse.engine.evaluate.making import tell
from gifthorse.engine.evaluate.outcomes import announce_assignment
from gifthorse.engine.evaluate.program import Argument, CallShape, Op
from gifthorse.engine.evaluate.scopes import THIS, bind_name, lookup
from gifthorse.engine.evaluate.texts import side_by_side
from gifthorse.engine.evaluate.values import NONE, NOTHING, UNKNOWN, Value, folded, literal, mixed
from gifthorse.model.fact import Fact

_HEREDOC: Final = "<<"
"""In front of the tag under which the text of a heredoc is kept until it is wanted."""


def _text(machine: Machine, op: Op) -> None:
    """Pieces of a text, put together."""
    values = machine.take(op.operand)
    consts = [containers.constant(machine, value) for value in values]
    if UNKNOWN in consts:
        machine.push(side_by_side([value for value in values if value.const != ""]))
        return
    whole = arithmetic.bounded("".join(arithmetic.text(const, machine.loose) for const in consts))
    value = folded(whole, mixed(values).hops)
    tell(machine, value, values, op)
    machine.push(value._replace(literal=all(one.literal for one in values)))


def _chars(machine: Machine, op: Op) -> None:
    machine.push(literal(op.operand))


def _escape(machine: Machine, op: Op) -> None:
    machine.push(literal(literals.unescaped(op.operand)))


def _bare(machine: Machine, op: Op) -> None:
    """A word without quotes, in which one character (the setting `escape`) makes the next one mean itself."""
    mark = machine.language.settings.get("escape", "")
    text: str = op.operand
    machine.push(literal(re.sub(re.escape(mark) + "(.)", r"\1", text) if mark and mark in text else text))


def _heredoc(machine: Machine, op: Op) -> None:
    machine.push(lookup(machine, f"{_HEREDOC}{op.operand}")._replace(name=""))


def _keep_heredoc(machine: Machine, op: Op) -> None:
    bind_name(machine, f"{_HEREDOC}{op.operand}", machine.stack[-1])


def _load_own(machine: Machine, _: Op) -> None:
    machine.push(lookup(machine, THIS))


def _call_function(machine: Machine, op: Op) -> None:
    """What a bare word stands for; if that is a function with a name, its result."""
    function = machine.stack[-1].fn
    if function is None or function.fact.part("name") is None:
        return
    callee = machine.pop()
    calls.invoke(machine, callee, Arguments([], {}), calls.Written(op, op.operand, direct=False))


def _load_shown(machine: Machine, _: Op) -> None:
    machine.push(lookup(machine, machine.language.settings.get("shows", "")))


def _show(machine: Machine, op: Op) -> None:
    """A value that is written out where it stands is given to the function that `shows`."""
    fact: Fact = op.operand
    callee, value = machine.take(2)
    shape = CallShape(fact, (Argument("position", "", fact.kids[-1] if fact.kids else fact),), "")
    calls.invoke(machine, callee, Arguments([value], {}), calls.Written(op, shape, direct=False))


def _put_aside(machine: Machine, _: Op) -> None:
    machine.aside.append(machine.pop())


def _take_back(machine: Machine, _: Op) -> None:
    machine.push(machine.aside.pop() if machine.aside else NOTHING)


def _regex(machine: Machine, op: Op) -> None:
    """A regular expression between strokes: an object that was made from its pattern."""
    pattern, _, flags = str(op.operand)[1:].rpartition("/")
    value = Value(const=Regex(pattern, flags), name="RegExp()", closed=True, literal=True, ref=machine.fresh())
    history.note(machine, value, f"RegExp({pattern})")
    machine.push(value)


def _lend(machine: Machine, op: Op) -> None:
    announce_assignment(machine, str(op.operand), machine.stack[-1], op, NONE)


OPERATIONS: Final[dict[str, Operation]] = {
    "lend": _lend,
    "regex": _regex,
    "text": _text, "chars": _chars, "escape": _escape, "bare": _bare, "heredoc": _heredoc,
    "keep-heredoc": _keep_heredoc, "load-own": _load_own, "call-function": _call_function,
    "load-shown": _load_shown, "show": _show, "put-aside": _put_aside, "take-back": _take_back,
}  # fmt: skip
