"""Claims one part after the other: for storages that have no round trip to save."""

from typing import TypeVar

from scheduling_core.ids import PersonId
from scheduling_core.ports.claims import DAY, Standing, Wish, visit_of
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Unit

R = TypeVar("R")


class ClaimsInParts:
    """Matches ports.claims.Claims, over the other repositories of the unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def open(self, wish: Wish, request: RequestKey | None, result: type[R]) -> Standing | R:
        unit, patient_id = self._unit, wish.patient_id
        if request is not None and (done := await unit.requests.begin(request, result)) is not None:
            return done
        now = await unit.schedules.lock(wish.doctor_id)
        patient = (await unit.patients.get(patient_id)).here()
        # The patient first in any case: what one patient may hold is counted over all for whom they book.
        await unit.patients.lock_person(PersonId(patient_id))
        dependant = None
        if wish.dependant_id is not None:
            await unit.patients.lock_person(wish.dependant_id)
            # After the lock, which whoever removes the dependant holds as well.
            dependant = await unit.dependants.get(patient_id, wish.dependant_id)
        doctor, hours = await unit.doctors.get(wish.doctor_id), await unit.schedules.hours(wish.doctor_id)
        visit, occupied = visit_of(hours, wish.starts_at)
        return Standing(
            now=now,
            doctor_name=doctor.name,
            specialization=doctor.specialization,
            listed=doctor.listed,
            fee=doctor.fee,
            hours=hours,
            patient_name=patient.name,
            patient_zone=patient.time_zone,
            dependant_name=dependant.name if dependant else None,
            relation=dependant.relation if dependant else None,
            time_off=await unit.schedules.time_off(wish.doctor_id, within=visit),
            pending=await unit.appointments.pending_of(patient_id),
            of_doctor=await unit.appointments.occupying(wish.doctor_id, occupied),
            of_person=await unit.appointments.occupying_person(wish.person_id, visit),
            unpaid=await unit.appointments.unpaid_holds_since(patient_id, now - DAY),
        )
