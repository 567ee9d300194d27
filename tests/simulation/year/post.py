"""The post of a simulated year: what arrived, when, and once for each message id."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from adapters.kit.transactions import require_no_transaction
from scheduling_core.ports.notify import Message
from scheduling_core.ports.system import Clock


@dataclass(frozen=True, slots=True)
class Letter:
    message: Message
    arrived_at: datetime


class Post:
    """Matches ports.notify.Notifier."""

    def __init__(self, clock: Clock, read: Callable[[Message], None]) -> None:
        """`read` is what happens when a letter arrives for the first time."""
        self._clock, self._read = clock, read
        self.letters: dict[str, Letter] = {}

    async def send(self, message: Message) -> bool:
        require_no_transaction()
        if message.id not in self.letters:
            self.letters[message.id] = Letter(message, self._clock.now())
            self._read(message)
        return False
