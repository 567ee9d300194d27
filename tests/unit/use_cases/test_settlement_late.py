"""Money that comes late, is lost again, or has to come anew."""

from datetime import timedelta

import pytest

from adapters.payments.simulator_sessions import Session
from scheduling_core.access import Actor
from scheduling_core.appointment import Status, Verb
from scheduling_core.errors import HoldExpired
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.tasks import MessageKind
from support.clinic import Clinic


async def test_closes_the_page_before_the_slot_is_released(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.wait(minutes=9, seconds=1)
    assert (await clinic.payment(held.id)).status is PaymentStatus.EXPIRED
    assert (await clinic.see(held.id)).appointment.status is Status.PENDING
    with pytest.raises(HoldExpired):
        await clinic.open_checkout(Actor.patient(patient.id), held.id)


async def test_books_a_late_payment_if_the_time_is_still_free(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    clinic.clock.advance(minutes=11)
    assert (await clinic.see(held.id)).appointment.status is Status.CANCELLED
    await clinic.pay(held.id)
    await clinic.settle()
    seen = await clinic.see(held.id)
    assert seen.appointment.status is Status.BOOKED
    async with clinic.storage.reading() as unit:
        verbs = [event.verb for event in await unit.appointments.events(held.id)]
    assert verbs == [Verb.HOLD, Verb.EXPIRE, Verb.BOOK_LATE]


async def test_releases_a_late_payment_for_a_slot_that_somebody_else_has(clinic: Clinic) -> None:
    patient, rival, doctor = await clinic.patient(), await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=60)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    clinic.clock.advance(minutes=30)
    theirs = await clinic.booked(rival, doctor, minutes=30)
    assert theirs.interval == held.interval
    seen = await clinic.see(held.id)
    assert seen.payment is not None
    assert seen.payment.status in (PaymentStatus.OPEN, PaymentStatus.EXPIRED)


async def test_tells_the_patient_that_a_lost_slot_costs_nothing(clinic: Clinic) -> None:
    patient, rival, doctor = await clinic.patient(), await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=60)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    clinic.clock.advance(minutes=30)
    await clinic.hold(rival, doctor, minutes=30)
    await clinic.settle()
    seen = await clinic.see(held.id)
    assert seen.appointment.status is Status.CANCELLED
    assert seen.payment is not None
    assert (seen.payment.status, seen.payment.captured) == (PaymentStatus.RELEASED, 0)
    assert [letter.kind for letter in clinic.letters.to(patient.email)] == [MessageKind.NOT_CHARGED]


async def test_asks_to_pay_again_when_the_authorization_is_lost_and_cancels_if_nobody_does(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=60 * 48)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    await clinic.booked_but_not_captured(held.id)
    await clinic.happen(held.id, Session.release)
    await clinic.wait(seconds=20)
    unpaid = (await clinic.see(held.id)).appointment
    assert unpaid.status is Status.BOOKED
    assert unpaid.pay_by == clinic.clock.now() + timedelta(hours=24)
    assert MessageKind.PAY_AGAIN in [letter.kind for letter in clinic.letters.to(patient.email)]

    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.wait(hours=25)
    ended = (await clinic.see(held.id)).appointment
    assert ended.status is Status.CANCELLED
    assert ended.cancellation is not None
    assert ended.cancellation.verb is Verb.UNPAID


async def test_paying_again_keeps_the_visit(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=60 * 48)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    await clinic.booked_but_not_captured(held.id)
    await clinic.happen(held.id, Session.release)
    await clinic.wait(seconds=20)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.pay(held.id)
    await clinic.wait(hours=25)
    kept = await clinic.see(held.id)
    assert kept.appointment.status is Status.BOOKED
    assert kept.payment is not None
    assert kept.payment.captured == 5900
