"""Money that is taken at Stripe, over a wire that fails."""

from dataclasses import dataclass, field
from typing import ClassVar

from adapters.payments.stripe import StripePayments
from adapters.payments.stripe_api import StripeApi
from contract.payments.bench import SECRETS
from contract.providers.troubles import BREAKS_OFF, FAILS, HANGS, LOCKED_OUT, MANY, NONSENSE, PATIENCE, WorkOf
from scheduling_core.tasks import TaskKind
from servers import faulty
from support.stripe_wire import KEY, StripeWire


@dataclass
class AtStripe(WorkOf):
    stripe: StripeWire = field(kw_only=True)
    wire: faulty.Wire = field(kw_only=True)
    adapters: list[StripePayments] = field(default_factory=list)
    kind = TaskKind.SETTLE_MONEY
    provider = "stripe"
    says: ClassVar[dict[str, str]] = {
        BREAKS_OFF: "Stripe could not be reached",
        PATIENCE: "come back later (429)",
        FAILS: "Stripe answered 500",
        NONSENSE: "cannot be read",
        LOCKED_OUT: "does not accept our credentials (401)",
    }

    def equip(self, seconds: float) -> None:
        payments = StripePayments(
            StripeApi(self.clinic.clock, base=self.wire.url, secret_key=KEY, account=None, seconds=60),
            self.calls("stripe", seconds),
            self.clinic.clock,
            public_url="https://clinic.example",
            webhook_secrets=SECRETS,
            live=False,
            account=None,
            minimum=50,
        )
        self.adapters.append(payments)
        self.clinic.adopt(payments=payments, rooms=self.clinic.rooms, letters=self.clinic.letters)

    async def begin(self) -> None:
        visit, now = await self.a_visit(), self.clinic.clock.now()
        self.stripe.change(str((await self.clinic.payment(visit.id)).ref), lambda session: session.authorize(now))
        # No event tells of it: the task asks by itself.
        self.clinic.clock.advance(minutes=1)

    def fail(self, fault: str) -> None:
        to = "/v1/"
        self.wire.order(
            *{
                HANGS: [faulty.hang(to=to)],
                BREAKS_OFF: [faulty.reset(to="/capture"), faulty.reset(to="GET /v1/")],
                PATIENCE: [faulty.answered(429, to=to, Retry_After=self.patience, body=b"canary")] * MANY,
                FAILS: [faulty.answered(500, to=to, body=b"canary")] * MANY,
                NONSENSE: [faulty.malformed(to="GET /v1/")] * MANY,
                LOCKED_OUT: [faulty.answered(401, to=to, body=b"canary")] * MANY,
            }[fault]
        )

    def mend(self) -> None:
        self.wire.faults.clear()

    async def done(self) -> int:
        taken = sum(session.captured for session in self.stripe.sessions.values())
        assert taken % 5_900 == 0
        return taken // 5_900
