"""What doctors wrote down for their patients."""

from adapters.persistence.memory.transaction import Transaction
from scheduling_core.errors import Outdated
from scheduling_core.ids import AppointmentId
from scheduling_core.prescription import Prescription


class MemoryPrescriptions:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, prescription: Prescription) -> None:
        view = await self._transaction.view()
        written = view.prescriptions.get(prescription.appointment_id) or ()
        if any(each.revision == prescription.revision for each in written):
            raise Outdated
        view.prescriptions.put(prescription.appointment_id, (*written, prescription))

    async def of_appointment(self, appointment_id: AppointmentId) -> list[Prescription]:
        return list((await self._transaction.view()).prescriptions.get(appointment_id) or ())
