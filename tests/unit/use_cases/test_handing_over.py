"""Messages that are only handed on: somebody else delivers them, once, and nothing is lost when nobody does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.errors import RequestInFlight
from scheduling_core.ids import TaskId
from scheduling_core.notices import Delivery
from scheduling_core.patient import Patient
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import HAND_OVER, LEASE, MOST_ATTEMPTS, MessageKind, TaskState
from scheduling_core.use_cases.administration import ListTasks
from scheduling_core.use_cases.delivery import DeliverHandedOver, NoteBounce
from scheduling_core.use_cases.notices import ReadNews
from support.clinic import Clinic
from support.clock import ManualClock
from support.making import an_id


@dataclass
class Queue:
    """A notifier that only hands on, and what lies in the queue then: ids."""

    ids: list[TaskId] = field(default_factory=list)

    async def send(self, message: Message) -> bool:
        self.ids.append(TaskId(UUID(message.id.partition(".")[0])))
        return True


class House(Clinic):
    """Its messages go into the queue; `deliver_handed_over` writes them out into its letter box."""

    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.queue = Queue()
        self.deliver_handed_over = DeliverHandedOver(self.storage, self.chance, self.deliver_tasks)
        self.adopt(payments=self.payments, rooms=self.rooms, letters=self.queue)

    async def empty(self) -> None:
        ids, self.queue.ids = self.queue.ids, []
        for id in ids:
            await self.deliver_handed_over(id)

    async def told(self, who: Patient) -> list[tuple[MessageKind, Delivery]]:
        items = (await ReadNews(self.storage)(Actor.patient(who.id))).items
        return [(each.notice.kind, each.notice.delivery) for each in reversed(items)]

    async def errors(self, state: TaskState) -> list[str]:
        tasks = await ListTasks(self.storage)(Actor(Role.ADMINISTRATOR, an_id()), state)
        return [task.last_error for task in tasks if task.message is MessageKind.BOOKED]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    yield house
    await house.close()


async def booked(house: House) -> Patient:
    patient = await house.patient()
    await house.booked(patient, await house.doctor(), minutes=60 * 20)
    return patient


async def test_waits_until_somebody_delivers_it_and_is_delivered_once(house: House) -> None:
    patient = await booked(house)
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.WAITING)]
    assert set(await house.errors(TaskState.DUE)) == {"handed over, not delivered yet"}
    twice = list(house.queue.ids)
    await house.empty()
    house.queue.ids = twice
    await house.empty()
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.SENT)]
    assert [letter.kind for letter in house.letters.to(patient.email)] == [MessageKind.BOOKED]


async def test_what_nobody_delivers_is_handed_over_again(house: House) -> None:
    patient = await booked(house)
    house.queue.ids.clear()
    await house.wait(minutes=HAND_OVER.total_seconds() / 60)
    await house.empty()
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.SENT)]


async def test_what_nobody_ever_delivers_is_shown_to_administrators(house: House) -> None:
    patient = await booked(house)
    for _ in range(MOST_ATTEMPTS):
        await house.wait(minutes=HAND_OVER.total_seconds() / 60)
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.FAILED)]
    assert set(await house.errors(TaskState.DEAD)) == {f"handed over {MOST_ATTEMPTS + 1} times, and not delivered"}


async def test_a_delivery_that_fails_is_handed_over_again_as_often_as_any(house: House) -> None:
    patient = await booked(house)
    house.letters.away = True
    for _ in range(MOST_ATTEMPTS):
        assert (MessageKind.BOOKED, Delivery.FAILED) not in await house.told(patient)
        await house.empty()
        await house.wait(minutes=16)
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.FAILED)]
    assert all("ProviderUnavailable" in error for error in await house.errors(TaskState.DEAD))


async def test_what_is_being_handed_over_is_not_delivered_meanwhile(house: House) -> None:
    patient = await booked(house)
    [id, *_] = house.queue.ids
    async with house.storage.writing() as unit:
        assert await unit.tasks.take(id, token=an_id(), lease=LEASE)
    with pytest.raises(RequestInFlight):
        await house.deliver_handed_over(id)
    assert not house.letters.to(patient.email)


async def test_a_mail_that_came_back_is_a_failed_one(house: House) -> None:
    patient = await booked(house)
    ids = list(house.queue.ids)
    await house.empty()
    for id in ids:
        await NoteBounce(house.storage)(id)
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.FAILED)]
