"""Windows of time over appointments, and the guard against overlaps."""

from collections.abc import Callable, Iterator
from datetime import datetime

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import View
from scheduling_core.appointment import Appointment, Status
from scheduling_core.availability import Taken
from scheduling_core.errors import PatientBusy, SlotTaken
from scheduling_core.ids import DoctorId, PersonId
from scheduling_core.instants import Interval


def occupying(view: View, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
    """Occupying rows of a doctor whose [starts_at, occupied_until) overlaps, by start."""
    rows = view.appointments.walk(places.occupying_doctor, doctor_id, after=(within.start,))
    return list(_reaching(rows, within.end, lambda row: row.occupied.overlaps(within)))


def occupying_person(view: View, person_id: PersonId, within: Interval) -> list[Appointment]:
    """Occupying rows of a person whose [starts_at, ends_at) overlaps, by start."""
    rows = view.appointments.walk(places.occupying_person, person_id, after=(within.start,))
    return list(_reaching(rows, within.end, lambda row: row.interval.overlaps(within)))


def taken(view: View, doctor_id: DoctorId, within: Interval) -> list[Taken]:
    """The rows of `occupying`, reduced to what availability needs."""
    return [
        Taken(
            interval=row.occupied,
            held=row.status is Status.PENDING,
            expires_at=row.hold_expires_at if row.status is Status.PENDING else None,
        )
        for row in occupying(view, doctor_id, within)
    ]


def check_free(view: View, appointment: Appointment) -> None:
    """The guard that a database has as a constraint. Raise SlotTaken or PatientBusy."""
    if appointment.occupied_until < appointment.ends_at:
        raise ValueError("a doctor is not free again before the visit ends")
    if not appointment.occupying:
        return
    if any(row.id != appointment.id for row in occupying(view, appointment.doctor_id, appointment.occupied)):
        raise SlotTaken
    if any(row.id != appointment.id for row in occupying_person(view, appointment.person_id, appointment.interval)):
        raise PatientBusy


def _reaching(
    rows: Iterator[Appointment], end: datetime, overlaps: Callable[[Appointment], bool]
) -> Iterator[Appointment]:
    # Rows of these indexes never overlap each other, so the order of their ends is the order of their starts.
    for row in rows:
        if row.starts_at >= end:
            return
        if overlaps(row):
            yield row
