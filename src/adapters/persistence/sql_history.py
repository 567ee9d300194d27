"""The history as a whole, and the chain over it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, insert, or_, select, text

from adapters.persistence.sql_rows import document
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import INSTANT
from adapters.persistence.tables_visits import event_links, events
from scheduling_core.access import Role
from scheduling_core.audit import SETTLED, Act, Entry, Link, Subject
from scheduling_core.ports.history import Wanted

# Any number but the one that migrations take, as long as it is always the same.
_LOCK = 7_304_112_906
_TRY_LOCK = select(func.pg_try_advisory_xact_lock(_LOCK))
_RECORD = insert(events).inline()
_NEWEST = select(event_links).order_by(event_links.c.position.desc()).limit(1)
# All links at once: one by one, five hundred took 60 ms of processor time in place of 30.
_EXTEND_POSTGRESQL = text("""
INSERT INTO event_links (position, number, hash, at) SELECT r.position, r.number, r.hash, CAST(:at AS timestamptz)
FROM jsonb_to_recordset(CAST(:links AS jsonb)) AS r (position bigint, number bigint, hash text)""")
_EXTEND_SQLITE = text("""
INSERT INTO event_links (position, number, hash, at)
SELECT value ->> 'position', value ->> 'number', value ->> 'hash', :at FROM json_each(:links)""").bindparams(
    bindparam("at", type_=INSTANT)
)
_LINKED = select(event_links.c.number).where(event_links.c.number == events.c.number).exists()
# What was numbered before a link that old has committed since or never will, so that only the newest need comparing.
_FLOOR = (
    select(event_links.c.number)
    .where(event_links.c.at < bindparam("settled", type_=INSTANT))
    .order_by(event_links.c.at.desc(), event_links.c.position.desc())
    .limit(1)
    .scalar_subquery()
)
_UNCHAINED = (
    select(events)
    .where(events.c.number > func.coalesce(_FLOOR, 0), ~_LINKED)
    .order_by(events.c.number)
    .limit(bindparam("most"))
)
_COUNT_UNCHAINED = select(func.count().label("number")).select_from(events).where(~_LINKED)
_CHAINED = (
    select(event_links.c.position, event_links.c.number.label("linked"), event_links.c.hash, *events.c)
    .outerjoin(events, events.c.number == event_links.c.number)
    .where(event_links.c.position > bindparam("seen"))
    .order_by(event_links.c.position)
    .limit(bindparam("most"))
)


class SqlHistory:
    """Matches ports.history.History."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def record(self, act: Act) -> None:
        await self._transaction.run(
            _RECORD,
            {
                "verb": act.deed.value,
                "before": act.before,
                "after": act.after,
                "role": act.actor.role.value,
                "actor_id": act.actor.id,
                "at": act.at,
                "subject": act.subject.value,
                "subject_id": act.subject_id,
            },
        )

    async def find(self, wanted: Wanted, *, before: int | None, limit: int) -> list[Entry]:
        return [_entry_of(row) for row in await self._transaction.rows(_find(wanted, before, limit))]

    async def begin_chaining(self) -> bool:
        if not self._transaction.on_postgresql:
            # The one writer there is: it becomes that with its first statement.
            await self._transaction.rows(_NEWEST)
            return True
        return bool((await self._transaction.rows(_TRY_LOCK))[0][0])

    async def newest_link(self) -> Link | None:
        row = await self._transaction.first(_NEWEST)
        return None if row is None else Link(position=row.position, number=row.number, hash=row.hash)

    async def unchained(self, limit: int) -> list[Entry]:
        settled = await self._transaction.now() - SETTLED
        return [_entry_of(row) for row in await self._transaction.rows(_UNCHAINED, {"settled": settled, "most": limit})]

    async def extend(self, links: Sequence[Link]) -> None:
        statement = _EXTEND_POSTGRESQL if self._transaction.on_postgresql else _EXTEND_SQLITE
        now = await self._transaction.now()
        await self._transaction.run(statement, {"links": document(links), "at": now})

    async def chained(self, *, after: int, limit: int) -> list[tuple[Link, Entry | None]]:
        rows = await self._transaction.rows(_CHAINED, {"seen": after, "most": limit})
        return [
            (
                Link(position=row.position, number=row.linked, hash=row.hash),
                None if row.number is None else _entry_of(row),
            )
            for row in rows
        ]

    async def count_unchained(self) -> int:
        return int((await self._transaction.rows(_COUNT_UNCHAINED))[0].number)


def _find(wanted: Wanted, before: int | None, limit: int) -> Select[Any]:
    found = select(events).order_by(events.c.number.desc()).limit(limit)
    if before is not None:
        found = found.where(events.c.number < before)
    if wanted.verb is not None:
        found = found.where(events.c.verb == wanted.verb)
    if wanted.role is not None:
        found = found.where(events.c.role == wanted.role.value)
    if wanted.actor_id is not None:
        found = found.where(events.c.actor_id == wanted.actor_id)
    if wanted.about is not None:
        found = found.where(or_(events.c.appointment_id == wanted.about, events.c.subject_id == wanted.about))
    if wanted.since is not None:
        found = found.where(events.c.at >= wanted.since)
    if wanted.until is not None:
        found = found.where(events.c.at < wanted.until)
    return found


def _entry_of(row: Row[Any]) -> Entry:
    return Entry(
        number=row.number,
        verb=row.verb,
        before=row.before,
        after=row.after,
        role=Role(row.role),
        actor_id=row.actor_id,
        at=row.at,
        appointment_id=row.appointment_id,
        doctor_id=row.doctor_id,
        person_id=row.person_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        occupied_until=row.occupied_until,
        subject=None if row.subject is None else Subject(row.subject),
        subject_id=row.subject_id,
    )
