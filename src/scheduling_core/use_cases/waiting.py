"""How waits come to their end, inside the transaction that ends them."""

from datetime import datetime

from scheduling_core.appointment import Appointment
from scheduling_core.ids import AppointmentId, PatientId, PersonId
from scheduling_core.ports.storage import Unit
from scheduling_core.waitlist import WaitState


async def satisfy(unit: Unit, offered: Appointment, now: datetime) -> None:
    """The wait that this time was offered for has come to its end."""
    offer = await unit.offers.of(offered.id)
    if offer is not None and offer.entry_id is not None:
        entry = await unit.waitlist.get(offer.entry_id)
        if entry.state is WaitState.WAITING:
            await unit.waitlist.save(entry.close(WaitState.SATISFIED, now))


async def close_waits(
    unit: Unit,
    patient_id: PatientId,
    state: WaitState,
    now: datetime,
    *,
    person_id: PersonId | None = None,
    appointment_id: AppointmentId | None = None,
) -> None:
    """Nobody waits any more for what is gone: an earlier time of that visit, or a time for that person."""
    for entry in await unit.waitlist.of_patient(patient_id):
        gone = entry.person_id == person_id or (appointment_id is not None and entry.appointment_id == appointment_id)
        if gone and entry.state is WaitState.WAITING:
            await unit.waitlist.save(entry.close(state, now))
