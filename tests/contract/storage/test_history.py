"""The history as a whole, and the chain over it."""

from datetime import timedelta

import pytest

from contract.storage.making import NINE, stored_doctor, stored_hold, stored_patient, stored_visit
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status, Verb
from scheduling_core.audit import SETTLED, Act, Deed, Entry, Link, Subject, link_after
from scheduling_core.ids import AdministratorId
from scheduling_core.ports.history import Wanted
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY, ManualClock
from support.making import an_id, minutes

BOSS = Actor.administrator(AdministratorId(an_id()))


def an_act(deed: Deed = Deed.APPROVE_DOCTOR, **changes: object) -> Act:
    facts = {"actor": BOSS, "subject": Subject.DOCTOR, "subject_id": an_id(), "at": MONDAY}
    return Act(deed=deed, **{**facts, **changes})


async def recorded(storage: Storage, *acts: Act) -> None:
    for act in acts:
        async with storage.writing() as unit:
            await unit.history.record(act)


async def everything(storage: Storage, wanted: Wanted | None = None, *, limit: int = 99) -> list[Entry]:
    async with storage.reading() as unit:
        return await unit.history.find(wanted or Wanted(), before=None, limit=limit)


async def chained(storage: Storage, limit: int = 99) -> list[Link]:
    """Everything that has no link yet gets one."""
    links: list[Link] = []
    async with storage.writing() as unit:
        assert await unit.history.begin_chaining()
        last = await unit.history.newest_link()
        for entry in await unit.history.unchained(limit):
            last = link_after(last, entry)
            links.append(last)
        await unit.history.extend(links)
    return links


async def test_holds_changes_of_status_and_acts_in_the_order_in_which_they_happened(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    act = an_act(subject_id=doctor.id, before="pending", after="approved")
    visit = await stored_visit(storage, doctor, patient)
    await recorded(storage, act)
    newest, booked, held = await everything(storage)

    assert newest == Entry.of_act(act, number=newest.number)
    assert (booked.verb, held.verb) == (Verb.BOOK, Verb.HOLD)
    assert (booked.before, booked.after) == (Status.PENDING, Status.BOOKED)
    assert (booked.appointment_id, booked.doctor_id, booked.person_id) == (visit.id, doctor.id, visit.person_id)
    assert newest.number > booked.number > held.number
    async with storage.reading() as unit:
        assert [held.event(), booked.event()] == await unit.appointments.events(visit.id)


async def test_an_act_that_is_rolled_back_never_was(storage: Storage) -> None:
    async def fail() -> None:
        async with storage.writing() as unit:
            await unit.history.record(an_act())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await everything(storage) == []


async def test_finds_by_each_of_what_is_asked_for(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    hold = await stored_hold(storage, doctor, patient)
    later = an_act(Deed.RETRY_TASK, subject=Subject.TASK, at=MONDAY + minutes(5))
    other = an_act(Deed.ERASE_DATA, actor=Actor.patient(patient.id), subject=Subject.PERSON, subject_id=patient.id)
    await recorded(storage, later, other)

    async def found(**wanted: object) -> list[str]:
        return [entry.verb for entry in await everything(storage, Wanted(**wanted))]

    assert await found(verb="retry-task") == ["retry-task"]
    assert await found(role=Role.ADMINISTRATOR) == ["retry-task"]
    assert await found(actor_id=patient.id) == ["erase-data", "hold"]
    assert await found(about=hold.id) == ["hold"]
    assert await found(about=patient.id) == ["erase-data"]
    assert await found(since=MONDAY + minutes(5)) == ["retry-task"]
    assert await found(until=MONDAY + minutes(5)) == ["erase-data", "hold"]
    assert await found(verb="retry-task", actor_id=patient.id) == []


async def test_pages_backwards_by_number(storage: Storage) -> None:
    await recorded(storage, *[an_act() for _ in range(5)])
    whole = await everything(storage)
    async with storage.reading() as unit:
        first = await unit.history.find(Wanted(), before=None, limit=2)
        rest = await unit.history.find(Wanted(), before=first[-1].number, limit=9)
    assert [*first, *rest] == whole


async def test_links_each_entry_once_and_in_order(storage: Storage) -> None:
    await recorded(storage, *[an_act() for _ in range(3)])
    first = await chained(storage, limit=2)
    await recorded(storage, an_act())
    second = await chained(storage)
    links, entries = first + second, (await everything(storage))[::-1]

    assert [link.position for link in links] == [1, 2, 3, 4]
    assert [link.number for link in links] == [entry.number for entry in entries]
    async with storage.reading() as unit:
        assert await unit.history.newest_link() == links[-1]
        assert await unit.history.unchained(9) == []
        assert await unit.history.count_unchained() == 0
        assert await unit.history.chained(after=0, limit=9) == list(zip(links, entries, strict=True))
        assert await unit.history.chained(after=3, limit=9) == [(links[3], entries[3])]


async def test_begins_with_nothing(storage: Storage) -> None:
    async with storage.reading() as unit:
        assert await unit.history.newest_link() is None
        assert await unit.history.chained(after=0, limit=9) == []
        assert await unit.history.count_unchained() == 0


async def test_looks_no_further_back_than_transactions_live(storage: Storage, clock: ManualClock) -> None:
    await recorded(storage, an_act())
    await chained(storage)
    clock.advance(SETTLED + timedelta(seconds=1))
    await recorded(storage, an_act(subject=Subject.APPOINTMENT), an_act())
    assert [link.position for link in await chained(storage, limit=1)] == [2]
    assert [link.position for link in await chained(storage)] == [3]


async def test_the_canonical_bytes_are_the_same_from_every_storage(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    hold = await stored_hold(storage, doctor, patient, NINE)
    [entry] = await everything(storage)
    async with storage.reading() as unit:
        [event] = await unit.appointments.events(hold.id)
    assert entry.canonical() == Entry.of_event(event, number=entry.number).canonical()
    assert b'"at":"2027-03-01T08:00:00.000000+00:00"' in entry.canonical()
