"""The appointment's statuses, the verbs that change them, and the one table of who may take which from where.

Statuses are FHIR R4 codes (Appointment.status).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduling_core.access import Role


class Status(StrEnum):
    PENDING = "pending"
    BOOKED = "booked"
    ARRIVED = "arrived"
    FULFILLED = "fulfilled"
    NOSHOW = "noshow"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"


OCCUPYING = frozenset({Status.PENDING, Status.BOOKED, Status.ARRIVED, Status.FULFILLED, Status.NOSHOW})
"""Statuses in which nobody else may have the time. Storage takes its predicates and guards from here."""


class Verb(StrEnum):
    """What can happen to an appointment."""

    HOLD = "hold"
    ACCEPT = "accept"
    BOOK = "book"
    BOOK_LATE = "book-late"
    EXPIRE = "expire"
    ABANDON = "abandon"
    REPLACE = "replace"
    STRIKE = "strike"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    UNPAID = "unpaid"
    ARRIVE = "arrive"
    FULFIL = "fulfil"
    MISS = "miss"
    UNDO_MISS = "undo-miss"
    DOCTOR_ABSENT = "doctor-absent"
    VOID = "void"
    CLAIM_ABSENCE = "claim-absence"
    REJECT_ABSENCE = "reject-absence"
    """These two change nothing yet: they lead to `doctor-absent` or to nothing."""
    READ_MEDICAL_PROFILE = "read-medical-profile"
    """Changes nothing: history records who saw what is most private."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: where it leads and who may take it. `to` is None where it leads back to what was before."""

    to: Status | None
    by: frozenset[Role]


_PATIENT, _DOCTOR, _ADMIN, _SYSTEM = Role.PATIENT, Role.DOCTOR, Role.ADMINISTRATOR, Role.SYSTEM


def _to(status: Status | None, *by: Role) -> Transition:
    return Transition(status, frozenset(by))


TRANSITIONS: Mapping[tuple[Status, Verb], Transition] = {
    (Status.PENDING, Verb.ACCEPT): _to(Status.PENDING, _PATIENT),
    (Status.PENDING, Verb.BOOK): _to(Status.BOOKED, _SYSTEM),
    (Status.PENDING, Verb.EXPIRE): _to(Status.CANCELLED, _SYSTEM),
    (Status.PENDING, Verb.ABANDON): _to(Status.CANCELLED, _PATIENT, _ADMIN),
    (Status.PENDING, Verb.REPLACE): _to(Status.CANCELLED, _PATIENT, _ADMIN),
    (Status.PENDING, Verb.STRIKE): _to(Status.CANCELLED, _DOCTOR, _ADMIN),
    (Status.CANCELLED, Verb.BOOK_LATE): _to(Status.BOOKED, _SYSTEM),
    (Status.BOOKED, Verb.RESCHEDULE): _to(Status.BOOKED, _PATIENT, _DOCTOR),
    (Status.BOOKED, Verb.CANCEL): _to(Status.CANCELLED, _PATIENT, _DOCTOR, _ADMIN),
    (Status.BOOKED, Verb.STRIKE): _to(Status.CANCELLED, _DOCTOR, _ADMIN),
    (Status.ARRIVED, Verb.STRIKE): _to(Status.CANCELLED, _DOCTOR, _ADMIN),
    (Status.BOOKED, Verb.UNPAID): _to(Status.CANCELLED, _SYSTEM),
    (Status.BOOKED, Verb.ARRIVE): _to(Status.ARRIVED, _PATIENT, _DOCTOR),
    (Status.BOOKED, Verb.FULFIL): _to(Status.FULFILLED, _DOCTOR, _SYSTEM),
    (Status.ARRIVED, Verb.FULFIL): _to(Status.FULFILLED, _DOCTOR, _SYSTEM),
    (Status.BOOKED, Verb.MISS): _to(Status.NOSHOW, _DOCTOR),
    (Status.ARRIVED, Verb.MISS): _to(Status.NOSHOW, _DOCTOR),
    (Status.NOSHOW, Verb.UNDO_MISS): _to(None, _DOCTOR),
    (Status.BOOKED, Verb.DOCTOR_ABSENT): _to(Status.CANCELLED, _DOCTOR, _ADMIN),
    (Status.ARRIVED, Verb.DOCTOR_ABSENT): _to(Status.CANCELLED, _DOCTOR, _ADMIN),
    **{(status, Verb.VOID): _to(Status.ENTERED_IN_ERROR, _ADMIN) for status in Status if status != "entered-in-error"},
}
"""Every change of status there is (– → pending is `hold`). When each may be taken stands in `windows.RULES`."""
