"""The judge of races: reads every acknowledged change of status, in the order in which it happened."""

from collections.abc import Iterable

from sqlalchemy import select

from adapters.persistence.sql import open_database
from adapters.persistence.sql_database import Database
from adapters.persistence.sql_rows_visits import event_of
from adapters.persistence.tables_visits import events
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.transitions import OCCUPYING

Anomaly = tuple[Event, Event]
"""Two changes of which the second took time that the first had, of the same doctor or the same person, at that moment."""


async def read_history(database: Database) -> list[Event]:
    """Everything that was acknowledged, oldest first."""
    async with database.engine.connect() as connection:
        rows = (
            await connection.execute(
                select(events).where(events.c.appointment_id.is_not(None)).order_by(events.c.number)
            )
        ).all()
    return [event_of(row) for row in rows]


async def history_at(url: str) -> list[Event]:
    """The history in the database at that address."""
    database = open_database(url)
    try:
        return await read_history(database)
    finally:
        await database.close()


async def anomalies(database: Database) -> list[Anomaly]:
    """What went wrong at any moment of the database's history."""
    return judge(await read_history(database))


def judge(history: Iterable[Event]) -> list[Anomaly]:
    """Every overlap that existed at any moment, however briefly and whatever became of it."""
    found: list[Anomaly] = []
    occupying: dict[AppointmentId, Event] = {}
    for event in history:
        occupying.pop(event.appointment_id, None)
        if event.after in OCCUPYING:
            found += [(other, event) for other in occupying.values() if _collide(other, event)]
            occupying[event.appointment_id] = event
    return found


def _collide(one: Event, other: Event) -> bool:
    if one.doctor_id == other.doctor_id and _occupied(one).overlaps(_occupied(other)):
        return True
    return one.person_id == other.person_id and one.interval.overlaps(other.interval)


def _occupied(event: Event) -> Interval:
    return Interval(start=event.interval.start, end=event.occupied_until)
