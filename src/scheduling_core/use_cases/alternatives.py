"""Other times and other doctors for a visit: told with its cancellation, and shown on its page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.availability import SlotStatus, slots
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import local_date
from scheduling_core.ports.alternatives import Alternatives, OtherDoctor
from scheduling_core.ports.directory import ListedDoctor
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Clock
from scheduling_core.roll import Chosen
from scheduling_core.terms import Terms
from scheduling_core.use_cases.offers import holdable, window_of
from scheduling_core.use_cases.soonest import Soonest

MOST = 3
"""How many times, and how many doctors: enough to choose from, few enough to read."""
_LOOKS = (7, 28)
"""So many days are looked at before all that can be booked."""


@dataclass(frozen=True, slots=True)
class ReadAlternatives:
    """What could be booked instead of this visit, at this moment. For whom the visit may be read; NotFound for others."""

    storage: Storage
    clock: Clock
    terms: Terms

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> Alternatives:
        actor.known()
        async with self.storage.reading() as unit:
            visit = await unit.appointments.get(appointment_id, actor)
            return await alternatives_to(unit, visit, self.terms, self.clock.now())


async def alternatives_to(unit: Unit, visit: Appointment, terms: Terms, now: datetime) -> Alternatives:
    """As they are at `now`, in what the unit sees."""
    doctor = await unit.doctors.get(visit.doctor_id)
    colleagues = (await unit.directory.roll()).narrowed(doctor.specialization, None, None)
    own = next(iter(await unit.directory.listed([doctor.id])), None)
    return Alternatives(
        doctor_id=doctor.id,
        doctor_name=doctor.name,
        specialization=doctor.specialization,
        times=await _next_times(unit, own, visit, terms, now) if own else (),
        others=await _soonest(unit, colleagues, doctor, terms, now),
    )


async def _next_times(
    unit: Unit, own: ListedDoctor, visit: Appointment, terms: Terms, now: datetime
) -> tuple[datetime, ...]:
    """The first free times at which the person is free as well."""
    hours, found = holdable(own.hours, terms), list[datetime]()
    today = local_date(now, hours.time_zone)
    for days in (*(look for look in _LOOKS if look < hours.horizon_days), hours.horizon_days + 1):
        last = today + timedelta(days=days)
        window = window_of(hours, first=today, last=last, now=now)
        if window is None:
            break
        busy = await unit.directory.commitments([own.doctor.id], since=window.start, until=window.end)
        time_off, taken = busy.get(own.doctor.id, ([], []))
        elsewhere = await unit.appointments.occupying_person(visit.person_id, window)
        theirs = [each.interval for each in elsewhere if not each.hold_lapsed(now)]
        found = [
            slot.interval.start
            for slot in slots(hours, time_off=time_off, taken=taken, first=today, last=last, now=now)
            if slot.status is SlotStatus.FREE and not any(slot.interval.overlaps(each) for each in theirs)
        ]
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


async def _soonest(
    unit: Unit, colleagues: Chosen, doctor: Doctor, terms: Terms, now: datetime
) -> tuple[OtherDoctor, ...]:
    found = await Soonest(unit=unit, terms=terms, now=now).page(
        colleagues, doctor.specialization, behind=None, size=MOST + 1
    )
    soonest = [(place.id, free_at) for place, free_at in found if place.id != doctor.id and free_at is not None][:MOST]
    names = {each.doctor.id: each.doctor.name for each in await unit.directory.listed([id for id, _ in soonest])}
    return tuple(OtherDoctor(id=id, name=names[id], next_free_at=free_at) for id, free_at in soonest)
