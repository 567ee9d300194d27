"""What people do in a year: patients who book, dawdle, are declined, call off and forget; doctors who change their minds."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from adapters.payments.simulator_sessions import Session
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status
from scheduling_core.availability import SlotStatus
from scheduling_core.doctor import Doctor
from scheduling_core.errors import ProviderRefused, ProviderUnavailable, Refusal
from scheduling_core.hours import Hours, Span
from scheduling_core.ids import AppointmentId, DoctorId
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.attendance import Arrive, Fulfil, MarkMissed, UndoMissed
from scheduling_core.use_cases.hours import AddedTimeOff, AddTimeOff, SetHours
from scheduling_core.use_cases.slots import FindSlots, OfferedSlots
from scheduling_core.use_cases.waitlist import Wish
from simulation.year.servers import Server, Unreachable
from simulation.year.world import LoopClock
from support.clinic import Clinic

T = TypeVar("T")
S = TypeVar("S", Arrive, Fulfil, MarkMissed, UndoMissed)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Europe/London",
    "America/Sao_Paulo",
    "America/Chicago",
    "Asia/Tokyo",
)
PATIENCE = 3
"""How often somebody tries again before they give up."""


def hours_of(random: Random, zone: str) -> Hours:
    """A week as doctors have it: mornings, afternoons, sometimes a night."""
    day = random.choice(((Span(540, 750), Span(840, 1020)), (Span(480, 780),), (Span(0, 240), Span(1200, 1440))))
    return Hours(
        time_zone=zone,
        slot_minutes=random.choice((15, 30, 30, 60)),
        gap_minutes=random.choice((0, 0, 10)),
        minimum_notice_minutes=random.choice((0, 60)),
        horizon_days=random.choice((14, 30, 60)),
        weekly=tuple(day if weekday in random.sample(range(7), 5) else () for weekday in range(7)),
        overrides={},
    )


class Town:
    """Everybody, the processes they may reach, and the clinic whose hands move what happens at the providers."""

    def __init__(self, clock: LoopClock, random: Random, servers: list[Server], outside: Clinic) -> None:
        self.clock, self.random, self.servers, self.outside = clock, random, servers, outside
        self.doctors: list[Doctor] = []
        self.patients: list[Patient] = []
        self.changed_at: dict[DoctorId, datetime] = {}
        """When each doctor's hours or time off last changed."""
        self._thinking: set[asyncio.Task[None]] = set()

    async def ask(self, verb: Callable[[Clinic], Awaitable[T]]) -> T:
        """Any process that answers, as a load balancer and a patient person would have it. Raise Refusal, Unreachable."""
        for _ in range(PATIENCE):
            try:
                return await self.random.choice(self.servers).handle(verb)
            except (Unreachable, ProviderUnavailable):
                await asyncio.sleep(self.random.uniform(5, 60))
        raise Unreachable

    # -- patients --------------------------------------------------------------------------------------------------

    async def visit(self, patient: Patient, at: datetime, cancelling: float) -> None:
        """One wish for a visit, from its first look to whatever becomes of it."""
        await self.clock.until(at)
        try:
            held = await self._find_and_hold(patient)
            if held is None:
                return
            await self._go_on(patient, held)
            await self._live_with(patient, held, cancelling)
        except (Refusal, Unreachable):
            return

    async def _find_and_hold(self, patient: Patient) -> Appointment | None:
        random = self.random
        for _ in range(PATIENCE):
            # Everybody wants the same few doctors, so that they get into each other's way.
            doctor = self.doctors[int(len(self.doctors) * random.random() ** 3)]
            free = await self._free(doctor, timedelta(days=random.choice((2, 7, 21))))
            if len(free) < 3 or random.random() < 0.1:
                await self._wait_for(patient, doctor)
            if not free:
                continue
            wanted = random.choice(free[:4]) if random.random() < 0.5 else random.choice(free)
            await asyncio.sleep(random.expovariate(1 / 30))
            try:
                return await self._hold(patient, doctor, wanted)
            except Refusal:
                continue
        return None

    async def _free(self, doctor: Doctor, ahead: timedelta) -> list[datetime]:
        first = self.clock.now().date()

        async def find(clinic: Clinic) -> OfferedSlots:
            return await FindSlots(clinic.storage, self.clock, clinic.terms)(doctor.id, first=first, last=first + ahead)

        return [slot.interval.start for slot in (await self.ask(find)).slots if slot.status is SlotStatus.FREE]

    async def _hold(self, patient: Patient, doctor: Doctor, starts_at: datetime) -> Appointment:
        actor = Actor.patient(patient.id)
        held = await self.ask(lambda clinic: clinic.hold_slot(actor, None, doctor_id=doctor.id, starts_at=starts_at))
        return held.appointment

    async def _go_on(self, patient: Patient, held: Appointment) -> None:
        """Pay for it, or wander off."""
        random, actor = self.random, Actor.patient(patient.id)
        if random.random() < 0.08:
            return
        if random.random() < 0.04:
            await self.ask(lambda clinic: clinic.cancel(actor, None, appointment_id=held.id))
            return
        await asyncio.sleep(random.expovariate(1 / 60))
        await self.ask(lambda clinic: clinic.open_checkout(actor, held.id))
        if held.quote.total.amount:
            await self._pay(held.id)

    async def _live_with(self, patient: Patient, visit: Appointment, cancelling: float) -> None:
        """What becomes of a booked visit: it is moved, called off, attended or forgotten."""
        random, actor = self.random, Actor.patient(patient.id)
        if random.random() < 0.2:
            await self._move(patient, visit)
        if random.random() < cancelling:
            await self.clock.until(self.clock.now() + (visit.starts_at - self.clock.now()) * random.random())
            await self.ask(lambda clinic: clinic.cancel(actor, None, appointment_id=visit.id))
            return
        async with self.outside.storage.reading() as unit:
            visit = await unit.appointments.get(visit.id, actor)
        await self.clock.until(visit.starts_at + timedelta(minutes=random.uniform(-5, 5)))
        doctor = Actor.doctor(visit.doctor_id)
        if random.random() < 0.1:
            await self.clock.until(visit.starts_at + timedelta(minutes=15))
            await self.ask(lambda clinic: self._step(clinic, MarkMissed)(doctor, None, appointment_id=visit.id))
            if random.random() < 0.3:
                await self.ask(lambda clinic: self._step(clinic, UndoMissed)(doctor, None, appointment_id=visit.id))
            return
        await self.ask(lambda clinic: self._step(clinic, Arrive)(actor, None, appointment_id=visit.id))
        if random.random() < 0.5:
            await self.clock.until(visit.ends_at)
            await self.ask(lambda clinic: self._step(clinic, Fulfil)(doctor, None, appointment_id=visit.id))

    @staticmethod
    def _step(clinic: Clinic, step: type[S]) -> S:
        return step(clinic.storage, clinic.chance, clinic.terms)

    def read(self, message: Message) -> None:
        """Somebody opens a letter. An offer is thought about; the rest is only kept."""
        if message.kind is MessageKind.OFFER and message.visit is not None:
            thinking = asyncio.create_task(self._consider(message.email, message.visit.appointment_id))
            self._thinking.add(thinking)
            thinking.add_done_callback(self._thinking.discard)

    async def _consider(self, email: str, appointment_id: AppointmentId) -> None:
        patient = next(patient for patient in self.patients if patient.email == email)
        actor = Actor.patient(patient.id)
        await asyncio.sleep(self.random.expovariate(1 / 300))
        with suppress(Refusal, Unreachable):
            if self.random.random() < 0.2:
                await self.ask(lambda clinic: clinic.cancel(actor, None, appointment_id=appointment_id))
                return
            accepted = await self.ask(lambda clinic: clinic.accept(actor, None, appointment_id=appointment_id))
            if accepted.appointment.status is Status.PENDING:
                await self._go_on(patient, accepted.appointment)

    async def _wait_for(self, patient: Patient, doctor: Doctor) -> None:
        """Everything that suits is gone, or might come sooner."""
        now = self.clock.now()
        wish = Wish(
            window=Interval(start=now, end=now + timedelta(days=self.random.choice((2, 10)))), doctor_id=doctor.id
        )
        with suppress(Refusal):
            await self.ask(lambda clinic: clinic.join_waitlist(Actor.patient(patient.id), None, wish))

    async def _move(self, patient: Patient, visit: Appointment) -> None:
        """Another time suits better, soon or a while later."""
        await asyncio.sleep(self.random.expovariate(1 / timedelta(hours=12).total_seconds()))
        doctor = next(doctor for doctor in self.doctors if doctor.id == visit.doctor_id)
        free = await self._free(doctor, timedelta(days=7))
        if free:
            starts_at, actor = self.random.choice(free), Actor.patient(patient.id)
            with suppress(Refusal):
                await self.ask(
                    lambda clinic: clinic.reschedule(actor, None, appointment_id=visit.id, starts_at=starts_at)
                )

    async def _pay(self, appointment_id: AppointmentId) -> None:
        random = self.random
        # Most are quick; some come back about when the page closes.
        await asyncio.sleep(random.expovariate(1 / 90) if random.random() < 0.9 else random.uniform(480, 660))
        if random.random() < 0.1:
            await self._at_the_provider(appointment_id, lambda session: session.decline("card_declined"))
            await asyncio.sleep(random.expovariate(1 / 30))
        if random.random() < 0.03:
            return
        await self._at_the_provider(appointment_id, lambda session: session.authorize(self.clock.now()))

    async def _at_the_provider(self, appointment_id: AppointmentId, change: Callable[[Session], Session]) -> None:
        """What payer or bank do, and the webhook that tells of it: late, twice, or never."""
        ref = (await self.outside.payment(appointment_id)).ref
        if ref is None:
            return
        try:
            await self.outside.payments.happen(ref, change, None)
        except ProviderRefused:
            return
        event_id = str(self.outside.chance.new_id())
        for _ in range(self.random.choice((0, 1, 1, 1, 1, 1, 1, 2))):
            await asyncio.sleep(self.random.expovariate(1 / 5))
            try:
                await self.ask(lambda clinic: clinic.webhook(ref, event_id=event_id))
            except Unreachable:
                return

    # -- doctors ---------------------------------------------------------------------------------------------------

    async def practise(self, doctor: Doctor, until: datetime) -> None:
        """Now and then a doctor changes their hours, goes away, or calls off a visit."""
        doings = (self._change_hours, self._change_hours, self._go_away, self._go_away, self._call_off)
        while True:
            await asyncio.sleep(self.random.expovariate(1 / timedelta(days=30).total_seconds()))
            if self.clock.now() >= until:
                return
            with suppress(Refusal, Unreachable):
                await self.random.choice(doings)(doctor)
            self.changed_at[doctor.id] = self.clock.now()

    async def _change_hours(self, doctor: Doctor) -> None:
        async with self.outside.storage.reading() as unit:
            zone = (await unit.schedules.hours(doctor.id)).time_zone
        hours = hours_of(self.random, zone)
        await self.ask(lambda clinic: SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), hours))

    async def _go_away(self, doctor: Doctor) -> None:
        start = self.clock.now() + timedelta(hours=self.random.randrange(24 * 10))
        away = Interval(start=start, end=start + timedelta(hours=self.random.choice((2, 24, 72))))

        async def add(clinic: Clinic) -> AddedTimeOff:
            add_time_off = AddTimeOff(clinic.storage, clinic.chance)
            return await add_time_off(Actor.doctor(doctor.id), None, interval=away, cancel_conflicts=True)

        await self.ask(add)

    async def _call_off(self, doctor: Doctor) -> None:
        now = self.clock.now()
        async with self.outside.storage.reading() as unit:
            visits = await unit.appointments.booked_within(doctor.id, Interval(start=now, end=now + timedelta(days=14)))
        if visits:
            visit = self.random.choice(visits)
            await self.ask(lambda clinic: clinic.cancel(Actor.doctor(doctor.id), None, appointment_id=visit.id))
