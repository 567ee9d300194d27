"""Who waits for a time, which time was released, and what was offered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, func, insert, or_, select, update

from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITIES, IDENTITY, INSTANT, among, identities_in
from adapters.persistence.tables_doctors import doctors
from adapters.persistence.tables_visits import appointments, lapses, pends
from adapters.persistence.tables_waitlist import offers, releases, waiting, waitlist
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, WaitlistId
from scheduling_core.instants import Interval
from scheduling_core.waitlist import Offer, PartOfDay, Release, WaitlistEntry, WaitState

_COLUMNS = waitlist.c
_THEIR_FIELD = select(doctors.c.specialization).where(doctors.c.id == bindparam("doctor", type_=IDENTITY))
_FOR_DOCTOR = (
    waiting,
    _COLUMNS.window_end > bindparam("now", type_=INSTANT),
    or_(
        _COLUMNS.doctor_id == bindparam("doctor", type_=IDENTITY),
        _COLUMNS.specialization == _THEIR_FIELD.scalar_subquery(),
    ),
)
_ENTRY = select(waitlist).where(_COLUMNS.id == bindparam("wanted"))
_SAVE = update(waitlist).where(_COLUMNS.id == bindparam("wanted"), _COLUMNS.version == bindparam("read"))
_OF_PATIENT = (
    select(waitlist).where(_COLUMNS.patient_id == bindparam("patient")).order_by(_COLUMNS.created_at, _COLUMNS.id)
)
_LINE = select(waitlist).where(*_FOR_DOCTOR).order_by(_COLUMNS.created_at, _COLUMNS.id)

_NEW_RELEASE: dict[str, Any] = {
    "id": bindparam("release", type_=IDENTITY),
    "doctor_id": bindparam("doctor", type_=IDENTITY),
    "starts_at": bindparam("start", type_=INSTANT),
    "ends_at": bindparam("end", type_=INSTANT),
    "at": bindparam("now", type_=INSTANT),
}
# Released time is noted only while somebody waits for it: whoever cancels or expires pays one statement, not a row.
_RELEASE = insert(releases).from_select(
    list(_NEW_RELEASE),
    select(*_NEW_RELEASE.values()).where(
        select(_COLUMNS.id)
        .where(
            *_FOR_DOCTOR,
            _COLUMNS.window_start < bindparam("end", type_=INSTANT),
            _COLUMNS.window_end > bindparam("start", type_=INSTANT),
        )
        .exists()
    ),
)
_RELEASES = select(releases).where(releases.c.doctor_id == bindparam("doctor")).order_by(releases.c.at, releases.c.id)
_FORGOTTEN = identities_in(bindparam("forgotten", type_=IDENTITIES))
_FORGET = delete(releases).where(releases.c.id.in_(select(_FORGOTTEN.c.value)))

_STANDS = and_(pends, appointments.c.hold_expires_at > bindparam("now", type_=INSTANT))
_OFFER = select(offers).where(offers.c.appointment_id == bindparam("wanted"))
_OF_VISIT = select(offers).where(offers.c.visit_id == bindparam("visit")).order_by(offers.c.appointment_id)
_OF_DOCTOR = (
    select(offers)
    .where(
        offers.c.doctor_id == bindparam("doctor"),
        offers.c.starts_at >= bindparam("start", type_=INSTANT),
        offers.c.starts_at < bindparam("end", type_=INSTANT),
    )
    .order_by(offers.c.starts_at, offers.c.appointment_id)
)
_STANDING = (
    select(offers.c.appointment_id)
    .join(appointments, appointments.c.id == offers.c.appointment_id)
    .where(offers.c.entry_id == bindparam("entry"), _STANDS)
    .order_by(offers.c.appointment_id)
    .limit(1)
)
_FOLLOW_UPS = (
    select(func.count())
    .select_from(appointments)
    .where(
        appointments.c.doctor_id == bindparam("doctor"),
        among(appointments.c.hold_kind, {HoldKind.FOLLOW_UP}),
        _STANDS,
    )
)
_NEXT_LAPSE: Select[Any] = select(func.min(appointments.c.hold_expires_at)).where(
    lapses,
    appointments.c.doctor_id == bindparam("doctor"),
    among(appointments.c.hold_kind, {HoldKind.FOLLOW_UP, HoldKind.WAITLIST}),
)


class SqlWaitlist:
    """Matches ports.storage.Waitlist."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, entry: WaitlistEntry) -> None:
        values = {"id": entry.id, "version": entry.version, **_entry_values(entry)}
        await self._transaction.run(insert(waitlist), values)

    async def get(self, entry_id: WaitlistId) -> WaitlistEntry:
        row = await self._transaction.first(_ENTRY, {"wanted": entry_id})
        if row is None:
            raise NotFound
        return _entry_of(row)

    async def save(self, entry: WaitlistEntry) -> WaitlistEntry:
        saved = replace(entry, version=entry.version + 1)
        values = {"wanted": entry.id, "read": entry.version, "version": saved.version, **_entry_values(saved)}
        if not await self._transaction.run(_SAVE, values):
            raise Outdated
        return saved

    async def of_patient(self, patient_id: PatientId) -> list[WaitlistEntry]:
        return [_entry_of(row) for row in await self._transaction.rows(_OF_PATIENT, {"patient": patient_id})]

    async def line(self, doctor_id: DoctorId, *, now: datetime) -> list[WaitlistEntry]:
        return [_entry_of(row) for row in await self._transaction.rows(_LINE, {"doctor": doctor_id, "now": now})]

    async def release(self, release: Release) -> bool:
        parameters = {
            "release": release.id,
            "doctor": release.doctor_id,
            "start": release.interval.start,
            "end": release.interval.end,
            "now": release.at,
        }
        return bool(await self._transaction.run(_RELEASE, parameters))

    async def releases(self, doctor_id: DoctorId) -> list[Release]:
        rows = await self._transaction.rows(_RELEASES, {"doctor": doctor_id})
        return [
            Release(
                id=row.id, doctor_id=row.doctor_id, interval=Interval(start=row.starts_at, end=row.ends_at), at=row.at
            )
            for row in rows
        ]

    async def forget(self, releases: Sequence[Release]) -> None:
        if releases:
            await self._transaction.run(_FORGET, {"forgotten": [release.id for release in releases]})


class SqlOffers:
    """Matches ports.storage.Offers."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, offer: Offer) -> None:
        values = {
            "appointment_id": offer.appointment_id,
            "doctor_id": offer.doctor_id,
            "person_id": offer.person_id,
            "starts_at": offer.starts_at,
            "made_at": offer.made_at,
            "entry_id": offer.entry_id,
            "visit_id": offer.visit_id,
        }
        await self._transaction.run(insert(offers), values)

    async def of(self, appointment_id: AppointmentId) -> Offer | None:
        row = await self._transaction.first(_OFFER, {"wanted": appointment_id})
        return None if row is None else _offer_of(row)

    async def of_visit(self, visit_id: AppointmentId) -> list[Offer]:
        return [_offer_of(row) for row in await self._transaction.rows(_OF_VISIT, {"visit": visit_id})]

    async def of_doctor(self, doctor_id: DoctorId, within: Interval) -> list[Offer]:
        window = {"doctor": doctor_id, "start": within.start, "end": within.end}
        return [_offer_of(row) for row in await self._transaction.rows(_OF_DOCTOR, window)]

    async def standing(self, entry_id: WaitlistId, *, now: datetime) -> AppointmentId | None:
        row = await self._transaction.first(_STANDING, {"entry": entry_id, "now": now})
        return None if row is None else row.appointment_id

    async def live_follow_ups(self, doctor_id: DoctorId, *, now: datetime) -> int:
        return int((await self._transaction.rows(_FOLLOW_UPS, {"doctor": doctor_id, "now": now}))[0][0])

    async def next_lapse(self, doctor_id: DoctorId) -> datetime | None:
        lapse: datetime | None = (await self._transaction.rows(_NEXT_LAPSE, {"doctor": doctor_id}))[0][0]
        return lapse


def _entry_of(row: Row[Any]) -> WaitlistEntry:
    return WaitlistEntry(
        id=row.id, patient_id=row.patient_id, person_id=row.person_id, doctor_id=row.doctor_id,
        specialization=row.specialization, window=Interval(start=row.window_start, end=row.window_end),
        part_of_day=None if row.part_of_day is None else PartOfDay(row.part_of_day), appointment_id=row.appointment_id,
        created_at=row.created_at, state=WaitState(row.state), closed_at=row.closed_at, version=row.version,
    )  # fmt: skip


def _entry_values(entry: WaitlistEntry) -> dict[str, Any]:
    """All columns but id and version."""
    return {
        "patient_id": entry.patient_id, "person_id": entry.person_id, "doctor_id": entry.doctor_id,
        "specialization": entry.specialization, "window_start": entry.window.start, "window_end": entry.window.end,
        "part_of_day": entry.part_of_day and entry.part_of_day.value, "appointment_id": entry.appointment_id,
        "created_at": entry.created_at, "state": entry.state.value, "closed_at": entry.closed_at,
    }  # fmt: skip


def _offer_of(row: Row[Any]) -> Offer:
    return Offer(
        appointment_id=row.appointment_id, doctor_id=row.doctor_id, person_id=row.person_id, starts_at=row.starts_at,
        made_at=row.made_at, entry_id=row.entry_id, visit_id=row.visit_id,
    )  # fmt: skip
