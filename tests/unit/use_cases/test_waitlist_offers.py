"""What becomes of a time that is offered to somebody who waits: accepted, declined, lapsed or never paid for."""

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.errors import CheckoutUnavailable, HoldExpired, IllegalTransition
from scheduling_core.waitlist import WaitState
from support.clinic import Clinic
from support.making import a_wait
from support.waiting import call_off, entry_now, offered, taken_and_released, waits


async def test_a_declined_offer_goes_to_the_next_and_never_back(clinic: Clinic):
    doctor = await clinic.doctor()
    visit = await clinic.booked(await clinic.patient(), doctor)
    line = [(await waits(clinic, doctor))[0] for _ in range(3)]
    await call_off(clinic, visit)
    for position, patient in enumerate(line):
        held = [len(await offered(clinic, each)) for each in line]
        assert held == [int(number == position) for number in range(3)]
        [offer] = await offered(clinic, patient)
        await clinic.cancel(Actor.patient(patient.id), None, appointment_id=offer.id)
        await clinic.settle()
    assert [await offered(clinic, each) for each in line] == [[], [], []]


async def test_a_lapsed_offer_goes_to_the_next_at_that_moment_without_a_sweeper(clinic: Clinic):
    doctor = await clinic.doctor()
    first, second = (await waits(clinic, doctor))[0], (await waits(clinic, doctor))[0]
    await taken_and_released(clinic, doctor, minutes=120)
    await clinic.wait(minutes=15, microseconds=-1)
    assert (len(await offered(clinic, first)), len(await offered(clinic, second))) == (1, 0)
    await clinic.wait(microseconds=1)
    assert (len(await offered(clinic, first)), len(await offered(clinic, second))) == (0, 1)
    await clinic.wait(minutes=15)
    assert (len(await offered(clinic, first)), len(await offered(clinic, second))) == (0, 0)


async def test_accepting_starts_the_ordinary_hold_once_and_booking_it_ends_the_wait(clinic: Clinic):
    doctor = await clinic.doctor()
    patient, entry = await waits(clinic, doctor)
    await taken_and_released(clinic, doctor)
    [offer], actor = await offered(clinic, patient), Actor.patient(patient.id)
    with pytest.raises(CheckoutUnavailable):
        await clinic.open_checkout(actor, offer.id)
    clinic.clock.advance(minutes=14)
    accepted = (await clinic.accept(actor, None, appointment_id=offer.id)).appointment
    assert accepted.hold_expires_at == clinic.clock.now() + clinic.terms.hold
    clinic.clock.advance(minutes=5)
    again = (await clinic.accept(actor, None, appointment_id=offer.id)).appointment
    assert again == accepted
    await clinic.open_checkout(actor, offer.id)
    await clinic.pay(offer.id)
    await clinic.settle()
    assert (await clinic.see(offer.id)).appointment.status is Status.BOOKED
    closed = await entry_now(clinic, entry)
    assert (closed.state, closed.closed_at) == (WaitState.SATISFIED, clinic.clock.now())


async def test_an_accepted_offer_that_nobody_pays_for_goes_to_the_next(clinic: Clinic):
    doctor = await clinic.doctor()
    first, second = (await waits(clinic, doctor))[0], (await waits(clinic, doctor))[0]
    await taken_and_released(clinic, doctor, minutes=120)
    [offer] = await offered(clinic, first)
    await clinic.accept(Actor.patient(first.id), None, appointment_id=offer.id)
    await clinic.wait(minutes=10)
    assert len(await offered(clinic, second)) == 1


async def test_accepting_is_refused_for_a_lapsed_offer_and_for_a_hold_of_ones_own(clinic: Clinic):
    doctor = await clinic.doctor()
    patient, _ = await waits(clinic, doctor)
    await taken_and_released(clinic, doctor)
    [offer], actor = await offered(clinic, patient), Actor.patient(patient.id)
    own = await clinic.hold(patient, await clinic.doctor(), minutes=180)
    with pytest.raises(IllegalTransition):
        await clinic.accept(actor, None, appointment_id=own.id)
    clinic.clock.advance(minutes=15)
    with pytest.raises(HoldExpired):
        await clinic.accept(actor, None, appointment_id=offer.id)
    await clinic.settle()
    with pytest.raises(HoldExpired):
        await clinic.accept(actor, None, appointment_id=offer.id)


async def test_offers_leave_the_three_holds_of_ones_own(clinic: Clinic):
    patient = await clinic.patient()
    for number in range(4):
        doctor = await clinic.doctor()
        async with clinic.storage.writing() as unit:
            await unit.waitlist.add(a_wait(patient, doctor, created_at=clinic.clock.now()))
        await taken_and_released(clinic, doctor, minutes=60 + 30 * number)
    assert len(await offered(clinic, patient)) == 4
    for number in range(3):
        await clinic.hold(patient, await clinic.doctor(), minutes=300 + 30 * number)


async def test_an_offer_ends_before_the_visit_begins_and_none_is_made_that_cannot_be_used(clinic: Clinic):
    doctor = await clinic.doctor()
    visits = [await clinic.booked(await clinic.patient(), doctor, minutes=30 * each) for each in (1, 2)]
    patient, _ = await waits(clinic, doctor)
    clinic.clock.advance(minutes=26, seconds=1)
    await call_off(clinic, visits[0])
    assert await offered(clinic, patient) == []
    clinic.clock.advance(minutes=25)
    await call_off(clinic, visits[1])
    [offer] = await offered(clinic, patient)
    assert offer.hold_expires_at == visits[1].starts_at - clinic.terms.shortest_hold


async def test_an_offer_answered_before_its_letter_went_out_is_not_told_of(clinic: Clinic):
    doctor = await clinic.doctor()
    patient, _ = await waits(clinic, doctor)
    clinic.letters.away = True
    await taken_and_released(clinic, doctor)
    [offer] = await offered(clinic, patient)
    await clinic.accept(Actor.patient(patient.id), None, appointment_id=offer.id)
    clinic.letters.away = False
    await clinic.wait(minutes=5)
    assert [letter.kind for letter in clinic.letters.to(patient.email)] == []
