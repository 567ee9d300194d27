"""Signing in with e-mail and password."""

import pytest

from scheduling_core.access import Actor, Role
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import BadCredentials
from scheduling_core.tasks import MessageKind
from support.desk import PASSWORD, Desk


@pytest.fixture
async def doctor(desk: Desk) -> Doctor:
    return await desk.registered()


async def test_gives_tokens_that_name_the_doctor(desk: Desk, doctor: Doctor):
    signed_in = await desk.sign_in(" Asha@EXAMPLE.com ", PASSWORD)

    assert signed_in.actor == Actor.doctor(doctor.id)
    assert desk.tokens.read(signed_in.access_token, now=desk.clock.now()) == signed_in.actor
    assert signed_in.expires_in == 600


async def test_tells_the_doctor_each_time(desk: Desk, doctor: Doctor):
    for _ in range(2):
        await desk.sign_in("asha@example.com", PASSWORD)

    expected = [MessageKind.REGISTERED, MessageKind.SIGNED_IN, MessageKind.SIGNED_IN]
    assert await desk.told() == [(message, doctor.id) for message in expected]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("asha@example.com", "wrong horses"),
        ("asha@example.com", ""),
        ("asha@example.com", PASSWORD + " "),
        ("asha@example.com", PASSWORD.upper()),
        ("asha@example.com", "x" * 1_000_000),
        ("nobody@example.com", PASSWORD),
        ("", PASSWORD),
        ("as\x00ha@example.com", PASSWORD),
    ],
    ids=lambda value: repr(value)[:30],
)
async def test_refuses_every_other_pair_in_the_same_words(desk: Desk, doctor: Doctor, email: str, password: str):
    before = await desk.tasks()
    with pytest.raises(BadCredentials) as refusal:
        await desk.sign_in(email, password)

    assert str(refusal.value) == BadCredentials.default
    assert await desk.tasks() == before


async def test_takes_as_long_for_an_unknown_email_as_for_a_wrong_password(desk: Desk, doctor: Doctor):
    for email in ("nobody@example.com", "asha@example.com"):
        with pytest.raises(BadCredentials):
            await desk.sign_in(email, "wrong horses")

    assert desk.passwords.asked == [None, f"<{PASSWORD}>"]


async def test_wastes_no_time_on_a_password_that_nobody_can_have(desk: Desk, doctor: Doctor):
    with pytest.raises(BadCredentials):
        await desk.sign_in("asha@example.com", "x" * 129)

    assert desk.passwords.asked == []


async def test_lets_the_longest_password_in(desk: Desk):
    await desk.create_administrator(name="Cleo", email="cleo@example.com", password="x" * 128, time_zone="UTC")

    assert (await desk.sign_in("cleo@example.com", "x" * 128)).actor.role is Role.ADMINISTRATOR


async def test_compares_passwords_outside_any_transaction(desk: Desk, doctor: Doctor):
    async def somebody_else_writes() -> None:
        await desk.patient()

    desk.passwords.meanwhile = somebody_else_writes
    assert (await desk.sign_in("asha@example.com", PASSWORD)).actor == Actor.doctor(doctor.id)


@pytest.mark.parametrize("status", [DoctorStatus.APPROVED, DoctorStatus.REJECTED, DoctorStatus.SUSPENDED])
async def test_lets_doctors_in_to_see_what_became_of_them(desk: Desk, doctor: Doctor, status: DoctorStatus):
    boss = await desk.boss()
    steps = [DoctorStatus.APPROVED, status] if status is DoctorStatus.SUSPENDED else [status]
    for step in steps:
        await desk.decide_doctor(boss, doctor.id, step)
    signed_in = await desk.sign_in("asha@example.com", PASSWORD)

    assert (await desk.read_me(signed_in.actor)).status is status


async def test_lets_administrators_in(desk: Desk):
    boss = await desk.create_administrator(name="Cleo", email="cleo@example.com", password=PASSWORD, time_zone="UTC")

    assert (await desk.sign_in("cleo@example.com", PASSWORD)).actor == Actor.administrator(boss.id)


async def test_a_hash_of_yesterday_is_made_anew_for_whoever_knows_the_password(desk: Desk, doctor: Doctor):
    async def stored() -> str:
        async with desk.storage.reading() as unit:
            credential = await unit.accounts.find_credential("asha@example.com")
        assert credential is not None
        return credential.password_hash

    async with desk.storage.writing() as unit:
        credential = await unit.accounts.find_credential("asha@example.com")
        assert credential is not None
        await unit.accounts.rehash(credential, f"<<{PASSWORD}>")
    with pytest.raises(BadCredentials):
        await desk.sign_in("asha@example.com", "wrong horses")
    assert await stored() == f"<<{PASSWORD}>"
    await desk.sign_in("asha@example.com", PASSWORD)
    assert await stored() == f"<{PASSWORD}>"
