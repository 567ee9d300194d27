"""Opening the provider's payment page for a held slot."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.errors import (
    CheckoutUnavailable,
    HoldExpired,
    ProviderFailed,
    ProviderRefused,
    ProviderUnavailable,
)
from scheduling_core.ids import AppointmentId, PaymentId, TaskId
from scheduling_core.payment import Observation, Payment
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import settle_money
from scheduling_core.use_cases.changes import book
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.windows import Action, permit

FIRST_LOOK = timedelta(seconds=15)
"""After this the provider is asked how the payment stands, webhook or not."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where to pay, and until when. `url` is None when there is nothing to pay and the visit is booked."""

    url: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenCheckout:
    """The one live payment page of a hold: again and again the same, until it is closed.

    What will be asked of the provider is committed, with its key, before the call; a lost reply is asked for again under
    that key. What costs nothing is booked at once. Raise HoldExpired, CheckoutUnavailable (not a hold, or its money is
    settled), ProviderUnavailable.
    """

    storage: Storage
    payments: Payments
    chance: Chance

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> Checkout:
        payment = await self._intend(actor, appointment_id)
        if isinstance(payment, Checkout):
            return payment
        if payment.url is None:
            opened = await self._open(payment)
            payment = await self._record(replace(payment, ref=opened.ref, url=opened.url))
        return Checkout(payment.url, payment.closes_at)

    async def _open(self, payment: Payment) -> Observation:
        """Ask the provider for the page. After a failure of its own, look whether it is there before a new key is used."""
        try:
            return await self.payments.open_checkout(payment)
        except (ProviderFailed, ProviderRefused) as failure:
            found = await self.payments.find(payment)
            if found is not None:
                return found
            await self._next_key(payment.id)
            raise ProviderUnavailable from failure

    @decide_again
    async def _next_key(self, payment_id: PaymentId) -> None:
        async with self.storage.writing() as unit:
            payment = await unit.payments.lock(payment_id)
            await unit.payments.save(payment.give_up_attempt())

    @decide_again
    async def _intend(self, actor: Actor, appointment_id: AppointmentId) -> Payment | Checkout:
        permit(Action.PAY, actor)
        async with self.storage.writing() as unit:
            seen = await unit.appointments.get(appointment_id, actor)
            now = await unit.schedules.lock(seen.doctor_id)
            free_of_charge = seen.quote.total.amount == 0
            if free_of_charge:
                await unit.patients.lock_person(seen.person_id)
            appointment = await unit.appointments.lock(appointment_id, actor)
            if free_of_charge and appointment.status is Status.BOOKED:
                return Checkout(None, appointment.starts_at)
            closes_at = self._closes_at(appointment, now)
            if free_of_charge:
                await book(unit, self.chance, appointment, Verb.BOOK, now, paid_by=None)
                return Checkout(None, closes_at)
            for payment in await unit.payments.of_appointment(appointment_id):
                if payment.status is PaymentStatus.OPEN:
                    return payment
                if payment.live:
                    raise CheckoutUnavailable("Your payment has arrived. We are confirming it.")
            return await self._begin(unit, appointment, closes_at, now)

    def _closes_at(self, appointment: Appointment, now: datetime) -> datetime:
        """Until when can be paid. Raise if it is too late or there never was anything to pay."""
        if appointment.expired() or (appointment.on_offer and appointment.hold_lapsed(now)):
            raise HoldExpired
        if appointment.on_offer:
            raise CheckoutUnavailable("Accept the offered time first.")
        closes_at = appointment.checkout_closes_at
        if closes_at is None:
            raise CheckoutUnavailable
        if now >= closes_at:
            raise HoldExpired
        return closes_at

    async def _begin(self, unit: Unit, appointment: Appointment, closes_at: datetime, now: datetime) -> Payment:
        payment = Payment(
            id=PaymentId(self.chance.new_id()),
            appointment_id=appointment.id,
            amount=appointment.quote.total,
            closes_at=closes_at,
            created_at=now,
        )
        await unit.payments.add(payment)
        due_at = min(now + FIRST_LOOK, closes_at)
        await unit.tasks.wake(
            settle_money(TaskId(self.chance.new_id()), payment.id, appointment.id, due_at=due_at, at=now)
        )
        return payment

    @decide_again
    async def _record(self, opened: Payment) -> Payment:
        async with self.storage.writing() as unit:
            payment = await unit.payments.lock(opened.id)
            if payment.status is not PaymentStatus.OPEN:
                raise HoldExpired
            if payment.url == opened.url:
                return payment
            return await unit.payments.save(replace(payment, ref=opened.ref, url=opened.url))
