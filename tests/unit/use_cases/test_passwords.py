"""Changing a password, and a new one for whoever forgot theirs."""

import pytest

from scheduling_core.access import Actor, Role
from scheduling_core.doctor import Doctor
from scheduling_core.errors import BadCredentials, Forbidden, InvalidInput, SessionRevoked
from scheduling_core.ids import PatientId
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import MessageKind, Task
from scheduling_core.use_cases.messages import SendMessage
from scheduling_core.use_cases.passwords import ChangePassword, ForgotPassword, ResetPassword
from scheduling_core.use_cases.sessions import SignedIn
from support.clinic import SEALS, TERMS
from support.desk import PASSWORD, Desk
from support.making import a_patient
from support.outside import LetterBox
from support.signing import COMMON_PASSWORD, Meanwhile, nothing

ASHA, NEW = "asha@example.com", "a quite different one"


@pytest.fixture
async def doctor(desk: Desk) -> Doctor:
    return await desk.registered()


async def signs_in(desk: Desk, password: str) -> bool:
    try:
        await desk.sign_in(ASHA, password)
    except BadCredentials:
        return False
    return True


async def change(desk: Desk, actor: Actor, token: str | None, current: str, new: str) -> None:
    await ChangePassword(desk.storage, desk.chance, desk.passwords)(actor, token, current=current, new=new)


async def ask(desk: Desk, email: str = ASHA) -> None:
    await ForgotPassword(desk.storage, desk.chance)(email)


async def reset(desk: Desk, token: str, password: str = NEW) -> None:
    await ResetPassword(desk.storage, desk.chance, desk.passwords, SEALS)(token, password)


async def letters(desk: Desk, kind: MessageKind) -> list[Message]:
    """Those of that kind that are written now."""
    box = LetterBox()
    send = SendMessage(desk.storage, box, TERMS, SEALS)
    ordered: list[Task] = [task for task in await desk.tasks() if task.message is kind]
    for task in ordered:
        await send(task)
    return list(box.letters.values())


async def link(desk: Desk) -> str:
    (letter,) = await letters(desk, MessageKind.PASSWORD_RESET)
    assert letter.reset is not None
    return letter.reset


async def test_a_new_password_counts_at_once_and_ends_every_other_session(desk: Desk, doctor: Doctor) -> None:
    here, elsewhere = await desk.sign_in(ASHA, PASSWORD), await desk.sign_in(ASHA, PASSWORD)
    await change(desk, Actor.doctor(doctor.id), here.refresh_token, PASSWORD, NEW)
    assert [await signs_in(desk, password) for password in (PASSWORD, NEW)] == [False, True]
    assert (await desk.refresh(here.refresh_token)).actor == Actor.doctor(doctor.id)
    with pytest.raises(SessionRevoked):
        await desk.refresh(elsewhere.refresh_token)
    (letter,) = await letters(desk, MessageKind.PASSWORD_CHANGED)
    assert (letter.email, letter.reset) == (ASHA, None)


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("wrong horses", NEW, "current_password"),
        ("x" * 1_000, NEW, "current_password"),
        (PASSWORD, "short", "password"),
        (PASSWORD, COMMON_PASSWORD, "password"),
        (PASSWORD, ASHA, "password"),
    ],
)
async def test_whoever_does_not_know_the_old_one_or_chooses_a_bad_one_changes_nothing(
    desk: Desk, doctor: Doctor, current: str, new: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await change(desk, Actor.doctor(doctor.id), None, current, new)
    assert refusal.value.field == field
    assert await signs_in(desk, PASSWORD)


async def test_patients_have_no_password_here(desk: Desk) -> None:
    patient = a_patient()
    async with desk.storage.writing() as unit:
        await unit.patients.add(patient)
    with pytest.raises(Forbidden):
        await change(desk, Actor.patient(PatientId(patient.id)), None, PASSWORD, NEW)


async def test_a_link_makes_a_new_password_once_and_ends_every_session(desk: Desk, doctor: Doctor) -> None:
    session = await desk.sign_in(ASHA, PASSWORD)
    await ask(desk, " Asha@Example.com ")
    token = await link(desk)
    with pytest.raises(InvalidInput, match="Very many people"):
        await reset(desk, token, COMMON_PASSWORD)
    await reset(desk, token)
    assert [await signs_in(desk, password) for password in (PASSWORD, NEW)] == [False, True]
    with pytest.raises(SessionRevoked):
        await desk.refresh(session.refresh_token)
    with pytest.raises(InvalidInput, match="no longer good"):
        await reset(desk, token, "yet another password")
    assert len(await letters(desk, MessageKind.PASSWORD_CHANGED)) == 1


async def test_a_link_is_over_after_an_hour_and_a_letter_that_comes_later_is_not_written(
    desk: Desk, doctor: Doctor
) -> None:
    await ask(desk)
    token = await link(desk)
    desk.clock.advance(minutes=60)
    with pytest.raises(InvalidInput, match="no longer good"):
        await reset(desk, token)
    assert await letters(desk, MessageKind.PASSWORD_RESET) == []
    assert await signs_in(desk, PASSWORD)


async def test_a_changed_password_makes_a_link_from_before_worthless(desk: Desk, doctor: Doctor) -> None:
    await ask(desk)
    token = await link(desk)
    await change(desk, Actor.doctor(doctor.id), None, PASSWORD, NEW)
    with pytest.raises(InvalidInput, match="no longer good"):
        await reset(desk, token, "yet another password")


@pytest.mark.parametrize("token", ["", "a.b", "ZG9jdG9y.x", "é", "x" * 400])
async def test_a_forged_link_is_worthless(desk: Desk, doctor: Doctor, token: str) -> None:
    with pytest.raises(InvalidInput, match="no longer good"):
        await reset(desk, token)
    forged = SEALS.seal("reset-password\0", f"{Role.DOCTOR} {doctor.id} 9999999999")
    with pytest.raises(InvalidInput, match="no longer good"):
        await reset(desk, forged)


async def test_nothing_tells_who_has_an_account_and_no_mailbox_is_filled(desk: Desk, doctor: Doctor) -> None:
    before = await desk.tasks()
    await ask(desk, "nobody@example.com")
    assert await desk.tasks() == before
    for _ in range(3):
        await ask(desk)
    assert len(await letters(desk, MessageKind.PASSWORD_RESET)) == 1
    desk.clock.advance(minutes=5)
    await ask(desk)
    assert len(await letters(desk, MessageKind.PASSWORD_RESET)) == 2


def once(desk: Desk, happens: Meanwhile) -> Meanwhile:
    """Happens while the next password is compared or hashed, and not again."""

    async def happen() -> None:
        desk.passwords.meanwhile = nothing
        await happens()

    return happen


async def test_who_signs_in_with_the_old_password_while_it_is_changed_stays_outside(desk: Desk, doctor: Doctor) -> None:
    async def changed() -> None:
        await change(desk, Actor.doctor(doctor.id), None, PASSWORD, NEW)

    desk.passwords.meanwhile = once(desk, changed)
    with pytest.raises(BadCredentials):
        await desk.sign_in(ASHA, PASSWORD)
    assert await signs_in(desk, NEW)


async def test_two_who_sign_in_while_their_hash_is_of_yesterday_both_come_in(desk: Desk, doctor: Doctor) -> None:
    async with desk.storage.writing() as unit:
        credential = await unit.accounts.find_credential(ASHA)
        assert credential is not None
        await unit.accounts.rehash(credential, f"<<{PASSWORD}>")
    others: list[SignedIn] = []

    async def another() -> None:
        others.append(await desk.sign_in(ASHA, PASSWORD))

    desk.passwords.meanwhile = once(desk, another)
    assert (await desk.sign_in(ASHA, PASSWORD)).actor == others[0].actor == Actor.doctor(doctor.id)


async def test_a_password_is_changed_though_its_hash_is_made_anew_meanwhile(desk: Desk, doctor: Doctor) -> None:
    async with desk.storage.writing() as unit:
        credential = await unit.accounts.find_credential(ASHA)
        assert credential is not None
        await unit.accounts.rehash(credential, f"<<{PASSWORD}>")

    async def signed_in() -> None:
        await desk.sign_in(ASHA, PASSWORD)

    desk.passwords.meanwhile = once(desk, signed_in)
    await change(desk, Actor.doctor(doctor.id), None, PASSWORD, NEW)
    assert [await signs_in(desk, password) for password in (PASSWORD, NEW)] == [False, True]


async def test_of_two_who_change_a_password_at_once_the_second_is_told_that_it_was_changed(
    desk: Desk, doctor: Doctor
) -> None:
    async def changed() -> None:
        await change(desk, Actor.doctor(doctor.id), None, PASSWORD, NEW)

    desk.passwords.meanwhile = once(desk, changed)
    with pytest.raises(InvalidInput) as refusal:
        await change(desk, Actor.doctor(doctor.id), None, PASSWORD, "yet another password")
    assert refusal.value.field == "current_password"
    assert await signs_in(desk, NEW)


async def test_each_refusal_of_a_link_is_its_own_and_keeps_nothing_of_those_before(desk: Desk) -> None:
    refused = []
    for token in ("a.b", "c.d"):
        with pytest.raises(InvalidInput) as refusal:
            await reset(desk, token)
        refused.append(refusal.value)
    assert refused[0] is not refused[1]
