"""Claiming time: who else has it, once lapsed holds are out of the way."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.appointment import Appointment
from scheduling_core.errors import PatientBusy, SlotTaken
from scheduling_core.ids import AppointmentId, DoctorId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Chance
from scheduling_core.use_cases.changes import expire


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Time that one person wants of one doctor. The doctor gives `occupied` (gap included), the person `interval`."""

    doctor_id: DoctorId
    person_id: PersonId
    interval: Interval
    occupied: Interval
    but: AppointmentId | None = None
    """The appointment that claims, which is not in its own way."""


async def require_free(unit: Unit, chance: Chance, claim: Claim, now: datetime) -> None:
    """Raise SlotTaken or PatientBusy if anyone else has the time; lapsed holds in the way are cancelled first.

    The caller holds the schedule's and the person's lock. A lapsed hold of the person with *another* doctor is
    cancelled without that doctor's lock: its row's version decides if two do so at once, and nobody's availability
    changes by it, since every reader sees a lapsed hold as cancelled already.
    """
    doctors = await unit.appointments.occupying(claim.doctor_id, claim.occupied)
    persons = await unit.appointments.occupying_person(claim.person_id, claim.interval)
    for other in _lapsed(doctors, persons, claim, now):
        await expire(unit, chance, other, now)
    if any(_in_the_way(other, claim, now) for other in doctors):
        raise SlotTaken
    if any(_in_the_way(other, claim, now) for other in persons):
        raise PatientBusy


def _lapsed(doctors: list[Appointment], persons: list[Appointment], claim: Claim, now: datetime) -> list[Appointment]:
    lapsed = {other.id: other for other in (*doctors, *persons) if other.hold_lapsed(now) and other.id != claim.but}
    return [lapsed[key] for key in sorted(lapsed)]


def _in_the_way(other: Appointment, claim: Claim, now: datetime) -> bool:
    return other.id != claim.but and not other.hold_lapsed(now)
