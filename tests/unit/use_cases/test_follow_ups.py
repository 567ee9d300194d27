"""Follow-up times: kept by the doctor, one of them taken by the patient, never without bounds."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.doctor import Doctor
from scheduling_core.errors import (
    HoldExpired,
    IllegalTransition,
    InvalidInput,
    NotFound,
    OfferLimit,
    PatientBusy,
    SlotNotOffered,
    SlotTaken,
)
from scheduling_core.patient import Patient
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.booking import HoldSlot
from support.clinic import TERMS, Clinic
from support.clock import MONDAY, ManualClock
from support.desk import assert_only

DAY = timedelta(days=1)
TUESDAY = MONDAY + DAY
TIMES = [MONDAY + 7 * DAY, MONDAY + 8 * DAY, MONDAY + 9 * DAY]


@pytest.fixture
async def clinic() -> AsyncIterator[Clinic]:
    clock = ManualClock()
    made = Clinic(MemoryStorage(clock), clock, terms=replace(TERMS, live_follow_ups=4))
    yield made
    await made.close()


@pytest.fixture
async def lena(clinic: Clinic) -> Patient:
    return await clinic.patient()


@pytest.fixture
async def visit(clinic: Clinic, lena: Patient, doctor: Doctor) -> Appointment:
    return await seen(clinic, lena, doctor)


async def seen(clinic: Clinic, patient: Patient, doctor: Doctor) -> Appointment:
    """A visit that took place; it is an hour later then."""
    visit = await clinic.booked(patient, doctor, minutes=60)
    clinic.clock.set(visit.starts_at)
    await clinic.fulfil(Actor.doctor(doctor.id), None, appointment_id=visit.id)
    return (await clinic.see(visit.id)).appointment


async def offer(
    clinic: Clinic, visit: Appointment, times: list[datetime] = TIMES, until: datetime = TUESDAY
) -> list[Appointment]:
    actor = Actor.doctor(visit.doctor_id)
    kept = await clinic.offer_follow_up(actor, None, appointment_id=visit.id, times=times, until=until)
    await clinic.settle()
    return [each.appointment for each in kept.appointments]


async def test_the_times_are_kept_until_the_moment_chosen_and_told_in_one_message(
    clinic: Clinic, visit: Appointment, lena: Patient, doctor: Doctor
) -> None:
    kept = await offer(clinic, visit, TIMES[::-1])
    assert [each.starts_at for each in kept] == TIMES
    assert {(each.hold_kind, each.hold_expires_at, each.booked_by) for each in kept} == {
        (HoldKind.FOLLOW_UP, TUESDAY, lena.id)
    }
    other = await clinic.patient()
    for taken in TIMES:
        with pytest.raises(SlotTaken):
            await clinic.hold_slot(Actor.patient(other.id), None, doctor_id=doctor.id, starts_at=taken)
    [letter] = [letter for letter in clinic.letters.to(lena.email) if letter.kind is MessageKind.FOLLOW_UP]
    assert letter.visit is not None
    assert (letter.visit.offered, letter.visit.offered_until) == (tuple(TIMES), TUESDAY)


async def test_taking_one_lets_the_others_go_and_starts_the_ordinary_hold(
    clinic: Clinic, visit: Appointment, lena: Patient
) -> None:
    kept = await offer(clinic, visit)
    actor = Actor.patient(lena.id)
    taken = (await clinic.accept(actor, None, appointment_id=kept[1].id)).appointment
    assert taken.hold_expires_at == clinic.clock.now() + clinic.terms.hold
    for other in (kept[0], kept[2]):
        released = (await clinic.see(other.id)).appointment
        assert released.cancellation is not None
        assert released.cancellation.verb is Verb.REPLACE
        with pytest.raises(IllegalTransition):
            await clinic.accept(actor, None, appointment_id=other.id)
    await clinic.open_checkout(actor, taken.id)
    await clinic.pay(taken.id)
    await clinic.settle()
    assert (await clinic.see(taken.id)).appointment.status is Status.BOOKED


async def test_letting_one_go_leaves_the_others(clinic: Clinic, visit: Appointment, lena: Patient) -> None:
    kept = await offer(clinic, visit)
    await clinic.cancel(Actor.patient(lena.id), None, appointment_id=kept[0].id)
    assert [(await clinic.see(each.id)).appointment.on_offer for each in kept] == [False, True, True]


async def test_a_time_that_nobody_took_is_free_at_that_moment(
    clinic: Clinic, visit: Appointment, lena: Patient, doctor: Doctor
) -> None:
    kept = await offer(clinic, visit)
    clinic.clock.set(TUESDAY)
    with pytest.raises(HoldExpired):
        await clinic.accept(Actor.patient(lena.id), None, appointment_id=kept[0].id)
    other = await clinic.patient()
    await clinic.hold_slot(Actor.patient(other.id), None, doctor_id=doctor.id, starts_at=TIMES[0])


async def test_choosing_the_offered_time_like_any_other_accepts_it(
    clinic: Clinic, visit: Appointment, lena: Patient, doctor: Doctor
) -> None:
    kept = await offer(clinic, visit)
    hold_slot: HoldSlot = clinic.hold_slot
    held = await hold_slot(Actor.patient(lena.id), None, doctor_id=doctor.id, starts_at=TIMES[2])
    assert (held.appointment.id, held.appointment.on_offer) == (kept[2].id, False)
    assert (await clinic.see(kept[0].id)).appointment.status is Status.CANCELLED


async def test_all_of_the_times_are_kept_or_none(clinic: Clinic, visit: Appointment, doctor: Doctor) -> None:
    other = await clinic.patient()
    await clinic.hold_slot(Actor.patient(other.id), None, doctor_id=doctor.id, starts_at=TIMES[2])
    with pytest.raises(SlotTaken):
        await offer(clinic, visit)
    async with clinic.storage.reading() as unit:
        assert await unit.offers.of_visit(visit.id) == []
        assert await unit.offers.live_follow_ups(doctor.id, now=clinic.clock.now()) == 0


async def test_keeps_no_time_at_which_the_patient_is_busy(clinic: Clinic, visit: Appointment, lena: Patient) -> None:
    elsewhere = await clinic.doctor()
    await clinic.hold_slot(Actor.patient(lena.id), None, doctor_id=elsewhere.id, starts_at=TIMES[0])
    with pytest.raises(PatientBusy):
        await offer(clinic, visit)


@pytest.mark.parametrize(
    ("times", "until"),
    [
        ([], TUESDAY),
        ([TIMES[0], TIMES[0]], TUESDAY),
        ([*TIMES, MONDAY + 10 * DAY], TUESDAY),
        (TIMES, MONDAY),
        (TIMES, MONDAY + timedelta(hours=1, minutes=3)),
        (TIMES, MONDAY + 14 * DAY + timedelta(hours=1, microseconds=1)),
    ],
)
async def test_refuses_too_many_times_twice_the_same_or_an_odd_until(
    clinic: Clinic, visit: Appointment, times: list[datetime], until: datetime
) -> None:
    with pytest.raises(InvalidInput):
        await offer(clinic, visit, times, until)


async def test_refuses_a_time_that_is_not_offered(clinic: Clinic, visit: Appointment) -> None:
    with pytest.raises(SlotNotOffered):
        await offer(clinic, visit, [TIMES[0] + timedelta(minutes=1)])


async def test_a_doctor_cannot_block_the_diary(clinic: Clinic, visit: Appointment, doctor: Doctor) -> None:
    await offer(clinic, visit)
    with pytest.raises(OfferLimit):
        await offer(clinic, visit, [MONDAY + 10 * DAY])
    another = await seen(clinic, await clinic.patient(), doctor)
    with pytest.raises(OfferLimit):
        await offer(clinic, another, [MONDAY + 10 * DAY, MONDAY + 11 * DAY])
    await offer(clinic, another, [MONDAY + 10 * DAY])


async def test_only_after_a_visit_that_took_place(clinic: Clinic, lena: Patient, doctor: Doctor) -> None:
    booked = await clinic.booked(lena, doctor)
    with pytest.raises(IllegalTransition):
        await offer(clinic, booked)


async def test_only_its_own_doctor_may(clinic: Clinic, visit: Appointment) -> None:
    another = Actor.doctor((await clinic.doctor()).id)
    with pytest.raises(NotFound):
        await clinic.offer_follow_up(another, None, appointment_id=visit.id, times=TIMES, until=TUESDAY)
    await assert_only(
        {Role.DOCTOR},
        lambda actor: clinic.offer_follow_up(actor, None, appointment_id=visit.id, times=TIMES, until=TUESDAY),
    )
