"""What an appointment is made of, as its participants see it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from adapters.http.views.fields import Answer
from adapters.http.views.money import Money
from scheduling_core.appointment_parts import MeetingStatus
from scheduling_core.patient import Relation
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.windows import Action, Case, Offer, offers, window_of


class AppointmentDoctor(Answer):
    """The doctor of a visit. `time_zone` is the one that the visit was agreed in."""

    id: UUID
    name: str
    specialization: str
    time_zone: str


class AppointmentPatient(Answer):
    """Who is seen. `booked_by` is the name of whoever books for them and `relation` what they are to that person; null where
    they book themselves. `time_zone` is the one that the visit was agreed in on their side."""

    id: UUID
    name: str
    booked_by: str | None
    relation: Relation | None
    time_zone: str

    @classmethod
    def of(cls, details: AppointmentDetails) -> "AppointmentPatient":
        visit = details.appointment
        own = visit.person_id == visit.booked_by
        return cls(
            id=visit.person_id,
            name=details.patient_name,
            booked_by=None if own else details.booker_name,
            relation=details.relation,
            time_zone=visit.patient_zone,
        )


class PaymentState(StrEnum):
    """How the money stands: `not_required` when there is nothing to pay, `open` until something was authorized."""

    NOT_REQUIRED = "not_required"
    OPEN = PaymentStatus.OPEN.value
    AUTHORIZED = PaymentStatus.AUTHORIZED.value
    CAPTURED = PaymentStatus.CAPTURED.value
    PARTIALLY_REFUNDED = PaymentStatus.PARTIALLY_REFUNDED.value
    REFUNDED = PaymentStatus.REFUNDED.value
    RELEASED = PaymentStatus.RELEASED.value
    EXPIRED = PaymentStatus.EXPIRED.value
    DISPUTED = PaymentStatus.DISPUTED.value


class Payment(Answer):
    """The newest payment of an appointment. `last_decline` is why a card was last refused."""

    status: PaymentState
    refunded: Money
    last_decline: str | None

    @classmethod
    def of(cls, details: AppointmentDetails) -> "Payment":
        total, payment = details.appointment.quote.total, details.payment
        if payment is None:
            return cls(status=_unpaid(details), refunded=Money(amount=0, currency=total.currency), last_decline=None)
        return cls(
            status=PaymentState(payment.status.value),
            refunded=Money(amount=payment.refunded, currency=total.currency),
            last_decline=payment.last_decline,
        )


def _unpaid(details: AppointmentDetails) -> PaymentState:
    if details.appointment.quote.total.amount == 0:
        return PaymentState.NOT_REQUIRED
    return PaymentState.OPEN if details.appointment.occupying else PaymentState.EXPIRED


class Meeting(Answer):
    """The video link of a visit, told to its two participants from the booking until the end of the visit.

    `creating` while the provider prepares it, `failed` when it gave up.
    """

    status: MeetingStatus
    join_url: str | None

    @classmethod
    def of(cls, case: Case, now: datetime) -> "Meeting":
        meeting, window = case.appointment.meeting, window_of(Action.JOIN, case)
        joinable = window is not None and window.open(now)
        return cls(status=meeting.status, join_url=meeting.join_url if joinable else None)


class Offered(Answer):
    """Something that the caller may do with the appointment, named as its operation is, from `opens_at` to `closes_at`.

    `open` says whether that is now. What is not listed cannot be done as things stand.
    """

    action: Action
    open: bool
    opens_at: datetime | None
    closes_at: datetime | None

    @classmethod
    def all_of(cls, case: Case, now: datetime) -> list["Offered"]:
        return [cls._of(offer) for offer in offers(case, now)]

    @classmethod
    def _of(cls, offer: Offer) -> "Offered":
        window = offer.window
        return cls(action=offer.action, open=offer.open, opens_at=window.opens_at, closes_at=window.closes_at)
