"""What a doctor writes down for the patient after a visit: medicines and advice."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.errors import InvalidInput
from scheduling_core.ids import AppointmentId, DoctorId, PersonId

MOST_MEDICINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """One medicine. `days` is None where it is taken until further notice."""

    name: str
    dose: str
    instructions: str = ""
    days: int | None = None

    def __repr__(self) -> str:
        return "Medicine(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """One revision of it: the newest counts, all are kept. What it says stands in no repr, and so in no log."""

    appointment_id: AppointmentId
    doctor_id: DoctorId
    person_id: PersonId
    revision: int
    medicines: tuple[Medicine, ...]
    advice: str
    written_at: datetime
    first_written_at: datetime

    def __post_init__(self) -> None:
        if not self.medicines and not self.advice:
            raise InvalidInput("medicines", "Write a medicine, or advice.")
        if len(self.medicines) > MOST_MEDICINES:
            raise InvalidInput("medicines", f"Write at most {MOST_MEDICINES} medicines.")

    def __repr__(self) -> str:
        return f"Prescription(appointment_id={self.appointment_id!r}, revision={self.revision}, …)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPrescription:
    """A prescription as it is printed: with who wrote it for whom, after which visit. Zones are IANA names."""

    clinic: str
    doctor: str
    specialization: str
    qualifications: str
    patient: str
    visit_at: datetime
    zone: str
    prescription: Prescription
