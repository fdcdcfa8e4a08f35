"""Choices -> instructions: branches with their arms, patterns, labels and handlers.

Other statements are in `statements`; what the instructions do is in `flow`.
"""

from collections.abc import Iterator
from typing import Final

from gifthorse.engine.evaluate.compiler import Compiler, Emitter, Step, maybe, start_of, visit
from gifthorse.engine.evaluate.program import Op
from gifthorse.model.fact import Fact


def _before_test(fact: Fact, base: int) -> Iterator[Step]:
    """What a branch does first, names that it binds (`target`, each to the `value` behind it), and all that it tests."""
    target: Fact | None = None
    tests = 0
    for name, kid in zip(fact.names, fact.kids, strict=True):
        if name == "target":
            target = kid
        elif name == "value" and target is not None:
            yield visit(kid, base)
            yield visit(target, base, "declare")
            yield Op("drop")
        elif name == "":
            yield visit(kid, base)
            yield Op("drop")
        elif name == "test":
            if tests:
                yield Op("drop")
            tests += 1
            yield visit(kid, base)
    if not tests:
        yield Op("nothing")


def _ways(fact: Fact, base: int, subject: Fact | None) -> Iterator[Step]:
    """All ways of a branch, each of which leaves its value, and their join."""
    body = list(fact.parts("body"))
    for number, kid in enumerate(body):
        if number:
            yield Op("drop")
        yield visit(kid, base)
    if body:
        yield Op("keep")
    arms = [(name, kid) for name, kid in zip(fact.names, fact.kids, strict=True) if name in {"arm", "else", "unless"}]
    if arms and arms[0][0] != "arm" and not body and subject is None:
        yield Op("nothing")
        yield Op("keep")
        body = [fact]
    for number, (_name_of, kid) in enumerate(arms, bool(body)):
        if number:
            yield Op("arm", number)
        if kid.role == "arm":
            yield from _arm_of(kid, start_of(kid, base), subject or fact.part("test"))
        else:
            yield visit(kid, base)
        yield Op("keep")
    yield Op("merge", not any(name in {"else", "unless"} for name, _kid in arms))


def _branch(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """What is no part of it is done before the test; all of `body` together is the first way."""
    subject = fact.part("subject")
    if fact.part("breaks") is not None:
        yield Op("breakable", "")
    if subject is None:
        yield from _before_test(fact, base)
    else:
        yield visit(subject, base)
        yield Op("drop")
    yield Op("fork", subject is None)
    yield from _ways(fact, base, subject)
    if fact.part("breaks") is not None:
        yield Op("rejoined")


def _labelled(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A statement that can be left by its name."""
    label = fact.part("label")
    yield Op("breakable", label.text if label is not None else "")
    yield maybe(fact.part("body"), base)
    yield Op("rejoined")


def _catch(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """What was raised is taken apart, then dealt with."""
    target = fact.part("target")
    if target is not None:
        yield Op("caught")
        yield visit(target, base, "declare")
        yield Op("drop")
    yield maybe(fact.part("body"), base)


def _arm(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    yield from _arm_of(fact, base, None)


def _arm_of(fact: Fact, base: int, subject: Fact | None) -> Iterator[Step]:
    """One way of a branch; `subject` is what a switch looks at."""
    yield maybe(fact.part("test"), base)
    yield Op("assume", subject)
    for body in fact.parts("body"):
        yield Op("drop")
        yield visit(body, base)


def _case(_: Compiler, fact: Fact, base: int, __: str) -> Iterator[Step]:
    """A pattern takes what the branch around tests apart."""
    yield Op("tested")
    for target in fact.parts("target"):
        yield visit(target, base, "declare")


EMITTERS: Final[dict[str, Emitter]] = {
    "branch": _branch,
    "arm": _arm,
    "case": _case,
    "labelled": _labelled,
    "catch": _catch,
}
