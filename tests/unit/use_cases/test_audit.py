"""The history as an audit needs it: complete, chained, and unable to lie unnoticed."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.persistence.memory import MemoryStorage
from adapters.persistence.memory.transaction import Tables
from scheduling_core.access import Actor, Role
from scheduling_core.audit import Deed, Subject
from scheduling_core.doctor import DoctorStatus
from scheduling_core.errors import InvalidInput
from scheduling_core.ports.history import Wanted
from scheduling_core.use_cases.audit import AT_ONCE, ChainHistory, ReadAudit, VerifyHistory
from support.clock import MONDAY
from support.desk import Desk, assert_only
from support.making import a_doctor, minutes


@pytest.fixture
async def boss(desk: Desk) -> Actor:
    return await desk.boss()


def tables_of(desk: Desk) -> Tables:
    """What is committed, past the storage: as somebody with a prompt on the database has it."""
    assert isinstance(desk.storage, MemoryStorage)
    return desk.storage._tables  # whoever forges history does not ask


async def some_history(desk: Desk, boss: Actor) -> None:
    """Five entries: four of two visits, and an act."""
    doctor = await desk.doctor(a_doctor(status=DoctorStatus.PENDING))
    await desk.visit(doctor, MONDAY + minutes(60))
    await desk.decide_doctor(boss, doctor.id, DoctorStatus.APPROVED)
    await desk.visit(doctor, MONDAY + minutes(90))


async def test_an_act_tells_who_did_what_to_whom_and_nothing_that_was_written(desk: Desk, boss: Actor):
    doctor = await desk.doctor(a_doctor(status=DoctorStatus.PENDING))
    await desk.decide_doctor(boss, doctor.id, DoctorStatus.REJECTED, "no papers")
    [entry] = await ReadAudit(desk.storage)(boss, Wanted(about=doctor.id))

    assert (entry.verb, entry.role, entry.actor_id) == (Deed.REJECT_DOCTOR, Role.ADMINISTRATOR, boss.id)
    assert (entry.subject, entry.subject_id) == (Subject.DOCTOR, doctor.id)
    assert (entry.before, entry.after, entry.at) == ("pending", "rejected", desk.clock.now())
    assert b"papers" not in entry.canonical()


async def test_is_for_administrators_alone(desk: Desk):
    await assert_only({Role.ADMINISTRATOR}, lambda actor: ReadAudit(desk.storage)(actor, Wanted()))


@pytest.mark.parametrize("limit", [0, 201])
async def test_refuses_a_page_of_no_sensible_size(desk: Desk, boss: Actor, limit: int):
    with pytest.raises(InvalidInput):
        await ReadAudit(desk.storage)(boss, Wanted(), limit=limit)


async def test_chains_everything_once_however_many_do_so(desk: Desk, boss: Actor):
    await some_history(desk, boss)
    chain = ChainHistory(desk.storage)
    added = await asyncio.gather(*(chain(limit=2) for _ in range(9)))

    assert sum(added) == 5
    assert await chain() == 0
    verdict = await VerifyHistory(desk.storage)()
    assert (verdict.checked, verdict.waiting, verdict.broken) == (5, 0, None)


async def test_verifies_a_chain_longer_than_a_page(desk: Desk, boss: Actor):
    doctor = await desk.doctor()
    for _ in range(AT_ONCE // 2 + 1):
        await desk.decide_doctor(boss, doctor.id, DoctorStatus.SUSPENDED)
        await desk.decide_doctor(boss, doctor.id, DoctorStatus.APPROVED)
    while await ChainHistory(desk.storage)():
        pass
    verdict = await VerifyHistory(desk.storage)()
    assert (verdict.checked, verdict.broken) == (AT_ONCE + 2, None)


async def test_counts_what_waits_for_its_link(desk: Desk, boss: Actor):
    await some_history(desk, boss)
    await ChainHistory(desk.storage)(limit=3)
    verdict = await VerifyHistory(desk.storage)()
    assert (verdict.checked, verdict.waiting, verdict.broken) == (3, 2, None)


def alter_an_entry(tables: Tables) -> None:
    tables.history.rows[3] = replace(tables.history.rows[3], actor_id=None)


def alter_an_instant(tables: Tables) -> None:
    tables.history.rows[3] = replace(tables.history.rows[3], at=MONDAY + minutes(0.001))


def remove_an_entry(tables: Tables) -> None:
    del tables.history.rows[3]


def swap_two_entries(tables: Tables) -> None:
    rows = tables.history.rows
    rows[3], rows[4] = replace(rows[4], number=3), replace(rows[3], number=4)


def alter_a_link(tables: Tables) -> None:
    tables.links.rows[3] = replace(tables.links.rows[3], hash="0" * 64)


def move_a_link(tables: Tables) -> None:
    tables.links.rows[3] = replace(tables.links.rows[3], position=30)


@pytest.mark.parametrize(
    "forge",
    [alter_an_entry, alter_an_instant, remove_an_entry, swap_two_entries, alter_a_link, move_a_link],
    ids=lambda forge: forge.__name__,
)
async def test_names_the_first_entry_that_is_not_what_it_was(desk: Desk, boss: Actor, forge: Callable[[Tables], None]):
    await some_history(desk, boss)
    await ChainHistory(desk.storage)()
    forge(tables_of(desk))
    verdict = await VerifyHistory(desk.storage)()

    assert verdict.broken is not None
    assert verdict.broken.position == 3
    assert verdict.checked == 2


async def test_a_link_kept_elsewhere_shows_that_the_end_was_cut_off_or_all_of_it_made_anew(desk: Desk, boss: Actor):
    await some_history(desk, boss)
    await ChainHistory(desk.storage)()
    verify = VerifyHistory(desk.storage)
    newest = (await verify()).newest
    assert newest is not None
    noted = newest.position, newest.hash
    assert (await verify(noted)).broken is None

    other = await verify((newest.position, "0" * 64))
    assert other.broken is not None
    tables = tables_of(desk)
    entry = tables.history.group(next(iter(tables.history._groups)), "everybody")
    del tables.history.rows[5], tables.links.rows[5]
    entry.pop()
    tables.links.group(next(iter(tables.links._groups)), "everybody").pop()
    assert (await verify()).broken is None
    cut = await verify(noted)
    assert cut.broken is not None
    assert cut.broken.position == 5
