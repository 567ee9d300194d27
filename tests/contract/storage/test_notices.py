"""What people were told, and what of it they want by e-mail."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contract.storage.making import stored_dependant, stored_doctor, stored_hold, stored_patient
from scheduling_core.access import Role
from scheduling_core.ids import TaskId
from scheduling_core.notices import Delivery, Notice, Topic
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import MessageKind, Recipient
from support.clock import MONDAY
from support.making import a_message, a_task, an_id

MINUTE = timedelta(minutes=1)


def a_reader(role: Role = Role.PATIENT) -> Recipient:
    return Recipient(role, an_id())


def a_notice(reader: Recipient, **changes: Any) -> Notice:
    facts: dict[str, Any] = {
        "id": TaskId(an_id()),
        "kind": MessageKind.WELCOME,
        "recipient": reader,
        "appointment_id": None,
        "at": MONDAY,
    }
    return Notice(**{**facts, **changes})


async def stored(storage: Storage, *notices: Notice) -> None:
    async with storage.writing() as unit:
        for notice in notices:
            await unit.notices.add(notice)


async def news_of(storage: Storage, reader: Recipient, **more: Any) -> list[Notice]:
    options: dict[str, Any] = {"now": MONDAY, "after": None, "limit": 100, **more}
    async with storage.reading() as unit:
        return [each.notice for each in await unit.notices.shown(reader, **options)]


async def test_shows_a_person_their_own_news_newest_first(storage: Storage) -> None:
    reader, other = a_reader(), a_reader()
    old, new, same = [a_notice(reader, at=MONDAY - ago) for ago in (2 * MINUTE, MINUTE, MINUTE)]
    twin = a_notice(Recipient(Role.DOCTOR, reader.id))
    await stored(storage, new, old, same, twin, a_notice(other))
    assert await news_of(storage, reader) == [same, new, old]
    assert await news_of(storage, twin.recipient) == [twin]


async def test_pages_through_news_without_repeating_or_losing_any(storage: Storage) -> None:
    reader = a_reader()
    notices = [a_notice(reader, at=MONDAY - number // 2 * MINUTE) for number in range(5)]
    await stored(storage, *notices)
    seen: list[Notice] = []
    while page := await news_of(storage, reader, limit=2, after=(seen[-1].at, seen[-1].id) if seen else None):
        seen += page
    assert seen == await news_of(storage, reader)
    assert len(seen) == 5


async def test_shows_what_is_due_or_was_told_and_never_what_was_dropped(storage: Storage) -> None:
    reader, later = a_reader(), MONDAY + MINUTE
    due, waiting = a_notice(reader), a_notice(reader, at=later)
    hastened = a_notice(reader, at=later)
    dropped = a_notice(reader, at=MONDAY - MINUTE)
    await stored(storage, due, waiting, hastened, dropped)
    async with storage.writing() as unit:
        await unit.notices.mark(hastened.id, Delivery.SENT, at=MONDAY)
        await unit.notices.mark(dropped.id, Delivery.DROPPED, at=MONDAY)
    told = replace(hastened, delivery=Delivery.SENT, sent_at=MONDAY, at=MONDAY)
    assert await news_of(storage, reader) == [told, due]
    assert await news_of(storage, reader, now=later) == [waiting, told, due]


@pytest.mark.parametrize("delivery", Delivery)
async def test_keeps_what_became_of_a_message(storage: Storage, delivery: Delivery) -> None:
    notice = a_notice(a_reader())
    await stored(storage, notice)
    async with storage.writing() as unit:
        await unit.notices.mark(notice.id, delivery, at=MONDAY + MINUTE)
        await unit.notices.mark(TaskId(an_id()), delivery, at=MONDAY)
    sent_at = MONDAY + MINUTE if delivery is Delivery.SENT else None
    async with storage.reading() as unit:
        assert await unit.notices.list(None, after=None, limit=9) == [
            replace(notice, delivery=delivery, sent_at=sent_at)
        ]


async def test_counts_and_marks_what_was_read(storage: Storage) -> None:
    reader, other = a_reader(), a_reader()
    one, two, theirs = a_notice(reader), a_notice(reader), a_notice(other)
    hidden = a_notice(reader, at=MONDAY + MINUTE)
    await stored(storage, one, two, theirs, hidden)
    async with storage.writing() as unit:
        assert await unit.notices.unread(reader, now=MONDAY) == 2
        await unit.notices.read(reader, [one.id, theirs.id, hidden.id], now=MONDAY)
        assert await unit.notices.unread(reader, now=MONDAY) == 1
        assert await unit.notices.unread(other, now=MONDAY) == 1
        await unit.notices.read(reader, [], now=MONDAY)
        await unit.notices.read(reader, None, now=MONDAY + MINUTE / 2)
        assert await unit.notices.unread(reader, now=MONDAY) == 0
        assert await unit.notices.unread(reader, now=MONDAY + MINUTE) == 1
    assert {each.id: each.read_at for each in await news_of(storage, reader)} == {
        one.id: MONDAY,
        two.id: MONDAY + MINUTE / 2,
    }


async def test_names_the_visit_that_news_is_about(storage: Storage) -> None:
    doctor = await stored_doctor(storage, name="Dr. Asha Rao")
    patient = await stored_patient(storage, name="Lena Koch")
    mia = await stored_dependant(storage, patient, name="Mia Koch")
    own = await stored_hold(storage, doctor, patient)
    hers = await stored_hold(storage, doctor, patient, own.ends_at, person_id=mia.id)
    reader = Recipient(Role.PATIENT, patient.id)
    await stored(storage, *(a_notice(reader, appointment_id=each) for each in (own.id, hers.id, None)))
    async with storage.reading() as unit:
        found = await unit.notices.shown(reader, now=MONDAY, after=None, limit=9)
    assert [(each.starts_at, each.doctor_name, each.patient_name) for each in found] == [
        (None, None, None),
        (hers.starts_at, "Dr. Asha Rao", "Mia Koch"),
        (own.starts_at, "Dr. Asha Rao", "Lena Koch"),
    ]


async def test_lists_everybodys_for_administrators_by_what_became_of_them(storage: Storage) -> None:
    notices = [a_notice(a_reader()) for _ in range(3)]
    await stored(storage, *notices)
    async with storage.writing() as unit:
        await unit.notices.mark(notices[1].id, Delivery.FAILED, at=MONDAY)
    failed = replace(notices[1], delivery=Delivery.FAILED)
    async with storage.reading() as unit:
        assert await unit.notices.list(None, after=None, limit=2) == [notices[2], failed]
        assert await unit.notices.list(None, after=failed.id, limit=2) == [notices[0]]
        assert await unit.notices.list(Delivery.FAILED, after=None, limit=9) == [failed]
        assert await unit.notices.list(Delivery.WAITING, after=notices[2].id, limit=9) == [notices[0]]


async def test_says_whether_a_message_was_written_down_or_had_been_before(storage: Storage) -> None:
    task = a_message()
    async with storage.writing() as unit:
        assert await unit.tasks.add_once(task)
        assert not await unit.tasks.add_once(replace(a_task(), key=task.key))


async def test_keeps_what_a_person_does_not_want_by_e_mail(storage: Storage) -> None:
    reader = a_reader()
    both = frozenset({Topic.REMINDERS, Topic.OFFERS})
    for topics in (both, frozenset(Topic), frozenset[Topic]()):
        async with storage.writing() as unit:
            await unit.preferences.set_changed(reader, topics)
        async with storage.reading() as unit:
            assert await unit.preferences.changed(reader) == topics
            assert await unit.preferences.changed(Recipient(Role.DOCTOR, reader.id)) == frozenset()
            assert await unit.preferences.changed(a_reader()) == frozenset()
