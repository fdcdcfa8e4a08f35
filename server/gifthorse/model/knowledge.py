"""What is known of a library: where outside text comes in, where it does harm, and what makes it harmless.

The contents of the files under queries/knowledge/, as values; docs/knowledge.md describes them. Reading them is the
store's work (store/knowledgefile.py), using them the engine's. Names are patterns as in rules, already expanded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.fixspec import FixSpec

PARAMETER: Final = "parameter"
"""The label that every parameter of a function carries by itself; it is never worth more than low confidence."""

SOURCE_LABELS: Final = (
    "request", "argument", "environment", "file", "network", "message", "model-output", "database", PARAMETER,
    "secret",
)  # fmt: skip
SINK_LABELS: Final = (
    "sql", "nosql", "shell", "command", "code", "template", "path", "url", "redirect", "html", "log", "ldap", "xpath",
    "xml", "deserialize", "header", "regex", "format", "reflection", "allocation", "email", "prototype",
    "mass-assign", "file-content", "response", "model-prompt", "include", "option",
)  # fmt: skip
QUOTED: Final = "quoted"
"""In `clears`: harmless between quotes, since it cannot end the text that it stands in."""
QUOTED_SINKS: Final = ("sql", "xpath", "code", "shell")
"""What a text between quotes is read by."""
EVERYTHING: Final = "*"
"""In `clears`: harmless for every sink, as a number is."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where text of a label comes in: members and names that are read, or the results of calls; with `to` a call
    writes it to that argument.
    """

    label: str
    read: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    to: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handler:
    """Functions that the library calls, and what arrives in their parameters.

    A function `given_to` a call or decorated by it, `annotated` with something, one that `overrides` a method of
    a base class, or one that is no method and `named` so. `parameters`: position, name or "*" -> the resolved name of what arrives, or "label:LABEL".
    `parameter_annotated`, `parameter_typed`: single parameters with such an annotation or type, which carry `label`.
    """

    given_to: tuple[str, ...] = ()
    annotated: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    parameter_annotated: tuple[str, ...] = ()
    parameter_typed: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sink:
    """Where text does harm: arguments of calls, what is assigned to a field, or what a handler gives back."""

    label: str
    call: tuple[str, ...] = ()
    assign: tuple[str, ...] = ()
    returned_by: tuple[str, ...] = ()
    argument: str = "*"
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confidence: Confidence | None = None
    written: int = 1
    """How many names the file has, before their alternatives were written out."""


@dataclass(frozen=True, slots=True)
class Sanitizer:
    """What makes text harmless for the sinks of `clears`: the result of a `call`, a member that is `read`, a `check`
    for its `argument`, where the check `holds`, or a comparison of a `part` of it with something expected.
    """

    clears: tuple[str, ...]
    call: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    argument: str = "0"
    holds: bool = True
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Propagator:
    """What a call passes on, where the default (all arguments and the receiver to the result) is wrong."""

    call: tuple[str, ...]
    origin: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of something."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that one file says of one library, for one language and those that inherit it."""

    language: str
    library: str
    references: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    handlers: tuple[Handler, ...] = ()
    sinks: tuple[Sink, ...] = ()
    sanitizers: tuple[Sanitizer, ...] = ()
    propagators: tuple[Propagator, ...] = ()
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """What a rule says of taint: text of one of these labels (`origins`) that comes to a sink of that label (`to`).

    `where` and `unless` are predicates on what arrives there, under the path "value".
    """

    languages: tuple[str, ...]
    origins: tuple[str, ...]
    to: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    message: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None
    fixes: tuple[FixSpec, ...] = ()
    """The first that is meant for the sink at hand is offered."""
