"""Visits in the clinic's calendar at Google, and a doctor's own calendar there."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import ClassVar

from adapters.calendar.google import GoogleCalendar
from adapters.calendar.google_access import BUSY_SCOPE, SCOPE, GoogleAccess, read_credentials
from adapters.calendar.google_client import CalendarClient
from contract.providers.troubles import BREAKS_OFF, FAILS, HANGS, LOCKED_OUT, MANY, NONSENSE, PATIENCE, WorkOf
from scheduling_core.access import Actor
from scheduling_core.hours import Source
from scheduling_core.instants import Interval
from scheduling_core.ports.calendar import Calendar
from scheduling_core.tasks import TaskKind
from servers.google_calendar import CLINIC, google_calendar_server, refusal
from servers.wire import Break, Reply
from support.clock import MONDAY


@dataclass
class AtGoogle(WorkOf):
    """Its calendar."""

    stack: AsyncExitStack = field(kw_only=True)
    kind = TaskKind.ARRANGE_MEETING
    provider = "google_calendar"
    at = "/events"
    says: ClassVar[dict[str, str]] = {
        BREAKS_OFF: "Google Calendar did not answer",
        PATIENCE: "come back later (429)",
        FAILS: "answered 500",
        NONSENSE: "cannot be read",
        LOCKED_OUT: "does not accept our credentials",
    }

    def __post_init__(self) -> None:
        self.server = self.stack.enter_context(google_calendar_server())
        self.writing, self.asking = self.client(SCOPE), self.client(BUSY_SCOPE)

    def equip(self, seconds: float) -> None:
        self.clinic.adopt(payments=self.clinic.payments, rooms=self.calendar(seconds), letters=self.clinic.letters)

    def client(self, scope: str) -> CalendarClient:
        access = GoogleAccess(read_credentials(self.server.service_account(), delegate=CLINIC, scope=scope))
        return CalendarClient(access, self.clinic.clock, calendar_id="primary", url=self.server.api)

    def calendar(self, seconds: float) -> Calendar:
        made, busy = self.calls("google_calendar", seconds), self.calls("google_free_busy", seconds)
        return GoogleCalendar(self.writing, made, asking=self.asking, asked=busy, shared_with=CLINIC)

    async def begin(self) -> None:
        visit = await self.a_visit()
        await self.clinic.pay(visit.id)

    def fail(self, fault: str) -> None:
        broken = {
            HANGS: Break.DONE_THEN_HANG,
            BREAKS_OFF: Break.DONE_THEN_RESET,
            PATIENCE: Reply(429, b"canary", {"Retry-After": self.patience}),
            FAILS: refusal(500, "backendError"),
            NONSENSE: Reply(200, b'{"canary": '),
            LOCKED_OUT: refusal(401, "authError"),
        }[fault]
        self.server.wire.fail(*[broken] * (1 if fault == HANGS else MANY), at=self.at)

    def mend(self) -> None:
        self.server.wire.mend()

    async def done(self) -> int:
        return len(self.server.live)


@dataclass
class AtFreeBusy(AtGoogle):
    """The doctor's own calendar, in which one time was entered."""

    kind = TaskKind.READ_CALENDAR
    provider = "google_free_busy"
    at = "freeBusy"

    async def begin(self) -> None:
        self.doctor = await self.clinic.doctor(name="Dr Canary")
        entries = self.server.diaries.setdefault(self.doctor.email, [])
        await self.clinic.connect(Actor.doctor(self.doctor.id), self.doctor.email)
        lunch = Interval(start=MONDAY.replace(hour=20), end=MONDAY.replace(hour=21))
        entries.append((lunch.start, lunch.end))
        self.clinic.clock.advance(minutes=3)

    async def done(self) -> int:
        async with self.clinic.storage.reading() as unit:
            time_off = await unit.schedules.time_off(self.doctor.id)
        return len([each for each in time_off if each.source is Source.CALENDAR])
