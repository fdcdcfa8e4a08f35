"""One root wired up: its configuration, its journal, the rules. Both front doors, the server and `scan`, use it.

It joins what is stored with what is analysed; it neither watches files nor talks to anybody.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from gifthorse.model.event import Judged
from gifthorse.model.finding import Severity
from gifthorse.model.region import Region
from gifthorse.model.review import Standing, Verdict
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Text
from gifthorse.provenance.holdings import Holdings
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.config import Config, Layer, combine, layers_of, rule_directories
from gifthorse.store.folders import ignores_case, name_in, real, state_folder
from gifthorse.store.ignore import Ignores
from gifthorse.store.inbox import waiting
from gifthorse.store.journal import ATTEMPTS, Journal
from gifthorse.store.ownrules import FOLDER, NONE, Kept, OwnRules, joined, left_aside, read_own
from gifthorse.store.versions import Versions
from gifthorse.workspace.memory import Memory, anchored, former, is_seen, recall

if TYPE_CHECKING:
    from gifthorse.provenance.landmarks import Anchor

T = TypeVar("T")
CAPABILITIES = "capabilities"
"""The group of traits that say what a text can do."""


class Workspace:
    """A root and what holds for it. Cheap to make: each part is loaded when it is first asked for.

    `config` changes with `configure`; everything else stays. Where the state folder cannot be used, the journal's
    calls raise OSError: say so, and go on without.
    """

    def __init__(  # noqa: PLR0913  what a person says of a root comes from many sides
        self,
        root: Path,
        *,
        trusted: bool = False,
        configured: bool = True,
        settings: Mapping[str, Any] | None = None,
        catalogue: Catalogue | None = None,
        overrides: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """`root`: see folders.root_of. `trusted`: whether its own configuration may loosen. `configured`: whether
        configuration counts at all. `settings`: the editor's, as in docs/configuration.md. `catalogue`: the rules,
        where the caller has loaded them already. `overrides`: fields of the Config as the person at hand wants them.
        """
        self._overrides = overrides
        self.root = real(root)
        self._trusted = trusted
        self._configured = configured
        self._settings = settings
        self._catalogue = catalogue
        self._held: dict[str, frozenset[str]] = {}
        self.versions: Versions | None = None

    @cached_property
    def shipped(self) -> Catalogue:
        """Our own rules and languages. Raises ValueError where they cannot be loaded."""
        return self._catalogue or load_catalogue()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rules that hold here, with those of the user's own, and the languages. Raises ValueError."""
        return joined(self.shipped, self.own)

    @cached_property
    def own(self) -> OwnRules:
        """The user's own rules that hold here."""
        kept = Kept(self.root, self.versions.before, self.versions.after) if self.versions else None
        own = read_own(self.rule_folders, self.shipped, kept) if self.rule_folders else NONE
        aside = self._configured and not self._trusted
        return replace(own, ignored=left_aside(self.root / FOLDER)) if aside else own

    @cached_property
    def rule_folders(self) -> tuple[Path, ...]:
        """Where rules of the user's own are believed: configured folders, and the root's where that is trusted."""
        if not self._configured:
            return ()
        configured = rule_directories(self._layers, self.root)
        return (*configured, self.root / FOLDER) if self._trusted else configured

    @cached_property
    def _layers(self) -> tuple[Layer, ...]:
        return layers_of(self.root, trusted=self._trusted, settings=self._settings, versions=self.versions)

    @cached_property
    def config(self) -> Config:
        """What is configured for this root, read once, and what is wrong with that and with the user's own rules: see
        `problems` and `ignored` in it.
        """
        if not self._configured:
            return replace(Config(), **self._overrides)
        config, own = combine(self._layers, severities(self.catalogue), capabilities(self.catalogue)), self.own
        problems, ignored = (*config.problems, *own.problems), (*config.ignored, *own.ignored)
        return replace(config, problems=problems, ignored=ignored, **self._overrides)

    @cached_property
    def journal(self) -> Journal:
        """What happened to the texts of this root. Opening it writes nothing, but folds what has grown large."""
        journal = Journal(state_folder(self.root), fold_case=ignores_case(self.root))
        journal.tidy()
        return journal

    def collect(self) -> None:
        """Write down what agents' hooks have told of this root while no server ran. What cannot be written waits on."""
        if not waiting(state_folder(self.root)):
            return
        from gifthorse.workspace.intake import take_in  # noqa: PLC0415  most of the time there is nothing to take

        take_in(self)

    def configure(self, *, trusted: bool, settings: Mapping[str, Any] | None) -> bool:
        """Read the configuration anew, with this trust and these settings of the editor. Whether anything changed."""
        before = self.config, self.catalogue.version
        self._trusted, self._settings = trusted, settings
        self._forget()
        return (self.config, self.catalogue.version) != before

    def judge(self, versions: Versions) -> None:
        """A change of this root is judged: what is configured is what stood before it, and what it tightens."""
        self.versions = versions
        self._forget()

    def _forget(self) -> None:
        for part in ("config", "catalogue", "own", "rule_folders", "_layers", "_excluded"):
            self.__dict__.pop(part, None)

    def name_of(self, path: Path) -> str | None:
        """The name under which the journal knows a file, or None where it is not inside this root."""
        return name_in(self.root, path)

    def excludes(self, name: str) -> bool:
        """Whether the configuration leaves this file out, itself or a folder that it is in."""
        parts = name.split("/")
        folders = ("/".join(parts[:count]) + "/" for count in range(1, len(parts)))
        return any(self._excluded.ignores(one) for one in (*folders, name))

    @cached_property
    def _excluded(self) -> Ignores:
        return Ignores().with_patterns(list(self.config.exclude), "")

    def remembered(self, name: str, text: Text) -> Memory:
        """What the journal knows of a file whose text is this one now."""
        memory = steadily(lambda: recall(self.journal.events(name), text.digest()))
        self._held[name] = memory.regions
        return memory

    def regions(self, name: str, text: Text) -> tuple[Region, ...]:
        """The Regions of a file on disk whose text is this one, found again by content. Raises OSError where the
        state folder cannot be read.
        """
        return self.holdings(name, text).regions()

    def holdings(self, name: str, text: Text) -> Holdings:
        """As `regions`, with where each of them has its text. Raises OSError."""
        if not self.journal.events(name):
            return self.adopted(name, text)
        memory = self.remembered(name, text)
        if not memory.anchors:
            return Holdings()
        from gifthorse.provenance.reattach import reattach  # noqa: PLC0415  a scan without Regions does not need it

        return reattach(memory.anchors, text)

    def seen(self, name: str, text: Text) -> Holdings | None:
        """The Regions of exactly this text, if the journal saw it in this file; else None. Raises OSError."""
        if not is_seen(self.journal.events(name), text):
            return None
        from gifthorse.provenance.reattach import reattach  # noqa: PLC0415  a scan without Regions does not need it

        memory = steadily(lambda: recall(self.journal.events(name), text.digest()))
        return reattach(memory.anchors, text)

    def former(self, name: str) -> tuple[Any, ...]:
        """The anchors of Regions that went away with their text (see memory.former). Raises OSError."""
        return steadily(lambda: former(self.journal.events(name)))

    def verdicts(self, name: str) -> dict[str, Verdict]:
        """The last Verdict on each Region of a file. Raises OSError."""
        events = self.journal.events(name)
        return {event.verdict.region: event.verdict for event in events if isinstance(event, Judged)}

    def approvals(self, name: str) -> dict[str, frozenset[str]]:
        """Region's id -> everybody who approved it with the content of its last Verdict. Raises OSError."""
        last, found = self.verdicts(name), dict[str, set[str]]()
        for event in self.journal.events(name):
            if isinstance(event, Judged) and event.verdict.standing is Standing.APPROVED:
                given = event.verdict
                if given.content == last[given.region].content:
                    found.setdefault(given.region, set()).add(given.by)
        return {region: frozenset(people) for region, people in found.items()}

    def adopted(self, name: str, text: Text) -> Holdings:
        """The Regions of a file of which the journal knows nothing under this name: if another work tree of the
        repository knows it, or if it was renamed or copied.
        """
        if self._beside:
            from gifthorse.workspace.worktrees import from_beside  # noqa: PLC0415  few repositories have several

            if (known := steadily(lambda: from_beside(self._beside, name, text))).records:
                return known
        if not self.journal.paths():  # Most roots: not even a digest is needed.
            return Holdings()
        from gifthorse.workspace.elsewhere import from_elsewhere  # noqa: PLC0415  only where there are Regions at all

        return steadily(lambda: from_elsewhere(self.journal, self.root, name, text))

    @cached_property
    def _beside(self) -> tuple[Journal, ...]:
        """The journals of the repository's other work trees."""
        place = self.root / ".git"
        if not place.is_file() and not (place / "worktrees").is_dir():
            return ()
        from gifthorse.workspace.worktrees import journals_beside  # noqa: PLC0415  few repositories have several

        return journals_beside(self.root)

    def remember(self, name: str, text: Text, holdings: Holdings, found: "tuple[Anchor, ...] | None" = None) -> None:
        """Write down where the Regions of a file stand now. Raises OSError where that is not possible.

        Regions that were remembered before, by this Workspace, and are not in `holdings` count as gone from here on.
        `found`: their anchors, if somebody made them already.
        """
        event = anchored(name, text, holdings, self._held.get(name, frozenset()), found)
        self.journal.append(event)
        self._held[name] = frozenset(event.held)

    def close(self) -> None:
        """Let go of the journal's file."""
        if "journal" in self.__dict__:
            self.journal.close()


def steadily(look: Callable[[], T]) -> T:
    """What `look` sees in a journal, where another process may fold files away that are just being looked at."""
    for _ in range(ATTEMPTS - 1):
        with contextlib.suppress(FileNotFoundError):
            return look()
    return look()


def capabilities(catalogue: Catalogue) -> frozenset[str]:
    """The ids of all capabilities that a text can have."""
    return frozenset(trait.id for trait in catalogue.traits.values() if trait.family == CAPABILITIES)


def severities(catalogue: Catalogue) -> dict[str, Severity]:
    """Every rule's own severity."""
    return {rule.id: rule.severity for rule in catalogue.rules.values()}
