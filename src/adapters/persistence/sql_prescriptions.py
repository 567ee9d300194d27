"""What doctors wrote down for their patients: a row for each revision, never changed."""

import msgspec
from sqlalchemy import bindparam, select

from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import upsert
from adapters.persistence.tables_visits import prescriptions
from scheduling_core.errors import Outdated
from scheduling_core.ids import AppointmentId
from scheduling_core.prescription import Medicine, Prescription

_ADD = upsert(prescriptions).on_conflict_do_nothing().returning(prescriptions.c.revision)
_ALL = (
    select(prescriptions)
    .where(prescriptions.c.appointment_id == bindparam("wanted"))
    .order_by(prescriptions.c.revision)
)


class SqlPrescriptions:
    """Matches ports.prescriptions.Prescriptions."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, prescription: Prescription) -> None:
        values = {
            "appointment_id": prescription.appointment_id,
            "revision": prescription.revision,
            "doctor_id": prescription.doctor_id,
            "person_id": prescription.person_id,
            "medicines": msgspec.json.encode(prescription.medicines).decode(),
            "advice": prescription.advice,
            "written_at": prescription.written_at,
            "first_written_at": prescription.first_written_at,
        }
        if not await self._transaction.rows(_ADD, values):
            raise Outdated

    async def of_appointment(self, appointment_id: AppointmentId) -> list[Prescription]:
        rows = await self._transaction.rows(_ALL, {"wanted": appointment_id})
        return [
            Prescription(
                appointment_id=row.appointment_id,
                doctor_id=row.doctor_id,
                person_id=row.person_id,
                revision=row.revision,
                medicines=msgspec.json.decode(row.medicines, type=tuple[Medicine, ...]),
                advice=row.advice,
                written_at=row.written_at,
                first_written_at=row.first_written_at,
            )
            for row in rows
        ]
