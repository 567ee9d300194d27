"""Settling money on every storage: what the core decides there stands, and late answers find it as it is."""

from collections.abc import AsyncIterator

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Status, Verb
from scheduling_core.ledger import explain
from scheduling_core.payment import Step
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Storage
from support.clinic import Clinic
from support.clock import ManualClock
from support.news import DISPUTE, LIVES, LOST, NOTHING, TOTAL, WON, Town, hear
from support.refusing import Refusing

ORDERS = [(5, 4, 3, 2, 1, 0), (1, 0, 5, 3, 4, 2), (4, 5, 0, 2, 1, 3)]


@pytest.fixture
async def clinic(storage: Storage, clock: ManualClock) -> AsyncIterator[Clinic]:
    made = Clinic(storage, clock)
    yield made
    await made.close()


async def test_late_answers_in_any_order_end_in_what_is_true(storage: Storage, clock: ManualClock) -> None:
    town = Town(storage, clock)
    await town.open()
    for life in LIVES.values():
        for order in ORDERS:
            assert (await hear(town, life, order, keep=TOTAL)).effects == {}
    for life, refunds in (([NOTHING, DISPUTE, LOST], []), ([NOTHING, DISPUTE, WON], [TOTAL])):
        for order in ((1, 0, 2), (2, 1, 0), (0, 2, 1)):
            provider = await hear(town, life, order, keep=0)
            assert [amount for step, amount in provider.effects.values() if step is Step.REFUND] == refunds


async def test_a_visit_whose_money_was_refused_is_paid_anew_or_lost(clinic: Clinic) -> None:
    doctor = await clinic.doctor()
    payer, forgetful = await clinic.patient(), await clinic.patient()
    provider = Refusing(clinic, "capture")
    kept = await clinic.booked(payer, doctor, minutes=60 * 48)
    lost = await clinic.booked(forgetful, doctor, minutes=60 * 50)
    assert (kept.status, kept.paid_by, kept.pay_by) == (Status.BOOKED, None, lost.pay_by)
    assert kept.pay_by is not None

    provider.refuses = False
    await clinic.open_checkout(Actor.patient(payer.id), kept.id)
    await clinic.pay(kept.id)
    await clinic.wait(hours=25)
    paid, unpaid = await clinic.see(kept.id), await clinic.see(lost.id)
    assert (paid.appointment.status, paid.appointment.pay_by) == (Status.BOOKED, None)
    assert paid.payment is not None
    assert paid.payment.status is PaymentStatus.CAPTURED
    assert unpaid.appointment.cancellation is not None
    assert unpaid.appointment.cancellation.verb is Verb.UNPAID
    async with clinic.storage.reading() as unit:
        for visit in (kept, lost):
            payments = await unit.payments.of_appointment(visit.id)
            assert explain(await unit.payments.ledger(visit.id), payments).unexplained == ()
