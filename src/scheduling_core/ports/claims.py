"""Claiming time: the locks of a claim, and all that is decided under them, read at one moment after the wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from scheduling_core.appointment import Appointment
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import DoctorId, PatientId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.money import Money
from scheduling_core.patient import Relation
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import AppointmentDetails

R = TypeVar("R")

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Time that a patient wants of a doctor, for themself or for a dependant of theirs."""

    doctor_id: DoctorId
    patient_id: PatientId
    dependant_id: PersonId | None
    starts_at: datetime

    @property
    def person_id(self) -> PersonId:
        """Who is seen."""
        return PersonId(self.patient_id) if self.dependant_id is None else self.dependant_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands at `now`, and stays so while the locks are held: nobody else claims time of this doctor or this patient.

    With the visit that begins at the wished start and has the length of today's hours:
    """

    now: datetime
    doctor_name: str
    specialization: str
    listed: bool
    fee: Money
    hours: Hours
    patient_name: str
    patient_zone: str
    dependant_name: str | None
    relation: Relation | None
    time_off: Sequence[TimeOff]
    """What overlaps the visit."""
    pending: Sequence[Appointment]
    """As `Appointments.pending_of` the patient."""
    of_doctor: Sequence[Appointment]
    """As `Appointments.occupying` for the visit and the gap after it."""
    of_person: Sequence[Appointment]
    """As `Appointments.occupying_person` for the visit."""
    unpaid: int
    """As `Appointments.unpaid_holds_since` a DAY before now."""

    def details(self, appointment: Appointment) -> AppointmentDetails:
        """A new appointment, which nobody has paid for yet, as `Appointments.details` will answer it."""
        return AppointmentDetails(
            appointment=appointment,
            doctor_name=self.doctor_name,
            specialization=self.specialization,
            patient_name=self.patient_name if self.dependant_name is None else self.dependant_name,
            booker_name=self.patient_name,
            payment=None,
            feedback=None,
            relation=self.relation,
        )


def visit_of(hours: Hours, starts_at: datetime) -> tuple[Interval, Interval]:
    """The visit of today's length that begins then, and with the gap after it what of the doctor's time it takes."""
    ends_at = starts_at + timedelta(minutes=hours.slot_minutes)
    occupied_until = ends_at + timedelta(minutes=hours.gap_minutes)
    return Interval(start=starts_at, end=ends_at), Interval(start=starts_at, end=occupied_until)


class Claims(Protocol):
    async def open(self, wish: Wish, request: RequestKey | None, result: type[R]) -> Standing | R:
        """Claim the request's key as `Requests.begin` does; its result if it was done already. Then lock the doctor's
        schedule, the patient, and the dependant who is to be seen, in this order, and read what stands after the wait.

        Raise NotFound for a doctor or patient who is not there, a patient who was erased, and a dependant who is not the
        patient's or was removed; Outdated, here or at whatever is asked of this unit later, where it has to be decided again;
        RequestInFlight, RequestReused and StorageBusy as those who do so one by one.
        """
        ...
