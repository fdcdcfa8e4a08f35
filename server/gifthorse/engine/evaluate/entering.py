"""Functions of the file where outside text comes into them: run through, that is a stage of its way; not run through,
the Listener is told, and what comes out depends on what the function's own look at itself finds.
"""

from gifthorse.engine.evaluate import guards, passing
from gifthorse.engine.evaluate.arguments import ABSENT, packed, parameter_values
from gifthorse.engine.evaluate.compile import compile_function
from gifthorse.engine.evaluate.happenings import Arguments
from gifthorse.engine.evaluate.machine import Frame, Machine
from gifthorse.engine.evaluate.taint import Site, outside, stepped
from gifthorse.engine.evaluate.values import NOTHING, Function, Value, mixed
from gifthorse.model.fact import Fact


def program_of(machine: Machine, function: Function) -> None:
    """Compile a function on its first use."""
    if function.program is None:
        function.program = compile_function(function.fact, machine.language.settings.get("hoists", "") != "")


def parameters_of(machine: Machine, function: Function, given: Arguments, receiver: Value | None) -> list[Value]:
    """One Value for each parameter of a function that is not run through."""
    program_of(machine, function)
    first = machine.language.settings.get("receiver") != "this"
    values = parameter_values(function, given, receiver, first)
    parameters = function.program.parameters if function.program else ()
    return [
        NOTHING if value is ABSENT else value if parameter.kind == "plain" else packed(machine, value)
        for parameter, value in zip(parameters, values, strict=True)
    ]


def around(machine: Machine, callee: Value, given: Arguments, site: Site) -> Value:
    """What a function of the file gives that is not run through."""
    whole = mixed([*given.positional, *given.keywords.values()])._replace(closed=False, plain=False)
    if callee.fn is None or not machine.lore.active:
        return whole
    if not any(value.taint or value.kind for value in (*given.positional, *given.keywords.values())):
        return whole
    values = parameters_of(machine, callee.fn, given, callee.receiver)
    passing.pass_on(machine, callee.fn, values, site)
    return whole._replace(taint=passing.crossed(machine, callee.fn, values, site))


def make(machine: Machine, maker: Function, given: Arguments, instance: Value, site: Site) -> None:
    """Outside text given to a constructor is in the fields of its class, for methods that are looked at by themselves."""
    values = (*given.positional, *given.keywords.values())
    if machine.lore.active and any(value.taint or value.kind for value in values):
        passing.pass_on(machine, maker, parameters_of(machine, maker, given, instance), site)


def enter(machine: Machine, frame: Frame, given: Arguments, shifted: bool) -> None:
    """Outside text comes into a function that is about to be run through. `shifted`: its first parameter is the
    object.
    """
    written: dict[str, Fact] = {}
    for number, (parameter, value) in enumerate(zip(frame.program.parameters, frame.arguments, strict=True)):
        if not value.taint or frame.site is None or frame.function is None:
            continue
        entered = value._replace(taint=stepped(value.taint, frame.site, f"given to {frame.function.name}()"))
        frame.arguments[number] = entered
        if parameter.pattern is None:
            machine.store.put((frame.scope.ref, parameter.name), entered)
            fact = given.written.get(str(number - shifted), given.written.get(parameter.name))
            if fact is not None and (fact.role == "name" or outside(value.taint)):
                written[parameter.name] = fact
    frame.finish = guards.watch(machine, frame, written, frame.finish)
