"""What holds for a text that is held against another one: what it may do, what is declared for it, what stands beside it."""

from dataclasses import dataclass

from gifthorse.model.dependency import Declared
from gifthorse.model.text import Files


@dataclass(frozen=True, slots=True)
class Terms:
    """`allowed`: the capabilities that it may have. `declared`: what the manifests around it say, None where nobody
    looked. `beside`: the files beside it, with which it may be compared.
    """

    allowed: tuple[str, ...] = ()
    declared: Declared | None = None
    beside: Files = ()


NO_TERMS = Terms()
