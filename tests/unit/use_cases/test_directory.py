"""Finding a doctor: who is listed, in which order."""

from datetime import timedelta

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import InvalidInput, NotFound
from scheduling_core.ids import DoctorId
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.roll import Facet
from scheduling_core.use_cases.directory import Found, Sort
from support.clock import MONDAY
from support.desk import Desk
from support.making import a_doctor, a_feedback, a_time_off, an_id, minutes, some_hours, usd

ANYBODY = DoctorFilter()
NINE = MONDAY + minutes(60)
CLOSED = ((),) * 7


def names(found: Found) -> list[str]:
    return [each.listed.doctor.name for each in found.items]


async def rated(desk: Desk, name: str, *stars: int) -> Doctor:
    """A doctor with these ratings, each of a visit of its own."""
    doctor = await desk.doctor(a_doctor(name=name))
    for number, given in enumerate(stars):
        visit = await desk.visit(doctor, NINE + timedelta(days=number))
        await desk.feedback(a_feedback(visit, given))
    return doctor


async def test_finds_listed_doctors_only(desk: Desk):
    for status in DoctorStatus:
        await desk.doctor(a_doctor(name=status.value, status=status))
    found = await desk.find_doctors(ANYBODY)

    assert names(found) == ["approved"]
    assert found.total_count == 1


async def test_quotes_fee_tax_and_total(desk: Desk):
    doctor = await desk.doctor(a_doctor(fee=usd(50_025)))
    quote = (await desk.find_doctors(ANYBODY)).items[0].quote

    assert (quote.fee, quote.tax, quote.total) == (usd(50_025), usd(9_005), usd(59_030))
    assert (await desk.read_doctor(doctor.id)).quote == quote


async def test_sorts_by_the_next_free_slot_and_puts_those_without_one_last(desk: Desk):
    await desk.doctor(a_doctor(name="never"), some_hours(weekly=CLOSED))
    busy = await desk.doctor(a_doctor(name="busy"))
    await desk.doctor(a_doctor(name="free"))
    await desk.doctor(a_doctor(name="slow"), some_hours(minimum_notice_minutes=24 * 60))
    await desk.visit(busy, NINE)
    found = await desk.find_doctors(ANYBODY)

    assert names(found) == ["free", "busy", "slow", "never"]
    free_at = [each.next_free_at for each in found.items]
    assert free_at == [NINE, NINE + minutes(30), NINE + timedelta(days=1), None]


async def test_sorts_names_as_people_do(desk: Desk):
    for name in ("bea", "Anna", "Cora", "Ähm", "ben"):
        await desk.doctor(a_doctor(name=name))

    assert names(await desk.find_doctors(ANYBODY, sort=Sort.NAME)) == ["Anna", "bea", "ben", "Cora", "Ähm"]


async def test_sorts_by_the_lowest_fee(desk: Desk):
    for fee in (900, 0, 50):
        await desk.doctor(a_doctor(name=str(fee), fee=usd(fee)))

    assert names(await desk.find_doctors(ANYBODY, sort=Sort.FEE)) == ["0", "50", "900"]


async def test_sorts_by_the_exact_rating_then_by_how_many_gave_it_and_the_unrated_last(desk: Desk):
    await rated(desk, "unrated")
    await rated(desk, "4.67", 5, 5, 4)
    await rated(desk, "4.7", *[5] * 7, *[4] * 3)
    await rated(desk, "5 once", 5)
    await rated(desk, "5 twice", 5, 5)
    await rated(desk, "1", 1)
    found = await desk.find_doctors(ANYBODY, sort=Sort.RATING)

    assert names(found) == ["5 twice", "5 once", "4.7", "4.67", "1", "unrated"]


async def test_puts_equals_in_one_order_for_ever(desk: Desk):
    doctors = [await desk.doctor() for _ in range(6)]
    ids = sorted(doctor.id for doctor in doctors)

    for sort in Sort:
        found = await desk.find_doctors(ANYBODY, sort=sort)
        assert [each.listed.doctor.id for each in found.items] == ids


async def test_finds_who_fits_every_wish(desk: Desk):
    fits = a_doctor(name="Dr. Asha Rao", specialization="Dermatology", fee=usd(4_000), languages=("Hindi",))
    await desk.feedback(a_feedback(await desk.visit(await desk.doctor(fits), NINE), 5))
    await desk.doctor(a_doctor(name="Dr. Asha Bose", specialization="Dermatology", fee=usd(9_000)))
    await desk.doctor(a_doctor(name="Dr. Max Rao", specialization="Cardiology"))

    assert names(await desk.find_doctors(DoctorFilter(text="  asha   RA "))) == ["Dr. Asha Rao"]
    assert names(await desk.find_doctors(DoctorFilter(text="dermat", max_fee=4_000))) == ["Dr. Asha Rao"]
    assert names(await desk.find_doctors(DoctorFilter(specialization="Cardiology"))) == ["Dr. Max Rao"]
    assert names(await desk.find_doctors(DoctorFilter(language="Hindi", min_rating=4.5))) == ["Dr. Asha Rao"]
    nobody = await desk.find_doctors(DoctorFilter(text="nobody"))
    assert (nobody.items, nobody.next_cursor, nobody.total_count, nobody.specializations) == ([], None, 0, [])


@pytest.mark.parametrize("sort", Sort)
async def test_finds_who_is_free_before_a_time_and_counts_only_them(desk: Desk, sort: Sort):
    soon = await desk.doctor(a_doctor(specialization="Cardiology"))
    busy = await desk.doctor(a_doctor(specialization="Dermatology"))
    await desk.visit(busy, NINE)
    await desk.doctor(a_doctor(specialization="Neurology"), some_hours(weekly=CLOSED))
    found = await desk.find_doctors(ANYBODY, available_before=NINE + minutes(30), sort=sort)

    assert [each.listed.doctor.id for each in found.items] == [soon.id]
    assert (found.total_count, found.specializations) == (1, [Facet("Cardiology", 1)])
    both = await desk.find_doctors(ANYBODY, available_before=NINE + minutes(31), sort=sort)
    assert both.total_count == 2
    assert (await desk.find_doctors(ANYBODY, available_before=NINE, sort=sort)).items == []


async def test_the_next_free_slot_gives_way_to_holds_and_time_off_and_comes_back_when_holds_lapse(desk: Desk):
    doctor = await desk.doctor()
    await desk.visit(doctor, NINE, status=Status.PENDING, lasts=10)
    await desk.time_off(doctor, a_time_off(NINE + minutes(45)))

    assert (await desk.read_doctor(doctor.id)).next_free_at == NINE + minutes(120)
    desk.clock.advance(minutes=10)
    assert (await desk.read_doctor(doctor.id)).next_free_at == NINE


async def test_a_long_visit_from_before_now_still_keeps_its_doctor_busy(desk: Desk):
    doctor = await desk.doctor()
    await desk.visit(doctor, NINE, gap=45)
    desk.clock.advance(minutes=85)

    assert (await desk.read_doctor(doctor.id)).next_free_at == NINE + minutes(90)


async def test_looks_as_far_ahead_as_each_doctor_may_be_booked(desk: Desk):
    far = await desk.doctor(hours=some_hours(horizon_days=200))
    near = await desk.doctor(hours=some_hours(horizon_days=5))
    for doctor in (far, near):
        await desk.time_off(doctor, a_time_off(MONDAY, timedelta(days=190)))

    assert (await desk.read_doctor(far.id)).next_free_at == NINE + timedelta(days=190)
    assert (await desk.read_doctor(near.id)).next_free_at is None


@pytest.mark.parametrize("status", sorted(set(DoctorStatus) - {DoctorStatus.APPROVED}))
async def test_a_doctor_who_is_not_listed_cannot_be_read(desk: Desk, status: DoctorStatus):
    hidden = await desk.doctor(a_doctor(status=status))

    for doctor_id in (hidden.id, DoctorId(an_id())):
        with pytest.raises(NotFound):
            await desk.read_doctor(doctor_id)
        with pytest.raises(NotFound):
            await desk.read_feedback(doctor_id)


async def test_shows_feedback_newest_first_a_page_at_a_time(desk: Desk):
    doctor = await desk.doctor()
    given = []
    for day in range(3):
        visit = await desk.visit(doctor, NINE + timedelta(days=day))
        given.append(await desk.feedback(a_feedback(visit, at=MONDAY + timedelta(days=40 + day))))
    page = await desk.read_feedback(doctor.id, limit=2)
    rest = await desk.read_feedback(doctor.id, after=(page[-1].given_at, page[-1].appointment_id), limit=2)

    assert [*page, *rest] == given[::-1]
    with pytest.raises(InvalidInput):
        await desk.read_feedback(doctor.id, limit=0)


async def test_every_doctor_said_to_be_free_can_be_held_then(desk: Desk):
    """Notice aside, a slot that begins too soon for any hold to be paid is nobody's next free slot."""
    desk.clock.set(NINE - minutes(1))
    doctor = await desk.doctor()
    patient = await desk.patient()
    free_at = (await desk.read_doctor(doctor.id)).next_free_at

    assert free_at == NINE + minutes(30)
    held = await desk.hold_slot(Actor.patient(patient.id), None, doctor_id=doctor.id, starts_at=free_at)
    assert held.appointment.starts_at == free_at
