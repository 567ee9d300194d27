"""What the auditor reads, in memory."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from adapters.persistence.memory import payment_pages, places
from adapters.persistence.memory.transaction import Transaction, View
from scheduling_core.appointment import Appointment
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.instants import Interval
from scheduling_core.invariants import PaidVisit
from scheduling_core.payment import Payment
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.tasks import Task, TaskState


class MemoryInvariants:
    """Matches ports.invariants.Invariants. Looks at everything: it is small."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def newest_event(self) -> int:
        view = await self._transaction.view()
        newest = next(view.history.walk(places.whole_history, places.EVERYBODY, newest_first=True), None)
        return newest.number if newest else 0

    async def changed_after(self, number: int, *, limit: int) -> list[tuple[int, AppointmentId]]:
        view = await self._transaction.view()
        later = view.history.walk(places.whole_history, places.EVERYBODY, after=(number, number))
        changes = ((entry.number, entry.appointment_id) for entry in later)
        return list(islice(((at, visit) for at, visit in changes if visit is not None), limit))

    async def overlapping(self, visits: Sequence[AppointmentId]) -> list[AppointmentId]:
        view = await self._transaction.view()
        occupying = [each for each in view.appointments if each.occupying]
        wanted = (view.appointments.get(id) for id in visits)
        return [each.id for each in wanted if each and each.occupying and any(_share(each, o) for o in occupying)]

    async def paid_visits(self, after: PaymentId | None, *, limit: int) -> list[PaidVisit]:
        view = await self._transaction.view()
        return _paid(view, (each for each in view.payments if after is None or each.id > after), limit)

    async def reserved(self, *, limit: int) -> list[PaidVisit]:
        view = await self._transaction.view()
        return _paid(view, (each for each in view.payments if each.status is PaymentStatus.AUTHORIZED), limit)

    async def count_troubled(self) -> int:
        return sum(1 for each in (await self._transaction.view()).payments if each.trouble)

    async def count_overdue(self, before: datetime) -> int:
        def overdue(task: Task) -> bool:
            held = task.leased_until is not None and task.leased_until >= before
            return task.state is TaskState.DUE and task.due_at < before and not held

        return sum(1 for each in (await self._transaction.view()).tasks if overdue(each))

    async def count_dead(self) -> int:
        return sum(1 for each in (await self._transaction.view()).tasks if each.state is TaskState.DEAD)


def _share(one: Appointment, other: Appointment) -> bool:
    if one.id == other.id:
        return False
    theirs = Interval(start=other.interval.start, end=other.occupied_until)
    if one.doctor_id == other.doctor_id and Interval(start=one.interval.start, end=one.occupied_until).overlaps(theirs):
        return True
    return one.person_id == other.person_id and one.interval.overlaps(other.interval)


def _paid(view: View, payments: Iterable[Payment], limit: int) -> list[PaidVisit]:
    return [
        PaidVisit(
            payment=payment,
            visit=payment_pages.visit_of(view, payment),
            entries=payment_pages.entries_of(view, payment),
            changed_at=_changed_at(view, payment),
        )
        for payment in islice(sorted(payments, key=lambda each: each.id), limit)
    ]


def _changed_at(view: View, payment: Payment) -> datetime:
    history = list(view.history.walk(places.history_of_appointment, payment.appointment_id))
    return max((entry.at for entry in history), default=payment_pages.visit_of(view, payment).created_at)
