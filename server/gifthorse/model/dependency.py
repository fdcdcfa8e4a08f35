"""What is known of packages: those of the world, and those that one project says it uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gifthorse.model.finding import Remote


@dataclass(frozen=True, slots=True)
class Packages:
    """One ecosystem: the contents of queries/knowledge/packages/<ecosystem>.txt.

    `endings`: of the files whose imports it speaks of. `standard`: modules that come with the language. `imports`: what
    is imported -> the packages that have it, where the names differ. `known`: names that are used a lot, the most used
    first. The long lists are kept as one text each, with spaces, since most runs never look at them.
    """

    ecosystem: str
    endings: tuple[str, ...]
    source: str
    date: str
    standard: str = ""
    imports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What the manifests and locks around a file say. `files`: those that were read, the nearest first. `names`: the
    packages that they name, as the ecosystem compares names. `own`: what is the project's own to import. `unsure`: whether
    one of them could not be read in full, so that what they do not name may be declared all the same. `slots`: the edits
    that declare a further package, with `{name}` where its name goes (`{group}` and `{artifact}` where it has two parts).
    """

    ecosystem: str
    files: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    unsure: bool = False
    slots: tuple[Remote, ...] = ()
