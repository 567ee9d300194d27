"""Payments, their ledger and what the provider told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.payment import LedgerEntry, Payment


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
