"""People who wait for a time, and times that are released."""

from typing import Any

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.doctor import Doctor
from scheduling_core.patient import Patient
from scheduling_core.waitlist import WaitlistEntry
from support.clinic import Clinic
from support.making import a_wait


async def waits(clinic: Clinic, doctor: Doctor | None, **changes: Any) -> tuple[Patient, WaitlistEntry]:
    """A new patient who waits from now on."""
    patient = await clinic.patient()
    entry = a_wait(patient, doctor, created_at=clinic.clock.now(), **changes)
    async with clinic.storage.writing() as unit:
        await unit.waitlist.add(entry)
    return patient, entry


async def offered(clinic: Clinic, patient: Patient) -> list[Appointment]:
    """What is kept for a patient who did not hold it, at this moment."""
    async with clinic.storage.reading() as unit:
        pending = await unit.appointments.pending_of(patient.id)
    return [each for each in pending if each.on_offer and not each.hold_lapsed(clinic.clock.now())]


async def entry_now(clinic: Clinic, entry: WaitlistEntry) -> WaitlistEntry:
    async with clinic.storage.reading() as unit:
        return await unit.waitlist.get(entry.id)


async def taken_and_released(clinic: Clinic, doctor: Doctor, *, minutes: float = 60) -> Appointment:
    """Somebody's booked visit, called off by them."""
    visit = await clinic.booked(await clinic.patient(), doctor, minutes=minutes)
    await call_off(clinic, visit)
    return visit


async def call_off(clinic: Clinic, visit: Appointment) -> None:
    await clinic.cancel(Actor.patient(visit.booked_by), None, appointment_id=visit.id)
    await clinic.settle()
