"""Everything that is held about one person, in memory."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

import msgspec

from adapters.persistence.memory.erasing import forget_person
from adapters.persistence.memory.table import Rows, remove
from adapters.persistence.memory.transaction import Transaction, View
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Status
from scheduling_core.notices import Delivery
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.privacy import (
    Erasure,
    Kept,
    Records,
    StillNeeded,
)
from scheduling_core.tasks import TaskState

Key: TypeAlias = Any

NOBODYS = frozenset({"administrators", "receipts", "links", "webhooks", "erasures", "tokens", "requests", "outlooks"})
"""Tables of which nobody gets a copy: no person's, or secrets and answers that are remembered for a day."""
_HIDDEN = {
    "secret_hash", "password_hash", "hidden_reason",
    "url", "attempt", "giving_back", "resolution_note", "note", "closed_by", "key", "last_error", "lease_token", "leased_until",
}  # fmt: skip
_OF_PATIENTS = {
    "person_id",
    "actor_id",
    "booked_by",
    "patient_id",
    "reason",
    "cancellation",
    "patient_zone",
    "last_decline",
}
_AHEAD = (Status.PENDING, Status.BOOKED, Status.ARRIVED)
_MOVING = (PaymentStatus.OPEN, PaymentStatus.AUTHORIZED, PaymentStatus.DISPUTED)


class MemoryPersonalData:
    """Matches ports.privacy.PersonalData."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def everything(self, actor: Actor) -> Records:
        view = await self._transaction.view()
        hidden = _HIDDEN | (_OF_PATIENTS if actor.role is Role.DOCTOR else set())
        ids = _ids(view, actor)
        records = {
            name: [_shown(row, hidden) for key, row in rows.items() if ids & (_named(key) | _named(row))]
            for name, rows in view.by_name().items()
            if name not in NOBODYS
        }
        # Of one visit's messages, and of what was reported about it, each gets their own.
        own = [task for task in view.tasks if task.recipient is not None and task.recipient.id == actor.id]
        notices = [notice for notice in view.notices if notice.recipient.id == actor.id]
        return {
            **records,
            "tasks": [_shown(task, hidden) for task in own],
            "notices": [_shown(notice, hidden) for notice in notices],
            "reports": [_shown(report, hidden) for report in view.reports if report.by == actor],
        }

    async def needed_for(self, actor: Actor, *, now: datetime) -> StillNeeded | None:
        view = await self._transaction.view()
        visits = {visit.id: visit for visit in _visits(view, actor)}
        if any(visit.status in _AHEAD and visit.ends_at > now for visit in visits.values()):
            return StillNeeded.VISITS
        for payment in view.payments:
            visit = visits.get(payment.appointment_id)
            taken = payment.status in (PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED)
            if visit is not None and (
                payment.status in _MOVING
                or payment.refund_failed
                or payment.quarantined is not None
                or (taken and payment.captured - payment.refunded != visit.keep.amount)
            ):
                return StillNeeded.MONEY
        return None

    async def erase(self, actor: Actor, *, at: datetime) -> None:
        view = await self._transaction.view()
        forget_person(view, actor, list(_visits(view, actor)))
        if view.erasures.get(actor) is None:
            view.erasures.put(actor, at)

    async def erasures(self) -> list[Erasure]:
        view = await self._transaction.view()
        found = [Erasure(actor, at) for actor, at in view.erasures.items()]
        return sorted(found, key=lambda erasure: (erasure.at, erasure.actor.known()))

    async def forget(self, kept: Kept, *, before: datetime, limit: int) -> int:
        view = await self._transaction.view()
        rows, over = _OVER[kept]
        gone = list(islice((key for key, row in rows(view).items() if over(row, before)), limit))
        for key in gone:
            rows(view).remove(key)
            if kept is Kept.SESSIONS:
                remove(view.tokens, lambda token, key=key: token[0] == key)  # type: ignore[misc]  # bound as it is now
        return len(gone)


_OVER: dict[Kept, tuple[Callable[[View], Rows[Key, Any]], Callable[[Any, datetime], bool]]] = {
    Kept.TASKS: (
        lambda view: view.tasks,
        lambda task, before: task.state is TaskState.DONE and task.due_at < before,
    ),
    Kept.MESSAGES: (
        lambda view: view.notices,
        lambda notice, before: notice.delivery is not Delivery.WAITING and notice.at < before,
    ),
    Kept.WEBHOOK_EVENTS: (lambda view: view.webhooks, lambda event, before: event[1] < before),
    Kept.SESSIONS: (
        lambda view: view.sessions,
        lambda session, before: session.expires_at < before or bool(session.revoked_at and session.revoked_at < before),
    ),
    Kept.REQUESTS: (lambda view: view.requests, lambda remembered, before: remembered.at < before),
}


def _known(actor: Actor) -> UUID:
    if actor.role not in (Role.PATIENT, Role.DOCTOR):
        raise ValueError(f"nothing is held of {actor.role} that way")
    return actor.known()


def _visits(view: View, actor: Actor) -> Iterator[Appointment]:
    id = _known(actor)
    return (visit for visit in view.appointments if id in (visit.booked_by, visit.doctor_id))


def _ids(view: View, actor: Actor) -> set[UUID]:
    """Theirs, and those of what is theirs."""
    ids: set[UUID] = {_known(actor), *(visit.id for visit in _visits(view, actor))}
    ids |= {payment.id for payment in view.payments if payment.appointment_id in ids}
    return ids | {each.id for each in view.dependants if each.patient_id in ids}


def _named(row: Any) -> set[UUID]:
    """Every id that a row names."""
    if isinstance(row, UUID):
        return {row}
    if isinstance(row, tuple):
        return {id for each in row for id in _named(each)}
    if is_dataclass(row):
        return {id for each in fields(row) for id in _named(getattr(row, each.name))}
    return set()


def _shown(row: Any, hidden: set[str]) -> dict[str, object]:
    if isinstance(row, tuple):
        return {"entries": [_shown(each, hidden) for each in row]}
    shown = msgspec.to_builtins(row)
    return {name: value for name, value in shown.items() if name not in hidden}
