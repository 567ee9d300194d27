"""Payments, their ledger and what the provider told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeAlias
from uuid import UUID

from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PaymentId
from scheduling_core.instants import Interval
from scheduling_core.ledger_entry import LedgerEntry
from scheduling_core.payment import Payment, Trouble
from scheduling_core.ports.views import Earned, PaymentDetails

Seen: TypeAlias = tuple[datetime, UUID] | None
"""The (created_at, id) of the last payment that was seen; pages are newest first by it."""


class PaymentRecords(Protocol):
    async def add(self, payment: Payment) -> None:
        """Raise Outdated if the appointment has a live payment already."""
        ...

    async def save(self, payment: Payment, entries: Sequence[LedgerEntry] = ()) -> Payment:
        """Store it with its new ledger lines where the version is still the one read, else raise Outdated."""
        ...

    async def get(self, payment_id: PaymentId) -> Payment:
        """Raise NotFound."""
        ...

    async def lock(self, payment_id: PaymentId) -> Payment:
        """As `get`, and nobody else changes the row until the transaction ends."""
        ...

    async def by_ref(self, ref: str) -> Payment | None:
        """The payment that the provider knows by that name."""
        ...

    async def of_appointment(self, appointment_id: AppointmentId) -> list[Payment]:
        """Oldest first."""
        ...

    async def ledger(self, appointment_id: AppointmentId) -> list[LedgerEntry]:
        """Oldest first."""
        ...

    async def note_webhook(self, event_id: str, ref: str, *, at: datetime) -> bool:
        """Record an event of the provider; False if it was recorded before."""
        ...

    async def of_patient(self, patient_id: PatientId, *, after: Seen, limit: int) -> list[PaymentDetails]:
        """What this patient, who booked, ever paid or had reserved."""
        ...

    async def of_doctor(
        self, doctor_id: DoctorId, within: Interval, *, after: Seen, limit: int
    ) -> list[PaymentDetails]:
        """Payments for visits with this doctor of which something was taken, given back or disputed in that time."""
        ...

    async def in_trouble(self, trouble: Trouble | None, *, after: Seen, limit: int) -> list[PaymentDetails]:
        """Payments at which a person should look, for that reason or for any."""
        ...

    async def earned(self, doctor_id: DoctorId, bounds: Sequence[datetime]) -> list[Earned]:
        """For visits with this doctor: the sums of each time from one bound to the next, one fewer than bounds."""
        ...
