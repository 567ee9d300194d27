"""Appointments read together with the names, the payment and the feedback around them, in one statement each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, tuple_

from adapters.persistence.sql_rows_visits import details_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITY, INSTANT, among
from adapters.persistence.sql_windows import earliest_of, window_of
from adapters.persistence.tables_doctors import doctors
from adapters.persistence.tables_money import payments
from adapters.persistence.tables_people import dependants, patients
from adapters.persistence.tables_visits import appointments, claimed, feedback, occupies, pends, prescriptions
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.views import AppointmentDetails, When

_one = payments.alias("one")
_NEWEST_PAYMENT = (
    select(_one.c.id)
    .where(_one.c.appointment_id == appointments.c.id)
    .order_by(_one.c.created_at.desc(), _one.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
DETAILS = (
    select(
        appointments,
        doctors.c.name.label("doctor_name"),
        doctors.c.specialization.label("doctor_specialization"),
        func.coalesce(dependants.c.name, patients.c.name).label("patient_name"),
        patients.c.name.label("booker_name"),
        dependants.c.relation.label("dependant_relation"),
        *(column.label(f"payment_{column.name}") for column in payments.c),
        *(column.label(f"feedback_{column.name}") for column in feedback.c),
        prescriptions.c.written_at.label("prescribed_at"),
    )
    .join(doctors, doctors.c.id == appointments.c.doctor_id)
    .join(patients, patients.c.id == appointments.c.booked_by)
    .outerjoin(dependants, dependants.c.id == appointments.c.person_id)
    .outerjoin(payments, payments.c.id == _NEWEST_PAYMENT)
    .outerjoin(feedback, feedback.c.appointment_id == appointments.c.id)
    .outerjoin(prescriptions, and_(prescriptions.c.appointment_id == appointments.c.id, prescriptions.c.revision == 1))
)
"""Every appointment as `details_of` reads it."""

_NOW = bindparam("now", type_=INSTANT)
_AHEAD = and_(
    appointments.c.ends_at > _NOW,
    # What the line above implies, said of the column that the index is sorted by.
    appointments.c.starts_at > bindparam("earliest", type_=INSTANT),
    or_(
        among(appointments.c.status, {Status.BOOKED, Status.ARRIVED}),
        and_(pends, appointments.c.hold_expires_at > _NOW),
    ),
)
_ONCE_BOOKED = appointments.c.booked_at.is_not(None)
_PLACE = tuple_(appointments.c.starts_at, appointments.c.id)
_SEEN = tuple_(bindparam("seen_start", type_=INSTANT), bindparam("seen_id", type_=IDENTITY))


def _page(owner: ColumnElement[UUID], when: When, *, first: bool) -> Select[Any]:
    page = DETAILS.where(owner == bindparam("owner")).limit(bindparam("most"))
    if when is When.UPCOMING:
        page = page.where(_AHEAD).order_by(appointments.c.starts_at, appointments.c.id)
        return page if first else page.where(_PLACE > _SEEN)
    page = page.where(_ONCE_BOOKED, ~_AHEAD).order_by(appointments.c.starts_at.desc(), appointments.c.id.desc())
    return page if first else page.where(_PLACE < _SEEN)


_PAGES = {
    (by_doctor, when, first): _page(
        appointments.c.doctor_id if by_doctor else appointments.c.booked_by, when, first=first
    )
    for by_doctor in (True, False)
    for when in When
    for first in (True, False)
}
_DISPUTED = (
    DETAILS.where(claimed, among(appointments.c.status, {Status.BOOKED, Status.ARRIVED}))
    .order_by(appointments.c.absence_claimed_at, appointments.c.id)
    .limit(bindparam("most"))
)
_SCHEDULE = DETAILS.where(
    appointments.c.doctor_id == bindparam("owner"),
    or_(occupies, and_(among(appointments.c.status, {Status.CANCELLED}), _ONCE_BOOKED)),
    appointments.c.starts_at < bindparam("end", type_=INSTANT),
    appointments.c.starts_at > bindparam("earliest", type_=INSTANT),
    appointments.c.ends_at > bindparam("start", type_=INSTANT),
).order_by(appointments.c.starts_at, appointments.c.id)


async def page_of(
    transaction: Transaction,
    actor: Actor,
    *,
    when: When,
    now: datetime,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[AppointmentDetails]:
    """What `Appointments.list_details` answers."""
    parameters: dict[str, Any] = {"owner": actor.known(), "now": now, "earliest": earliest_of(now), "most": limit}
    if after is not None:
        parameters |= {"seen_start": after[0], "seen_id": after[1]}
    page = _PAGES[actor.role is Role.DOCTOR, when, after is None]
    return [details_of(row) for row in await transaction.rows(page, parameters)]


async def disputed(transaction: Transaction, limit: int) -> list[AppointmentDetails]:
    """What `Appointments.disputed` answers."""
    return [details_of(row) for row in await transaction.rows(_DISPUTED, {"most": limit})]


async def schedule_of(transaction: Transaction, doctor_id: DoctorId, within: Interval) -> list[AppointmentDetails]:
    """What `Appointments.schedule` answers."""
    return [details_of(row) for row in await transaction.rows(_SCHEDULE, window_of(doctor_id, within))]
