"""What an earlier run found: read from a baseline, or from a result in JSON or SARIF, held against a run, and written.

A finding is known by its rule and its text, not by its place: it may move inside its file, and together with its file
or out of it where the earlier place is gone. One more of the same kind is new. Pure but for reading and writing.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from gifthorse.cli._output import replace
from gifthorse.cli.render.sarif import FINGERPRINT
from gifthorse.store.regular import read_regular

FORMAT = "gifthorse-baseline"
VERSION = 1
LARGEST = 500_000_000


class Known(NamedTuple):
    """One finding of an earlier run. `names`: what it is known by, its likeness or its fingerprint; `rule` may be unknown."""

    path: str
    name: str
    rule: str


class Present(NamedTuple):
    """One finding of this run: under which paths its file may be known, its fingerprint, likeness and rule."""

    paths: tuple[str, ...]
    fingerprint: str
    likeness: str
    rule: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each Known was found, and how many entries of the file said nothing that can be read."""

    known: Mapping[Known, int] = field(default_factory=dict)
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A run against a baseline: whether each finding is known, in their order; what of the baseline is not there any
    more, each with how often it is missing.
    """

    known: tuple[bool, ...]
    stale: Mapping[Known, int]


def hold(baseline: Baseline, present: Sequence[Present], looked_at: Callable[[str], bool]) -> Held:
    """Which findings are known. `looked_at`: whether the file of this path was looked at, or is not there any more:
    only what was found in such a file may have moved.
    """
    left = Counter(baseline.known)
    by_place: dict[tuple[str, str], list[Known]] = {}
    by_name: dict[str, list[Known]] = {}
    for entry in baseline.known:
        by_place.setdefault((entry.path, entry.name), []).append(entry)
        by_name.setdefault(entry.name, []).append(entry)
    known = [False] * len(present)
    for number, one in enumerate(present):
        places = (place for path in one.paths for name in _names(one) for place in by_place.get((path, name), ()))
        known[number] = _taken(left, places)
    for number, one in enumerate(present):
        if not known[number]:
            moved = (entry for name in _names(one) for entry in by_name.get(name, ()) if looked_at(entry.path))
            known[number] = _taken(left, moved)
    stale = {entry: count for entry, count in left.items() if count and looked_at(entry.path)}
    return Held(tuple(known), stale)


def _names(one: Present) -> tuple[str, str]:
    return one.likeness, one.fingerprint


def _taken(left: Counter[Known], entries: Iterable[Known]) -> bool:
    """Take one of the entries away, if any is left."""
    for entry in entries:
        if left[entry]:
            left[entry] -= 1
            return True
    return False


def read_baseline(file: Path) -> Baseline:
    """All findings of an earlier run. Raises OSError where the file cannot be read, ValueError where it is none."""
    remedy = "Make one with `gifthorse scan PATH --write-baseline FILE`, or with --format json --output FILE."
    try:
        said = json.loads(read_regular(file, LARGEST).decode("utf-8-sig"))
        if said.get("format") == FORMAT:
            return _own(file, said)
        return Baseline(Counter(_of_sarif(said) if "runs" in said else _of_json(said)))
    except _NewerError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"{file}: this is no baseline. {remedy}") from error


class _NewerError(ValueError):
    """A baseline of a format that this version does not know."""


def _own(file: Path, said: Mapping[str, Any]) -> Baseline:
    version = said["version"]
    if not isinstance(version, int) or version > VERSION:
        raise _NewerError(f"{file}: a newer version of gifthorse wrote this baseline. Update, or write it again.")
    counts: Counter[Known] = Counter()
    unread = 0
    for entry in list(said["findings"]):
        one, count = _entry(entry)
        if one is None:
            unread += 1
        else:
            counts[one] += count
    return Baseline(counts, unread)


def _entry(entry: object) -> tuple[Known | None, int]:
    if not isinstance(entry, dict):
        return None, 0
    path, rule, name, count = (entry.get(key) for key in ("path", "rule", "likeness", "count"))
    if not (isinstance(path, str) and isinstance(rule, str) and isinstance(name, str)):
        return None, 0
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        count = 1
    return Known(path, name, rule), count


def _of_json(said: Mapping[str, Any]) -> Iterator[Known]:
    for one in (*said["findings"], *said["silenced"]):
        yield Known(str(one["path"]), str(one["fingerprint"]), str(one.get("rule", "")))


def _of_sarif(said: Mapping[str, Any]) -> Iterator[Known]:
    for run in said["runs"]:
        for result in run["results"]:
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            yield Known(unquote(uri), str(result["partialFingerprints"][FINGERPRINT]), str(result.get("ruleId", "")))


def write_baseline(file: Path, present: Iterable[Present]) -> int:
    """Write all findings of a run, sorted, one on each line, and give their number. Raises CannotError."""
    counts = Counter(Known(one.paths[-1], one.likeness, one.rule) for one in present)
    lines = [
        json.dumps({"path": one.path, "rule": one.rule, "likeness": one.name, "count": count}, ensure_ascii=False)
        for one, count in sorted(counts.items())
    ]
    listed = "".join(f"\n    {line}," for line in lines).removesuffix(",")
    head = f'{{\n  "format": "{FORMAT}",\n  "version": {VERSION},\n  "findings": ['
    replace(file, f"{head}{listed}{chr(10) + '  ' if lines else ''}]\n}}\n")
    return sum(counts.values())
