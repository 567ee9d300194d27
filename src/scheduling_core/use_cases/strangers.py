"""Payments that the provider has and we do not: what was paid after the moment to which a backup takes us back."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.errors import NotFound, ProviderRefused
from scheduling_core.money import Money
from scheduling_core.payment import Observation, Payment, Step, next_step
from scheduling_core.ports.payments import OpenedCheckout, Payments
from scheduling_core.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class FindStrangers:
    """Checkouts opened since then that no row tells of. Nobody can come for what they paid for: `GiveBack` is for them.

    For the command line: whoever runs it owns the database, so it takes no actor. Raise ProviderUnavailable.
    """

    storage: Storage
    payments: Payments

    async def __call__(self, since: datetime) -> list[OpenedCheckout]:
        opened = await self.payments.opened_since(since)
        return [each for each in opened if not await self._known(each)]

    async def _known(self, opened: OpenedCheckout) -> bool:
        async with self.storage.reading() as unit:
            try:
                await unit.payments.get(opened.payment_id)
            except NotFound:
                return False
        return True


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Close, release or refund all of it at the provider, so that nobody pays for nothing. Doing so twice does nothing more.

    Answers what it has come to. Raise ProviderUnavailable, and ProviderRefused for what a person must see to (a dispute).
    """

    storage: Storage
    payments: Payments

    async def __call__(self, stranger: OpenedCheckout) -> Observation:
        async with self.storage.reading() as unit:
            now = await unit.now()
        seen = stranger.seen
        for _ in Step:
            step = next_step(_payment(stranger, seen, now), keep=0, wanted=False)
            if step is None:
                return seen
            seen = await self._take(_payment(stranger, seen, now), *step)
        raise ProviderRefused("stuck", "the provider does as it is asked, and nothing changes")

    async def _take(self, payment: Payment, step: Step, amount: int) -> Observation:
        key = f"{payment.id}:stranger:{step}:{amount}"
        if step is Step.CLOSE:
            return await self.payments.close_checkout(payment, key=key)
        if step is Step.REFUND:
            return await self.payments.refund(payment, amount=amount, key=key)
        return await self.payments.release(payment, key=key)


def _payment(stranger: OpenedCheckout, seen: Observation, now: datetime) -> Payment:
    return Payment(
        id=stranger.payment_id,
        appointment_id=stranger.appointment_id,
        amount=Money(seen.amount, seen.currency),
        closes_at=now,
        created_at=now,
        status=seen.status,
        ref=seen.ref,
        captured=seen.captured,
        refunded=seen.refunded,
        refund_failed=seen.refund_failed,
    )
