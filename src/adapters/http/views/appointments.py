"""An appointment as its participants see it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.http.cursors import write_place
from adapters.http.views.appointment_parts import AppointmentDoctor, AppointmentPatient, Meeting, Offered, Payment
from adapters.http.views.endings import Absence, Cancelled, Voided
from adapters.http.views.fields import Answer, Instant, Reason, Request
from adapters.http.views.money import Money, MoneyInput, PolicyStep, Quote
from adapters.http.views.reviews import Feedback
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.terms import Terms
from scheduling_core.use_cases import visits
from scheduling_core.windows import Case


class Appointment(Answer):
    """One visit, from its hold to its end.

    `checkout_closes_at` is until when it can be paid: a little before a hold ends, so that no payment comes too late.
    `hold_kind` says who asked for the time: the patient, or it was offered to them from the waitlist or as a follow-up; until
    `offer_expires_at` such an offer waits for an answer, and once accepted it is a hold like any other.
    `reason` and the join link are for its two participants; `checkout_url` for the patient while a payment page is open.
    `actions` is what the caller may do with it now or later: no client needs to know a rule.
    """

    id: UUID
    status: Status
    doctor: AppointmentDoctor
    patient: AppointmentPatient
    starts_at: datetime
    ends_at: datetime
    hold_expires_at: datetime | None
    checkout_closes_at: datetime | None
    quote: Quote
    payment: Payment
    meeting: Meeting
    receipt_number: str | None
    feedback: Feedback | None
    version: int
    hold_kind: HoldKind
    offer_expires_at: datetime | None
    accepted_at: datetime | None
    reason: str | None
    booked_by_me: bool
    cancelled: Cancelled | None
    absence: Absence | None
    voided: Voided | None
    prescribed: bool
    checkout_url: str | None
    checkout_expires_at: datetime | None
    pay_by: datetime | None
    policy: list[PolicyStep]
    actions: list[Offered]

    @classmethod
    def of(cls, details: AppointmentDetails, viewer: Actor, now: datetime, terms: Terms) -> "Appointment":
        """As `viewer` may see it at `now`: a lapsed hold shows as cancelled, whoever tidied up."""
        seen = details.seen_at(now)
        it = seen.appointment
        mine = viewer.role is Role.PATIENT and viewer.id == it.booked_by
        participant = mine or (viewer.role is Role.DOCTOR and viewer.id == it.doctor_id)
        case = Case(
            appointment=it, role=viewer.role, terms=terms, feedback=seen.feedback, prescribed_at=seen.prescribed_at
        )
        checkout = _open_checkout(seen, now) if mine else (None, None)
        return cls(
            id=it.id,
            status=it.status,
            doctor=AppointmentDoctor(
                id=it.doctor_id, name=seen.doctor_name, specialization=seen.specialization, time_zone=it.doctor_zone
            ),
            patient=AppointmentPatient.of(seen),
            starts_at=it.starts_at,
            ends_at=it.ends_at,
            hold_expires_at=it.hold_expires_at if it.status is Status.PENDING else None,
            checkout_closes_at=it.checkout_closes_at,
            quote=Quote.of(it.quote),
            payment=Payment.of(seen),
            meeting=Meeting.of(case, now),
            receipt_number=it.receipt_number,
            feedback=Feedback.seen(seen.feedback, viewer.role),
            version=it.version,
            hold_kind=it.hold_kind,
            offer_expires_at=it.hold_expires_at if it.on_offer else None,
            accepted_at=it.accepted_at,
            reason=it.reason if participant else None,
            booked_by_me=mine,
            cancelled=Cancelled.of(it.cancellation, participant=participant) if it.cancellation else None,
            absence=Absence.of(it.absence) if it.absence else None,
            prescribed=participant and seen.prescribed_at is not None,
            voided=Voided.of(it.voided) if it.voided else None,
            checkout_url=checkout[0],
            checkout_expires_at=checkout[1],
            pay_by=it.pay_by,
            policy=PolicyStep.all_of(it.policy),
            actions=Offered.all_of(case, now),
        )


def _open_checkout(seen: AppointmentDetails, now: datetime) -> tuple[str | None, datetime | None]:
    payment = seen.payment
    if payment is None or payment.status is not PaymentStatus.OPEN or payment.url is None or payment.closes_at <= now:
        return None, None
    return payment.url, payment.closes_at


class AppointmentPage(Answer):
    """Some of the caller's appointments; `next_cursor` leads to the next ones."""

    items: list[Appointment]
    next_cursor: str | None

    @classmethod
    def of(
        cls, found: Sequence[AppointmentDetails], viewer: Actor, now: datetime, terms: Terms, *, limit: int
    ) -> "AppointmentPage":
        """The first `limit` of what was found; one more than that was asked for, to know whether there is more."""
        page = found[:limit]
        last = page[-1].appointment if len(found) > limit else None
        return cls(
            items=[Appointment.of(each, viewer, now, terms) for each in page],
            next_cursor=write_place(last.starts_at, last.id) if last else None,
        )


class HoldRequest(Request):
    """A slot to keep. Its length, its price and the patient are never sent: they follow from the slot and the caller.

    `dependant_id` names whom it is for, where it is not for the patient. `patient_id` is for administrators, who hold for
    a patient.
    """

    doctor_id: UUID
    starts_at: Instant
    reason: Reason = ""
    dependant_id: UUID | None = None
    patient_id: UUID | None = None


class CancelRequest(Request):
    """`expected_refund` is what the preview showed: with it, a refund that changed since is refused and not made."""

    reason: Reason = ""
    expected_refund: MoneyInput | None = None


class CancellationPreview(Answer):
    """What cancelling now would give back, and until when it stays so."""

    refund: Money
    refundable_until: datetime | None
    allowed: bool

    @classmethod
    def of(cls, preview: visits.CancellationPreview) -> "CancellationPreview":
        return cls(refund=Money.of(preview.refund), refundable_until=preview.refundable_until, allowed=preview.allowed)


class Checkout(Answer):
    """Where to pay and until when; with nothing to pay, `url` is the page of the booked appointment."""

    url: str
    expires_at: datetime
