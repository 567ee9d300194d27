"""What people were told, and what of it they want by e-mail, in memory."""

from builtins import list as listing
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from adapters.persistence.memory import places
from adapters.persistence.memory.details import details_of
from adapters.persistence.memory.table import Bound
from adapters.persistence.memory.transaction import Transaction, View
from scheduling_core.ids import TaskId
from scheduling_core.notices import Delivery, Notice, Topic
from scheduling_core.ports.notice_records import NoticeDetails
from scheduling_core.tasks import Recipient


class MemoryNotices:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, notice: Notice) -> None:
        (await self._transaction.view()).notices.insert(notice.id, notice)

    async def mark(self, id: TaskId, delivery: Delivery, *, at: datetime) -> None:
        view = await self._transaction.view()
        notice = view.notices.get(id)
        if notice is not None:
            sent_at = at if delivery is Delivery.SENT else notice.sent_at
            view.notices.put(id, replace(notice, delivery=delivery, sent_at=sent_at, at=min(notice.at, at)))

    async def shown(
        self, recipient: Recipient, *, now: datetime, after: tuple[datetime, UUID] | None, limit: int
    ) -> listing[NoticeDetails]:
        view = await self._transaction.view()
        return [_details(view, notice) for notice in islice(_shown(view, recipient, now, after), limit)]

    async def unread(self, recipient: Recipient, *, now: datetime) -> int:
        view = await self._transaction.view()
        return sum(notice.read_at is None for notice in _shown(view, recipient, now))

    async def read(self, recipient: Recipient, ids: Sequence[UUID] | None, *, now: datetime) -> None:
        view = await self._transaction.view()
        for notice in [*_shown(view, recipient, now)]:
            if notice.read_at is None and (ids is None or notice.id in ids):
                view.notices.put(notice.id, replace(notice, read_at=now))

    async def list(self, delivery: Delivery | None, *, after: UUID | None, limit: int) -> listing[Notice]:
        view = await self._transaction.view()
        before = None if after is None else (after,)
        if delivery is None:
            found = view.notices.walk(places.all_notices, places.EVERYBODY, before=before, newest_first=True)
        else:
            found = view.notices.walk(places.notices_of_delivery, delivery, before=before, newest_first=True)
        return [*islice(found, limit)]


class MemoryPreferences:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def changed(self, recipient: Recipient) -> frozenset[Topic]:
        return (await self._transaction.view()).preferences.get(recipient) or frozenset()

    async def set_changed(self, recipient: Recipient, topics: frozenset[Topic]) -> None:
        (await self._transaction.view()).preferences.put(recipient, topics)


def _shown(view: View, recipient: Recipient, now: datetime, before: Bound = None) -> Iterator[Notice]:
    found = view.notices.walk(places.notices_of_reader, recipient, before=before, newest_first=True)
    return (notice for notice in found if notice.shown(now))


def _details(view: View, notice: Notice) -> NoticeDetails:
    appointment = view.appointments.get(notice.appointment_id) if notice.appointment_id else None
    if appointment is None:
        return NoticeDetails(notice=notice, starts_at=None, doctor_name=None, patient_name=None)
    details = details_of(view, appointment)
    return NoticeDetails(
        notice=notice,
        starts_at=appointment.starts_at,
        doctor_name=details.doctor_name,
        patient_name=details.patient_name,
    )
