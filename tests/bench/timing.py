"""Times that were measured, and what is said of them."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Milliseconds."""

    times: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[18]
