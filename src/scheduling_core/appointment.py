"""The appointment, which changes its status by the one table (`transitions.TRANSITIONS`) only.

A hold and a booking are one row: a hold is an appointment in status `pending`. Statuses are FHIR R4 codes
(Appointment.status). Money (`payment.py`) and the meeting are axes of their own, never folded into the status.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment_parts import NO_MEETING, Absence, Cancellation, HoldKind, Meeting, Missed
from scheduling_core.cancellation import CancellationPolicy
from scheduling_core.errors import IllegalTransition
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PaymentId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.money import Money, Quote
from scheduling_core.transitions import OCCUPYING, TRANSITIONS, Status, Verb

__all__ = [
    "CLOSING",
    "Appointment",
    "Move",
    "Status",
    "Verb",
    "hold",
]


CLOSING = timedelta(seconds=60)
"""A checkout closes this long before its hold ends, so that no payment lands on a released slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One visit from its hold to its end. Times are UTC; `interval` is [starts_at, ends_at)."""

    id: AppointmentId
    doctor_id: DoctorId
    person_id: PersonId
    booked_by: PatientId
    interval: Interval
    occupied_until: datetime
    """The end plus the doctor's gap at the time of the hold: until then the doctor is not free again."""
    status: Status
    hold_kind: HoldKind
    hold_expires_at: datetime | None
    """Set while pending; kept afterwards as the record of when the hold would have ended."""
    quote: Quote
    policy: CancellationPolicy
    doctor_zone: str
    patient_zone: str
    reason: str
    created_at: datetime
    keep: Money
    """The one number that money is settled to: what of the total the clinic keeps."""
    paid_by: PaymentId | None = None
    meeting: Meeting = NO_MEETING
    receipt_number: str | None = None
    booked_at: datetime | None = None
    accepted_at: datetime | None = None
    """When an offered time (a hold that the patient did not make) was accepted; from then on it is a hold like any other."""
    pay_by: datetime | None = None
    """Set when a booked visit lost its money (a capture refused for good): paid again until then, or cancelled."""
    cancellation: Cancellation | None = None
    moves: int = 0
    """How often its patient has moved it."""
    full_refund_until: datetime | None = None
    """Promised by a doctor's move: until then, the start that the doctor chose, all of the money comes back."""
    missed: Missed | None = None
    """Set exactly while the status is noshow."""
    absence: Absence | None = None
    voided: Cancellation | None = None
    sequence: int = 0
    """The .ics SEQUENCE (RFC 5545): grows when the visit moves or is cancelled."""
    version: int = 1

    @property
    def starts_at(self) -> datetime:
        return self.interval.start

    @property
    def ends_at(self) -> datetime:
        return self.interval.end

    @property
    def occupied(self) -> Interval:
        return Interval(start=self.interval.start, end=self.occupied_until)

    @property
    def occupying(self) -> bool:
        return self.status in OCCUPYING

    @property
    def on_offer(self) -> bool:
        """Whether this is a time kept for somebody who has not said yet whether they want it."""
        return self.status is Status.PENDING and self.hold_kind is not HoldKind.PATIENT and self.accepted_at is None

    def hold_lapsed(self, now: datetime) -> bool:
        """Whether this is a hold whose time is over at `now`, tidied up already or not."""
        return self.status is Status.PENDING and self.hold_expires_at is not None and self.hold_expires_at <= now

    def expired(self) -> bool:
        """Whether it ended as a hold whose time was over, and nothing was done with it since."""
        ended = self.cancellation if self.status is Status.CANCELLED else None
        return ended is not None and ended.verb is Verb.EXPIRE

    def seen_at(self, now: datetime) -> "Appointment":
        """As every reader must see it: a lapsed hold is a cancelled one, whether or not a sweeper came by."""
        return self.move(Verb.EXPIRE, SYSTEM, now).after if self.hold_lapsed(now) else self

    @property
    def disputed(self) -> bool:
        """Whether the patient says that the doctor did not come, and nobody has answered."""
        claimed = self.absence is not None and self.absence.rejected_at is None
        return claimed and self.status in (Status.BOOKED, Status.ARRIVED)

    def with_absence_rejected(self, at: datetime, rejection: str) -> "Appointment":
        """Raise IllegalTransition where nothing was claimed."""
        if self.absence is None:
            raise IllegalTransition
        return replace(self, absence=replace(self.absence, rejected_at=at, rejection=rejection))

    @property
    def checkout_closes_at(self) -> datetime | None:
        """Until when it can be paid: a hold until shortly before it ends, a visit whose money was lost as long as it waits.

        None where there is nothing to pay, or an offer is to be accepted first.
        """
        if self.on_offer:
            return None
        if self.status is Status.PENDING and self.hold_expires_at is not None:
            return self.hold_expires_at - CLOSING
        return self.pay_by if self.status is Status.BOOKED else None

    def move(self, verb: Verb, actor: Actor, at: datetime, *, reason: str = "", keep: Money | None = None) -> "Move":
        """This appointment after `verb`. Raise IllegalTransition where the table has no such row for that role, and for
        booking late what did not end by expiring: money brings back nothing that somebody cancelled."""
        transition = TRANSITIONS.get((self.status, verb))
        if transition is None or actor.role not in transition.by or (verb is Verb.BOOK_LATE and not self.expired()):
            raise IllegalTransition
        to = transition.to or self._before_it_was_missed()
        missed = Missed(was=self.status, at=at) if to is Status.NOSHOW else None
        after = replace(self, status=to, keep=self.keep if keep is None else keep, missed=missed)
        ended = Cancellation(verb=verb, by=actor.role, at=at, reason=reason)
        if to is Status.CANCELLED:
            after = replace(after, cancellation=ended)
        if to is Status.ENTERED_IN_ERROR:
            after = replace(after, voided=ended)
        if to not in OCCUPYING:
            after = replace(after, sequence=self.sequence + 1)
        if verb is Verb.RESCHEDULE:
            after = replace(after, absence=None)
        if to is Status.BOOKED:
            after = replace(after, cancellation=None)
        return Move(before=self.status, after=after, verb=verb, actor=actor, at=at)

    def _before_it_was_missed(self) -> Status:
        if self.missed is None:
            raise IllegalTransition
        return self.missed.was


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One acknowledged change of status. Storage writes row and history from it together or not at all."""

    before: Status | None
    after: Appointment
    verb: Verb
    actor: Actor
    at: datetime

    def amend(self, **changes: object) -> "Move":
        """The same move with further fields of the appointment set (never its status)."""
        if "status" in changes:
            raise ValueError("a status changes through the transition table only")
        return replace(self, after=replace(self.after, **changes))  # type: ignore[arg-type]  # names checked by replace


def hold(
    *,
    id: AppointmentId,
    doctor_id: DoctorId,
    patient_id: PatientId,
    person_id: PersonId,
    interval: Interval,
    occupied_until: datetime,
    expires_at: datetime,
    quote: Quote,
    policy: CancellationPolicy,
    doctor_zone: str,
    patient_zone: str,
    reason: str,
    actor: Actor,
    at: datetime,
    kind: HoldKind = HoldKind.PATIENT,
) -> Move:
    """The first move of every appointment: nothing → pending. Nothing is kept of the money until it is booked."""
    appointment = Appointment(
        id=id,
        doctor_id=doctor_id,
        person_id=person_id,
        booked_by=patient_id,
        interval=interval,
        occupied_until=occupied_until,
        status=Status.PENDING,
        hold_kind=kind,
        hold_expires_at=expires_at,
        quote=quote,
        policy=policy,
        doctor_zone=doctor_zone,
        patient_zone=patient_zone,
        reason=reason,
        created_at=at,
        keep=Money(0, quote.total.currency),
    )
    return Move(before=None, after=appointment, verb=Verb.HOLD, actor=actor, at=at)
