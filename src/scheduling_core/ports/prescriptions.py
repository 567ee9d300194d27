"""What doctors wrote down for their patients."""

from typing import Protocol

from scheduling_core.ids import AppointmentId
from scheduling_core.prescription import Prescription


class Prescriptions(Protocol):
    async def add(self, prescription: Prescription) -> None:
        """Store a further revision. Raise Outdated if the visit has one of that number already."""
        ...

    async def of_appointment(self, appointment_id: AppointmentId) -> list[Prescription]:
        """Every revision, oldest first."""
        ...
