"""Appointments as their participants see them: names around them, pages through many, a doctor's schedule."""

import pytest

from contract.storage.making import (
    DAY,
    HOUR,
    NINE,
    stored_dependant,
    stored_doctor,
    stored_feedback,
    stored_hold,
    stored_move,
    stored_patient,
    stored_payment,
    stored_visit,
)
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Verb
from scheduling_core.doctor import Doctor
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.views import AppointmentDetails, When
from support.clock import MONDAY
from support.making import minutes


async def _pages(storage: Storage, actor: Actor, when: When, *, limit: int) -> list[list[Appointment]]:
    """Page after page until one is empty, each begun after the last of the one before."""
    pages: list[list[Appointment]] = []
    after = None
    while True:
        async with storage.reading() as unit:
            page = await unit.appointments.list_details(actor, when=when, now=MONDAY, after=after, limit=limit)
        if not page:
            return pages
        pages.append([each.appointment for each in page])
        after = pages[-1][-1].starts_at, pages[-1][-1].id


async def _all(storage: Storage, actor: Actor, when: When) -> list[Appointment]:
    return [appointment for page in await _pages(storage, actor, when, limit=100) for appointment in page]


async def test_details_carry_names_the_newest_payment_and_the_feedback(storage: Storage) -> None:
    doctor = await stored_doctor(storage, name="Dr. Jānis Bērziņš", specialization="Hals-Nasen-Ohren 👂")
    helper = await stored_patient(storage, name="Łucja Ōno")
    patient = await stored_dependant(storage, helper, name="Šárka 王")
    visit = await stored_visit(storage, doctor, helper, person_id=patient.id)
    bare = AppointmentDetails(
        appointment=visit,
        doctor_name=doctor.name,
        specialization=doctor.specialization,
        patient_name=patient.name,
        booker_name=helper.name,
        payment=None,
        feedback=None,
        relation=patient.relation,
    )
    async with storage.reading() as unit:
        assert await unit.appointments.details(visit.id, SYSTEM) == bare
    newest = MONDAY + minutes(2)
    await stored_payment(storage, visit, status=PaymentStatus.EXPIRED, created_at=MONDAY + minutes(1))
    payment = await stored_payment(storage, visit, created_at=newest)
    await stored_payment(storage, visit, status=PaymentStatus.EXPIRED, created_at=MONDAY)
    feedback = await stored_feedback(storage, visit, 4)
    async with storage.reading() as unit:
        details = await unit.appointments.details(visit.id, SYSTEM)
        (listed,) = await unit.appointments.list_details(
            Actor.patient(helper.id), when=When.UPCOMING, now=MONDAY, after=None, limit=5
        )
    assert (details.payment, details.feedback) == (payment, feedback)
    assert listed == details


async def _a_life(storage: Storage, doctor: Doctor, patient: Patient) -> tuple[list[Appointment], list[Appointment]]:
    """Appointments of every kind with one doctor; what must be upcoming and what must be past at MONDAY, in order."""
    by_doctor, by_patient = Actor.doctor(doctor.id), Actor.patient(patient.id)
    ended = await stored_visit(storage, doctor, patient, MONDAY - HOUR, length=HOUR)
    long_ago = await stored_visit(storage, doctor, patient, MONDAY - 30 * DAY)
    running = await stored_visit(storage, doctor, patient, MONDAY, length=minutes(10))
    held = await stored_hold(storage, doctor, patient, NINE)
    booked = await stored_visit(storage, doctor, patient, NINE + HOUR)
    arrived = await stored_move(
        storage, await stored_visit(storage, doctor, patient, MONDAY + minutes(20)), Verb.ARRIVE, by_doctor
    )
    cancelled = await stored_move(
        storage, await stored_visit(storage, doctor, patient, NINE + 3 * HOUR), Verb.CANCEL, by_patient
    )
    missed = await stored_move(
        storage, await stored_visit(storage, doctor, patient, MONDAY - 2 * DAY), Verb.MISS, by_doctor
    )
    # A hold that lapsed, swept or not, and one that was given up, are in neither list.
    await stored_hold(storage, doctor, patient, NINE + 4 * HOUR, at=MONDAY - minutes(10))
    await stored_move(storage, await stored_hold(storage, doctor, patient, NINE + 5 * HOUR), Verb.EXPIRE)
    await stored_move(storage, await stored_hold(storage, doctor, patient, NINE + 5 * HOUR), Verb.ABANDON, by_patient)
    return [running, arrived, held, booked], [cancelled, ended, missed, long_ago]


async def test_upcoming_is_what_still_lies_ahead_and_past_what_was_booked(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    upcoming, past = await _a_life(storage, doctor, patient)
    for actor in (Actor.patient(patient.id), Actor.doctor(doctor.id)):
        assert await _all(storage, actor, When.UPCOMING) == upcoming
        assert await _all(storage, actor, When.PAST) == past


async def test_lists_are_of_ones_own_appointments_only(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    other_doctor, other_patient = await stored_doctor(storage), await stored_patient(storage)
    await _a_life(storage, doctor, patient)
    for stranger in (Actor.patient(other_patient.id), Actor.doctor(other_doctor.id)):
        for when in When:
            assert await _all(storage, stranger, when) == []


async def test_an_appointment_is_listed_for_whoever_booked_it(storage: Storage) -> None:
    doctor, patient, helper = await stored_doctor(storage), await stored_patient(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, helper, person_id=patient.person_id)
    assert await _all(storage, Actor.patient(helper.id), When.UPCOMING) == [visit]
    assert await _all(storage, Actor.patient(patient.id), When.UPCOMING) == []


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
async def test_pages_lose_nothing_and_repeat_nothing(storage: Storage, when: When, limit: int) -> None:
    patient = await stored_patient(storage)
    # Several at the very same instant, with different doctors: the id alone tells them apart.
    start = NINE if when is When.UPCOMING else MONDAY - DAY
    visits = []
    for number in range(7):
        helped = patient if number == 0 else await stored_patient(storage)
        at = start + HOUR * (number // 3)
        visits.append(
            await stored_visit(storage, await stored_doctor(storage), patient, at, person_id=helped.person_id)
        )
    visits.sort(key=lambda row: (row.starts_at, row.id), reverse=when is When.PAST)
    pages = await _pages(storage, Actor.patient(patient.id), when, limit=limit)
    assert [row for page in pages for row in page] == visits
    assert all(len(page) == limit for page in pages[:-1])


async def test_a_page_goes_on_where_it_was_although_what_it_ended_with_moved_on(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    first, second, third = [await stored_visit(storage, doctor, patient, NINE + number * HOUR) for number in range(3)]
    await stored_move(storage, second, Verb.CANCEL, Actor.patient(patient.id))
    async with storage.reading() as unit:
        page = await unit.appointments.list_details(
            Actor.patient(patient.id), when=When.UPCOMING, now=MONDAY, after=(second.starts_at, second.id), limit=5
        )
    assert [each.appointment for each in page] == [third]
    assert await _all(storage, Actor.patient(patient.id), When.UPCOMING) == [first, third]


async def test_a_schedule_shows_what_occupies_and_what_was_cancelled_by_start(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    by_doctor = Actor.doctor(doctor.id)
    await stored_visit(storage, doctor, patient, NINE - HOUR, length=HOUR)
    pending = await stored_hold(storage, doctor, patient, NINE + minutes(40), length=minutes(5))
    fulfilled = await stored_move(
        storage, await stored_visit(storage, doctor, patient, NINE, length=minutes(5)), Verb.FULFIL, by_doctor
    )
    cancelled = await stored_move(
        storage, await stored_visit(storage, doctor, patient, NINE + minutes(10)), Verb.CANCEL, by_doctor
    )
    booked = await stored_visit(storage, doctor, patient, NINE + minutes(20), length=minutes(5))
    await stored_move(storage, await stored_hold(storage, doctor, patient, NINE + minutes(50)), Verb.EXPIRE)
    await stored_visit(storage, doctor, patient, NINE + HOUR)
    await stored_visit(storage, await stored_doctor(storage), await stored_patient(storage), NINE)
    async with storage.reading() as unit:
        seen = await unit.appointments.schedule(doctor.id, Interval(start=NINE, end=NINE + HOUR))
    assert [each.appointment for each in seen] == [fulfilled, cancelled, booked, pending]
    assert {(each.doctor_name, each.patient_name) for each in seen} == {(doctor.name, patient.name)}
