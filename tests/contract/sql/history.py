"""The judge of races: reads every acknowledged change of status, in the order in which it happened."""

from sqlalchemy import select

from adapters.persistence.sql_database import Database
from adapters.persistence.sql_rows_visits import event_of
from adapters.persistence.tables import events
from scheduling_core.appointment import OCCUPYING, Event
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval


async def anomalies(database: Database) -> list[tuple[Event, Event]]:
    """Pairs of which the second took time that the first had, of the same doctor or the same person, at that moment."""
    async with database.engine.connect() as connection:
        rows = (await connection.execute(select(events).order_by(events.c.number))).all()
    found: list[tuple[Event, Event]] = []
    occupying: dict[AppointmentId, Event] = {}
    for event in map(event_of, rows):
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
