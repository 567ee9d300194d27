"""The simulated calendar: one event for each visit, with a video room of its own."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from adapters.calendar.simulator_diaries import SimulatedDiaries, busy_in
from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import Books, Shelf, SimulatorState
from scheduling_core.errors import NotFound
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.ports.calendar import CalendarEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A video room as the provider keeps it. `ready` is false while the conference is still being prepared."""

    code: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    sequence: int
    guests: tuple[str, ...]
    ready: bool = True
    cancelled: bool = False


CLINIC = "visits@calendar.example"
_ROOMS = Shelf("calendar.rooms", Room)


class SimulatedCalendar:
    """Calendar. A room's code derives from the appointment and a secret: a retry makes no second one, nobody guesses it."""

    def __init__(self, state: SimulatorState, faults: Faults, *, public_url: str, secret: str) -> None:
        self._state = state
        self._faults = faults
        self._public_url = public_url.rstrip("/")
        self._secret = secret.encode()
        self.diaries = SimulatedDiaries(state)
        """What people enter in calendars of their own."""

    async def put(self, event: CalendarEvent) -> str | None:
        code = self._code(event.appointment_id)

        def work(books: Books) -> Room:
            known = _ROOMS.get(books, code)
            if known is not None and known.sequence > event.sequence:
                # A call that was overtaken: what came later stays.
                return known
            room = Room(
                code=code,
                starts_at=event.interval.start,
                ends_at=event.interval.end,
                zone=event.zone,
                sequence=event.sequence,
                guests=event.guests,
                ready=self._faults.take(books, "calendar", Fault.SILENCE) is None,
            )
            _ROOMS.put(books, code, room)
            return room

        room = await self._faults.call("calendar", work)
        return f"{self._public_url}/simulator/meet/{code}" if room.ready else None

    async def cancel(self, appointment_id: AppointmentId) -> None:
        code = self._code(appointment_id)

        def work(books: Books) -> None:
            room = _ROOMS.get(books, code)
            if room is not None:
                _ROOMS.put(books, code, replace(room, cancelled=True))

        await self._faults.call("calendar", work)

    @property
    def shared_with(self) -> str | None:
        return CLINIC

    async def busy(self, address: str, within: Interval) -> Sequence[Interval]:
        def work(books: Books) -> list[Interval]:
            visits = [
                Interval(start=room.starts_at, end=room.ends_at)
                for room in _ROOMS.tagged(books, "")
                if not room.cancelled and address.casefold() in map(str.casefold, room.guests)
            ]
            return [each for each in (*busy_in(books, address), *visits) if each.overlaps(within)]

        return await self._faults.call("busy", work)

    async def room(self, code: str) -> Room:
        """The room behind a join URL. Raise NotFound."""
        room = await self._state.read(lambda books: _ROOMS.get(books, code))
        if room is None:
            raise NotFound
        return room

    def _code(self, appointment_id: AppointmentId) -> str:
        """Sixteen letters in groups of four: 75 bits."""
        digest = hmac.new(self._secret, f"room {appointment_id}".encode(), hashlib.sha256).digest()
        number = int.from_bytes(digest, "big")
        letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(16))
        return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
