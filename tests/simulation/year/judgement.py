"""What must be true when a year is over: no overlap at any moment, every cent explained, every message sent once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from adapters.persistence.memory import MemoryStorage
from scheduling_core.appointment import Appointment
from scheduling_core.audit import Entry
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.payment import Payment
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.tasks import Task, TaskState
from simulation.year.messages import untold
from simulation.year.post import Post
from support.clinic import Clinic
from support.history import judge


class Books:
    """All that a storage keeps, sorted for whoever judges it."""

    def __init__(self, storage: MemoryStorage) -> None:
        kept = storage.committed()
        self.appointments: dict[AppointmentId, Appointment] = dict(kept["appointments"])
        entries: list[Entry] = [row for _, row in sorted(kept["history"].items())]
        self.events = [entry.event() for entry in entries if entry.subject is None]
        """The history of all visits, in the order in which it happened."""
        self.payments: list[Payment] = list(kept["payments"].values())
        self.ledger: dict[AppointmentId, tuple[LedgerEntry, ...]] = dict(kept["ledger"])
        self.tasks: list[Task] = list(kept["tasks"].values())

    def by_appointment(self) -> dict[AppointmentId, list[Event]]:
        histories: dict[AppointmentId, list[Event]] = {}
        for event in self.events:
            histories.setdefault(event.appointment_id, []).append(event)
        return histories


async def faults_of(
    storage: MemoryStorage, clinic: Clinic, post: Post, storms: Sequence[Interval], end: datetime
) -> list[str]:
    """Everything that is wrong, in words; empty when the year was a good one."""
    books = Books(storage)
    return [
        *(f"overlap: {one.appointment_id} and {other.appointment_id}" for one, other in judge(books.events)),
        *_unfinished(books, end),
        *await _unexplained(books, clinic),
        *untold(books.by_appointment(), post, storms, end),
    ]


def _unfinished(books: Books, end: datetime) -> list[str]:
    left = [f"task {task.key} is {task.state}: {task.last_error}" for task in books.tasks if _left(task, end)]
    held = [f"hold {each.id} never ended" for each in books.appointments.values() if each.hold_lapsed(end)]
    return left + held


def _left(task: Task, end: datetime) -> bool:
    return task.state is TaskState.DEAD or (task.state is TaskState.DUE and task.due_at <= end)


async def _unexplained(books: Books, clinic: Clinic) -> list[str]:
    """Cents that the ledger, the provider and what the visits keep do not agree on."""
    wrong, kept = [], Counter[AppointmentId]()
    for payment in books.payments:
        theirs = await clinic.payments.find(payment)
        if theirs and (theirs.status, theirs.captured, theirs.refunded) != (
            payment.status,
            payment.captured,
            payment.refunded,
        ):
            wrong.append(f"payment {payment.id} is {payment}, the provider says {theirs}")
        if payment.status in (PaymentStatus.OPEN, PaymentStatus.AUTHORIZED):
            wrong.append(f"payment {payment.id} is still {payment.status}")
        kept[payment.appointment_id] += payment.captured - payment.refunded
    for appointment in books.appointments.values():
        lines = books.ledger.get(appointment.id, ())
        sums = {kind: sum(line.amount.amount for line in lines if line.kind is kind) for kind in EntryKind}
        if sums[EntryKind.AUTHORIZED] != sums[EntryKind.CAPTURED] + sums[EntryKind.RELEASED]:
            wrong.append(f"ledger of {appointment.id} does not add up: {sums}")
        if sums[EntryKind.CAPTURED] - sums[EntryKind.REFUNDED] != kept[appointment.id]:
            wrong.append(f"ledger of {appointment.id} is not what its payments say: {sums}")
        if kept[appointment.id] != (appointment.keep.amount if appointment.booked_at else 0):
            wrong.append(f"{kept[appointment.id]} kept of {appointment}")
    return wrong
