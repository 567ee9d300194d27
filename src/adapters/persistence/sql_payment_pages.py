"""Payments read together with what they were for, page by page, and what a doctor has earned."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    tuple_,
)

from adapters.persistence.sql_details import DETAILS
from adapters.persistence.sql_rows_visits import Prefixed, details_of, entry_of, payment_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITIES, IDENTITY, INSTANT, among, identities_in
from adapters.persistence.tables_money import ledger, payments
from adapters.persistence.tables_visits import appointments
from scheduling_core.ids import DoctorId, PatientId
from scheduling_core.instants import Interval
from scheduling_core.ledger_entry import EntryKind
from scheduling_core.payment import Trouble
from scheduling_core.payment_status import NEVER_PAID, PaymentStatus
from scheduling_core.ports.money_records import Seen
from scheduling_core.ports.views import Earned, PaymentDetails

_paid = payments.alias("paid")
_PLACE = tuple_(_paid.c.created_at, _paid.c.id)
_SEEN = tuple_(bindparam("seen_at", type_=INSTANT), bindparam("seen_id", type_=IDENTITY))
_PAGE = (
    DETAILS.join(_paid, _paid.c.appointment_id == appointments.c.id)
    .add_columns(*(column.label(f"paid_{column.name}") for column in _paid.c))
    .order_by(_paid.c.created_at.desc(), _paid.c.id.desc())
    .limit(bindparam("most"))
)
_FROM, _UNTIL = bindparam("start", type_=INSTANT), bindparam("end", type_=INSTANT)
_MOVED = among(ledger.c.kind, set(EntryKind) - {EntryKind.AUTHORIZED, EntryKind.RELEASED})
_OF_PATIENT = and_(appointments.c.booked_by == bindparam("owner"), not_(among(_paid.c.status, NEVER_PAID)))
_OF_DOCTOR = and_(
    appointments.c.doctor_id == bindparam("owner"),
    exists().where(ledger.c.payment_id == _paid.c.id, _MOVED, ledger.c.at >= _FROM, ledger.c.at < _UNTIL),
)
_QUARANTINED = _paid.c.quarantined.is_not(None)
_DISPUTED = among(_paid.c.status, {PaymentStatus.DISPUTED})
_REASONS: dict[Trouble | None, ColumnElement[bool]] = {
    Trouble.QUARANTINED: _QUARANTINED,
    Trouble.DISPUTED: and_(_DISPUTED, not_(_QUARANTINED)),
    Trouble.REFUND_FAILED: and_(_paid.c.refund_failed, not_(_DISPUTED), not_(_QUARANTINED)),
    None: or_(_QUARANTINED, _DISPUTED, _paid.c.refund_failed),
}
_WANTED = identities_in(bindparam("wanted", type_=IDENTITIES))
_ENTRIES = (
    select(ledger)
    .where(ledger.c.payment_id.in_(select(_WANTED.c.value)))
    .order_by(ledger.c.payment_id, ledger.c.number)
)


async def of_patient(
    transaction: Transaction, patient_id: PatientId, *, after: Seen, limit: int
) -> list[PaymentDetails]:
    """What `PaymentRecords.of_patient` answers."""
    return await _page(transaction, _OF_PATIENT, {"owner": patient_id}, after=after, limit=limit)


async def of_doctor(
    transaction: Transaction, doctor_id: DoctorId, within: Interval, *, after: Seen, limit: int
) -> list[PaymentDetails]:
    """What `PaymentRecords.of_doctor` answers."""
    parameters = {"owner": doctor_id, "start": within.start, "end": within.end}
    return await _page(transaction, _OF_DOCTOR, parameters, after=after, limit=limit)


async def in_trouble(
    transaction: Transaction, trouble: Trouble | None, *, after: Seen, limit: int
) -> list[PaymentDetails]:
    """What `PaymentRecords.in_trouble` answers."""
    return await _page(transaction, _REASONS[trouble], {}, after=after, limit=limit)


async def earned(transaction: Transaction, doctor_id: DoctorId, bounds: Sequence[datetime]) -> list[Earned]:
    """What `PaymentRecords.earned` answers: one statement, whose rows are sums."""
    parameters = {"owner": doctor_id, "start": bounds[0], "end": bounds[-1]}
    parameters |= {f"bound_{place}": bound for place, bound in enumerate(bounds[1:])}
    rows = await transaction.rows(_sums(len(bounds) - 1), parameters)
    found: dict[tuple[int, str], tuple[int, int]] = {(row.part, row.kind): (row.lines, int(row.sum)) for row in rows}

    def part(place: int) -> Earned:
        lines, received = found.get((place, EntryKind.CAPTURED), (0, 0))
        refunded, disputed, ended = (
            found.get((place, kind), (0, 0))[1]
            for kind in (EntryKind.REFUNDED, EntryKind.DISPUTED, EntryKind.DISPUTE_ENDED)
        )
        return Earned(payments=lines, received=received, refunded=refunded, disputed=disputed - ended)

    return [part(place) for place in range(len(bounds) - 1)]


@cache
def _sums(parts: int) -> Select[Any]:
    before = [(ledger.c.at < bindparam(f"bound_{place}", type_=INSTANT), place) for place in range(parts)]
    part = case(*before).label("part")
    return (
        select(part, ledger.c.kind, func.count().label("lines"), func.sum(ledger.c.amount).label("sum"))
        .join(payments, payments.c.id == ledger.c.payment_id)
        .join(appointments, appointments.c.id == payments.c.appointment_id)
        .where(appointments.c.doctor_id == bindparam("owner"), _MOVED, ledger.c.at >= _FROM, ledger.c.at < _UNTIL)
        .group_by(literal_column("part"), ledger.c.kind)
    )


async def _page(
    transaction: Transaction, which: ColumnElement[bool], parameters: dict[str, Any], *, after: Seen, limit: int
) -> list[PaymentDetails]:
    page, parameters = _PAGE.where(which), {**parameters, "most": limit}
    if after is not None:
        page = page.where(_PLACE < _SEEN)
        parameters |= {"seen_at": after[0], "seen_id": after[1]}
    rows = await transaction.rows(page, parameters)
    lines = await transaction.rows(_ENTRIES, {"wanted": [row.paid_id for row in rows]}) if rows else []
    by_payment: dict[UUID, list[Any]] = {
        id: list(found) for id, found in groupby(lines, key=lambda line: line.payment_id)
    }
    return [
        PaymentDetails(
            payment=payment_of(Prefixed(row, "paid_")),
            visit=details_of(row),
            entries=tuple(entry_of(line) for line in by_payment.get(row.paid_id, ())),
        )
        for row in rows
    ]
