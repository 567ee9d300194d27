"""Waiting for a time: joining the line, seeing where one waits, leaving."""

from dataclasses import dataclass
from datetime import timedelta

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status
from scheduling_core.errors import IllegalTransition, InvalidInput, NotFound, WaitlistLimit
from scheduling_core.ids import AppointmentId, DoctorId, PersonId, WaitlistId
from scheduling_core.instants import Interval
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance, Clock
from scheduling_core.terms import Terms
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.dependants import lock_person_seen
from scheduling_core.use_cases.fields import sound_line
from scheduling_core.waitlist import PartOfDay, WaitlistEntry, WaitState

LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is waited for: exactly one of a doctor, any doctor of a specialization, an earlier time of a booked visit."""

    window: Interval
    doctor_id: DoctorId | None = None
    specialization: str | None = None
    appointment_id: AppointmentId | None = None
    dependant_id: PersonId | None = None
    """Who is to be seen, where it is not the patient; for an earlier time it is who the visit is for."""
    part_of_day: PartOfDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A wait as its patient sees it; `offer` is the appointment that is kept for them at the moment."""

    entry: WaitlistEntry
    offer: AppointmentId | None


@dataclass(frozen=True, slots=True)
class JoinWaitlist:
    """Wait for a time. Raise WaitlistLimit, NotFound for a doctor who is not listed or a visit that is not the patient's,
    IllegalTransition for a visit that is not booked."""

    storage: Storage
    chance: Chance
    terms: Terms

    @decide_again
    async def __call__(self, actor: Actor, request: RequestKey | None, wish: Wish) -> WaitlistEntry:
        patient_id = actor.as_patient()
        if sum(what is not None for what in (wish.doctor_id, wish.specialization, wish.appointment_id)) != 1:
            raise InvalidInput("doctor_id", "Wait for a doctor, a specialization, or an earlier time of one visit.")
        if wish.window.end - wish.window.start > LONGEST_WAIT:
            raise InvalidInput("until", f"Wait for at most {LONGEST_WAIT.days} days.")
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, WaitlistEntry)):
                return done
            patient = (await unit.patients.get(patient_id)).here()
            # Two requests of one patient at once would both find the last place free.
            await unit.patients.lock_person(patient.person_id)
            visit = await self._visit(unit, actor, wish)
            person_id = visit.person_id if visit else await lock_person_seen(unit, patient_id, wish.dependant_id)
            now = await unit.now()
            if wish.window.end <= now:
                raise InvalidInput("until", "This time is over already.")
            waits = [entry for entry in await unit.waitlist.of_patient(patient_id) if entry.waits_at(now)]
            if len(waits) >= self.terms.waitlist_entries:
                raise WaitlistLimit(f"You are waiting for {len(waits)} times already. Leave one of them first.")
            doctor_id = visit.doctor_id if visit else wish.doctor_id
            if doctor_id is not None:
                await unit.directory.one(doctor_id)
            entry = WaitlistEntry(
                id=WaitlistId(self.chance.new_id()),
                patient_id=patient_id,
                person_id=person_id,
                doctor_id=doctor_id,
                specialization=await _sound_specialization(unit, wish.specialization),
                window=_before(visit, wish.window) if visit else wish.window,
                part_of_day=wish.part_of_day,
                appointment_id=wish.appointment_id,
                created_at=now,
            )
            await unit.waitlist.add(entry)
            if request:
                await unit.requests.remember(request, entry)
            return entry

    async def _visit(self, unit: Unit, actor: Actor, wish: Wish) -> Appointment | None:
        if wish.appointment_id is None:
            return None
        visit = await unit.appointments.get(wish.appointment_id, actor)
        if visit.status is not Status.BOOKED:
            raise IllegalTransition("Only a booked visit can be moved to an earlier time.")
        return visit


def _before(visit: Appointment, window: Interval) -> Interval:
    """The part of the window that is earlier than the visit."""
    if window.start >= visit.starts_at:
        raise InvalidInput("from", "This is no earlier than the visit.")
    return Interval(start=window.start, end=min(window.end, visit.starts_at))


async def _sound_specialization(unit: Unit, specialization: str | None) -> str | None:
    if specialization is None:
        return None
    name = sound_line("specialization", specialization)
    if name not in {facet.name for facet in (await unit.directory.roll()).everybody.specializations}:
        raise InvalidInput("specialization", "No doctor of this specialization is listed.")
    return name


@dataclass(frozen=True, slots=True)
class ListWaits:
    """The signed-in patient's own waits that are not over, in the order in which they were begun."""

    storage: Storage
    clock: Clock

    async def __call__(self, actor: Actor) -> list[Wait]:
        patient_id = actor.as_patient()
        now = self.clock.now()
        async with self.storage.reading() as unit:
            entries = [entry for entry in await unit.waitlist.of_patient(patient_id) if entry.waits_at(now)]
            return [Wait(entry=entry, offer=await unit.offers.standing(entry.id, now=now)) for entry in entries]


@dataclass(frozen=True, slots=True)
class LeaveWaitlist:
    """Wait no longer. A time that is kept for the patient already stays so until it is declined or lapses.

    Repeated it changes nothing. Raise NotFound for a wait that is not the patient's.
    """

    storage: Storage

    @decide_again
    async def __call__(self, actor: Actor, entry_id: WaitlistId) -> None:
        patient_id = actor.as_patient()
        async with self.storage.writing() as unit:
            now = await unit.now()
            entry = await unit.waitlist.get(entry_id)
            if entry.patient_id != patient_id:
                raise NotFound
            if entry.waits_at(now):
                await unit.waitlist.save(entry.close(WaitState.LEFT, now))
