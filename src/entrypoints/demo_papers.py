"""What the demonstration's people wrote beside their visits: health, prescriptions, reports, those whom they look after.

Written by nobody about nobody, and said so where a doctor would act on it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from uuid import UUID

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.ids import PersonId, ReportId
from scheduling_core.medical import MedicalProfile
from scheduling_core.patient import Dependant, Patient, Relation
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Chance
from scheduling_core.prescription import Medicine, Prescription
from scheduling_core.report import Report, ReportAbout

REASONS = (
    "Blood pressure check",
    "My heart skips a beat in the evening, more often since August.",
    "New tablets: may I take them with the old ones?",
    "Test results",
    "",
    "A second opinion before an operation, please. I have the letters of two clinics and can show them.",
    "Short of breath on the stairs",
    "First visit",
)
ANSWERS = ("Thank you. It helps us when you say what made the difference.", "I am glad that the plan works for you.")
_HEALTH = (
    ("High blood pressure since 2014. Knee replaced, 2019.", "Ramipril 5 mg in the morning\nBisoprolol 2.5 mg", "Penicillin (rash)"),
    ("Hay fever", "Cetirizine when needed", ""),
    ("Type 2 diabetes, diagnosed 2021", "Metformin 500 mg twice a day", "Latex"),
    ("", "", "Peanuts. I carry an adrenaline pen."),
    ("Migraine, about twice a month", "Sumatriptan 50 mg when it begins", ""),
)  # fmt: skip
_MEDICINES = (
    Medicine(name="Ramipril", dose="5 mg, one tablet in the morning", instructions="With water, before breakfast.", days=90),
    Medicine(name="Bisoprolol", dose="2.5 mg, one tablet in the morning", instructions="Do not stop from one day to the next."),
)  # fmt: skip
_ADVICE = (
    "Measure your blood pressure in the morning and in the evening for two weeks and write it down. "
    "(A demonstration: not medical advice.)"
)


async def write_papers(
    unit: Unit, chance: Chance, patients: Sequence[Patient], visits: Sequence[Appointment], *, now: datetime
) -> None:
    """Beside what was done: of the past `visits`, the doctor of the last one has prescribed after some."""
    for patient, (conditions, medication, allergies) in zip(patients, cycle(_HEALTH), strict=False):
        profile = MedicalProfile(
            person_id=patient.person_id,
            conditions=conditions,
            medication=medication,
            allergies=allergies,
            updated_at=now - timedelta(days=20),
        )
        await unit.medical.put(profile)
    for visit in _newest_of_each(each for each in visits if each.doctor_id == visits[-1].doctor_id):
        await unit.prescriptions.add(_prescription(visit))
    await unit.dependants.add(
        Dependant(
            id=PersonId(chance.new_id()),
            patient_id=patients[0].id,
            name="Elsa Lindqvist",
            birth_date=date(2018, 4, 5),
            relation=Relation.CHILD,
            created_at=now - timedelta(days=30),
        )
    )
    late = max(visits, key=lambda visit: visit.starts_at)
    for about, text, days in (
        (
            ReportAbout.BUG,
            "The button for the calendar file did nothing on my old tablet. It worked on my telephone.",
            1,
        ),
        (ReportAbout.APPOINTMENT, "We began twenty minutes late, and nobody said why.", 0),
    ):
        report = Report(
            id=ReportId(chance.new_id()),
            about=about,
            by=Actor.patient(late.booked_by),
            text=text,
            created_at=max(late.ends_at, now - timedelta(days=days)),
            appointment_id=late.id if about is ReportAbout.APPOINTMENT else None,
        )
        await unit.reports.add(report)


def _newest_of_each(visits: Iterable[Appointment]) -> list[Appointment]:
    """Every patient's last visit."""
    newest: dict[UUID, Appointment] = {}
    for visit in sorted(visits, key=lambda visit: visit.starts_at):
        newest[visit.booked_by] = visit
    return list(newest.values())


def _prescription(visit: Appointment) -> Prescription:
    written_at = visit.ends_at + timedelta(minutes=5)
    return Prescription(
        appointment_id=visit.id,
        doctor_id=visit.doctor_id,
        person_id=visit.person_id,
        revision=1,
        medicines=_MEDICINES,
        advice=_ADVICE,
        written_at=written_at,
        first_written_at=written_at,
    )
