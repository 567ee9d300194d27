"""Signing in with an outside identity: one patient for one person, however often and however fast they come."""

import asyncio

import pytest

from scheduling_core.access import Role
from scheduling_core.errors import BadCredentials
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.sessions import FinishGoogleSignIn, SignedIn
from support.desk import Desk
from support.rivals import ContestedStorage


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.embassy.introduce("code-1")
    return desk


async def google(desk: Desk, code: str = "code-1", *, time_zone: str | None = None) -> SignedIn:
    _, ticket = await desk.start_google()
    return await desk.finish_google(code, ticket.state, ticket, time_zone=time_zone)


async def messages(desk: Desk) -> list[MessageKind | None]:
    return [message for message, _ in await desk.told()]


async def test_makes_a_patient_the_first_time_and_welcomes_them(desk: Desk):
    signed_in = await google(desk, time_zone="Europe/Berlin")
    patient = await desk.read_profile(signed_in.actor)

    assert (patient.name, patient.email, patient.phone) == ("Lena Koch", "lena@example.com", None)
    assert (patient.issuer, patient.subject) == ("https://accounts.example", "sub-1")
    assert (patient.time_zone, patient.created_at) == ("Europe/Berlin", desk.clock.now())
    assert await desk.told() == [(MessageKind.WELCOME, patient.id)]
    assert desk.tokens.read(signed_in.access_token, now=desk.clock.now()) == signed_in.actor


async def test_knows_the_patient_again_and_says_so(desk: Desk):
    first = await google(desk, time_zone="Europe/Berlin")
    await desk.update_profile(first.actor, name="Lena B. Koch", phone="+4930123456")
    again = await google(desk, time_zone="Asia/Tokyo")
    patient = await desk.read_profile(again.actor)

    assert again.actor == first.actor
    assert (patient.name, patient.time_zone, patient.version) == ("Lena B. Koch", "Europe/Berlin", 2)
    assert await messages(desk) == [MessageKind.WELCOME, MessageKind.SIGNED_IN]


async def test_makes_exactly_one_patient_of_fifty_first_sign_ins_at_once(desk: Desk):
    everybody = await asyncio.gather(*(google(desk) for _ in range(50)))

    assert len({signed_in.actor for signed_in in everybody}) == 1
    assert len({signed_in.refresh_token for signed_in in everybody}) == 50
    assert sorted(map(str, await messages(desk))) == ["signed_in"] * 49 + ["welcome"]


async def test_signs_in_again_when_somebody_else_made_the_patient_first(desk: Desk):
    _, ticket = await desk.start_google()
    finish = FinishGoogleSignIn(ContestedStorage(desk.storage, times=2), desk.chance, desk.embassy, desk.tokens)
    signed_in = await finish("code-1", ticket.state, ticket)

    assert (await desk.read_profile(signed_in.actor)).subject == "sub-1"
    assert await messages(desk) == [MessageKind.WELCOME]


async def test_knows_people_by_issuer_and_subject_and_never_by_email(desk: Desk):
    first = await google(desk)
    desk.embassy.introduce("another", subject="sub-2")
    desk.embassy.introduce("moved", email="lena@new.example.com")
    another, moved = await google(desk, "another"), await google(desk, "moved")

    assert another.actor != first.actor
    assert moved.actor == first.actor
    assert (await desk.read_profile(first.actor)).email == "lena@new.example.com"


async def test_is_no_way_into_a_doctors_account(desk: Desk):
    doctor = await desk.registered()
    desk.embassy.introduce("code-1", email=doctor.email)

    assert (await google(desk)).actor.role is Role.PATIENT


@pytest.mark.parametrize("hint", [None, "", "Mars/Olympus", "../etc/passwd"])
async def test_takes_utc_when_the_browser_names_no_zone(desk: Desk, hint: str | None):
    signed_in = await google(desk, time_zone=hint)

    assert (await desk.read_profile(signed_in.actor)).time_zone == "UTC"


@pytest.mark.parametrize(
    ("name", "shown"), [("", "lena"), ("  ", "lena"), (" Lena \n Koch ", "Lena Koch"), ("x" * 101, "x" * 100)]
)
async def test_calls_people_something_even_when_google_does_not(desk: Desk, name: str, shown: str):
    desk.embassy.introduce("code-1", name=name)

    assert (await desk.read_profile((await google(desk)).actor)).name == shown


async def test_starts_with_three_fresh_secrets_and_the_providers_page(desk: Desk):
    url, ticket = await desk.start_google()
    _, another = await desk.start_google()

    assert url.endswith(ticket.state)
    secrets = {each for t in (ticket, another) for each in (t.state, t.nonce, t.verifier)}
    assert len(secrets) == 6


@pytest.mark.parametrize("forged", ["", "another", "ünïcode"])
async def test_refuses_a_sign_in_that_this_browser_did_not_begin(desk: Desk, forged: str):
    _, ticket = await desk.start_google()
    with pytest.raises(BadCredentials):
        await desk.finish_google("code-1", forged, ticket)
    _, other = await desk.start_google()
    with pytest.raises(BadCredentials):
        await desk.finish_google("code-1", other.state, ticket)

    assert await desk.tasks() == []


async def test_refuses_whom_the_provider_does_not_vouch_for(desk: Desk):
    with pytest.raises(BadCredentials):
        await google(desk, "unknown code")

    assert await desk.tasks() == []


async def test_asks_the_provider_outside_any_transaction(desk: Desk):
    async def somebody_else_writes() -> None:
        await desk.patient()

    desk.embassy.meanwhile = somebody_else_writes
    assert (await google(desk)).actor.role is Role.PATIENT
