"""What can hang, one thing at a time: each leaves the rest of the clinic as it was, and answers what people try in vain meanwhile."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from adapters.calendar.google import GoogleCalendar
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.own_calendar import ASK_ANEW_AFTER, to_read
from scheduling_core.use_cases.own_calendars import Reading, agree
from scheduling_core.use_cases.sessions import StartGoogleSignIn
from support.clinic import Clinic
from support.hanging import HangingProviders
from support.outside import Rooms

Tried = Callable[[], Awaitable[object]]
Hang = Callable[[Clinic, HangingProviders, Sequence[Doctor]], Awaitable[Sequence[Tried]]]


async def nothing(clinic: Clinic, providers: HangingProviders, doctors: Sequence[Doctor]) -> Sequence[Tried]:
    return ()


async def calendar_and_mail(clinic: Clinic, providers: HangingProviders, doctors: Sequence[Doctor]) -> Sequence[Tried]:
    clinic.adopt(payments=clinic.payments, rooms=providers.calendar(), letters=providers.notifier("smtp"))
    return ()


def mail_by(name: str) -> Hang:
    async def hang(clinic: Clinic, providers: HangingProviders, doctors: Sequence[Doctor]) -> Sequence[Tried]:
        clinic.adopt(payments=clinic.payments, rooms=clinic.rooms, letters=providers.notifier(name))
        return ()

    return hang


async def pictures(clinic: Clinic, providers: HangingProviders, doctors: Sequence[Doctor]) -> Sequence[Tried]:
    keeper = providers.pictures()
    return [lambda: keeper.take(secrets.token_urlsafe(16), uuid4())] * 4


async def sign_in(clinic: Clinic, providers: HangingProviders, doctors: Sequence[Doctor]) -> Sequence[Tried]:
    return [StartGoogleSignIn(clinic.chance, providers.identity())] * 8


@dataclass
class _AskedInVain:
    """The clinic's own calendar is well; those of doctors are asked for at Google's, which hangs."""

    rooms: Rooms
    own: GoogleCalendar

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own if name == "busy" else self.rooms, name)


async def free_busy(clinic: Clinic, providers: HangingProviders, doctors: Sequence[Doctor]) -> Sequence[Tried]:
    """Every doctor has a calendar of their own, read so long ago that whoever takes a time has it asked first."""
    rooms = clinic.rooms
    for doctor in doctors:
        rooms.diaries[doctor.email] = []
        await clinic.connect(Actor.doctor(doctor.id), doctor.email)
    async with clinic.storage.writing() as unit:
        for doctor in doctors:
            await unit.schedules.lock(doctor.id)
            own = await unit.own_calendars.of(doctor.id)
            assert own is not None
            old = own.read_at - ASK_ANEW_AFTER - timedelta(minutes=1)
            await unit.own_calendars.put(replace(own, read_at=old, tried_at=old))
            seen = to_read(old, horizon_days=(await unit.schedules.hours(doctor.id)).horizon_days)
            await agree(unit, clinic.chance, doctor.id, Reading(seen=seen, busy=()))
    clinic.adopt(payments=clinic.payments, rooms=_AskedInVain(rooms, providers.calendar()), letters=clinic.letters)
    return ()


async def stripe(clinic: Clinic, providers: HangingProviders, doctors: Sequence[Doctor]) -> Sequence[Tried]:
    """Others try to open a page that never comes."""
    clinic.adopt(payments=providers.payments(), rooms=clinic.rooms, letters=clinic.letters)
    costs, patient = await clinic.doctor(), await clinic.patient()
    starts_at = clinic.clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=5)
    me = Actor.patient(patient.id)
    held = await clinic.hold_slot(me, None, doctor_id=costs.id, starts_at=starts_at)
    return [lambda: clinic.open_checkout(me, held.appointment.id)] * 8
