"""What happened to one visit, told to whoever takes part in it."""

from dataclasses import dataclass

from scheduling_core.access import Actor
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class ReadVisitHistory:
    """Everything that happened to the visit, oldest first, for its participants and administrators. NotFound for others."""

    storage: Storage

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> list[Event]:
        actor.known()
        async with self.storage.reading() as unit:
            await unit.appointments.get(appointment_id, actor)
            return await unit.appointments.events(appointment_id)
