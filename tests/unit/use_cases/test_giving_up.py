"""Work is given up only by whoever still has it: what was woken, or taken up by somebody else meanwhile, goes on."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.appointment_parts import MeetingStatus
from scheduling_core.errors import ProviderRefused
from scheduling_core.ids import TaskId
from scheduling_core.notices import Delivery
from scheduling_core.ports.calendar import CalendarEvent
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import LEASE, MessageKind, TaskState, arrange_meeting
from support.clinic import Clinic
from support.clock import ManualClock
from support.outside import LetterBox, Rooms

Meanwhile = Callable[[], Awaitable[None]]


class RefusingRooms(Rooms):
    """Refuses the first event for good, after what happens meanwhile."""

    meanwhile: Meanwhile | None = None

    async def put(self, event: CalendarEvent) -> str | None:
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
            raise ProviderRefused("gone", "the calendar was deleted")
        return await super().put(event)


class RefusingLetterBox(LetterBox):
    """Refuses the first letter for good, after what happens meanwhile."""

    meanwhile: Meanwhile | None = None

    async def send(self, message: Message) -> bool:
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
            raise ProviderRefused("address", "nobody lives there")
        return await super().send(message)


class House(Clinic):
    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.refusing, self.letters = RefusingRooms(), RefusingLetterBox()
        self.adopt(payments=self.payments, rooms=self.refusing, letters=self.letters)

    async def paid(self) -> Appointment:
        """A visit that is booked once what is due was done."""
        patient, doctor = await self.patient(), await self.doctor()
        held = await self.hold(patient, doctor)
        await self.open_checkout(Actor.patient(patient.id), held.id)
        await self.pay(held.id)
        return held

    async def others_go_on(self) -> None:
        """So long that its lease ended, and another process did what was due."""
        self.clock.advance(seconds=LEASE.total_seconds() + 1)
        await self.settle()

    async def dead(self) -> int:
        async with self.storage.reading() as unit:
            return len(await unit.tasks.list(TaskState.DEAD, after=None, limit=10))


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    yield house
    await house.close()


async def assert_arranged(house: House, visit: Appointment) -> None:
    assert (await house.see(visit.id)).appointment.meeting.status is MeetingStatus.READY
    assert MessageKind.MEETING_FAILED not in [letter.kind for letter in house.letters.letters.values()]
    assert await house.dead() == 0


async def test_a_meeting_that_somebody_else_arranged_meanwhile_is_not_given_up(house: House) -> None:
    visit = await house.paid()
    house.refusing.meanwhile = house.others_go_on
    await house.settle()
    await assert_arranged(house, visit)


async def test_a_meeting_whose_task_was_woken_meanwhile_is_not_given_up(house: House) -> None:
    visit = await house.paid()

    async def woken() -> None:
        async with house.storage.writing() as unit:
            task_id = TaskId(house.chance.new_id())
            await unit.tasks.wake(arrange_meeting(task_id, visit.id, at=await unit.now()))

    house.refusing.meanwhile = woken
    await house.settle()
    await assert_arranged(house, visit)


async def test_a_meeting_that_is_refused_for_good_is_given_up_and_the_doctor_told(house: House) -> None:
    visit = await house.paid()

    async def nothing() -> None:
        pass

    house.refusing.meanwhile = nothing
    await house.settle()
    assert (await house.see(visit.id)).appointment.meeting.status is MeetingStatus.FAILED
    assert MessageKind.MEETING_FAILED in [letter.kind for letter in house.letters.letters.values()]


async def test_a_message_that_somebody_else_sent_meanwhile_did_not_fail(house: House) -> None:
    visit = await house.paid()
    house.letters.meanwhile = house.others_go_on
    await house.settle()
    async with house.storage.reading() as unit:
        failed = await unit.notices.list(Delivery.FAILED, after=None, limit=10)
        sent = await unit.notices.list(Delivery.SENT, after=None, limit=10)
    assert failed == []
    assert visit.id in [notice.appointment_id for notice in sent]
