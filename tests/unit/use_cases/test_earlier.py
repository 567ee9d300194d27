"""Waiting for an earlier time of a booked visit: the visit moves there, with its money, and nobody counts it."""

from datetime import timedelta

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import Doctor
from scheduling_core.errors import CannotReschedule, IllegalTransition, InvalidInput
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.hours import SetHours
from scheduling_core.use_cases.waitlist import Wish
from scheduling_core.waitlist import WaitlistEntry, WaitState
from support.clinic import OPEN_ALL_DAY, Clinic
from support.clock import MONDAY
from support.making import some_hours

WEEK = Interval(start=MONDAY, end=MONDAY + timedelta(days=7))
FRIDAY = 4 * 24 * 60


@pytest.fixture
async def lena(clinic: Clinic) -> Patient:
    return await clinic.patient()


@pytest.fixture
async def visit(clinic: Clinic, lena: Patient, doctor: Doctor) -> Appointment:
    return await clinic.booked(lena, doctor, minutes=FRIDAY)


async def wish_for_earlier(clinic: Clinic, visit: Appointment) -> WaitlistEntry:
    wish = Wish(window=WEEK, appointment_id=visit.id)
    return await clinic.join_waitlist(Actor.patient(visit.booked_by), None, wish)


async def release(clinic: Clinic, doctor: Doctor, *, minutes: float = 60) -> Appointment:
    other = await clinic.booked(await clinic.patient(), doctor, minutes=minutes)
    await clinic.cancel(Actor.patient(other.booked_by), None, appointment_id=other.id)
    await clinic.settle()
    return other


async def on_offer(clinic: Clinic, patient: Patient) -> list[Appointment]:
    async with clinic.storage.reading() as unit:
        pending = await unit.appointments.pending_of(patient.id)
    return [each for each in pending if each.on_offer and not each.hold_lapsed(clinic.clock.now())]


async def test_accepting_moves_the_visit_with_its_money_and_counts_as_no_move(
    clinic: Clinic, lena: Patient, doctor: Doctor, visit: Appointment
) -> None:
    entry = await wish_for_earlier(clinic, visit)
    assert entry.window == Interval(start=MONDAY, end=visit.starts_at)
    released = await release(clinic, doctor)
    [offer] = await on_offer(clinic, lena)
    [letter] = [letter for letter in clinic.letters.to(lena.email) if letter.kind is MessageKind.OFFER]
    assert letter.visit is not None
    assert letter.visit.instead_of == visit.starts_at

    moved = (await clinic.accept(Actor.patient(lena.id), None, appointment_id=offer.id)).appointment
    await clinic.settle()
    assert (moved.id, moved.interval, moved.moves) == (visit.id, released.interval, 0)
    assert (moved.paid_by, moved.keep, moved.receipt_number) == (visit.paid_by, visit.keep, visit.receipt_number)
    turned_over = (await clinic.see(offer.id)).appointment
    assert turned_over.cancellation is not None
    assert turned_over.cancellation.verb is Verb.REPLACE
    async with clinic.storage.reading() as unit:
        assert (await unit.waitlist.get(entry.id)).state is WaitState.SATISFIED
        assert await unit.appointments.occupying(doctor.id, visit.interval) == []
    assert MessageKind.RESCHEDULED in [letter.kind for letter in clinic.letters.to(lena.email)]


async def test_a_moved_visits_old_time_goes_to_the_next_who_waits(
    clinic: Clinic, lena: Patient, doctor: Doctor, visit: Appointment
) -> None:
    await wish_for_earlier(clinic, visit)
    await release(clinic, doctor)
    next_one = await clinic.patient()
    await clinic.join_waitlist(Actor.patient(next_one.id), None, Wish(window=WEEK, doctor_id=doctor.id))
    [offer] = await on_offer(clinic, lena)
    await clinic.accept(Actor.patient(lena.id), None, appointment_id=offer.id)
    await clinic.settle()
    assert [each.interval for each in await on_offer(clinic, next_one)] == [visit.interval]


async def test_only_earlier_times_of_the_same_length_and_doctor_are_offered(
    clinic: Clinic, lena: Patient, doctor: Doctor, visit: Appointment
) -> None:
    await wish_for_earlier(clinic, visit)
    await release(clinic, doctor, minutes=FRIDAY + 60)
    await release(clinic, await clinic.doctor())
    assert await on_offer(clinic, lena) == []
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), some_hours(slot_minutes=60))
    await release(clinic, doctor, minutes=120)
    assert await on_offer(clinic, lena) == []
    await SetHours(clinic.storage, clinic.chance)(Actor.doctor(doctor.id), OPEN_ALL_DAY)
    await release(clinic, doctor, minutes=240)
    assert len(await on_offer(clinic, lena)) == 1


async def test_the_wait_ends_with_its_visit_and_an_offer_in_hand_moves_nothing(
    clinic: Clinic, lena: Patient, doctor: Doctor, visit: Appointment
) -> None:
    entry = await wish_for_earlier(clinic, visit)
    await release(clinic, doctor)
    [offer] = await on_offer(clinic, lena)
    await clinic.cancel(Actor.patient(lena.id), None, appointment_id=visit.id)
    async with clinic.storage.reading() as unit:
        assert (await unit.waitlist.get(entry.id)).state is WaitState.ENDED
    with pytest.raises(CannotReschedule):
        await clinic.accept(Actor.patient(lena.id), None, appointment_id=offer.id)
    assert (await clinic.see(visit.id)).appointment.status is Status.CANCELLED


async def test_a_visit_that_is_earlier_already_stays(
    clinic: Clinic, lena: Patient, doctor: Doctor, visit: Appointment
) -> None:
    await wish_for_earlier(clinic, visit)
    await release(clinic, doctor, minutes=300)
    [offer] = await on_offer(clinic, lena)
    earlier = MONDAY + timedelta(minutes=120)
    await clinic.reschedule(Actor.patient(lena.id), None, appointment_id=visit.id, starts_at=earlier)
    with pytest.raises(IllegalTransition):
        await clinic.accept(Actor.patient(lena.id), None, appointment_id=offer.id)
    assert (await clinic.see(visit.id)).appointment.starts_at == earlier


async def test_nothing_earlier_than_a_visit_that_begins_first_is_waited_for(
    clinic: Clinic, lena: Patient, doctor: Doctor
) -> None:
    soon = await clinic.booked(lena, doctor, minutes=60)
    wish = Wish(window=Interval(start=soon.starts_at, end=WEEK.end), appointment_id=soon.id)
    with pytest.raises(InvalidInput):
        await clinic.join_waitlist(Actor.patient(lena.id), None, wish)


async def test_accepting_again_changes_nothing(
    clinic: Clinic, lena: Patient, doctor: Doctor, visit: Appointment
) -> None:
    await wish_for_earlier(clinic, visit)
    await release(clinic, doctor)
    [offer] = await on_offer(clinic, lena)
    moved = await clinic.accept(Actor.patient(lena.id), None, appointment_id=offer.id)
    assert await clinic.accept(Actor.patient(lena.id), None, appointment_id=offer.id) == moved
