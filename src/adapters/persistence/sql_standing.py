"""What stands for wishes, read in one statement after their locks are had: see `ports.claims.Standing`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Row, Select, bindparam, func, literal_column, null, select

from adapters.persistence.sql_appointments import pending_of, unpaid_since
from adapters.persistence.sql_rows import hours_of
from adapters.persistence.sql_rows_visits import Prefixed, appointment_of
from adapters.persistence.sql_types import IDENTITIES, IDENTITY, INSTANT
from adapters.persistence.tables_doctors import doctors, hours, time_off
from adapters.persistence.tables_people import dependants, patients
from adapters.persistence.tables_visits import appointments, occupies
from scheduling_core.appointment import Appointment
from scheduling_core.doctor import DoctorStatus
from scheduling_core.hours import TimeOff
from scheduling_core.money import Money
from scheduling_core.patient import Relation
from scheduling_core.ports.claims import Standing

_VISIT = "visit_"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For what it is read, as columns of a statement."""

    doctor: ColumnElement[UUID]
    patient: ColumnElement[UUID]
    person: ColumnElement[UUID]
    dependant: ColumnElement[UUID] | None
    start: ColumnElement[datetime]
    earliest: ColumnElement[datetime]
    since: ColumnElement[datetime]
    source: FromClause | None = None
    """Where the columns are from; parameters without."""


ONE = Asked(
    doctor=bindparam("doctor", type_=IDENTITY),
    patient=bindparam("patient", type_=IDENTITY),
    person=bindparam("person", type_=IDENTITY),
    dependant=bindparam("dependant", type_=IDENTITY),
    start=bindparam("start", type_=INSTANT),
    earliest=bindparam("earliest", type_=INSTANT),
    since=bindparam("since", type_=INSTANT),
)


def _minutes(number: ColumnElement[int]) -> ColumnElement[Any]:
    zero: ColumnElement[int] = literal_column("0")
    return func.make_interval(zero, zero, zero, zero, zero, number)


def standing_for(asked: Asked) -> Select[Any]:
    """A row for each visit that is in the way of a wish, or one without any; all of one moment."""
    ends = asked.start + _minutes(hours.c.slot_minutes)
    around = [hours, *([] if asked.source is None else [asked.source])]

    def ids(found: Select[Any], name: str) -> ColumnElement[Any]:
        return func.array(found.correlate(*around).scalar_subquery(), type_=IDENTITIES).label(name)

    def in_the_way(
        theirs: ColumnElement[bool], until: ColumnElement[datetime], end: ColumnElement[datetime]
    ) -> Select[Any]:
        reaches = (appointments.c.starts_at < end, appointments.c.starts_at > asked.earliest, until > asked.start)
        return select(appointments.c.id).where(occupies, theirs, *reaches)

    closed = (
        time_off.c.doctor_id == asked.doctor, time_off.c.ends_at > asked.start, time_off.c.starts_at < ends
    )  # fmt: skip
    of_doctor = in_the_way(
        appointments.c.doctor_id == asked.doctor, appointments.c.occupied_until, ends + _minutes(hours.c.gap_minutes)
    )
    of_person = in_the_way(appointments.c.person_id == asked.person, appointments.c.ends_at, ends)
    begun = hours if asked.source is None else asked.source.join(hours, hours.c.doctor_id == asked.doctor)
    who: FromClause = begun.join(doctors, doctors.c.id == hours.c.doctor_id).join(
        patients, patients.c.id == asked.patient
    )
    columns = {"dependant_id": dependants.c.id, "dependant_name": dependants.c.name, "relation": dependants.c.relation}
    if asked.dependant is None:
        of_dependant = [null().label(name) for name in columns]
    else:
        theirs = (dependants.c.patient_id == asked.patient) & dependants.c.removed_at.is_(None)
        who = who.outerjoin(dependants, (dependants.c.id == asked.dependant) & theirs)
        of_dependant = [each.label(name) for name, each in columns.items()]
    # Once, and before the visits that it names are looked for.
    named = (
        select(
            *hours.c,
            asked.start.label("starts_at"),
            doctors.c.name.label("doctor_name"),
            doctors.c.specialization,
            doctors.c.status.label("doctor_status"),
            doctors.c.fee,
            doctors.c.currency,
            patients.c.issuer.label("patient_issuer"),
            patients.c.name.label("patient_name"),
            patients.c.time_zone.label("patient_zone"),
            *of_dependant,
            ids(select(time_off.c.id).where(*closed), "time_off"),
            ids(pending_of(asked.patient).with_only_columns(appointments.c.id), "pending"),
            ids(of_doctor, "of_doctor"),
            ids(of_person, "of_person"),
            unpaid_since(asked.patient, asked.since).correlate(*around).scalar_subquery().label("unpaid"),
        )
        .select_from(who)
        .where(hours.c.doctor_id == asked.doctor)
        .cte("named")
        .prefix_with("MATERIALIZED")
    )
    return select(*named.c, *(each.label(f"{_VISIT}{each.name}") for each in appointments.c)).select_from(
        named.outerjoin(
            appointments,
            appointments.c.id == func.any(named.c.pending.concat(named.c.of_doctor).concat(named.c.of_person)),
        )
    )


def standing_of(rows: Sequence[Row[Any]], *, now: datetime, off: Sequence[TimeOff] = ()) -> Standing:
    """What its rows say of one wish, with the doctor's time off in the way of it."""
    row = rows[0]
    met = [appointment_of(Prefixed(each, _VISIT)) for each in rows if each.visit_id is not None]
    found = sorted(met, key=lambda each: (each.starts_at, each.id))
    by_age = sorted(found, key=lambda each: (each.created_at, each.id))

    def among(listed: list[UUID], all_of_them: list[Appointment] = found) -> list[Appointment]:
        return [each for each in all_of_them if each.id in listed]

    return Standing(
        now=now,
        doctor_name=row.doctor_name,
        specialization=row.specialization,
        listed=row.doctor_status == DoctorStatus.APPROVED,
        fee=Money(row.fee, row.currency),
        hours=hours_of(row),
        patient_name=row.patient_name,
        patient_zone=row.patient_zone,
        dependant_name=row.dependant_name,
        relation=None if row.relation is None else Relation(row.relation),
        time_off=off,
        pending=among(row.pending, by_age),
        of_doctor=among(row.of_doctor),
        of_person=among(row.of_person),
        unpaid=cast("int", row.unpaid),
    )
