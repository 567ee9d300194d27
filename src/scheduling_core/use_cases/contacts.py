"""How a doctor reaches whoever booked a visit."""

from dataclasses import dataclass

from scheduling_core.access import Actor
from scheduling_core.errors import NotFound
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.storage import Storage
from scheduling_core.transitions import OCCUPYING, Status

REACHABLE = OCCUPYING - {Status.PENDING}
"""The statuses of a visit in which its doctor may call or write to whoever booked it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whoever booked: for a dependant's visit the patient who answers for them. `phone` is E.164."""

    name: str
    email: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class ReadContactOfVisit:
    """Where the doctor of a visit reaches who booked it, while the visit stands or after it took place or was missed.

    Raise NotFound for another doctor's visit, for one in another status and for a patient who was erased, Forbidden for
    anybody who is no doctor.
    """

    storage: Storage

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> Contact:
        actor.as_doctor()
        async with self.storage.reading() as unit:
            appointment = await unit.appointments.get(appointment_id, actor)
            if appointment.status not in REACHABLE:
                raise NotFound
            patient = (await unit.patients.get(appointment.booked_by)).here()
        return Contact(name=patient.name, email=patient.email, phone=patient.phone)
