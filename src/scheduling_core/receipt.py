"""What a receipt says: the facts of one booked visit and of its money, taken from the quote and the ledger."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.access import Role
from scheduling_core.money import Money, Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Money that was taken or given back, and when."""

    amount: Money
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt for `reader_zone`, the zone of whoever reads it. `kept` = paid − returned − what is disputed, to the cent.

    Never a reason or anything medical.
    """

    number: str
    clinic: str
    issued_at: datetime
    doctor: str
    specialization: str
    patient: str
    """Who is seen."""
    starts_at: datetime
    ends_at: datetime
    doctor_zone: str
    patient_zone: str
    reader_zone: str
    quote: Quote
    paid: tuple[Moved, ...]
    returned: tuple[Moved, ...]
    kept: Money
    reserved: Money
    """Set aside by the payer's bank, and not taken yet."""
    cancelled_at: datetime | None
    cancelled_by: Role | None
    voided_at: datetime | None
    """When the visit was struck as entered by mistake."""
    pay_by: datetime | None
    """Set while the money of a booked visit is missing and can still be paid."""
    disputed: bool
    """The payer's bank is looking into the payment: nothing moves until it has decided."""
