"""Receipts as facts."""

from collections.abc import Sequence
from datetime import datetime

from adapters.http.views.fields import Answer
from adapters.http.views.money import Money, Quote
from scheduling_core import receipt
from scheduling_core.access import Role


class Moved(Answer):
    """Money that was taken or given back, and when."""

    amount: Money
    at: datetime

    @classmethod
    def all_of(cls, moved: Sequence[receipt.Moved]) -> list["Moved"]:
        return [cls(amount=Money.of(each.amount), at=each.at) for each in moved]


class Receipt(Answer):
    """What a booked visit cost and what became of the money. `kept` = payments − refunds − what is disputed.

    `voided_at`: entered by mistake. `pay_by`: booked, and not paid.
    Also to be had as HTML (`Accept: text/html`) and as PDF (`receipt.pdf`).
    """

    number: str
    clinic: str
    issued_at: datetime
    doctor: str
    specialization: str
    patient: str
    starts_at: datetime
    ends_at: datetime
    doctor_time_zone: str
    patient_time_zone: str
    quote: Quote
    payments: list[Moved]
    refunds: list[Moved]
    reserved: Money
    kept: Money
    cancelled_at: datetime | None
    cancelled_by: Role | None
    voided_at: datetime | None
    pay_by: datetime | None
    disputed: bool

    @classmethod
    def of(cls, of: receipt.Receipt) -> "Receipt":
        return cls(
            number=of.number,
            clinic=of.clinic,
            issued_at=of.issued_at,
            doctor=of.doctor,
            specialization=of.specialization,
            patient=of.patient,
            starts_at=of.starts_at,
            ends_at=of.ends_at,
            doctor_time_zone=of.doctor_zone,
            patient_time_zone=of.patient_zone,
            quote=Quote.of(of.quote),
            payments=Moved.all_of(of.paid),
            refunds=Moved.all_of(of.returned),
            reserved=Money.of(of.reserved),
            kept=Money.of(of.kept),
            cancelled_at=of.cancelled_at,
            cancelled_by=of.cancelled_by,
            voided_at=of.voided_at,
            pay_by=of.pay_by,
            disputed=of.disputed,
        )
