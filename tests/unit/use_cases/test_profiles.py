"""What doctors change of themselves, and what that leaves as it is."""

from dataclasses import replace

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.errors import InvalidInput
from scheduling_core.money import Money
from scheduling_core.use_cases.profiles import ReadDoctorProfile, UpdateDoctorProfile
from support.clinic import TERMS, Clinic
from support.clock import ManualClock
from support.desk import Desk, assert_only
from support.making import usd


async def test_changes_what_is_given_and_nothing_else(desk: Desk):
    doctor = await desk.doctor()
    me = Actor.doctor(doctor.id)
    read, update = ReadDoctorProfile(desk.storage), UpdateDoctorProfile(desk.storage, TERMS)
    assert await read(me) == doctor
    assert await update(me) == replace(doctor, version=2)
    changed = await update(
        me,
        name=" Dr.  Ada Lind ",
        phone="+1 202 555 0199",
        specialization="Neurology",
        fee=usd(0),
        languages=["Deutsch", "deutsch", "English"],
        qualifications=" MD ",
        about="",
    )
    assert changed == replace(
        doctor,
        name="Dr. Ada Lind",
        phone="+12025550199",
        specialization="Neurology",
        fee=usd(0),
        languages=("Deutsch", "English"),
        qualifications="MD",
        about="",
        version=3,
    )
    assert await read(me) == changed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("phone", "030 1234"),
        ("specialization", "x" * 81),
        ("fee", usd(49)),
        ("fee", Money(5000, "EUR")),
        ("languages", [str(number) for number in range(11)]),
        ("qualifications", "x" * 501),
        ("about", "x" * 2001),
    ],
)
async def test_refuses_what_cannot_be(desk: Desk, field: str, value: object):
    doctor = await desk.doctor()
    with pytest.raises(InvalidInput) as refusal:
        await UpdateDoctorProfile(desk.storage, TERMS)(Actor.doctor(doctor.id), **{field: value})
    assert refusal.value.field == field
    assert await ReadDoctorProfile(desk.storage)(Actor.doctor(doctor.id)) == doctor


async def test_is_for_doctors_alone(desk: Desk):
    await assert_only({Role.DOCTOR}, ReadDoctorProfile(desk.storage))
    await assert_only({Role.DOCTOR}, UpdateDoctorProfile(desk.storage, TERMS))


async def test_another_fee_is_the_price_of_later_holds_alone():
    clock = ManualClock()
    clinic = Clinic(MemoryStorage(clock), clock)
    doctor, patient = await clinic.doctor(fee=5000), await clinic.patient()
    booked = await clinic.booked(patient, doctor, minutes=120)
    held = await clinic.hold(patient, doctor, minutes=60)
    await UpdateDoctorProfile(clinic.storage, TERMS)(Actor.doctor(doctor.id), fee=usd(9000))
    for before in (booked, held):
        assert (await clinic.see(before.id)).appointment.quote == before.quote
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    assert (await clinic.payment(held.id)).amount == usd(5900)
    await clinic.pay(held.id)
    await clinic.settle()
    assert (await clinic.payment(held.id)).captured == 5900
    later = await clinic.hold(await clinic.patient(), doctor, minutes=180)
    assert later.quote.total == usd(10620)
    await clinic.close()
