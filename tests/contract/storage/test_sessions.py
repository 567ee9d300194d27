"""Sign-ins: each token leads to its session and generation, and rotating and revoking exclude each other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.storage.waiting import begin_waiting, outcome, outcomes
from scheduling_core.access import Actor
from scheduling_core.errors import SessionRevoked
from scheduling_core.ids import AdministratorId, DoctorId, SessionId
from scheduling_core.ports.storage import Storage
from scheduling_core.session import Session
from support.clock import MONDAY
from support.making import a_session, an_id

INSTANT = timedelta(microseconds=1)


async def _stored(storage: Storage, token_hash: str = "first", session: Session | None = None) -> Session:
    session = session or a_session()
    async with storage.writing() as unit:
        await unit.sessions.add(session, token_hash)
    return session


async def _found(storage: Storage, token_hash: str) -> tuple[Session, int] | None:
    async with storage.writing() as unit:
        return await unit.sessions.lock(token_hash)


@pytest.mark.parametrize("actor", [Actor.doctor(DoctorId(an_id())), Actor.administrator(AdministratorId(an_id()))])
async def test_a_session_comes_back_exactly(storage: Storage, actor: Actor) -> None:
    session = await _stored(storage, session=a_session(actor, at=MONDAY + INSTANT))
    assert await _found(storage, "first") == (session, 1)


async def test_an_unknown_token_leads_nowhere(storage: Storage) -> None:
    await _stored(storage)
    assert await _found(storage, "second") is None


async def test_every_token_tells_its_own_generation_of_the_newest_session(storage: Storage) -> None:
    session = await _stored(storage)
    second = session.rotate(1, at=MONDAY + INSTANT)
    third = second.rotate(2, at=MONDAY + 2 * INSTANT)
    for rotated, token in ((second, "second"), (second, "second once more"), (third, "third")):
        async with storage.writing() as unit:
            await unit.sessions.rotate(rotated, token)
    assert [await _found(storage, token) for token in ("first", "second", "second once more", "third")] == [
        (third, 1),
        (third, 2),
        (third, 2),
        (third, 3),
    ]


async def test_revoking_ends_the_whole_family_and_no_other(storage: Storage) -> None:
    session, other = await _stored(storage, "first"), await _stored(storage, "other")
    async with storage.writing() as unit:
        await unit.sessions.rotate(session.rotate(1, at=MONDAY), "second")
    async with storage.writing() as unit:
        await unit.sessions.revoke(session.id, at=MONDAY + INSTANT)
    async with storage.writing() as unit:
        await unit.sessions.revoke(session.id, at=MONDAY + 2 * INSTANT)
    for token in ("first", "second"):
        found = await _found(storage, token)
        assert found is not None
        assert found[0].revoked_at == MONDAY + INSTANT
    assert await _found(storage, "other") == (other, 1)


async def test_a_revocation_that_waits_for_a_rotation_outlives_it(storage: Storage) -> None:
    session = await _stored(storage)

    async def revoke() -> None:
        async with storage.writing() as unit:
            await unit.sessions.revoke(session.id, at=MONDAY)

    async with storage.writing() as unit:
        found = await unit.sessions.lock("first")
        assert found is not None
        revoking = await begin_waiting(revoke())
        await unit.sessions.rotate(found[0].rotate(1, at=MONDAY), "second")
    await outcome(revoking)
    for token in ("first", "second"):
        found = await _found(storage, token)
        assert found is not None
        assert found[0] == replace(session, generation=2, rotated_at=MONDAY, revoked_at=MONDAY)


async def test_a_rotation_that_waits_for_a_revocation_finds_the_session_revoked(storage: Storage) -> None:
    session = await _stored(storage)

    async def rotate() -> None:
        async with storage.writing() as unit:
            found = await unit.sessions.lock("first")
            assert found is not None
            await unit.sessions.rotate(found[0].rotate(found[1], at=MONDAY), "second")

    async with storage.writing() as unit:
        await unit.sessions.lock("first")
        rotating = await begin_waiting(rotate())
        await unit.sessions.revoke(session.id, at=MONDAY)
    with pytest.raises(SessionRevoked):
        await outcome(rotating)
    assert await _found(storage, "second") is None


async def test_one_token_shown_many_times_at_once_makes_one_generation(storage: Storage) -> None:
    await _stored(storage)

    async def rotate(token: str) -> int:
        async with storage.writing() as unit:
            found = await unit.sessions.lock("first")
            assert found is not None
            rotated = found[0].rotate(found[1], at=MONDAY)
            await unit.sessions.rotate(rotated, token)
            return rotated.generation

    assert await outcomes(*(rotate(f"token {number}") for number in range(6))) == [2] * 6
    found = await _found(storage, "token 3")
    assert found is not None
    assert (found[0].generation, found[1]) == (2, 2)


async def test_every_session_of_one_person_ends_but_one(storage: Storage) -> None:
    ada, cleo = Actor.doctor(DoctorId(an_id())), Actor.doctor(DoctorId(an_id()))
    whose = {"kept": ada, "first": ada, "second": ada, "another's": cleo}
    begun = {name: Session.begin(SessionId(an_id()), actor, at=MONDAY) for name, actor in whose.items()}
    async with storage.writing() as unit:
        for name, session in begun.items():
            await unit.sessions.add(session, name)
        await unit.sessions.revoke_all(ada, but=begun["kept"].id, at=MONDAY)

    async def live() -> set[str]:
        found = {name: await _found(storage, name) for name in whose}
        return {name for name, each in found.items() if each is not None and each[0].live(MONDAY)}

    assert await live() == {"kept", "another's"}
    async with storage.writing() as unit:
        await unit.sessions.revoke_all(ada, but=None, at=MONDAY)
    assert await live() == {"another's"}
