"""What sign-ins need of a storage: many at once come to one truth, wherever it is kept."""

import asyncio

import pytest

from scheduling_core.access import Actor
from scheduling_core.errors import SessionRevoked
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from scheduling_core.use_cases.sessions import SignedIn
from support.clock import MONDAY, ManualClock
from support.desk import PASSWORD, Desk
from support.making import a_time_off, minutes

MANY = 50


@pytest.fixture
def desk(storage: Storage, clock: ManualClock) -> Desk:
    return Desk(storage, clock)


async def google(desk: Desk) -> SignedIn:
    _, ticket = await desk.start_google()
    return await desk.finish_google("code-1", ticket.state, ticket)


async def test_many_first_sign_ins_at_once_make_exactly_one_patient(desk: Desk):
    desk.embassy.introduce("code-1")
    everybody = await asyncio.gather(*(google(desk) for _ in range(MANY)))

    assert len({signed_in.actor for signed_in in everybody}) == 1
    messages = sorted(str(message) for message, _ in await desk.told())
    assert messages == ["signed_in"] * (MANY - 1) + ["welcome"]


async def test_many_refreshes_of_one_token_at_once_each_get_a_successor_that_works(desk: Desk):
    await desk.registered()
    signed_in = await desk.sign_in("asha@example.com", PASSWORD)
    successors = await asyncio.gather(*(desk.refresh(signed_in.refresh_token) for _ in range(MANY)))
    again = await asyncio.gather(*(desk.refresh(each.refresh_token) for each in successors))

    assert {each.actor for each in (*successors, *again)} == {signed_in.actor}


async def test_signing_out_amid_many_refreshes_ends_them_all(desk: Desk):
    await desk.registered()
    signed_in = await desk.sign_in("asha@example.com", PASSWORD)
    refreshes = [desk.refresh(signed_in.refresh_token) for _ in range(MANY)]
    results = await asyncio.gather(
        *refreshes[: MANY // 2], desk.sign_out(signed_in.refresh_token), *refreshes[MANY // 2 :], return_exceptions=True
    )

    tokens = [signed_in.refresh_token, *(each.refresh_token for each in results if isinstance(each, SignedIn))]
    for token in tokens:
        with pytest.raises(SessionRevoked):
            await desk.refresh(token)


async def test_a_stolen_token_ends_its_family_for_good_although_it_is_refused(desk: Desk):
    await desk.registered()
    signed_in = await desk.sign_in("asha@example.com", PASSWORD)
    successor = await desk.refresh(signed_in.refresh_token)
    desk.clock.advance(seconds=11)

    for token in (signed_in.refresh_token, successor.refresh_token):
        with pytest.raises(SessionRevoked):
            await desk.refresh(token)


async def test_time_off_asked_for_many_times_at_once_under_one_key_is_added_once(desk: Desk):
    doctor = await desk.doctor()
    await desk.visit(doctor, MONDAY + minutes(60))
    me = Actor.doctor(doctor.id)
    request, interval = RequestKey(me, "add-time-off", "k1", "b1"), a_time_off(MONDAY + minutes(60)).interval
    asked = [desk.add_time_off(me, request, interval=interval, cancel_conflicts=True) for _ in range(8)]
    added = await asyncio.gather(*asked)

    assert all(each == added[0] for each in added)
    assert await desk.list_time_off(me) == [added[0].time_off]
