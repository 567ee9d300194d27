"""What people were told, and what of it they want by e-mail."""

from builtins import list as listing
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, Select, and_, bindparam, case, func, insert, or_, select, tuple_, update

from adapters.persistence.sql_rows import document
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITIES, IDENTITY, INSTANT, among, identities_in, upsert
from adapters.persistence.tables_doctors import doctors
from adapters.persistence.tables_people import dependants, patients, preferences
from adapters.persistence.tables_visits import appointments
from adapters.persistence.tables_work import notices
from scheduling_core.access import Role
from scheduling_core.ids import TaskId
from scheduling_core.notices import HIDDEN, UNSETTLED, Delivery, Notice, Topic
from scheduling_core.ports.notice_records import NoticeDetails
from scheduling_core.tasks import MessageKind, Recipient

_COLUMNS = notices.c
_ADD = insert(notices)
_NOW = bindparam("now", type_=INSTANT)
_SHOWN = and_(
    _COLUMNS.recipient_id == bindparam("reader"),
    _COLUMNS.recipient_role == bindparam("as_role"),
    ~among(_COLUMNS.delivery, HIDDEN),
    or_(~among(_COLUMNS.delivery, UNSETTLED), _COLUMNS.at <= _NOW),
)
_UNREAD = and_(_SHOWN, _COLUMNS.read_at.is_(None))
_PAGE = (
    select(
        notices,
        appointments.c.starts_at,
        doctors.c.name.label("doctor_name"),
        func.coalesce(dependants.c.name, patients.c.name).label("patient_name"),
    )
    .outerjoin(appointments, appointments.c.id == _COLUMNS.appointment_id)
    .outerjoin(doctors, doctors.c.id == appointments.c.doctor_id)
    .outerjoin(patients, patients.c.id == appointments.c.booked_by)
    .outerjoin(dependants, dependants.c.id == appointments.c.person_id)
    .where(_SHOWN)
    .order_by(_COLUMNS.at.desc(), _COLUMNS.id.desc())
    .limit(bindparam("most"))
)
_NEXT_PAGE = _PAGE.where(
    tuple_(_COLUMNS.at, _COLUMNS.id) < tuple_(bindparam("seen_at", type_=INSTANT), bindparam("seen_id", type_=IDENTITY))
)
_COUNT = select(func.count()).select_from(notices).where(_UNREAD)
_READ_ALL = update(notices).where(_UNREAD).values(read_at=_NOW)
_CHOSEN = identities_in(bindparam("chosen", type_=IDENTITIES))
_READ_SOME = _READ_ALL.where(_COLUMNS.id.in_(select(_CHOSEN.c.value)))
_TOLD = bindparam("told", type_=INSTANT)
_MARK = (
    update(notices)
    .where(_COLUMNS.id == bindparam("wanted"))
    .values(at=case((_COLUMNS.at < _TOLD, _COLUMNS.at), else_=_TOLD))
)
_LIST = select(notices).order_by(_COLUMNS.id.desc()).limit(bindparam("most"))
_AFTER = _COLUMNS.id < bindparam("seen_id", type_=IDENTITY)
_OF_DELIVERY = _COLUMNS.delivery == bindparam("as_delivery")

_OFF = select(preferences.c.topics_off).where(
    preferences.c.actor_id == bindparam("reader"), preferences.c.role == bindparam("as_role")
)
_NEW_PREFERENCES = upsert(preferences)
_SET_OFF = _NEW_PREFERENCES.on_conflict_do_update(
    index_elements=[preferences.c.actor_id], set_={"topics_off": _NEW_PREFERENCES.excluded.topics_off}
)
_TOPICS = msgspec.json.Decoder(list[str])


class SqlNotices:
    """Matches ports.notice_records.NoticeRecords."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, notice: Notice) -> None:
        values = {
            "id": notice.id, "kind": notice.kind.value, "recipient_role": notice.recipient.role.value,
            "recipient_id": notice.recipient.id, "appointment_id": notice.appointment_id, "at": notice.at,
            "delivery": notice.delivery.value, "sent_at": notice.sent_at, "read_at": notice.read_at,
        }  # fmt: skip
        self._transaction.together(_ADD, values)

    async def mark(self, id: TaskId, delivery: Delivery, *, at: datetime) -> None:
        await self._transaction.catch_up()
        changes: dict[str, Any] = {"wanted": id, "delivery": delivery.value, "told": at}
        if delivery is Delivery.SENT:
            changes["sent_at"] = at
        await self._transaction.run(_MARK, changes)

    async def shown(
        self, recipient: Recipient, *, now: datetime, after: tuple[datetime, UUID] | None, limit: int
    ) -> listing[NoticeDetails]:
        await self._transaction.catch_up()
        parameters = {**_reader(recipient, now), "most": limit}
        if after is not None:
            parameters |= {"seen_at": after[0], "seen_id": after[1]}
        rows = await self._transaction.rows(_PAGE if after is None else _NEXT_PAGE, parameters)
        return [
            NoticeDetails(
                notice=_notice_of(row),
                starts_at=row.starts_at,
                doctor_name=row.doctor_name,
                patient_name=row.patient_name,
            )
            for row in rows
        ]

    async def unread(self, recipient: Recipient, *, now: datetime) -> int:
        await self._transaction.catch_up()
        return int((await self._transaction.rows(_COUNT, _reader(recipient, now)))[0][0])

    async def read(self, recipient: Recipient, ids: Sequence[UUID] | None, *, now: datetime) -> None:
        await self._transaction.catch_up()
        if ids is None:
            await self._transaction.run(_READ_ALL, _reader(recipient, now))
        else:
            await self._transaction.run(_READ_SOME, {**_reader(recipient, now), "chosen": [*ids]})

    async def list(self, delivery: Delivery | None, *, after: UUID | None, limit: int) -> listing[Notice]:
        await self._transaction.catch_up()
        statement: Select[Any] = _LIST
        parameters: dict[str, Any] = {"most": limit}
        if delivery is not None:
            statement, parameters = statement.where(_OF_DELIVERY), {**parameters, "as_delivery": delivery.value}
        if after is not None:
            statement, parameters = statement.where(_AFTER), {**parameters, "seen_id": after}
        return [_notice_of(row) for row in await self._transaction.rows(statement, parameters)]


class SqlPreferences:
    """Matches ports.notice_records.Preferences."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def changed(self, recipient: Recipient) -> frozenset[Topic]:
        row = await self._transaction.first(_OFF, {"reader": recipient.id, "as_role": recipient.role.value})
        if row is None:
            return frozenset()
        known = {topic.value for topic in Topic}
        return frozenset(Topic(each) for each in _TOPICS.decode(row.topics_off) if each in known)

    async def set_changed(self, recipient: Recipient, topics: frozenset[Topic]) -> None:
        values = {"actor_id": recipient.id, "role": recipient.role.value, "topics_off": document(sorted(topics))}
        await self._transaction.run(_SET_OFF, values)


def _reader(recipient: Recipient, now: datetime) -> dict[str, Any]:
    return {"reader": recipient.id, "as_role": recipient.role.value, "now": now}


def _notice_of(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id, kind=MessageKind(row.kind), recipient=Recipient(Role(row.recipient_role), row.recipient_id),
        appointment_id=row.appointment_id, at=row.at, delivery=Delivery(row.delivery), sent_at=row.sent_at,
        read_at=row.read_at,
    )  # fmt: skip
