"""The judge: reads the append-only history and says which two visits ever had the same time at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from adapters.persistence.sql import open_storage
from adapters.persistence.tables import events
from scheduling_core.appointment import OCCUPYING, Status
from scheduling_core.instants import Interval


@dataclass(frozen=True, slots=True)
class Fact:
    """One acknowledged change of one appointment."""

    appointment: object
    doctor: object
    person: object
    after: Status
    visit: Interval
    occupied: Interval


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Two appointments that occupied overlapping time of `whose` at once."""

    whose: str
    first: object
    second: object


async def read_history(url: str) -> list[Fact]:
    """Everything that was acknowledged, in the order of its writing."""
    storage = open_storage(url)
    try:
        async with storage._engines.read.connect() as connection:
            rows = (await connection.execute(select(events).order_by(events.c.number))).all()
    finally:
        await storage.close()
    return [
        Fact(
            appointment=row.appointment_id,
            doctor=row.doctor_id,
            person=row.person_id,
            after=Status(row.after),
            visit=Interval(start=row.starts_at, end=row.ends_at),
            occupied=Interval(start=row.starts_at, end=row.occupied_until),
        )
        for row in rows
    ]


def anomalies(history: Sequence[Fact]) -> list[Anomaly]:
    """Every overlap that existed at any moment, however briefly and whatever became of it."""
    found: list[Anomaly] = []
    now: dict[object, Fact] = {}
    for fact in history:
        now.pop(fact.appointment, None)
        if fact.after not in OCCUPYING:
            continue
        for other in now.values():
            if other.doctor == fact.doctor and other.occupied.overlaps(fact.occupied):
                found.append(Anomaly("doctor", other.appointment, fact.appointment))
            if other.person == fact.person and other.visit.overlaps(fact.visit):
                found.append(Anomaly("person", other.appointment, fact.appointment))
        now[fact.appointment] = fact
    return found
