"""Who may write where, and what code may do where: `[[policy]]` and `[capabilities]` of gifthorse.toml as values.

What they mean for a text is workspace/policies.py's; reading them, store/policies.py's.
"""

from dataclasses import dataclass

from gifthorse.model.finding import Severity
from gifthorse.model.insertion import Evidence

ANYBODY = "*"
"""In place of a name: whoever it is."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One entry. It holds for text in `paths` (patterns as in .gitignore) that one of `tools` and `models` (globs)
    wrote by one of these kinds of `evidence`; what is empty holds for all.

    `allowed`: whether such text may be there; None where the entry does not say. `review`: names or addresses of
    people of whom one must have approved it. `severity`: what a finding in it has at least. `file`, `line`: where the
    entry stands. `trusted`: whether it may lift what others deny.
    """

    file: str
    line: int
    paths: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    evidence: frozenset[Evidence] = frozenset()
    allowed: bool | None = None
    review: tuple[str, ...] = ()
    severity: Severity | None = None
    reason: str = ""
    trusted: bool = True

    @property
    def says_something(self) -> bool:
        """Whether anything follows where it holds."""
        return self.allowed is not None or bool(self.review or self.severity)

    @property
    def place(self) -> str:
        """Where it stands, as people read it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Grant:
    """Files in `paths` (patterns as in .gitignore) may have a capability (the id of a trait) without a word about it.

    `file`, `line`: where that is said.
    """

    capability: str
    paths: tuple[str, ...]
    file: str
    line: int

    @property
    def place(self) -> str:
        """Where it stands, as people read it."""
        return f"{self.file}:{self.line}"
