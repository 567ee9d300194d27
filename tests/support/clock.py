"""A clock that stands still until it is told otherwise."""

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
"""Where tests begin unless they say otherwise: a Monday, an hour before a working day in UTC."""


class ManualClock:
    """Shows `start` until it is moved; matches ports.system.Clock."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def set(self, instant: datetime) -> datetime:
        """Show `instant` from now on, also when that is earlier."""
        self._now = instant.astimezone(UTC)
        return self._now

    def advance(self, by: timedelta | None = None, /, **parts: float) -> datetime:
        """Go on by `by`, or by what timedelta makes of `parts` (`minutes=5`); the new instant."""
        return self.set(self._now + (by or timedelta()) + timedelta(**parts))
