"""Registering as a doctor, and what people say of themselves."""

from dataclasses import replace
from typing import Any

import pytest

from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import EmailTaken, Forbidden, InvalidInput, NotFound, Outdated, Unauthenticated
from scheduling_core.money import LARGEST_FEE, Money
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.ports.requests import RequestKey
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.accounts import UpdatePatientProfile
from scheduling_core.use_cases.people import Me
from support.clock import MONDAY
from support.desk import EVERYBODY, Desk, assert_only
from support.making import a_doctor, a_patient, an_administrator, some_hours, usd
from support.rivals import ContestedStorage
from support.signing import COMMON_PASSWORD

ASHA: dict[str, Any] = {
    "email": " Asha.Rao@Example.COM ",
    "password": "correct horse",
    "name": "  Dr. Asha   Rao ",
    "phone": "+91 98123-45678",
    "specialization": "Dermatology",
    "fee": usd(50_000),
    "time_zone": "Asia/Kolkata",
    "languages": ("Hindi", " English ", "hindi"),
    "qualifications": "MD\nFAAD",
    "about": " Skin. ",
}


async def everything(desk: Desk) -> tuple[list[Doctor], object, object]:
    async with desk.storage.reading() as unit:
        return (
            await unit.doctors.list(None),
            await unit.accounts.find_credential("asha.rao@example.com"),
            await desk.tasks(),
        )


async def test_registers_a_doctor_who_waits_for_approval(desk: Desk):
    doctor = await desk.register_doctor(**ASHA)

    assert doctor == Doctor(
        id=doctor.id,
        name="Dr. Asha Rao",
        email="asha.rao@example.com",
        phone="+919812345678",
        specialization="Dermatology",
        fee=usd(50_000),
        languages=("Hindi", "English"),
        qualifications="MD\nFAAD",
        about="Skin.",
        status=DoctorStatus.PENDING,
        created_at=MONDAY,
    )
    async with desk.storage.reading() as unit:
        assert await unit.doctors.get(doctor.id) == doctor
    assert await desk.told() == [(MessageKind.REGISTERED, doctor.id)]
    assert (await desk.find_doctors(DoctorFilter())).total_count == 0


async def test_registers_with_hours_that_offer_nothing_yet(desk: Desk):
    doctor = await desk.register_doctor(**ASHA)
    hours = await desk.read_hours(Actor.doctor(doctor.id))

    assert hours == some_hours(time_zone="Asia/Kolkata", minimum_notice_minutes=60, weekly=((),) * 7)


async def test_stores_no_password(desk: Desk):
    await desk.register_doctor(**ASHA)
    async with desk.storage.reading() as unit:
        credential = await unit.accounts.find_credential("asha.rao@example.com")

    assert credential is not None
    assert credential.password_hash == await desk.passwords.hash("correct horse")


async def test_hashes_outside_any_transaction(desk: Desk):
    async def somebody_else_writes() -> None:
        await desk.doctor()

    desk.passwords.meanwhile = somebody_else_writes
    await desk.register_doctor(**ASHA)
    await desk.create_administrator(name="Cleo", email="cleo@example.com", password="correct horse", time_zone="UTC")


WRONG: list[tuple[str, object]] = [
    *[("email", wrong) for wrong in (
        "", "asha", "@example.com", "asha@", "asha@example", "a b@example.com", "asha@exa mple.com", "asha@@example.com",
        "asha@-x.com", "asha@x-.com", "asha@example..com", "<asha@example.com>", "asha@example.com\r\nbcc: x@y.zz",
        "a" * 65 + "@example.com", "asha@" + "x." * 130 + "com", "asha@" + "x" * 64 + ".com", "ash\x00a@example.com",
        "ása@example.com",
    )],
    *[("password", wrong) for wrong in (
        "", "nine char", "x" * 129, "Asha.Rao@example.com", " asha.rao@EXAMPLE.com", "correct\x00horse", "correct\nhorse", COMMON_PASSWORD,
    )],
    *[("name", wrong) for wrong in ("", "  ", "x" * 101, "Dr.\x07Rao")],
    *[("phone", wrong) for wrong in (
        "", "98123 45678", "+0 9812345678", "+91 98x23", "+9181", "+1234567890123456", "++919812345678", "+٩١٩٨١٢٣٤٥٦٧٨",
    )],
    *[("specialization", wrong) for wrong in ("", "x" * 81)],
    *[("fee", wrong) for wrong in (usd(1), usd(49), usd(LARGEST_FEE + 1), Money(50_000, "EUR"))],
    *[("time_zone", wrong) for wrong in ("", "Mars/Olympus", "asia/kolkata", "../etc/passwd", "UTC\x00")],
    *[("languages", wrong) for wrong in ([""], ["x" * 41], [f"language {n}" for n in range(11)])],
    ("qualifications", "x" * 501),
    ("about", "x" * 2001),
    ("about", "\x00"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "wrong"), WRONG, ids=lambda value: repr(value)[:40])
async def test_refuses_to_register_what_makes_no_sense_and_stores_nothing(desk: Desk, field: str, wrong: object):
    before = await everything(desk)
    with pytest.raises(InvalidInput) as refusal:
        await desk.register_doctor(**ASHA | {field: wrong})

    assert refusal.value.field == field
    assert await everything(desk) == before


@pytest.mark.parametrize(
    ("field", "right"),
    [
        ("email", "o'hara+clinic@mail.example.co.uk"), ("email", "a" * 64 + "@example.com"), ("email", "a@b.cd"),
        ("password", "x" * 10), ("password", "x" * 128), ("password", "пароль из слов"), ("password", "          "),
        ("name", "x" * 100), ("name", "Åse Ó Briain-Nguyễn"), ("phone", "+1 (202) 555-0101"), ("phone", "+1234567"),
        ("fee", usd(0)), ("fee", usd(50)), ("fee", usd(LARGEST_FEE)), ("languages", ()),
        ("languages", [f"language {n}" for n in range(10)]), ("about", "x" * 2000), ("qualifications", ""),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
async def test_registers_what_is_unusual_and_right(desk: Desk, field: str, right: object):
    assert (await desk.register_doctor(**ASHA | {field: right})).status is DoctorStatus.PENDING


async def test_gives_one_email_to_one_account(desk: Desk):
    await desk.register_doctor(**ASHA)
    await desk.create_administrator(name="Cleo", email="cleo@example.com", password="correct horse", time_zone="UTC")
    before = await everything(desk)
    for email in ("asha.rao@example.com", "ASHA.RAO@EXAMPLE.COM", "Cleo@example.com"):
        with pytest.raises(EmailTaken):
            await desk.register_doctor(**ASHA | {"email": email})

    assert await everything(desk) == before


async def test_registers_once_for_one_request(desk: Desk):
    request = RequestKey(EVERYBODY[Role.ANONYMOUS], "register", "k1", "b1")
    doctor = await desk.register_doctor(request, **ASHA)

    assert await desk.register_doctor(request, **ASHA) == doctor
    assert len((await everything(desk))[0]) == 1


async def test_everybody_sees_themselves(desk: Desk):
    patient = await desk.patient(a_patient(time_zone="Europe/Berlin", photo_url="/photos/1"))
    doctor = await desk.doctor(a_doctor(status=DoctorStatus.SUSPENDED), some_hours(time_zone="Asia/Kolkata"))
    administrator = await desk.administrator()

    assert await desk.read_me(Actor.patient(patient.id)) == Me(
        role=Role.PATIENT,
        id=patient.id,
        name=patient.name,
        email=patient.email,
        phone=patient.phone,
        time_zone="Europe/Berlin",
        photo_url="/photos/1",
        status=None,
    )
    assert await desk.read_me(Actor.doctor(doctor.id)) == Me(
        role=Role.DOCTOR,
        id=doctor.id,
        name=doctor.name,
        email=doctor.email,
        phone=doctor.phone,
        time_zone="Asia/Kolkata",
        photo_url=None,
        status=DoctorStatus.SUSPENDED,
    )
    assert await desk.read_me(Actor.administrator(administrator.id)) == Me(
        role=Role.ADMINISTRATOR,
        id=administrator.id,
        name=administrator.name,
        email=administrator.email,
        phone=None,
        time_zone="UTC",
        photo_url=None,
        status=None,
    )


async def test_nobody_is_nobody(desk: Desk):
    for actor in (EVERYBODY[Role.ANONYMOUS], SYSTEM):
        with pytest.raises(Unauthenticated):
            await desk.read_me(actor)
    for role in (Role.PATIENT, Role.DOCTOR, Role.ADMINISTRATOR):
        with pytest.raises(NotFound):
            await desk.read_me(EVERYBODY[role])
    with pytest.raises(Forbidden):
        await desk.read_me(Actor(Role.SYSTEM, an_administrator().id))


async def test_a_profile_is_a_patients_own(desk: Desk):
    await assert_only({Role.PATIENT}, desk.read_profile)
    await assert_only({Role.PATIENT}, lambda actor: desk.update_profile(actor, name="Mallory"))
    for verb in (desk.read_profile, desk.update_profile):
        with pytest.raises(NotFound):
            await verb(EVERYBODY[Role.PATIENT])


async def test_changes_what_is_given_and_nothing_else(desk: Desk):
    patient = await desk.patient(a_patient(phone=None))
    other = await desk.patient()
    me = Actor.patient(patient.id)

    with_phone = await desk.update_profile(me, phone="+49 30 123456")
    assert with_phone == replace(patient, phone="+4930123456", version=2)
    renamed = await desk.update_profile(me, name=" Lena  Koch ", time_zone="Asia/Tokyo")
    assert renamed == replace(with_phone, name="Lena Koch", time_zone="Asia/Tokyo", version=3)
    assert await desk.read_profile(me) == renamed
    assert await desk.read_profile(Actor.patient(other.id)) == other


@pytest.mark.parametrize(
    ("field", "wrong"), [row for row in WRONG if row[0] in ("name", "phone", "time_zone")], ids=repr
)
async def test_refuses_a_profile_that_makes_no_sense_and_changes_nothing(desk: Desk, field: str, wrong: str):
    patient = await desk.patient()
    me = Actor.patient(patient.id)
    with pytest.raises(InvalidInput) as refusal:
        await desk.update_profile(me, **{"name": "Lena Koch", "phone": "+4930123456", field: wrong})

    assert refusal.value.field == field
    assert await desk.read_profile(me) == patient


async def test_changes_a_profile_again_when_somebody_else_was_first(desk: Desk):
    me = Actor.patient((await desk.patient()).id)
    update = UpdatePatientProfile(ContestedStorage(desk.storage, times=2))

    assert (await update(me, name="Lena Koch")).name == "Lena Koch"
    with pytest.raises(Outdated):
        await UpdatePatientProfile(ContestedStorage(desk.storage, times=99))(me, name="Lena Koch")
