"""The world outside, as small as it can be and still keep its promises: a letter box and a calendar, in memory."""

import asyncio

from adapters.kit.patience import Patience
from adapters.kit.transactions import require_no_transaction
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.ports.calendar import CalendarEvent
from scheduling_core.ports.notify import Message
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance
from scheduling_core.use_cases.own_calendars import ReadBusyTimes


class LetterBox:
    """Matches ports.notify.Notifier. The same message id arrives once; while `away`, nothing does."""

    def __init__(self) -> None:
        self.letters: dict[str, Message] = {}
        self.away = False

    async def send(self, message: Message) -> bool:
        require_no_transaction()
        if self.away:
            raise ProviderUnavailable
        self.letters.setdefault(message.id, message)
        return False

    def to(self, email: str) -> list[Message]:
        return [letter for letter in self.letters.values() if letter.email == email]


def no_calendars(storage: Storage, chance: Chance) -> ReadBusyTimes:
    """For doctors of whom none has a calendar of their own."""
    return ReadBusyTimes(storage, Rooms(), chance, Patience())


class Rooms:
    """Matches ports.calendar.Calendar. While `away`, nothing is answered; while `slow`, links are not ready yet."""

    def __init__(self) -> None:
        self.events: dict[AppointmentId, CalendarEvent] = {}
        self.away = False
        self.slow = False
        self.diaries: dict[str, list[Interval]] = {}
        """When people are busy by calendars of their own that they share."""
        self.asked = 0
        """How often anybody asked for that."""
        self.answers_after = 0.0
        """The seconds after which that is answered."""

    async def put(self, event: CalendarEvent) -> str | None:
        require_no_transaction()
        if self.away:
            raise ProviderUnavailable
        self.events[event.appointment_id] = event
        return None if self.slow else f"https://meet.example.com/{event.appointment_id}"

    async def cancel(self, appointment_id: AppointmentId) -> None:
        require_no_transaction()
        if self.away:
            raise ProviderUnavailable
        self.events.pop(appointment_id, None)

    shared_with: str | None = "clinic@example.com"

    async def busy(self, address: str, within: Interval) -> list[Interval]:
        require_no_transaction()
        self.asked += 1
        if self.answers_after:
            await asyncio.sleep(self.answers_after)
        if self.away:
            raise ProviderUnavailable("the calendar is away")
        if address not in self.diaries:
            raise ProviderRefused("unshared", "not shared")
        visits = [event.interval for event in self.events.values() if address in event.guests]
        return [span for span in (*self.diaries[address], *visits) if span.overlaps(within)]
