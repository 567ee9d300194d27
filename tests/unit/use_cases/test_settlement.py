"""Settling money: every way in which the provider and the appointment can come apart, and how they agree again."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from adapters.kit.faults import Fault
from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.appointment_parts import MeetingStatus
from scheduling_core.errors import CheckoutUnavailable, ProviderUnavailable
from scheduling_core.ledger_entry import EntryKind
from scheduling_core.payment import Observation, Payment
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.tasks import MessageKind, TaskState
from support.clinic import Clinic


async def test_books_captures_meets_and_tells_both_once_it_is_paid(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    booked = await clinic.booked(patient, doctor)
    seen = await clinic.see(booked.id)
    assert seen.appointment.status is Status.BOOKED
    assert seen.payment is not None
    assert (seen.payment.status, seen.payment.captured) == (PaymentStatus.CAPTURED, 5900)
    assert seen.appointment.meeting.status is MeetingStatus.READY
    assert seen.appointment.receipt_number == "2027-000001"
    for email in (patient.email, doctor.email):
        kinds = [letter.kind for letter in clinic.letters.to(email)]
        assert kinds == [MessageKind.BOOKED]
        visit = clinic.letters.to(email)[0].visit
        assert visit is not None
        assert visit.join_url == seen.appointment.meeting.join_url


async def test_books_when_the_webhook_never_comes(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    await clinic.wait(seconds=20)
    assert (await clinic.see(held.id)).appointment.status is Status.BOOKED


async def test_a_hundred_copies_of_an_event_have_one_effect(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    booked = await clinic.booked(patient, doctor)
    payment = await clinic.payment(booked.id)
    for number in range(100):
        await clinic.webhook(str(payment.ref), event_id="the-same" if number % 2 else f"another-{number}")
        await clinic.settle()
    async with clinic.storage.reading() as unit:
        kinds = [entry.kind for entry in await unit.payments.ledger(booked.id)]
    assert kinds == [EntryKind.AUTHORIZED, EntryKind.CAPTURED]
    assert len(clinic.letters.letters) == 2


async def test_shows_a_decline_and_keeps_the_hold(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.happen(held.id, lambda session: session.decline("card_declined"))
    await clinic.wait(seconds=20)
    seen = await clinic.see(held.id)
    assert seen.appointment.status is Status.PENDING
    assert seen.payment is not None
    assert (seen.payment.status, seen.payment.last_decline) == (PaymentStatus.OPEN, "card_declined")
    await clinic.pay(held.id)
    await clinic.settle()
    assert (await clinic.see(held.id)).appointment.status is Status.BOOKED


async def test_opens_one_checkout_however_often_it_is_asked(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    actor = Actor.patient(patient.id)
    first = await clinic.open_checkout(actor, held.id)
    assert await clinic.open_checkout(actor, held.id) == first
    assert held.hold_expires_at is not None
    assert first.expires_at == held.hold_expires_at - timedelta(seconds=60)


async def test_a_failure_that_the_provider_replays_is_not_met_twice(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    actor = Actor.patient(patient.id)
    await clinic.faults.order("payments", Fault.ERROR, times=1)
    with pytest.raises(ProviderUnavailable):
        await clinic.open_checkout(actor, held.id)
    assert (await clinic.open_checkout(actor, held.id)).url is not None
    await clinic.authorize(held.id)
    await clinic.faults.order("payments", Fault.ERROR, times=3)
    for _ in range(10):
        await clinic.wait(seconds=20)
    assert (await clinic.payment(held.id)).captured == 5900


async def test_finds_the_checkout_again_whose_reply_was_lost(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    actor = Actor.patient(patient.id)
    await clinic.faults.order("payments", Fault.TIMEOUT, times=1)
    with pytest.raises(ProviderUnavailable):
        await clinic.open_checkout(actor, held.id)
    opened = await clinic.open_checkout(actor, held.id)
    assert opened.url is not None
    async with clinic.storage.reading() as unit:
        assert len(await unit.payments.of_appointment(held.id)) == 1


async def test_charges_once_when_the_capture_is_not_answered(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.pay(held.id)
    await clinic.faults.order("payments", Fault.TIMEOUT, times=3)
    for _ in range(20):
        await clinic.wait(seconds=30)
    seen = await clinic.see(held.id)
    assert seen.payment is not None
    assert (seen.payment.status, seen.payment.captured) == (PaymentStatus.CAPTURED, 5900)


async def test_a_cancelled_visit_keeps_what_the_policy_keeps(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    booked = await clinic.booked(patient, doctor, minutes=60 * 10)
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=booked.id)
    await clinic.settle()
    payment = await clinic.payment(booked.id)
    assert (payment.status, payment.captured, payment.refunded) == (PaymentStatus.PARTIALLY_REFUNDED, 5900, 2950)
    assert booked.id not in clinic.rooms.events


async def test_a_cancel_before_the_capture_charges_only_what_is_kept(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=60 * 10)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    await clinic.booked_but_not_captured(held.id)
    await clinic.cancel(Actor.doctor(doctor.id), None, appointment_id=held.id)
    for _ in range(10):
        await clinic.wait(minutes=1)
    after = await clinic.payment(held.id)
    assert after.captured - after.refunded == 0
    assert after.status in (PaymentStatus.RELEASED, PaymentStatus.REFUNDED)


async def test_a_free_visit_is_booked_at_once(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor(fee=0)
    held = await clinic.hold(patient, doctor)
    checkout = await clinic.open_checkout(Actor.patient(patient.id), held.id)
    assert checkout.url is None
    booked = (await clinic.see(held.id)).appointment
    assert booked.status is Status.BOOKED
    # Whoever did not hear the answer asks again.
    assert (await clinic.open_checkout(Actor.patient(patient.id), held.id)).url is None
    assert (await clinic.see(held.id)).appointment == booked
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=held.id)
    with pytest.raises(CheckoutUnavailable):
        await clinic.open_checkout(Actor.patient(patient.id), held.id)


async def test_an_amount_that_is_not_ours_is_left_to_a_person(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.happen(held.id, lambda session: replace(session.authorize(clinic.clock.now()), amount=1))
    await clinic.wait(seconds=20)
    seen = await clinic.see(held.id)
    assert seen.appointment.status is Status.PENDING
    assert seen.payment is not None
    assert seen.payment.quarantined == "amount"
    async with clinic.storage.reading() as unit:
        dead = await unit.tasks.list(TaskState.DEAD, after=None, limit=10)
    assert [task.payment_id for task in dead] == [seen.payment.id]


async def test_a_cancel_while_the_capture_is_in_flight_ends_with_the_money_right(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=60 * 10)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    provider = clinic.payments

    class Slow:
        """The patient cancels between the capture's leaving and its answer."""

        async def capture(self, payment: Payment, *, amount: int, key: str) -> Observation:
            await clinic.cancel(Actor.patient(patient.id), None, appointment_id=held.id)
            return await provider.capture(payment, amount=amount, key=key)

        def __getattr__(self, name: str) -> object:
            return getattr(provider, name)

    clinic.adopt(payments=Slow(), rooms=clinic.rooms, letters=clinic.letters)
    await clinic.wait(seconds=20)
    payment = await clinic.payment(held.id)
    assert (payment.captured, payment.refunded) == (5900, 2950)
    assert (await clinic.see(held.id)).appointment.status is Status.CANCELLED


@pytest.mark.parametrize("order", sorted(set(permutations(["paid", "paid", "captured", "again", "wait"]))))
async def test_events_in_any_order_end_in_the_same_state(clinic: Clinic, order: tuple[str, ...]) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    ref = str((await clinic.payment(held.id)).ref)
    for event in order:
        if event == "wait":
            await clinic.wait(seconds=20)
        else:
            await clinic.webhook(ref, event_id=event)
    await clinic.wait(seconds=20)
    seen = await clinic.see(held.id)
    assert seen.appointment.status is Status.BOOKED
    assert seen.payment is not None
    assert (seen.payment.status, seen.payment.captured) == (PaymentStatus.CAPTURED, 5900)
    assert [letter.kind for letter in clinic.letters.to(patient.email)] == [MessageKind.BOOKED]
