"""All work is handed over, not messages alone: those who empty the queues do it, once, and nothing is lost when nobody does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.appointment_parts import MeetingStatus
from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.tasks import (
    GROUPS,
    HAND_OVER,
    MOST_ATTEMPTS,
    MessageKind,
    Task,
    TaskKind,
    TaskState,
    arrange_meeting,
)
from scheduling_core.use_cases.administration import ListTasks
from scheduling_core.use_cases.delivery import DeliverHandedOver
from support.clinic import Clinic
from support.clock import ManualClock
from support.making import an_id


@dataclass
class Topic:
    """Matches ports.hand_over.HandOver."""

    tasks: list[Task] = field(default_factory=list)
    at_last: Callable[[Task], Awaitable[None]] | None = None
    """What happens while something is handed over for the last time."""

    async def hand_over(self, task: Task) -> None:
        self.tasks.append(task)
        if task.attempts == MOST_ATTEMPTS and self.at_last is not None:
            await self.at_last(task)


class House(Clinic):
    """What is due goes to the topic, and `empty` does what the topic's queues hold, each of it `times` over."""

    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.topic = Topic()
        self.consume = DeliverHandedOver(self.storage, self.chance, self.deliver_tasks)
        self.deliver_tasks = replace(self.deliver_tasks, hand_over=self.topic)

    async def empty(self, *, times: int = 1) -> None:
        while self.topic.tasks:
            tasks, self.topic.tasks = self.topic.tasks, []
            for task in tasks * times:
                await self.consume(task.id)
            await self.settle()

    async def dead(self) -> list[Task]:
        return await ListTasks(self.storage)(Actor(Role.ADMINISTRATOR, an_id()), TaskState.DEAD)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    yield house
    await house.close()


async def paid(house: House) -> tuple[Patient, AppointmentId]:
    """A visit whose money was reserved a moment ago, so that everything else follows from it."""
    patient = await house.patient()
    held = await house.hold(patient, await house.doctor(), minutes=60 * 20)
    await house.open_checkout(Actor.patient(patient.id), held.id)
    await house.pay(held.id)
    await house.settle()
    return patient, held.id


async def test_a_payment_becomes_a_booking_by_those_who_empty_the_queues(house: House) -> None:
    patient, visit = await paid(house)
    assert {task.kind for task in house.topic.tasks} == {TaskKind.SETTLE_MONEY}
    assert (await house.see(visit)).appointment.status is Status.PENDING
    await house.empty(times=2)
    seen = (await house.see(visit)).appointment
    assert (seen.status, seen.meeting.status) == (Status.BOOKED, MeetingStatus.READY)
    assert (await house.payment(visit)).status is PaymentStatus.CAPTURED
    assert [letter.kind for letter in house.letters.to(patient.email)].count(MessageKind.BOOKED) == 1


async def test_what_nobody_took_is_handed_over_again(house: House) -> None:
    _, visit = await paid(house)
    house.topic.tasks.clear()
    await house.wait(minutes=HAND_OVER.total_seconds() / 60)
    await house.empty()
    assert (await house.see(visit)).appointment.status is not Status.PENDING


async def test_a_meeting_that_nobody_arranges_is_given_up_and_the_doctor_told(house: House) -> None:
    _, visit = await paid(house)
    house.rooms.away = True
    await house.empty()
    for _ in range(MOST_ATTEMPTS + 1):
        house.topic.tasks = [task for task in house.topic.tasks if task.kind is not TaskKind.ARRANGE_MEETING]
        await house.empty()
        await house.wait(minutes=16)
    assert {task.kind for task in await house.dead()} == {TaskKind.ARRANGE_MEETING}
    assert (await house.see(visit)).appointment.meeting.status is MeetingStatus.FAILED


async def test_a_meeting_that_was_woken_while_it_was_handed_over_for_the_last_time_is_not_given_up(
    house: House,
) -> None:
    woken: list[Task] = []

    async def wake(task: Task) -> None:
        woken.append(task)
        async with house.storage.writing() as unit:
            await unit.tasks.wake(arrange_meeting(TaskId(house.chance.new_id()), visit, at=await unit.now()))

    _, visit = await paid(house)
    house.rooms.away, house.topic.at_last = True, wake
    await house.empty()
    for _ in range(MOST_ATTEMPTS + 1):
        house.topic.tasks = [task for task in house.topic.tasks if task.kind is not TaskKind.ARRANGE_MEETING]
        await house.empty()
        await house.wait(minutes=16)
    assert len(woken) == 1
    assert (await house.see(visit)).appointment.meeting.status is not MeetingStatus.FAILED
    assert await house.dead() == []


def test_every_kind_of_work_has_somebody_who_does_it() -> None:
    assert set(GROUPS) == set(TaskKind)
