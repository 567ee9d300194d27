"""Other times and other doctors for a visit: told with its cancellation, and shown on its page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.availability import SlotStatus, slots
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import local_date
from scheduling_core.ports.alternatives import Alternatives, OtherDoctor
from scheduling_core.ports.directory import DoctorFilter, ListedDoctor
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Clock
from scheduling_core.terms import Terms
from scheduling_core.use_cases.offers import free_times, holdable, window_of

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
    listed = await unit.directory.matching(DoctorFilter(specialization=doctor.specialization))
    own = next((each for each in listed if each.doctor.id == doctor.id), None)
    return Alternatives(
        doctor_id=doctor.id,
        doctor_name=doctor.name,
        specialization=doctor.specialization,
        times=await _next_times(unit, own, visit, terms, now) if own else (),
        others=await _soonest(unit, [each for each in listed if each is not own], terms, now),
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


async def _soonest(unit: Unit, others: list[ListedDoctor], terms: Terms, now: datetime) -> tuple[OtherDoctor, ...]:
    free = await free_times(unit, others, terms, now)
    found = [
        OtherDoctor(id=each.doctor.id, name=each.doctor.name, next_free_at=free_at)
        for each in others
        if (free_at := free[each.doctor.id]) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.next_free_at, each.id))[:MOST])
