"""Staying signed in, and signing out."""

import asyncio
from datetime import timedelta
from hashlib import sha256

import pytest

from scheduling_core.access import Actor
from scheduling_core.errors import Outdated, SessionRevoked
from scheduling_core.session import LOST_REPLY, SESSION_LIFE
from scheduling_core.use_cases.sessions import RefreshSession, SignedIn
from support.desk import PASSWORD, Desk
from support.making import a_session, an_administrator
from support.rivals import ContestedStorage

WINDOW = LOST_REPLY + timedelta(microseconds=1)


@pytest.fixture
async def signed_in(desk: Desk) -> SignedIn:
    await desk.registered()
    return await desk.sign_in("asha@example.com", PASSWORD)


async def test_rotates_the_token_and_issues_access_again(desk: Desk, signed_in: SignedIn):
    desk.clock.advance(days=1)
    refreshed = await desk.refresh(signed_in.refresh_token)

    assert refreshed.actor == signed_in.actor
    assert refreshed.refresh_token != signed_in.refresh_token
    assert desk.tokens.read(refreshed.access_token, now=desk.clock.now()) == signed_in.actor
    assert (await desk.refresh(refreshed.refresh_token)).actor == signed_in.actor


async def test_says_nothing_to_the_owner(desk: Desk, signed_in: SignedIn):
    before = await desk.tasks()
    await desk.refresh(signed_in.refresh_token)

    assert await desk.tasks() == before


async def test_gives_each_of_fifty_at_once_a_successor_that_works(desk: Desk, signed_in: SignedIn):
    successors = await asyncio.gather(*(desk.refresh(signed_in.refresh_token) for _ in range(50)))
    assert len({each.refresh_token for each in successors}) == 50
    again = await asyncio.gather(*(desk.refresh(each.refresh_token) for each in successors))

    assert {each.actor for each in (*successors, *again)} == {signed_in.actor}


async def test_honours_a_used_token_no_more_after_ten_seconds_and_ends_the_family(desk: Desk, signed_in: SignedIn):
    successor = await desk.refresh(signed_in.refresh_token)
    desk.clock.advance(WINDOW)

    for token in (signed_in.refresh_token, successor.refresh_token, signed_in.refresh_token):
        with pytest.raises(SessionRevoked):
            await desk.refresh(token)


async def test_ends_the_family_when_a_token_is_shown_after_its_successor_was_used(desk: Desk, signed_in: SignedIn):
    second = await desk.refresh(signed_in.refresh_token)
    third = await desk.refresh(second.refresh_token)

    for token in (signed_in.refresh_token, third.refresh_token):
        with pytest.raises(SessionRevoked):
            await desk.refresh(token)


async def test_a_thief_ends_one_sign_in_and_no_other(desk: Desk, signed_in: SignedIn):
    elsewhere = await desk.sign_in("asha@example.com", PASSWORD)
    await desk.refresh(signed_in.refresh_token)
    desk.clock.advance(WINDOW)
    with pytest.raises(SessionRevoked):
        await desk.refresh(signed_in.refresh_token)

    assert (await desk.refresh(elsewhere.refresh_token)).actor == signed_in.actor


@pytest.mark.parametrize("token", ["", "never given", "ünïcode", "x" * 100_000])
async def test_refuses_a_token_that_it_never_gave(desk: Desk, signed_in: SignedIn, token: str):
    with pytest.raises(SessionRevoked):
        await desk.refresh(token)

    assert (await desk.refresh(signed_in.refresh_token)).actor == signed_in.actor


async def test_ends_after_thirty_days(desk: Desk, signed_in: SignedIn):
    desk.clock.advance(SESSION_LIFE)

    with pytest.raises(SessionRevoked):
        await desk.refresh(signed_in.refresh_token)


async def test_ends_with_its_owner(desk: Desk):
    gone = Actor.administrator(an_administrator().id)
    async with desk.storage.writing() as unit:
        await unit.sessions.add(a_session(gone), sha256(b"from before").hexdigest())

    for _ in range(2):
        with pytest.raises(SessionRevoked):
            await desk.refresh("from before")


async def test_stores_no_token_as_it_was_given(desk: Desk, signed_in: SignedIn):
    async with desk.storage.writing() as unit:
        assert await unit.sessions.lock(signed_in.refresh_token) is None


async def test_never_shows_tokens_where_they_might_be_logged(signed_in: SignedIn):
    assert signed_in.refresh_token not in repr(signed_in)
    assert signed_in.access_token not in repr(signed_in)


async def test_hands_out_no_token_that_was_not_committed(desk: Desk, signed_in: SignedIn):
    contested = RefreshSession(ContestedStorage(desk.storage, times=1), desk.chance, desk.tokens)
    with pytest.raises(Outdated):
        await contested(signed_in.refresh_token)

    assert (await desk.refresh(signed_in.refresh_token)).actor == signed_in.actor


async def test_signing_out_ends_every_token_of_that_sign_in(desk: Desk, signed_in: SignedIn):
    successor = await desk.refresh(signed_in.refresh_token)
    await desk.sign_out(successor.refresh_token)

    for token in (signed_in.refresh_token, successor.refresh_token):
        with pytest.raises(SessionRevoked):
            await desk.refresh(token)


async def test_signing_out_works_with_a_token_that_was_used_too(desk: Desk, signed_in: SignedIn):
    successor = await desk.refresh(signed_in.refresh_token)
    await desk.sign_out(signed_in.refresh_token)

    with pytest.raises(SessionRevoked):
        await desk.refresh(successor.refresh_token)


async def test_signing_out_leaves_other_sign_ins_alone(desk: Desk, signed_in: SignedIn):
    elsewhere = await desk.sign_in("asha@example.com", PASSWORD)
    await desk.sign_out(signed_in.refresh_token)

    assert (await desk.refresh(elsewhere.refresh_token)).actor == signed_in.actor


@pytest.mark.parametrize("token", [None, "", "never given"])
async def test_signing_out_is_quiet_about_tokens_that_nobody_knows(desk: Desk, signed_in: SignedIn, token: str | None):
    await desk.sign_out(token)

    assert (await desk.refresh(signed_in.refresh_token)).actor == signed_in.actor


async def test_signing_out_amid_fifty_refreshes_ends_them_all(desk: Desk, signed_in: SignedIn):
    refreshes = [desk.refresh(signed_in.refresh_token) for _ in range(25)]
    late = [desk.refresh(signed_in.refresh_token) for _ in range(25)]
    results = await asyncio.gather(*refreshes, desk.sign_out(signed_in.refresh_token), *late, return_exceptions=True)
    successors = [result for result in results if isinstance(result, SignedIn)]

    assert successors
    for successor in successors:
        with pytest.raises(SessionRevoked):
            await desk.refresh(successor.refresh_token)
