"""What a test of the contract is given: a provider, a clock, and a way to play the payer."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.system import Clock
from support.clock import ManualClock
from support.making import an_id, usd

SECRETS = ("new-secret", "old-secret")


class Bench(Protocol):
    """A provider on which a test also plays the payer."""

    payments: Payments
    clock: ManualClock

    async def pay(self, opened: Observation) -> None:
        """With a card that pays. Raise ProviderRefused where the page is closed."""

    async def try_declined_card(self, opened: Observation) -> None:
        """With one that does not."""


@dataclass(frozen=True)
class Peer:
    """Who answers the adapter while it is judged. `lacks` says why a test, or a file of them, cannot be put to it: those are
    judged before another of the adapter's peers alone."""

    name: str
    bench: Callable[[Path], AbstractAsyncContextManager[Bench]]
    lacks: Mapping[str, str] = field(default_factory=dict)

    def takes(self, test: Callable[..., object]) -> bool:
        return self.lacks.keys().isdisjoint({test.__name__, test.__module__.rpartition(".")[2]})


def new_payment(clock: Clock, amount: int = 10_620) -> Payment:
    now = clock.now()
    return Payment(
        id=PaymentId(an_id()),
        appointment_id=AppointmentId(an_id()),
        amount=usd(amount),
        closes_at=now + timedelta(minutes=9),
        created_at=now,
    )
