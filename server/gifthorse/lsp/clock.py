"""The time of day as it is written down. Durations are measured elsewhere, with a monotonic clock."""

from datetime import UTC, datetime


def now() -> str:
    """This moment in RFC 3339, in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
