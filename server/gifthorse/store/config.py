"""Configuration: what `gifthorse.toml`, the user's own file and the editor's settings say, as one Config.

A repository that nobody has trusted can only tighten: raise a severity, nothing else. A file with an error in it is
held to the same, so that a slip of the pen never switches anything off. Every key: docs/configuration.md.
It does not apply the settings: judge.py, files.py and the worker do.
"""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.policy import Grant, Policy
from gifthorse.store.policies import loosens
from gifthorse.store.profiles import DEFAULTS, Profile, changed
from gifthorse.store.regular import NotRegularError, TooLargeError, read_regular
from gifthorse.store.settings import LOUDNESS, SURENESS, Settings, loosening, problem_at, read_settings
from gifthorse.store.table import Notes, Problem, parse
from gifthorse.store.versions import Versions

FILE_NAME = "gifthorse.toml"
LARGEST_FILE = 1_000_000
EDITOR = "the editor's settings"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of an analysis: bytes of a file, seconds for one inspection, megabytes of the analysis process."""

    file_bytes: int = 2_000_000
    seconds: float = 10.0
    megabytes: int = 2_048


@dataclass(frozen=True, slots=True)
class Refusals:
    """From which severity and confidence on a finding has an agent's edit refused, where hooks do that."""

    severity: Severity = Severity.HIGH
    confidence: Confidence = Confidence.HIGH

    def cover(self, severity: Severity, confidence: Confidence) -> bool:
        """Whether a finding is one of those."""
        return LOUDNESS[severity] >= LOUDNESS[self.severity] and SURENESS[confidence] >= SURENESS[self.confidence]


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set.

    `exclude`: patterns as in .gitignore, of paths to leave out. `off`: rules that are not shown. `severities`:
    rule -> the severity it has here. `infer`: whether the mere shape of an edit may be called "possibly AI".
    `refusals`: which findings have an agent's edit refused. `problems`: what is wrong in the sources that were read. `ignored`: what was left aside, and why.
    """

    exclude: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    bounds: Bounds = Bounds()
    infer: bool = False
    refusals: Refusals = Refusals()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()
    foreign: bool = False
    """Whether comments of other tools silence findings."""
    profiles: tuple[Profile, ...] = DEFAULTS
    policies: tuple[Policy, ...] = ()
    """Which tools and models may write where, and what must be reviewed, in the order of the sources."""
    grants: tuple[Grant, ...] = ()
    """Which capabilities are ordinary where."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One source of settings: its notes, its values, and whether it may loosen. `strict`: unknown keys are errors;
    `proposed`: it is part of the change that is judged.
    """

    notes: Notes
    values: Mapping[str, Any]
    trusted: bool
    strict: bool = True
    proposed: bool = False


def user_folder() -> Path:
    """The user's own configuration folder; the environment variable GIFTHORSE_CONFIG_DIR names another one."""
    if chosen := os.environ.get("GIFTHORSE_CONFIG_DIR"):
        return Path(chosen)
    from platformdirs import user_config_path  # noqa: PLC0415  a start without configuration does not pay for it

    return user_config_path("gifthorse", appauthor=False)


def file_layer(file: Path, *, trusted: bool) -> Layer | None:
    """The settings in one TOML file, or None where there is no such file."""
    return _layer(str(file), lambda: read_regular(file, LARGEST_FILE), trusted)


def _layer(name: str, read: Callable[[], bytes], trusted: bool) -> Layer | None:
    """The settings in what `read` gives; `name`: what messages call it."""
    try:
        values, notes = parse(name, read().decode("utf-8-sig").replace("\r\n", "\n"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (NotRegularError, TooLargeError):
        remedy = f"Make it a text file of at most {LARGEST_FILE:,} bytes."
        return _unreadable(name, trusted, "This is no ordinary text file.", remedy)
    except OSError as error:
        why = error.strerror or error
        return _unreadable(name, trusted, f"The file cannot be read: {why}.", "Make it readable.")
    except UnicodeDecodeError as error:
        return _unreadable(name, trusted, f"The file is not UTF-8: {error.reason}.", "Save it as UTF-8.")
    return Layer(notes, values, trusted)


def _unreadable(file: str, trusted: bool, message: str, remedy: str) -> Layer:
    return Layer(Notes(file, problems=[Problem(file, 1, message, remedy)]), {}, trusted)


def editor_layer(settings: Mapping[str, Any]) -> Layer:
    """The settings that the user's editor sent: trusted, and keys of the client's own beside ours are let be."""
    return Layer(Notes(EDITOR), settings, trusted=True, strict=False)


def layers_of(
    root: Path, *, trusted: bool, settings: Mapping[str, Any] | None = None, versions: Versions | None = None
) -> tuple[Layer, ...]:
    """The sources of settings for one root that there are: the user's file, the root's, the editor's settings.

    `trusted`: whether the root's file may loosen. `versions`: the root before and after a change that is judged.
    """
    file = root / FILE_NAME
    layers = [file_layer(user_folder() / FILE_NAME, trusted=True)]
    layers += _versions_of(file, versions, trusted) if versions else [file_layer(file, trusted=trusted)]
    layers += [editor_layer(settings)] if settings is not None else []
    return tuple(layer for layer in layers if layer)


def _versions_of(file: Path, versions: Versions, trusted: bool) -> list[Layer | None]:
    """The root's file as it was before a change, and what the change makes of it. A file that is in neither is no part
    of the change and counts as it is on disk.
    """
    before, after, before_name, after_name = versions[:4]
    old, new = before.stamp(FILE_NAME), after.stamp(FILE_NAME)
    if not (old or new):
        return [file_layer(file, trusted=trusted)] if versions.untracked else []
    read_old, read_new = partial(before.read, FILE_NAME, LARGEST_FILE), partial(after.read, FILE_NAME, LARGEST_FILE)
    if old and new and _same(read_old, read_new):
        return [_layer(str(file), read_old, trusted)]
    held = _layer(f"{file} ({before_name})", read_old, trusted) if old else None
    proposed = _layer(f"{file} ({after_name})", read_new, False) if new else None
    return [held, replace(proposed, proposed=True) if proposed else None]


def _same(read: Callable[[], bytes], other: Callable[[], bytes]) -> bool:
    """Whether two texts are the same, but for line ends."""
    try:
        return read().replace(b"\r\n", b"\n") == other().replace(b"\r\n", b"\n")
    except OSError:
        return False


def rule_directories(layers: Sequence[Layer], root: Path) -> tuple[Path, ...]:
    """The folders of rules that trusted sources name (`rules.directories`), relative to the source's own folder; the
    editor's settings, to the root. What is wrong with the key is said by `combine`.
    """
    found: list[Path] = []
    for layer in layers:
        rules = layer.values.get("rules")
        named = rules.get("directories") if isinstance(rules, dict) and layer.trusted else None
        base = root if layer.notes.file == EDITOR else Path(layer.notes.file).parent
        listed = [named] if isinstance(named, str) else named if isinstance(named, list) else []
        found += [base / os.path.expanduser(name) for name in listed if isinstance(name, str) and name]  # noqa: PTH111
    return tuple(dict.fromkeys(found))


def combine(
    layers: Sequence[Layer], rules: Mapping[str, Severity], capabilities: Collection[str] = frozenset()
) -> Config:
    """One Config of all layers; where two say something about the same thing, the later one wins.

    `rules`: every rule's id and own severity; `capabilities`: those that there are. Never raises for what the files say: see `problems` and `ignored` of the
    Config.
    """
    config = Config()
    for layer in layers:
        said = read_settings(layer.values, layer.notes, rules, capabilities, strict=layer.strict)
        config = _joined(config, layer, said, rules)
    return config


def _joined(config: Config, layer: Layer, said: Settings, rules: Mapping[str, Severity]) -> Config:
    broken, ignored = bool(layer.notes.problems), dict[tuple[str | int, ...], str]()
    if broken or not layer.trusted:
        ignored = loosening(said)
        louder, quieter = _split(said.severities, {**rules, **config.severities})
        ignored |= {("rules", "severity", rule): f"Lowering the severity of {rule}" for rule in quieter}
        ignored |= _more_allowed(config.refusals, said)
        allowing = loosens(said.policies, config.policies)
        ignored |= {("policy", number, "write"): "Allowing what other settings deny" for number in allowing}
        severity, confidence = _tighter(config.refusals, said)
        tighter = {name: change.tightening() for name, change in said.profiles.items()}
        foreign = False if said.foreign is False else None
        said = Settings(
            severities=louder,
            refuse_severity=severity,
            refuse_confidence=confidence,
            foreign=foreign,
            profiles=tighter,
            policies=tuple(replace(one, trusted=False) for one in said.policies),
        )
        if layer.trusted:  # They are read before anybody knows which other keys are right.
            ignored.pop(("rules", "directories"), None)
    return Config(
        exclude=(*config.exclude, *said.exclude),
        off=config.off.union(said.off),
        severities={**config.severities, **said.severities},
        bounds=_bounds(config.bounds, said.limits),
        infer=config.infer if said.infer is None else said.infer,
        refusals=Refusals(
            said.refuse_severity or config.refusals.severity, said.refuse_confidence or config.refusals.confidence
        ),
        problems=(*config.problems, *layer.notes.problems),
        ignored=(*config.ignored, *_ignored(layer, ignored, broken)),
        foreign=config.foreign if said.foreign is None else said.foreign,
        profiles=changed(config.profiles, said.profiles),
        policies=(*config.policies, *said.policies),
        grants=(*config.grants, *said.grants),
    )


def _more_allowed(refusals: Refusals, said: Settings) -> dict[tuple[str | int, ...], str]:
    """The keys by which a source would let more of agents' edits through than now, each with what it would do."""
    severity, confidence = said.refuse_severity, said.refuse_confidence
    found: dict[tuple[str | int, ...], str] = {}
    if severity is not None and LOUDNESS[severity] > LOUDNESS[refusals.severity]:
        found["hooks", "severity"] = "Letting more severe edits of agents through"
    if confidence is not None and SURENESS[confidence] > SURENESS[refusals.confidence]:
        found["hooks", "confidence"] = "Letting surer findings in agents' edits through"
    return found


def _tighter(refusals: Refusals, said: Settings) -> tuple[Severity, Confidence]:
    """The lower of what holds now and what is said."""
    severity = min(said.refuse_severity or refusals.severity, refusals.severity, key=LOUDNESS.__getitem__)
    return severity, min(said.refuse_confidence or refusals.confidence, refusals.confidence, key=SURENESS.__getitem__)


def _split(
    severities: Mapping[str, Severity], now: Mapping[str, Severity]
) -> tuple[dict[str, Severity], dict[str, Severity]]:
    """(those that are at least as loud as now, the quieter ones)."""
    louder = {rule: level for rule, level in severities.items() if LOUDNESS[level] >= LOUDNESS[now[rule]]}
    return louder, {rule: level for rule, level in severities.items() if rule not in louder}


def _bounds(bounds: Bounds, limits: Mapping[str, float]) -> Bounds:
    return Bounds(
        file_bytes=int(limits.get("file-bytes", bounds.file_bytes)),
        seconds=limits.get("seconds", bounds.seconds),
        megabytes=int(limits.get("megabytes", bounds.megabytes)),
    )


def _ignored(layer: Layer, what: Mapping[tuple[str | int, ...], str], broken: bool) -> tuple[Problem, ...]:
    if layer.proposed:
        why, remedy = "is part of the change", "It holds once the change is in; a change cannot permit itself."
    elif broken:
        why, remedy = "has an error in it", "Mend the error."
    else:
        why, remedy = "belongs to a folder that is not trusted", "Trust the folder (in the editor, or with --trust)."
    return tuple(
        problem_at(layer.notes, path, f"{deed} was ignored: the file {why}.", remedy) for path, deed in what.items()
    )
