"""A prescription put into words."""

from collections.abc import Iterator

from adapters.documents.sheet import Block, Facts, Row, Sheet, Table, Words
from adapters.kit.words import one_line, say_moment
from scheduling_core.prescription import Medicine, PrintedPrescription


def prescription_sheet(printed: PrintedPrescription) -> Sheet:
    """Who wrote it for whom, the medicines in the order in which they were written, and the advice."""
    return Sheet(
        clinic=one_line(printed.clinic),
        title="Prescription",
        number="",
        notice="",
        blocks=(_people(printed), *_words(printed)),
        foot=f"Written on {say_moment(printed.prescription.written_at, printed.zone)}.",
    )


def _people(printed: PrintedPrescription) -> Block:
    rows = [
        Row("Patient", one_line(printed.patient), strong=True),
        Row("Doctor", one_line(printed.doctor)),
        Row("Specialization", one_line(printed.specialization)),
        Row("Qualifications", one_line(printed.qualifications)),
        Row("Visit", say_moment(printed.visit_at, printed.zone)),
    ]
    return Facts(heading="Visit", rows=tuple(row for row in rows if row.value))


def _words(printed: PrintedPrescription) -> Iterator[Block]:
    prescription = printed.prescription
    if prescription.medicines:
        columns = ("Medicine", "Dose", "How to take it", "How long")
        yield Table(heading="Medicines", columns=columns, rows=tuple(map(_line, prescription.medicines)))
    if prescription.advice:
        yield Words(heading="Advice", paragraphs=tuple(prescription.advice.split("\n\n")))


def _line(medicine: Medicine) -> tuple[str, ...]:
    days = medicine.days
    long = "until further notice" if days is None else f"{days} day{'s' * (days != 1)}"
    return one_line(medicine.name), one_line(medicine.dose), medicine.instructions, long
