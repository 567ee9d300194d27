"""When to stop asking a provider that does not answer, and when to try again."""

from dataclasses import dataclass


@dataclass(slots=True)
class Breaker:
    """Opens after `failures` in a row and stays open for `rest` seconds; then one call may try, and its end decides.

    It judges by the instants that it is given, of one clock that only grows.
    """

    failures: int = 5
    rest: float = 15.0
    _in_a_row: int = 0
    _closed_until: float = 0.0
    _trying: bool = False

    def rests(self, now: float) -> float:
        """For how many seconds more nobody may call; 0 if a call may be made."""
        if now < self._closed_until:
            return self._closed_until - now
        return self.rest if self._trying else 0.0

    def begin(self) -> None:
        """A call is made. The first one after a rest is made alone."""
        self._trying = self._in_a_row >= self.failures

    def succeeded(self) -> None:
        """The provider answered, be it with a refusal: it is there."""
        self._in_a_row, self._trying = 0, False

    def failed(self, now: float) -> None:
        """The provider did not answer, or failed."""
        self._in_a_row += 1
        self._trying = False
        if self._in_a_row >= self.failures:
            self.pause(now, self.rest)

    def given_up(self) -> None:
        """The caller went away before it could be known how the call ended."""
        self._trying = False

    def pause(self, now: float, seconds: float) -> None:
        """Nobody calls for so long, as the provider itself has asked for."""
        self._closed_until = max(self._closed_until, now + seconds)
