"""A few doctors of whom somebody wants something again and again, and when each is free by their slots themselves."""

from contextlib import suppress
from datetime import datetime
from random import Random

from contract.storage.making import DAY, stored_doctor, stored_patient
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Move, Status, Verb
from scheduling_core.availability import SlotStatus, slots
from scheduling_core.doctor import Doctor
from scheduling_core.errors import PatientBusy, SlotTaken
from scheduling_core.hours import Span
from scheduling_core.instants import Interval, local_date
from scheduling_core.ports.storage import Storage
from scheduling_core.rescheduling import move_to
from scheduling_core.use_cases.offers import holdable
from scheduling_core.use_cases.soonest import KeepOutlooks
from support.clinic import TERMS
from support.clock import ManualClock
from support.making import a_hold, a_time_off, minutes, some_hours

SHORT = some_hours(weekly=((Span(540, 660),),) * 7, horizon_days=3, minimum_notice_minutes=10)
LONG = some_hours(weekly=((Span(540, 720), Span(800, 960)),) * 7, horizon_days=6, time_zone="Asia/Tokyo")


async def free_at_by_slots(storage: Storage, doctor: Doctor, now: datetime) -> datetime | None:
    """By the slots themselves, of every day."""
    async with storage.reading() as unit:
        hours = holdable(await unit.schedules.hours(doctor.id), TERMS)
        time_off = await unit.schedules.time_off(doctor.id)
        taken = await unit.appointments.taken(doctor.id, Interval(start=now - DAY, end=now + 10 * DAY))
    first = local_date(now, hours.time_zone)
    found = slots(hours, time_off=time_off, taken=taken, first=first, last=first + 10 * DAY, now=now)
    return next((each.interval.start for each in found if each.status is SlotStatus.FREE), None)


class Town:
    """A few doctors of whom somebody wants something again and again."""

    def __init__(self, storage: Storage, clock: ManualClock, seed: int) -> None:
        self.storage, self.clock, self.random = storage, clock, Random(seed)
        self.doctors: list[Doctor] = []
        self.visits: list[Appointment] = []

    async def begin(self) -> None:
        for hours in (SHORT, SHORT, LONG, LONG):
            self.doctors.append(await stored_doctor(self.storage, hours))
        self.patients = [await stored_patient(self.storage) for _ in range(40)]

    async def step(self) -> None:
        """Something happens that may change when somebody is free, or time passes, or what is known is kept."""
        doctor, now, one_of = self.random.choice(self.doctors), self.clock.now(), self.random.choice
        match one_of(
            [
                "hold",
                "hold",
                "hold",
                "book",
                "book",
                "end",
                "move",
                "hours",
                "off",
                "on",
                "wait",
                "keep",
                "keep",
            ]
        ):
            case "keep":
                await KeepOutlooks(self.storage, self.clock, TERMS)(limit=3)
            case "wait":
                self.clock.advance(minutes=one_of([3, 20, 45, 400]))
            case "hours":
                async with self.storage.writing() as unit:
                    await unit.schedules.set_hours(doctor.id, one_of([SHORT, LONG]))
            case "off":
                async with self.storage.writing() as unit:
                    counts_from = one_of([None, now + minutes(2), now + minutes(300)])
                    length = minutes(one_of([90, 2000, 20_000]))
                    await unit.schedules.add_time_off(doctor.id, a_time_off(now, length, counts_from=counts_from))
            case "on":
                async with self.storage.writing() as unit:
                    for each in await unit.schedules.time_off(doctor.id):
                        await unit.schedules.remove_time_off(doctor.id, each.id)
            case "hold":
                free_at = await free_at_by_slots(self.storage, doctor, now)
                if free_at is not None:
                    await self._store(
                        a_hold(doctor, one_of(self.patients), free_at, at=now, lasts=minutes(one_of([2, 30])))
                    )
            case what if self.visits:
                await self._change(self.visits.pop(self.random.randrange(len(self.visits))), what)

    async def _change(self, visit: Appointment, what: str) -> None:
        now, actor = self.clock.now(), Actor.doctor(visit.doctor_id)
        if what == "end":
            await self._store(visit.move(Verb.STRIKE, actor, now))
        elif what == "book" and visit.status is Status.PENDING and not visit.hold_lapsed(now):
            await self._store(visit.move(Verb.BOOK, SYSTEM, now).amend(booked_at=now))
        elif what == "move" and visit.status is Status.BOOKED:
            doctor = next(each for each in self.doctors if each.id == visit.doctor_id)
            free_at = await free_at_by_slots(self.storage, doctor, now)
            if free_at is not None:
                interval = Interval(start=free_at, end=free_at + minutes(30))
                await self._store(move_to(visit, interval, actor, now, gap=minutes(0), zones=("UTC", "UTC")))

    async def _store(self, move: Move) -> None:
        visit = move.after
        # A lapsed hold that nobody has tidied away is in the way still; so is what a patient has at that time.
        with suppress(SlotTaken, PatientBusy):
            async with self.storage.writing() as unit:
                await unit.schedules.lock(visit.doctor_id)
                if move.before is None:
                    await unit.appointments.add(move)
                else:
                    visit = await unit.appointments.store(move)
            if visit.status is not Status.CANCELLED:
                self.visits.append(visit)
