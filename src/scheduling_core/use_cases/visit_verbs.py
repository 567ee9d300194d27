"""How a verb about one visit begins and ends: under its locks, taken in the one order, and with an answer that is kept."""

from datetime import datetime

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.views import AppointmentDetails


async def under_locks(
    unit: Unit, appointment_id: AppointmentId, actor: Actor, *, person: bool = False
) -> tuple[Appointment, datetime]:
    """The visit as it stands once its doctor's schedule and it itself are locked, and what time it is then. Between the two the
    person, for whoever takes time: giving it back needs no lock of theirs. Raise NotFound for a visit that is not the actor's."""
    seen = await unit.appointments.get(appointment_id, actor)
    now = await unit.schedules.lock(seen.doctor_id)
    if person:
        await unit.patients.lock_person(seen.person_id)
    return await unit.appointments.lock(appointment_id, actor), now


async def answered(
    unit: Unit, request: RequestKey | None, actor: Actor, appointment_id: AppointmentId
) -> AppointmentDetails:
    """The visit as the actor now sees it, remembered as the answer to the request."""
    details = await unit.appointments.details(appointment_id, actor)
    if request:
        await unit.requests.remember(request, details)
    return details
