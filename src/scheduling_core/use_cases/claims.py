"""Claiming time: who else has it, once lapsed holds are out of the way."""

from collections.abc import Sequence
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
    doctors, persons = ([other for other in found if other.id != claim.but] for found in (doctors, persons))
    await clear_way(unit, chance, doctors=doctors, persons=persons, now=now)


async def clear_way(
    unit: Unit, chance: Chance, *, doctors: Sequence[Appointment], persons: Sequence[Appointment], now: datetime
) -> None:
    """As `require_free`, of what was read under the locks: what of the doctor's and of the person's is in the way."""
    lapsed = {other.id: other for other in (*doctors, *persons) if other.hold_lapsed(now)}
    for key in sorted(lapsed):
        await expire(unit, chance, lapsed[key], now)
    if any(other.id not in lapsed for other in doctors):
        raise SlotTaken
    if any(other.id not in lapsed for other in persons):
        raise PatientBusy
