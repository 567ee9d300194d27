"""Appointments: how they are written and locked, and what claims and sweeps ask of them."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, insert, select

from adapters.persistence import sql_moves
from adapters.persistence.sql_details import DETAILS, disputed, page_of, schedule_of
from adapters.persistence.sql_moves import CHANGE, change_of
from adapters.persistence.sql_rows_visits import (
    appointment_of,
    details_of,
    event_of,
    event_values,
    taken_of,
)
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITY, INSTANT, among, upsert
from adapters.persistence.sql_windows import window_of, within_reach
from adapters.persistence.tables_money import receipt_counters
from adapters.persistence.tables_visits import appointments, events, pends
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Move, Status
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.availability import Taken
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.ports.views import AppointmentDetails, When

_COLUMNS = appointments.c
_SAVE = CHANGE.where(_COLUMNS.status == bindparam("unchanged"))
_OWNERS: dict[Role, tuple[ColumnElement[bool], ...]] = {
    Role.PATIENT: (_COLUMNS.booked_by == bindparam("actor"),),
    Role.DOCTOR: (_COLUMNS.doctor_id == bindparam("actor"),),
    Role.ADMINISTRATOR: (),
    Role.SYSTEM: (),
}


def _own(statement: Select[Any]) -> dict[Role, Select[Any]]:
    """The statement for one appointment, for each role that may have any: no other row is ever fetched for it."""
    return {role: statement.where(_COLUMNS.id == bindparam("wanted"), *own) for role, own in _OWNERS.items()}


def pending_of(patient: ColumnElement[UUID]) -> Select[Any]:
    """Whatever is pending of those for whom the patient books, oldest first."""
    return select(appointments).where(pends, _COLUMNS.booked_by == patient).order_by(_COLUMNS.created_at, _COLUMNS.id)


def unpaid_since(patient: ColumnElement[UUID], since: ColumnElement[datetime]) -> Select[int]:
    """How many holds the patient has begun from then on and never booked."""
    return (
        select(func.count())
        .select_from(appointments)
        .where(
            _COLUMNS.booked_by == patient,
            _COLUMNS.created_at >= since,
            among(_COLUMNS.hold_kind, {HoldKind.PATIENT}),
            _COLUMNS.booked_at.is_(None),
        )
    )


_GET = _own(select(appointments))
_LOCK = _own(select(appointments).with_for_update(key_share=True))
_DETAILS = _own(DETAILS)
_BY_START = (_COLUMNS.starts_at, _COLUMNS.id)
_OCCUPYING = within_reach(select(appointments), _COLUMNS.doctor_id, _COLUMNS.occupied_until).order_by(*_BY_START)
_OCCUPYING_PERSON = within_reach(select(appointments), _COLUMNS.person_id, _COLUMNS.ends_at).order_by(*_BY_START)
_TAKEN = within_reach(
    select(_COLUMNS.starts_at, _COLUMNS.occupied_until, _COLUMNS.status, _COLUMNS.hold_expires_at),
    _COLUMNS.doctor_id,
    _COLUMNS.occupied_until,
).order_by(*_BY_START)
_TO_COME = (
    within_reach(select(appointments), _COLUMNS.doctor_id, _COLUMNS.ends_at)
    .where(among(_COLUMNS.status, {Status.BOOKED, Status.ARRIVED}))
    .order_by(*_BY_START)
)
_PENDING_OF = pending_of(bindparam("patient", type_=IDENTITY))
_UNPAID_SINCE = unpaid_since(bindparam("patient", type_=IDENTITY), bindparam("since", type_=INSTANT))
_LAPSED = (pends, _COLUMNS.hold_expires_at <= bindparam("now", type_=INSTANT))
_LAPSED_DOCTORS = (
    select(_COLUMNS.doctor_id)
    .where(*_LAPSED)
    .group_by(_COLUMNS.doctor_id)
    .order_by(func.min(_COLUMNS.hold_expires_at), _COLUMNS.doctor_id)
    .limit(bindparam("most"))
)
_LAPSED_OF = select(appointments).where(*_LAPSED, _COLUMNS.doctor_id == bindparam("doctor")).order_by(_COLUMNS.id)
_NEXT_RECEIPT = (
    upsert(receipt_counters)
    .on_conflict_do_update(index_elements=[receipt_counters.c.year], set_={"latest": receipt_counters.c.latest + 1})
    .returning(receipt_counters.c.latest)
)
_NOTE = insert(events).inline()
_EVENTS = select(events).where(events.c.appointment_id == bindparam("wanted")).order_by(events.c.number)


class SqlAppointments:
    """Matches ports.storage.Appointments."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, move: Move) -> None:
        await sql_moves.add(self._transaction, move)

    async def add_at_end(self, move: Move) -> None:
        sql_moves.add_at_end(self._transaction, move)

    async def store(self, move: Move) -> Appointment:
        return await sql_moves.store(self._transaction, move)

    async def save(self, appointment: Appointment) -> Appointment:
        saved = replace(appointment, version=appointment.version + 1)
        if await self._transaction.run(_SAVE, {"unchanged": saved.status.value, **change_of(saved)}):
            return saved
        row = await self._transaction.first(_GET[Role.SYSTEM], {"wanted": appointment.id})
        if row is not None and row.version == appointment.version:
            raise ValueError("a status changes with `store`, which writes its event")
        raise Outdated

    async def get(self, appointment_id: AppointmentId, actor: Actor) -> Appointment:
        return appointment_of(await self._own(_GET, appointment_id, actor))

    async def lock(self, appointment_id: AppointmentId, actor: Actor) -> Appointment:
        return appointment_of(await self._own(_LOCK, appointment_id, actor))

    async def occupying(self, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
        rows = await self._transaction.rows(_OCCUPYING, window_of(doctor_id, within))
        return [appointment_of(row) for row in rows]

    async def occupying_person(self, person_id: PersonId, within: Interval) -> list[Appointment]:
        rows = await self._transaction.rows(_OCCUPYING_PERSON, window_of(person_id, within))
        return [appointment_of(row) for row in rows]

    async def taken(self, doctor_id: DoctorId, within: Interval) -> list[Taken]:
        return [taken_of(row) for row in await self._transaction.rows(_TAKEN, window_of(doctor_id, within))]

    async def pending_of(self, patient_id: PatientId) -> list[Appointment]:
        return [appointment_of(row) for row in await self._transaction.rows(_PENDING_OF, {"patient": patient_id})]

    async def unpaid_holds_since(self, patient_id: PatientId, since: datetime) -> int:
        return int((await self._transaction.rows(_UNPAID_SINCE, {"patient": patient_id, "since": since}))[0][0])

    async def lapsed(self, *, now: datetime, limit: int) -> list[DoctorId]:
        return [row.doctor_id for row in await self._transaction.rows(_LAPSED_DOCTORS, {"now": now, "most": limit})]

    async def lapsed_of(self, doctor_id: DoctorId, *, now: datetime) -> list[Appointment]:
        rows = await self._transaction.rows(_LAPSED_OF, {"doctor": doctor_id, "now": now})
        return [appointment_of(row) for row in rows]

    async def booked_within(self, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
        return [appointment_of(row) for row in await self._transaction.rows(_TO_COME, window_of(doctor_id, within))]

    async def details(self, appointment_id: AppointmentId, actor: Actor) -> AppointmentDetails:
        return details_of(await self._own(_DETAILS, appointment_id, actor))

    async def list_details(
        self, actor: Actor, *, when: When, now: datetime, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[AppointmentDetails]:
        return await page_of(self._transaction, actor, when=when, now=now, after=after, limit=limit)

    async def schedule(self, doctor_id: DoctorId, within: Interval) -> list[AppointmentDetails]:
        return await schedule_of(self._transaction, doctor_id, within)

    async def disputed(self, *, limit: int) -> list[AppointmentDetails]:
        return await disputed(self._transaction, limit)

    async def next_receipt_number(self, year: int) -> str:
        latest = (await self._transaction.rows(_NEXT_RECEIPT, {"year": year, "latest": 1}))[0].latest
        return f"{year}-{latest:06}"

    async def note(self, event: Event) -> None:
        if event.before is not event.after:
            raise ValueError("a status changes with `store`, which writes its event")
        await self._transaction.run(_NOTE, event_values(event))

    async def events(self, appointment_id: AppointmentId) -> list[Event]:
        return [event_of(row) for row in await self._transaction.rows(_EVENTS, {"wanted": appointment_id})]

    async def _own(self, statements: dict[Role, Select[Any]], appointment_id: AppointmentId, actor: Actor) -> Row[Any]:
        if actor.role not in statements:
            raise NotFound
        row: Row[Any] | None = await self._transaction.first(
            statements[actor.role], {"wanted": appointment_id, "actor": actor.id}
        )
        if row is None:
            raise NotFound
        return row
