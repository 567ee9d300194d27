"""Payments and earnings as those see them whom they concern."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.http.cursors import write_place
from adapters.http.views.appointment_parts import PaymentState
from adapters.http.views.fields import Answer
from adapters.http.views.money import Money
from adapters.http.views.receipts import Moved
from scheduling_core.instants import Interval
from scheduling_core.ledger_entry import EntryKind
from scheduling_core.ports.views import Earned, PaymentDetails
from scheduling_core.use_cases.money import Earnings


class PaidVisit(Answer):
    """What a payment was for. `patient` is who is seen."""

    appointment_id: UUID
    doctor: str
    specialization: str
    patient: str
    starts_at: datetime
    time_zone: str
    receipt_number: str | None

    @classmethod
    def of(cls, details: PaymentDetails, *, for_doctor: bool = False) -> "PaidVisit":
        """With the zone of the reader's side, as it was agreed on."""
        visit = details.visit.appointment
        return cls(
            appointment_id=visit.id,
            doctor=details.visit.doctor_name,
            specialization=details.visit.specialization,
            patient=details.visit.patient_name,
            starts_at=visit.starts_at,
            time_zone=visit.doctor_zone if for_doctor else visit.patient_zone,
            receipt_number=visit.receipt_number,
        )


class OwnPayment(Answer):
    """One payment. `amount` is what it was for; `captured` what was taken of it."""

    id: UUID
    created_at: datetime
    status: PaymentState
    visit: PaidVisit
    amount: Money
    captured: Money
    refunded: Money
    refunds: list[Moved]

    @classmethod
    def of(cls, details: PaymentDetails) -> "OwnPayment":
        payment, currency = details.payment, details.payment.amount.currency
        return cls(
            id=payment.id,
            created_at=payment.created_at,
            status=PaymentState(payment.status.value),
            visit=PaidVisit.of(details),
            amount=Money.of(payment.amount),
            captured=Money(amount=payment.captured, currency=currency),
            refunded=Money(amount=payment.refunded, currency=currency),
            refunds=[
                Moved(amount=Money.of(entry.amount), at=entry.at)
                for entry in details.entries
                if entry.kind is EntryKind.REFUNDED
            ],
        )


class OwnPaymentPage(Answer):
    """Payments, newest first."""

    items: list[OwnPayment]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[PaymentDetails], *, limit: int) -> "OwnPaymentPage":
        return cls(items=[OwnPayment.of(each) for each in found[:limit]], next_cursor=cursor_of(found, limit))


class MonthsEarnings(Answer):
    """What moved in one month. `kept` = received − refunded − disputed; it is negative where more went back than came in.

    `disputed` is negative where disputes of earlier months ended.
    """

    month: str
    payments: int
    received: Money
    refunded: Money
    disputed: Money
    kept: Money

    @classmethod
    def of(cls, month: str, earned: Earned, currency: str) -> "MonthsEarnings":
        kept = earned.received - earned.refunded - earned.disputed
        received, refunded, disputed, left = (
            Money(amount=amount, currency=currency)
            for amount in (earned.received, earned.refunded, earned.disputed, kept)
        )
        return cls(
            month=month, payments=earned.payments, received=received, refunded=refunded, disputed=disputed, kept=left
        )


class YearsEarnings(Answer):
    """A doctor's year, month by month, in the doctor's zone. Amounts are what patients pay, tax included."""

    year: int
    time_zone: str
    currency: str
    total: MonthsEarnings
    months: list[MonthsEarnings]

    @classmethod
    def of(cls, earnings: Earnings) -> "YearsEarnings":
        months, year = earnings.months, str(earnings.year)
        total = Earned(
            payments=sum(month.payments for month in months),
            received=sum(month.received for month in months),
            refunded=sum(month.refunded for month in months),
            disputed=sum(month.disputed for month in months),
        )
        return cls(
            year=earnings.year,
            time_zone=earnings.time_zone,
            currency=earnings.currency,
            total=MonthsEarnings.of(year, total, earnings.currency),
            months=[
                MonthsEarnings.of(f"{year}-{number:02}", month, earnings.currency)
                for number, month in enumerate(months, start=1)
            ],
        )


class DoctorPayment(Answer):
    """A payment of which something moved in the month: `received` and `refunded` in that month alone."""

    id: UUID
    status: PaymentState
    visit: PaidVisit
    received: Money
    refunded: Money

    @classmethod
    def of(cls, details: PaymentDetails, within: Interval) -> "DoctorPayment":
        def moved(kind: EntryKind) -> Money:
            amounts = [
                entry.amount.amount
                for entry in details.entries
                if entry.kind is kind and within.start <= entry.at < within.end
            ]
            return Money(amount=sum(amounts), currency=details.payment.amount.currency)

        return cls(
            id=details.payment.id,
            status=PaymentState(details.payment.status.value),
            visit=PaidVisit.of(details, for_doctor=True),
            received=moved(EntryKind.CAPTURED),
            refunded=moved(EntryKind.REFUNDED),
        )


class DoctorPaymentPage(Answer):
    """Payments, newest first."""

    items: list[DoctorPayment]
    next_cursor: str | None

    @classmethod
    def of(cls, within: Interval, found: Sequence[PaymentDetails], *, limit: int) -> "DoctorPaymentPage":
        return cls(
            items=[DoctorPayment.of(each, within) for each in found[:limit]], next_cursor=cursor_of(found, limit)
        )


def cursor_of(found: Sequence[PaymentDetails], limit: int) -> str | None:
    """Where the page after the first `limit` of them begins; one more than that was asked for."""
    last = found[limit - 1].payment if len(found) > limit else None
    return write_place(last.created_at, last.id) if last else None
