"""Delivering tasks: each is leased, done, and marked under the lease, by any process and after any crash."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from scheduling_core.errors import ProviderRefused, Refusal
from scheduling_core.ids import TaskId
from scheduling_core.notices import Delivery
from scheduling_core.ports.hand_over import HandOver
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import HAND_OVER, LEASE, MOST_ATTEMPTS, LookAgain, Task, TaskKind, backoff, said_of
from scheduling_core.use_cases.attendance import FulfilAfterwards
from scheduling_core.use_cases.meetings import ArrangeMeeting
from scheduling_core.use_cases.messages import SendMessage
from scheduling_core.use_cases.offering import OfferReleasedTime
from scheduling_core.use_cases.own_calendars import ReadBusyTimes
from scheduling_core.use_cases.photos import TidyPhotos
from scheduling_core.use_cases.settlement import SettleMoney
from scheduling_core.use_cases.summaries import SummariseFeedback


@dataclass(frozen=True, slots=True)
class DeliverTasks:
    """Do what is due. A failure backs off with full jitter and finally becomes a dead letter, visible with a retry button.

    A crash of the task's own making (a bug) is treated like a failure of its provider: one poisoned task never stops
    the others. Answers how many were taken up.
    """

    storage: Storage
    chance: Chance
    settle_money: SettleMoney
    arrange_meeting: ArrangeMeeting
    send_message: SendMessage
    fulfil_afterwards: FulfilAfterwards
    offer_time: OfferReleasedTime
    tidy_photos: TidyPhotos
    summarise_feedback: SummariseFeedback
    read_busy_times: ReadBusyTimes
    hand_over: HandOver | None = None
    """To whom all but messages goes, where others do it; messages go by what sends them."""

    async def __call__(self, *, limit: int = 1) -> int:
        leased = await self.take(limit=limit)
        for task in leased:
            await self.deliver(task)
        return len(leased)

    async def take(self, *, limit: int, but: AbstractSet[TaskKind] = frozenset()) -> list[Task]:
        """What is due, leased to be delivered at once; nothing of the kinds in `but`."""
        async with self.storage.writing() as unit:
            return await unit.tasks.lease(limit=limit, token=self.chance.new_id(), lease=LEASE, but=but)

    async def deliver(self, task: Task) -> None:
        """Do one task that was leased, and write down under its lease what became of it."""
        try:
            outcome = await self._do(task)
        except ProviderRefused as refusal:
            await self._failed(task, refusal, for_good=True)
        except Refusal as refusal:
            await self._failed(task, refusal, for_good=False)
        except Exception as crash:  # noqa: BLE001  # a poisoned task must not stop the others; it stays visible
            await self._failed(task, crash, for_good=False)
        else:
            if outcome is Delivery.WAITING:
                await self._handed_over(task)
                return
            async with self.storage.writing() as unit:
                if isinstance(outcome, datetime):
                    outcome = LookAgain(outcome)
                if isinstance(outcome, LookAgain):
                    await unit.tasks.again(replace(task, attempts=0), due_at=outcome.at, error=outcome.trouble)
                    return
                await unit.tasks.finish(task)
                if outcome is not None:
                    await unit.notices.mark(task.id, outcome, at=await unit.now())

    async def _do(self, task: Task) -> datetime | LookAgain | Delivery | None:
        """When to look again, or what became of a message or of what was handed over."""
        if self.hand_over is not None and task.kind is not TaskKind.SEND_MESSAGE:
            await self.hand_over.hand_over(task)
            return Delivery.WAITING
        match task:
            case Task(kind=TaskKind.SETTLE_MONEY, payment_id=payment_id) if payment_id is not None:
                return await self.settle_money(payment_id)
            case Task(kind=TaskKind.ARRANGE_MEETING, appointment_id=appointment_id) if appointment_id is not None:
                await self.arrange_meeting(appointment_id)
            case Task(kind=TaskKind.FULFIL_VISIT, appointment_id=appointment_id) if appointment_id is not None:
                return await self.fulfil_afterwards(appointment_id)
            case Task(kind=TaskKind.OFFER_TIME, doctor_id=doctor_id) if doctor_id is not None:
                return await self.offer_time(doctor_id)
            case Task(kind=TaskKind.SUMMARISE_FEEDBACK, doctor_id=doctor_id) if doctor_id is not None:
                await self.summarise_feedback(doctor_id)
            case Task(kind=TaskKind.READ_CALENDAR, doctor_id=doctor_id) if doctor_id is not None:
                return await self.read_busy_times(doctor_id)
            case Task(kind=TaskKind.TIDY_PHOTOS):
                return await self.tidy_photos(task)
            case _:
                return await self.send_message(task)
        return None

    async def _handed_over(self, task: Task) -> None:
        """Whoever has it now marks it as done; undone, it is driven again, and not for ever."""
        attempts = task.attempts + 1
        dead = attempts > MOST_ATTEMPTS
        error = f"handed over {attempts} times, and not delivered" if dead else "handed over, not delivered yet"
        counted = replace(task, attempts=attempts)
        async with self.storage.writing() as unit:
            now = await unit.now()
            ours = await unit.tasks.again(counted, due_at=now + HAND_OVER, error=error, dead=dead)
            if ours:
                await unit.notices.mark(task.id, Delivery.FAILED if dead else Delivery.WAITING, at=now)
        if ours and dead:
            await self._given_up(task)

    async def _failed(self, task: Task, failure: Exception, *, for_good: bool) -> None:
        attempts = task.attempts + 1
        dead = for_good or attempts >= MOST_ATTEMPTS
        wait = backoff(attempts, jitter=self.chance.fraction())
        async with self.storage.writing() as unit:
            error = said_of(failure)
            now = await unit.now()
            # What was woken, or taken up by somebody else after the lease ended, is not given up: it is under way anew.
            ours = await unit.tasks.again(replace(task, attempts=attempts), due_at=now + wait, error=error, dead=dead)
            if ours and dead and task.kind is TaskKind.SEND_MESSAGE:
                await unit.notices.mark(task.id, Delivery.FAILED, at=now)
        if ours and dead:
            await self._given_up(task)

    async def _given_up(self, task: Task) -> None:
        if task.kind is TaskKind.ARRANGE_MEETING and task.appointment_id is not None:
            await self.arrange_meeting.give_up(task.appointment_id)


@dataclass(frozen=True, slots=True)
class DeliverHandedOver:
    """Do the task that somebody handed over, under a lease of one's own. Nothing happens to one that is done: a message
    of a queue that comes twice does nothing the second time. Raise RequestInFlight while somebody else is at it.
    """

    storage: Storage
    chance: Chance
    deliver_tasks: DeliverTasks

    async def __call__(self, task_id: TaskId) -> None:
        async with self.storage.writing() as unit:
            task = await unit.tasks.take(task_id, token=self.chance.new_id(), lease=LEASE)
        if task is not None:
            # Handing it over has counted as the attempt that this is.
            await self.deliver_tasks.deliver(replace(task, attempts=max(0, task.attempts - 1)))


@dataclass(frozen=True, slots=True)
class NoteBounce:
    """A message that was sent came back for good, or was called spam: administrators see it as failed, its reader has it in the
    application."""

    storage: Storage

    async def __call__(self, task_id: TaskId) -> None:
        async with self.storage.writing() as unit:
            await unit.notices.mark(task_id, Delivery.FAILED, at=await unit.now())
