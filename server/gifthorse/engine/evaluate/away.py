"""What happens in a function of another file is told at the call in this one that leads there."""

from typing import NamedTuple

from gifthorse.engine.evaluate.imports import file_of
from gifthorse.engine.evaluate.machine import Machine
from gifthorse.engine.evaluate.taint import Site
from gifthorse.engine.evaluate.values import Function


class Away(NamedTuple):
    """One place in another file on the way to what happens there, and the function of that file that is run."""

    site: Site
    function: Function


def brought_home(machine: Machine, site: Site) -> tuple[Site, tuple[Away, ...], tuple[Site, ...]]:
    """The place in this file for something at `site`, the way from there through other files (empty where it stands
    in this one), and the calls that led to that place. Where a function of another file is looked at by itself, it is
    at home.
    """
    if not file_of(site.path):
        return site, (), _calls(machine, len(machine.frames))
    way: list[Away] = []
    inner = site
    for number in range(len(machine.frames) - 1, 0, -1):
        frame = machine.frames[number]
        if frame.function is not None:
            way.append(Away(site, frame.function))
        if frame.site is None:
            break
        site = frame.site
        if not file_of(site.path):
            return site, tuple(reversed(way)), _calls(machine, number)
    return inner, (), _calls(machine, len(machine.frames))


def _calls(machine: Machine, end: int) -> tuple[Site, ...]:
    """Where the frames before `end` were called from."""
    return tuple(frame.site for frame in machine.frames[1:end] if frame.site is not None and frame.fixed is None)
