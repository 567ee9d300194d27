"""Medical profiles: written by the patient, read by a doctor who has a visit with that person, and each such reading on record."""

from dataclasses import dataclass
from datetime import date

from scheduling_core.access import Actor
from scheduling_core.appointment import Verb
from scheduling_core.errors import NotFound
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId, PatientId, PersonId
from scheduling_core.medical import READABLE, MedicalProfile
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.use_cases.fields import sound_text

LONGEST = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMedicalProfile:
    """A profile as the doctor of a visit reads it, with whom it is about. `birth_date` is known of dependants."""

    name: str
    birth_date: date | None
    profile: MedicalProfile


async def _own_person(unit: Unit, patient_id: PatientId, dependant_id: PersonId | None) -> PersonId:
    if dependant_id is None:
        return PersonId(patient_id)
    return (await unit.dependants.get(patient_id, dependant_id)).id


@dataclass(frozen=True, slots=True)
class ReadMedicalProfile:
    """The signed-in patient's own, or that of one of their dependants. Raise NotFound for anybody else's."""

    storage: Storage

    async def __call__(self, actor: Actor, dependant_id: PersonId | None = None) -> MedicalProfile:
        patient_id = actor.as_patient()
        async with self.storage.reading() as unit:
            return await unit.medical.get(await _own_person(unit, patient_id, dependant_id))


@dataclass(frozen=True, slots=True)
class WriteMedicalProfile:
    """Replace the whole of it; empty texts take back what was told."""

    storage: Storage

    async def __call__(
        self,
        actor: Actor,
        dependant_id: PersonId | None = None,
        *,
        conditions: str,
        medication: str,
        allergies: str,
    ) -> MedicalProfile:
        patient_id = actor.as_patient()
        texts = {
            name: sound_text(name, text, longest=LONGEST)
            for name, text in (("conditions", conditions), ("medication", medication), ("allergies", allergies))
        }
        async with self.storage.writing() as unit:
            # Not while the dependant is being removed, which forgets the profile.
            await unit.patients.lock_person(PersonId(patient_id) if dependant_id is None else dependant_id)
            (await unit.patients.get(patient_id)).here()
            person_id = await _own_person(unit, patient_id, dependant_id)
            profile = MedicalProfile(person_id=person_id, updated_at=await unit.now(), **texts)
            await unit.medical.put(profile)
        return profile


@dataclass(frozen=True, slots=True)
class ReadMedicalProfileOfVisit:
    """What the doctor of a visit may know of the person, while the visit is booked, arrived or fulfilled.

    History records who read it and when, in the same transaction: what cannot be recorded is not shown. Raise NotFound
    for another doctor's visit and for one in another status, Forbidden for anybody who is no doctor.
    """

    storage: Storage

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> SeenMedicalProfile:
        actor.as_doctor()
        async with self.storage.writing() as unit:
            appointment = await unit.appointments.lock(appointment_id, actor)
            if appointment.status not in READABLE:
                raise NotFound
            now = await unit.now()
            await unit.appointments.note(Event.unmoved(appointment, Verb.READ_MEDICAL_PROFILE, actor, now))
            profile = await unit.medical.get(appointment.person_id)
            details = await unit.appointments.details(appointment_id, actor)
            born = await unit.dependants.birth_date(appointment.person_id)
        return SeenMedicalProfile(name=details.patient_name, birth_date=born, profile=profile)
