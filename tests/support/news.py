"""News of one payment, asked for as things happen to it, and answered late and in any order."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

from scheduling_core.access import SYSTEM
from scheduling_core.appointment import Appointment, Verb
from scheduling_core.errors import ProviderRefused
from scheduling_core.ids import PaymentId
from scheduling_core.ledger import explain
from scheduling_core.ledger_entry import LedgerEntry
from scheduling_core.payment import Observation, Payment, Step, Trouble
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Storage
from scheduling_core.use_cases.settlement import SettleMoney
from support.chance import SeededChance
from support.clock import ManualClock
from support.making import a_doctor, a_hold, a_patient, a_payment, some_hours, usd
from support.provider import Fate, Provider, Refused

Happening = Callable[[Provider], None]
DISPUTE: Happening = Provider.dispute
WON: Happening = lambda provider: provider.decide_dispute(won=True)  # noqa: E731
LOST: Happening = lambda provider: provider.decide_dispute(won=False)  # noqa: E731
NOTHING: Happening = lambda provider: None  # noqa: E731
"""A look that finds what the one before it found."""

LIVES = {
    "ends as it began": [NOTHING, DISPUTE, NOTHING, WON, DISPUTE, WON],
    "ends disputed": [NOTHING, DISPUTE, WON, NOTHING, DISPUTE, NOTHING],
    "ends lost": [NOTHING, DISPUTE, WON, DISPUTE, LOST, NOTHING],
}
TOTAL = 5_900


class LateAnswers:
    """The provider, on a line on which every answer is as old as its question and comes when the test lets it."""

    def __init__(self, provider: Provider) -> None:
        self.provider, self.gates, self.late = provider, list[asyncio.Event](), True
        self.asked = asyncio.Event()

    async def find(self, _: Payment) -> Observation:
        seen, gate = self.provider.find(), asyncio.Event()
        if self.late:
            self.gates.append(gate)
            self.asked.set()
            await gate.wait()
        return seen

    async def refund(self, _: Payment, *, amount: int, key: str) -> Observation:
        try:
            return self.provider.call(Step.REFUND, amount, key, Fate.THROUGH)
        except Refused:
            raise ProviderRefused("state") from None


class Town:
    """Storage with a doctor and a patient, in which one paid visit after the other is looked at."""

    def __init__(self, storage: Storage, clock: ManualClock) -> None:
        self.storage, self.clock, self.chance = storage, clock, SeededChance(3)
        self.doctor, self.patient, self.visits = a_doctor(), a_patient(), 0

    async def open(self) -> None:
        async with self.storage.writing() as unit:
            await unit.doctors.add(self.doctor, some_hours())
            await unit.patients.add(self.patient)

    async def paid_visit(self, *, keep: int) -> Appointment:
        self.visits += 1
        now, starts_at = self.clock.now(), self.clock.now() + timedelta(hours=self.visits)
        held = a_hold(self.doctor, self.patient, starts_at).after
        payment = a_payment(held, amount=usd(TOTAL), status=PaymentStatus.CAPTURED, captured=TOTAL, ref=str(held.id))
        booked = held.move(Verb.BOOK, SYSTEM, now, keep=usd(keep)).amend(paid_by=payment.id, booked_at=now)
        async with self.storage.writing() as unit:
            await unit.appointments.add(a_hold(self.doctor, self.patient, starts_at, id=held.id))
            stored = await unit.appointments.store(booked)
            await unit.payments.add(payment)
        return stored

    async def money(self, appointment: Appointment) -> tuple[Payment, list[LedgerEntry]]:
        async with self.storage.reading() as unit:
            payments = await unit.payments.of_appointment(appointment.id)
            return payments[0], await unit.payments.ledger(appointment.id)


async def hear(town: Town, life: Sequence[Happening], order: Sequence[int], *, keep: int) -> Provider:
    """Look after each happening, hear the answers in that order, and look again where settling asks for it."""
    visit = await town.paid_visit(keep=keep)
    payment_id = PaymentId(visit.paid_by or visit.id)
    provider = Provider(PaymentStatus.CAPTURED, total=TOTAL, ref=str(visit.id))
    provider.captured = TOTAL
    line = LateAnswers(provider)
    settle = SettleMoney(town.storage, line, town.chance)  # type: ignore[arg-type]  # nothing else is asked of it
    looks = []
    for happens in life:
        happens(provider)
        looks.append(asyncio.create_task(settle(payment_id)))
        await line.asked.wait()
        line.asked.clear()
    line.late = False
    again = None
    for place in order:
        line.gates[place].set()
        again = await looks[place] or again
    while again is not None:
        again = await settle(payment_id)
    payment, lines = await town.money(visit)
    account = explain(lines, [payment])
    # The lines from before the first look are not there: the visit began paid.
    assert (payment.status, payment.captured, payment.refunded) == (provider.status, TOTAL, provider.refunded)
    assert payment.trouble is (Trouble.DISPUTED if payment.disputed else None)
    assert (account.refunded, account.disputed) == (provider.refunded, payment.disputed)
    return provider
