"""What is read together: an appointment with the names around it, a payment with what it was for."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from scheduling_core.appointment import Appointment
from scheduling_core.feedback import Feedback
from scheduling_core.ledger_entry import LedgerEntry
from scheduling_core.patient import Relation
from scheduling_core.payment import Payment


class When(StrEnum):
    UPCOMING = "upcoming"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentDetails:
    """An appointment as its participants see it. `payment` is the newest one, None before a checkout was opened.

    `patient_name` is who is seen, `booker_name` who booked: the same, unless it is for a dependant.
    `relation` is what the dependant is to who booked, None where the visit is for the latter.
    """

    appointment: Appointment
    doctor_name: str
    specialization: str
    patient_name: str
    booker_name: str
    payment: Payment | None
    feedback: Feedback | None
    prescribed_at: datetime | None = None
    """When its doctor first wrote a prescription after it."""
    relation: Relation | None = None

    def seen_at(self, now: datetime) -> "AppointmentDetails":
        """These details with the appointment as every reader must see it: see `Appointment.seen_at`."""
        seen = self.appointment.seen_at(now)
        return self if seen is self.appointment else replace(self, appointment=seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDetails:
    """A payment, what it was for, and its lines of the ledger, oldest first."""

    payment: Payment
    visit: AppointmentDetails
    entries: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """What the ledger says of some time: minor units. `payments` were taken; `disputed` is negative where disputes ended."""

    payments: int = 0
    received: int = 0
    refunded: int = 0
    disputed: int = 0
