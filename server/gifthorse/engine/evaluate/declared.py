"""What instructions make of declarations without a value, of arrays with a size, and of text that is code (macros).

How they come about is in `declaring`.
"""

from typing import Final

from gifthorse.engine.evaluate import calls, containers, literals, memory
from gifthorse.engine.evaluate.compile import compile_item
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Frame, Machine, Operation
from gifthorse.engine.evaluate.program import Op
from gifthorse.engine.evaluate.typed import instance_name
from gifthorse.engine.evaluate.values import NOTHING, UNKNOWN, Value, folded, literal


def _declared(machine: Machine, op: Op) -> None:
    """A name without a value: an instance of its type, where that is a class of the file or has a longer name."""
    kind = machine.pop()
    if kind.kind == "class":
        calls.invoke(machine, kind, Arguments([], {}), calls.Written(op, None, direct=False))
        return
    name = instance_name(machine, kind) or str(op.operand)
    machine.push(Value(name=name, ref=machine.fresh()))


def _sized(machine: Machine, op: Op) -> None:
    """An array: it remembers its size, and what unknown code may have written into it is no constant."""
    value, size = machine.take(2)
    if value.ref is None:
        value = value._replace(ref=machine.fresh())
    machine.push(value)
    count: object = size.const
    if not isinstance(count, int) and isinstance(value.const, str):
        count = len(value.const) + 1
    if not isinstance(count, int) or isinstance(count, bool):
        return
    machine.store.put((value.ref, memory.COUNT), folded(count))
    unit = memory.unit_size(machine, str(op.operand)) if op.operand else None
    if unit is not None:
        machine.store.put((value.ref, memory.SIZE), folded(count * unit))


def _lasting(machine: Machine, _: Op) -> None:
    """What lives longer than its function."""
    value = machine.stack[-1]
    machine.store.put((value.ref, f"<{memory.LASTING}>"), literal(True))


def _run_list(machine: Machine, op: Op) -> None:
    """The arguments of a macro between their brackets: a list of their values."""
    text = str(op.operand).strip()
    inner = text[1:-1]
    if not inner.strip():
        machine.push(containers.make_list(machine, []))
        return
    frame = machine.language.settings.get("code_list", "{}")
    _run(machine, op, text if text.startswith("[") else frame.replace("{}", inner.rstrip().rstrip(",")))


def _run_code(machine: Machine, op: Op) -> None:
    """A macro's text: its value is that of the last expression in it."""
    _run(machine, op, str(op.operand))


def _run(machine: Machine, op: Op, text: str) -> None:
    number = literals.number(text.strip())
    if number is not UNKNOWN:
        machine.push(literal(number))
        return
    fact = machine.read_code(text + machine.language.settings.get("code_end", ""))
    if fact is None:
        machine.push(NOTHING)
        return
    frame = machine.frame
    machine.frames.append(
        Frame(
            compile_item(fact, hoists=False), frame.scope, frame.path, len(machine.stack), dead=machine.store.dead,
            site=machine.site(op), arguments=frame.arguments, function=frame.function, last=True,
            fixed=frame.fixed or frame.site or machine.site(op),
        )
    )  # fmt: skip


OPERATIONS: Final[dict[str, Operation]] = {
    "declared": _declared,
    "sized": _sized,
    "lasting": _lasting,
    "code": _run_code,
    "code-list": _run_list,
}
