"""What a worker tells those who use it: a Reply for each inspected version, and how the worker itself is doing."""

from dataclasses import dataclass
from enum import StrEnum

from gifthorse.model.finding import Report


class Condition(StrEnum):
    """How the analysis process is doing.

    BUSY: an inspection has been running for longer than a person would wait. DEGRADED: the process does not run;
    it is tried again, less and less often.
    """

    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    DEGRADED = "degraded"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class WorkerState:
    """The worker's condition, why (in words, empty if there is nothing to say), and the URIs of what it refuses."""

    condition: Condition
    detail: str = ""
    not_analysed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What is known of one version of one document. `report.incomplete` says why it was not analysed.

    Not `settled`: what the text imports is still being looked for, and another Reply for this version follows.
    `compared`: it was held against the text that somebody asked for.
    """

    uri: str
    version: int
    report: Report
    settled: bool = True
    compared: bool = False


def not_analysed(why: str) -> Report:
    """The report of a text that nobody looked at: it must never look like a clean one."""
    return Report(None, (), (), f"not analysed: {why}")
