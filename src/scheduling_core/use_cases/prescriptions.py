"""Prescriptions: written by the doctor of a fulfilled visit, read by the two who were there, and by nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduling_core.access import Actor, Role
from scheduling_core.errors import Forbidden, InvalidInput, NotFound
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.documents import Documents, Form
from scheduling_core.ports.storage import Storage
from scheduling_core.prescription import Medicine, Prescription, PrintedPrescription
from scheduling_core.terms import Terms
from scheduling_core.transitions import Status
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import sound_line, sound_text
from scheduling_core.windows import Action, Case, permit, require

LONGEST_NAME, LONGEST_LINE, LONGEST_ADVICE, MOST_DAYS = 200, 300, 4000, 730


@dataclass(frozen=True, slots=True)
class Prescribe:
    """The doctor of a fulfilled visit writes it, and writes it anew for `terms.prescription_editable`; what stood there
    before is kept. Raise IllegalTransition before the visit was fulfilled, TooLate afterwards, NotFound for the
    visit of a patient who was erased, InvalidInput."""

    storage: Storage
    terms: Terms

    @decide_again
    async def __call__(
        self, actor: Actor, appointment_id: AppointmentId, *, medicines: Sequence[Medicine], advice: str
    ) -> Prescription:
        permit(Action.PRESCRIBE, actor)
        listed = tuple(_sound(medicine, f"medicines[{index}]") for index, medicine in enumerate(medicines))
        text = sound_text("advice", advice, longest=LONGEST_ADVICE)
        async with self.storage.writing() as unit:
            visit = await unit.appointments.lock(appointment_id, actor)
            # Nothing is written any more about whoever was erased.
            (await unit.patients.get(visit.booked_by)).here()
            written, now = await unit.prescriptions.of_appointment(appointment_id), await unit.now()
            first = written[0].written_at if written else None
            require(
                Action.PRESCRIBE,
                Case(appointment=visit, role=actor.role, terms=self.terms, prescribed_at=first),
                now,
            )
            prescription = Prescription(
                appointment_id=appointment_id,
                doctor_id=visit.doctor_id,
                person_id=visit.person_id,
                revision=len(written) + 1,
                medicines=listed,
                advice=text,
                written_at=now,
                first_written_at=first or now,
            )
            await unit.prescriptions.add(prescription)
        return prescription


def _sound(medicine: Medicine, field: str) -> Medicine:
    if medicine.days is not None and not 1 <= medicine.days <= MOST_DAYS:
        raise InvalidInput(f"{field}.days", f"Give 1 to {MOST_DAYS} days.")
    return replace(
        medicine,
        name=sound_line(f"{field}.name", medicine.name, longest=LONGEST_NAME),
        dose=sound_line(f"{field}.dose", medicine.dose, longest=LONGEST_LINE),
        instructions=sound_text(f"{field}.instructions", medicine.instructions, longest=LONGEST_LINE),
    )


@dataclass(frozen=True, slots=True)
class ReadPrescription:
    """The prescription of a visit, for its patient and its doctor.

    Raise Forbidden for administrators, NotFound where none was written, and for a visit that was struck as an error.
    """

    storage: Storage
    terms: Terms

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> PrintedPrescription:
        actor.known()
        if actor.role not in (Role.PATIENT, Role.DOCTOR):
            raise Forbidden
        async with self.storage.reading() as unit:
            details = await unit.appointments.details(appointment_id, actor)
            written = await unit.prescriptions.of_appointment(appointment_id)
            doctor = await unit.doctors.get(details.appointment.doctor_id)
        visit = details.appointment
        if not written or visit.status is Status.ENTERED_IN_ERROR:
            raise NotFound
        return PrintedPrescription(
            clinic=self.terms.clinic,
            doctor=details.doctor_name,
            specialization=details.specialization,
            qualifications=doctor.qualifications,
            patient=details.patient_name,
            visit_at=visit.starts_at,
            zone=visit.doctor_zone if actor.role is Role.DOCTOR else visit.patient_zone,
            prescription=written[-1],
        )


@dataclass(frozen=True, slots=True)
class PrintPrescription:
    """The same as a document. Raise as `ReadPrescription`, and Unavailable when too many are being drawn."""

    read_prescription: ReadPrescription
    documents: Documents

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> bytes:
        return await self.documents.prescription(await self.read_prescription(actor, appointment_id), Form.PDF)
